"""Cases: whom a number of a rule is for, where the clauses before it say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import is_noun, strip_left
from pipeline.relate.provision.parts import no_one, words
from pipeline.relate.reading import Reading, Slot, kind_of_unit
from pipeline.values import Clause

_EXCUSE = regex.compile(r"^(?:逾期|拒不|情节|经催)")
_BOUND_CASE = regex.compile(r"(?:及?以[上下内])?的")
_CASE_OPENING = regex.compile("^(?:在此基础上|对于?|若|如|凡|被|自[^，]*?起(?:[^，]*?内)?)+")
_BY_ARTICLE = regex.compile(
    r"违反(?:(?:本|前|上述)?(?:条例|办法|规定|细则|法|款|条)|第.{1,4}[条款项]|[、和及或者])*(?:的?规定)?"
    r"|有?(?:下列|以下|前款|上述)(?:所列|规定)?(?:行为|情形)(?:之一)?"
)
"""Cases that say nothing without the article or the list that they point to."""
_ARTICLE = regex.compile("违反本(?:条例|办法|细则|规定)(?=第)")
_ONE_OF = regex.compile("(?:之一)?的?$")
_OTHERWISE = regex.compile("^(?:或者?|以及|并|且|及)")
"""Opens one more case of several: the first of them gives the name."""
_FIRST_CASE = regex.compile(
    r"(?:^|[，。；\n])[\s　]*(?:第[一二三四五六七八九十百]+条|[（(]?[一二三四五六七八九十\d]+[）)、.．])?[\s　]*"
    r"(?P<case>[^，。；：\n]{4,40}?的)，"
)
_FARTHEST = 400
_NOT = "未不没无"
_MADE_OF = regex.compile(
    r"(?:（[^）]*）)?[A-Za-z]?(?P<who>\p{Han}{2,10}?)(?:(?<![被评定认作成选名])为|属于?)(?P<what>[^为，。；：的]{2,16})"
)
"""房屋结构为砖木结构: of what kind a thing is."""
_ENTITLED = regex.compile(
    "(?:当年|首次|新|获|经)*(?:被)?(?:等级)?(?:评定|评审|评选|评|授予|命名)为|^(?:当年|首次|新|获|经)*被?认定为"
)
_LONGEST_NESTED = 40
_BOTH_ENDS = 2
_NEAR = 80
"""How far from a case the one beside it ends."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a sentence puts a case of.

    Attributes:
        text: the case, without the 的 at its end.
        clausal: whether that 的 was there, so that the case is what somebody does, and not who.
        bare: whether it begins with what is done, so that who does it was said before.
        owner: who or what it measures, where it is put by a number: 温室 of 温室面积达到3000平方米.
        tier: whether it is put by a number that the cases beside it vary.
        measured: whether it is put by a number.
    """

    text: str = ""
    clausal: bool = False
    bare: bool = False
    owner: str = ""
    measured: bool = False
    tier: bool = False

    def name(self, bare: bool = False) -> str:
        """The case as part of a name, without the verb by which a title is given: 评为五星级的养老院 → 五星级的养老院.

        Args:
            bare: whether nothing else tells numbers of the same kind apart, so that the number of a tier belongs to it.
        """
        if self.measured and not (self.tier and bare):
            return self.owner
        if (made := _MADE_OF.fullmatch(self.text)) and not self.bare:
            return f"{made['what']}{_tail_off(made['who'], made['what'])}"
        return str(_ENTITLED.sub("", self.text.removeprefix("在")))

    def within(self, before: Case) -> Case:
        """The case with what the one before it said for both.

        ``电视剧在省台播出的，…；在市台播出的`` → 电视剧在市台播出, ``获得金奖的企业，…；获得银奖的`` → 获得银奖的企业.
        """
        if not self.bare or not before.text:
            made, of = _MADE_OF.fullmatch(self.text), _MADE_OF.fullmatch(before.text)
            whose = made and of and of["who"].endswith(made["who"])
            return replace(self, text=f"{of['who']}为{made['what']}") if made and of and whose else self
        if before.clausal:
            at = next((found for size in (2, 1) if (found := before.text.find(self.text[:size])) >= 0), 0)
            return replace(self, text=before.text[:at].rstrip(_NOT) + self.text, owner=self.owner or before.owner)
        who = before.text.rpartition("的")[2]
        return Case(f"{self.text}的{who}") if self.clausal and who else self


def case_before(
    reading: Reading, slot: Slot, lexicon: Lexicon, last: Case, receiver: str = "", *, granted: bool = True
) -> Case:
    """``占用盲道的，处200元罚款``: the case that the clauses before in the sentence put.

    Args:
        granted: whether something is given in the case, so that a deed alone puts one, and one case may stand in another.
        last: the case put last before, which 逾期不改正的 goes on with.
        receiver: who was given something before, and is meant by 重新认定的 and 被评为五星级的.
    """
    if within := _case_in_clause(reading, slot):
        return Case(within)
    goes_on = False
    nearest: Case | None = None
    begun = 0
    for clause in reversed(_whole_clauses(reading, slot)):
        text = reading.text[clause.start : clause.end]
        if reading.text[clause.end : clause.end + 1] == "：" or lexicon.head_end.search(text):
            continue
        if _EXCUSE.match(text):
            goes_on = True
            continue
        case = _put(reading, slot, clause, lexicon, receiver, granted)
        if (
            not case
            or not case.name(bare=True)
            or (_OTHERWISE.match(text) and clause.start != reading.sentence.clauses[0].start)
        ):
            continue
        if not nearest:
            nearest, begun = case, clause.start
            if not (case.bare and granted):
                break
        elif any(clause.end <= s.quantity.start < begun for s in reading.slots):
            return nearest.within(case)
        elif "违反第" in case.text and not case.clausal:
            break
        elif len(case.text) + len(nearest.text) <= _LONGEST_NESTED and not _by_article(case.text):
            both = case.text + nearest.text if case.clausal else f"{nearest.text}的{case.text}"
            return replace(nearest, text=both, bare=False)
        else:
            break
    start = reading.sentence.start
    breath = start > 0 and reading.text[start - 1] == "；"
    nested = nearest and nearest.clausal and _brought_about(nearest.text, lexicon)
    if breath and (nested or (goes_on and not nearest)):
        last = _in_sentence_before(reading) or last
    if nested and nearest and breath:
        return replace(nearest, text=_without_outcome(last.text, lexicon) + nearest.text, bare=False)
    if nearest and not _by_article(nearest.text):
        return nearest.within(last) if breath else nearest
    return last if goes_on and not nearest else Case()


def announced_case(text: str) -> Case:
    """The case that a paragraph puts for the list below it: ``占用盲道的，按下列规定处罚：``."""
    case = _FIRST_CASE.search(text)
    if not case or _BY_ARTICLE.fullmatch(case["case"].removesuffix("的")):
        return Case()
    return Case(_ONE_OF.sub("", case["case"]), clausal=True)


def _whole_clauses(reading: Reading, slot: Slot) -> list[Clause]:
    """The clauses before a number outside of brackets, those that a bracket cuts in two as one."""
    found: list[Clause] = []
    for clause in reading.sentence.clauses[: slot.clause_index]:
        if clause.depth:
            continue
        shut = reading.text[clause.start - 1 : clause.start] == "）" and found and reading.text[found[-1].end] == "（"
        if shut:
            found[-1] = Clause(found[-1].start, clause.end, 0)
        else:
            found.append(clause)
    return found


def _brought_about(case: str, lexicon: Lexicon) -> bool:
    """Whether a case is what comes of another: 造成损失, 未造成损失."""
    return case.lstrip(_NOT).startswith(tuple(lexicon.brings_about))


def _without_outcome(case: str, lexicon: Lexicon) -> str:
    found = min((at for word in lexicon.brings_about if len(word) > 1 and (at := case.find(word)) > 0), default=len(case))
    return case[:found].rstrip(_NOT)


def _in_sentence_before(reading: Reading) -> Case | None:
    """The case of the sentence before, which has no numbers and so was not read: 占用堤防的，责令限期拆除；逾期不拆除的，….

    It is sought no farther than a sentence is long.
    """
    end = reading.sentence.start - 1
    low = max(reading.text.rfind(mark, max(0, end - _FARTHEST), end) for mark in "。；\n")
    case = _FIRST_CASE.search(reading.text, max(low, 0), end) if low >= 0 or end <= _FARTHEST else None
    if not case or _EXCUSE.match(case["case"]):
        return None
    return Case(_ONE_OF.sub("", _ARTICLE.sub("违反", case["case"])), clausal=True)


def _says_how(reading: Reading, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause says how or by whom something is done, and puts no case: 经市政府同意, 由主管部门责令改正."""
    found = reading.words_in(clause.start, clause.end)
    if not found:
        return True
    if found[0].text in lexicon.penalties or lexicon.circumstance_end.search(reading.text, clause.start, clause.end):
        return True
    if found[-1].text == "的" or (any(w.text == "的" for w in found) and is_noun(found[-1], lexicon)):
        return False
    return found[0].text in lexicon.circumstances or found[-1].text in lexicon.reports


