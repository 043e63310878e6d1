"""Which policy is meant by a name?  A built-in one, one of the scenario's own, or a file of weights."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from game.compiler.conducts import Ahead, Foresight, PolicyText, conduct_of, foresight_of
from game.compiler.folders import read_bytes
from game.compiler.load import Loaded, load
from game.compiler.policies import BUILT_IN, find_policy, policy_files, read_policy
from game.compiler.problems import ScenarioError, nearest
from game.play.journal import SaveError
from game.play.policy import POLICIES
from game.rules.classes import dataclass, replace
from game.rules.conduct import Conduct
from game.rules.program import Program


class UnknownPolicy(ValueError):
    """There is no policy of this name; the sentence for people names the nearest, or all there are."""


@dataclass(frozen=True, slots=True)
class Named:
    """A policy found by its name: its weights, how it looks ahead if it does, and what tells it from others."""

    name: str
    conduct: Conduct
    foresight: Foresight | None = None
    print: str = ""
    """A hash over its file; empty for one that is built in."""


def policy_names(loaded: Loaded) -> tuple[str, ...]:
    """The names of all policies of a scenario."""
    return (*BUILT_IN, *(each.stem for each in policy_files(loaded)))


def named(name: str, loaded: Loaded, program: Program) -> Named:
    """The policy of that name, ready to run. Raises UnknownPolicy, or ScenarioError with what is wrong in its file."""
    if name in POLICIES:
        return Named(name, POLICIES[name]().conduct(program))
    path = find_policy(name, loaded)
    if path is None:
        known = policy_names(loaded)
        hint = "" if name.endswith((".yaml", ".yml")) else nearest(name, known)
        more = f"; did you mean '{hint}'?" if hint else f"; there are {', '.join(known)}"
        raise UnknownPolicy(f"there is no policy '{name}'{more}")
    text = read_policy(path, loaded)
    conduct = conduct_of(text, program)
    if text.ahead is None:
        return Named(text.id, conduct, print=_print(path))
    under, more = _under(text, text.ahead, loaded, program, conduct)
    return Named(text.id, conduct, foresight_of(text.ahead, program, under), _print(path) + more)


def for_seats(program: Program, held: Mapping[str, str]) -> dict[str, Conduct]:
    """What decides for each role whose seat a policy holds. Raises SaveError where there is no such policy."""
    built_in = {name: POLICIES[name]().conduct(program) for name in held.values() if name in POLICIES}
    if all(name in built_in for name in held.values()):
        return {role: built_in[name] for role, name in held.items()}
    found = {}
    try:
        loaded = load(program.scenario.id)
        for role, name in held.items():
            policy = named(name, loaded, program)
            if policy.foresight is not None:
                raise SaveError("policy", f"the policy '{name}' looks ahead; it cannot hold a seat")
            found[role] = policy.conduct
    except UnknownPolicy as fault:
        raise SaveError("policy", str(fault)) from None
    except ScenarioError as fault:
        first = fault.problems[0].message if fault.problems else "it is broken"
        raise SaveError("policy", f"a policy cannot be read: {first}") from None
    return found


def _under(
    text: PolicyText, ahead: Ahead, loaded: Loaded, program: Program, own: Conduct
) -> tuple[Conduct, str]:
    """Who plays the futures: the policy named, as far as its weights go, or the policy's own weights."""
    if not ahead.under or ahead.under == text.id:
        return own, ""
    if ahead.under in POLICIES:
        return replace(POLICIES[ahead.under]().conduct(program), named=own.named), ""
    path = find_policy(ahead.under, loaded)
    assert path is not None, "checked when the file was read"
    return conduct_of(read_policy(path, loaded), program, own.named), _print(path)


def _print(path: Path) -> str:
    return sha256(read_bytes(path)[0]).hexdigest()[:16]
