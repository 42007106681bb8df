"""Phrases: the noun phrase and the predicate to the left of a number."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot, Word

_NOUN_TAGS = ("n", "a", "b", "j", "x", "eng", "s", "f", "t", "z", "vn", "an", "k", "h", "g", "m", "q")
PARTICLES = frozenset("的地得了着过和及与或、并且而，在于对向从由为被把将是有也都均就才又还已比较按以使让给等")
_BASE = regex.compile(
    r"(?:(?<!占)比(?!高达|为|达|提高|降|$)|较|同比|环比|相比|(?<!不)高于|快于|(?<!不)低于|慢于|高出)(?!重|例|率|较|值|武|赛|特|分)[^，。；]*$|(?:与|同|跟)[^，。；]{1,16}(?:相比|持平)$|^\p{Han}{0,4}同期(?:[^，。；]{0,4}的(?:最[高低])?(?:[纪记]录|水平))?$"
)
BRACKETS = regex.compile(r"[（(][^（）()]*[）)]")
MARKS = regex.compile(r"[\p{P}\p{S}\s--[“”‘’《》〈〉·+\-%℃]]+", flags=regex.V1)
_THROUGH_PLACE = regex.compile(
    r"^.*?(?<!相当于|占|与|低于|高于)(?:全国|全省|全市|全县|全区|我国|我省|我市|我县|全自治区)(?=.{2,})|^.*(?:部分地区|[东西南北中]部地区|等地区|等地|各地)的?(?=[^级市内等的人]{2,})"
)
_INCLUDING = regex.compile(r"^[^，。；]{2,}?在内的")
"""包括国债、借款在内的国家负债额: what a whole takes in is no part of its name."""
_TOWARDS = regex.compile(
    r"^(?:向|为|在|按照|按|通过|依托|利用|把|将).{3,}?(?=供应|提供|发放|新增|投放|设立|开展|建设|拨付|出口)"
)
_ARTICLES = regex.compile(
    r"^(?:像?(?:这样|那样)的|类似的|的|各[类种](?!型)(?=[^、和]{3})|和(?![美谐平])|及|与|一[个批条座项家种名位支套份](?=[^、和])|这[个条座些项家次种所届批台艘架款列处间栋枚件只名位片]|每(?:[个家](?=[^百千万十名人户个])|(?=[年月日天周季])))"
)
_STRAY_MARKS = regex.compile(r"^[\s、，：；。’）)]+|[\s、，：；。‘（(]+$")
_LISTED = regex.compile(r"[^等]+、[^等]+等(?P<noun>[^、的]{3,}(?:的[^、的]{2,})?)")
_RANKED = regex.compile(r"\p{Han}{2}\d+强")
"""世界500强: a place that is part of a name."""
_MARKS_KEPT = 1 << 12
JOINTS = ("、", "和", "及", "与", "以及")
_LONGEST_RELATIVE = 16
_PLACE_ENDS = ("等地", "局地", "大部", "部分地区", "大部地区", "局部地区", "局部")
_FRONTING = ("把", "将", "对")
_FROM = ("由", "从", "自")
_THIS_PLACE = regex.compile("(?:[该本此][省市县区州国镇]|该地)")


class Left(NamedTuple):
    """What stands before a number.

    ``noun`` is the noun phrase next to the predicate, ``verb`` the verb that governs it (or that governs the noun after the
    number, where ``verb_final``), ``subject`` what stands before that verb, ``predicate`` the words between noun phrase
    and number, from left to right.
    """

    noun: str
    subject: str
    verb: str
    predicate: tuple[str, ...]
    verb_final: bool
    modifier: str
    """A relative clause right before the number: 首批疏解的."""
    chained: bool
    """Whether a 、 or 和 joins it to the number before."""


def left_of(reading: Reading, slot: Slot, lexicon: Lexicon) -> Left:
    """Reads the text from the slot's left edge up to the first number of its group."""
    first = reading.slots[slot.group[0]]
    words = _without_brackets(reading.words_in(slot.left, first.quantity.start, slot.clause.depth))
    chained = bool(words) and words[0].text in JOINTS
    modifier = _modifier(words, lexicon)
    words = _without_origin(words, reading, slot, lexicon)
    words = _without_adjuncts(words, lexicon)
    words, predicate = strip_predicate(words, lexicon)
    words = _without_occasion(words, predicate)
    words, base = _without_base(words)
    if base:
        words, more = strip_predicate(words, lexicon)
        predicate = (*more, *(w for w in lexicon.change if base.startswith(w) and len(w) > 1), *predicate)
    words = strip_left(words, lexicon)
    words = _what_is_said(_object_in_front(words, lexicon), lexicon)
    words = without_whereabouts(words, lexicon)
    words = _behind_pivot(_without_agent(_after_adverb(words, lexicon), lexicon), lexicon)
    subject, verb, verb_final = "", "", False
    if words and is_verb(words[-1], lexicon) and not _nominal(words[-1], predicate, lexicon):
        verb, verb_final = words[-1].text, True
        before, more = strip_predicate(words[:-1], lexicon)
        while before and before[-1].text in lexicon.dropped_verbs:
            before, more = strip_predicate(before[:-1], lexicon)
        subject, words = phrase(without_whereabouts(strip_left(before, lexicon), lexicon), lexicon), []
    else:
        i = _main_verb(words, lexicon)
        if i is not None:
            verb = words[i].text
            subject = phrase(strip_left(strip_predicate(words[:i], lexicon)[0], lexicon), lexicon)
            words = strip_left([w for w in words[i + 1 :] if w.text != "了"], lexicon)
    return Left(
        phrase(words, lexicon, len(slot.group) > 1),
        subject or slot.subject,
        verb,
        predicate,
        verb_final,
        modifier,
        chained,
    )


