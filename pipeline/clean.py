"""Stage 2: a source text becomes a text without page furniture, in one convention of width and punctuation.

Every change either drops characters or replaces one by one, so an offset map leads each character back to the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.rules import NoiseRule, Rules
from pipeline.simplified import simplified
from pipeline.values import Cleaned, OffsetMap, Part

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]*(?:\r\n|[\r\n\u2028\u2029\x0b\x0c]|$)")
_UNSEEN = "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0"
"""Characters of no width: joiners, marks of direction, variation selectors, soft hyphens."""

_BLANKS = " \t\u00a0\u3000\u1680\u2000-\u200a\u202f\u205f" + _UNSEEN

# Full-width letters, digits and signs become ASCII; ideographic marks keep their full width.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：（）！？"}
_WIDTHS |= {ord("﹒"): ord("."), ord("﹪"): ord("%"), ord("〜"): ord("~"), ord("∶"): ord(":"), ord("•"): ord("·")}

# Each alternative begins with its character and then looks behind that: the engine then skips all other characters at once.
_WIDE = re.compile(f"[{''.join(map(chr, _WIDTHS))}]")
_HALF_MARKS = re.compile(
    r",(?:(?<!\d,)|(?!\d{3}(?!\d)))|;|:(?:(?<!\d:)|(?!\d))|\((?![A-Za-z\s]*[A-Za-z]\))|\)(?<![A-Za-z]\))|[!?]"
)
_WIDE_THOUSANDS = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")
_TO_FULL = dict(zip(",;:()!?", "，；：（）！？", strict=True))

# A blank between two letters or two digits separates them; beside a Chinese character or a mark it means nothing.
_INK = r"0-9A-Za-z.%"
_DROPPED = re.compile(
    rf"[{_UNSEEN}]|(?<![{_INK}])[{_BLANKS}]+|[{_BLANKS}]+(?![{_INK}{_BLANKS}])"
    r"|(?<=\d)[ \u00a0\u3000]+(?=[%％‰])" + "".join(f"|{mark}(?<={mark}{mark}){mark}*" for mark in "，。；、：！？,;")
)

# Older reports set every digit apart: 1 9 9 7 年. Where a year is written so, so are all numbers.
_SPACED_YEAR = re.compile(r"(?<!\d )[12] [09] \d \d ?年")
_SPACED_PAIR, _CLOSE_PAIR = re.compile(r"\S(?=[ \u3000]\S)"), re.compile(r"\S(?=\S)")
_FEWEST_SPACES = 6
_SPACED_LINE = re.compile(rf"(?:\S[ \u3000]){{{_FEWEST_SPACES}}}")
_BETWEEN_DIGITS = re.compile(_DROPPED.pattern + rf"|(?<=[\d.,])[{_BLANKS}](?=[\d.,%])")
_DROPPED_BETWEEN_DIGITS = re.compile(_DROPPED.pattern + rf"|(?:(?<=^\d)|(?<=[^\d]\d))[{_BLANKS}]+(?=\d(?!\d))")

# A blank between two halves of a headline parts two statements: 江州进出口9万亿元 同比增长4%.
_HEADLINE = re.compile(r"[^，。；：！？,;!?\t]{5,40}[ \u3000][^，。；：！？,;!?\t]{5,40}")
_HEADLINE_GAP = re.compile(r"(?<=[一-鿿%％]{4}|[一-鿿][一-鿿\d]{3}|[一-鿿\d.]{3}[一-鿿%％])[ \u3000]+(?=[一-鿿]{2})")

_TRIMMED = re.compile(rf"[{_BLANKS}\r\n\u2028\u2029\x0b\x0c]+")
_RULE_OF_TABLE = re.compile(r"[\s|:+\-—=]*\|[\s|:+\-—=]*")
_MARKDOWN = re.compile(r"^(?:#{1,6}[ \t]+|>[ \t]*|[*+-][ \t]+(?=\S))|\*\*|__|`(?=[^`]*`)|(?<=[^`])`|[ \t]*#+$")

_UNFINISHED = re.compile(r"[，、的和与及为在\p{Han}]$".replace(r"\p{Han}", "一-鿿"))
_TERMINAL = '。！？；：.!?;:”"）)》】'
_SENTENCE_END = "。！？；：!?;:"
_LONG_LINE = 12

_FEWEST_WRAPPED, _NARROWEST, _RAGGED = 4, 36, 4
"""A text is wrapped where at least so many of its lines, and half of those so wide, end within so many columns."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, or the piece of a table that stands on one: its span in the source, without blanks around it."""

    start: int
    end: int
    part: int = -1
    """The place of the part it is of; -1 where it is no part of a table."""


