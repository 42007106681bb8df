"""The page: one HTML file with everything in it, that opens without a server and asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from pipeline.check.evaluate import Evaluation, Shortfall
from pipeline.check.payload import payload
from pipeline.write import replacing

REPORT_NAME = "report.html"
_NOT_IN_HTML = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_FOLDER = files("pipeline.check") / "page"
_SCRIPTS = ("words.js", "base.js", "summary.js", "documents.js")


def write_report(evaluation: Evaluation, path: Path, shortfalls: tuple[Shortfall, ...] = ()) -> None:
    """Writes the report of a run.

    Raises:
        CheckError: a text cannot be read.
        OutputError: the file cannot be written.
    """
    html = render(payload(evaluation, shortfalls, datetime.now().astimezone().isoformat(" ", "minutes")))
    with replacing(path) as beside:
        beside.write_text(html, encoding="utf-8", newline="\n")


def render(values: Mapping[str, Any], mode: str = "report") -> str:
    """The page.

    Args:
        values: what it shows, as :func:`~pipeline.check.payload.payload` gives it.
        mode: ``report``; ``review``, to work on gold; ``adjudicate``, to work on the disagreements of two readers.
    """
    scripts = [*_SCRIPTS, *(() if mode == "report" else ("review.js",)), "main.js"]
    script = '"use strict";\n' + "\n".join(page_part(name) for name in scripts)
    return page_template("page.html.jinja").render(
        style=page_part("page.css"),
        script=script,
        data=_json({**values, "mode": mode}),
        policy=policy(script, mode),
        mode=mode,
    )


def policy(script: str, mode: str) -> str:
    """What the page may do: run this one script, and in review talk to the server that it came from."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    allowed = [
        "default-src 'none'",
        f"script-src 'sha256-{digest}'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "connect-src 'none'" if mode == "report" else "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(allowed)


def _json(values: Mapping[str, Any]) -> str:
    """JSON that cannot end the script element that it stands in, nor break the file's encoding."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return _NOT_IN_HTML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@cache
def page_part(name: str) -> str:
    """A file of the page: styles, a script or a template."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def page_template(name: str) -> jinja2.Template:
    """A template, in which every text is escaped that is not marked as safe."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(page_part(name))
