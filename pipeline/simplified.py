"""A view of traditional characters as simplified ones, one for one, so that every offset stays what it is.

The characters are OpenCC's. Its phrases are left out: they may change the length of a text, and the few characters that
only a phrase decides (乾, 著) are no words of the rules.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import regex

_HAN = regex.compile(r"\p{Han}")
_QUOTES = {"「": "“", "」": "”", "『": "‘", "』": "’"}
_TEXT_SHARE, _TEXT_FEWEST, _SURE_SHARE = 0.05, 3, 0.3
"""From this share of traditional characters a whole text is traditional: one in three of its characters is. A text of a few
characters is when so large a share of them are."""

_LINE_SHARE, _LINE_FEWEST = 0.15, 3
"""The same for a line of a simplified text, which may hold a traditional name."""

_SAMPLE = 100_000


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@cache
def _simple(character: str) -> str:
    """The simplified character for one; itself where it has none, or more than one character."""
    if character in _QUOTES:
        return _QUOTES[character]
    converted = str(_converter().convert(character))
    return converted if len(converted) == 1 else character


def simplified(text: str) -> str:
    """``text`` as long as it is, with the traditional lines in simplified characters.

    >>> simplified("到2025年，企業達到300家。")
    '到2025年，企业达到300家。'
    """
    share, count = _share(text[:_SAMPLE])
    if share >= _SURE_SHARE or (share >= _TEXT_SHARE and count >= _TEXT_FEWEST):
        return "".join(map(_simple, text))
    return "".join(_line(line) for line in text.splitlines(keepends=True))


def _line(line: str) -> str:
    share, count = _share(line)
    return "".join(map(_simple, line)) if share >= _LINE_SHARE and count >= _LINE_FEWEST else line


def _share(text: str) -> tuple[float, int]:
    """Which share of the Chinese characters of a text is traditional alone, and how many they are."""
    characters = _HAN.findall(text)
    traditional = sum(_simple(character) != character for character in characters)
    return (traditional / len(characters) if characters else 0.0), traditional
