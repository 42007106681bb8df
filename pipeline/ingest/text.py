"""Plain text and Markdown: bytes become characters."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer
import regex

from pipeline.ingest.files import IngestError

_MOST_CHAOS = 0.1
"""What charset-normalizer may find odd in the letters of a text: Chinese is below 0.03, what is no GB18030 above 0.1."""

_NOT_TELLING = regex.compile(r"[[^\p{L}\p{Co}\p{Cn}]\p{ASCII}]+", flags=regex.V1)
_SAMPLE = 1_000_000

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, without byte-order mark, and the encoding that they were in."""

    text: str
    encoding: str


def decode(raw: bytes, name: object) -> Decoded:
    """Reads UTF-8, with or without byte-order mark, and GB18030. Line ends stay as they are.

    Strict UTF-8 comes first: Chinese in GB18030 is practically never valid UTF-8.

    Args:
        raw: the bytes of a text file.
        name: what to call the file in an error.

    Raises:
        IngestError: the bytes are no text, or in another encoding.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise IngestError(f"{name}: the text is in UTF-16; save it as UTF-8")
    if b"\0" in raw:
        raise IngestError(f"{name}: holds NUL bytes, so it is no text; save the document as UTF-8 text")
    decoded = _utf8(raw) or _gb18030(raw)
    if decoded is None:
        raise IngestError(f"{name}: neither UTF-8 nor GB18030, or no text at all; save the document as UTF-8 text")
    if len(_CONTROL.findall(decoded.text)) > _MOST_CONTROL * len(decoded.text):
        raise IngestError(f"{name}: holds control characters as no text does; save the document as UTF-8 text")
    if not decoded.text.strip():
        raise IngestError(f"{name}: the file holds only blanks; put the text into it or take it away")
    return decoded


def _utf8(raw: bytes) -> Decoded | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8")


def _gb18030(raw: bytes) -> Decoded | None:
    """GB18030 where it gives plausible Chinese. Letters alone tell: rows of dots and box signs are odd in any text."""
    try:
        text = raw.decode("gb18030").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    letters = _NOT_TELLING.sub(" ", text[:_SAMPLE]).encode("gb18030")
    plausible = charset_normalizer.from_bytes(letters, cp_isolation=["gb18030"], threshold=_MOST_CHAOS).best()
    return Decoded(text, "gb18030") if plausible else None
