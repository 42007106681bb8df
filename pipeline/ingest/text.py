"""Text: bytes become characters, whatever of the encodings of Chinese they are in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.ingest.files import IngestError

_MOST_CHAOS = 0.1
"""What charset-normalizer may find odd in the letters of a text: Chinese is below 0.03, what is no GB18030 above 0.1."""

_NOT_TELLING = regex.compile(r"[[^\p{L}\p{Co}\p{Cn}]\p{ASCII}]+", flags=regex.V1)
_HAN = regex.compile(r"\p{Han}")
_SAMPLE = 1_000_000

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.01

_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)|<\?xml[^>]{0,80}encoding\s*=\s*[\"']([A-Za-z0-9_\-]+)", re.I
)
_DECLARED_WITHIN = 8192
_MOST_BROKEN = 0.001
"""Which share of a page's characters may be broken bytes; sites cut titles in the middle of a character."""

_SURELY_COMMON = 0.85
"""Above this share of common characters a text is Chinese, however short or odd it is."""

_USUAL = 0.9
"""Which share of the characters of a text must be usual ones for it to be UTF-16 without a mark."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, without byte-order mark, and the encoding that they were in."""

    text: str
    encoding: str


def decode(raw: bytes, name: object) -> Decoded:
    """Reads UTF-8 and UTF-16, with or without byte-order mark, GB18030 (and so GBK and GB2312) and Big5.

    Line ends stay as they are. Strict UTF-8 comes first: Chinese in GB18030 is practically never valid UTF-8.

    Args:
        raw: the bytes of a text file.
        name: what to call the file in an error.

    Raises:
        IngestError: the bytes are no text, or in another encoding.
    """
    decoded = _utf16(raw) or _utf8(raw) or _unmarked_utf16(raw)
    if b"\0" in raw and (decoded is None or "\0" in decoded.text):
        raise IngestError(f"{name}: holds NUL bytes, so it is no text; save the document as UTF-8 text")
    decoded = decoded or _of_the_east(raw)
    if decoded is None:
        raise IngestError(
            f"{name}: neither UTF-8, UTF-16, GB18030 nor Big5, or no text at all; save the document as UTF-8 text"
        )
    if len(_CONTROL.findall(decoded.text)) > _MOST_CONTROL * len(decoded.text):
        raise IngestError(f"{name}: holds control characters as no text does; save the document as UTF-8 text")
    if not decoded.text.strip():
        raise IngestError(f"{name}: the file holds only blanks; put the text into it or take it away")
    return decoded


def decode_page(raw: bytes) -> tuple[str, str]:
    """The characters of a saved page and their encoding: by its mark, by what it declares, else by how it looks.

    A page may hold a few broken bytes, which become U+FFFD.

    Raises:
        IngestError: the bytes are no text, or in another encoding than is read.
    """
    if marked := _utf16(raw) or (_utf8(raw) if raw.startswith(codecs.BOM_UTF8) else None):
        return marked.text, marked.encoding
    if plain := _utf8(raw):
        return plain.text, plain.encoding
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    declared = (found[1] or found[2]).decode().lower() if found else ""
    for encoding in (*_known(declared), "utf-8", "gb18030"):
        text = raw.decode(encoding, "replace")
        if text.count("\ufffd") <= _MOST_BROKEN * len(text):
            return text, encoding
    if guessed := _of_the_east(raw):
        return guessed.text, guessed.encoding
    raise IngestError("neither UTF-8, UTF-16, GB18030 nor Big5; save the page again as UTF-8")


def _known(name: str) -> list[str]:
    """The codec for a declared encoding; GB2312 and GBK are read as GB18030, which holds both."""
    if name in ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "gb-2312"):
        return ["gb18030"]
    if name.startswith("big5"):
        return ["big5hkscs"]
    return []


def _utf8(raw: bytes) -> Decoded | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8")


def _utf16(raw: bytes) -> Decoded | None:
    """UTF-16 that its mark tells."""
    if not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    return _in_utf16(raw[2:], "utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be")


def _unmarked_utf16(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark: in the right byte order nearly all characters are such as Chinese texts have."""
    found = [d for name in ("utf-16-le", "utf-16-be") if (d := _in_utf16(raw, name))]
    usual = [(sum(map(_is_usual, d.text[:_SAMPLE])) / len(d.text[:_SAMPLE]), d) for d in found if d.text]
    best = max(usual, key=lambda entry: entry[0], default=None)
    return best[1] if best and best[0] >= _USUAL else None


def _in_utf16(raw: bytes, name: str) -> Decoded | None:
    try:
        text = raw.decode(name)
    except UnicodeDecodeError:
        return None
    return Decoded(text, name) if text and "\0" not in text else None


@cache
def _is_usual(character: str) -> bool:
    """Whether a character is one that Chinese texts are full of: ASCII, marks, full-width signs, common characters."""
    code = ord(character)
    return (
        0x20 <= code < 0x7F
        or character in "\t\r\n"
        or 0x2010 <= code < 0x2040
        or 0x3000 <= code < 0x3020
        or 0xFF01 <= code < 0xFF5F
        or _is_common_gb(character)
        or _is_common_big5(character)
    )


def _of_the_east(raw: bytes) -> Decoded | None:
    """GB18030 or Big5, whichever gives plausible Chinese.

    Nearly all bytes of the one are valid in the other. What tells them apart is that both standards order their characters
    by use: read with the wrong one, a text is full of characters of the second, rare, level.
    """
    found = [
        d
        for codec, common in (("gb18030", _is_common_gb), ("big5hkscs", _is_common_big5))
        if (d := _read(raw, codec, common))
    ]
    if not found:
        return None
    best = max(found, key=lambda entry: entry[0])
    return best[1]


def _read(raw: bytes, codec: str, common: Callable[[str], bool]) -> tuple[float, Decoded] | None:
    """The text in one encoding, with the share of its Chinese characters that are common ones."""
    try:
        text = raw.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    letters = _HAN.findall(text[:_SAMPLE])
    share = sum(map(common, letters)) / len(letters) if letters else 0.0
    if share < _SURELY_COMMON and not _is_plausible(text, codec):
        return None
    return share, Decoded(text, "big5" if codec == "big5hkscs" else codec)


def _is_plausible(text: str, codec: str) -> bool:
    """Letters alone tell: rows of dots and box signs are odd in any text."""
    letters = _NOT_TELLING.sub(" ", text[:_SAMPLE]).encode(codec, "ignore")
    import charset_normalizer  # here, for only a text in doubt needs it

    return charset_normalizer.from_bytes(letters, cp_isolation=[codec], threshold=_MOST_CHAOS).best() is not None


@cache
def _is_common_gb(character: str) -> bool:
    """Whether a character is of the first level of GB 2312, or of the traditional ones that Big5 holds common."""
    raw = character.encode("gb2312", "ignore")
    return (len(raw) == 2 and 0xB0 <= raw[0] <= 0xD7) or _is_common_big5(character)


@cache
def _is_common_big5(character: str) -> bool:
    """Whether a character is of the first level of Big5."""
    raw = character.encode("big5", "ignore")
    return len(raw) == 2 and 0xA4 <= raw[0] <= 0xC6
