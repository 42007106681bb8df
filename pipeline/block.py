"""A block: the rows of some documents that follow each other, as they stand in every file of tables.

Making a block is what costs in writing tables, so blocks are made where documents are read, by as many processes, and are
then only laid one behind the other; and a block whose documents say what they said in the run before is not made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.sealed import opened, seal
from pipeline.tables import NUMBER, TABLES, TEXT, Column, arrow_table
from pipeline.workbook import SheetRows, sheet_rows
from pipeline.write import csv_cell, plain_number

Rows = Sequence[Mapping[str, Any]]

_VERBATIM = ("quote", "text")
_PART_ROWS = 2_000
"""How many rows are made at a time: what they take meanwhile is several times what they come to."""
_HEAD_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one table."""

    rows: int
    csv: bytes
    """Lines of the CSV file."""
    arrow: bytes
    """An Arrow stream with what goes to the Parquet file."""
    sheets: tuple[SheetRows, ...]


Block = Mapping[str, Piece]
"""The pieces by table; a table without rows may be left out."""


def make_block(tables: Mapping[str, Rows]) -> dict[str, Piece]:
    """Makes the pieces of rows.

    Raises:
        TableError: a row does not keep to the declared columns.
    """
    return {table: make_piece(table, rows) for table, rows in tables.items() if rows}


def make_piece(table: str, rows: Rows) -> Piece:
    """Makes the piece of rows of one table.

    Raises:
        TableError: a row does not keep to the declared columns.
    """
    from pipeline.arrow import streamed

    parts = [rows[start : start + _PART_ROWS] for start in range(0, len(rows), _PART_ROWS)]
    arrow = streamed([arrow_table(table, part) for part in parts])
    csv = b"".join(["".join(_csv_lines(table, part)).encode() for part in parts])
    return Piece(len(rows), csv, arrow, tuple(sheet_rows(table, part) for part in parts))


def _csv_lines(table: str, rows: Rows) -> Iterator[str]:
    columns = [(column.name, _csv_writer(column)) for column in TABLES[table]]
    for row in rows:
        cells = (row[name] for name, _ in columns)
        yield ",".join(["" if cell is None else write(cell) for cell, (_, write) in zip(cells, columns, strict=True)])
        yield "\n"


def _csv_writer(column: Column) -> Any:
    if column.dtype == TEXT:
        return (lambda text: csv_cell(text, verbatim=True)) if column.name in _VERBATIM else csv_cell
    return plain_number if column.dtype == NUMBER else str


def packed(block: Block) -> bytes:
    """A block as bytes, sealed: what stands where, as JSON, and the pieces. Reading it runs nothing."""
    bodies: list[bytes] = []
    head: dict[str, Any] = {}
    for table, piece in block.items():
        bodies += [piece.csv, piece.arrow, *(sheet.deflated for sheet in piece.sheets)]
        sheets = [[sheet.rows, sheet.crc, sheet.size, len(sheet.deflated)] for sheet in piece.sheets]
        head[table] = {"rows": piece.rows, "csv": len(piece.csv), "arrow": len(piece.arrow), "sheets": sheets}
    about = json.dumps(head).encode("ascii")
    return seal(b"".join([len(about).to_bytes(_HEAD_LENGTH, "big"), about, *bodies]))


def unpacked(raw: bytes) -> dict[str, Piece] | None:
    """The block that :func:`packed` made bytes of; ``None`` where they are not as they were made."""
    body = opened(raw)
    if body is None:
        return None
    at = _HEAD_LENGTH + int.from_bytes(body[:_HEAD_LENGTH], "big")
    head = json.loads(body[_HEAD_LENGTH:at])

    def take(length: int) -> bytes:
        nonlocal at
        at += length
        return body[at - length : at]

    block = {}
    for table, about in head.items():
        csv, arrow = take(about["csv"]), take(about["arrow"])
        sheets = tuple(SheetRows(rows, crc, size, take(length)) for rows, crc, size, length in about["sheets"])
        block[table] = Piece(about["rows"], csv, arrow, sheets)
    return block