def clean(text: str, rules: Rules, parts: Sequence[Part] = (), markdown: bool = False) -> Cleaned:
    """Drops furniture lines and meaningless blanks, joins broken lines, and settles widths.

    Args:
        text: the source text of one document.
        rules: its ``noise`` rules name the furniture, its ``sections`` rules keep headings from being joined.
        parts: the parts of its tables in text order; each becomes lines of its own.
        markdown: whether marks of Markdown are dropped.

    Returns:
        The cleaned text; its lines end in ``\\n``.
    """
    kept: list[_Line] = []
    noise: list[tuple[int, int, str]] = []
    before: NoiseRule | None = None
    for line in _lines(text, parts):
        if line.part >= 0:
            kept.append(line)
            before = None
            continue
        raw = text[line.start : line.end]
        if before and before.is_followed_by(raw):
            noise.append((line.start, line.end, before.id))
            before = None
            continue
        before = _noise(raw, rules)
        if before:
            noise.append((line.start, line.end, before.id))
            continue
        kept.append(line)
    return _assemble(text, kept, noise, rules, len(parts), markdown)


def plain(text: str) -> str:
    """A short text, such as a cell, as :func:`clean` would leave it, without any blanks.

    >>> plain("２０２５年 目標值（％）")
    '2025年目标值（%）'
    """
    return _widths(simplified(_BLANK.sub("", text)))


_BLANK = re.compile(rf"[\s{_BLANKS}]+")


def _widths(text: str) -> str:
    text = _WIDE.sub(lambda m: chr(_WIDTHS[ord(m[0])]), _WIDE_THOUSANDS.sub(",", text))
    return _HALF_MARKS.sub(lambda m: _TO_FULL[m[0]], text)


def _lines(text: str, parts: Sequence[Part]) -> Iterator[_Line]:
    """The lines of a text that hold anything; those of a table are cut into its parts."""
    ends = [part.end for part in parts]
    for match in _LINE.finditer(text):
        first = bisect_right(ends, match.start())
        if first < len(parts) and parts[first].start < match.end():
            for index in range(first, bisect_left(ends, match.end()) + 1):
                if index < len(parts) and parts[index].start < match.end():
                    low, high = max(parts[index].start, match.start()), min(parts[index].end, match.end())
                    yield from _trimmed(text, low, high, index)
        elif not _RULE_OF_TABLE.fullmatch(match[0]):
            yield from _trimmed(text, match.start(), match.end(), -1)


def _trimmed(text: str, start: int, end: int, part: int) -> Iterator[_Line]:
    lead = _TRIMMED.match(text, start, end)
    start = lead.end() if lead else start
    while end > start and _TRIMMED.match(text, end - 1, end):
        end -= 1
    if end > start:
        yield _Line(start, end, part)


def _noise(line: str, rules: Rules) -> NoiseRule | None:
    """The noise rule that takes ``line``; a long line is always text."""
    if len(line) > 200 or (len(line) > 90 and "http" not in line and "Copyright" not in line):
        return None
    found: list[NoiseRule] = rules.candidates("noise", line)
    return next((rule for rule in found if rule.fullmatch(line)), None)


