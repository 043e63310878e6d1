"""Starts Peredyshka; in a fresh checkout it first sets itself up in `.venv`. Needs the standard library only."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
OLDEST = (3, 11)
MODULE_OF = {"pygame-ce": "pygame", "pyyaml": "yaml"}
WINDOWLESS = (
    "run", "replay", "saves", "check", "new", "preview", "graph", "schema", "docs", "sweep", "list", "doctor", "test",
)  # fmt: skip
LOCK_SECONDS = 180
NO_VENV = """\
Peredyshka cannot set itself up: this Python has no working 'venv' module. Either
    sudo apt install python3-venv                                    and start again, or
    sudo apt install python3-pygame python3-yaml python3-pytest python3-hypothesis
which needs no set-up at all."""


def say(text):
    # type: (str) -> None
    """A line for people."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def requirements(extra=""):
    # type: (str) -> list[str]
    """The dependencies that pyproject.toml names, with those of an extra."""
    import re

    with open(os.path.join(HERE, "pyproject.toml"), encoding="utf-8") as file:
        text = file.read()
    found = []
    for name in ("dependencies", extra):
        block = re.search(r"^%s = \[\n(.*?)^\]" % re.escape(name), text, re.M | re.S) if name else None
        found += re.findall(r'^\s*"([^"]+)"', block.group(1), re.M) if block else []
    return found


def module_of(requirement):
    # type: (str) -> str
    """The module that a requirement brings."""
    import re

    name = re.split(r"[<>=!~\[ ]", requirement)[0].lower()
    return MODULE_OF.get(name, name.replace("-", "_"))


def missing(wanted):
    # type: (list[str]) -> list[str]
    """The modules among those wanted that this Python cannot import."""
    from importlib.machinery import PathFinder

    found = sys.builtin_module_names
    return [each for each in wanted if each not in found and PathFinder.find_spec(each) is None]


def test_call(arguments):
    # type: (list[str]) -> list[str]
    """How the tests are called: on all cores, where that can be done and all of them are to run."""
    whole = not missing(["xdist"]) and not any(
        each.startswith(("-n", "--collect", "tests")) for each in arguments
    )
    spread = ["-n", "auto", "--dist", "loadfile"] if whole else []
    return [sys.executable, "-m", "pytest"] + spread + arguments


def wanted_for(arguments):
    # type: (list[str]) -> list[str]
    """The modules that a call cannot do without."""
    verb = next((each for each in arguments if not each.startswith("-")), "")
    if verb == "test":
        return ["yaml", "pygame", "pytest", "hypothesis"]
    if verb in WINDOWLESS or "--text" in arguments or "--help" in arguments or "--version" in arguments:
        return ["yaml"]
    return ["yaml", "pygame"]


def venv_python():
    # type: () -> str
    """The Python of the virtual environment."""
    part = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, *part)


def locked():
    # type: () -> bool
    """Take the lock of the set-up, waiting for another start to finish; a stale one is removed."""
    import time

    lock = VENV + ".lock"
    told = False
    for _ in range(LOCK_SECONDS * 2):
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            return True
        except FileExistsError:
            try:
                if time.time() - os.path.getmtime(lock) > LOCK_SECONDS * 2:
                    os.remove(lock)
            except OSError:
                pass
            if not told:
                say("Another start is setting Peredyshka up; waiting for it.")
                told = True
            time.sleep(0.5)
        except OSError as fault:
            say("Peredyshka cannot set itself up in %s: %s" % (HERE, fault.strerror))
            return False
    say("The set-up of another start does not end; remove %s and start again." % lock)
    return False


def set_up(arguments):
    # type: (list[str]) -> bool
    """Make `.venv` and install what is missing; False with a message if that cannot be done."""
    import shutil
    import subprocess

    if not locked():
        return False
    try:
        python = venv_python()
        if not os.path.exists(python):
            say("First start: setting up in %s (once, about ten seconds) …" % VENV)
            shutil.rmtree(VENV, ignore_errors=True)
            made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
            if made.returncode or not os.path.exists(python):
                shutil.rmtree(VENV, ignore_errors=True)
                say(NO_VENV)
                return False
        testing = "test" in arguments[:1]
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        say("Installing %s …" % ("what the tests need" if testing else "what the game needs"))
        wanted = requirements("dev" if testing else "")
        if subprocess.run(install + wanted, stdout=sys.stderr).returncode:
            say("The installation failed (see above). Is there a network? Start again to try once more.")
            return False
        return True
    finally:
        try:
            os.remove(VENV + ".lock")
        except OSError:
            pass


def hand_over(arguments):
    # type: (list[str]) -> int
    """Run the same call with the Python of `.venv`."""
    environment = dict(os.environ, PEREDYSHKA_SET_UP="1")
    call = [venv_python(), os.path.join(HERE, "main.py")] + arguments
    if os.name != "nt":
        os.execve(call[0], call, environment)
    import subprocess

    return subprocess.call(call, env=environment)


def main(arguments):
    # type: (list[str]) -> int
    """Set up if need be, then play, test, or whatever the arguments say."""
    if sys.version_info < OLDEST:
        say("Peredyshka needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])
        return 2
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    lacking = missing(wanted_for(arguments))
    if lacking:
        inside = os.environ.get("PEREDYSHKA_SET_UP") == "1"
        if (
            inside
            or os.environ.get("PEREDYSHKA_NO_SETUP")
            or not os.path.exists(os.path.join(HERE, "pyproject.toml"))
        ):
            say("Missing: %s. Install what pyproject.toml names, then start again." % ", ".join(lacking))
            return 2
        import subprocess

        python = venv_python()
        checked = "import " + ", ".join(wanted_for(arguments))
        ready = (
            os.path.exists(python)
            and not subprocess.run([python, "-c", checked], capture_output=True).returncode
        )
        if not ready and not set_up(arguments):
            return 2
        return hand_over(arguments)
    if arguments[:1] == ["test"]:
        import subprocess

        return subprocess.call(test_call(arguments[1:]), cwd=HERE)
    from game.cli import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
