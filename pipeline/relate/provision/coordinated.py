"""Coordinated numbers: which of the cases that the sentence counted or put before each of them is for."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.provision.parts import words
from pipeline.relate.reading import Reading, Slot

_COUNTS = ("unit.classifier", "unit.people")


def counted_cases(reading: Reading, slot: Slot, lexicon: Lexicon) -> list[str]:
    """``一等奖1名、二等奖3名，分别给予20万元、10万元奖金``: what the numbers before counted, in order."""
    first, count = slot.group[0], len(slot.group)
    before = reading.slots[max(0, first - count) : first]
    if len(before) < count or any(s.quantity.rule not in _COUNTS or s.clause is slot.clause for s in before):
        return []
    if "分别" not in reading.text[slot.left : reading.slots[first].quantity.start]:
        return []
    return [regex.sub("^.*设", "", words(reading, s.left, s.quantity.start, lexicon)) for s in before]


def numbered_cases(reading: Reading, slot: Slot, lexicon: Lexicon) -> list[str]:
    """``收入突破1亿元、5亿元的企业，分别奖励10万元、50万元``: the case that each number of an earlier coordination puts."""
    for other in reversed([s for s in reading.slots if s.clause_index < slot.clause_index]):
        if len(other.group) != len(slot.group):
            continue
        clause, numbers = other.clause, [reading.slots[i].quantity for i in other.group]
        before = words(reading, clause.start, numbers[0].start, lexicon)
        after = reading.text[numbers[-1].end : clause.end].removesuffix("的")
        return [regex.sub("^对于?", "", before) + number.text + after for number in numbers]
    return []
