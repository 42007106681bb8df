"""What follows a number: the noun phrase that it counts, and what is said of it."""

from __future__ import annotations

from typing import NamedTuple

from pipeline import regex
from pipeline.relate.extent import (
    AMONG,
    before_predicate,
    classifies,
    counted_part,
    extent,
    is_deed,
    is_nominal,
    subject_end,
    troubled_actors,
    until_verb,
)
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import BRACKETS, JOINTS, PARTICLES, is_mark, plain
from pipeline.relate.qualifiers import is_of_each
from pipeline.relate.reading import Reading, Slot, Word
from pipeline.relate.saying import SHORT_THING, behind_place, brief, named, over_number, text_of

SAYING_LENGTH = 18
"""How long a text before a noun may be."""
_MARK_OR_FIGURE = regex.compile(r"[，。；：\d]")
_SIZE = regex.compile(r"(?P<size>[长高宽深厚重])的(?=[\p{Han}“])")
_SORTS = ("方面", "类", "大类", "种", "批")
"""Units that sort what the number right behind them counts: 6方面109项重大工程."""
_FRONTED = regex.compile("[向为给在](?:全国|沿线|当地)?(?:近|约|超过?|逾|上)?$")
_BEHIND_PREPOSITION = regex.compile("[对向在从由为与给](?:近|约|超过?|逾|上)?$")
SIZING = ("unit.length", "unit.mass")
"""Units of sizes: a measure right before such a number is of the noun behind it."""


class Right(NamedTuple):
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
    start, end, size = _bounds(reading, slot, lexicon)
    linked = reading.text[start : start + 1] == "的"
    words = reading.words_in(start + (1 if linked else 0), end, slot.clause.depth)
    at = slot.group[-1] + 1
    if not words and slot.quantity.data["unit"] in _SORTS and end < slot.clause.end and at < len(reading.slots):
        return right_of(reading, reading.slots[at], lexicon)._replace(end=0)
    if linked and not words and (beyond := _beyond_number(reading, slot, start + 1, lexicon)):
        return beyond
    paced = linked and len(words) > 1 and (words[0].tag[0] in "adzb" or words[0].text in lexicon.paces)
    pace = words[1:] if paced else words  # 40%的高速增长
    if linked and pace and pace[0].text in lexicon.change:
        return Right(pace[0].text, "", linked, pace[0].end)
    behind = _behind_places(reading, slot, words, lexicon)
    if behind:
        words, end = behind, behind[-1].end
    words = _behind_abilities(words)
    partner = _partner(words, lexicon)
    if partner and words[-1].text not in lexicon.activities:
        words = words[:partner]
    noun = _noun(reading, slot, words, linked, partner, lexicon)
    if classifies(slot) and (described := _described(reading, slot, noun, words, lexicon)):
        return described
    if classifies(slot) and end == slot.clause.end and (thing := _behind_description(noun, words, lexicon)):
        return Right(thing, "", linked, words[-1].end)
    parts = _parts(reading, slot, noun, words, bool(partner), lexicon)
    counted, rest = parts.counted, parts.rest
    whole = end == reading.slots[slot.group[-1]].clause.end
    without_modals = [w for w in words if w.text not in lexicon.modals]
    clause = text_of([w for w in without_modals if w.text != "了"]) if whole and rest else ""
    rest = behind_place(rest, lexicon)
    idiom = bool(rest) and rest[0].tag in ("i", "l", "z")
    while rest and not partner and _leads_in(rest[0], lexicon):
        rest = rest[1:]
    predicate = "" if idiom else named(text_of([w for w in rest if w.text != "了"]))
    text = plain("".join(w.text for w in counted))
    text += _shared_head(reading, slot, text, counted[-1].end, lexicon) if counted and at < len(reading.slots) else ""
    return Right(
        noun=text,
        predicate=predicate,
        linked=linked,
        end=0 if parts.cut or behind else counted[-1].end if counted else start,
        saying=text_of(without_modals) if _begins_saying(noun, words, linked, lexicon) else "",
        clause=clause,
        possessed=text_of(parts.possessed).rstrip("和及与"),
        said=_said(reading, slot, parts, rest, predicate, end, linked, idiom, lexicon),
        size=size,
    )