def _assemble(
    text: str, kept: list[_Line], noise: list[tuple[int, int, str]], rules: Rules, count: int, markdown: bool
) -> Cleaned:
    pieces: list[str] = []
    clean_starts: list[int] = []
    source_starts: list[int] = []
    places: list[tuple[int, int]] = [(0, 0)] * count
    length = 0
    spaced_year = _SPACED_YEAR.search(text) is not None
    wrap = _wrap_of([text[line.start : line.end] for line in kept if line.part < 0])

    def add(piece: str, source: int) -> None:
        nonlocal length
        if not piece:
            return
        pieces.append(piece)
        clean_starts.append(length)
        source_starts.append(source)
        length += len(piece)

    for i, line in enumerate(kept):
        raw = text[line.start : line.end]
        begin, at = length, 0
        parted = {m.start() for m in _HEADLINE_GAP.finditer(raw)} if line.part < 0 and _HEADLINE.fullmatch(raw) else ()
        for low, high in _gaps(raw, spaced_year, markdown and line.part < 0):
            add(raw[at:low], line.start + at)
            if low in parted:
                add("；", line.start + low)
            at = high
        add(raw[at:], line.start + at)
        if line.part >= 0 and length > begin:
            first = places[line.part][0] if places[line.part] != (0, 0) else begin
            places[line.part] = (first, length)
        following = kept[i + 1] if i + 1 < len(kept) else None
        if following is None or length == begin:
            continue
        alone = line.part >= 0 or following.part >= 0
        if alone or not _is_broken(raw, text[following.start : following.end], rules, wrap):
            add("\n", line.end)
    joined = _widths(simplified("".join(pieces)))
    return Cleaned(joined, OffsetMap(tuple(clean_starts) or (0,), tuple(source_starts) or (0,)), tuple(noise), tuple(places))


def _gaps(raw: str, spaced_year: bool, markdown: bool) -> Iterator[tuple[int, int]]:
    """The spans of a line that are dropped, in order."""
    spaced = raw.count(" ") + raw.count("\u3000") >= _FEWEST_SPACES and _SPACED_LINE.search(raw)
    if spaced and len(_SPACED_PAIR.findall(raw)) > 3 * len(_CLOSE_PAIR.findall(raw)):
        dropped = _BETWEEN_DIGITS
    else:
        dropped = _DROPPED_BETWEEN_DIGITS if spaced_year else _DROPPED
    found = [match.span() for match in dropped.finditer(raw)]
    if markdown:
        found = sorted(found + [match.span() for match in _MARKDOWN.finditer(raw)])
    at = 0
    for low, high in found:
        if high > at:
            yield max(low, at), high
            at = high


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text was cut to one width, in columns or in characters; ``width`` is 0 where it was not cut."""

    measure: Callable[[str], int]
    width: int

    def fills(self, line: str) -> bool:
        """Whether a line is as wide as the text was cut to."""
        return bool(self.width) and self.measure(line) >= self.width - _RAGGED


def _wrap_of(lines: list[str]) -> _Wrap:
    """How a text was cut that was cut to one width, whatever it says: in that of the two ways that more lines keep to."""
    found, most = _Wrap(len, 0), _FEWEST_WRAPPED - 1
    for measure, narrowest in ((_columns, _NARROWEST), (len, _NARROWEST // 2)):
        wide = [width for line in lines if (width := measure(line)) >= narrowest]
        best = max(wide, default=0)
        near = sum(width >= best - _RAGGED for width in wide)
        if near > most and 2 * near >= len(wide):
            found, most = _Wrap(measure, best), near
    return found


def _columns(line: str) -> int:
    """How wide a line is where a Chinese character takes two columns."""
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


def _is_broken(line: str, following: str, rules: Rules, wrap: _Wrap) -> bool:
    """Whether ``line`` was cut inside a sentence that goes on in ``following``."""
    if wrap.fills(line) and line[-1] not in _SENTENCE_END:
        return not _opens(following, rules)
    if line[-1] in _TERMINAL or len(line) < _LONG_LINE or not _UNFINISHED.search(line):
        return False
    if not re.search(r"[，,。]", line) or (line[-1] in "、，" and len(following) < 2):
        return False
    return not _opens(following, rules)


def _opens(line: str, rules: Rules) -> bool:
    """Whether a line begins something new: a heading, a turn of a transcript."""
    whole = line.rstrip("：:")
    for rule in rules.opening("sections", line):
        if rule.role == "heading" and rule.match(line):
            return True
        if rule.role == "person" and rule.match(line):
            return True
        if rule.role in ("speaker", "asks") and (rule.fullmatch(whole) or (whole != line and rule.match(line))):
            return True
    return False
