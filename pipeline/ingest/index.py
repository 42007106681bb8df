"""The index that an analyst keeps beside the documents: ``documents.csv``. What it says wins over what a text says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.ingest.files import IngestError, read_bytes
from pipeline.ingest.text import decode
from pipeline.values import Metadata

INDEX_NAME = "documents.csv"
COLUMNS = ("doc_id", "title", "issuer", "date", "url")

# A spreadsheet that opens and saves the file writes its dates in its own way.
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?:\s+0{1,2}:00(?::00)?)?")


@dataclass(frozen=True, slots=True)
class Index:
    """What ``documents.csv`` says, by ``doc_id``, and what is wrong in it."""

    rows: dict[str, Metadata] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Each row that is not used: the ``doc_id`` it is about, and one line that says why."""


def load_index(path: Path) -> Index:
    """Reads an index; where there is no such file it is empty.

    A row with a mistake is left out as a whole, so that a document is never described by half of what was meant.

    Raises:
        IngestError: the file cannot be read, or has no ``doc_id`` column.
    """
    if not path.exists():
        return Index()
    reader = csv.DictReader(io.StringIO(decode(read_bytes(path), path).text, newline=""))
    index = Index()
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        if "doc_id" not in reader.fieldnames:
            raise IngestError(f"{path}:1: the first line names no column doc_id; make it {','.join(COLUMNS)}")
        for line, row in _rows(reader):
            if problem := _problem(row, index):
                index.problems.append((row["doc_id"], f"{path}:{line}: {problem}"))
            else:
                index.rows[row["doc_id"]] = Metadata(row["title"], row["issuer"], date=_date(row["date"]), url=row["url"])
    except csv.Error as error:
        raise IngestError(f"{path}:{reader.line_num}: no CSV ({error}); close the double quotes there") from None
    return index


def _rows(reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that hold anything, trimmed, with their line numbers; cells without a column are under an empty name."""
    for raw in reader:
        extra = "".join(raw.pop(None, None) or [])
        row = {name: (raw.get(name) or "").strip() for name in COLUMNS} | {"": extra.strip()}
        if any(row.values()):
            yield reader.line_num, row


def _problem(row: dict[str, str], index: Index) -> str:
    doc_id = row["doc_id"]
    if not doc_id:
        return "no doc_id; write the document's file name without its extension there"
    if row[""]:
        return f"{doc_id}: more cells than columns; put cells that hold a comma in double quotes"
    if doc_id in index.rows:
        return f"{doc_id}: the document has a row already; take one of the two away"
    if row["date"] and _date(row["date"]) is None:
        return f"{doc_id}: {row['date']!r} is no date; write it as 2023-06-30"
    return ""


def _date(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
