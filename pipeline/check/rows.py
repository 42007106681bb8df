"""Rows as they stand in CSV files: of the tables of a run, and of gold. Where a row stands in its document's text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.check.errors import CheckError
from pipeline.tables import TABLES, TEXT
from pipeline.write import csv_text

Row = dict[str, Any]
"""Cells as text, by column; only ``start``, ``end``, ``task_start`` and ``task_end`` are whole numbers (``-1``: none)."""

Span = tuple[int, int]
"""First and one past the last character, in code points of the document's text."""

_OFFSETS = ("start", "end", "task_start", "task_end")
VERBATIM = ("quote", "text")
"""The columns that hold the words of the document; the first that a table has gives the span of its rows."""


def span(row: Mapping[str, Any]) -> Span:
    """Where a row stands in its document."""
    return row["start"], row["start"] + len(words(row))


def words(row: Mapping[str, Any]) -> str:
    """The words of the document that a row is about."""
    text: str = row["quote"] if "quote" in row else row["text"]
    return text


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share; negative where they lie apart."""
    return min(one[1], other[1]) - max(one[0], other[0])


def shared(one: Span, other: Span) -> float:
    """The share of two spans' union that both cover, from 0 to 1."""
    union = max(one[1], other[1]) - min(one[0], other[0])
    return max(0, overlap(one, other)) / union if union else 0.0


def read_rows(path: Path) -> Iterator[tuple[int, str, Row]]:
    """The rows of a CSV file, each with the number of its first line and the characters that it takes in the file.

    The first one is the head: its row is empty but for the names of the columns, in their order.

    Raises:
        CheckError: the file cannot be read, is no CSV, or a row has not as many cells as the head.
    """
    try:
        content = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CheckError(f"{path}: cannot be read ({error.strerror}); check that it is there") from None
    except UnicodeDecodeError:
        raise CheckError(f"{path}: not UTF-8; save it as CSV in UTF-8") from None
    lines = io.StringIO(content, newline="").readlines()
    reader = csv.reader(iter(lines), strict=True)
    columns: list[str] = []
    done = 0
    while done < len(lines):
        first = done
        try:
            cells = next(reader)
        except csv.Error as error:
            raise CheckError(f"{path}:{first + 1}: no CSV ({error}); close the double quotes there") from None
        done = reader.line_num
        raw = "".join(lines[first:done])
        if not columns:
            columns = [name.removeprefix("\ufeff").strip() for name in cells]
            yield 1, raw, dict.fromkeys(columns)
        elif cells:
            if len(cells) != len(columns):
                raise CheckError(
                    f"{path}:{first + 1}: {len(cells)} cells for {len(columns)} columns; put a cell with a comma in quotes"
                )
            yield first + 1, raw, _row(path, first + 1, dict(zip(columns, cells, strict=True)))


def _row(path: Path, line: int, cells: dict[str, str]) -> Row:
    row: Row = {name: cell if name in VERBATIM else csv_text(cell) for name, cell in cells.items()}
    for name in _OFFSETS:
        if name in row:
            row[name] = _offset(row[name])
    if row.get("start", 0) is None or row.get("start", 0) < 0:
        raise CheckError(
            f"{path}:{line}: start {cells['start']!r} is no offset; write the number of characters before the quote"
        )
    return row


def _offset(cell: str) -> int:
    try:
        return int(float(cell))
    except (ValueError, OverflowError):
        return -1


def is_text(table: str, column: str) -> bool:
    """Whether a column holds text: such a cell could be run by a spreadsheet, a number could not."""
    declared = {known.name: known.dtype for known in TABLES.get(table, ())}
    return declared.get(column, TEXT) == TEXT and column not in _OFFSETS