def _tail_off(who: str, what: str) -> str:
    """房屋结构 without what 砖木结构 ends with too."""
    return who[:-2] if len(who) > 3 and who[-2:] == what[-2:] else who


def _by_article(case: str) -> bool:
    """Whether a case says nothing but that a rule, which it does not number, is broken."""
    return _BY_ARTICLE.fullmatch(case) is not None and "第" not in case


def _put(reading: Reading, slot: Slot, clause: Clause, lexicon: Lexicon, receiver: str, granted: bool) -> Case | None:
    """The case that one clause puts, if it does."""
    text = reading.text[clause.start : clause.end]
    numbers = [s for s in reading.slots if clause.start <= s.quantity.start < clause.end and not s.clause.depth]
    after = text.rpartition("）")[2]
    plain = (after if after.startswith("每") else text).removeprefix("在此基础上")
    if lexicon.each_deed.match(plain) and len(numbers) <= 1:
        return Case(plain)
    if _says_how(reading, clause, lexicon):
        return None
    clausal = text.endswith("的")
    scaled = granted and _of_scale(reading, clause, numbers, lexicon)
    put = (
        clausal
        or scaled
        or text.startswith("对")
        or (numbers and threshold_noun(reading, numbers[-1], clause, lexicon))
        or (granted and len(slot.group) == 1 and _is_deed(reading, clause, lexicon))
        or (not numbers and (_nominal(reading, clause, lexicon) or _MADE_OF.fullmatch(text)))
    )
    if not put:
        return None
    if numbers and not clausal and "的" in reading.text[numbers[-1].quantity.end : clause.end]:
        return Case(text.rpartition("的")[2])
    if (
        not scaled
        and numbers
        and (
            not lexicon.after_pattern.match(reading.text, numbers[0].quantity.end)
            or lexicon.edge_end.search(reading.text, clause.start, numbers[0].quantity.start)
        )
    ):
        owner = _owner_of_threshold(reading, clause, numbers[0], lexicon)
        if not clausal or not granted or len(numbers) > 1:
            return Case(owner, owner=owner) if owner else None
        found = words(reading, clause.start, clause.end, lexicon).removesuffix("的")
        first = next(iter(strip_left(reading.words_in(clause.start, clause.end), lexicon)), None)
        bare = reading.text[clause.start : numbers[0].quantity.start] and first is not None and first.tag[:1] in "vpd"
        tier = _is_tier(reading, clause, numbers[0])
        return Case(str(_CASE_OPENING.sub("", found)), clausal, bool(bare), owner, measured=True, tier=tier)
    if _ARTICLE.search(text) or "违反第" in text:
        text = reading.text[max([clause.start, *(m.end for m in reading.numbering if m.start <= clause.start)]) : clause.end]
        text = text.strip("　 ")
        return Case(_ONE_OF.sub("", _ARTICLE.sub("违反", text)), clausal, text.startswith("违反"))
    found = words(reading, clause.start, clause.end, lexicon).removesuffix("的")
    if receiver and clausal and (again := lexicon.goes_on.match(text)):
        return Case(f"{'' if found.startswith(again['word']) else again['word']}{found}的{receiver}")
    whole = reading.words_in(clause.start, clause.end)
    if clausal and whole and whole[0].text == "在":
        return Case("".join(w.text for w in whole[:-1]), clausal, bare=True)
    first = next(iter(strip_left(whole, lexicon)), None)
    return Case(str(_CASE_OPENING.sub("", found)), clausal, first is not None and first.tag[:1] in "vpd")


