"""Tables in plain text: rows of Markdown (``| 指标 | 2025年 |``), and rows parted by tabs as Word and Excel paste them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.values import Cell, Table

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_RULE = re.compile(r"[\s|:\-—]*--[\s|:\-—]*")
_CELL_OF_PIPES = re.compile(r"(?:\\.|[^|\\\r\n])+")
_CELL_OF_TABS = re.compile(r"[^\t\r\n]+")
_FEWEST_ROWS, _FEWEST_CELLS = 2, 4


def find_grids(text: str) -> tuple[Table, ...]:
    """The tables of a text: at least two lines one after another that pipes or tabs cut into columns.

    >>> [len(table.cells) for table in find_grids("如下：\\n| 指标 | 2025年 |\\n|---|---|\\n| 企业（家） | 300 |\\n完。")]
    [4]
    """
    tables = []
    rows: list[list[tuple[int, int, int]]] = []
    mark = ""
    for line in _LINE.finditer(text):
        kind = _mark_of(line[0], mark)
        if kind and kind == mark and _RULE.fullmatch(line[0]):
            continue
        if kind != mark:
            tables += _table(rows)
            rows, mark = [], kind
        if kind:
            rows.append(list(_cells(line[0], line.start(), kind)))
    return (*tables, *_table(rows))


def _mark_of(line: str, before: str) -> str:
    """What parts the cells of a line; empty where the line is no row. ``before`` is what parts those of the line above."""
    stripped = line.strip()
    if stripped.count("|") > 1 or (stripped.count("|") == 1 and stripped[0] not in "|" and _RULE.fullmatch(stripped)):
        return "|"
    if stripped and ("\t" in line.rstrip() or (before == "\t" and "\t" in line)):
        return "\t"
    return ""


def _cells(line: str, start: int, mark: str) -> Iterator[tuple[int, int, int]]:
    """Column, start and end of each cell of a row that holds text."""
    if mark == "\t":
        column, at = 0, 0
        body = line.rstrip("\r\n")
        for match in _CELL_OF_TABS.finditer(body):
            column += body.count("\t", at, match.start())
            at = match.start()
            yield from _trimmed(match, column, start)
        return
    body = line.strip()
    offset = line.index(body)
    lead = 1 if body.startswith("|") else 0
    for match in _CELL_OF_PIPES.finditer(body, lead):
        column = _pipes(body[lead : match.start()])
        yield from _trimmed(match, column, start + offset)


def _pipes(text: str) -> int:
    """How many pipes part cells, those that a backslash makes part of a cell not counted."""
    return len(re.findall(r"(?<!\\)\|", text))


def _trimmed(match: re.Match[str], column: int, start: int) -> Iterator[tuple[int, int, int]]:
    cell = match[0].strip(" \u3000\xa0")
    if cell:
        at = start + match.start() + match[0].index(cell)
        yield column, at, at + len(cell)


def _table(rows: list[list[tuple[int, int, int]]]) -> list[Table]:
    cells = tuple(Cell(number, column, 1, 1, start, end) for number, row in enumerate(rows) for column, start, end in row)
    wide = sum(len(row) > 1 for row in rows)
    return [Table(cells)] if wide >= _FEWEST_ROWS and len(cells) >= _FEWEST_CELLS else []
