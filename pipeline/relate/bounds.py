"""Comparator: whether a number is meant exactly, as a bound, or roughly."""

from __future__ import annotations

import regex

from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot

_OVER = regex.compile(r"(不低于|不高于|不超过|不少于|不得超过|不得低于|超过)[\p{Han}（）]{1,16}的?$")
_INCLUDED = regex.compile(r"[（(]含$")
_OVER_BASE = regex.compile(r"(超出|低于|高于)[\p{Han}（）]{1,16}的?$")
_CAPPED = regex.compile(
    r"(最高|最长|最多|最低)(?:补贴|补助|资助|奖励|支付|限额|支持|救助|发放|缴存)?(?:标准|额度|限额|金额|期限|数额)[^；。]*$"
)
_PART_OF_WORD = regex.compile(r"[经通不走透难度路早晚向][过上]$|[接附相最]近$|[以之至加赶跟础身网线]上$|以约$|高超$")


def comparator(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[str, str]:
    """The comparator of a slot and the rule that says so; one number's bound holds for its whole coordination."""
    index = reading.slots.index(slot)
    if index and _INCLUDED.search(reading.text, slot.clause.start - 1, slot.quantity.start):
        return comparator(reading, reading.slots[index - 1], lexicon)
    own = _own(reading, slot, lexicon)
    if own[0] != "eq" or len(slot.group) == 1:
        return own
    for i in (slot.group[-1], *slot.group):
        shared = _own(reading, reading.slots[i], lexicon)
        if shared[0] != "eq" and not reading.slots[i].quantity.data["bound"]:
            return shared
    return own


def _own(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[str, str]:
    text, quantity = reading.text, slot.quantity
    after = lexicon.after_pattern.match(text, quantity.end)
    before = text[max(slot.left, quantity.start - 14) : quantity.start]
    word = _before(before, lexicon)
    if word == "控制在" and after and lexicon.bound_after[after[0]][0] != "le":
        return lexicon.bound_after[after[0]]
    if word and not (after and lexicon.bound_before[word][0] == "approx"):
        return lexicon.bound_before[word]
    if after:
        return lexicon.bound_after[after[0]]
    if word:
        return lexicon.bound_before[word]
    if over := _OVER.search(before):
        return lexicon.bound_before[over[1]]
    if quantity.data["unit"] in ("%", "倍") and (over := _OVER_BASE.search(before)):
        return lexicon.bound_before.get(over[1], ("ge", "comparator.at-least"))
    if capped := _CAPPED.search(text, reading.sentence.start, quantity.start):
        return lexicon.bound_before[capped[1]]
    if far := lexicon.far_bound.search(before):
        return lexicon.bound_before[far[1]]
    if quantity.data["bound"]:
        return str(quantity.data["bound"]), "comparator.at-least"
    return "eq", ""


def _before(text: str, lexicon: Lexicon) -> str:
    """The bound word right before a number; words such as 达到 may stand between."""
    for _ in range(3):
        found = lexicon.before_pattern.search(text)
        if found:
            word = found[0]
            if len(word) > 1 or not _PART_OF_WORD.search(text):
                return str(word)
            return ""
        carrier = lexicon.carrier_end.search(text)
        if not carrier:
            return ""
        text = text[: carrier.start()]
    return ""
