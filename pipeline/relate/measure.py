"""Measure: whether a number is a level or a change."""

from __future__ import annotations

from pipeline.relate.following import Right
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left
from pipeline.relate.reading import Slot


def measure(slot: Slot, left: Left, right: Right, noun: str, lexicon: Lexicon) -> tuple[str, str]:
    """The measure of a slot and the rule that says so.

    The word nearest to the number decides: 提高到 reaches a level, 提高 tells a change. A noun that names a rate (涨幅)
    before or after the number is a change too.
    """
    if slot.quantity.rule == "quantity.fold":
        return "increase", "quantity.fold"
    for word in reversed(left.predicate):
        if word in lexicon.change:
            return lexicon.change[word]
        if word in lexicon.rates:
            return lexicon.rates[word]
        if word in ("到", "至") or (word.endswith(("到", "至", "为")) and len(word) > 2):
            break
    rate = lexicon.rate_end.search(noun) or lexicon.rate_end.search(left.noun) or lexicon.rate_end.search(right.noun)
    if rate:
        return lexicon.rates[rate[0].removeprefix("的")]
    if left.verb in lexicon.change and left.verb not in lexicon.reach:
        return lexicon.change[left.verb]
    if right.noun in lexicon.change:
        return lexicon.change[right.noun]
    return "level", "measure.reach" if any(w in lexicon.reach for w in left.predicate) else ""
