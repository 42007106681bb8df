"""The two kinds of work in a run, as they are given out to processes or to machines: reading a document, making a block.

Both are functions of what they are given, so that they can be done anywhere, in any order, and again.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.block import Block, make_block
from pipeline.block import packed as packed_block
from pipeline.spool import DocumentRows, Summary, packed, summary_of, text_bytes, unpacked
from pipeline.tables import TableError

if TYPE_CHECKING:
    from pipeline.ingest import Index
    from pipeline.links import Links
    from pipeline.pipeline import Extractor

TABLE_ORDER = ("targets", "owners", "tasks", "citations", "speakers", "documents", "residue")
"""The tables, as the workbook has them."""

_BLOCK_ROWS = 2_000


class ClusterError(Exception):
    """A cluster that cannot be used. The message is one line that says what to do about it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that was read."""

    summary: Summary
    sha256: str
    """Of the bytes that were read; empty where none could be."""
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """A block to be made: which documents, in their order, and what their citations mean."""

    places: tuple[int, ...]
    digests: tuple[str, ...]
    links: tuple[tuple[int, str, str, str], ...]
    """Which of its documents (counted from 0) cites what number and title, and the ``doc_id`` that this means."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of making a block."""

    block: bytes = b""
    texts: dict[int, bytes] = field(default_factory=dict)
    """The texts that were asked for, by the places of their documents."""
    lost: tuple[int, ...] = ()
    """The documents whose rows are not what they were when they were laid by."""
    failed: dict[int, bytes] = field(default_factory=dict)
    """The documents whose rows break the schema, with what is left of them."""


def read(path: Path, index: Index, extractor: Extractor) -> tuple[bytes, Reading]:
    """Reads a document: its rows, packed, and what is to be known of them."""
    from pipeline.document import read_rows

    rows = read_rows(path, index, extractor)
    raw = packed(rows)
    return raw, Reading(summary_of(rows, raw), rows.document["sha256"], rows.seconds)


def failed(path: Path, message: str) -> tuple[bytes, Summary]:
    """What is left of a document that could not be read at all."""
    from pipeline.document import failed_rows

    rows = failed_rows(path, message)
    raw = packed(rows)
    return raw, summary_of(rows, raw)


def plan_blocks(summaries: Sequence[Summary], links: Links) -> list[BlockPlan]:
    """Cuts the documents of a run, in their order, into blocks of some thousand rows.

    Whether a block ends behind a document depends on this document alone, so that one that changes, comes or goes leaves all
    blocks but its own as they were.
    """
    blocks: list[list[int]] = [[]]
    for place, summary in enumerate(summaries):
        blocks[-1].append(place)
        if zlib.crc32(summary.doc_id.encode("utf-8", "surrogateescape")) * _BLOCK_ROWS < summary.rows << 32:
            blocks.append([])
    return [_plan(places, summaries, links) for places in blocks if places]


def _plan(places: list[int], summaries: Sequence[Summary], links: Links) -> BlockPlan:
    meant = (
        (at, number, title, doc_id)
        for at, place in enumerate(places)
        for number, title in summaries[place].cited
        if (doc_id := links.meant(number, title))
    )
    return BlockPlan(tuple(places), tuple(summaries[place].digest for place in places), tuple(meant))


def make(plan: BlockPlan, load: Callable[[int], bytes], texts: Iterable[int] = (), *, block: bool = True) -> Made:
    """Makes a block out of the packed rows of its documents.

    Args:
        plan: what to make.
        load: the packed rows of the document of a place; ``b""`` where they are gone.
        texts: the places of the documents whose texts are wanted.
        block: whether the block is wanted; else only the texts are.
    """
    wanted = set(plan.places) if block else set(texts)
    loaded = {place: load(place) for place in plan.places if place in wanted}
    digests = dict(zip(plan.places, plan.digests, strict=True))
    rows = {place: unpacked(raw) for place, raw in loaded.items() if raw.startswith(digests[place].encode("ascii"))}
    whole = {place: one for place, one in rows.items() if one is not None}
    if lost := tuple(wanted - whole.keys()):
        return Made(lost=lost)
    written = {place: text_bytes(text) for place in texts if (text := whole[place].text) is not None}
    if not block:
        return Made(texts=written)
    for at, number, title, doc_id in plan.links:
        for row in whole[plan.places[at]].tables.get("citations", ()):
            if (row["number"], row["title"]) == (number, title):
                row["cited_doc_id"] = doc_id
    try:
        return Made(packed_block(_block(whole.values())), written)
    except TableError:
        return Made(failed=_failing(whole))


def _block(documents: Iterable[DocumentRows]) -> Block:
    listed = list(documents)
    return make_block({table: [row for rows in listed for row in _rows(rows, table)] for table in TABLE_ORDER})


def _rows(rows: DocumentRows, table: str) -> Sequence[Mapping[str, Any]]:
    return [rows.document] if table == "documents" else rows.tables.get(table, ())


def _failing(documents: Mapping[int, DocumentRows]) -> dict[int, bytes]:
    """The documents whose rows break the schema: each is one that failed.

    Raises:
        TableError: it is the row of a document itself that breaks it.
    """
    found = {}
    for place, rows in documents.items():
        try:
            _block([rows])
        except TableError as error:
            if not rows.tables:
                raise
            from pipeline.document import internal

            message = internal(rows.document["path"], error)
            document = rows.document | {"statements": 0, "residue": 0, "error": message}
            found[place] = packed(DocumentRows(document, text=rows.text))
    return found
