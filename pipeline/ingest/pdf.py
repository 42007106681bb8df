"""PDF with a text layer: lines in reading order, joined to paragraphs, without running heads and page numbers; tables.

pdfplumber gives the characters with their places and finds ruled tables. What this module knows is how an official
document is set: a paragraph is indented, a line that does not reach the margin ends one, a heading is centred.
"""

from __future__ import annotations

import io
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from pipeline.ingest.files import IngestError
from pipeline.ingest.layout import GridCell, Read, TextBuilder, cell_text, tidy
from pipeline.ingest.limits import MAX_OBJECTS, MAX_PAGE_MARKS, MAX_PAGES
from pipeline.ingest.ocr import Recogniser

_UNUSABLE = "no readable PDF; open it and save or print it as PDF again"
_MOST_EDGES = 4_000
"""Pages with more lines than this are drawings; looking for tables among them takes minutes."""

_FEW = 12
"""A page with fewer characters than this is blank, or a picture with a page number."""

_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―·.|第共页/（()）]*\d{1,4}[\s\-—–―·.|第共页/（()）]*(?:\d{1,4}[\s\-—–―·页）)]*)?|[ivxIVX]{1,6}"
)
_NEW_PARAGRAPH = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零\d]+[章节条编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|附件|专栏\s*\d)"
)
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


def read_pdf(raw: bytes, recogniser: Recogniser | None) -> Read:
    """Reads a PDF.

    Args:
        raw: the file.
        recogniser: reads pages that are pictures; ``None`` where no OCR is installed.

    Raises:
        IngestError: it is damaged, locked, holds no text and cannot be recognised, or breaks a limit.
    """
    if raw.count(b" obj") > MAX_OBJECTS:
        raise IngestError(f"the PDF has more than the {MAX_OBJECTS:,} objects that are read; save or print it as PDF again")
    try:
        pdf = pdfplumber.open(io.BytesIO(raw))
        count = len(pdf.pages)
    except MemoryError:
        raise
    except Exception as error:  # pdfminer raises errors of many kinds, plain ones of Python among them
        if any(isinstance(one, PDFPasswordIncorrect) for one in (error, *error.args)):
            raise IngestError("the PDF is locked by a password; save it without one") from None
        raise IngestError(f"{_UNUSABLE} ({type(error).__name__})") from None
    if not count:
        raise IngestError(_UNUSABLE)
    if count > MAX_PAGES:
        raise IngestError(f"{count:,} pages are more than the {MAX_PAGES:,} that are read; split the document")
    pages: list[Page] = []
    broken: list[int] = []
    for number in range(count):
        try:
            pages.append(_page(pdf.pages[number], number, pages[-1].gutter if pages else None))
        except (MemoryError, IngestError):
            raise
        except Exception:  # as above; a page that cannot be read does not take the others away
            broken.append(number + 1)
            pages.append(Page(number, 1.0, 1.0))
        pdf.pages[number].close()
    if len(broken) == count:
        raise IngestError(_UNUSABLE)
    return _assemble(raw, pages, broken, recogniser)


@cache
def _version() -> str:
    return version("pdfplumber")


def _assemble(raw: bytes, pages: list[Page], broken: list[int], recogniser: Recogniser | None) -> Read:
    unread = [page.number for page in pages if page.characters < _FEW and page.pictured]
    extractor, problems = f"pdfplumber {_version()}", []
    if unread and recogniser:
        for number, found in recogniser.read(raw, unread).items():
            pages[number].items = [Line(f.text, f.x0, f.x1, f.top, f.bottom, f.size) for f in found]
        extractor += f", {recogniser.name}"
        unread = []
    elif unread:
        places = _listed(number + 1 for number in unread)
        problems.append(f"pages that are pictures were not read ({places}); install tesseract with its data chi_sim")
    if broken:
        problems.append(f"pages that are damaged were not read ({_listed(broken)}); save the PDF again")
    _drop_running_lines(pages)
    builder = TextBuilder()
    for item in _flow(pages):
        if isinstance(item, str):
            builder.line(item)
        else:
            builder.table(item.grid)
    if not builder.text and not unread:
        raise IngestError("the PDF holds no text; open it and see whether it is the right file")
    return Read(
        builder.text,
        "",
        tuple(builder.tables),
        extractor=extractor,
        pages=len(pages),
        problem="; ".join(problems),
        unread=tuple(unread),
    )


def _listed(numbers: Iterator[int] | list[int]) -> str:
    shown = [str(number) for number in numbers]
    return ", ".join(shown[:8]) + (", …" if len(shown) > 8 else "")


