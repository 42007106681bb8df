"""One sentence as the grammar reads it: its words, its numbers with what stands left and right of each, its times."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from pipeline.relate.lexicon import Lexicon
from pipeline.rules import NUMBER_MARK, OTHER_NUMBER_MARK, TIME_MARK
from pipeline.values import Clause, Mention, Sentence


class Word(NamedTuple):
    """A word or a part of one, with jieba's part of speech and its span in the cleaned text."""

    text: str
    tag: str
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Slot:
    """One number in its place.

    ``left`` and ``right`` bound the text that can belong to it alone: from the number before it in the clause, or the
    clause's start, to the number after it, or the clause's end.
    """

    quantity: Mention
    clause: Clause
    clause_index: int
    left: int
    right: int
    subject: str = ""
    """The noun that the number before counts, where this number stands in what is said of it."""
    group: list[int] = field(default_factory=list)
    """The indexes of all numbers coordinated with it, itself included, in order."""


@dataclass(slots=True)
class Reading:
    """A sentence with its slots."""

    text: str
    sentence: Sentence
    words: list[Word]
    slots: list[Slot]
    times: list[Mention]
    numbering: list[Mention]
    """Article and list numbers, which belong to no phrase."""
    _starts: list[int] = field(init=False, repr=False)
    _ends: list[int] = field(init=False, repr=False)
    _touched: list[int] = field(init=False, repr=False)
    """How many words up to each one touch a time, an article number or a bracket, and so may be cut or left out."""

    def __post_init__(self) -> None:
        self._starts = [word.start for word in self.words]
        self._ends = [word.end for word in self.words]
        special = [(m.start, m.end) for m in (*self.times, *self.numbering)]
        special += [(c.start - 1, c.end + 1) for c in self.sentence.clauses if c.depth]
        touches = [False] * len(self.words)
        for low, high in special:
            for i in range(bisect_right(self._ends, low), bisect_left(self._starts, high)):
                touches[i] = True
        self._touched = [0, *accumulate(touches)]

    def words_in(self, start: int, end: int, depth: int = 9) -> list[Word]:
        """The words of ``[start, end)``; one that reaches over an edge is cut there.

        Times are left out, and so is what stands in brackets deeper than ``depth``.
        """
        if start >= end:
            return []
        first, stop = bisect_right(self._ends, start), bisect_left(self._starts, end)
        words = self.words[first:stop]
        if not words:
            return []
        if self._touched[first] != self._touched[stop]:
            return self._without_asides(first, stop, start, end, depth)
        if words[0].start < start:
            words[0] = self._cut(words[0], start, words[0].end)
        if words[-1].end > end:
            words[-1] = self._cut(words[-1], words[-1].start, end)
        return words

    def _cut(self, word: Word, start: int, end: int) -> Word:
        """The part of a word in ``[start, end)``; of a part nobody knows the part of speech."""
        return word if (start, end) == (word.start, word.end) else Word(self.text[start:end], "x", start, end)

    def _without_asides(self, first: int, stop: int, start: int, end: int, depth: int) -> list[Word]:
        found: list[Word] = []
        brackets = [(m.start, m.end) for m in self.numbering]
        brackets += [(c.start - 1, c.end + 1) for c in self.sentence.clauses if c.depth > depth]
        for i in range(first, stop):
            word = self.words[i]
            if self._touched[i] == self._touched[i + 1] and start <= word.start and word.end <= end:
                found.append(word)
                continue
            low, high = max(word.start, start), min(word.end, end)
            inside = next((t for t in self.times if t.start <= low and high <= t.end), None)
            if inside:
                if low == inside.start and inside.text[0] in "到至" and found and found[-1].end == low:
                    found.append(Word(inside.text[0], "p", low, low + 1))
                continue
            if any(b <= low and high <= e for b, e in brackets):
                continue
            clipped = next((t for t in self.times if t.start < high and low < t.end), None)
            if clipped and low < clipped.start:
                high = clipped.start + (1 if clipped.text[0] in "到至" and high == clipped.start + 1 else 0)
            elif clipped:
                low = clipped.end
            if low < high:
                found.append(self._cut(word, low, high))
        return found

    def characters(self, start: int, end: int) -> str:
        """A text with every character that a sketch or outline of ``[start, end)`` may hold, for any of its slots."""
        return self.text[start:end] + NUMBER_MARK + OTHER_NUMBER_MARK + TIME_MARK

    def sketch(self, slot: Slot) -> tuple[str, list[str]]:
        """The slot's clause with numbers and times as one mark each, for statement patterns.

        Returns:
            The text, and what the marks for other numbers stand for, in order.
        """
        numbered = [m.end for m in self.numbering if slot.clause.start <= m.start and m.end <= slot.quantity.start]
        return self._marked(slot, max(numbered, default=slot.clause.start), max(slot.clause.end, slot.quantity.end))

    def outline(self, slot: Slot) -> str:
        """The whole sentence with numbers and times as one mark each, for constructions over several clauses."""
        return self._marked(slot, self.sentence.start, self.sentence.end)[0]

    def _marked(self, slot: Slot, start: int, end: int) -> tuple[str, list[str]]:
        marks: list[tuple[int, int, str]] = [(t.start, t.end, TIME_MARK) for t in self.times]
        marks += [(s.quantity.start, s.quantity.end, NUMBER_MARK if s is slot else OTHER_NUMBER_MARK) for s in self.slots]
        pieces = []
        others = []
        at = start
        for low, high, mark in sorted(marks):
            if low < at or high > end:
                continue
            pieces += [self.text[at:low], mark]
            others += [self.text[low:high]] * (mark == OTHER_NUMBER_MARK)
            at = high
        return "".join(pieces) + self.text[at:end], others


