"""A view of traditional characters as simplified ones, one for one, so that every offset stays what it is.

The characters are OpenCC's. Its phrases are left out: they may change the length of a text, and the few characters that
only a phrase decides (乾, 著) are no words of the rules.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version

from pipeline.regex import HAN
from pipeline.user_cache import kept

_HAN_RUN = re.compile(f"[{HAN}]+")
_CHARACTERS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
"""The blocks of Chinese characters that texts are written in."""

_QUOTES = {"「": "“", "」": "”", "『": "‘", "』": "’"}
_TEXT_SHARE, _TEXT_FEWEST, _SURE_SHARE = 0.05, 3, 0.2
"""From this share of traditional characters a whole text is traditional: one in three of its characters is. A text of a few
characters is when so large a share of them are."""

_LINE_SHARE, _LINE_FEWEST = 0.15, 3
"""The same for a line of a simplified text, which may hold a traditional name."""

_SAMPLE = 100_000


def simplified(text: str) -> str:
    """``text`` as long as it is, with the traditional lines in simplified characters.

    >>> simplified("到2025年，企業達到300家。")
    '到2025年，企业达到300家。'
    """
    table, traditional = _table()
    if not traditional.search(text):
        return text
    share, count = _share(text[:_SAMPLE], traditional)
    if share >= _SURE_SHARE or (share >= _TEXT_SHARE and count >= _TEXT_FEWEST):
        return text.translate(table)
    return "".join(_line(line, table, traditional) for line in text.splitlines(keepends=True))


def _line(line: str, table: dict[int, str], traditional: re.Pattern[str]) -> str:
    share, count = _share(line, traditional)
    return line.translate(table) if share >= _LINE_SHARE and count >= _LINE_FEWEST else line


def _share(text: str, traditional: re.Pattern[str]) -> tuple[float, int]:
    """Which share of the Chinese characters of a text is traditional alone, and how many they are."""
    count = len(traditional.findall(text))
    return (count / sum(map(len, _HAN_RUN.findall(text))) if count else 0.0), count


@cache
def _table() -> tuple[dict[int, str], re.Pattern[str]]:
    """Each traditional character with its one simplified one, and a pattern for any of them."""
    pairs = kept("simplified", version("opencc"), _pairs)
    return str.maketrans(pairs | _QUOTES), re.compile(f"[{''.join(pairs)}]")


def _pairs() -> dict[str, str]:
    import opencc

    converter = opencc.OpenCC("t2s")
    every = (chr(code) for block in _CHARACTERS for code in block)
    each = ((character, str(converter.convert(character))) for character in every)
    return {character: simple for character, simple in each if simple != character and len(simple) == 1}