def _of_scale(reading: Reading, clause: Clause, numbers: list[Slot], lexicon: Lexicon) -> bool:
    """Whether a clause is a step of a scale of cases, which its numbers tell apart: 怀孕满3个月不满7个月流产."""
    if not numbers or reading.text[clause.start : numbers[0].quantity.start] in ("", "分"):
        return False
    last = numbers[-1].quantity
    bound = lexicon.after_pattern.match(reading.text, last.end)
    rest = reading.text[bound.end() if bound else last.end : clause.end].removesuffix("的")
    times = all(str(s.quantity.data["unit"]).endswith(("年", "月", "日", "天")) for s in numbers)
    return times and (len(numbers) == _BOTH_ENDS or (len(rest) > 1 and "的" not in rest))


def _is_tier(reading: Reading, clause: Clause, slot: Slot) -> bool:
    """Whether the cases beside one, which a semicolon or a comma parts from it, vary its number."""
    unit = kind_of_unit(slot.quantity.data["unit"])
    start, end = reading.sentence.start, reading.sentence.end
    low = start - _NEAR if reading.text[start - 1 : start] == "；" else start
    high = end + _NEAR if reading.text[end - 1] == "；" else end
    beside = (reading.text[max(low, 0) : clause.start], reading.text[clause.end : high])
    return bool(unit) and any(_BOUND_CASE.match(text, at + len(unit)) for text in beside for at in _places(unit, text))


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _case_in_clause(reading: Reading, slot: Slot) -> str:
    """``招用3人以下的按每人2000元给予补贴``: a case without a comma after it."""
    index = slot.group[0]
    if not index or reading.slots[index - 1].clause is not slot.clause:
        return ""
    before = reading.slots[index - 1]
    match = _BOUND_CASE.match(reading.text, before.quantity.end, slot.quantity.start)
    low = reading.slots[index - 2].quantity.end if index > 1 else slot.clause.start
    low = max(low, slot.clause.start, *(m.end for m in reading.numbering if m.end <= before.quantity.start))
    return reading.text[low : match.end() - 1].strip("，、　 ") if match else ""


