"""How does a playthrough go?  The verb `run`: played to its end, its expectations compared, told or written down."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from game.compiler.folders import home_of
from game.play.records import outcome_data, transcript, turn_data
from game.play.running import Run, Runner
from game.play.script import read_script
from game.verbs.given import FINE, SHORT, Unusable, own_version, program_of

if TYPE_CHECKING:
    import argparse

    from game.play.recording import Recorder
    from game.play.session import Session
    from game.rules.program import Program


def run_(options: argparse.Namespace) -> int:
    """Run playthroughs; 1 if an expectation failed."""
    worst = FINE
    programs: dict[str, Program] = {}
    if options.save and len(options.playthroughs) > 1:
        raise Unusable("--save takes one game; give one playthrough")
    for name in options.playthroughs:
        path = Path(name)
        if not path.exists():
            raise Unusable(f"there is no playthrough file '{name}'")
        script = read_script(path)
        where = home_of(script.scenario, path)
        if where not in programs:
            programs[where] = program_of(where)

        runner = Runner(programs[where], script, _print_turn if options.json else None)
        recorder = _recorder(runner.session, options.save) if options.save else None
        done = runner.run()
        if recorder is not None:
            recorder.close()
        _report(done, name, options)
        if recorder is not None and not recorder.saved:
            raise Unusable(f"the game could not be saved to {options.save}: {recorder.fault}")
        if done.failures:
            worst = SHORT
    return worst


def _print_turn(session: Session) -> None:
    import json

    print(json.dumps(turn_data(session, session.turn), ensure_ascii=False))


def _recorder(session: Session, name: str) -> Recorder:
    """Writes a scripted game to a file that is not there yet. Raises Unusable."""
    from game.play.recording import Recorder, header_of

    path = Path(name)
    if path.exists():
        raise Unusable(f"{name} is there already; a save is never written over")
    state = session.state
    words = session.viewer.words
    title = words.plain(session.program.scenario.title)
    recorder = Recorder.at(path, header_of(session.program, state.seed, state.fate, title, own_version(), 0))
    recorder.attach(session)
    return recorder


def _report(done: Run, name: str, options: argparse.Namespace) -> None:
    outcome = outcome_data(done.session)
    for failure in done.failures:
        print(failure, file=sys.stderr)
    if options.json:
        import json

        failures = [{"mark": str(f.mark), "turn": f.turn, "message": f.message} for f in done.failures]
        print(json.dumps(outcome | {"playthrough": name, "failures": failures}, ensure_ascii=False))
    else:
        scores = ", ".join(f"{key} {value}" for key, value in outcome["scores"].items())
        verdict = f"{len(done.failures)} expectation(s) failed" if done.failures else "as expected"
        print(f"{name}: {outcome['outcome']} after {outcome['turns']} turns; {scores}; {verdict}")
        print(f"  hash {outcome['hash']}")
    if options.report:
        text = "\n".join(transcript(done.session)) + "\n"
        try:
            Path(options.report).write_text(text, encoding="utf-8")
        except OSError as fault:
            raise Unusable(f"the report cannot be written to {options.report}: {fault.strerror}") from None