def _bounds(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[int, int, str]:
    """Where what follows a number begins and ends, and the adjective that says how big the noun is: 深 of ``400米深的``."""
    last = reading.slots[slot.group[-1]]
    alone = slot.quantity.end <= slot.right and not _joint_follows(reading, slot)
    start, end = (slot.quantity.end, slot.right) if alone else (last.quantity.end, last.right)
    edge = lexicon.after_pattern.match(reading.text, start)
    start = edge.end() if edge else start
    sized = _SIZE.match(reading.text, start, end) if slot.quantity.rule in SIZING else None
    return (sized.end() - 1, end, sized["size"]) if sized else (start, end, "")


def _noun(reading: Reading, slot: Slot, words: list[Word], linked: bool, partner: int, lexicon: Lexicon) -> list[Word]:
    """The noun phrase that the words behind a number open with."""
    noun = words[: min(extent(words, slot, lexicon, linked), partner or len(words))]
    if _BEHIND_PREPOSITION.search(reading.text, slot.left, slot.quantity.start):
        noun = noun[: before_predicate(noun, words[len(noun) :], lexicon)]
    if linked and noun and _is_deed_done(reading, slot, lexicon):
        return max(noun, until_verb(words, lexicon), key=len)
    if len(noun) > 1 and not linked and _acts_here(reading, slot, noun, words, lexicon):
        return noun[:-1]
    if not linked and (ends := subject_end(reading, slot, words, len(noun), lexicon)):
        return words[:ends]
    return noun


class _Parts(NamedTuple):
    """The words behind a number: what it counts, what that has by a 的, and what is said of it.

    ``cut`` where the noun phrase goes on from what is counted to a measure of it.
    """

    counted: list[Word]
    possessed: list[Word]
    rest: list[Word]
    cut: bool


def _parts(reading: Reading, slot: Slot, noun: list[Word], words: list[Word], together: bool, lexicon: Lexicon) -> _Parts:
    """Parts the words behind a number; ``together`` where those counted do something with a partner."""
    if troubled := troubled_actors(words, lexicon):
        return _Parts(words[:troubled], [w for w in words[troubled:] if not is_mark(w.text)], [], False)
    counted = counted_part(reading, noun, words, slot, lexicon)
    cut = len(counted) < len(noun)
    rest = words[len(counted) :]
    possessed: list[Word] = []
    if not cut and rest and rest[0].text == "的":
        possessed = until_verb(rest[1:], lexicon)
        rest = rest[1 + len(possessed) :]
    if rest and rest[0].text in JOINTS and not together:  # 和多架无人机, 及新疆生产建设兵团
        rest = rest[1:]
        rest = rest[next((i for i, w in enumerate(rest) if not is_nominal(w, lexicon)), len(rest)) :]
    if possessed and slot.quantity.data["unit"].endswith(_FOR_ACTORS) and not lexicon.actor_end.search(counted[-1].text):
        reach = extent(possessed, slot, lexicon)
        if reach and lexicon.actor_end.search(possessed[reach - 1].text):  # 三十多家不同细分领域的企业
            return _Parts(possessed[:reach], [], [*possessed[reach:], *rest], cut)
    return _Parts(counted, possessed, rest, cut)


def _begins_saying(noun: list[Word], words: list[Word], linked: bool, lexicon: Lexicon) -> bool:
    """Whether what follows a number begins with what is said, and not with a noun or with where a change leads to."""
    if not words or linked or (noun and words[0].tag == "vn"):
        return False
    goal = words[0].text if len(words[0].text) > 2 else "".join(w.text for w in words[:2])
    if goal[-1] in "到至为" and goal[:-1] in lexicon.change:
        return False
    return words[0].tag[:1] in ("v", "d", "p", "i") or words[0].text in ("为", "是")


def _leads_in(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word only leads in what is said: 当中, 已, 也."""
    return word.text in (*AMONG, *lexicon.modals) or word.text in PARTICLES or word.tag in ("d", "f")


def _said(
    reading: Reading,
    slot: Slot,
    parts: _Parts,
    rest: list[Word],
    predicate: str,
    end: int,
    linked: bool,
    idiom: bool,
    lexicon: Lexicon,
) -> str:
    """The predicate as it can be put before the noun; empty where it cannot."""
    counted, possessed = parts.counted, parts.possessed
    whole = end == reading.slots[slot.group[-1]].clause.end
    toward = reading.text[slot.quantity.start - 1]
    done_to = toward == "对" and slot.quantity.rule != "unit.people"
    actor = bool(counted) and lexicon.actor_end.search(counted[-1].text) is not None
    said = predicate if whole and sayable(predicate) and not done_to else ""
    if actor and (made := _what_is_made(rest, slot, lexicon)):
        said = "" if toward in "为给对" else made
    if actor and whole and not done_to:
        said = brief(rest, lexicon) or said
    if predicate in lexicon.adverbs:
        said = ""
    if said and possessed:
        said = text_of(possessed) + said if classifies(slot) or slot.quantity.data["unit"] == "%" else ""
    name = str(BRACKETS.sub("", "".join(w.text for w in counted)))
    acts = bool(rest) and (rest[0].tag.startswith("v") or rest[0].text in lexicon.change)
    acts = acts and bool(counted) and lexicon.actor_end.search(name) is not None
    if acts and not said and not parts.cut and end == slot.right and classifies(slot):
        said = _over_number(reading, slot, predicate, lexicon)
    if not said and not parts.cut and not linked and not possessed and (idiom or rest):
        said = _said_past(reading, slot, rest, acts, lexicon)
    return _threshold(reading, slot, counted[-1].end, lexicon) if parts.cut and not said else said


def _said_past(reading: Reading, slot: Slot, rest: list[Word], acts: bool, lexicon: Lexicon) -> str:
    """What is said where it is long, or goes on over the next number: of who acts, or what a preposition stands before."""
    fronted = _FRONTED.search(reading.text, slot.left, reading.slots[slot.group[0]].quantity.start)
    at = slot.group[-1] + 1
    if not acts and not fronted:
        return ""
    if at < len(reading.slots) and reading.slots[at].clause is reading.slots[at - 1].clause:
        after = right_of(reading, reading.slots[at], lexicon) if fronted else None
        return over_number(rest, after.noun, lexicon) if after else ""
    return brief(rest, lexicon)


def _what_is_made(rest: list[Word], slot: Slot, lexicon: Lexicon) -> str:
    """``12家单位共同起草的标准实施`` → 起草标准: what those counted do to the thing that it describes; else empty."""
    at = next((i for i, w in enumerate(rest) if w.text == "的"), 0)
    thing = rest[at + 1 :]
    thing = thing[: extent(thing, slot, lexicon)]
    if not at or not thing or not is_deed(rest[0], lexicon) or any(is_mark(w.text) for w in rest[:at]):
        return ""
    text = text_of(thing) if sum(len(w.text) for w in thing) <= SHORT_THING else text_of(thing[-1:])
    return text_of(rest[:at]) + text


def _acts_here(reading: Reading, slot: Slot, noun: list[Word], words: list[Word], lexicon: Lexicon) -> bool:
    """Whether a noun phrase ends in what those counted do: 研发 of ``56家药企研发的新药``, 签约 of ``促成30个项目签约``."""
    if not is_deed(noun[-1], lexicon):
        return False
    following = words[len(noun) : len(noun) + 2]
    if len(following) == 2 and following[0].text == "的":
        return bool(lexicon.actor_end.search(noun[-2].text)) and is_nominal(following[1], lexicon)
    acting = lexicon.actor_end.search(noun[-2].text) or noun[-1].text not in lexicon.nouns
    last = all(is_mark(w.text) for w in following) and slot.right == slot.clause.end
    return bool(last and acting and lexicon.pivot_end.search(reading.text, slot.left, slot.quantity.start))


def _behind_abilities(words: list[Word]) -> list[Word]:
    """``20个能自动避障、能识别货物的机器人``: what things can do only describes them; leaves 机器人."""
    able = bool(words) and words[0].text in _ABLE
    at = next((i for i, w in enumerate(words[:_LONGEST_ABILITY]) if w.text == "的" or w.text in "，；"), 0) if able else 0
    return words[at + 1 :] if at and words[at].text == "的" and at + 1 < len(words) else words


_ABLE = ("能", "能够", "可", "可以", "会")
_LONGEST_ABILITY = 14


def _partner(words: list[Word], lexicon: Lexicon) -> int:
    """Where those begin with whom something is done together: 与 of ``60个园区与周边工厂相互连接``; 0 where nobody is.

    They are not counted, and what is done tells none apart unless it ends in the word for that: 与学校签约.
    """
    at = next((i for i, w in enumerate(words) if i and w.text in ("与", "同", "跟")), 0)
    return at if at and any(w.text in lexicon.reciprocal for w in words[at + 2 :]) else 0


_CLASS = regex.compile(r"\p{Han}{1,6}(?P<sort>[性级型类])")


def _shared_head(reading: Reading, slot: Slot, text: str, end: int, lexicon: Lexicon) -> str:
    """``20个国际性、80个全国性枢纽城市``: the head of a class, which the next class of its sort has: 枢纽城市; or ""."""
    named, after = _CLASS.fullmatch(text), reading.slots[slot.group[-1] + 1]
    if not named or reading.text[end : after.quantity.start] not in JOINTS or not classifies(after):
        return ""
    whole = right_of(reading, after, lexicon).noun
    other = _CLASS.match(whole)
    return whole[other.end() :].removeprefix("的") if other and other["sort"] == named["sort"] else ""


def _is_deed_done(reading: Reading, slot: Slot, lexicon: Lexicon) -> bool:
    """Whether what stands behind a 的 is all that is done: 管网更新改造 of ``完成300公里的管网更新改造``."""
    before = reading.words_in(slot.left, slot.quantity.start)
    verb = next((w for w in reversed(before) if w.text not in lexicon.bound_before and w.text != "了"), None)
    return verb is not None and verb.text in lexicon.deed_verbs


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


def _behind_description(noun: list[Word], words: list[Word], lexicon: Lexicon) -> str:
    """The noun at the end of its clause that a clause or a list of them describes, with that where it is short.

    ``5个带动作用强、优势突出的产业``; of ``5个引领产业升级、在全国具有影响力的冠军产业`` it is 冠军产业. Empty without one.
    """
    last = next((i for i in reversed(range(len(words))) if words[i].text == "的"), 0)
    thing = [w for w in words[last + 1 :] if not is_mark(w.text)]
    if not last or not thing or not all(is_nominal(w, lexicon) for w in thing):
        return ""
    said = "".join(w.text for w in words[:last])
    marks = [i for i in range(1, last) if words[i].text == "、"]
    telling = bool(marks) and any(words[i - 1].tag[:1] in "vaz" or words[i + 1].tag == "v" for i in marks)
    opens = words[0].tag[:1] in "vp" and not lexicon.is_noun(words[0].text)
    if not (opens or telling) or (len(noun) >= len(words) - 1 and len(said) <= _DESCRIPTION):
        return ""
    return ("".join(w.text for w in words[:last]) + "的" if len(said) <= _DESCRIPTION else "") + text_of(thing)


_DESCRIPTION = 12
"""A longer description is left out of the name of what it describes."""


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
    return text_of(behind[: extent(behind, slot, lexicon)])


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


def sayable(predicate: str) -> bool:
    """Whether what is said can be put before a noun: short, without marks and figures."""
    return 2 <= len(predicate) <= SAYING_LENGTH and not _MARK_OR_FIGURE.search(predicate)


def _threshold(reading: Reading, slot: Slot, start: int, lexicon: Lexicon) -> str:
    """降雨量超过200毫米 of ``12个市县降雨量超过200毫米``: a bound that the things counted are beyond, or what each has."""
    following = reading.text[start : slot.right]
    text = reading.text[start : slot.clause.end]
    at = slot.group[-1] + 1
    bound = lexicon.before_pattern.search(following)
    beyond = bound is not None and len(bound[0]) > 1 and bound[0][0] != "不"
    each = at < len(reading.slots) and is_of_each(reading.slots[at]) and lexicon.reaches_end.search(following)
    return text if (beyond or each) and len(text) <= SAYING_LENGTH else ""


_FOR_ACTORS = ("家", "名", "位")
"""Classifiers of those who act: what they count is no field, level or kind."""


def _joint_follows(reading: Reading, slot: Slot) -> bool:
    """Whether the number is one of a group whose noun stands after the last of them."""
    return len(slot.group) > 1 and slot is not reading.slots[slot.group[-1]]


def goal_of_change(right: Right, lexicon: Lexicon) -> str:
    """The change that is the goal behind a number: 增长 of ``5%的财政收入增长目标``; empty where there is none."""
    if not right.linked or _GOAL not in right.predicate:
        return ""
    change = right.predicate.partition(_GOAL)[0]
    return change if change in lexicon.change else ""


_GOAL = "目标"
