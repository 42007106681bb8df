"""Pages that are pictures, read by tesseract where it is installed with Chinese."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.ingest.files import IngestError
from pipeline.ingest.limits import MAX_OCR_PAGES, MAX_PIXELS, OCR_SECONDS
from pipeline.ingest.printed import Line

_DOTS = 300
"""Dots an inch; tesseract is made for this."""

_LANGUAGES = ("chi_sim", "chi_tra")
_EAST_BLANK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef]) +| +(?=[\u2e80-\u9fff\uff00-\uffef])")


@dataclass(frozen=True, slots=True)
class Recogniser:
    """tesseract, found on this machine with Chinese."""

    program: str
    languages: str
    name: str

    def read(self, raw: bytes, pages: Sequence[int]) -> dict[int, list[Line]]:
        """The lines of some pages of a PDF, by page from 0.

        Raises:
            IngestError: there are too many pages, or tesseract fails or takes too long.
        """
        import pypdfium2

        if len(pages) > MAX_OCR_PAGES:
            raise IngestError(
                f"{len(pages):,} scanned pages are more than the {MAX_OCR_PAGES} that are recognised; split the document"
            )
        found: dict[int, list[Line]] = {}
        with tempfile.TemporaryDirectory(prefix="zhibiao-") as folder:
            import pypdfium2  # here, for only a page without text needs it

            document = pypdfium2.PdfDocument(raw)
            for number in pages:
                page = document[number]
                width, height = page.get_size()
                scale = min(_DOTS / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
                picture = Path(folder) / "page.png"
                page.render(scale=scale, grayscale=True).to_pil().save(picture)
                found[number] = [
                    Line(text, x0 / scale, x1 / scale, top / scale, bottom / scale, _size(bottom - top, scale))
                    for text, x0, x1, top, bottom in self._recognise(picture)
                ]
            document.close()
        return found

    def _recognise(self, picture: Path) -> list[tuple[str, float, float, float, float]]:
        command = [self.program, str(picture), "stdout", "-l", self.languages, "--psm", "3", "tsv"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=OCR_SECONDS, check=True)
        except subprocess.TimeoutExpired:
            raise IngestError(f"recognising a page took more than {OCR_SECONDS} s; split the document") from None
        except (OSError, subprocess.CalledProcessError) as error:
            raise IngestError(f"tesseract failed ({error.__class__.__name__}); run it by hand to see why") from None
        return _lines(done.stdout.decode("utf-8", "replace"))


def _size(height: float, scale: float) -> float:
    """The size of type of a line so high: rounded, because the height of a line depends on its letters."""
    return round(height / scale / 2) * 2.0


def _lines(table: str) -> list[tuple[str, float, float, float, float]]:
    """The lines of tesseract's table of words: text and box in pixels."""
    lines: dict[tuple[str, ...], list[tuple[str, int, int, int, int]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = map(int, cells[6:10])
            lines.setdefault(tuple(cells[1:5]), []).append((cells[11], left, left + width, top, top + height))
    found = []
    for words in lines.values():
        text = _EAST_BLANK.sub("", " ".join(word[0] for word in words))
        found.append(
            (text, min(w[1] for w in words), max(w[2] for w in words), min(w[3] for w in words), max(w[4] for w in words))
        )
    return [(text, float(a), float(b), float(c), float(d)) for text, a, b, c, d in found]


@cache
def find_recogniser() -> Recogniser | None:
    """tesseract with Chinese, where it is installed."""
    program = shutil.which("tesseract")
    if not program:
        return None
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=False).stdout.decode(
            "utf-8", "replace"
        )
        told = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=False).stdout.decode(
            "utf-8", "replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    languages = [name for name in _LANGUAGES if name in listed.split()]
    if not languages:
        return None
    number = re.search(r"tesseract\s+v?([\d.]+)", told)
    return Recogniser(program, "+".join(languages), f"tesseract {number[1] if number else ''}".strip())