def _without_brackets(words: list[Word]) -> list[Word]:
    """Drops an aside: 机场（不含港澳台）; what is part of a name stays: 广义货币（M2）余额."""
    opening = next((i for i, w in enumerate(words) if w.text == "（"), None)
    closing = next((i for i, w in enumerate(words) if w.text == "）"), None)
    if not opening or not closing or opening > closing or any(w.text == "、" for w in words[opening:closing]):
        return words
    aside = "".join(w.text for w in words[opening + 1 : closing])
    if closing + 1 < len(words) and _is_part_of_name(aside) and words[closing + 1].tag[:1] in "nvx":
        return words
    return words[:opening] + words[closing + 1 :]


@lru_cache(_MARKS_KEPT)
def is_mark(word: str) -> bool:
    """Whether a word is nothing but marks."""
    return MARKS.fullmatch(word) is not None


def _is_part_of_name(aside: str) -> bool:
    """Whether what stands in brackets is part of a name: M2 in 广义货币（M2）余额, 事 in 企（事）业单位."""
    return len(aside) == 1 or aside.isascii()


def _without_origin(words: list[Word], reading: Reading, slot: Slot, lexicon: Lexicon) -> list[Word]:
    """``碳价从启动时的每吨48元上涨到90元``: cuts off what tells where a change starts, with the preposition before it."""
    last = reading.slots[slot.group[-1]]
    following = reading.text[last.quantity.end : last.right]
    for time in reading.times:  # 增加到现在的148条
        if last.quantity.end <= time.start and time.end <= last.right:
            goal = time.text[0] if time.text[0] in "到至" else ""
            following = following.replace(time.text, goal).removesuffix("的")
    if last.right == last.clause.end or not lexicon.arrival_end.search(following):
        return words
    at = max((i for i, w in enumerate(words) if w.text in _FROM), default=None)
    return words if at is None else words[:at]


