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


def gap_after(reading: Reading, i: int) -> str:
    """The text between a number and the next one."""
    return reading.text[reading.slots[i].quantity.end : reading.slots[i + 1].quantity.start]


def is_qualifier(reading: Reading, i: int, lexicon: Lexicon) -> str:
    """The rule by which slot ``i`` only describes what a neighbour counts, or an empty string."""
    slot = reading.slots[i]
    text, quantity = reading.text, slot.quantity
    if text[quantity.end : quantity.end + 1] == "级":
        return "" if _is_grade_reached(reading, slot, lexicon) else "qualifier.grade"
    if _is_age(reading, slot, lexicon):
        return "qualifier.age"
    if i + 1 < len(reading.slots) and _OF_WHOLE.fullmatch(gap_after(reading, i)):
        return "qualifier.whole"
    if quantity.rule == "unit.voltage" and regex.match(_NOUN, text[quantity.end : slot.right]):
        return "qualifier.voltage"
    if len(slot.group) > 1:
        return "qualifier.before-count" if before_counts(reading, slot, lexicon) else ""
    if quantity.rule in _SIZES and _is_size(reading, slot, lexicon):
        return "qualifier.size"
    if before_count(reading, i, lexicon):
        return "qualifier.before-count"
    if i and after_count(reading, i, lexicon):
        return "qualifier.after-count"
    if _is_magnitude(reading, slot, lexicon):
        return "qualifier.magnitude"
    if i and _is_threshold(reading, i, lexicon):
        return "qualifier.threshold"
    return ""


_OF_EACH_ONE = ("unit.grade", "unit.temperature")
_METRES = ("毫米", "厘米", "米", "摄氏度")
_MEASURED = regex.compile(r"\p{Han}{3,14}")
_ALTOGETHER = regex.compile("累计|合计|共计|总|[均都共]|平均")


def is_of_each(slot: Slot) -> bool:
    """Whether a value can only be of each of the things counted, and not of all together: 10级, 200毫米; not 3亿元."""
    return slot.quantity.rule in _OF_EACH_ONE or slot.quantity.data["unit"] in _METRES


def _is_threshold(reading: Reading, i: int, lexicon: Lexicon) -> bool:
    """``12个市县降雨量超过200毫米``: the value that tells which things are counted; a rate that is reached may be of all."""
    slot, before = reading.slots[i], reading.slots[i - 1]
    if slot.clause is not before.clause or len(before.group) > 1 or before.quantity.rule != "unit.classifier":
        return False
    gap = gap_after(reading, i - 1)
    reached = lexicon.reaches_end.search(gap) if _MEASURED.fullmatch(gap) else None
    if reached is None or reading.text.startswith("的", slot.quantity.end):
        return False
    exceeded = slot.quantity.rule == "unit.percent" and reached[0][0] not in "不达"
    return (is_of_each(slot) or exceeded) and not _ALTOGETHER.search(gap) and not lexicon.moves.search(gap)


_GRADE_END = regex.compile("级(?:别|的?规模|行列|水平|台阶|大关|俱乐部|方阵)?(?=$|[^\\p{Han}])")
"""What is said to be reached of a grade, and no noun that the grade describes: ``产业规模达到千亿级``."""


def _is_grade_reached(reading: Reading, slot: Slot, lexicon: Lexicon) -> bool:
    """``该产业跃升至千亿级``, ``迈入万亿级规模``: a grade that something has come to."""
    before = reading.words_in(slot.left, slot.quantity.start)
    verb = next((w for w in reversed(before) if w.text not in lexicon.bound_before and w.text != "了"), None)
    reaching = verb is not None and (verb.text in lexicon.reach or verb.text in lexicon.arriving)
    return reaching and _GRADE_END.match(reading.text, slot.quantity.end) is not None


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
    """``投资亿元以上项目``, ``首个500亿元园区``: how big the things are that the text speaks of."""
    text, quantity = reading.text, slot.quantity
    unit = quantity.data["unit"]
    sized = unit and unit.lstrip("万亿") in ("", "元")
    if sized and ONE_OF.search(lexicon.before_pattern.sub("", text[slot.left : quantity.start])):
        return any(w.text.endswith(lexicon.sized_nouns) for w in reading.words_in(quantity.end, slot.right)[:_NAME_LENGTH])
    if not _MAGNITUDE.fullmatch(quantity.text) or quantity.data["value"] not in (1, 10, 100, 1000):
        return False
    if sized and lexicon.sized_noun.match(text, quantity.end):
        return True
    described = lexicon.narrowed.match(text, quantity.end) or _LINKED_NOUN.match(text[quantity.end : slot.right])
    return bool(described and lexicon.sized.search(text, max(0, quantity.start - 4), quantity.start))


