"""Time scope: which of the times said so far holds for a number."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipeline import regex
from pipeline.relate.reading import Reading, Slot
from pipeline.values import Mention


class Scope(NamedTuple):
    """A time that holds until another is said; ``rule`` says where it came from.

    ``to_come`` where it is a day or month of the document's own year that the document looks ahead to.
    """

    year_from: int | None = None
    year_to: int | None = None
    rule: str = ""
    role: str = ""
    to_come: bool = False

    @property
    def known(self) -> bool:
        """Whether any year is known."""
        return self.year_to is not None


NOTHING = Scope()


def of(mention: Mention) -> Scope:
    """The scope that a time mention opens."""
    data = mention.data
    return Scope(data["year_from"], data["year_to"], mention.rule, data["role"], data["to_come"])


def governs(mention: Mention) -> bool:
    """Whether a time opens a scope: a base of comparison and a bare name of a plan do not."""
    return mention.data["role"] not in ("base", "vague")


def first(times: list[Mention]) -> Scope:
    """The time that a headline over a sentence with ``times`` has: the first that names years, or else the first of all.

    ``今天（1月11日），记者了解到，2023年……`` is news of 2023.
    """
    governing = [t for t in times if governs(t)]
    named = [t for t in governing if t.data["role"] in ("point", "span")]
    return of((named or governing)[0]) if governing else NOTHING


def advance(scope: Scope, mention: Mention, text: str) -> Scope:
    """The scope after ``mention``: months and 全年 keep the year that was said, a full time replaces it.

    ``建成后`` opens a time to come, of the year that was said of the same event (今年5月建成通车。建成后, 2025年建成后);
    where none was, of unknown year.
    """
    role = mention.data["role"]
    if not governs(mention):
        return scope
    if role == "reset":
        told = scope.role != "span" and _told(mention, text)
        return Scope(None, scope.year_to if told else None, mention.rule, "reset")
    fresh = of(mention)
    if mention.rule in _LATER and scope.role == "point" and scope.year_to:
        return fresh._replace(year_to=scope.year_to + mention.data["years"])
    if mention.rule in _LATER and not fresh.known:
        return scope
    if mention.rule in _AS_LONG and scope.role == "span" and same_length(scope, fresh):
        return scope
    closed = mention.text.startswith(("截至", "截止"))
    anaphoric = mention.data["bare"] or mention.rule == _THAT_YEAR
    if role == "part" and anaphoric and not closed and scope.known and scope.role in ("point", "part"):
        return scope._replace(role="part", to_come=fresh.to_come)
    return fresh


def of_all(times: list[Mention], year: int) -> Scope:
    """The time of all that a news text reports, by its opening sentence: the year before its own, or years up to then.

    ``记者从海关总署了解到，2025年，我国对外贸易…``, ``“十四五”时期，我国气象…``.
    """
    scope = first(times)
    return scope if scope.year_to == year - 1 and scope.role in ("point", "span") else NOTHING


_AS_LONG = ("time.years-to-date", "time.years-spanned", "time.years-between")
"""五年来 and 十年间 are the span that was said, where that is as long: 2011年到2020年的十年间."""
_THAT_YEAR = "time.that-year"
_LATER = ("time.years-later", "time.years-ahead")
"""三年后: from the year spoken of, or else from the document's where it is to come."""


def counts_on(times: list[Mention]) -> bool:
    """Whether a sentence with ``times`` begins with one that counts from the year spoken of: 一年后."""
    return bool(times) and times[0].rule in _LATER


_SINCE = ("time.plan-since", "time.since-year", "time.since-last-year", "time.era-since")
_UP_TO = ("截至", "截止", "到", "至")


def _after_said(scope: Scope, mention: Mention, text: str) -> Scope:
    """The scope after ``mention`` in a sentence that has said one.

    ``2025年，产量…，“十四五”以来年均增长…`` is up to 2025, and ``自2020年投产以来，截至2024年底…`` from 2020 to 2024.
    """
    since = advance(scope, mention, text)
    if scope.rule in _SINCE and mention.text.startswith(_UP_TO) and (since.year_to or 0) >= (scope.year_from or 9999):
        return scope._replace(year_to=since.year_to)
    up_to = mention.rule in _SINCE and scope.role == "point" and (since.year_from or 0) <= (scope.year_to or 0)
    return since._replace(year_to=scope.year_to) if up_to else since