def _page(page: Any, number: int, before: float | None) -> Page:
    """One page; ``before`` is where the columns of the page before parted."""
    marks = len(page.chars) + len(page.lines) + len(page.rects) + len(page.curves)
    if marks > MAX_PAGE_MARKS:
        raise IngestError(f"page {number + 1} has {marks:,} marks, more than the {MAX_PAGE_MARKS:,} that are read")
    width, height = float(page.width), float(page.height)
    whole = max(1.0, width * height)
    pictured = sum(max(0.0, (i["x1"] - i["x0"]) * (i["bottom"] - i["top"])) for i in page.images) > whole / 2
    chars = [c for c in page.dedupe_chars().chars if c["upright"] and c["text"].strip() and c["size"] > 1]
    text = "".join(c["text"] for c in chars)
    unmapped = len(_UNMAPPED.findall(text))
    found = Page(number, width, height, pictured=pictured)
    if unmapped * 5 > len(chars):
        found.pictured = True
        return found
    found.characters = len(chars)
    tables = list(_tables(page, chars))
    outside = [c for c in chars if not any(_within(c, box) for box, _ in tables)]
    lines = list(_lines(outside))
    ruled = [table for _, table in tables]
    found.gutter = _gutter(lines, width, before)
    found.items = _between(ruled, _borderless(list(_in_columns(lines, found.gutter))))
    return found


def _between(tables: list[Ruled], lines: list[Line | Ruled]) -> list[Line | Ruled]:
    """Tables put between the lines that they stand between; the order of the lines, which may be in columns, stays."""
    items = list(lines)
    for table in sorted(tables, key=lambda t: t.top):
        at = next((i for i, item in enumerate(items) if item.top >= table.top), len(items))
        items.insert(at, table)
    return items


