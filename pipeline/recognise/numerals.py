"""Chinese and Arabic numerals: what counts as one, and its value.

The grammar of numerals is that of the language itself (GB/T 15835-2011), not a word list, hence code and not rules.
"""

from __future__ import annotations

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000, "兆": 10**12}

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<!\d)(?<!\d[, .])\d{1,3}(?: \d{3})+(?![\d.]| ?\d)|\d+(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]"
NUMERAL = re.compile(rf"(?:{ARABIC})|{CHINESE}+")
"""A maximal run of numeral characters: what must be accounted for."""

HOLDS_NUMBER = re.compile(rf"\d|{CHINESE}|半|翻[番倍]")
"""What a text with a number in it holds: 半年 and 翻番 are numbers without a numeral character."""


_BETWEEN = re.compile(r"[,\s多余几来]")
_ARABIC = re.compile(r"[+\-−]?\d+(?:\.\d+)?")
_FROM_LARGEST = sorted(SCALES.items(), key=lambda item: -item[1])


def parse(text: str) -> float:
    """The value of a numeral, Arabic, Chinese or mixed, without unit.

    >>> parse("1,250"), parse("一千二百亿"), parse("1万6千"), parse("3千多万"), parse("二〇三五")
    (1250.0, 120000000000.0, 16000.0, 30000000.0, 2035.0)
    >>> parse("十三亿五千"), parse("两万五"), parse("零点五")
    (1300005000.0, 25000.0, 0.5)

    Raises:
        ValueError: ``text`` holds a character that is no part of a numeral.
    """
    text = _BETWEEN.sub("", text)
    if "点" in text:
        whole, fraction = text.split("点", 1)
        digits = fraction.rstrip("".join(SCALES))
        value = parse(whole) + float("0." + "".join(str(DIGITS[c]) for c in digits))
        return value * _by_scale(fraction[len(digits) :] or "一")
    return _by_scale(text)


def _by_scale(text: str) -> float:
    """Splits at the largest scale: what stands before it is multiplied, what stands after is added."""
    if _ARABIC.fullmatch(text):
        return float(text.replace("−", "-"))
    for name, scale in _FROM_LARGEST:
        before, found, after = text.rpartition(name)
        if found:
            elided = scale >= 100 and len(after) == 1 and after in DIGITS
            tail = DIGITS[after] * scale / 10 if elided else _by_scale(after) if after else 0.0
            return (_by_scale(before) if before else 1.0) * scale + tail
    try:
        return float("".join(str(DIGITS[c]) for c in text))
    except (KeyError, ValueError):
        raise ValueError(f"no numeral: {text!r}") from None