_ATTACHED = regex.compile(r"(?:年|月|日|底|末|前)(?:，?[^，。；]{0,4}全[线面部]|[^，。；的]{2,8})?$")
_FAR = 120


def _told(event: Mention, text: str) -> bool:
    """Whether the text before ``event`` says when it happens: a time right before it, or the same word not far away."""
    before = text[max(0, event.start - _FAR) : event.start].rpartition("\n")[2]
    return bool(_ATTACHED.search(before)) or event.text[:2] in before


def same_length(one: Scope, other: Scope) -> bool:
    """Whether two scopes are spans of as many years: 五年 and “十二五”时期."""
    return _length(one) is not None and _length(one) == _length(other)


def _length(scope: Scope) -> int | None:
    return scope.year_to - scope.year_from if scope.year_to and scope.year_from else None


_EACH_YEAR = "time.this-and-next"


def _lists_two(reading: Reading, time: Mention, number: int) -> bool:
    """Whether a span is of two years that are listed for the number at ``number``: 今明两年, 2023年和2024年分别."""
    first, last = of(time).year_from, of(time).year_to
    each = first and last == first + 1 and "分别" in reading.text[time.end : number]
    return time.rule == _EACH_YEAR or bool(each and "和" in time.text)


def distributed(reading: Reading, slot: Slot) -> Scope:
    """``到2025年、2027年分别达到A和B``: each number of a group takes the time in its own place, where as many are listed.

    ``今明两年分别为A和B`` lists two years in one.
    """
    number = reading.slots[slot.group[0]].quantity.start
    times = [t for t in reading.times if t.end <= number]
    points = [t for t in times if t.data["role"] == "point"]
    count = len(slot.group)
    said = [t for t in times if t.data["role"] in ("point", "span")]
    if count == 2 and said and _lists_two(reading, said[-1], number) and (first_year := of(said[-1]).year_from):
        return of(said[-1])._replace(year_from=None, year_to=first_year + slot.group.index(reading.slots.index(slot)))
    listed = points[-count:]
    if count < 2 or len(listed) < count:
        return NOTHING
    joints = (reading.text[a.end : b.start] for a, b in pairwise(listed))
    if not all(joint in ("、", "和", "及", "与", "以及") for joint in joints):
        return NOTHING
    return of(listed[slot.group.index(reading.slots.index(slot))])


class Pair(NamedTuple):
    """The times of the two ends of a ``从A提高到B``; a later pair without times of its own has the same."""

    start: Scope = NOTHING
    end: Scope = NOTHING
    base: Scope = NOTHING
    """The last year that something was compared with, and that a later start of a change without a time is of."""
    base_of: int | None = None
    """The year that was compared with it."""

    def in_next_sentence(self) -> Pair:
        """What a sentence leaves to the next one."""
        return Pair(base=self.base, base_of=self.base_of)


_FROM = ("从", "由", "自")
_FROM_TO = "time.year-span"
_PASSING = ("time.last-year", "time.within-years")
_RATIOS = ("倍", "%", "个百分点", "成")


_AGO = "time.base-years-ago"
_LAST_YEAR = "time.base-last-year"


def _before_spoken(start: Scope, mention: Mention, spoken: Scope, year: int | None, present: int | None) -> Scope:
    """上年 and 三年前 count from the year spoken of, not from the document's: 2022年…由上年的27%提高到34%.

    Where none is, they count from the ``present``, of which a work report speaks in the next year.
    """
    if not spoken.known and spoken.role != "reset" and present is not None and present != year:
        spoken = Scope(None, present)
    if not spoken.year_to or spoken.role == "reset" or not start.year_to:
        return start
    if mention.rule == _AGO and year is not None:
        return start._replace(year_to=start.year_to + spoken.year_to - year)
    return start._replace(year_to=spoken.year_to - 1) if regex.search("上一?年", mention.text) else start


def _of_base(reading: Reading, slot: Slot) -> Scope:
    """``较2012年底的500户增长六成``: the year of a base of comparison holds for its own value, right behind it."""
    bases = [t for t in reading.times if t.data["role"] == "base" and t.data["year_to"] and t.end <= slot.quantity.start]
    if not bases:
        return NOTHING
    gap = reading.text[bases[-1].end : slot.quantity.start]
    own = bases[-1].text.endswith("的") and not gap and slot.quantity.data["unit"] not in _RATIOS
    attributive = gap.endswith("的") and len(gap) <= 8 and "，" not in gap and slot.quantity.data["unit"] != "倍"
    paced = gap and "，" not in gap and len(gap) <= 8 and _OF_PACE.match(reading.text, slot.quantity.end)
    return of(bases[-1]) if own or attributive or paced else NOTHING


