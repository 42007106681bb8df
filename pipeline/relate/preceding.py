"""What stands before a number that counts things: the verb over it, its owner, what it is per, numbers it is listed with."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.following import SAYING_LENGTH
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import (
    JOINTS,
    PARTICLES,
    is_noun,
    is_verb,
    phrase,
    plain,
    strip_left,
    strip_predicate,
    without_whereabouts,
)
from pipeline.relate.reading import Reading, Slot, Word

_LINK = regex.compile(r"[^，。；：]{0,24}(?:、|和|及|以及|与)(?:近|约|超过|超|逾)?")
_ORDINAL = regex.compile("第[一二三四五六七八九十\\d]+[期批次轮]?|[首期批]|首[期批次]")
"""发行第三期150亿元国债: which one it is stands between a verb and its object."""
_NO_LINK = regex.compile(r"\p{Han}{0,3}(?<![有中里自于])(?:（[^（）]{1,12}）)?")


def chain(reading: Reading, slot: Slot) -> tuple[Slot, Slot]:
    """The first and the last of coordinated numbers with a noun each: ``50个国家、500个机构、5000名人员参加``."""
    if len(slot.group) > 1:
        return slot, slot
    first = last = slot.group[0]
    while first and is_linked(reading, reading.slots[first - 1], reading.slots[first]):
        first -= 1
    while last + 1 < len(reading.slots) and is_linked(reading, reading.slots[last], reading.slots[last + 1]):
        last += 1
    return reading.slots[first], reading.slots[last]


def is_linked(reading: Reading, one: Slot, other: Slot) -> bool:
    """Whether a conjunction, or nothing, joins what a number and the next one count: 18个大项269个小项."""
    if one.clause is not other.clause or len(one.group) > 1 or len(other.group) > 1:
        return False
    gap = one.quantity.end, other.quantity.start
    beside = one.quantity.rule != "unit.duration" and _NO_LINK.fullmatch(reading.text, *gap)
    return bool(beside or _LINK.fullmatch(reading.text, *gap))


def governor(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[str, str]:
    """The verb that has the noun after the number as its object: 贯穿 in ``公路贯穿沿海12个市县``; and who does it.

    Only aspect, adverbs, bounds and places may stand between the two. Both are empty where there is none.
    """
    aspect = linked = False
    words = reading.words_in(slot.left, reading.slots[slot.group[0]].quantity.start, slot.clause.depth)
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        if word.text in ("了", "着", "过"):
            aspect = True
        elif word.text == "的" and i and words[i - 1].tag in ("ns", "s", "f"):
            linked = True
        elif linked and word.text in lexicon.origins:
            return "", ""  # 展出来自海外的3000件文物: where they come from describes them
        elif aspect or (
            (word.tag.startswith("v") or word.text in lexicon.relations)
            and word.text not in lexicon.adverbs
            and word.text not in lexicon.bound_before
        ):
            if word.text in lexicon.reach or word.text in lexicon.change or word.text in PARTICLES:
                return "", ""
            doer = without_whereabouts(strip_left(strip_predicate(words[:i], lexicon)[0], lexicon), lexicon)
            return word.text, phrase(doer, lexicon)
        elif not (
            word.text in lexicon.adverbs
            or word.text == "其中"
            or word.text in lexicon.bound_before
            or word.text in lexicon.places
            or word.text in lexicon.worldwide
            or word.tag in ("ns", "s", "f", "d", "t")
            or _ORDINAL.fullmatch(word.text)
        ):
            return "", ""
    return "", ""


def each_before(reading: Reading, slot: Slot, linked: bool, lexicon: Lexicon) -> str:
    """The base that a number is per, with 每: 每个充电桩 of ``每个充电桩服务6.5辆汽车``; empty for a time alone (每年).

    A time counts only right before a number with 的 or next to another base: 每天 of ``每天3万立方米的涌水``, 每人每月.
    """
    words = reading.words_in(slot.left, reading.slots[slot.group[0]].quantity.start, slot.clause.depth)
    first = next((i for i, w in enumerate(words) if w.text.startswith("每")), None)
    if first is None:
        return ""
    last = first
    while last + 1 < len(words) and (words[last + 1].text.startswith("每") or _of_base(words, last + 1, lexicon)):
        last += 1
    text = "".join(w.text for w in words[first : last + 1])
    if linked and last + 1 == len(words) and slot.quantity.start == words[last].end:
        return text
    return "" if regex.fullmatch("每(?:年度?|月|日|天|季度?|周|次|小时|分钟?|秒钟?)", text) else text


def _of_base(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether a word goes on the base after 每: the classifier, then the noun."""
    word, before = words[i], words[i - 1]
    if word.text in lexicon.adverbs or word.text in lexicon.bare_heads or word.text.endswith("有"):
        return False
    if word.text in lexicon.bound_before:
        return False
    if word.text in lexicon.relations:
        return False
    inner = word.tag.startswith("v") and word.text not in lexicon.light_verbs and i + 1 < len(words)
    return (
        (before.text == "每" and len(word.text) == 1)
        or is_noun(word, lexicon)
        or (inner and len(word.text) > 1 and is_noun(words[i + 1], lexicon))
    )


_LISTED = regex.compile(r"(?:[\p{Han}“”A-Za-z]{2,8}、)+[\p{Han}“”A-Za-z]{2,8}等(?:各类)?")


def listed_before(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """The members that a short noun is the name for: 签约、论坛等 of ``举办签约、论坛等380场活动``; empty for names."""
    words = reading.words_in(slot.left, reading.slots[slot.group[0]].quantity.start, slot.clause.depth)
    words, _ = strip_predicate(words, lexicon)
    first = next((i for i in range(len(words) - 1, -1, -1) if is_verb(words[i], lexicon) or words[i].text == "了"), -1) + 1
    text = "".join(w.text for w in words[first:])
    named = any(w.tag in ("ns", "nr", "nt", "nz", "v") for w in words[first:])
    return text if _LISTED.fullmatch(text) and len(text) <= SAYING_LENGTH and not named else ""


def owner_before(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """Whose things a number counts, where that alone stands before it: 大运会 of ``大运会49个场馆``.

    Empty for what is only a region (``福建12个市县``): where the things are does not tell which are counted.
    """
    words = reading.words_in(slot.left, reading.slots[slot.group[0]].quantity.start, slot.clause.depth)
    while words and (words[-1].text in lexicon.bound_before or words[-1].tag == "t"):
        words = words[:-1]
    words = strip_left(words, lexicon)
    text = plain("".join(w.text for w in words))
    if not 1 < len(text) <= SAYING_LENGTH or lexicon.region_end.search(text) or text in lexicon.parts:
        return ""
    if words[-1].text in ("的", "有") or words[-1].text in lexicon.light_verbs:
        return ""
    if any(w.text in JOINTS or not is_noun(w, lexicon) or w.text in lexicon.reach for w in words) or words[-1].tag in (
        "f",
        "t",
    ):
        return ""
    natural = lexicon.feature_end.search(text)
    return text if natural or not any(w.tag in ("ns", "nr", "f", "s") for w in words) else ""
