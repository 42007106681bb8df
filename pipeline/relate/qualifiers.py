"""Qualifiers: numbers that only narrow down what another number counts."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot

_NOUN = r"[\p{Han}A-Za-z“]{2,}"
_OF_WHOLE = regex.compile("的?[^，。；：]{0,14}中的")
_LINKED_NOUN = regex.compile(f"的{_NOUN}")
_JOINT_END = regex.compile("(?:和|与|及)$")
_BOUNDED_NOUN = regex.compile(f"(?:以上|级)?的?{_NOUN}")
_ATTRIBUTE = regex.compile("(?:以上|左右)?(?P<what>[^，。；：、的]{1,10})")
_LINKED_NOUN_OR_END = regex.compile(f"的(?:{_NOUN}|[，。；]|$)")
_OVER_END = regex.compile("[过超破上]$")
_BOUND_AND_NOUN = regex.compile(f"(?:及以上|以上|以下|以内|级)的?{_NOUN}")
_MAGNITUDE = regex.compile(r"[十百千万亿]+[^\d]*")


def _gap(reading: Reading, i: int) -> str:
    return reading.text[reading.slots[i].quantity.end : reading.slots[i + 1].quantity.start]


def is_qualifier(reading: Reading, i: int, lexicon: Lexicon) -> str:
    """The rule by which slot ``i`` only describes what a neighbour counts, or an empty string."""
    slot = reading.slots[i]
    text, quantity = reading.text, slot.quantity
    if text[quantity.end : quantity.end + 1] == "级":
        return "qualifier.grade"
    if _is_age(reading, slot, lexicon):
        return "qualifier.age"
    if i + 1 < len(reading.slots) and _OF_WHOLE.fullmatch(_gap(reading, i)):
        return "qualifier.whole"
    if quantity.rule == "unit.voltage" and regex.match(_NOUN, text[quantity.end : slot.right]):
        return "qualifier.voltage"
    if len(slot.group) > 1:
        return "qualifier.before-count" if _before_counts(reading, slot, lexicon) else ""
    if quantity.rule in _SIZES and _is_size(reading, slot, lexicon):
        return "qualifier.size"
    if _before_count(reading, i, lexicon):
        return "qualifier.before-count"
    if i and _after_count(reading, i, lexicon):
        return "qualifier.after-count"
    if _is_magnitude(reading, slot, lexicon):
        return "qualifier.magnitude"
    return ""


def _is_age(reading: Reading, slot: Slot, lexicon: Lexicon) -> bool:
    """``35岁以下青年科学家``, ``3至6岁儿童``, ``满18周岁的居民``: an age in front of those who have it."""
    text, quantity = reading.text, slot.quantity
    if not quantity.data["unit"].endswith("岁"):
        return False
    bounded = quantity.data["value_high"] is not None or text[quantity.start - 1] == "满"
    return bool(
        lexicon.narrowed.match(text, quantity.end)
        or (bounded and regex.match(r"的?\p{Han}{2}", text[quantity.end : slot.right]))
    )


_SIZES = ("unit.mass", "unit.volume", "unit.power", "unit.length", "unit.area")


def _is_size(reading: Reading, slot: Slot, lexicon: Lexicon) -> bool:
    """``国内首艘4万立方米液化气船``: the size of one thing that is named right behind it, and that no verb adds up."""
    before = reading.words_in(slot.clause.start, slot.quantity.start)
    if before and (
        before[-1].tag[0] in "vpd" or before[-1].text in lexicon.bound_before or before[-1].text in lexicon.bare_heads
    ):
        return False
    name = ""
    for word in reading.words_in(slot.quantity.end, slot.right):
        if word.tag[0] in "vpdcut" or word.tag == "ad":
            break
        name += word.text
    return lexicon.machine_end.search(name) is not None


def _is_magnitude(reading: Reading, slot: Slot, lexicon: Lexicon) -> bool:
    """``投资亿元以上项目``: a bare magnitude that says how big the things are that the text speaks of."""
    text, quantity = reading.text, slot.quantity
    unit = quantity.data["unit"]
    if not _MAGNITUDE.fullmatch(quantity.text) or quantity.data["value"] not in (1, 10, 100, 1000):
        return False
    if unit and unit.lstrip("万亿") in ("", "元") and lexicon.sized_noun.match(text, quantity.end):
        return True
    described = lexicon.narrowed.match(text, quantity.end) or _LINKED_NOUN.match(text[quantity.end : slot.right])
    return bool(described and lexicon.sized.search(text, max(0, quantity.start - 4), quantity.start))


def _before_count(reading: Reading, i: int, lexicon: Lexicon) -> bool:
    """``规模过1000亿元的集群1个``, ``投资500万元以上技改项目1.2万个``, ``25户以上自然村通水泥路占比达到98%``."""
    if i + 1 >= len(reading.slots):
        return False
    slot, after = reading.slots[i], reading.slots[i + 1]
    if slot.clause is not after.clause or slot.quantity.data["unit"] in ("%", "‰", "个百分点"):
        return False
    gap = _gap(reading, i)
    if lexicon.moves.search(lexicon.counting_end.sub("", gap)):
        return False
    if lexicon.counts(after.quantity.data["unit"]):
        over = reading.text[slot.quantity.start - 1 : slot.quantity.start] in ("超", "过")
        return bool(lexicon.counted_gap.fullmatch(gap) or (over and lexicon.sized_gap.fullmatch(gap)))
    return after.quantity.data["unit"] == "%" and bool(lexicon.shared_gap.fullmatch(gap))


def _before_counts(reading: Reading, slot: Slot, lexicon: Lexicon) -> bool:
    """``规模超过万亿元、千亿元和百亿元的国家分别有14个、62个和137个``: as many classes as are counted behind them."""
    last = slot.group[-1]
    if last + 1 >= len(reading.slots):
        return False
    after = reading.slots[last + 1]
    return (
        after.clause is slot.clause
        and len(after.group) == len(slot.group)
        and lexicon.counts(after.quantity.data["unit"])
        and lexicon.counted_gap.fullmatch(_gap(reading, last)) is not None
    )


def _after_count(reading: Reading, i: int, lexicon: Lexicon) -> bool:
    """``50个规模300亿元以上轻工特色产业集群``."""
    slot, before = reading.slots[i], reading.slots[i - 1]
    units = slot.quantity.data["unit"], before.quantity.data["unit"]
    if slot.clause is not before.clause or units[0] == "%" or not lexicon.counts(units[1]):
        return False
    gap = _gap(reading, i - 1)
    following = reading.text[slot.quantity.end : slot.right]
    if lexicon.said_of.search(gap) or _JOINT_END.search(gap):
        return False
    if gap == "" and not lexicon.counts(units[0]):
        return bool(_BOUNDED_NOUN.match(following))
    attribute = _ATTRIBUTE.fullmatch(gap)
    if not attribute:
        return False
    if _LINKED_NOUN_OR_END.match(following):
        return bool(_OVER_END.search(gap)) or lexicon.bare_head_end.search(gap) is not None
    return bool(_BOUND_AND_NOUN.match(following))


def attribute_of(reading: Reading, i: int, noun: str, lexicon: Lexicon) -> str:
    """The indicator of a counted noun together with its qualifier, or an empty string.

    Args:
        noun: the noun that stands after number ``i``; then a qualifier before the number is of something else.
    """
    slot = reading.slots[i]
    before = reading.slots[slot.group[0] - 1] if slot.group[0] else None
    if before and len(slot.group) > 1 and len(before.group) > 1 and _before_counts(reading, before, lexicon):
        first, own = reading.slots[before.group[0]], reading.slots[before.group[slot.group.index(i)]]
        name = own.quantity.text + reading.text[before.quantity.end : reading.slots[slot.group[0]].quantity.start]
        measured = reading.words_in(first.left, first.quantity.start)
        return "".join(word.text for word in measured) + lexicon.counting_end.sub("", name)
    if i and is_qualifier(reading, i - 1, lexicon) and _before_count(reading, i - 1, lexicon):
        whole = _whole(reading, reading.slots[i - 1], slot.quantity.start, lexicon)
        return whole + noun if whole.endswith("的") else "" if noun else whole
    if (
        i + 1 < len(reading.slots)
        and is_qualifier(reading, i + 1, lexicon)
        and (_after_count(reading, i + 1, lexicon) or _gap(reading, i) == "")
    ):
        following = reading.slots[i + 1]
        end = following.right
        text = reading.text[slot.quantity.end : end]
        text = regex.sub(r"^(?:以上|左右|的)+", "", text)
        match = regex.match(r"[^，。；：]+", text)
        return match[0].rstrip("。；，") if match else ""
    return ""


def _whole(reading: Reading, qualifier: Slot, end: int, lexicon: Lexicon) -> str:
    before = reading.text[qualifier.left : qualifier.quantity.start]
    before = regex.split(r"[，、；：]", before)[-1]
    if not before.startswith("每") and (verb := lexicon.building.search(before)):
        before = before[verb.end() :]
    for time in reading.times:
        if time.text in before:
            before = before.split(time.text)[-1]
    text = before + reading.text[qualifier.quantity.start : end]
    text = regex.sub("(?:由|从)$", "", lexicon.counting_end.sub("", text))
    text = regex.sub("占$", "占比", text)
    return lexicon.place_start.sub("", text)
