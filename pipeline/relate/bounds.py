"""Comparator: whether a number is meant exactly, as a bound, or roughly."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot

_FLIPPED = {"ge": "le", "le": "ge"}
_BOUND_RULES = {"ge": "comparator.at-least", "le": "comparator.at-most", "approx": "comparator.about"}
_REACH = 40
"""How many characters before a number its bound may stand."""
_NEAREST = 3
"""How many characters before a number may bound it even where the noun of the number before reaches over them."""
_INCLUDED = regex.compile(r"[（(]含$")
_INCLUDING = regex.compile(r"(?:级|一遇)?(?:[（(]不?含[^（）()]{0,14}[）)])?")
_UPPER_END = regex.compile(r"以上(?:至|到)$")
_OR = regex.compile(r"或者?(?:者)?")
_SHARE_OF = regex.compile(r"约(?:占|相当于|为)[^，。；：\d]{1,24}的$")


def comparator(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[str, str]:
    """The comparator of a slot and the rule that says so; one number's bound holds for its whole coordination."""
    index = reading.slots.index(slot)
    if index and _INCLUDED.search(reading.text, slot.clause.start - 1, slot.quantity.start):
        return comparator(reading, reading.slots[index - 1], lexicon)
    own = _own(reading, slot, lexicon)
    if own[0] != "eq":
        return own
    if len(slot.group) > 1:
        for i in (slot.group[-1], *slot.group):
            shared = _own(reading, reading.slots[i], lexicon)
            if shared[0] != "eq" and not reading.slots[i].quantity.data["bound"]:
                return shared
    elif index and _OR.fullmatch(reading.text, reading.slots[index - 1].quantity.end, slot.quantity.start):
        return comparator(reading, reading.slots[index - 1], lexicon)
    return own


