"""What follows a number: the noun phrase that it counts, where that ends, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import (
    BRACKETS,
    JOINTS,
    MARKS,
    PARTICLES,
    is_noun,
    is_verb,
    phrase,
    plain,
    strip_left,
    strip_predicate,
)
from pipeline.relate.reading import Reading, Slot, Word, kind_of_unit

_SAYING_LENGTH = 18
_MARK_OR_FIGURE = regex.compile(r"[，。；：\d]")
_SIZE = regex.compile(r"(?P<size>[长高宽深厚重])的(?=[\p{Han}“])")
_SORTS = ("方面", "类", "大类", "种", "批")
"""Units that sort what the number right behind them counts: 6方面109项重大工程."""
SIZING = ("unit.length", "unit.mass")
"""Units of sizes: a measure right before such a number is of the noun behind it."""
_RELATIVE_REACH = 7
"""How many words a relative clause right after the number may have before its 的."""


@dataclass(frozen=True, slots=True)
class Right:
    """What stands after a number.

    ``noun`` is the noun phrase that the number counts, ``predicate`` what is said of it (恢复供电 of
    ``37座变电站恢复供电``), ``possessed`` what the noun has by a 的 behind it (图像采集 of ``278个洞窟的图像采集``).
    """

    noun: str
    predicate: str
    linked: bool
    """Whether 的 stands between number and noun."""
    end: int
    """Where the noun phrase ends; 0 where what follows the thing counted is what the next number measures."""
    saying: str = ""
    """All that follows in the clause, where it begins with a verb."""
    clause: str = ""
    """All that follows in the clause, where it is a clause of its own: 水质达到优良."""
    possessed: str = ""
    said: str = ""
    """The predicate where it can be put before the noun: short, and whole, so that no other number is part of it."""
    size: str = ""
    """The adjective by which the number says how big the noun is: 深 of ``400米深的采煤区``."""


def right_of(reading: Reading, slot: Slot, lexicon: Lexicon) -> Right:
    """Reads the text from the number to the right edge of its slot."""
    last = reading.slots[slot.group[-1]]
    alone = slot.quantity.end <= slot.right and not _joint_follows(reading, slot)
    start, end = (slot.quantity.end, slot.right) if alone else (last.quantity.end, last.right)
    edge = lexicon.after_pattern.match(reading.text, start)
    start = edge.end() if edge else start
    sized = _SIZE.match(reading.text, start, end) if slot.quantity.rule in SIZING else None
    if sized:
        start = sized.end() - 1
    linked = reading.text[start : start + 1] == "的"
    words = reading.words_in(start + (1 if linked else 0), end, slot.clause.depth)
    at = slot.group[-1] + 1
    if not words and slot.quantity.data["unit"] in _SORTS and end < slot.clause.end and at < len(reading.slots):
        return replace(right_of(reading, reading.slots[at], lexicon), end=0)
    if linked and not words and (beyond := _beyond_number(reading, slot, start + 1, lexicon)):
        return beyond
    if linked and words and words[0].text in lexicon.change:
        return Right(words[0].text, "", linked, words[0].end)
    behind = _behind_places(reading, slot, words, lexicon)
    if behind:
        words, end = behind, behind[-1].end
    noun = words[: _extent(words, slot, lexicon, linked)]
    if _classifies(slot) and (described := _described(reading, slot, noun, words, lexicon)):
        return described
    counted = _counted(reading, noun, words, slot, lexicon)
    cut = len(counted) < len(noun)
    troubled = _troubled(words, lexicon)
    if troubled:
        counted, cut = words[:troubled], False
    rest = words[len(counted) :]
    possessed: list[Word] = []
    if troubled:
        possessed, rest = [w for w in rest if not MARKS.fullmatch(w.text)], []
    elif not cut and rest and rest[0].text == "的":
        possessed = _until_verb(rest[1:], lexicon)
        rest = rest[1 + len(possessed) :]
    if rest and rest[0].text in JOINTS:  # 和多架无人机, 及新疆生产建设兵团
        rest = rest[1:]
        rest = rest[next((i for i, w in enumerate(rest) if not _is_nominal(w, lexicon)), len(rest)) :]
    if possessed and slot.quantity.data["unit"].endswith(_FOR_ACTORS) and not lexicon.actor_end.search(counted[-1].text):
        reach = _extent(possessed, slot, lexicon)
        if reach and lexicon.actor_end.search(possessed[reach - 1].text):  # 三十多家不同细分领域的企业
            counted, possessed, rest = possessed[:reach], [], [*possessed[reach:], *rest]
    saying = ""
    if (
        words
        and (words[0].tag[:1] in ("v", "d", "p", "i") or words[0].text in ("为", "是"))
        and not linked
        and not (noun and words[0].tag == "vn")
    ):
        saying = _text([w for w in words if w.text not in lexicon.modals])
    clause = (
        _text([w for w in words if w.text not in lexicon.modals and w.text != "了"])
        if end == last.clause.end and rest
        else ""
    )
    idiom = bool(rest) and rest[0].tag in ("i", "l", "z")
    while rest and (rest[0].text in (*_AMONG, *lexicon.modals) or rest[0].text in PARTICLES or rest[0].tag in ("d", "f")):
        rest = rest[1:]
    predicate = "" if idiom else _text([w for w in rest if w.text != "了"])
    done_to = reading.text[slot.quantity.start - 1] == "对" and slot.quantity.rule != "unit.people"
    said = predicate if end == last.clause.end and sayable(predicate) and not done_to else ""
    if predicate in lexicon.adverbs:
        said = ""
    if said and possessed:
        said = _text(possessed) + said if _classifies(slot) or slot.quantity.data["unit"] == "%" else ""
    acts = (
        counted
        and lexicon.actor_end.search(counted[-1].text)
        and rest
        and (rest[0].tag.startswith("v") or rest[0].text in lexicon.change)
    )
    if acts and not said and not cut and end == slot.right and _classifies(slot):
        said = _over_number(reading, slot, predicate, lexicon)
    if cut and not said:
        said = _threshold(reading, slot, counted[-1].end, lexicon)
    text = plain("".join(w.text for w in counted))
    stop = 0 if cut or behind else counted[-1].end if counted else start
    size = sized["size"] if sized else ""
    return Right(text, predicate, linked, stop, saying, clause, _text(possessed).rstrip("和及与"), said, size)


def _beyond_number(reading: Reading, slot: Slot, start: int, lexicon: Lexicon) -> Right | None:
    """``总投资120亿元的12英寸晶圆制造项目``: the noun of a number with 的, where another number stands right before it."""
    at = slot.group[-1] + 1
    if at >= len(reading.slots) or reading.slots[at].quantity.start != start:
        return None
    after = right_of(reading, reading.slots[at], lexicon)
    named = "" if counts_things(reading.slots[at]) else reading.slots[at].quantity.text
    return Right(named + after.noun, "", True, 0) if after.noun else None


def _described(reading: Reading, slot: Slot, noun: list[Word], words: list[Word], lexicon: Lexicon) -> Right | None:
    """``4台单机容量30万千瓦的机组``: the noun behind a measure with its value, which only describes it."""
    at = slot.group[-1] + 1
    text = "".join(w.text for w in noun)
    if at >= len(reading.slots) or not lexicon.attribute_end.search(text) or reading.slots[at].clause is not slot.clause:
        return None
    rest = "".join(w.text for w in words[len(noun) :])
    if rest and not lexicon.predicate_end.search(rest):
        return None
    after = right_of(reading, reading.slots[at], lexicon)
    return Right(after.noun, "", False, 0) if after.linked and after.noun else None


def _behind_places(reading: Reading, slot: Slot, words: list[Word], lexicon: Lexicon) -> list[Word]:
    """The words behind where those come from whom a number counts: 群众获救 of ``300名来自14个乡镇的群众获救``, or none."""
    if not words or words[0].text not in lexicon.origins:
        return []
    at = slot.group[-1] + 1
    within = at < len(reading.slots) and reading.slots[at].clause is slot.clause
    end = reading.slots[at].right if within else words[-1].end
    whole = reading.words_in(words[0].start, end, slot.clause.depth)
    return whole[next((i for i, w in enumerate(whole) if w.text == "的"), len(whole)) + 1 :]


def noun_behind(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """The noun that what a number counts describes by a 的: 群众 of ``14个乡镇的群众获救``; empty where there is none."""
    words = reading.words_in(slot.quantity.end, slot.right, slot.clause.depth)
    behind = words[next((i for i, w in enumerate(words) if w.text == "的"), len(words)) + 1 :]
    return _text(behind[: _extent(behind, slot, lexicon)])


def _over_number(reading: Reading, slot: Slot, predicate: str, lexicon: Lexicon) -> str:
    """A predicate whose object is counted too: 发布项目 of ``11个国家发布74个项目``; empty where it gives a value."""
    at = slot.group[-1] + 1
    if len(slot.group) > 1 or at >= len(reading.slots) or reading.slots[at].clause is not slot.clause:
        return ""
    after = reading.slots[at]
    gap = reading.text[slot.quantity.end : after.quantity.start]
    if after.right != slot.clause.end or lexicon.predicate_end.search(gap) or not counts_things(after):
        return ""
    text = predicate + right_of(reading, after, lexicon).noun
    return text if sayable(text) and len(predicate) > 1 and predicate[-1] not in PARTICLES else ""


def counts_things(slot: Slot) -> bool:
    """Whether a unit says how many or how much of a thing: 个, 万件, 亿元; not a share, a length, a time."""
    return slot.quantity.rule in ("unit.classifier", "unit.people") or slot.quantity.data["unit"].endswith("元")


def _troubled(words: list[Word], lexicon: Lexicon) -> int:
    """How many words name those who have a trouble that the clause ends in: 2 of 农村/人口/饮水/不/安全/问题; 0 without."""
    end = len(words)
    while end and MARKS.fullmatch(words[end - 1].text):
        end -= 1
    if not end or words[end - 1].text not in lexicon.troubles or any(w.text == "的" for w in words[:end]):
        return 0
    return max((i + 1 for i in range(end - 1) if lexicon.actor_end.search(words[i].text)), default=0)


def sayable(predicate: str) -> bool:
    """Whether what is said can be put before a noun: short, without marks and figures."""
    return 2 <= len(predicate) <= _SAYING_LENGTH and not _MARK_OR_FIGURE.search(predicate)


def _threshold(reading: Reading, slot: Slot, start: int, lexicon: Lexicon) -> str:
    """降雨量超过200毫米 of ``12个市县降雨量超过200毫米``: a bound that the things counted are beyond."""
    following = reading.text[start : slot.right]
    text = reading.text[start : slot.clause.end]
    bound = lexicon.before_pattern.search(following)
    return text if bound and len(text) <= _SAYING_LENGTH and len(bound[0]) > 1 and bound[0][0] != "不" else ""


_FOR_ACTORS = ("家", "名", "位")
"""Classifiers of those who act: what they count is no field, level or kind."""
_SPAN_OF_TIME = regex.compile("[一每全当半][年天月日次周季]")
_LINK = regex.compile(r"[^，。；：]{0,24}(?:、|和|及|以及|与)(?:近|约|超过|超|逾)?")
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
    aspect = False
    words = reading.words_in(slot.left, reading.slots[slot.group[0]].quantity.start, slot.clause.depth)
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        if word.text in ("了", "着", "过"):
            aspect = True
        elif word.text == "的" and i and words[i - 1].tag in ("ns", "s", "f"):
            continue
        elif aspect or (
            (word.tag.startswith("v") or word.text in lexicon.relations)
            and word.text not in lexicon.adverbs
            and word.text not in lexicon.bound_before
        ):
            if word.text in lexicon.reach or word.text in lexicon.change or word.text in PARTICLES:
                return "", ""
            return word.text, phrase(strip_left(strip_predicate(words[:i], lexicon)[0], lexicon), lexicon)
        elif not (
            word.text in lexicon.adverbs
            or word.text == "其中"
            or word.text in lexicon.bound_before
            or word.text in lexicon.places
            or word.tag in ("ns", "s", "f", "d", "t")
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
    first = next((i for i in range(len(words) - 1, -1, -1) if is_verb(words[i], lexicon)), -1) + 1
    text = "".join(w.text for w in words[first:])
    named = any(w.tag in ("ns", "nr", "nt", "nz", "v") for w in words[first:])
    return text if _LISTED.fullmatch(text) and len(text) <= _SAYING_LENGTH and not named else ""


def owner_before(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """Whose things a number counts, where that alone stands before it: 大运会 of ``大运会49个场馆``.

    Empty for what is only a region (``福建12个市县``): where the things are does not tell which are counted.
    """
    words = reading.words_in(slot.left, reading.slots[slot.group[0]].quantity.start, slot.clause.depth)
    while words and (words[-1].text in lexicon.bound_before or words[-1].tag == "t"):
        words = words[:-1]
    words = strip_left(words, lexicon)
    text = plain("".join(w.text for w in words))
    if not 1 < len(text) <= _SAYING_LENGTH or lexicon.region_end.search(text) or text in lexicon.parts:
        return ""
    if words[-1].text in ("的", "有") or (len(words) == 1 and text in lexicon.light_verbs):
        return ""
    if any(w.text in JOINTS or not is_noun(w, lexicon) or w.text in lexicon.reach for w in words) or words[-1].tag in (
        "f",
        "t",
    ):
        return ""
    natural = lexicon.feature_end.search(text)
    return text if natural or not any(w.tag in ("ns", "nr", "f", "s") for w in words) else ""


def _text(words: list[Word]) -> str:
    return str(BRACKETS.sub("", "".join(w.text for w in words)).rstrip("。；，！、的 \n"))


def _joint_follows(reading: Reading, slot: Slot) -> bool:
    """Whether the number is one of a group whose noun stands after the last of them."""
    return len(slot.group) > 1 and slot is not reading.slots[slot.group[-1]]


def _adverbial(word: Word, following: Word | None, noun: list[Word], lexicon: Lexicon) -> bool:
    """Whether a word that may be a noun is an adverb here: 基本 in ``厂房基本建成``, 重新 in ``人员重新上岗``, 同比."""
    actor = bool(lexicon.actor_end.search(noun[-1].text))
    if word.tag == "t" and following and (following.tag[0] in "vdp" or following.text in lexicon.modals):
        return True
    if actor and (word.tag == "t" or _SPAN_OF_TIME.fullmatch(word.text)):
        return True
    if word.text not in lexicon.adverbs:
        return False
    return word.text in lexicon.inner_adverbs or bool(following and following.tag == "v") or actor


def _extent(words: list[Word], slot: Slot, lexicon: Lexicon, linked: bool = False) -> int:
    """How many of the words after the number make up the noun phrase."""
    noun: list[Word] = []
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else None
        if word.text == "的" and noun:
            if noun[-1].tag.startswith(("a", "b", "z", "v", "d", "l", "i")) or any(is_verb(w, lexicon) for w in noun):
                noun.append(word)
                continue
            break
        if word.text in JOINTS and noun and following and following.tag == "m" and slot.right == slot.clause.end:
            break  # 40枚导弹和多架无人机
        deeds = following is not None and following.text in lexicon.noun_verbs and i + 2 < len(words)
        if word.text in JOINTS and noun and following and _is_name(following) and _classifies(slot):
            break
        goes_on = following is not None and (_is_nominal(following, lexicon) or following.text in lexicon.further or deeds)
        if (word.text in JOINTS and noun and goes_on) or (noun and noun[-1].text in JOINTS and word.text in lexicon.further):
            noun.append(word)
            continue
        aged = slot.quantity.data["unit"].endswith("岁")
        if word.text == "等" and noun and following and is_noun(following, lexicon) and not aged:  # 手机等数码产品
            noun.append(word)
            continue
        if noun and (size := _subdivisions(words, i)):
            return i + size
        if noun and (size := _clause_as_modifier(words, i, slot, lexicon)):
            return _trimmed(words, i + size + _extent(words[i + size :], slot, lexicon))
        wholly = word.text == "全" and following is not None and following.tag[0] == "v"
        if word.text in lexicon.inner_adverbs or (noun and (wholly or _has_aspect(word, following))):
            break
        if noun and word.tag == "v" and slot.quantity.rule == "unit.people" and lexicon.actor_end.search(noun[-1].text):
            break  # 1200名游客驶离港口
        deed = word.text in lexicon.noun_verbs or word.text in lexicon.kept_verbs
        if noun and deed and following is None and lexicon.actor_end.search(noun[-1].text) and slot.right == slot.clause.end:
            break
        if noun and _adverbial(word, following, noun, lexicon):
            break
        if not (
            (_is_nominal(word, lexicon) and not _unlisted_verb(words, i, lexicon))
            or _verb_in_noun(words, i, lexicon, noun)
            or _must_count(word, slot, noun, following, lexicon, linked)
            or _verb_for_noun(words, i, lexicon, noun)
            or (linked and noun and following is None and word.text in lexicon.noun_verbs)
        ):
            break
        noun.append(word)
    return _trimmed(noun, len(noun))


def _is_name(word: Word) -> bool:
    """Whether a word is the name of a place or body, which nobody counts: 30个省份及新疆生产建设兵团."""
    return word.tag in ("ns", "nt") and len(word.text) > (2 if word.tag == "ns" else 4)


def _has_aspect(word: Word, following: Word | None) -> bool:
    """Whether a word is a verb by the 了, 着 or 过 behind it, also one that jieba ran together with it: 通了."""
    return (len(word.text) > 1 and word.text[-1] == "了") or bool(following and following.text in ("了", "着", "过"))


_AMONG = ("当中", "之中")


def _trimmed(words: list[Word], size: int) -> int:
    """The length of a noun phrase of the first ``size`` words without particles and locatives at its end."""
    while size:
        last = words[size - 1]
        inside = (last.tag == "f" and len(last.text) < 3) or last.text in _AMONG
        if last.text not in PARTICLES and last.text not in JOINTS and not inside:
            break
        size -= 1
    return size


_SUBDIVISIONS = regex.compile("[（(][区市县旗州盟自治直辖、]{1,8}[）)]")


def _subdivisions(words: list[Word], i: int) -> int:
    """How many words from ``i`` on put other such places in brackets: （区、市） of ``26个省（区、市）``; 0 if none."""
    if words[i].text not in ("（", "("):
        return 0
    match = _SUBDIVISIONS.match("".join(w.text for w in words[i : i + 9]))
    end = words[i].start + match.end() if match else 0
    return next((size for size, word in enumerate(words[i:], start=1) if word.end == end), 0)


def _clause_as_modifier(words: list[Word], i: int, slot: Slot, lexicon: Lexicon) -> int:
    """How many words from ``i`` on end a clause that modifies a noun: 突出的 in ``3个优势突出的产业``; 0 where none do.

    What stands before is then no actor, and behind the 的 a noun.
    """
    if not _classifies(slot) or words[i].tag[:1] not in ("v", "a", "d", "p") or is_noun(words[i], lexicon):
        return 0
    if lexicon.actor_end.search(words[i - 1].text):
        return 0
    for k, word in enumerate(words[i : i + _RELATIVE_REACH]):
        if word.text == "的":
            return k + 1 if i + k + 1 < len(words) and is_noun(words[i + k + 1], lexicon) else 0
        if word.text in "，；：":
            return 0
    return 0


def _until_verb(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """The words up to a comma, particle or adverb: the noun phrase behind a 的, deeds included (图像采集, 饮水困难)."""
    stop = next(
        (i for i, w in enumerate(words) if w.text not in JOINTS and (MARKS.fullmatch(w.text) or w.tag in ("d", "p", "c"))),
        len(words),
    )
    return words[:stop]


def _is_nominal(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word is a noun, or a set phrase that names people: 未成年人."""
    named = word.tag == "l" and (bool(lexicon.actor_end.search(word.text)) or lexicon.is_noun(word.text[-2:]))
    return is_noun(word, lexicon) or named