def read(
    text: str,
    sentence: Sentence,
    words: list[Word],
    quantities: Iterable[Mention],
    times: list[Mention],
    numbering: list[Mention],
    lexicon: Lexicon,
) -> Reading:
    """Lays out one sentence.

    Args:
        quantities: those of the sentence, in text order.
        times: those of the sentence, in text order.
    """
    slots: list[Slot] = []
    numbers = list(quantities)
    for i, quantity in enumerate(numbers):
        index = next(
            k for k, c in enumerate(sentence.clauses) if c.start <= quantity.start < c.end or k == len(sentence.clauses) - 1
        )
        clause = sentence.clauses[index]
        before = numbers[i - 1] if i else None
        after = numbers[i + 1] if i + 1 < len(numbers) else None
        left = max(clause.start, _right_edge(text, before, lexicon) if before else clause.start)
        right = min(clause.end, after.start if after else clause.end)
        if clause.start and text[clause.start - 1] in "）)" and left == clause.start:
            outer = [c for c in sentence.clauses[:index] if c.depth == clause.depth]
            left = outer[-1].start if outer and text[outer[-1].end] in "（(" else left
            left = max(left, before.end if before and sentence.clauses[index].depth == 0 and before.end > left else left)
        if clause.depth and quantity.start == clause.start:
            named = [c for c in sentence.clauses[:index] if c.end == clause.start - 1 and c.depth == clause.depth - 1]
            left = max(named[-1].start, before.end if before else 0) if named else left
        slots.append(Slot(quantity, clause, index, min(left, quantity.start), max(right, quantity.end)))
    _coordinate(text, slots, lexicon)
    return Reading(text, sentence, words, slots, times, numbering)


def _right_edge(text: str, quantity: Mention, lexicon: Lexicon) -> int:
    """Where a number with the bound written behind it ends."""
    after = lexicon.after_pattern.match(text, quantity.end)
    return after.end() if after else quantity.end


_JOINS = ("、", "和", "及", "与", "以及", "或", "，", "、和", "至", ":", "∶")


def _coordinate(text: str, slots: list[Slot], lexicon: Lexicon) -> None:
    """Numbers with nothing but a conjunction and bound words between them form one group."""
    groups: list[list[int]] = []
    for i, slot in enumerate(slots):
        if i and _joined(text, slots[i - 1], slot, lexicon):
            groups[-1].append(i)
        else:
            groups.append([i])
    for group in groups:
        for i in group:
            slots[i].group = group
            slots[i].left = slots[group[0]].left
            if slots[i].clause_index != slots[group[0]].clause_index:
                slots[i].clause_index = slots[group[0]].clause_index


def _joined(text: str, first: Slot, second: Slot, lexicon: Lexicon) -> bool:
    between = text[_right_edge(text, first.quantity, lexicon) : second.quantity.start]
    bound = lexicon.before_pattern.search(between)
    if bound:
        between = between[: bound.start()]
    spoken = text[max(0, first.quantity.start - 24) : first.quantity.start]
    between = between.rstrip("达到为近约" if "分别" in spoken else "近约")
    if between not in _JOINS:
        return False
    if between == "，" and "分别" not in text[max(0, first.quantity.start - 12) : first.quantity.start]:
        return False
    units = first.quantity.data["unit"], second.quantity.data["unit"]
    return _kin(*units) and not (between == "至" and units == ("个百分点", "%"))  # 下调0.3个百分点至3.1%


def kind_of_unit(unit: str) -> str:
    """A unit without its magnitude: 吨 for 万吨."""
    return unit.lstrip("十百千万亿")


def _kin(first: str, second: str) -> bool:
    return (
        kind_of_unit(first) == kind_of_unit(second)
        or {first, second} <= {"%", "个百分点", "个"}
        or (first == "个" and second.startswith("个"))
        or {first, second} == {"%", "倍"}
        or first in ("万", "亿")
    )
