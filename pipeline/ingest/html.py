"""Pages as saved from a site: the main text without menus, share bars, related links and imprint; tables; metadata.

A page is flattened to *items*, lines and tables with the element that they stand in; which of them are the main text is
the question of :mod:`~pipeline.ingest.maintext`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any

from lxml import etree

from pipeline.ingest.facts import Facts, box_of, facts_of_meta, facts_of_pairs, is_box, is_box_line
from pipeline.ingest.files import IngestError
from pipeline.ingest.layout import Grid, GridCell, Read, TextBuilder, cell_text, tidy
from pipeline.ingest.limits import MAX_ELEMENTS, MAX_NESTING
from pipeline.ingest.maintext import INLINE, Item, main_text
from pipeline.ingest.text import decode_page

_IGNORED = frozenset(
    """
    script style noscript template head title meta link object embed applet iframe frame svg math canvas audio video map
    select option button textarea input rp rt nav footer aside dialog menu
    """.split()  # noqa: SIM905
)
_BLANK = re.compile(r"\s+")
_SHORTEST_TITLE = 6
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    """A line in the making."""

    element: Any = None
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0


def read_html(raw: bytes) -> Read:
    """Reads a saved page.

    Raises:
        IngestError: the page holds no text, or more elements, or deeper ones, than a page may.
    """
    text, encoding = decode_page(raw)
    root = parse(text)
    items = list(flatten(root))
    if not any(item.prose for item in items):
        items = list(flatten(root, hidden=True))
    main = main_text(root, items)
    if not main:
        raise IngestError(
            "the page holds no text; save the page again when it has loaded, or paste its text into a .txt file"
        )
    facts = _facts(root, items, main)
    builder = TextBuilder()
    title = facts.title or heading_of(root)
    if title and not _says(main, title):
        builder.line(title)
    for item in main:
        if item.grid is None:
            builder.line(item.text)
        else:
            builder.table(item.grid)
    metadata = facts.metadata(title)
    return Read(builder.text, encoding, tuple(builder.tables), metadata, f"lxml {_version()}")


@cache
def _version() -> str:
    return version("lxml")


def parse(text: str) -> Any:
    """The root element of a page. Nothing that it points to is fetched, nothing in it is run.

    Raises:
        IngestError: there is no element, or too many, or they lie too deep in each other.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    if root is None:
        raise IngestError("the page holds no element; save the page again when it has loaded")
    check_tree(root, "the page")
    return root


def check_tree(root: Any, what: str) -> None:
    """Raises ``IngestError`` where a tree has more elements, or deeper ones, than it may."""
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_NESTING or count > MAX_ELEMENTS:
            raise IngestError(
                f"{what} is nested deeper than {MAX_NESTING} elements or has more than {MAX_ELEMENTS:,}; not read"
            )


def flatten(root: Any, hidden: bool = False) -> Iterator[Item]:
    """The lines and data tables of a page, in order.

    Args:
        root: the page.
        hidden: whether to read what the page does not show, too.
    """
    line = _Line()
    anchors = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _IGNORED or (not hidden and _is_hidden(element)):
                yield from _finish(line) if tag not in INLINE else ()
                walk.skip_subtree()
                continue
            if tag == "table" and (grid := data_grid(element)):
                yield from _finish(line)
                texts = [cell.text for row in grid for cell in row]
                linked = [_text(a) for a in element.iter("a")]
                yield Item(element, "\n".join(filter(None, texts)), sum(map(len, linked)), len(linked), grid, is_box(grid))
                walk.skip_subtree()
                continue
            if tag not in INLINE:
                yield from _finish(line)
            if tag == "a":
                anchors += 1
                line.links += 1
            _add(line, element.text, element, anchors)
        else:
            if tag == "a":
                anchors = max(0, anchors - 1)
            if tag not in INLINE:
                yield from _finish(line)
            parent = element.getparent()
            _add(line, element.tail, parent if parent is not None else element, anchors)
    yield from _finish(line)


def _add(line: _Line, text: str | None, element: Any, anchors: int) -> None:
    if not text:
        return
    if line.element is None and text.strip():
        line.element = element
    line.pieces.append(text)
    if anchors:
        line.linked += len(text.strip())


def _finish(line: _Line) -> Iterator[Item]:
    text = tidy("".join(line.pieces))
    if text and line.element is not None:
        block = line.element
        while block.tag in INLINE and block.getparent() is not None:
            block = block.getparent()
        yield Item(block, text, line.linked, line.links, box=is_box_line(text))
    line.element, line.pieces, line.linked, line.links = None, [], 0, 0


def _is_hidden(element: Any) -> bool:
    return bool(
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "")
    )


def _text(element: Any) -> str:
    return tidy("".join(element.itertext()))


def data_grid(table: Any) -> Grid:
    """The cells of a table of data; nothing where the table only lays out the page."""
    if table.find(".//table") is not None:
        return []
    grid = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    grid = [row for row in grid if row]
    filled = [cell for row in grid for cell in row if cell.text]
    wide = sum(1 for row in grid if sum(1 for cell in row if cell.text) > 1)
    if wide < 2 or len(filled) < 4:
        return []
    longest = max(len(cell.text) for cell in filled)
    if longest > 1000 and longest > 0.6 * sum(len(cell.text) for cell in filled):
        return []
    return grid


def _cell(cell: Any) -> GridCell:
    lines = [""]
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (tag in _IGNORED or _is_hidden(element)):
            walk.skip_subtree()
            continue
        if tag not in INLINE and element is not cell:
            lines.append("")
        piece = element.text if event == "start" else element.tail if element is not cell else None
        lines[-1] += (piece or "").replace("\n", " ")
    return GridCell(cell_text(lines), _span(cell.get("rowspan")), _span(cell.get("colspan")))


def _span(value: str | None) -> int:
    """A span as HTML reads it: a number from 1 to 1000."""
    match = re.match(r"\s*(\d{1,4})", value or "")
    return min(max(int(match[1]), 1), 1000) if match else 1


def _says(main: list[Item], title: str) -> bool:
    """Whether the main text begins with its title."""
    head = re.sub(r"\s", "", "".join(item.text for item in main[:6]))
    return re.sub(r"\s", "", title) in head


def _facts(root: Any, items: list[Item], main: list[Item]) -> Facts:
    """What the page says of its document: in its ``meta`` elements, then in its box of information and the lines around."""
    inside = {id(item) for item in main}
    around = [item for item in items if id(item) not in inside]
    boxes = [pair for item in around if item.grid for pair in box_of(item.grid)]
    lines = [item.text for item in around if item.grid is None and item.linked * 2 <= len(item.text)]
    return facts_of_meta(root).over(facts_of_pairs(boxes, lines))


def heading_of(root: Any) -> str:
    """The title that a page shows: a heading that its ``title`` element repeats, else what that says before the name of the
    site, else the first heading."""
    element = root.find(".//title")
    whole = _text(element) if element is not None else ""
    bare = _BLANK.sub("", whole)
    headings = [_text(h) for h in root.iter("h1", "h2", "h3") if not _is_hidden(h) and h.find(".//a") is None]
    headings = [text for text in headings if len(text) >= _SHORTEST_TITLE]
    said = next((text for text in headings if _BLANK.sub("", text) in bare), "")
    return said or re.split(r"\s*[-_—|–]+\s*(?=[^-_—|–]*$)", whole)[0] or next(iter(headings), "")