_OF_PACE = regex.compile("的(?:平均)?(?:速度|增速|水平|增幅|幅度|降幅)")
"""大大低于1985年增长45%的速度: that number is of the year it is compared with."""


def scope_at(
    reading: Reading, slot: Slot, carried: Scope, pair: Pair, present: int | None, year: int | None
) -> tuple[Scope, Pair]:
    """The scope that holds at a slot's number, and the pair of times to remember.

    Args:
        present: the last year whose state is known when the document speaks.
        year: the document's year.

    A time in brackets of its own governs nothing outside them. ``从2012年的A提高到2021年的B``: each end takes the time right
    before it; a start without one is the year that the same year was compared with before, the year before the span that is
    spoken of (of 2018年至2023年 the first), the present where the end lies ahead, or unknown.
    """
    if (listed := distributed(reading, slot)).known:
        return listed, pair
    if (base := _of_base(reading, slot)).known:
        return base, pair
    scope = carried
    own: Mention | None = None
    compared: Mention | None = None
    for mention in reading.times:
        if mention.start >= slot.quantity.start:
            break
        if mention.data["role"] == "base" and mention.start >= slot.left:
            compared = mention
        if _depth(reading, mention) > slot.clause.depth or _empty(reading, mention) or _publishes(reading, mention):
            continue
        if starts_change(reading, mention):
            own = mention if mention.start >= slot.left else own
            continue
        if _of_event(reading, mention, year) or _frame_end(reading, mention) < slot.quantity.start:
            continue
        if scope is not carried and _describes(reading, mention):
            continue
        scope = advance(scope, mention, reading.text) if scope is carried else _after_said(scope, mention, reading.text)
    if _is_start(reading, slot, own):
        if own:
            start = _before_spoken(of(own), own, scope, year, present)
            if start.role == "now" or start.year_to == year:
                start = start._replace(role="start")
            return start, pair._replace(start=start)
        if pair.start.known:
            return pair.start, pair
        if pair.base.known and pair.base_of == scope.year_to:
            return pair.base, pair
        if against := [t for t in reading.times if t.end <= slot.left and _is_compared(reading, t)]:
            return of(against[-1])._replace(role="point"), pair
        if scope.role == "span" and scope.year_from:
            before = 0 if scope.rule == _FROM_TO else 1
            return Scope(None, scope.year_from - before, scope.rule, "point"), pair
        later = present is not None and (scope.year_to or 0) > present and scope.role != "now"
        ahead = scope.role == "reset" or later
        return Scope(None, present if ahead else None, scope.rule, "start"), pair
    if own:
        return of(own), pair
    if scope.rule == "time.within-years" and present is not None and (spoken := _past(reading, slot, present)):
        scope = spoken
    if pair.start.known and not pair.end.known:
        pair = Pair(pair.start, scope, pair.start, scope.year_to)
    if compared and of(compared).known and compared.rule != _LAST_YEAR:
        then = _before_spoken(of(compared), compared, scope, year, present)
        pair = pair._replace(base=then._replace(role="point"), base_of=scope.year_to)
    if not scope.known and scope.role != "reset":
        behind = [t for t in reading.times if slot.quantity.end <= t.start < slot.right and t.data["role"] == "point"]
        if behind:
            return of(behind[0]), pair
    return scope, pair


def _is_compared(reading: Reading, mention: Mention) -> bool:
    """Whether a clause sets a year against that of what follows: 2023年同2015年相比，产值由30亿元增加到90亿元."""
    year = mention.data["role"] == "base" and mention.data["year_to"]
    return bool(year) and reading.text.startswith("相比", mention.end)


def _past(reading: Reading, slot: Slot, present: int) -> Scope | None:
    """The last year said before 三年时间 where all that is said is past: 从2020年的3万辆到去年的15万辆，三年时间增长4倍."""
    said = [t for t in reading.times if t.end <= slot.quantity.start and t.data["role"] in ("point", "part")]
    years = [t.data["year_to"] for t in said if t.data["year_to"]]
    return of(said[-1]) if len(years) > 1 and max(years) <= present else None


_DESCRIPTION = regex.compile(r"(?:以|之)?(?:前|后)?\p{Han}{1,6}的\p{Han}")


