"""What was read of a document, laid by until the tables are written, so that memory does not hold it all; and its summary.

It is JSON, compressed and sealed: it can be told from what was cut short or damaged, and reading it runs nothing.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from pipeline.sealed import opened, seal, seal_of


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """One document: its row of ``documents`` and its rows of the other tables. It can be written as JSON."""

    document: dict[str, Any]
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """The rows of the tables other than ``documents``, by table; of a document that failed there are none."""
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each stage took."""
    text: str | None = None
    """The text that all ``start`` of the document point into."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run needs to know of a document beside its rows. It can be written as JSON."""

    doc_id: str
    title: str
    number: str
    error: str
    rows: int
    """How many, in all tables."""
    kinds: dict[str, int]
    """How many statements, by kind."""
    reasons: dict[str, int]
    """How many other numerals, by reason."""
    cited: tuple[tuple[str, str], ...]
    """The documents that it cites, each once: number and title."""
    text: str
    """The SHA-256 of its text as it is written to ``texts/``; empty where it has none."""
    digest: str
    """What tells its rows from all others."""


def packed(rows: DocumentRows) -> bytes:
    """The rows of a document as bytes. How long it took to find them is left out: the same rows are the same bytes."""
    plain = {"document": rows.document, "tables": rows.tables, "text": rows.text}
    return seal(zlib.compress(json.dumps(plain).encode("ascii"), level=1))


def unpacked(raw: bytes) -> DocumentRows | None:
    """The rows that :func:`packed` made bytes of; ``None`` where they are not as they were made."""
    body = opened(raw)
    return None if body is None else DocumentRows(**json.loads(zlib.decompress(body)))


def summary_of(rows: DocumentRows, raw: bytes) -> Summary:
    """The summary of a document, of which ``raw`` are the packed rows."""
    document, tables = rows.document, rows.tables
    return Summary(
        doc_id=document["doc_id"],
        title=document["title"],
        number=document["number"],
        error=document["error"],
        rows=1 + sum(map(len, tables.values())),
        kinds=dict(Counter(row["kind"] for row in tables.get("targets", ()))),
        reasons=dict(Counter(row["reason"] for row in tables.get("residue", ()))),
        cited=tuple(dict.fromkeys((row["number"], row["title"]) for row in tables.get("citations", ()))),
        text="" if rows.text is None else hashlib.sha256(text_bytes(rows.text)).hexdigest(),
        digest=seal_of(raw),
    )


def text_bytes(text: str) -> bytes:
    """A text as it is written to ``texts/``: UTF-8 without a byte-order mark, line ends as they are."""
    return text.encode("utf-8", "surrogatepass")
