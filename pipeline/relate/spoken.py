"""Spoken of: what a headline, a clause or a number leaves as the topic of what comes after it."""

from __future__ import annotations

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import BRACKETS, Left, phrase, strip_left
from pipeline.relate.reading import Reading, Slot, Word
from pipeline.relate.reference import can_own, is_relational, owner_part, referent, without_rate
from pipeline.relate.subjects import built_in, is_place, subject_of
from pipeline.relate.topic import Named, Topic
from pipeline.values import Clause


def names_branch(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading names a thing that measures under it can be of: 新型显示和集成电路, not 提升治理水平."""
    plain = 3 < len(heading) <= 14 and _PLAIN_NAME.fullmatch(heading)
    return (
        bool(plain)
        and not heading.startswith(lexicon.deeds_or_openers)
        and can_own(heading, lexicon)
        and not is_relational(heading, lexicon)
    )


def opening(text: str, start: int, end: int) -> int:
    """Where the first clause with a subject ends: 近日 and 在江州 have none."""
    match = _OPENING.match(text, start, end)
    return match.end() if match else start


def first_subject(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """The subject of the first of two clauses that has one; empty where neither does."""
    for _ in range(2):
        if subject := subject_of(reading, start, end, lexicon):
            return subject
        start = reading.text.find("，", start, end) + 1
        if not start:
            return ""
    return ""


def hold_listened(topic: Topic, subject: str, lexicon: Lexicon) -> None:
    """The subject of a sentence without numbers becomes the topic, where it is a thing."""
    if subject and can_own(subject, lexicon) and not is_relational(subject, lexicon):
        topic.hold(_BUILDING_END.sub("", subject), overt=False)


def hear_clause(topic: Topic, reading: Reading, clause_index: int, lexicon: Lexicon) -> None:
    """A clause without numbers names what the clauses after it speak of."""
    clause = reading.sentence.clauses[clause_index]
    if any(s.clause_index == clause_index for s in reading.slots) or clause.depth:
        return
    next_in_rank = _NEXT_IN_RANK.match(reading.text, clause.start, clause.end)
    subject = subject_of(reading, next_in_rank.end() if next_in_rank else clause.start, clause.end, lexicon)
    if topic.overt and _goes_on(reading, clause, lexicon):
        subject = ""
    if reading.text[clause.end : clause.end + 1] == "：":
        topic.colon = _before_colon(reading, clause.end, lexicon)
    if subject.startswith(("该", "这")):
        subject = referent(reading, subject, lexicon) or subject
    if topic.subject and subject in lexicon.demonstratives:
        subject = topic.full_name(subject)
        subject = topic.subject if subject in lexicon.demonstratives else subject
    if lexicon.records.match(reading.text, clause.start):
        subject = ""
    reports = any(w.text in lexicon.reports for w in reading.words_in(clause.start, clause.end))
    risen = without_rate(subject, lexicon)
    measures = lexicon.measure_noun.search(subject) or risen != subject or owner_part(subject, lexicon)
    topic.rising = risen if measures else _record(reading, clause, lexicon)
    if built := built_in(reading, clause.start, clause.end, lexicon):
        topic.hold(built, overt=True)
        topic.fresh = built
        return
    if subject and not reports and not is_relational(subject, lexicon) and can_own(subject, lexicon):
        topic.hold(subject, overt=True)
        topic.fresh = topic.subject


def _record(reading: Reading, clause: Clause, lexicon: Lexicon) -> str:
    """What a clause says to be as high or low as never before: ``对地方转移支付创新高，达10万亿元``."""
    record = lexicon.records.search(reading.text, clause.start, clause.end)
    words = reading.words_in(clause.start, record.start()) if record else []
    noun = phrase(strip_left(words, lexicon), lexicon) if words and words[0].tag != "v" else ""
    return noun if 2 < len(noun) <= _LONGEST_RECORD else ""


def _goes_on(reading: Reading, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause only says what else its subject does: 持续推进科技创新."""
    words = (
        w for w in reading.words_in(clause.start, clause.end) if not (w.text in lexicon.modals or w.text in lexicon.adverbs)
    )
    first = next(words, None)
    return first is not None and first.tag.startswith("v") and first.text in lexicon.openers


def _before_colon(reading: Reading, colon: int, lexicon: Lexicon) -> str:
    """``1.能源消费总量：2020年…``: the indicator of a line of a list; empty where the colon announces something else."""
    start = max((m.end for m in reading.numbering if m.end <= colon), default=reading.sentence.start)
    pause = reading.text.rfind("，", start, colon) + 1
    text = "".join(w.text for w in reading.words_in(max(start, pause), colon))
    text = BRACKETS.sub("", text).strip().rstrip("为是")
    measured = (
        lexicon.rate_suffix.search(text)
        or owner_part("的" + text, lexicon)
        or (not pause and subject_of(reading, start, colon, lexicon))
    )
    announced = lexicon.announcement_end.search(BRACKETS.sub("", text))
    plain = len(text) <= 30 and not _PAUSE.search(text) and not announced
    return text if plain and measured else ""


def hold_measured(topic: Topic, reading: Reading, slot: Slot, left: Left, found: Named, lexicon: Lexicon) -> None:
    """What the next relational noun is of: the subject of the sentence stays before what is only its object."""
    spoken = reading.words_in(slot.left, slot.quantity.start)
    if spoken and spoken[0].text == "其中" and not topic.whole:
        topic.whole = topic.subject
    local = bool(spoken) and is_place(spoken[0], lexicon)
    if local and slot.left == slot.clause.start:
        topic.overt = False
    if found.end and not left.verb and "由" in left.predicate and can_own(left.noun, lexicon):
        topic.hold(left.noun.rsplit("的", 1)[-1], overt=True)
        return  # 项目由30个平台组成
    if (
        found.subject in lexicon.parts
        or in_adjunct(reading, slot, found)
        or (found.rule.startswith("pattern.share") and spoken[0].text == "其中")
    ):
        return
    if found.end and (named := called(reading, slot, lexicon)):
        topic.hold(topic.full_name(named), overt=True)
        return
    owner = found.text.removesuffix(found.subject) if found.rule == "indicator.subject-noun" else ""
    if owner and can_own(owner, lexicon):
        topic.hold(owner, overt=True)
        return
    if not left.verb and (doer := _doer(spoken, lexicon)):
        topic.hold(doer, overt=True)
        return
    is_object = bool(left.verb and "有" not in left.predicate) or bool(found.end and (left.noun or left.predicate))
    subject = left.subject or (subject_of(reading, slot.left, slot.quantity.start, lexicon) if left.verb else "")
    subject = "" if left.verb and left.verb in subject else owner_part(subject, lexicon) or subject
    if local and subject.startswith(spoken[0].text) and (len(spoken) < 2 or spoken[1].tag.startswith("v")):
        subject = ""
    if left.verb and subject and can_own(subject, lexicon):
        topic.hold(subject, overt=True)
    elif _introduces(left, found, lexicon):
        topic.hold(found.text, overt=True)
    elif (
        is_object
        and topic.subject
        and (topic.overt or left.verb in lexicon.possessions or left.verb in lexicon.relations)
        and not lexicon.agent_end.search(topic.subject)
    ):
        return
    elif lexicon.agent_end.search(topic.subject) and lexicon.is_deed(found.subject):
        topic.hold(found.subject[2:], overt=False)
    elif can_own(found.subject, lexicon) and not _only_a_deed(topic, found, lexicon):
        topic.hold(found.subject.rsplit("的", 1)[-1], overt=not is_object and not found.end)


def _doer(words: list[Word], lexicon: Lexicon) -> str:
    """Who does what a number counts, where an adverb parts the two: 灌区 of ``灌区累计灌溉农田``; empty where none does."""
    at = next((i for i, w in enumerate(words) if i and w.text in lexicon.inner_adverbs), len(words))
    deed = words[at + 1 : at + 2]
    if len(words) < at + 3 or deed[0].tag not in ("v", "vn") or deed[0].text in lexicon.change:
        return ""
    name = phrase(strip_left(words[:at], lexicon), lexicon)
    return name if len(name) > 2 and can_own(name, lexicon) and not is_relational(name, lexicon) else ""


def _introduces(left: Left, found: Named, lexicon: Lexicon) -> bool:
    """Whether a clause brings up what the next one is about: 有3个装置列入国家规划，总投资…."""
    there_is = not left.subject and left.verb in lexicon.possessions
    return there_is and found.rule == "indicator.relative" and can_own(found.text, lexicon)


def _only_a_deed(topic: Topic, found: Named, lexicon: Lexicon) -> bool:
    """Whether what was counted is only what the subject of the sentence does: 发送旅客."""
    deed = lexicon.is_deed(found.text) or len(found.text) == 2
    return topic.overt and found.subject == found.text and deed


def called(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """What is called the thing that the number describes: 该大桥 of ``该大桥是首座350公里时速斜拉桥``; empty without 是."""
    words = reading.words_in(slot.left, slot.quantity.start)
    at = next((i for i, w in enumerate(words) if w.text == "是"), 0)
    if not at or slot.left > slot.clause.start:
        return ""
    subject = subject_of(reading, words[0].start, words[at].start, lexicon)
    return referent(reading, subject, lexicon) or subject


def in_adjunct(reading: Reading, slot: Slot, found: Named) -> bool:
    """Whether the number and its noun only say where or to whom: 在36个城市, 向江州等4市112个乡镇."""
    if not found.end:
        return False
    if reading.text[max(0, slot.quantity.start - 1) : slot.quantity.start] in _ADJUNCTS:
        return True
    before = reading.words_in(slot.clause.start, slot.quantity.start)
    return bool(before) and before[0].text in _ADJUNCTS


_NEXT_IN_RANK = regex.compile("(?:其次|再次|随后|依次)是")
_LONGEST_RECORD = 16
_OPENING = regex.compile(
    r"(?:(?:在[^，：]{2,14}|(?:今天|昨天|日前|近日|目前|眼下|当前|近年来|\d)[^，：]{0,12})，)?[^，：]{1,40}"
)
_BUILDING_END = regex.compile("(?<=.{3})建设$")
_PAUSE = regex.compile("[，。；：]")
_PLAIN_NAME = regex.compile(r"[\p{Han}A-Za-z\d、“”]+")
_ADJUNCTS = ("在", "向", "从", "由")
