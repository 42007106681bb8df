"""Kind and modality: whether a number is wanted, reached or ruled."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline import regex
from pipeline.relate import timescope
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot, Word
from pipeline.relate.standpoint import Standpoint
from pipeline.relate.timescope import Scope
from pipeline.rules import NormRule
from pipeline.values import Block, Segmented


def section_kind(block: Block, lexicon: Lexicon) -> tuple[str, str]:
    """The kind that the headings above a block suggest, the innermost first, of each the word that ends it.

    ``预期目标完成情况`` tells what was done.
    """
    return _of_headings(block.section, lexicon)


@lru_cache(maxsize=64)
def _of_headings(headings: tuple[str, ...], lexicon: Lexicon) -> tuple[str, str]:
    for title in reversed(headings):
        best = (-1, "", "")
        for pattern, kind, rule in lexicon.sections:
            for match in pattern.finditer(title):
                best = max(best, (match.end(), kind, rule))
        if best[1]:
            return best[1:]
    return "", ""


def wants(segmented: Segmented, lexicon: Lexicon) -> bool:
    """Whether the sentences with numbers of a text that names no year say what is to be, and none what has been done.

    拟投入30亿元，比上年增加4亿元 compares what is to be.
    """
    stated = [_NAMED_PLAN.sub("", segmented.text[s.start : s.end]) for s in segmented.sentences if s.clauses]
    wanted = [t for t in stated if any(n == "target" and cue.search(t) for n, cue, _ in lexicon.cues_for(t))]
    compared = (any(pattern.search(text) for pattern, _ in lexicon.comparisons) for text in stated if text not in wanted)
    return bool(wanted) and not any(map(_DONE.search, stated)) and not any(compared)


_DONE = regex.compile("了|已|取得|进展")
_NAMED_PLAN = regex.compile(r"\p{Han}计划")
"""A plan with a name is no will: 攻坚计划开始实施."""


class Setting(NamedTuple):
    """What the kind of a number depends on beside its sentence."""

    standpoint: Standpoint
    section: tuple[str, str]
    carried: str
    planning: bool = False
    """Whether the section of a work report plans."""
    last: tuple[Scope, str, str] | None = None
    """Scope, kind and rule of the number before in the sentence."""


class Cue(NamedTuple):
    """A word that tells the kind; ``near`` where it stands in the number's own clause."""

    kind: str = ""
    rule: str = ""
    near: bool = False
    dated: bool = False
    """Whether a time that governs stands between the cue and the number."""
    firm: bool = False
    """Whether the cue is a word of will (力争), which holds for all that follows it in its sentence."""


