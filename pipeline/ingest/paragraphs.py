"""From the lines of pages to paragraphs, as an official document is set: a paragraph is indented, a line that does not reach
the margin ends one, a heading is centred, and what most pages share at the top or foot is no text.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.ingest.layout import tidy
from pipeline.ingest.printed import Line, Page, Ruled

_PAGE_NUMBER = re.compile(
    r"[\s\-—–―·.|第共页/（()）]*\d{1,4}[\s\-—–―·.|第共页/（()）]*(?:\d{1,4}[\s\-—–―·页）)]*)?|[ivxIVX]{1,6}"
)
_NEW_PARAGRAPH = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零\d]+[章节条编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|附件|专栏\s*\d)"
)
_EDGE_LINES, _LONGEST_HEAD = 2, 80


def drop_running_lines(pages: list[Page]) -> None:
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


def flow(pages: list[Page]) -> Iterator[str | Ruled]:
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
