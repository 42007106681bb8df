"""``zhibiao review``: the page, served on loopback to work on gold.

The server gives out one page and the documents of one run. It changes gold only for its own page: a request that changes
anything must carry the token of the page and come from its origin, and every request must be addressed to loopback, so
that a name that leads here by way of a foreign domain is refused as well.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from waitress.server import create_server
from werkzeug.exceptions import HTTPException

from pipeline.check.agreement import kappas
from pipeline.check.desk import Decision, Desk, DeskError, StaleError
from pipeline.check.errors import CheckError
from pipeline.check.evaluate import GOLD_NAME, Evaluation, evaluate, score_tables
from pipeline.check.gold import GOLD_COLUMNS, gold_files, open_gold
from pipeline.check.payload import document_values, payload, score_values
from pipeline.check.report import render
from pipeline.check.runs import Run, document_text
from pipeline.write import OutputError

LOOPBACK = "127.0.0.1"
_LONGEST_REQUEST = 100_000
_PRESENT_SECONDS = 20
_LONGEST_NAME = 60
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Bench:
    """One run and its gold, read anew where it may have changed."""

    def __init__(self, output: Path, corpus: Path, docs: Sequence[str] = (), against: Path | None = None) -> None:
        self.root = corpus.resolve().parent
        for folder in (output, *([against] if against else [])):
            if not folder.resolve().is_relative_to(self.root):
                raise CheckError(f"{folder}: lies outside of {self.root}, the folder of the project; only that is served")
        self.gold = corpus / GOLD_NAME
        self.mode = "adjudicate" if against else "review"
        self.desk = Desk(self.gold)
        whole = evaluate(output, corpus, docs=docs, root=self.root)
        if against:
            files = list(gold_files(against))
            readings: dict[str, list[dict[str, Any]]] = {file.table: [] for file in files}
            for file in files:
                readings[file.table] += file.rows
            read = {file.doc_id for file in files}
            chosen = tuple(doc_id for doc_id in whole.chosen if doc_id in read)
            if not chosen:
                raise CheckError(f"{against}: no gold of a document of {output}; name the folder of the second reader")
            run = Run(whole.run.folder, {"documents": whole.run.tables["documents"], **readings}, whole.run.account)
            whole = replace(whole, run=run, chosen=chosen)
        self._whole = whole

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents to work on."""
        return self._whole.chosen

    def text(self, doc_id: str) -> str:
        """The text of a document as its file has it now.

        Raises:
            CheckError: it has changed since the run, so that no offset counts any more.
        """
        return document_text(self._whole.run.documents[doc_id], self._whole.run.folder, self.root)

    def evaluation(self, documents: Sequence[str]) -> Evaluation:
        """Some documents with their gold as it is now."""
        opened = [open_gold(self.gold, table, doc_id) for table in GOLD_COLUMNS for doc_id in documents]
        files = [file for file in opened if file.path.exists()]
        scores = score_tables(self._whole.run, files, self._whole.splits)
        return replace(self._whole, gold=tuple(files), scores=scores, chosen=tuple(documents))

    def document(self, doc_id: str) -> dict[str, Any]:
        """One document as the page shows it, with the version of its gold and who looked at what."""
        version = self.desk.version(doc_id)
        return {
            "document": document_values(self.evaluation([doc_id]), doc_id),
            "version": version,
            "reviewed": self.desk.reviewed(doc_id),
        }

    def page(self) -> dict[str, Any]:
        """All that the page shows at first."""
        whole = self.evaluation(self.documents)
        return payload(whole, generated=datetime.now().astimezone().isoformat(" ", "minutes")) | {
            "versions": {doc_id: self.desk.version(doc_id) for doc_id in self.documents},
            "reviewed": {doc_id: self.desk.reviewed(doc_id) for doc_id in self.documents},
            **({"kappa": kappas(whole.scores)} if self.mode == "adjudicate" else {}),
        }


