"""Cases: whom a number of a rule is for, where the clauses before it say so."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import is_noun, strip_left
from pipeline.relate.provision.parts import no_one, words
from pipeline.relate.reading import Reading, Slot
from pipeline.values import Clause

_EXCUSE = regex.compile(r"^(?:逾期|拒不|情节|经催)")
_BOUND_CASE = regex.compile(r"(?:及?以[上下内])?的")
_CASE_OPENING = regex.compile("^(?:在此基础上|对于?|若|如|凡|被|自[^，]*?起(?:[^，]*?内)?)+")
_BY_ARTICLE = regex.compile(
    r"违反(?:(?:本|前|上述)?(?:条例|办法|规定|细则|法|款|条)|第.{1,4}[条款项]|[、和及或者])*(?:的?规定)?"
    r"|有?(?:下列|以下|前款|上述)(?:所列|规定)?(?:行为|情形)(?:之一)?"
)
"""Cases that say nothing without the article or the list that they point to."""
_COUNTS = ("unit.classifier", "unit.people")


def case_before(reading: Reading, slot: Slot, lexicon: Lexicon, last: str, receiver: str = "") -> str:
    """``占用盲道的，处200元罚款``: the case that the clauses before in the sentence put.

    Args:
        last: the case put last before, which 逾期不改正的 goes on with.
        receiver: who was given something before, and is meant by 重新认定的 and 被评为五星级的.
    """
    if case := _case_in_clause(reading, slot):
        return case
    goes_on = False
    for clause in reversed(reading.sentence.clauses[: slot.clause_index]):
        text = reading.text[clause.start : clause.end]
        if clause.depth or reading.text[clause.end : clause.end + 1] == "：" or lexicon.head_end.search(text):
            continue
        numbers = [s for s in reading.slots if s.clause is clause]
        plain = text.removeprefix("在此基础上")
        each = lexicon.each_deed.match(plain) and len(numbers) <= 1
        deed = len(slot.group) == 1 and _is_deed(reading, clause, lexicon)
        put = (
            text.endswith("的")
            or text.startswith("对")
            or (numbers and threshold_noun(reading, numbers[-1], clause, lexicon))
            or each
            or deed
            or (not numbers and _nominal(reading, clause, lexicon))
        )
        if _EXCUSE.match(text):
            goes_on = True
            continue
        if not put:
            continue
        if each:
            return plain
        if numbers and not text.endswith("的") and "的" in reading.text[numbers[-1].quantity.end : clause.end]:
            return text.rpartition("的")[2]
        if numbers and (
            not lexicon.after_pattern.match(reading.text, numbers[0].quantity.end)
            or lexicon.edge_end.search(reading.text, clause.start, numbers[0].quantity.start)
        ):
            if owner := _owner_of_threshold(reading, clause, numbers[0], lexicon):
                return owner
            continue
        found = words(reading, clause.start, clause.end, lexicon).removesuffix("的")
        if receiver and text.endswith("的") and (again := lexicon.goes_on.match(text)):
            found = f"{'' if found.startswith(again['word']) else again['word']}{found}的{receiver}"
        return "" if _BY_ARTICLE.fullmatch(found) else str(_CASE_OPENING.sub("", found))
    return last if goes_on else ""


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


def counted_cases(reading: Reading, slot: Slot, lexicon: Lexicon) -> list[str]:
    """``一等奖1名、二等奖3名，分别给予20万元、10万元奖金``: what the numbers before counted, in order."""
    first, count = slot.group[0], len(slot.group)
    before = reading.slots[max(0, first - count) : first]
    if len(before) < count or any(s.quantity.rule not in _COUNTS or s.clause is slot.clause for s in before):
        return []
    if "分别" not in reading.text[slot.left : reading.slots[first].quantity.start]:
        return []
    return [regex.sub("^.*设", "", words(reading, s.left, s.quantity.start, lexicon)) for s in before]


def numbered_cases(reading: Reading, slot: Slot, lexicon: Lexicon) -> list[str]:
    """``收入突破1亿元、5亿元的企业，分别奖励10万元、50万元``: the case that each number of an earlier coordination puts."""
    for other in reversed([s for s in reading.slots if s.clause_index < slot.clause_index]):
        if len(other.group) != len(slot.group):
            continue
        clause, numbers = other.clause, [reading.slots[i].quantity for i in other.group]
        before = words(reading, clause.start, numbers[0].start, lexicon)
        after = reading.text[numbers[-1].end : clause.end].removesuffix("的")
        return [regex.sub("^对于?", "", before) + number.text + after for number in numbers]
    return []


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
    if clause is not reading.sentence.clauses[0] or any(s.clause is clause for s in reading.slots):
        return False
    found = reading.words_in(clause.start, clause.end)
    return len(found) > 1 and found[0].tag == "v" and found[0].text in lexicon.granted_deeds and is_noun(found[-1], lexicon)


def before_bracket(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """``法定代表人（女性不超过55周岁）``: what stands before the bracket that a number stands in."""
    outer = [c for c in reading.sentence.clauses[: slot.clause_index] if c.depth < slot.clause.depth]
    if not outer or any(s.clause is outer[-1] for s in reading.slots):
        return ""
    return words(reading, outer[-1].start, outer[-1].end, lexicon)
