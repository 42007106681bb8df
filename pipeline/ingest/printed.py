"""What stands on a printed page: characters make lines, lines stand in columns, and aligned parts of lines are a table."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.ingest.layout import GridCell, cell_text, raised

_SMALL = 0.75
"""A character smaller than this share of its line, and above its foot, is raised."""

_FAR_GAP, _NEAR_GAP = 1.6, 0.25
"""Gaps of so many characters' widths part two cells, and two words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, its box in points from the top left corner, and the size of its type."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    parts: tuple[tuple[str, float, float], ...] = ()
    """What far gaps part, each with its left and right end."""
    characters: tuple[tuple[str, float, float], ...] = ()
    """Its characters, each with its left and right end."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table of a page with the places of its column edges."""

    grid: list[list[GridCell]]
    top: float
    bottom: float
    edges: tuple[float, ...]


@dataclass(slots=True)
class Page:
    """A page as it was read: lines and tables from top to bottom."""

    number: int
    width: float
    height: float
    items: list[Line | Ruled] = field(default_factory=list)
    characters: int = 0
    pictured: bool = False
    """Whether most of it is a picture."""
    gutter: float | None = None
    """Where its columns part; ``None`` where it has one."""


def lines_of(chars: list[Any]) -> Iterator[Line]:
    """Characters put together to lines, from top to bottom; small ones right behind a character are on its line."""
    if not chars:
        return
    usual = statistics.median(c["size"] for c in chars)
    rows = _rows([c for c in chars if c["size"] >= _SMALL * usual])
    apart = []
    for char in (c for c in chars if c["size"] < _SMALL * usual):
        row = next((row for row in rows if _is_raised_on(char, row)), None)
        if row:
            row.append(char)
        else:
            apart.append(char)
    for row in sorted((*rows, *_rows(apart)), key=lambda row: _middle(row[0])):
        row.sort(key=lambda c: c["x0"])
        yield _line(row)


def _middle(char: Any) -> float:
    return float((char["top"] + char["bottom"]) / 2)


def _rows(chars: list[Any]) -> list[list[Any]]:
    """Characters by the line that they stand on."""
    rows: list[list[Any]] = []
    for char in sorted(chars, key=lambda c: (_middle(c), c["x0"])):
        first = rows[-1][0] if rows else None
        if first and _middle(char) - _middle(first) < 0.5 * max(first["size"], char["size"]):
            rows[-1].append(char)
        else:
            rows.append([char])
    return rows


def _is_raised_on(char: Any, row: list[Any]) -> bool:
    """Whether a small character stands right behind a character of a line."""
    first = row[0]
    if not first["top"] - 0.3 * first["size"] <= _middle(char) <= first["bottom"]:
        return False
    return any(-0.5 * c["size"] < char["x0"] - c["x1"] < 0.5 * c["size"] for c in row)


def _line(row: list[Any]) -> Line:
    size = statistics.median(c["size"] for c in row)
    box = Line("", 0.0, 0.0, min(c["top"] for c in row), max(c["bottom"] for c in row), size)
    characters: list[tuple[str, float, float]] = []
    for char in row:
        small = char["size"] < _SMALL * size and char["bottom"] < box.bottom - 0.15 * size
        before = characters[-1][0] if characters else ""
        characters.append((raised(char["text"], before) if small else char["text"], char["x0"], char["x1"]))
    return _set(characters, box)


def _set(characters: list[tuple[str, float, float]], line: Line) -> Line:
    """``line`` with other characters: far gaps part it, near ones are blanks."""
    parts: list[tuple[str, float, float]] = []
    piece, start, end = "", characters[0][1], characters[0][1]
    for text, x0, x1 in characters:
        gap = x0 - end
        if piece and gap > _FAR_GAP * line.size:
            parts.append((piece, start, end))
            piece, start = "", x0
        elif piece and gap > _NEAR_GAP * line.size:
            piece += " "
        piece += text
        end = max(end, x1)
    parts.append((piece, start, end))
    whole = " ".join(part[0] for part in parts)
    return replace(line, text=whole, x0=characters[0][1], x1=end, parts=tuple(parts), characters=tuple(characters))


_COLUMN_LINES = 6
_GUTTER = 0.7
"""The white strip between two columns is at least so many characters wide."""