def _unlisted_verb(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether a word of no dictionary is a verb by its end: 撑起, 串起, 抢通, not the name 中国通."""
    word = words[i]
    return bool(i) and word.tag == "x" and len(word.text) == 2 and word.text[-1] in lexicon.complements


def _counted(reading: Reading, noun: list[Word], words: list[Word], slot: Slot, lexicon: Lexicon) -> list[Word]:
    """The part of a noun phrase that a classifier counts: 河流 of ``37条河流生态流量保证率不低于90%``.

    What follows the thing counted is then a measure of it, which what is said is said of. The noun of the whole may come
    back with its part: ``91种产品中，59种产品产量增长``.
    """
    text = "".join(w.text for w in noun)
    before = reading.text[slot.quantity.start - 12 : slot.quantity.start].rstrip("中里有，其的")
    if len(noun) > 1 and len(noun[0].text) > 1 and before.endswith(noun[0].text) and noun[1].text not in JOINTS:
        return noun[:1]
    alone = len(noun) == len(words) and slot.right == slot.clause.end
    if slot.quantity.data["unit"].endswith(("%", "元")) or alone or not _measured(text, lexicon):
        return noun
    for i in range(len(noun) - 1, 0, -1):
        if lexicon.actor_end.search(noun[i - 1].text) and noun[i].text not in JOINTS and noun[i].text != "的":
            first = i
            while first > 1 and lexicon.actor_end.search(noun[first - 2].text):
                first -= 1
            return noun[:first]
    return noun[:-1] if _classifies(slot) and len(noun) > 1 and noun[-1].text in lexicon.bare_heads else noun


def _measured(text: str, lexicon: Lexicon) -> bool:
    """Whether a noun phrase ends in a measure: 客流量, 保证率, 平均浓度."""
    return bool(lexicon.rate_suffix.search(text) or lexicon.measure_end.search(text))


def unit_noun(slot: Slot, lexicon: Lexicon) -> str:
    """The unit where it is itself the noun of what it counts: 部门 of ``11部门印发方案``, 市 of ``惠及5市``; else empty."""
    unit = kind_of_unit(slot.quantity.data["unit"])
    return unit if unit in lexicon.single_nouns or (len(unit) > 1 and lexicon.actor_end.fullmatch(unit)) else ""


def _classifies(slot: Slot) -> bool:
    """Whether the unit is a word that demands a noun after it: 个, 家, 名; not 人, which counts people by itself."""
    return slot.quantity.rule == "unit.classifier" or slot.quantity.data["unit"].endswith(("名", "位", "户", "岁"))


def _must_count(word: Word, slot: Slot, noun: list[Word], following: Word | None, lexicon: Lexicon, linked: bool) -> bool:
    """Whether a verb opens the noun phrase that a classifier or 的 demands: 74个对接项目, 400米深的采煤区."""
    if (
        not (_classifies(slot) or linked)
        or unit_noun(slot, lexicon)
        or any(_is_nominal(w, lexicon) and w.tag[:1] not in "ab" for w in noun)
        or following is None
    ):
        return False
    if word.text in lexicon.modals or word.text in PARTICLES or word.text in lexicon.reach or word.text in lexicon.change:
        return False
    return word.tag[:1] in "vli" and word.text not in lexicon.light_verbs and not MARKS.fullmatch(following.text)


def _verb_for_noun(words: list[Word], i: int, lexicon: Lexicon, noun: list[Word]) -> bool:
    """Whether a word that is verb as well as actor closes the phrase before what is said of it: 涉黑组织被铲除."""
    if not noun or not lexicon.actor_end.search(words[i].text):
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    return (
        following is None
        or following.tag in ("p", "d", "v")
        or following.text in lexicon.modals
        or bool(MARKS.fullmatch(following.text))
    )


def _verb_in_noun(words: list[Word], i: int, lexicon: Lexicon, noun: list[Word]) -> bool:
    """Whether the verb at ``i`` belongs to a noun phrase: 合作项目, 极具特色的项目."""
    word = words[i]
    following = words[i + 1 :]
    if word.text in lexicon.modals or word.text in PARTICLES or word.text in lexicon.reach or not following:
        return False
    if not noun and word.tag[:1] in "vdil":
        linked = next((k for k, w in enumerate(following[:_RELATIVE_REACH]) if w.text == "的"), None)
        if linked is not None and not any(w.text == "，" for w in following[:linked]):
            return linked + 1 < len(following) and is_noun(following[linked + 1], lexicon)
    if noun and word.tag in ("l", "i"):
        return is_noun(following[0], lexicon)
    if not word.tag.startswith("v"):
        return False
    if word.tag == "v" and word.text in lexicon.relations and word.text not in lexicon.noun_verbs:
        return False
    if not is_noun(following[0], lexicon) or len(word.text) < 2 or word.text in lexicon.change:
        return False
    if not noun and i == 0:
        return word.tag == "vn" or word.text in lexicon.noun_verbs or word.text in lexicon.attributives
    light = word.text in lexicon.light_verbs and word.text not in lexicon.noun_verbs
    if noun and word.tag == "v" and all(w.tag == "vn" for w in following):  # 项目抓紧施工
        return False
    if noun and (light or word.text[-1] in lexicon.complements) and not lexicon.actor_end.search(noun[-1].text):
        return _compound(following, lexicon) or (len(following[0].text) == 1 and following[0].tag == "n")
    if noun and not light and word.tag == "v" and lexicon.actor_end.search(noun[-1].text):
        return _compound(following, lexicon)
    return not light


def _compound(following: list[Word], lexicon: Lexicon) -> bool:
    """Whether the noun behind a verb makes it part of a name: 城市更新项目, not 专家组分赴主产区."""
    stop = next((k for k, w in enumerate(following) if not is_noun(w, lexicon)), len(following))
    return bool(lexicon.compound_end.search("".join(w.text for w in following[:stop])))