def create_app(bench: Bench, reviewer: str, token: str | None = None) -> Flask:
    """The web application.

    Args:
        bench: what is worked on.
        reviewer: who works, where the page does not say otherwise.
        token: what the page must show to change anything; a random one where none is given.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LONGEST_REQUEST
    secret = token or secrets.token_urlsafe(32)
    present: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)

    @app.before_request
    def guard() -> None:
        host = request.host.rsplit(":", 1)[0]
        if host not in (LOOPBACK, "localhost"):
            abort(403, "this page is served on loopback only")
        if request.method in ("GET", "HEAD"):
            return
        if request.headers.get("Origin") != f"http://{request.host}":
            abort(403, "a change must come from the page itself, not from another origin")
        if not hmac.compare_digest(request.headers.get("X-Zhibiao-Token", "").encode(), secret.encode()):
            abort(403, "the page is of an earlier start of zhibiao review; load it again")

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.description), error.code or 500

    @app.errorhandler(StaleError)
    def stale(error: StaleError) -> tuple[Response, int]:
        doc_id = (request.view_args or {})["doc_id"]
        return jsonify(error=str(error), **bench.document(doc_id), last=_last(bench, doc_id)), 409

    @app.errorhandler(DeskError)
    @app.errorhandler(CheckError)
    @app.errorhandler(OutputError)
    def impossible(error: Exception) -> tuple[Response, int]:
        return jsonify(error=str(error)), 422

    @app.get("/")
    def page() -> Response:
        values = {**bench.page(), "token": secret, "reviewer": reviewer}
        return Response(render(values, bench.mode), mimetype="text/html")

    @app.get("/api/scores")
    def scores() -> Response:
        found = bench.evaluation(bench.documents).scores
        values = {table: score_values(score) for table, score in found.items()}
        return jsonify(scores=values, kappa=kappas(found) if bench.mode == "adjudicate" else None)

    @app.get("/api/documents/<doc_id>")
    def document(doc_id: str) -> Response:
        return jsonify(bench.document(_known(bench, doc_id)))

    @app.post("/api/documents/<doc_id>/decisions")
    def decide(doc_id: str) -> Response:
        _known(bench, doc_id)
        asked = _asked({"action": str, "table": str, "start": int, "quote": str, "row": dict, "who": str, "version": str})
        if asked["table"] not in GOLD_COLUMNS:
            abort(400, f"no table {asked['table']}")
        decision = Decision(*(asked[name] for name in ("action", "table", "start", "quote", "row")))
        entry = bench.desk.decide(doc_id, bench.text(doc_id), decision, _who(asked), asked["version"])
        return jsonify(entry=entry, **bench.document(doc_id))

    @app.post("/api/documents/<doc_id>/undo")
    def undo(doc_id: str) -> Response:
        _known(bench, doc_id)
        asked = _asked({"who": str, "version": str})
        entry = bench.desk.undo(doc_id, _who(asked), asked["version"])
        return jsonify(entry=entry, **bench.document(doc_id))

    @app.post("/api/documents/<doc_id>/presence")
    def presence(doc_id: str) -> Response:
        _known(bench, doc_id)
        asked = _asked({"who": str, "page": str})
        now = time.monotonic()
        here = present[doc_id]
        here[asked["page"][:_LONGEST_NAME]] = (asked["who"][:_LONGEST_NAME], now)
        for name, (_, seen) in list(here.items()):
            if now - seen > _PRESENT_SECONDS:
                del here[name]
        others = sorted({who for name, (who, _) in list(here.items()) if name != asked["page"] and who})
        return jsonify(others=others, version=bench.desk.version(doc_id), last=_last(bench, doc_id))

    return app


def _known(bench: Bench, doc_id: str) -> str:
    if doc_id not in bench.documents:
        abort(404, "no such document")
    return doc_id


def _last(bench: Bench, doc_id: str) -> dict[str, str] | None:
    entries = bench.desk.log(doc_id)
    return {"who": entries[-1]["who"], "when": entries[-1]["when"]} if entries else None


def _asked(fields: dict[str, type]) -> dict[str, Any]:
    """The JSON object of a request, with these fields of these types."""
    asked = request.get_json()
    if not isinstance(asked, dict):
        abort(400, "a JSON object is needed")
    for name, kind in fields.items():
        if not isinstance(asked.get(name), kind) or isinstance(asked[name], bool):
            abort(400, f"{name} must be of type {kind.__name__}")
    return asked


def _who(asked: dict[str, Any]) -> str:
    who: str = asked["who"].strip()
    if not who or len(who) > _LONGEST_NAME or not who.isprintable():
        abort(400, "who must be the name of the reviewer")
    return who


def serve(app: Flask, port: int) -> Any:
    """A server of the application on loopback, bound but not yet running; its ``effective_port`` says where.

    Raises:
        CheckError: the port is taken.
    """
    try:
        return create_server(app, host=LOOPBACK, port=port, threads=4, ident=None)
    except OSError as error:
        raise CheckError(
            f"port {port}: cannot be used ({error.strerror}); name another --port, or 0 for any free one"
        ) from None