def kind(reading: Reading, slot: Slot, scope: Scope, setting: Setting, lexicon: Lexicon) -> tuple[str, str]:
    """The kind of a slot and the rule that says so.

    In this order: where a change starts from, the construction of a provision, the year against the document's date, the
    genre of provisions, the nearest cue before the number in the sentence, the heading, a comparison, what was said before,
    the genre of plans.
    """
    if scope.role == "start":
        return "actual", "kind.start-of-change"
    genre, doc = setting.standpoint.genre, setting.standpoint.year
    told = genre != "provision" and timescope.dated(reading, slot) and (scope.year_to or 9999) < (doc or 0)
    if scope.role != "reset" and (norm := _norm(reading, slot, lexicon)):
        impossible = told and norm.kind == "provision", genre == "provision" and norm.kind == "actual"
        if not any(impossible):
            return norm.kind, norm.id
    revised = "调" in reading.text[max(0, slot.quantity.start - 3) : slot.quantity.start]
    if revised and _REVISED.search(reading.text, slot.left, slot.quantity.start):
        return "actual", "kind.revision"
    cue = _nearest_cue(reading, slot, scope, setting, lexicon)
    year = scope.year_to
    if scope.role == "reset":
        return "target", scope.rule
    if cue.kind == "provision" and genre != "provision" and (cue.near or not timescope.dated(reading, slot)):
        return "provision", cue.rule
    if (
        setting.last
        and setting.last[1] == "provision"
        and setting.last[0] == scope
        and cue.kind in ("", "provision")
        and genre != "provision"
    ):
        return "provision", setting.last[2]
    if genre == "provision" and cue.kind == "target" and cue.firm and cue.rule not in lexicon.passing:
        return "target", cue.rule
    ahead = year is not None and doc is not None and year > doc
    if genre == "provision" and ahead and cue.kind in ("", "provision") and not timescope.dated(reading, slot):
        return "provision", "kind.provision-genre"
    if year is not None and doc is not None and year != doc:
        if year > doc and cue.kind == "actual" and cue.near and cue.dated:
            return "actual", cue.rule
        if setting.last and setting.last[0] == scope and setting.last[1] == "actual" and cue.kind != "target":
            return "actual", setting.last[2]
        return ("target", "kind.future-year") if year > doc else ("actual", "kind.past-year")
    if year is not None and doc is None and cue.kind != "actual" and _until(reading, slot):
        return "target", "kind.until-year"
    if genre == "provision" and cue.kind == "actual" and timescope.dated(reading, slot):
        return "actual", cue.rule
    if genre == "provision":
        return "provision", "kind.provision-genre"
    if cue.kind in ("target", "actual"):
        return cue.kind, cue.rule
    if scope.to_come:
        return "target", "kind.day-to-come"
    if setting.section[0]:
        return setting.section
    reviewed = scope.role == "span" and (scope.year_from or 9999) < (doc or 0) and not setting.planning
    if setting.standpoint.report and year == doc and scope.role != "now" and not reviewed:
        return "target", "kind.report-this-year"
    if setting.standpoint.early and scope.rule == timescope.UNDER_WAY:
        listed = setting.last and setting.last[2] == "kind.year-ahead" and reading.text[slot.left : slot.left + 1] == "、"
        if listed or _undertaken(reading, slot, lexicon):
            return "target", "kind.year-ahead"
    if setting.standpoint.report and setting.planning and not scope.known and not setting.carried:
        return "target", "kind.report-plans"
    if genre == "target" and year == doc and scope.rule == "time.whole-year":
        return "target", "kind.target-genre"
    for pattern, rule in lexicon.comparisons:
        if pattern.search(reading.text, reading.sentence.start, slot.right):
            return "actual", rule
    if setting.carried and not (setting.carried == "target" and timescope.dated(reading, slot)):
        return setting.carried, "kind.carried"
    if genre == "target" and (year is None or (year == doc and scope.role == "point")):
        return "target", "kind.target-genre"
    return "actual", ""


def _undertaken(reading: Reading, slot: Slot, lexicon: Lexicon) -> bool:
    """Whether the number is of what somebody sets about: 今年统筹安排10亿元.

    今年占投资的八成, 改造了20个 and 改造工程全长5公里 say what is.
    """
    words = reading.words_in(slot.clause.start, slot.quantity.start)
    for i in reversed(range(len(words))):
        word, of = words[i], words[i + 1 : i + 3]
        if word.text in lexicon.undertakings or reading.text.endswith(lexicon.long_undertakings, 0, word.end):
            return len(of) < 2 or not lexicon.compound_end.search(of[0].text)
        if word.text == "了" or (word.tag == "v" and word.text not in lexicon.bound_before):
            return False
    return False


_REVISED = regex.compile(
    "(?:预期|预测|预估|目标)[^，。；]*[上下]调(?:了)?约?$|比[^，。；]*预测[^，。；]*[上下]调(?:了)?约?$"
)
"""将今年增速预期上调0.2个百分点: the change of a forecast has happened."""


def _norm(reading: Reading, slot: Slot, lexicon: Lexicon) -> NormRule | None:
    """The construction that tells the number's kind; none where its own clause says for when it is wanted."""
    if any(
        slot.clause.start <= t.start < slot.quantity.start and timescope.governs(t) and t.rule != "time.whole-year"
        for t in reading.times
    ):
        return None
    rules = lexicon.norms_for(reading.characters(reading.sentence.start, reading.sentence.end))
    outline = reading.outline(slot) if rules else ""
    return next((rule for rule in rules if rule.search(outline)), None)


