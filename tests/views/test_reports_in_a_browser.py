"""Do the reports ask a browser for anything, or make it complain?  Headless Chromium; skipped where there is none."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from game.play.classroom import classroom
from game.play.debriefing import debrief
from game.play.packing import pack
from game.views.html.classroom import class_page
from game.views.html.debrief import debrief_page
from game.views.html.pack import pages
from tests.views.hostile import ATTACKS, hostile_program
from tests.views.test_class_page import hand_in, known
from tests.views.test_debrief_page import played

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
    "--proxy-bypass-list=<-loopback>", "--enable-logging=stderr", "--dump-dom",
)  # fmt: skip
OWN = ("google.com", "googleapis.com", "gstatic.com", "gvt1.com")
"""Whom the browser itself asks for updates of its own."""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here")


@dataclass
class Seen:
    """What a browser asked for and complained of."""

    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    shown: str = ""


@contextmanager
def serving(texts: dict[str, str], asked: list[str]) -> Iterator[int]:
    """A server on this machine that has these pages, and is asked for everything else too."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("//", 1)[-1].split("/", 1)[-1]
            if not any(host in self.path for host in OWN):
                asked.append(path)
            data = texts.get(path, "").encode()
            self.send_response(200 if data else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_CONNECT(self) -> None:
            if not any(host in self.path for host in OWN):
                asked.append(self.path)
            self.send_error(403)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def look(texts: dict[str, str], home: Path) -> Seen:
    """Open pages side by side in one browser, which asks this machine for whatever it wants from anywhere."""
    seen = Seen()
    frames = "".join(f'<iframe src="{escape(name)}"></iframe>' for name in texts)
    start = f"<!DOCTYPE html><html lang=en><title>all</title><link rel=icon href='data:,'>{frames}</html>"
    with serving({**texts, "all.html": start}, seen.asked) as port:
        made = subprocess.run(
            [str(BROWSER), *QUIET, f"--user-data-dir={home}", f"--proxy-server=127.0.0.1:{port}",
             f"http://127.0.0.1:{port}/all.html"],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    if made.returncode or "<html" not in made.stdout:
        # It reserves far more addresses than it uses; under a limit of memory it does not start.
        pytest.skip(f"Chromium does not start here: {made.stderr[-200:]}")
    seen.said = [line for line in made.stderr.splitlines() if ":CONSOLE" in line]
    seen.shown = made.stdout
    return seen


def test_no_report_asks_for_anything_or_makes_a_browser_complain(tmp_path: Path) -> None:
    folder = tmp_path / "saves"
    folder.mkdir()
    for at, attack in enumerate(ATTACKS):
        hand_in(folder, f"{at}", ("go", "stay")[at % 2], attack, hostile_program())
    (folder / "broken.jsonl").write_text("<script>")
    texts = {
        "debrief.html": debrief_page(debrief(played(), ATTACKS[0])),
        "class.html": class_page(classroom(sorted(folder.iterdir()), known(hostile=hostile_program()))),
        **pages(pack(hostile_program())),
    }
    seen = look(texts, tmp_path / "chromium")
    assert sorted(seen.asked) == sorted(["all.html", *texts])
    assert seen.said == []


def test_the_browser_would_have_told(tmp_path: Path) -> None:
    text = debrief_page(debrief(played()))
    planted = text.replace(
        "</body>", '<img src="http://example.org/x.png" alt=""><script>alert(1)</script></body>'
    )
    seen = look({"planted.html": planted}, tmp_path / "chromium")
    assert len(seen.said) == 2, "the page's own policy stops both, and the browser says so"
    assert sorted(seen.asked) == ["all.html", "planted.html"]