def in_columns(lines: list[Line], gutter: float | None) -> Iterator[Line]:
    """The lines of a page in reading order: where most part at one gutter, the left column comes before the right one."""
    if gutter is None:
        yield from lines
        return
    right: list[Line] = []
    for line in lines:
        if any(x0 < gutter < x1 for _, x0, x1 in line.characters):
            yield from right
            right = []
            yield line
            continue
        sides = [c for c in line.characters if c[2] <= gutter], [c for c in line.characters if c[1] >= gutter]
        if sides[0]:
            yield _set(sides[0], line)
        if sides[1]:
            right.append(_set(sides[1], line))
    yield from right


def gutter_of(lines: list[Line], width: float, before: float | None) -> float | None:
    """The middle of the white strip between two columns of prose; ``None`` where there is one column.

    Few lines cross it, many lie on either side, and those on its left mostly reach up to it, as those of a list do not.
    Where the page before had columns it is enough that few lines cross.
    """
    spans = [(a, b) for line in lines for a, b in _runs(line)]
    if before is not None and sum(a < before < b for a, b in spans) <= 0.15 * len(lines):
        return before
    if len(spans) < 2 * _COLUMN_LINES:
        return None
    size = statistics.median(line.size for line in lines)
    steps = [width * (0.4 + 0.2 * i / 60) for i in range(61)]
    crossing = [sum(a < x < b for a, b in spans) for x in steps]
    allowed = 0.15 * len(lines)
    free = [x for x, count in zip(steps, crossing, strict=True) if count <= max(min(crossing), allowed / 2)]
    if not free or min(crossing) > allowed:
        return None
    gutter = statistics.median(free)
    left, right = [b for a, b in spans if b <= gutter], [a for a, b in spans if a >= gutter]
    reaching = sum(gutter - b < 3 * size for b in left)
    if len(left) < _COLUMN_LINES or len(right) < _COLUMN_LINES or reaching * 2 < len(left):
        return None
    return gutter


def _runs(line: Line) -> Iterator[tuple[float, float]]:
    """The stretches of a line between gaps that could be a gutter."""
    start, end = line.characters[0][1], line.characters[0][2]
    for _, x0, x1 in line.characters[1:]:
        if x0 - end > _GUTTER * line.size:
            yield start, end
            start = x0
        end = max(end, x1)
    yield start, end


_TABLE_LINES = 3


def borderless(lines: list[Line]) -> list[Line | Ruled]:
    """Lines, and in place of runs of them whose parts stand below each other, tables without rules."""
    result: list[Line | Ruled] = []
    run: list[Line] = []

    def close() -> None:
        nonlocal run
        table = _aligned(run)
        result.extend([table] if table else run)
        run = []

    for line in lines:
        if run and line.top < run[-1].top:
            close()
        if len(line.parts) >= 2 or (run and _fits(line, run) and line.top - run[-1].bottom < 1.2 * line.size):
            run.append(line)
        else:
            close()
            result.append(line)
    close()
    return result


def _fits(line: Line, run: list[Line]) -> bool:
    """Whether a line of one part goes on a cell of the lines before: it is as short as a cell."""
    widest = max(part[2] - part[1] for before in run for part in before.parts)
    return line.x1 - line.x0 <= widest and any(
        part[1] - 2 <= line.x0 and line.x1 <= part[2] + 2 for before in run for part in before.parts
    )


def _aligned(run: list[Line]) -> Ruled | None:
    """A run of lines as a table, where their parts stand in at least three columns."""
    if sum(len(line.parts) >= 3 for line in run) < _TABLE_LINES:
        return None
    bands: list[list[float]] = []
    for _, x0, x1 in sorted((part for line in run for part in line.parts), key=lambda part: part[1]):
        if bands and x0 < bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], x1)
        else:
            bands.append([x0, x1])
    if len(bands) < 3:
        return None
    grid: list[list[GridCell]] = []
    for line in run:
        cells = [""] * len(bands)
        for text, x0, _ in line.parts:
            at = max(i for i, band in enumerate(bands) if band[0] <= x0)
            cells[at] = cell_text([cells[at], text])
        if len(line.parts) == 1 and grid:
            grid[-1] = [GridCell(cell_text([old.text, new])) for old, new in zip(grid[-1], cells, strict=True)]
        else:
            grid.append([GridCell(cell) for cell in cells])
    return Ruled(grid, run[0].top, run[-1].bottom, tuple(band[0] for band in bands))
