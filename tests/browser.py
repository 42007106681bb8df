"""The browser in which the pages are tested, measured and pictured, and the server of the page that is worked in."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import Flask

from pipeline.check.review import serve

SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def browser_path() -> str | None:
    """The Chromium of this machine, if it has one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serves an application as the command does; gives its address."""
    server = serve(app, 0)

    def run() -> None:
        # Told to close from another thread, waitress may look once more at what it has closed.
        with suppress(OSError):
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.trigger.pull_trigger(server.close)
    thread.join(1)