def _describes(reading: Reading, mention: Mention) -> bool:
    """Whether a time only tells which things are meant: 到年底让2011年底前开工的项目入住."""
    return _DESCRIPTION.match(reading.text, mention.end) is not None and mention.data["role"] == "point"


def dated(reading: Reading, slot: Slot, after: int = 0) -> bool:
    """Whether the sentence itself says, before the number and not before ``after``, for when it is."""
    return any(
        after <= t.start < slot.quantity.start
        and governs(t)
        and t.data["role"] != "now"
        and not starts_change(reading, t)
        and not _CASE.match(reading.text, t.end, slot.quantity.start)
        for t in reading.times
    )


_CASE = regex.compile(r"(?:以|之)?(?:前|后)?\p{Han}{1,8}的[^，。；：、\d]{1,16}，")
"""What makes a time part of what is dealt with, and not when: 2023年出生的婴幼儿，可申请2次补贴."""


_FROM_END = regex.compile(
    r"[从由](?:[^，。；\d]{2,8}?(?:前|时|初期|之初|期间|阶段)的?)?"
    r"(?:原来的?|过去的?|最初的?|原先的?|此前的?|前期|目前的?|不到|不足|超过|近|约|每\w|[人户]均|平均|月销售额)*$"
)
_ARRIVAL = regex.compile(r".{0,14}?(?:到|至|为|上升|跃升)")


def _is_start(reading: Reading, slot: Slot, own: Mention | None) -> bool:
    """Whether the number is the A of ``从A提高到B``."""
    gap = reading.text[own.end if own else slot.left : slot.quantity.start].lstrip("的")
    before = own is not None or bool(_FROM_END.search(gap))
    return before and bool(_ARRIVAL.match(reading.text[slot.quantity.end : slot.quantity.end + 18]))


_TURNING = regex.compile("的[^，。；]{1,14}(?:转|变)(?:为|向|成)")
"""由去年的下降转为上升."""
_FROM_ON = regex.compile("起(?!施行|执行|实施|生效)")


def starts_change(reading: Reading, mention: Mention) -> bool:
    """Whether a time belongs to the A of ``从A提高到B`` alone."""
    before = reading.text[mention.start - 1 : mention.start]
    inside = mention.text[:1] in _FROM and mention.data["role"] in ("point", "part")
    if mention.text.endswith("起") or _FROM_ON.match(reading.text, mention.end) or (before not in _FROM and not inside):
        return False
    following = any(0 <= s.quantity.start - mention.end <= 8 for s in reading.slots)
    return following or _TURNING.match(reading.text, mention.end) is not None


UNDER_WAY = "time.year-under-way"
"""今年 alone: it dates what is said of the year, and names no plan."""
_BUILT = regex.compile(
    "(?:正式|全面|建成|破土)?(?:开工|动工|建成|投产|通车|开通|成立|启动|投用|落成|竣工|投运|投入使用|开工建设|建设)"
)


def _of_event(reading: Reading, mention: Mention, year: int | None) -> bool:
    """Whether a past year only says when a thing came to be, in a clause of its own: 工程于2023年开工，总投资45亿元."""
    past = year is not None and (mention.data["year_to"] or year) < year
    if not past or mention.data["role"] != "point":
        return False
    clause = next((c for c in reading.sentence.clauses if c.start <= mention.start < c.end), None)
    return clause is not None and _BUILT.fullmatch(reading.text, mention.end, clause.end) is not None


_NAMED_GOAL = regex.compile(r"[^，。；]{0,16}(?:目标|任务|规划|计划|纲要|要求|部署)")

_ABOUT = regex.compile("对于?|关于|就|围绕|针对|谈[到及]?|展望")
"""对于2025年的预期目标，报告提出…: the goals are what the sentence speaks of, and its numbers are of that year."""


def _empty(reading: Reading, mention: Mention) -> bool:
    """Whether a period only names a plan's goals: 完成“十四五”期间发展目标, 制定2035年远景目标纲要."""
    if (
        mention.data["role"] not in ("span", "point")
        or mention.rule == UNDER_WAY
        or mention.start in {c.start for c in reading.sentence.clauses}
    ):
        return False
    clause = next((c for c in reading.sentence.clauses if c.start <= mention.start < c.end), None)
    if clause is None or any(mention.end <= s.quantity.start < clause.end for s in reading.slots):
        return False
    if clause is reading.sentence.clauses[0] and _ABOUT.fullmatch(reading.text, clause.start, mention.start):
        return False
    return bool(_NAMED_GOAL.fullmatch(reading.text[mention.end : clause.end].rstrip("。；")))


