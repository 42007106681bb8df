"""Measure: whether a number is a level or a change."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.bounds import compares_with
from pipeline.relate.following import Right, goal_of_change
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left
from pipeline.relate.reading import Reading, Slot

_MORE = regex.compile(r"(?<![占对])[比较](?![重例])[^，。；不]{0,12}(?P<less>少|多[减降])?(?(less)|多)\p{Han}{0,4}$")
"""``比上年多安排200亿元``, ``同比多减300人``."""
_SHARES = ("%", "‰", "个百分点", "百分点", "倍")


_PACE = regex.compile("(?:回升|回落|放缓|加快|反弹|攀升|下滑|收窄|扩大)(?:到|至|为)[了约近]*$")
"""Verbs that a rate of change moves by: 增长4.1%，明年回升到4.3%."""


def _goes_on(reading: Reading, slot: Slot, left: Left, lexicon: Lexicon) -> bool:
    """Whether the number is of the same change as the one before: what it compares with, or how fast it goes on."""
    before = reading.text[slot.left : slot.quantity.start]
    return slot.quantity.data["unit"] == "%" and not left.noun and bool(compares_with(reading, slot) or _PACE.search(before))


def compared_with(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """What a change is measured against, where it is said right before the number: 高于全国5个百分点."""
    match = lexicon.comparing.search(reading.text, slot.left, slot.quantity.start)
    return match[0] if match else ""


def measure(
    reading: Reading,
    slot: Slot,
    left: Left,
    right: Right,
    indicator: str,
    comparator: str,
    rate: tuple[str, str],
    lexicon: Lexicon,
) -> tuple[str, str]:
    """The measure of a slot and the rule that says so.

    The word nearest to the number decides: 提高到 reaches a level, 提高 tells a change. A noun that names a rate (涨幅)
    before or after the number, or as the indicator that a sentence before named, is a change too.

    Args:
        indicator: what is measured, as restored from the context.
        rate: the measure and rule of the number before, where that is a rate and its indicator is carried on:
            加薪幅度为5.85%，再次超过5%; else two empty strings.
        comparator: of the same number; a word that bounds it (低于60%的) compares with nothing.
    """
    quantity = slot.quantity
    if quantity.rule == "quantity.fold" or (quantity.rule == "quantity.zero" and quantity.data["unit"] == "%"):
        return "increase", quantity.rule
    before = reading.text[slot.left : quantity.start]
    compared = any(word in before for word in ("比", "较"))
    share = quantity.data["unit"] in _SHARES
    if before.rstrip("约近") in ("至", "到", "为"):
        return "level", "measure.reach"  # 下调0.3个百分点至3.1%
    if share and compares_with(reading, slot):
        return rate if rate[0] else ("level", "")
    if lexicon.surplus.search(before):
        return "increase", "measure.surplus"
    for word in reversed(left.predicate):
        if word in lexicon.change:
            points = quantity.data["unit"].endswith("百分点")
            bounds = word in lexicon.bound_before and comparator in ("ge", "le") and not points
            sizes = len(word) == 1 and quantity.rule == "unit.length" and not compared
            if not bounds and not sizes:
                return lexicon.change[word]
        elif word in lexicon.rates:
            return lexicon.rates[word]
        elif word in lexicon.changed_to:
            break
    if quantity.rule not in ("unit.classifier", "unit.people"):
        if share and (paced := lexicon.paced.search(before)):
            return lexicon.rates[paced["rate"]]
        for noun in (left.noun, right.noun, indicator if share else ""):
            if named := lexicon.rate_end.search(noun):
                return lexicon.rates[named[0].removeprefix("的")]
    if rate[0] and share and (rate[1].endswith("-rate") or _goes_on(reading, slot, left, lexicon)):
        return rate
    if more := _MORE.search(before):
        return ("decrease", "measure.decrease") if more["less"] else ("increase", "measure.increase")
    reached = any(left.verb + end in before for end in ("到", "至", "为")) or any(
        w in lexicon.reach or w in lexicon.reaching_bounds or w.endswith("为") for w in left.predicate
    )
    kept = next((w for w in lexicon.kept_changes if left.noun.startswith(w)), "")
    if kept and not reached:
        return lexicon.change[kept]
    if left.verb in lexicon.savings:
        return lexicon.savings[left.verb] if share or not left.noun else ("level", "")
    if left.verb in lexicon.change and left.verb not in lexicon.reach and not reached:
        return lexicon.change[left.verb]
    if share and (goal := goal_of_change(right, lexicon)):
        return lexicon.change[goal]
    if right.noun in lexicon.change:
        return lexicon.change[right.noun]
    if right.linked and (said := lexicon.rate_start.match(right.noun)):
        return lexicon.rates[said[0]]
    return "level", "measure.reach" if any(w in lexicon.reach for w in left.predicate) else ""