def _until(reading: Reading, slot: Slot) -> bool:
    """Whether 到 or 至 stands before the time that holds for the slot: ``到2025年``."""
    times = [t for t in reading.times if t.end <= slot.quantity.start and timescope.governs(t)]
    return bool(times) and times[-1].text.startswith(("到", "至"))


def _nearest_cue(reading: Reading, slot: Slot, scope: Scope, setting: Setting, lexicon: Lexicon) -> Cue:
    """The cue nearest before the number; where none is, one after it in its clause."""
    start = reading.sentence.start
    before = reading.text[start : slot.quantity.start]
    cues = lexicon.cues_for(reading.text[start : reading.sentence.end])
    hidden = [(t.start, t.end) for t in reading.times if t.data["role"] == "base" or timescope.starts_change(reading, t)]
    hidden += [(start + m.start(), start + m.end()) for m in _QUOTED.finditer(before)]
    best: tuple[int, str, str] = (-1, "", "")
    forecast: tuple[int, str] = (-1, "")
    for name, pattern, rule in cues:
        for match in pattern.finditer(reading.text, start, slot.quantity.start):
            if not any(low <= match.start() < high for low, high in hidden):
                best = max(best, (match.start(), name, rule))
                if rule in lexicon.passing:
                    forecast = max(forecast, (match.start(), rule))
    best = max(best, _auxiliary(reading, slot, scope, setting, lexicon))
    if best[1] == "target" and slot.clause.start <= forecast[0] < best[0]:
        best = (best[0], "target", forecast[1])
    if best[0] < slot.clause.start and (own := _own_predicate(reading, slot, lexicon)):
        return own
    if best[0] >= 0:
        dated = any(best[0] < t.start < slot.quantity.start for t in reading.times if timescope.governs(t))
        dated = dated or not timescope.dated(reading, slot)
        firm = lexicon.modality.match(reading.text, best[0]) is not None
        return Cue(best[1], best[2], best[0] >= slot.clause.start, dated, firm)
    if ahead := _predicate(reading, slot, lexicon):
        return Cue("target", ahead, True)
    asked = slot.quantity.data["unit"] in ("%", "成") and _OF_THOSE.match(reading.text, slot.quantity.end)
    for name, pattern, rule in cues:
        found = pattern.search(reading.text, slot.quantity.end, slot.right)
        if found and not (asked and found.start() > asked.end()):
            return Cue(name, rule, True, not timescope.dated(reading, slot))
    return Cue()


_OF_THOSE = regex.compile("(?:以上)?的")
"""六成的企业计划扩招: what those plan is their plan, and their share a fact; 5%的预期目标 is none."""


def announced(reading: Reading, lexicon: Lexicon) -> str:
    """The kind of what a sentence announces that counts what follows: 下一步我们打算从三个方面入手."""
    if not lexicon.announcing.search(reading.text, reading.sentence.start, reading.sentence.end):
        return ""
    start, end = reading.sentence.start, reading.sentence.end
    found: list[tuple[int, str]] = [
        (match.start(), name)
        for name, pattern, _ in lexicon.cues_for(reading.text[start:end])
        if name != "provision"
        for match in pattern.finditer(reading.text, start, end)
    ]
    pairs = pairwise(reading.words)
    future = [(w.start, "target") for w, after in pairs if w.text in lexicon.future and after.tag[:1] in "vdp"]
    return max(found + future, default=(0, ""))[1]


_QUOTED = regex.compile(r"《[^》]*》?|“[^”]*”?|已[^，。；：、\d]{1,4}的(?=[^一二三四五六七八九十百千万亿\P{Han}]{2})")
"""What tells of other things: names, and what is said of a thing beside: 落实已出台的政策."""