def _of_goal(reading: Reading, mention: Mention) -> bool:
    """Whether a time belongs to a goal that is spoken of: 提前实现了本世纪末翻两番的目标."""
    clause = next((c for c in reading.sentence.clauses if c.start < mention.start < c.end), None)
    return clause is not None and reading.text[clause.start : clause.end].rstrip("。；").endswith("的目标")


def scope_after(reading: Reading, carried: Scope, report: bool) -> Scope:
    """The scope that a sentence leaves to the next one; in a work report 现在 says nothing of the next sentence."""
    scope = carried
    for mention in reading.times:
        if (
            _depth(reading, mention) == 0
            and not _empty(reading, mention)
            and not _publishes(reading, mention)
            and _frame_end(reading, mention) == inf
            and not _aside(reading, mention)
            and not starts_change(reading, mention)
            and not _of_goal(reading, mention)
        ):
            scope = advance(scope, mention, reading.text) if scope is carried else _after_said(scope, mention, reading.text)
    if scope.role == "now" and report:
        return carried
    if scope.to_come and scope is not carried and _BY.match(reading.text, reading.times[-1].end - 1):
        scope = scope._replace(to_come=False)  # a deadline is of what it was set for
    return NOTHING if scope.role == "reset" else scope


_BY = regex.compile("前|.[之以]?前")


def _aside(reading: Reading, mention: Mention) -> bool:
    """Whether a time holds for its sentence alone: 连续四年, and one after a number that is for another.

    ``增长5%，上年四季度为下降2%；`` goes on with the time of the 5%.
    """
    late = mention.rule in _PASSING and any(s.quantity.end <= mention.start for s in reading.slots)
    awaited = _AWAITED.search(reading.text, _clause_start(reading, mention), mention.start)
    alone = awaited is not None and awaited.start() > reading.sentence.start and not _counted_from(reading, mention)
    return late or alone or mention.rule == "time.in-succession"


_AWAITED = regex.compile(r"(?:可望|有望|预计|计划|将|将要)[在于到至]?$")
"""一期工程可望在今年内投产: what one thing is to do by then, and no time of the sentences that follow."""


def _counted_from(reading: Reading, mention: Mention) -> bool:
    """Whether a number stands behind a time in its sentence."""
    return any(mention.end <= s.quantity.start for s in reading.slots)


def _clause_start(reading: Reading, mention: Mention) -> int:
    """Where the clause of a time begins; a sentence without numbers has not been cut into clauses."""
    start = reading.sentence.start
    if reading.sentence.clauses:
        return next((c.start for c in reading.sentence.clauses if c.start <= mention.start < c.end), start)
    return max(start, *(reading.text.rfind(mark, start, mention.start) + 1 for mark in "，；：、"))


_FRAMES = (
    ("在", regex.compile("[^，。；]{0,40}基础上")),
    ("继", regex.compile("[^，。；]{0,40}[之以]?后")),
    ("同与和跟较比", regex.compile("[^，。；]{0,24}相比较?")),
    ("把将", regex.compile(r"[^，。；：、\d]{2,16}的(?=\p{Han})")),
)
"""What a phrase that only frames a statement or describes a thing begins with, and how it goes on behind a time in it."""


def _frame_end(reading: Reading, mention: Mention) -> int | float:
    """Where the phrase ends in which alone a time holds.

    ``在2021年到2024年年均增长8%的基础上``, ``同完成改制的2015年相比``, ``把2024年末一度出现的过热现象调整过来``.
    """
    before = reading.text[_clause_start(reading, mention) : mention.start] + mention.text[:1]
    for openings, rest in _FRAMES:
        opened = any(c in openings for c in before)
        if opened and (found := rest.match(reading.text, mention.end)):
            return found.end()
    return inf


def _publishes(reading: Reading, mention: Mention) -> bool:
    """Whether a 日前 or 今天 only says when a report on a year came out: 《…2022年年度报告》日前发布."""
    return mention.data["role"] == "now" and any(t.end == mention.start and t.text[0] == "《" for t in reading.times)


def _depth(reading: Reading, mention: Mention) -> int:
    for clause in reading.sentence.clauses:
        if clause.start <= mention.start < clause.end:
            return clause.depth
    return 0
