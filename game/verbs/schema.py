"""What helps an editor with scenario files?  The verbs `schema` and `docs`, made from the fields that are read."""

from __future__ import annotations

import argparse
import json
import sys

from game.compiler.problems import show
from game.rules.scenario import Scenario
from game.verbs.given import FINE, Unusable, must_exist
from game.verbs.giving import give


def schema_(options: argparse.Namespace) -> int:
    """The JSON Schema of scenario files: of all, or of those of one scenario with its own names."""
    give(schema_text(options.scenario), options.out)
    return FINE


def docs_(options: argparse.Namespace) -> int:
    """The page of all fields, as docs/fields.md has it."""
    from game.compiler.reference import reference

    give(reference(), options.out)
    return FINE


def schema_text(name: str | None) -> str:
    """The schema as it is written to a file. A scenario in the making is used as far as it can be read."""
    from game.compiler.json_schema import schema

    scenario = None if name is None else _read(name)
    return json.dumps(schema(scenario), ensure_ascii=False, indent=1) + "\n"


def _read(name: str) -> Scenario:
    from game.compiler.load import examine

    must_exist(name)
    scenario, problems, sources = examine(name)
    if scenario is None:
        print(show(problems, sources), file=sys.stderr)
        raise Unusable(f"the names of '{name}' cannot be read; see above")
    return scenario