def _without_adjuncts(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Drops adverbial phrases of whole words that say by which reckoning: 按可比口径, 扣除价格因素; not 处以罚款共计."""
    text = "".join(w.text for w in words)
    match = lexicon.adjunct.search(text)
    if not match:
        return words
    edges = [0, *accumulate(len(w.text) for w in words)]
    if match.start() not in edges or match.end() not in edges:
        return words
    return words[: edges.index(match.start())] + words[edges.index(match.end()) :]


def _without_occasion(words: list[Word], predicate: tuple[str, ...]) -> list[Word]:
    """``股价开盘时跌破20元``: what happens meanwhile stands between the thing and its predicate; leaves 股价.

    Of ``投资总额，去年修订计划时减少为3亿元`` it leaves nothing: the thing was said before.
    """
    if "时" not in predicate[:2]:
        return words
    if words and words[0].tag[0] == "v":
        return []
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i].tag == "v" and words[i - 1].tag[0] in "nx"), None)
    return words if at is None else words[:at]


def _object_in_front(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """``委员会宣布将利率区间维持在``: what 将 or 把 puts in front, or 让 lets do, is what the verb behind it is said of."""
    for i in range(len(words) - 2, -1, -1):
        if words[i].text in ("将", "把", "让", "使") and (is_noun(words[i + 1], lexicon) or words[i + 1].text == "每"):
            return words[i + 1 :]
    return words


def _what_is_said(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """``专家预测最大风速``: who says it, and that they do, is no part of what is said; leaves 最大风速.

    What is expected of a thing, and not by somebody, stays with it: 机场预计旅客吞吐量.
    """
    for i in range(len(words) - 2, 0, -1):
        if words[i].text not in lexicon.saying or not (is_noun(words[i + 1], lexicon) or words[i + 1].tag == "r"):
            continue
        who = "".join(w.text for w in words[:i])
        if lexicon.actor_end.search(who) or lexicon.agent_end.search(who) or words[i].tag == "v":
            return strip_left(words[i + 1 :], lexicon)
    return words


def without_whereabouts(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """``央企在新区设立机构``: where something is done stands between who does it and the verb; leaves 央企设立机构.

    Where something is stands behind it: ``此类站点在全市共有``.
    """
    at = next((i for i, w in enumerate(words) if w.text == "在"), -1)
    if at < 0 or any(w.text == "的" for w in words[at:]):
        return words
    for i in range(at + 2, len(words) - 1):
        led = words[i].text in lexicon.light_verbs and words[i + 1].tag[0] == "v"  # 开展宣讲
        if _is_deed(words[i], lexicon) and (led or is_noun(words[i + 1], lexicon) or words[i + 1].tag == "r"):
            return words[:at] + words[i:]
    place = words[at + 1 :]
    exists = at and place and is_noun(words[at - 1], lexicon) and not _measured(words[-1], lexicon)
    return words[:at] if exists and all(is_noun(w, lexicon) for w in place) else words


def _is_deed(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word can be a verb with an object."""
    verbal = word.tag in ("v", "vd") or word.text in lexicon.noun_verbs or (word.tag == "x" and len(word.text) == 2)
    verbal = verbal or (word.tag == "vn" and len(word.text) > 2)  # 批准逮捕
    return verbal and len(word.text) > 1 and word.text not in lexicon.change


def _after_adverb(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """``一起案件一次查获犀牛角``: the verb behind an adverb ends the subject; leaves 查获犀牛角."""
    for i in range(len(words) - 3, 0, -1):
        adverb, verb = words[i].text, words[i + 1]
        if len(adverb) > 1 and adverb in lexicon.modals and verb.tag == "v" and len(verb.text) > 1:
            whole = verb.text in lexicon.light_verbs or any(w.text == "的" for w in words[i:])
            return words if whole or _measured(words[-1], lexicon) else words[i + 1 :]
    return words


def _without_agent(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """``各级法院执结案件``: who acts is no part of what is counted; leaves 执结案件.

    What an authority does needs no object, and may be named by a noun: 检察机关批准逮捕, 监管部门检查餐饮单位.
    """
    joined = False
    for i in range(1, len(words) if words and not _measured(words[-1], lexicon) else 0):
        if words[i].text == "的":
            return words
        joined = joined or words[i].text in JOINTS
        official = bool(lexicon.authority_end.search("".join(w.text for w in words[:i])))
        named = official and len(words[i].text) > 1 and (words[i].tag == "vn" or words[i].text in lexicon.activities)
        acts = _is_deed(words[i], lexicon) or (named and words[i].text not in lexicon.change)
        if not acts or lexicon.is_measure("".join(w.text for w in words[i:])):  # 财政补助标准
            continue
        rest = words[i + 1 :]
        if rest and _acts(words[:i], lexicon):
            mutual = joined and words[i].text in lexicon.noun_verbs  # 甲和乙签约合作
            return words if mutual or any(w.text == "的" for w in rest) or not is_noun(rest[-1], lexicon) else words[i:]
        if not rest and official and not joined and not is_verb(words[i], lexicon):
            return words[i:]
    return words


def _behind_pivot(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """``农技员指导农户播种油菜``: who makes others do something is no part of what is done; leaves 播种油菜."""
    at = next((i for i, w in enumerate(words) if w.text in lexicon.pivots), len(words))
    for i in range(at + 2, len(words) - 1):
        if words[i].text == "的" or words[i].text in JOINTS:
            return words
        if _is_deed(words[i], lexicon) and lexicon.actor_end.search(words[i - 1].text):
            return words[i:] if is_noun(words[-1], lexicon) else words
    return words


def _acts(words: list[Word], lexicon: Lexicon) -> bool:
    """Whether words name those who act, one or several: 公安部, 财政部、应急管理部紧急."""
    while words and (words[-1].text in lexicon.adverbs or words[-1].tag in ("d", "ad", "a")):
        words = words[:-1]
    listed = [i for i, word in enumerate(words) if word.text in JOINTS]
    members = [words[i + 1 : j] for i, j in zip([-1, *listed], [*listed, len(words)], strict=True)]
    return bool(words) and all(lexicon.agent_end.search("".join(w.text for w in member)) for member in members)


def _modifier(words: list[Word], lexicon: Lexicon) -> str:
    """The text before a 的 that stands right before the number, where it is a short clause with a verb.

    Where those who are counted come from is left out.
    """
    kept = list(words)
    while kept and (kept[-1].text in lexicon.bound_before):
        kept.pop()
    if len(kept) < 2 or kept[-1].text != "的":
        return ""
    fronted = max((i for i, w in enumerate(kept) if w.text in _FRONTING), default=-1)
    kept = strip_left(kept[fronted + 1 : -1], lexicon)
    text = "".join(w.text for w in kept if w.text not in lexicon.inner_adverbs and w.text != "“")
    aspect = next((i for i, w in enumerate(kept) if w.text == "了"), len(kept) - 1)
    if all(w.tag in ("ns", "s", "f") for w in kept[aspect + 1 :]) and aspect + 1 < len(kept):
        return ""  # 打击了东部的60多个目标: what is done governs the noun behind its place
    verbal = any(w.tag[:1] in "v" for w in kept) and not any(w.text in lexicon.origins for w in kept)
    return plain(text) if verbal and len(text) <= 14 else ""


def _nominal(word: Word, predicate: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether a verb before the predicate is a noun there: 排放 in ``排放减少3%``, not 建成 in ``建成超过300公里``."""
    if (word.text in lexicon.light_verbs and word.text not in lexicon.noun_verbs) or word.tag == "p":
        return False
    return any(
        p in lexicon.change or p in lexicon.rates or (p in lexicon.reach and p not in lexicon.adverbs) for p in predicate
    ) or (word.text not in lexicon.light_verbs and any(p in lexicon.bound_before and len(p) > 1 for p in predicate))


def _main_verb(words: list[Word], lexicon: Lexicon) -> int | None:
    """The index of the last verb that governs the noun phrase at the end, or ``None``.

    A word that is noun as well as verb (服务, 补助) governs only where nothing or an adverb stands before it.
    """
    for i in range(len(words) - 2, -1, -1):
        word, before, after = words[i].text, words[i - 1].text if i else "", words[i + 1].text
        if word in lexicon.kept_verbs and i == 0:
            return None
        if i and _attributive(words, i, lexicon):
            continue
        if after in ("的", *JOINTS) or before in JOINTS or before == "的":
            continue
        if word in lexicon.change and len(word) > 1 and word not in lexicon.nouns and (not i or words[i - 1].tag != "v"):
            return i
        if i and word in lexicon.causatives and "".join(w.text for w in words[i + 1 :]) in lexicon.activities:
            return i  # 项目带动就业
        averaged = not i or regex.fullmatch("[平日月年]均", before)
        measured = averaged and _measured(words[-1], lexicon) and word not in lexicon.causatives
        if (word in lexicon.light_verbs or word in lexicon.possessions) and (
            word not in lexicon.noun_verbs or ((not i or before in lexicon.adverbs) and not measured)
        ):
            return i
    return None


def _measured(word: Word, lexicon: Lexicon) -> bool:
    """Whether a noun names a measure: 收入, 成活率."""
    return word.text in lexicon.bare_heads or bool(lexicon.measure_noun.search(word.text))


def _attributive(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether the verb at ``i`` only describes a measure: 海上风电新增并网容量, 公益金用于养老服务的比例."""
    if not _measured(words[-1], lexicon) or not is_noun(words[i - 1], lexicon):
        return False
    return words[i].text in lexicon.attributives or any(w.text == "的" for w in words[i + 1 :])


def is_noun(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word can stand in a noun phrase by its part of speech."""
    if (
        word.text in PARTICLES
        or word.text in lexicon.modals
        or word.text in lexicon.reach
        or (word.text in lexicon.change and word.text not in lexicon.nouns)
        or is_mark(word.text)
    ):
        return False
    return word.text in lexicon.nouns or word.tag.startswith(_NOUN_TAGS)


def is_verb(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word that stands last before a number, or first in a clause, is a verb there."""
    if word.text in lexicon.nouns or word.text in lexicon.bare_heads:
        return False
    return (
        word.text in lexicon.light_verbs
        or word.text in lexicon.kept_verbs
        or word.text in lexicon.possessions
        or word.tag in ("v", "vd", "vg", "vi", "p")
    )


def _without_base(words: list[Word]) -> tuple[list[Word], str]:
    """Cuts a base of comparison off: ``出口比上年`` leaves 出口 and returns 比上年."""
    text = "".join(w.text for w in words)
    match = _BASE.search(text)
    if not match:
        return words, ""
    kept: list[Word] = []
    length = 0
    for word in words:
        if length < match.start() < length + len(word.text) and match[0][0] == "比":
            return words, ""  # 焦比, 性价比
        if length + len(word.text) > match.start():
            break
        kept.append(word)
        length += len(word.text)
    return kept, match[0]


def strip_predicate(words: list[Word], lexicon: Lexicon) -> tuple[list[Word], tuple[str, ...]]:
    """Takes reach and change verbs, adverbs and bound words off the right end."""
    kept = list(words)
    predicate: list[str] = []
    while kept:
        tail = "".join(w.text for w in kept[-5:])
        end = lexicon.predicate_end.longest(tail)
        size = _whole_words(kept, len(end)) if end else 0
        if size:
            predicate.append(end)
            del kept[-size:]
        elif (per := lexicon.per_measure_end.search(tail)) and (size := _whole_words(kept, len(per[0]))):
            del kept[-size:]
        elif end and len(kept[-1].text) > len(end) + 1 and end in lexicon.change:
            word = kept.pop()
            cut = word.end - len(end)
            kept.append(Word(word.text[: cut - word.start], "n", word.start, cut))
            predicate.append(end)
        elif kept[-1].text in lexicon.predicate_words or is_mark(kept[-1].text) or _arrives(kept, predicate, lexicon):
            predicate.append(kept.pop().text)
        elif base := _base_of_unit(kept, lexicon):
            del kept[-base:]
        else:
            break
    return kept, tuple(p for p in reversed(predicate) if p != "的")


_ARRIVING = regex.compile(r"\p{Han}{1,2}[至到]")


def _arrives(words: list[Word], predicate: list[str], lexicon: Lexicon) -> bool:
    """Whether the last word is a verb of change with its goal: 扩至, 提到, 缩至."""
    word = words[-1]
    goal = predicate[-1] if predicate and predicate[-1] in ("至", "到") and len(word.text) == 1 else ""
    verbal = word.tag[0] in "vx" and len(words) > 1
    return (
        verbal
        and bool(_ARRIVING.fullmatch(word.text + goal))
        and not (word.text in lexicon.light_verbs or word.text in lexicon.relations)
    )


def _base_of_unit(words: list[Word], lexicon: Lexicon) -> int:
    """How many words at the end are the base of a value that is reached: 每亩 of ``单产提高到每亩133公斤``; 0 if none."""
    for size in (1, 2):
        if len(words) > size and _PER_BASE.fullmatch("".join(w.text for w in words[-size:])):
            return size if words[-size - 1].text.endswith(("到", "至", "为")) else 0
    return 0


_PER_BASE = regex.compile(r"每\p{Han}{1,2}|[人户村亩]均")


def _whole_words(words: list[Word], length: int) -> int:
    """How many of the last words make up exactly ``length`` characters; 0 where none do."""
    count = 0
    while length > 0 and count < len(words):
        count += 1
        length -= len(words[-count].text)
    return count if length == 0 else 0


def _summed(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """``这两部分共计减收增支``: what is summed up was named before; leaves 减收增支."""
    if words and words[0].text in lexicon.pointing:
        for i in range(2, min(len(words) - 1, 5)):
            if words[i].text in lexicon.summing:
                return words[i + 1 :]
    return list(words)


def strip_left(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Takes openers, places, adverbs and punctuation off the left end."""
    kept = _summed(words, lexicon)
    while kept:
        word = kept[0]
        if _RANKED.match("".join(w.text for w in kept[:3])):
            break
        if places := _places(kept) or _listed_places(kept):
            kept = kept[places:]
            continue
        if word.text in ("在", "从", "围绕", "针对", "通过", "随着", "自"):
            closing = [i for i, w in enumerate(kept) if w.text in lexicon.locatives]
            if closing and (closing[0] + 1 < len(kept) or word.text == "在"):
                kept = kept[closing[0] + 1 :]
                continue
        members = [i for i, w in enumerate(kept) if w.text == "在内"] if word.text == "包括" else []
        if members and members[0] + 2 < len(kept) and kept[members[0] + 1].text == "的":
            kept = kept[members[0] + 2 :]
            continue
        if (word.text in ("对", "向") and _length(kept) > 3) or (
            word.text in lexicon.naming_adverbs and len(kept) > 1 and (is_noun(kept[1], lexicon) or len(kept[1].text) == 1)
        ):
            break
        if word.text in lexicon.causatives and "".join(w.text for w in kept[1:]) in lexicon.activities:  # 带动就业
            break
        behind = _length(kept) - len(word.text) if word.tag in ("ns", "r") else 0
        if (
            word.text in lexicon.taken_off
            or word.text in PARTICLES
            or (word.tag == "ns" and word.text not in lexicon.nouns and behind > 3 and not _named_after(kept[1], lexicon))
            or _directed_place(kept, lexicon)
            or (word.tag == "r" and behind > 2 and _THIS_PLACE.fullmatch(word.text))
            or is_mark(word.text)
        ):
            region = kept[1].text if word.tag == "ns" and len(kept) > 2 else ""
            divided = region == "地区" or (len(region) == 1 and lexicon.region_end.search(region))
            kept = kept[2 if divided else 1 :]  # 海州 市, 华北 地区
        else:
            break
    return kept


def _length(words: list[Word]) -> int:
    return sum(len(word.text) for word in words)


def _directed_place(words: list[Word], lexicon: Lexicon) -> bool:
    """Whether a word says in which part a place lies that is named behind it: 北部 of 北部青森市积雪厚度."""
    if words[0].tag != "f" or len(words) < 4 or words[1].tag not in ("ns", "nr"):
        return False
    return lexicon.region_end.search(words[1].text + words[2].text) is not None


def _named_after(word: Word, lexicon: Lexicon) -> bool:
    """Whether the word behind the name of a place makes it a name of something else, or one of several: 海州港, 海州、."""
    return word.text in lexicon.facilities or word.text[0] in "、和至到与的—"


def _places(words: list[Word]) -> int:
    """How many words a list of places takes at the beginning: 广西玉林、北海等地, 华北、黄淮大部地区; 0 where none is."""
    for size, word in enumerate(words[:14], start=1):
        if word.text in _PLACE_ENDS:
            return size + (words[size : size + 1] != [] and words[size].text in ("地", "地区"))
        if not (word.tag in ("ns", "nr", "nz", "nt", "f", "s", "x", "uv") or word.text in ("、", "和", "及", "等")):
            return 0
        if word.text == "等" and words[size : size + 1] and words[size].text in ("地", "地区", "省份", "省", "省区"):
            return size + 1
    return 0


def _listed_places(words: list[Word]) -> int:
    """How many words name places in a row before what is measured there: 河南、湖北 of 河南、湖北降雪量; 0 where none do."""
    size = 0
    while size + 2 < len(words) and words[size].tag == "ns" and words[size + 1].text in JOINTS:
        size += 2
    if not size or words[size].tag != "ns":
        return 0
    measured = "".join(w.text for w in words[size + 1 :])
    return size + 1 if len(measured) > 3 and measured[0] not in "至到与的—" else 0


def phrase(words: list[Word], lexicon: Lexicon, listed: bool = False) -> str:
    """The text of a noun phrase without the adverbs in it, without a relative clause before it, without its place.

    A list before 等 is left out (风电、水电等非化石能源 → 非化石能源) unless its members are counted one by one
    (``listed``) or the noun behind it says nothing without them (手机、平板等产品).
    """
    if words and is_verb(words[0], lexicon) and words[0].text not in lexicon.kept_or_towards:
        linked = [i for i, w in enumerate(words) if w.text == "的"]
        while words[0].text in lexicon.modals and len(words) > 1:
            words = words[1:]
        if linked and sum(len(w.text) for w in words) <= _LONGEST_RELATIVE:
            pass
        elif linked and linked[-1] + 1 < len(words):
            words = words[linked[-1] + 1 :]
        elif words[0].text in lexicon.noun_verbs and _measured(words[-1], lexicon):
            pass
        elif words[0].text in lexicon.light_verbs and len(words) > 1:
            words = words[1:]
    text = plain("".join(w.text for w in words if w.text not in lexicon.inner_adverbs))
    text = _TOWARDS.sub("", _INCLUDING.sub("", text))
    text = _THROUGH_PLACE.sub("", text) or text
    members = None if listed else _LISTED.fullmatch(text)
    return members["noun"] if members and not members["noun"].startswith(lexicon.class_nouns) else text


def plain(text: str) -> str:
    """A phrase without stray marks and articles at its ends."""
    text = BRACKETS.sub("", text) if text.startswith(("（", "(")) else text
    text = _STRAY_MARKS.sub("", text)
    text = _ARTICLES.sub("", text)
    if text.startswith("”") or text.count("”") > text.count("“"):
        text = text.replace("”", "", 1)
    if text.endswith("“") or text.count("“") > text.count("”"):
        text = text.replace("“", "", 1)
    return text
