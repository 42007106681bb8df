"""Stage 2: a source text becomes a text without page furniture, in one convention of width and punctuation.

Every change either drops characters or replaces one by one, so an offset map leads each character back to the source.
"""

from __future__ import annotations

import re

from pipeline.rules import NoiseRule, Rules
from pipeline.values import Cleaned, OffsetMap

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]*(?:\r\n|[\r\n\u2028\u2029\x0b\x0c]|$)")
_BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff\u00ad"

# Full-width letters, digits and signs become ASCII; ideographic marks keep their full width.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：（）！？"}
_WIDTHS |= {ord("﹒"): ord("."), ord("﹪"): ord("%"), ord("〜"): ord("~"), ord("∶"): ord(":"), ord("•"): ord("·")}

_HALF_MARKS = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|;|(?<!\d):|:(?!\d)|\((?![A-Za-z\s]*[A-Za-z]\))|(?<![A-Za-z])\)|[!?]")
_WIDE_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_TO_FULL = dict(zip(",;:()!?", "，；：（）！？", strict=True))

# A blank between two letters or two digits separates them; beside a Chinese character or a mark it means nothing.
_INK = r"0-9A-Za-z.%"
_DROPPED = re.compile(
    rf"[\u200b\u200c\u200d\u2060\ufeff\u00ad]|(?<![{_INK}])[{_BLANKS}]+|[{_BLANKS}]+(?![{_INK}{_BLANKS}])"
    r"|(?<=\d)[ \u00a0\u3000]+(?=%)"
)

# Older reports set every digit apart: 1 9 9 7 年. Where a year is written so, so are all numbers.
_SPACED_YEAR = re.compile(r"(?<!\d )[12] [09] \d \d ?年")
_DROPPED_BETWEEN_DIGITS = re.compile(_DROPPED.pattern + rf"|(?:(?<=^\d)|(?<=[^\d]\d))[{_BLANKS}]+(?=\d(?!\d))")

_UNFINISHED = re.compile(r"[，、的和与及为在\p{Han}]$".replace(r"\p{Han}", "一-鿿"))
_TERMINAL = '。！？；：.!?;:”"）)》】'
_LONG_LINE = 12


def clean(text: str, rules: Rules) -> Cleaned:
    """Drops furniture lines and meaningless blanks, joins broken lines, and settles widths.

    Args:
        text: the source text of one document.
        rules: its ``noise`` rules name the furniture, its ``sections`` rules keep headings from being joined.

    Returns:
        The cleaned text; its lines end in ``\\n``.
    """
    kept: list[tuple[int, int]] = []
    noise: list[tuple[int, int, str]] = []
    before: NoiseRule | None = None
    for match in _LINE.finditer(text):
        start = match.start()
        line = match[0].strip(_BLANKS + "\r\n\u2028\u2029\x0b\x0c")
        if not line:
            continue
        begin = start + match[0].index(line)
        if before and before.is_followed_by(line):
            noise.append((begin, begin + len(line), before.id))
            before = None
            continue
        before = _noise(line, rules)
        if before:
            noise.append((begin, begin + len(line), before.id))
            continue
        kept.append((begin, begin + len(line)))
    return _assemble(text, kept, noise, rules)


def _noise(line: str, rules: Rules) -> NoiseRule | None:
    """The noise rule that takes ``line``; a long line is always text."""
    if len(line) > 200 or (len(line) > 90 and "http" not in line and "Copyright" not in line):
        return None
    characters = frozenset(line)
    found: list[NoiseRule] = rules.group("noise")
    return next((rule for rule in found if rule.may_match(characters) and rule.fullmatch(line)), None)


def _assemble(text: str, kept: list[tuple[int, int]], noise: list[tuple[int, int, str]], rules: Rules) -> Cleaned:
    pieces: list[str] = []
    clean_starts: list[int] = []
    source_starts: list[int] = []
    length = 0
    dropped = _DROPPED_BETWEEN_DIGITS if _SPACED_YEAR.search(text) else _DROPPED

    def add(piece: str, source: int) -> None:
        nonlocal length
        if not piece:
            return
        pieces.append(piece)
        clean_starts.append(length)
        source_starts.append(source)
        length += len(piece)

    for i, (start, end) in enumerate(kept):
        raw = text[start:end]
        at = 0
        for gap in dropped.finditer(raw):
            add(raw[at : gap.start()], start + at)
            at = gap.end()
        add(raw[at:], start + at)
        following = text[kept[i + 1][0] : kept[i + 1][1]] if i + 1 < len(kept) else ""
        if following and not _is_broken(raw, following, rules):
            add("\n", end)
    joined = _WIDE_THOUSANDS.sub(",", "".join(pieces)).translate(_WIDTHS)
    joined = _HALF_MARKS.sub(lambda m: _TO_FULL[m[0]], joined)
    return Cleaned(joined, OffsetMap(tuple(clean_starts) or (0,), tuple(source_starts) or (0,)), tuple(noise))


def _is_broken(line: str, following: str, rules: Rules) -> bool:
    """Whether ``line`` was cut inside a sentence that goes on in ``following``."""
    if line[-1] in _TERMINAL or len(line) < _LONG_LINE or not _UNFINISHED.search(line):
        return False
    if not re.search(r"[，,。]", line) or (line[-1] in "、，" and len(following) < 2):
        return False
    return not any(
        rule.role in ("heading", "speaker", "person", "asks") and rule.match(following) for rule in rules.group("sections")
    )