def _own(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[str, str]:
    quantity = slot.quantity
    index = reading.slots.index(slot)
    last = reading.slots[index - 1].quantity.end if index else slot.clause.start
    left = min(slot.left, max(last, slot.clause.start, quantity.start - _NEAREST))
    before = reading.text[max(left, quantity.start - _REACH) : quantity.start].rstrip("±")
    if _UPPER_END.search(reading.text, slot.clause.start, quantity.start):
        return "le", _BOUND_RULES["le"]
    after = _after(reading, slot, lexicon)
    word = _before(before, slot, lexicon)
    if after[1] and ((after[0] == "le" and word[0] == "ge") or lexicon.weak_bound_end.search(before)):
        return after
    if word[1] and compares_with(reading, slot):
        return "eq", ""
    if word[1] and not (after[1] and (word[0] == "approx" or word[0] == after[0])):
        return ("eq", "") if quantity.data["value_high"] is not None and word[0] == "ge" else word
    if after[1]:
        return after
    return (
        _over(reading, slot, before, lexicon)
        or _capped(reading, slot, lexicon)
        or _far(reading, slot, before, lexicon)
        or (("approx", "comparator.about") if _SHARE_OF.search(before) else None)
        or ((str(quantity.data["bound"]), _BOUND_RULES[str(quantity.data["bound"])]) if quantity.data["bound"] else None)
        or ("eq", "")
    )


def _after(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[str, str]:
    """The bound written behind a number, also behind 级 or a bracket: 千万级以上, 18个月龄（含18个月龄）以上.

    How long something is forbidden is no limit: 三年内不得申报.
    """
    text, end = reading.text, slot.quantity.end
    word = lexicon.after_pattern.match(text, end)
    if not word and (included := _INCLUDING.match(text, end)):
        word = lexicon.after_pattern.match(text, included.end())
    if not word or (word[0].endswith("内") and lexicon.forbids.match(text, word.end())):
        return "eq", ""
    return lexicon.bound_after[word[0]]


_VALUE_OF = regex.compile(
    r"(?:低于|高于|快于|慢于|好于|超过|不及|弱于|强于|少于|多于)(?P<of>[^，。；：\d]{2,12})的(?:约|近)?$"
)


def compares_with(reading: Reading, slot: Slot) -> bool:
    """Whether the number is what the one before is compared with: 增长1.6%，低于市场预期的2.5%，也低于上季度的3.4%."""
    index = reading.slots.index(slot)
    if not index or reading.slots[index - 1].clause is slot.clause or not slot.quantity.rule.startswith("unit."):
        return False
    before = reading.text[reading.slots[index - 1].quantity.end : slot.quantity.start]
    timed = [t for t in reading.times if t.data["role"] in ("base", "part", "point", "now") and t.end <= slot.quantity.start]
    value = _VALUE_OF.search(reading.text, slot.clause.start, slot.quantity.start)
    late = bool(timed) and timed[-1].end >= slot.quantity.start - 1 and regex.search(r"(?:[低高快慢好]于|超过|不及)", before)
    same = reading.slots[index - 1].quantity.data["unit"] == slot.quantity.data["unit"]
    of_value = value is not None and (late or regex.search("预期|预测|目标|平均|均值|值|上一?|前", value["of"]))
    return same and bool(of_value or late)


def _before(text: str, slot: Slot, lexicon: Lexicon) -> tuple[str, str]:
    """The bound right before a number, or before what it is for each of (突破每桶100美元, 不超过每人每天300元).

    Words such as 达到 may stand between, and a negation turns it round.
    """
    text = lexicon.per_measure_end.sub("", text)
    for _ in range(3):
        if found := lexicon.before_pattern.search(text):
            word, ahead = found[0], text[: found.start()]
            if lexicon.bound_in_word.search(text) or (word == "上" and slot.quantity.text[0] not in "十百千万亿"):
                return "eq", ""
            value, rule = lexicon.bound_before[word]
            if len(word) > 1 and value in _FLIPPED and lexicon.negated.search(ahead):
                return _FLIPPED[value], _BOUND_RULES[_FLIPPED[value]]
            return value, rule
        passed = lexicon.carrier_end.search(text) or _FOR_EACH.search(text)
        if not passed:
            break
        text = text[: passed.start()]
    return "eq", ""


_FOR_EACH = regex.compile("(?:每[^每，。；：为是]{1,6})+$")
"""What a sum is for each of, whatever that is: 不超过每标准展位2万元."""


def _over(reading: Reading, slot: Slot, before: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """``不低于本市最低工资标准的80%``: a bound with what the number is a share of between.

    ``超过上年的2.12亿公斤``, ``高于全国3个百分点`` and ``超过前十年平均每年增长3%`` compare with something and bound
    nothing.
    """
    over = lexicon.over.search(before)
    if not over or lexicon.change_end.search(before):
        return None
    value = lexicon.bound_before[over["word"]][0]
    if over["not"]:
        return _FLIPPED[value], _BOUND_RULES[_FLIPPED[value]]
    share = slot.quantity.data["unit"] in ("%", "倍") and not compares_with(reading, slot)
    start = slot.quantity.start
    compared = compares_with(reading, slot) or (
        any(start - len(over[0]) <= t.start < start for t in reading.times) or slot.quantity.data["unit"] == "个百分点"
    )
    if not share and (compared or over["word"] != "超过"):
        return None
    return value, _BOUND_RULES[value]


def _capped(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[str, str] | None:
    """``最高补贴标准为…``: every number after such a noun in its sentence, but not how much it is changed."""
    capped = lexicon.capped.search(reading.text, reading.sentence.start, slot.quantity.start)
    if not capped or lexicon.change_end.search(reading.text, capped.end(), slot.quantity.start):
        return None
    return lexicon.bound_before[capped["word"]]


def _far(reading: Reading, slot: Slot, before: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """``每人最高可申请30万元``: only verbs and what goes with them stand between; anything does after 至少.

    Before a noun 最高 says which one is measured: 最高时速350公里.
    """
    far = lexicon.far_bound.search(before)
    if not far or lexicon.change_end.search(before):
        return None
    if far[0] in lexicon.bound_adverbs:
        return lexicon.bound_before[far[0]]
    between = reading.words_in(slot.quantity.start - len(before) + far.end(), slot.quantity.start)
    if all(w.text in lexicon.far_carriers or w.text in lexicon.reach or w.tag[:1] in "vdp" for w in between):
        return lexicon.bound_before[far[0]]
    return None