def _auxiliary(reading: Reading, slot: Slot, scope: Scope, setting: Setting, lexicon: Lexicon) -> tuple[int, str, str]:
    """The last 将 or 要 before a verb, adverb or preposition, or 可 in the number's own clause.

    将 before a noun or a number, or before a verb with 的, is the preposition that puts the object first; 每…要 is a need,
    and so is 要 in a news text where no time is spoken of (队员们要在野外布设百条线路).
    可 says what is to come only where plans are spoken of; of a thing in use it says what it does (每年可发电2亿千瓦时).
    """
    best: tuple[int, str, str] = (-1, "", "")
    if not lexicon.auxiliary.search(reading.text, reading.sentence.start, slot.quantity.start):
        return best
    planned = setting.standpoint.report or setting.standpoint.genre == "target"
    words = reading.words_in(reading.sentence.start, slot.quantity.start)
    for i, word in enumerate(words):
        rule = lexicon.future.get(word.text) or (
            lexicon.possible.get(word.text) if planned and word.start >= slot.left else None
        )
        if not rule or reading.text.startswith(lexicon.no_future.get(word.text, ()), word.end):
            continue
        needed = not planned and not scope.known
        if word.text == "要" and (needed or "每" in reading.text[reading.sentence.start : word.start].rpartition("，")[2]):
            continue
        following = words[i + 1] if i + 1 < len(words) else None
        relative = i + 2 < len(words) and words[i + 2].text == "的"
        if (
            following is not None
            and not relative
            and not (word.text == "将" and _puts_in_front(reading, following, lexicon))
            and (following.tag[:1] in "vdp" or following.text in lexicon.light_verbs or following.text in lexicon.change)
        ):
            best = (word.start, "target", rule)
    return best


def _puts_in_front(reading: Reading, following: Word, lexicon: Lexicon) -> bool:
    """Whether 将 only puts an object in front, as its noun begins with a verb: 将防汛应急响应提升至三级."""
    acts = following.text in lexicon.light_verbs or following.text in lexicon.change or following.text in lexicon.causatives
    return not acts and lexicon.disposed.match(reading.text, following.end) is not None


_REST = regex.compile(r"(?:其余|余下|剩余|剩下)的?")
_ALREADY = ("已", "已经")


def _own_predicate(reading: Reading, slot: Slot, lexicon: Lexicon) -> Cue | None:
    """What the number's own clause says against the clauses before it: 计划…，12个国家的9个项目已经入选; 其余3户将在…."""
    end = slot.right
    for after in reading.slots[reading.slots.index(slot) + 1 :]:
        if after.clause is not slot.clause or reading.text[after.quantity.start - 1] != "的":
            break
        end = after.right
    done = _ALREADY[0] in reading.text[slot.quantity.end : end]
    for word, following in pairwise(reading.words_in(slot.quantity.end, end) if done else ()):
        if word.text in _ALREADY and following.tag[:1] in "vdp":
            return Cue("actual", "kind.actual-cue", True, not timescope.dated(reading, slot, slot.clause.start))
    before = reading.text[slot.clause.start : slot.quantity.start]
    if (before == "有" or _REST.match(before)) and (ahead := _predicate(reading, slot, lexicon)):
        return Cue("target", ahead, True)
    return None


def _predicate(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """The rule of a 将 in the predicate of which the number is the subject: 18个国家将携手推动能源转型."""
    words = reading.words_in(slot.quantity.end, slot.right)
    for word, following in pairwise(words):
        if word.text in lexicon.future and following.tag[:1] in "vdp":
            return lexicon.future[word.text]
    return ""


def modality(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """The word that says how firmly a target is meant (力争, 确保, 预期性, …), or an empty string."""
    for start, end in ((slot.clause.start, slot.clause.end), (reading.sentence.start, reading.sentence.end)):
        found = lexicon.modality.search(reading.text, start, end)
        if found:
            return str(found[0])
    return ""
