"""A run as it lies in its folder: its tables, and the texts that the offsets of its rows count in."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.check.errors import CheckError
from pipeline.check.rows import Row, read_rows
from pipeline.tables import TABLES
from pipeline.write import RUN_NAME

TEXTS_NAME = "texts"
"""The folder in which a run keeps the text that it made of a document of another format, as UTF-8."""

KNOWN_TABLES = tuple(dict.fromkeys((*TABLES, "owners", "tasks", "citations")))


@dataclass(frozen=True)
class Run:
    """The tables of a run."""

    folder: Path
    tables: dict[str, list[Row]]
    account: dict[str, Any]
    """What ``run.json`` says; empty where there is none."""

    @cached_property
    def documents(self) -> dict[str, Row]:
        """The rows of ``documents``, by ``doc_id``. Of two files of one name the first is the document."""
        rows: dict[str, Row] = {}
        for row in self.tables["documents"]:
            rows.setdefault(row["doc_id"], row)
        return rows

    @cached_property
    def _by_document(self) -> dict[tuple[str, str], list[Row]]:
        rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for table, listed in self.tables.items():
            for row in listed:
                rows[table, row["doc_id"]].append(row)
        return rows

    def rows(self, table: str, doc_id: str) -> list[Row]:
        """The rows of one document in a table; none where the run has no such table."""
        return self._by_document.get((table, doc_id), [])


def load_run(folder: Path) -> Run:
    """Reads the tables of a folder, as CSV.

    Raises:
        CheckError: there is no run in the folder, or a table cannot be read.
    """
    if not (folder / "documents.csv").is_file():
        raise CheckError(f"{folder}: no tables here; run zhibiao extract first, or name the folder that it wrote to")
    tables = {table: _table(folder / f"{table}.csv") for table in KNOWN_TABLES if (folder / f"{table}.csv").is_file()}
    return Run(folder, tables, _account(folder / RUN_NAME))


def _table(path: Path) -> list[Row]:
    _, *rows = (row for _, _, row in read_rows(path))
    return rows


def _account(path: Path) -> dict[str, Any]:
    try:
        account = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return account if isinstance(account, dict) else {}


def document_text(document: Row, run: Path, within: Path | None = None) -> str:
    """The text that the offsets of a document's rows count in, in code points.

    This is what the run kept under ``texts/``, else the decoded file itself.

    Args:
        document: a row of ``documents``.
        run: the folder of the run.
        within: a folder outside of which no file is read.

    Returns:
        The text; an empty one for a document that could not be read.

    Raises:
        CheckError: the file is gone, lies elsewhere, or has changed since the run.
    """
    kept = run / TEXTS_NAME / f"{document['doc_id']}.txt"
    source = Path(document["path"])
    if within is not None:
        for path in (kept, source):
            if path.exists() and not path.resolve().is_relative_to(within.resolve()):
                raise CheckError(f"{path}: lies outside of {within}; only documents of the project are shown")
    if not document["sha256"]:
        return ""
    try:
        raw = source.read_bytes()
    except OSError as error:
        raise CheckError(f"{source}: cannot be read ({error.strerror}); run zhibiao extract again, here") from None
    if hashlib.sha256(raw).hexdigest() != document["sha256"]:
        raise CheckError(f"{source}: has changed since {run} was written; run zhibiao extract again")
    if kept.is_file():
        return kept.read_bytes().decode("utf-8", "surrogatepass")
    return raw.decode(document["encoding"]).removeprefix("\ufeff") if document["encoding"] else ""
