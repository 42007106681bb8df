"""PDF: pages with a text layer become lines and tables; pages that are pictures are left to OCR.

pdfplumber gives the characters with their places and finds ruled tables; :mod:`~pipeline.ingest.printed` makes lines of
them, :mod:`~pipeline.ingest.paragraphs` makes paragraphs of the lines of all pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from pipeline.ingest.files import IngestError
from pipeline.ingest.layout import GridCell, Read, TextBuilder, cell_text
from pipeline.ingest.limits import MAX_OBJECTS, MAX_PAGE_MARKS, MAX_PAGES
from pipeline.ingest.ocr import Recogniser
from pipeline.ingest.paragraphs import drop_running_lines, flow
from pipeline.ingest.printed import Line, Page, Ruled, borderless, gutter_of, in_columns, lines_of

_UNUSABLE = "no readable PDF; open it and save or print it as PDF again"
_MOST_EDGES = 4_000
"""Pages with more lines than this are drawings; looking for tables among them takes minutes."""

_FEW = 12
"""A page with fewer characters than this is blank, or a picture with a page number."""

_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")


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
            pages[number].items = [*found]
        extractor += f", {recogniser.name}"
        unread = []
    elif unread:
        places = _listed(number + 1 for number in unread)
        problems.append(f"pages that are pictures were not read ({places}); install tesseract with its data chi_sim")
    if broken:
        problems.append(f"pages that are damaged were not read ({_listed(broken)}); save the PDF again")
    drop_running_lines(pages)
    builder = TextBuilder()
    for item in flow(pages):
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
    lines = list(lines_of(outside))
    ruled = [table for _, table in tables]
    found.gutter = gutter_of(lines, width, before)
    found.items = _between(ruled, borderless(list(in_columns(lines, found.gutter))))
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
                text = cell_text(line.text for line in lines_of(inside))
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