def _within(char: Any, box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _tables(page: Any, chars: list[Any]) -> Iterator[tuple[tuple[float, float, float, float], Ruled]]:
    """The ruled tables of a page with their boxes; a frame around text is none."""
    if not 4 <= len(page.edges) <= _MOST_EDGES:
        return
    for table in page.find_tables():
        boxes = [box for box in table.cells if box]
        xs, ys = _edges(b[i] for b in boxes for i in (0, 2)), _edges(b[i] for b in boxes for i in (1, 3))
        if len(xs) < 3 or len(ys) < 3:
            continue
        rows: list[list[GridCell]] = [[] for _ in ys[1:]]
        for box in sorted(boxes, key=lambda b: (b[1], b[0])):
            left, right, top, bottom = _index(xs, box[0]), _index(xs, box[2]), _index(ys, box[1]), _index(ys, box[3])
            if right > left and bottom > top:
                inside = [c for c in chars if _within(c, box)]
                text = cell_text(line.text for line in _lines(inside))
                rows[top].append(GridCell(text, bottom - top, right - left))
        yield table.bbox, Ruled(rows, table.bbox[1], table.bbox[3], tuple(xs))


def _edges(values: Iterator[float]) -> list[float]:
    """Places that differ by less than three points are one edge."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 3:
            found.append(value)
    return found


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _lines(chars: list[Any]) -> Iterator[Line]:
    """Characters put together to lines, from top to bottom."""
    rows: list[list[Any]] = []
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        row = rows[-1] if rows else None
        if (
            row
            and middle < row[0]["bottom"]
            and middle - (row[0]["top"] + row[0]["bottom"]) / 2 < 0.5 * max(row[0]["size"], char["size"])
        ):
            row.append(char)
        else:
            rows.append([char])
    for row in rows:
        row.sort(key=lambda c: c["x0"])
        yield _line(row)


def _line(row: list[Any]) -> Line:
    size = statistics.median(c["size"] for c in row)
    box = Line("", 0.0, 0.0, min(c["top"] for c in row), max(c["bottom"] for c in row), size)
    return _set([(c["text"], c["x0"], c["x1"]) for c in row], box)


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


def _in_columns(lines: list[Line], gutter: float | None) -> Iterator[Line]:
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


def _gutter(lines: list[Line], width: float, before: float | None) -> float | None:
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


def _borderless(lines: list[Line]) -> list[Line | Ruled]:
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


_EDGE_LINES, _LONGEST_HEAD = 2, 80


def _drop_running_lines(pages: list[Page]) -> None:
    """Takes page numbers away, and the lines at the top or bottom that most pages share."""
    body = _body_size(pages)
    seen: Counter[tuple[str, str]] = Counter()
    ends: list[list[tuple[str, Line]]] = []
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        top = [line for line in lines[:_EDGE_LINES] if line.top < 0.12 * page.height]
        bottom = [line for line in lines[-_EDGE_LINES:] if line.bottom > 0.88 * page.height and line not in top]
        listed = [("top", line) for line in top] + [("bottom", line) for line in bottom]
        ends.append(listed)
        seen.update({(side, _shape(line.text)) for side, line in listed})
    for page, listed in zip(pages, ends, strict=True):
        for side, line in listed:
            shared = seen[side, _shape(line.text)]
            running = 3 * shared > len(pages) if shared > 2 else shared == len(pages) > 1 and line.size < 0.9 * body
            if (running and len(line.text) < _LONGEST_HEAD) or _PAGE_NUMBER.fullmatch(line.text.strip()):
                page.items = [item for item in page.items if item is not line]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _flow(pages: list[Page]) -> Iterator[str | Ruled]:
    """Paragraphs and tables of all pages; both go on across a page break."""
    body = _body_size(pages)
    paragraph = ""
    last: _Before | None = None
    held: Ruled | None = None
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        spacing = _spacing(lines)
        for i, item in enumerate(page.items):
            if isinstance(item, Ruled):
                if paragraph:
                    yield paragraph
                    paragraph, last = "", None
                if held and i == 0 and (more := _continued(held, item)):
                    held = more
                else:
                    if held:
                        yield held
                    held = item
                continue
            if held:
                yield held
                held = None
            left, right = _margins(item, lines)
            if paragraph and last is not None and _goes_on(last, item, left, body, page.width):
                paragraph = _joined(paragraph, item.text)
            else:
                if paragraph:
                    yield paragraph
                paragraph = item.text
            last = _Before(item, right, page.number, spacing)
    if paragraph:
        yield paragraph
    if held:
        yield held


def _body_size(pages: list[Page]) -> float:
    """The size of type that most characters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for item in page.items:
            if isinstance(item, Line):
                sizes[round(item.size, 1)] += len(item.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _continued(table: Ruled, following: Ruled) -> Ruled | None:
    """A table with the one that opens the next page, where both have the same columns; a repeated head is left out."""
    if len(table.edges) != len(following.edges) or any(
        abs(a - b) > 4 for a, b in zip(table.edges, following.edges, strict=True)
    ):
        return None
    rows = following.grid
    head = [cell.text for cell in table.grid[0]]
    if [cell.text for cell in rows[0]] == head:
        rows = rows[1:]
    return replace(table, grid=[*table.grid, *rows], bottom=following.bottom)


def _margins(line: Line, lines: list[Line]) -> tuple[float, float]:
    """The left and right ends of the column that a line is in, as lines of its size of type share them."""
    same = [o for o in lines if o.x0 < line.x1 and o.x1 > line.x0 and abs(o.size - line.size) < 0.15 * line.size]
    ends = sorted(other.x1 for other in same)
    starts = sorted(other.x0 for other in same)
    enough = max(2, len(starts) // 12)
    left = next((x for x in starts if sum(abs(x - other) < 2 for other in starts) >= enough), starts[0])
    return left, ends[int(0.9 * (len(ends) - 1))]


@dataclass(frozen=True, slots=True)
class _Before:
    """The line before, with the right end of its column, its page, and the usual distance between two lines there."""

    line: Line
    right: float
    page: int
    spacing: float


def _spacing(lines: list[Line]) -> float:
    """The usual distance from the foot of a line to that of the next, in points."""
    steps = [b.bottom - a.bottom for a, b in pairwise(lines) if b.bottom > a.bottom]
    return statistics.median(steps) if steps else 0.0


_TOKEN = re.compile(r"[“‘（《〈【(]*(?:[A-Za-z0-9]+|.)(?:[，。、；：！？”’）》】,;:!?)%％.+/—-]+[A-Za-z0-9]*)*")
_LONGEST_TOKEN = 12
_FAR_DOWN = 1.25


def _goes_on(before: _Before, line: Line, left: float, body: float, width: float) -> bool:
    """Whether ``line`` goes on the paragraph of the line before: that was full, and this one is not indented.

    A line is full when the next word, which no line may break, had found no room on it.
    """
    last, right = before.line, before.right
    if abs(last.size - line.size) > 0.15 * body:
        return False
    if _is_centred(last, width) and _is_centred(line, width) and line.size > 1.15 * body:
        return True
    if _NEW_PARAGRAPH.match(line.text):
        return False
    if line.bottom > last.bottom and before.spacing and line.bottom - last.bottom > _FAR_DOWN * before.spacing:
        return False
    token = _TOKEN.match(line.text)
    room = sum(line.size * (0.5 if c.isascii() else 1.0) for c in token[0]) if token else 0.0
    room = min(max(room, line.size), _LONGEST_TOKEN * line.size)
    return last.x1 + room > right - 0.3 * last.size and line.x0 < left + 1.2 * line.size


def _is_centred(line: Line, width: float) -> bool:
    return abs((line.x0 + line.x1) / 2 - width / 2) < line.size


def _joined(text: str, more: str) -> str:
    """Two lines of one paragraph; a blank parts words in Latin letters alone."""
    latin = text[-1:].isascii() and more[:1].isascii() and text[-1:].isalpha() and more[:1].isalpha()
    return tidy(text + (" " if latin else "") + more)