_NAME_LENGTH = 3
"""How many words the name of a sized thing may have before it ends in its class: 水利/工程."""
ONE_OF = regex.compile(
    r"(?:^|、|(?<=\p{Han}))(?:首|每|某|一|多|数|若干|好几|几|第[\d零一二三四五六七八九十百]+)[个家条座批项只]$"
)
"""一批, 多个 and 首个 stand between a list or an owner and the size of what they count."""


def before_count(reading: Reading, i: int, lexicon: Lexicon) -> bool:
    """``规模过1000亿元的集群1个``, ``投资500万元以上技改项目1.2万个``, ``25户以上自然村通水泥路占比达到98%``."""
    if i + 1 >= len(reading.slots):
        return False
    slot, after = reading.slots[i], reading.slots[i + 1]
    if slot.clause is not after.clause or slot.quantity.data["unit"] in ("%", "‰", "个百分点"):
        return False
    gap = gap_after(reading, i)
    if lexicon.moves.search(lexicon.counting_end.sub("", gap)):
        return False
    if lexicon.counts(after.quantity.data["unit"]):
        over = reading.text[slot.quantity.start - 1 : slot.quantity.start] in ("超", "过")
        bound = over or lexicon.before_pattern.search(reading.text[slot.left : slot.quantity.start])
        if bound and gap[:1] == "的" and lexicon.counting_end.fullmatch(gap[1:] or "有"):
            return True  # 产值超100亿元的3个
        return bool(lexicon.counted_gap.fullmatch(gap) or (over and lexicon.sized_gap.fullmatch(gap)))
    return after.quantity.data["unit"] == "%" and bool(lexicon.shared_gap.fullmatch(gap))


def before_counts(reading: Reading, slot: Slot, lexicon: Lexicon) -> bool:
    """``规模超过万亿元、千亿元和百亿元的国家分别有14个、62个和137个``: as many classes as are counted behind them."""
    last = slot.group[-1]
    if last + 1 >= len(reading.slots):
        return False
    after = reading.slots[last + 1]
    return (
        after.clause is slot.clause
        and len(after.group) == len(slot.group)
        and lexicon.counts(after.quantity.data["unit"])
        and lexicon.counted_gap.fullmatch(gap_after(reading, last)) is not None
    )


def after_count(reading: Reading, i: int, lexicon: Lexicon) -> bool:
    """``50个规模300亿元以上轻工特色产业集群``."""
    slot, before = reading.slots[i], reading.slots[i - 1]
    units = slot.quantity.data["unit"], before.quantity.data["unit"]
    if slot.clause is not before.clause or units[0] == "%" or not lexicon.counts(units[1]):
        return False
    gap = gap_after(reading, i - 1)
    following = reading.text[slot.quantity.end : slot.right]
    if lexicon.said_of.search(gap) or _JOINT_END.search(gap):
        return False
    if gap == "" and not lexicon.counts(units[0]):
        return bool(_BOUNDED_NOUN.match(following))
    attribute = _ATTRIBUTE.fullmatch(gap)
    if not attribute:
        return False
    if _MAGNITUDE.fullmatch(slot.quantity.text) and regex.match(_NOUN, following):
        return True  # 新建1000个粮油千亩高产片
    if _LINKED_NOUN_OR_END.match(following):
        return bool(_OVER_END.search(gap)) or lexicon.bare_head_end.search(gap) is not None
    return bool(_BOUND_AND_NOUN.match(following))
