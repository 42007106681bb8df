"""Qualifiers: numbers that only narrow down what another number counts."""

from __future__ import annotations

import regex

from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot

_COUNT_UNITS = regex.compile(r"^[十百千万亿]*(?:个|家|项|名|人|户|座|条|所|处|台|种|只|辆|艘|支|张|宗|件|位|)$")
_TAIL = r"(?:及以上|及以下|或以上|以上|以下|以内|左右|级以上|级|规模|多)?(?:的)?"
_REACH = r"(?:已|共|累计|数量|分别|总数)*(?:达到了?|达|为|有|突破|超过|超|增加到|发展到|近|约)*"
_AFTER = regex.compile(rf"{_TAIL}(?P<noun>[^，。；：、]{{1,24}}?){_REACH}$")
_NARROWS = regex.compile(
    r"^(?:及以上|或以上|以上|以下|以内|级以上|级)(?:的)?(?=[\p{Han}“A-Za-z])(?!的?(?:水平|标准|目标|速度|规模))"
)


def _gap(reading: Reading, i: int) -> str:
    return reading.text[reading.slots[i].quantity.end : reading.slots[i + 1].quantity.start]


def is_qualifier(reading: Reading, i: int, lexicon: Lexicon) -> str:
    """The rule by which slot ``i`` only describes what a neighbour counts, or an empty string."""
    slot = reading.slots[i]
    following = reading.text[slot.quantity.end : slot.quantity.end + 12]
    if reading.text[slot.quantity.end : slot.quantity.end + 1] == "级":
        return "qualifier.grade"
    if slot.quantity.data["unit"].endswith(("岁", "周岁")) and (
        _NARROWS.match(following)
        or (
            (slot.quantity.data["value_high"] is not None or reading.text[slot.quantity.start - 1] == "满")
            and regex.match(r"(?:的)?\p{Han}{2}", following)
        )
    ):
        return "qualifier.age"
    if i + 1 < len(reading.slots) and regex.fullmatch(r"(?:的)?[^，。；：]{0,14}中(?:的|有)?", _gap(reading, i)):
        return "qualifier.whole"
    if len(slot.group) > 1:
        return ""
    if _before_count(reading, i):
        return "qualifier.before-count"
    if i and _after_count(reading, i):
        return "qualifier.after-count"
    if (
        regex.fullmatch(r"[十百千万亿]+[^\d]*", slot.quantity.text)
        and regex.match(r"(?:(?:以上|以下|级)的?|的)[\p{Han}“]{2}", following)
        and slot.quantity.data["value"] in (1, 10, 100, 1000)
    ):
        before = reading.text[max(0, slot.quantity.start - 4) : slot.quantity.start]
        if regex.search(r"投资|规模|产值|收入|过|超|上", before):
            return "qualifier.magnitude"
    return ""


def _before_count(reading: Reading, i: int) -> bool:
    """``规模过1000亿元的集群1个``, ``投资500万元以上技改项目1.2万个``."""
    if i + 1 >= len(reading.slots):
        return False
    slot, after = reading.slots[i], reading.slots[i + 1]
    if slot.clause is not after.clause or not _COUNT_UNITS.match(after.quantity.data["unit"]):
        return False
    if slot.quantity.data["unit"] in ("%", "‰", "个百分点"):
        return False
    gap = _gap(reading, i)
    if not regex.match(r"(?:及以上|或以上|及以下|以上|以下|以内|级以上|级|的)", gap):
        return False
    return bool(_AFTER.fullmatch(gap)) and not regex.search(r"增长|提高|下降|达到.*达到", gap)


def _after_count(reading: Reading, i: int) -> bool:
    """``50个规模300亿元以上轻工特色产业集群``."""
    slot, before = reading.slots[i], reading.slots[i - 1]
    if slot.clause is not before.clause or not _COUNT_UNITS.match(before.quantity.data["unit"]):
        return False
    gap = _gap(reading, i - 1)
    following = reading.text[slot.quantity.end : slot.right]
    if regex.search(r"增长|提高|下降|达到|达|为|占", gap):
        return False
    if gap == "" and not _COUNT_UNITS.match(slot.quantity.data["unit"]):
        return bool(regex.match(r"(?:以上|级)?(?:的)?[\p{Han}A-Za-z“]{2,}", following))
    if regex.fullmatch(r"(?:以上|左右)?[^，。；：、的]{1,10}", gap) and regex.match(
        r"的(?:[\p{Han}“]{2,}|[，。；]|$)", following
    ):
        return bool(regex.search(r"[过超破上]$", gap))
    return bool(
        regex.fullmatch(r"(?:以上|左右)?[^，。；：、的]{0,10}", gap)
        and regex.match(r"(?:及以上|以上|以下|以内|级)(?:的)?[\p{Han}“]{2,}", following)
    )


def attribute_of(reading: Reading, i: int, noun: str, lexicon: Lexicon) -> str:
    """The indicator of a counted noun together with its qualifier, or an empty string.

    Args:
        noun: the noun that stands after number ``i``; then a qualifier before the number is of something else.
    """
    slot = reading.slots[i]
    if i and is_qualifier(reading, i - 1, lexicon) and _before_count(reading, i - 1):
        whole = _whole(reading, reading.slots[i - 1], slot.quantity.start)
        return whole + noun if whole.endswith("的") else "" if noun else whole
    if (
        i + 1 < len(reading.slots)
        and is_qualifier(reading, i + 1, lexicon)
        and (_after_count(reading, i + 1) or _gap(reading, i) == "")
    ):
        following = reading.slots[i + 1]
        end = following.right
        text = reading.text[slot.quantity.end : end]
        text = regex.sub(r"^(?:以上|左右|的)+", "", text)
        match = regex.match(r"[^，。；：]+", text)
        return match[0].rstrip("。；，") if match else ""
    return ""


def _whole(reading: Reading, qualifier: Slot, end: int) -> str:
    before = reading.text[qualifier.left : qualifier.quantity.start]
    before = regex.split(r"[，、；：]", before)[-1]
    verb = regex.search(r"(?:实施|建设|培育|新增|打造|引进|推进|建成|有|年，|其中)(?=[^，]{1,8}$)", before)
    if verb:
        before = before[verb.end() :]
    for time in reading.times:
        if time.text in before:
            before = before.split(time.text)[-1]
    text = before + reading.text[qualifier.quantity.start : end]
    text = regex.sub(rf"{_REACH}(?:由|从)?$", "", text)
    return regex.sub(r"^(?:，|的|全省|全市|全国|我国境内|境内)+", "", text)