def _owner_of_threshold(reading: Reading, clause: Clause, slot: Slot, lexicon: Lexicon) -> str:
    """``温室面积达到3000平方米的``: 温室, without what is measured of it."""
    text = reading.text[clause.start : slot.quantity.start]
    before = lexicon.edge_end.sub("", text)
    found = regex.sub("^对于?", "", words(reading, clause.start, clause.start + len(before), lexicon))
    owner = lexicon.attribute_end.sub("", found) if before != text else found
    last = next((w for w in reversed(reading.words_in(clause.start, slot.quantity.start))), None)
    if before == text and not no_one(found) and (len(found) <= 2 or (last and last.tag.startswith("v"))):
        return words(reading, clause.start, clause.end, lexicon).removesuffix("的")
    if "的" not in owner and (whole := _whole_words(reading, clause, slot, owner, lexicon)):
        owner = whole
    return "" if len(owner) < 3 or lexicon.head_end.search(owner) or no_one(owner) else str(owner)


def _whole_words(reading: Reading, clause: Clause, slot: Slot, owner: str, lexicon: Lexicon) -> str:
    """Who is measured where the measure begins in the midst of a word: 企业年度外贸 of 企业年度外贸进|出口额."""
    at, text = 0, ""
    for word in strip_left(reading.words_in(clause.start, slot.quantity.start), lexicon):
        at += len(word.text)
        if at == len(owner):
            return ""
        if at > len(owner):
            return text
        text += word.text
    return ""


def threshold_noun(reading: Reading, slot: Slot, clause: Clause, lexicon: Lexicon) -> str:
    """种粮大户 of ``种植面积50亩以上的种粮大户``, where that ends its clause."""
    bound = lexicon.after_pattern.match(reading.text, slot.quantity.end, clause.end)
    if not bound or reading.text[bound.end() : bound.end() + 1] != "的":
        return ""
    found = reading.words_in(bound.end() + 1, clause.end, clause.depth)
    return "".join(w.text for w in found) if found and all(is_noun(w, lexicon) for w in found) else ""


def _nominal(reading: Reading, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause is a noun phrase: 不具备条件的合表用户, 屋顶光伏自用部分."""
    found = strip_left(reading.words_in(clause.start, clause.end, clause.depth), lexicon)
    linked = max((i for i, w in enumerate(found) if w.text == "的"), default=-1)
    return len(found) > linked + 1 and all(is_noun(w, lexicon) for w in found[linked + 1 :])


def _is_deed(reading: Reading, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the first clause of a sentence says what is to be done for the grant: 举办国际赛事，按经费的50%给予补助."""
    if clause.start != reading.sentence.clauses[0].start or any(s.quantity.start < clause.end for s in reading.slots):
        return False
    found = strip_left(reading.words_in(clause.start, clause.end), lexicon)
    return (
        len(found) > 1 and any(w.tag == "v" for w in found) and not reading.text.startswith(lexicon.slogans, found[0].start)
    )


def before_bracket(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``法定代表人（女性不超过55周岁）``: what stands before the bracket that a number stands in."""
    outer = [c for c in reading.sentence.clauses[: slot.clause_index] if c.depth < slot.clause.depth]
    if not outer or any(s.clause is outer[-1] for s in reading.slots):
        return ""
    return words(reading, outer[-1].start, outer[-1].end, lexicon)
