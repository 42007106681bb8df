"""Stage 5: statements. Each quantity gets what it measures, how, for when, and of which kind."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from datetime import date

from pipeline import regex
from pipeline.recognise import is_report, viewpoint
from pipeline.relate import bounds, distribution, indicator, timescope
from pipeline.relate.following import Right, right_of
from pipeline.relate.headline import Headline
from pipeline.relate.kind import Setting, announced, genre_of, kind, modality, section_kind
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.measure import compared_with, measure
from pipeline.relate.patterns import by_pattern
from pipeline.relate.periods import period_of
from pipeline.relate.phrases import BRACKETS, Left, left_of, phrase, strip_left
from pipeline.relate.provision import Provisions
from pipeline.relate.qualifiers import attribute_of, is_qualifier
from pipeline.relate.reading import Reading, Slot, Word, read
from pipeline.relate.reference import can_own, is_relational, owner_part, referent, without_rate
from pipeline.relate.subjects import built_in, is_place, subject_of
from pipeline.relate.timescope import NOTHING, Pair, Scope
from pipeline.relate.topic import Named, Topic
from pipeline.units import UnitTable
from pipeline.values import Block, Clause, Mention, Metadata, Recognised, Residue, Segmented, Sentence, Statement

__all__ = ["Lexicon", "relate"]


def relate(
    recognised: Recognised, metadata: Metadata, lexicon: Lexicon, units: UnitTable
) -> tuple[tuple[Statement, ...], tuple[Residue, ...]]:
    """Reads every sentence with a quantity, in order, carrying time, topic and kind along.

    Returns:
        The statements, and the numerals that are none with the reason, both in text order.
    """
    return _Relater(recognised, metadata, lexicon, units).run()


class _Relater:
    """The state that one document's reading carries from sentence to sentence."""

    def __init__(self, recognised: Recognised, metadata: Metadata, lexicon: Lexicon, units: UnitTable) -> None:
        self.recognised = recognised
        self.segmented: Segmented = recognised.segmented
        self.anchor: date | None = viewpoint(metadata, lexicon.review)
        self.early = self.anchor is not None and self.anchor.month <= 3
        self.lexicon = lexicon
        self.units = units
        self.genre = genre_of(metadata.title, lexicon)
        self.report = is_report(metadata)
        self.present = self.anchor.year - (self.report and self.early) if self.anchor else None
        self.statements: list[Statement] = []
        self.residue: list[Residue] = []
        self.scope: Scope = NOTHING
        self.section_scope: Scope = NOTHING
        self.topic = Topic()
        self.provisions = Provisions(lexicon)
        self.kind = ""
        self.passing = False
        self.turned_from: Scope | None = None
        """The time to come from which the sentence at hand turned back to what is."""
        self.planning = False
        self.first_times: dict[int, Scope] = {}
        self.last_numbers: dict[int, int] = {}
        self.headline = ""
        self.over = Headline()
        self.pair = Pair()
        self.last: tuple[Scope, str, str] | None = None
        self.rate: tuple[str, str] = ("", "")
        self.period = period_of(metadata.title)

    def run(self) -> tuple[tuple[Statement, ...], tuple[Residue, ...]]:
        quantities = _by_sentence(self.segmented, self.recognised.quantities)
        times = _by_sentence(self.segmented, tuple(map(self._in_rule, self.recognised.times)))
        others = _by_sentence(self.segmented, self.recognised.others)
        self.first_times = {
            self.segmented.sentences[i].block: timescope.first(ms)
            for i, ms in times.items()
            if i == 0 or self.segmented.sentences[i - 1].block != self.segmented.sentences[i].block
        }
        self.last_numbers = {self.segmented.sentences[i].block: i for i in sorted(quantities)}
        block_index = -1
        for i, sentence in enumerate(self.segmented.sentences):
            block = self.segmented.blocks[sentence.block]
            if sentence.block != block_index:
                self._enter(sentence.block, times.get(i, []), i in quantities)
                block_index = sentence.block
            if not sentence.clauses:
                self._listen(i, others.get(i, []))
                if i in times:
                    said = Reading(self.segmented.text, sentence, [], [], times[i], [])
                    self.scope = timescope.scope_after(said, self.scope, self.report)
                    self._lead(sentence, block)
                continue
            numbers = quantities.get(i, [])
            if block.asks:
                self.residue += [Residue(m.start, m.end, i, "提问") for m in numbers]
                continue
            words = self._words(sentence.start, sentence.end) if numbers else []
            numbering = [m for m in others.get(i, []) if m.type in _NUMBERING]
            if (
                self.genre != "target"
                and not self.report
                and self._ahead()
                and _PLACE.match(self.segmented.text, sentence.start)
            ):
                self.scope, self.kind = self.section_scope, ""
            reading = read(self.segmented.text, sentence, words, numbers, times.get(i, []), numbering, self.lexicon)
            if numbers:
                self._sentence(i, reading)
            else:
                self._listen(i, numbering)
            after = timescope.scope_after(reading, self.scope, self.report)
            self.scope = self.section_scope if after == self.turned_from else after
            self.turned_from = None
            if self._long_past(block, sentence) and not timescope.counts_on(times.get(i + 1, [])):
                self.scope = self.section_scope
            if not numbers and i in times:
                self._lead(sentence, block)
            if self.passing and not self.segmented.text[sentence.start : sentence.end].rstrip().endswith("；"):
                self.kind, self.passing = "", False
        index = {
            id(m): n
            for n, ms in _by_sentence(self.segmented, (*self.recognised.times, *self.recognised.others)).items()
            for m in ms
        }
        for mention in (*self.recognised.times, *self.recognised.others):
            reason = "日期" if mention.type == "time" else mention.type
            self.residue.append(Residue(mention.start, mention.end, index[id(mention)], reason))
        self.residue.sort(key=lambda r: r.start)
        return tuple(self.statements), tuple(self.residue)

    def _long_past(self, block: Block, sentence: Sentence) -> bool:
        """Whether what was said last is of a year long past that ends here: no person (他, 她) is told of."""
        if not self.anchor or self.scope.role != "point" or (self.scope.year_to or 9999) >= self.anchor.year - 1:
            return False
        text = self.segmented.text
        ended = text[sentence.start : sentence.end].rstrip().endswith("。")
        return self._is_news() and ended and not _TOLD_OF.search(text, block.start, block.end)

    def _is_news(self) -> bool:
        return not self.report and self.genre not in ("target", "provision")

    def _lead(self, sentence: Sentence, block: Block) -> None:
        """A sentence without numbers at the end of a paragraph says for when those after it are: 新的一年，各地…."""
        named = self.scope.role == "point" or self.scope.rule in _NAMED_PERIODS
        near = self.anchor and self.scope.year_to in (self.anchor.year, self.anchor.year - 1)
        if block.end <= sentence.end + 1 and named and near and self._is_news():
            self.section_scope = self.scope

    def _in_rule(self, time: Mention) -> Mention:
        """In a rule 上年度 and 次年 are years of whoever applies, 三年内 is a time limit, 全年 is any year, and a time that
        describes a thing (2018年4月底前注册的车辆) tells which are meant: none dates the text.
        """
        of_applicant = time.rule in _RELATIVE and not any(word in time.text for word in _OF_THE_TEXT)
        describes = time.data["role"] == "point" and _DESCRIBING.match(self.segmented.text, time.end)
        if self.genre != "provision" or not (of_applicant or describes):
            return time
        return replace(time, data={**time.data, "role": "vague"})

    def _enter(self, block_index: int, times: list[Mention], counts: bool) -> None:
        """A new block: headings give their time to what follows; a paragraph forgets the topic of the one before.

        Args:
            times: those of its first sentence.
            counts: whether that sentence has a number.
        """
        block = self.segmented.blocks[block_index]
        before = self.topic.subject
        self.topic = Topic()
        above = self.segmented.blocks[block_index - 1]
        if block.kind == "title" or above.kind != "title":
            self.over = Headline()
        if block.kind == "title":
            self.headline = ""
        elif block.kind == "paragraph" and above.kind == "title":
            self.topic.hold(self.headline or before, overt=False)
        self.topic.lead = block.section[-1] if block.section and block.kind == "paragraph" else ""
        self.provisions.enter(block.section, self.segmented.text[block.start : block.end])
        self.topic.branch = self.topic.lead if _is_thing(self.topic.lead, self.lexicon) else ""
        self.kind = ""
        if not self.report or block.kind != "paragraph":
            self.pair = Pair()
        if block_index and block.speaker != self.segmented.blocks[block_index - 1].speaker:
            self.section_scope = NOTHING
        ahead = self._ahead()
        listed = not self.report and ahead and _NEXT_ITEM.match(self.segmented.text, block.start)
        if listed:
            self.section_scope = self.scope
        elif block.kind in ("heading", "title"):
            heading = [timescope.of(t) for t in times if timescope.governs(t)]
            self.section_scope = heading[0] if heading and block.kind == "heading" else NOTHING
        elif block_index == 0 and not counts and self.anchor and self._is_news():
            self.section_scope = timescope.of_all(times, self.anchor.year)
        strayed = ahead and self.scope.year_to != self.section_scope.year_to
        goes_on = self.scope.year_to and not ahead and _GOES_ON.match(self.segmented.text, block.start)
        if block.kind in ("heading", "title") or not (self.report or goes_on) or strayed:
            self.scope = self.section_scope
        section = section_kind(block, self.lexicon)[0]
        planned = (self.report and (self.planning or ahead)) or self.genre == "target"
        self.planning = (planned or section == "target") and section != "actual"
        if block.kind == "title" and not self.scope.known and block_index + 1 in self.first_times:
            self.scope = self.first_times[block_index + 1]

    def _ahead(self) -> bool:
        """Whether what was said last is for a year after the document's."""
        return self._is_ahead(self.scope)

    def _is_ahead(self, scope: Scope) -> bool:
        return self.anchor is not None and (scope.year_to or 0) > self.anchor.year

    def _words(self, start: int, end: int) -> list[Word]:
        words, at = [], start
        for text, tag in self.segmented.cut(self.segmented.text[start:end]):
            words.append(Word(text, tag, at, at + len(text)))
            at += len(text)
        return words

    def _opening(self, index: int) -> int:
        """Where the words end of which a sentence without numerals may name the subject of the next one."""
        sentences, sentence = self.segmented.sentences, self.segmented.sentences[index]
        if self.segmented.blocks[sentence.block].kind == "title":
            return sentence.end
        leads = index + 1 < len(sentences) and sentences[index + 1].block == sentence.block and sentences[index + 1].clauses
        opening = _OPENING.match(self.segmented.text, sentence.start, sentence.end)
        return opening.end() if leads and opening else sentence.start

    def _listen(self, index: int, numbering: list[Mention]) -> None:
        """A sentence without numbers names what the next one speaks of, a headline what the paragraph under it does."""
        sentence = self.segmented.sentences[index]
        is_title = self.segmented.blocks[sentence.block].kind == "title"
        if not is_title and index > self.last_numbers.get(sentence.block, -1):
            return  # no number follows in the paragraph, and a paragraph forgets the topic of the one before
        end = sentence.end if sentence.clauses else self._opening(index)
        words = self._words(sentence.start, end)
        if len(words) < 2:
            return
        reading = read(self.segmented.text, sentence, words, [], [], [], self.lexicon)
        if sentence.clauses and (ahead := announced(reading, self.lexicon)):
            self.kind, self.passing = ahead, False
        start = max((m.end for m in numbering if m.type in _NUMBERING), default=sentence.start)
        subject = self._subject_from(reading, start, end)
        if is_title:
            self.headline = subject
        elif subject and can_own(subject, self.lexicon) and not is_relational(subject, self.lexicon):
            self.topic.hold(_BUILDING_END.sub("", subject), overt=False)

    def _subject_from(self, reading: Reading, start: int, end: int) -> str:
        """The subject of the first clause that has one."""
        for _ in range(2):
            if subject := subject_of(reading, start, end, self.lexicon):
                return subject
            start = reading.text.find("，", start, end) + 1
            if not start:
                return ""
        return ""

    def _sentence(self, index: int, reading: Reading) -> None:
        named: dict[int, Named] = {}
        self.provisions.begin()
        self.pair = self.pair.in_next_sentence()
        self.last = None
        self.rate = ("", "")
        self.topic.colon = ""
        within = reading.text.startswith("其中", reading.sentence.start)
        if not within and reading.text[max(0, reading.sentence.start - 1)] != "；":
            self.topic.measured = {}
            self.topic.sentence = len(self.topic.heard)
        if self.topic.whole and not within:
            self.topic.subject, self.topic.whole = self.topic.whole, ""
        self.topic.overt = False
        clause_seen = -1
        for i, slot in enumerate(reading.slots):
            for k in range(clause_seen + 1, slot.clause_index):
                self._topic_of_clause(reading, k)
            clause_seen = max(clause_seen, slot.clause_index)
            self._slot(index, reading, i, slot, named)

    def _topic_of_clause(self, reading: Reading, clause_index: int) -> None:
        clause = reading.sentence.clauses[clause_index]
        if any(s.clause_index == clause_index for s in reading.slots) or clause.depth:
            return
        next_in_rank = _NEXT_IN_RANK.match(reading.text, clause.start, clause.end)
        subject = subject_of(reading, next_in_rank.end() if next_in_rank else clause.start, clause.end, self.lexicon)
        if self.topic.overt and self._goes_on(reading, clause):
            subject = ""
        if reading.text[clause.end : clause.end + 1] == "：":
            self.topic.colon = self._before_colon(reading, clause.end)
        if subject.startswith(("该", "这")):
            subject = referent(reading, subject, self.lexicon) or subject
        if self.topic.subject and subject in self.lexicon.demonstratives:
            subject = self.topic.full_name(subject)
            subject = self.topic.subject if subject in self.lexicon.demonstratives else subject
        reports = any(w.text in self.lexicon.reports for w in reading.words_in(clause.start, clause.end))
        risen = without_rate(subject, self.lexicon)
        measures = self.lexicon.measure_noun.search(subject) or risen != subject or owner_part(subject, self.lexicon)
        self.topic.rising = risen if measures else self._record(reading, clause)
        if built := built_in(reading, clause.start, clause.end, self.lexicon):
            self.topic.hold(built, overt=True)
            self.topic.fresh = built
            return
        if subject and not reports and not is_relational(subject, self.lexicon) and can_own(subject, self.lexicon):
            self.topic.hold(subject, overt=True)
            self.topic.fresh = self.topic.subject

    def _record(self, reading: Reading, clause: Clause) -> str:
        """What a clause says to be as high or low as never before: ``对地方转移支付创新高，达10万亿元``."""
        record = self.lexicon.records.search(reading.text, clause.start, clause.end)
        words = reading.words_in(clause.start, record.start()) if record else []
        noun = phrase(strip_left(words, self.lexicon), self.lexicon) if words and words[0].tag != "v" else ""
        return noun if 2 < len(noun) <= _LONGEST_RECORD else ""

    def _goes_on(self, reading: Reading, clause: Clause) -> bool:
        """Whether a clause only says what else its subject does: 持续推进科技创新."""
        words = (
            w for w in reading.words_in(clause.start, clause.end) if w.text not in self.lexicon.modals | self.lexicon.adverbs
        )
        first = next(words, None)
        return first is not None and first.tag.startswith("v") and first.text in self.lexicon.openers

    def _before_colon(self, reading: Reading, colon: int) -> str:
        """``1.能源消费总量：2020年…``: the indicator of a line of a list; empty where the colon announces something else."""
        start = max((m.end for m in reading.numbering if m.end <= colon), default=reading.sentence.start)
        pause = reading.text.rfind("，", start, colon) + 1
        text = "".join(w.text for w in reading.words_in(max(start, pause), colon))
        text = BRACKETS.sub("", text).strip().rstrip("为是")
        measured = (
            self.lexicon.rate_suffix.search(text)
            or owner_part("的" + text, self.lexicon)
            or (not pause and subject_of(reading, start, colon, self.lexicon))
        )
        announced = self.lexicon.announcement_end.search(BRACKETS.sub("", text))
        plain = len(text) <= 30 and not _PAUSE.search(text) and not announced
        return text if plain and measured else ""

    def _slot(self, index: int, reading: Reading, i: int, slot: Slot, named: dict[int, Named]) -> None:
        lexicon, quantity = self.lexicon, slot.quantity
        dimension = self.units.dimension(quantity.data["unit"])
        left = left_of(reading, slot, lexicon)
        right = right_of(reading, slot, lexicon)
        year = self.anchor.year if self.anchor else None
        scope, self.pair = timescope.scope_at(reading, slot, self.scope, self.pair, self.present, year)
        if scope.rule in ("time.years-to-date", "time.within-years"):
            scope = self._of_period(scope, section_kind(self.segmented.blocks[reading.sentence.block], self.lexicon)[0])
        if scope.rule == "time.whole-year" and scope.role != "start" and self.planning and self.anchor:
            scope = replace(scope, year_to=self.anchor.year)
        comparator, bound_rule = bounds.comparator(reading, slot, lexicon)
        qualifier = is_qualifier(reading, i, lexicon)
        after = right.noun or (right.saying if quantity.data["unit"].endswith("人") else "")
        attribute = attribute_of(reading, i, after, lexicon)
        block = self.segmented.blocks[reading.sentence.block]
        setting = Setting(
            self.genre,
            self.report,
            self.anchor.year if self.anchor else None,
            section_kind(block, lexicon),
            self.kind,
            self.last,
            self.early,
        )
        kind_name, kind_rule = kind(reading, slot, scope, setting, lexicon)
        rules = kind_name == "provision" or (self.genre == "provision" and scope.role == "start")
        found = (rules and self._ruled(reading, i, slot, left, right, dimension, named)) or None
        if not found and qualifier == "qualifier.size" and right.noun:
            found = Named(right.noun, "indicator.qualifier")
        elif not found and qualifier:
            found = indicator.of_qualifier(left, right, slot, self.topic, dimension, lexicon)
            self.topic.attribute = found.subject
        elif not found and attribute:
            found = Named(attribute, "indicator.with-qualifier", attribute, right.end)
        found = found or named.get(i) or self._named(reading, i, slot, left, right, dimension, named)
        if rules and not found.rule.startswith(("provision.", "indicator.carried")):
            self.provisions.heard(slot, dimension, found.text)
        if not found.text and not quantity.data["unit"]:
            self.residue.append(Residue(quantity.start, quantity.end, index, "unexplained"))
            return
        if i + 1 < len(reading.slots):
            following = reading.slots[i + 1]
            if following.group is not slot.group:
                following.left = min(max(following.left, found.end), following.quantity.start)
            if found.end and found.end <= following.left and following.clause is slot.clause:
                gap = reading.text[found.end : following.quantity.start]
                spoken = _JOINT.search(gap) or _in_adjunct(reading, slot, found)
                following.subject = "" if spoken else found.subject
        rate = self.rate if found.rule in ("indicator.carried", "indicator.distributed") else ("", "")
        measured, measure_rule = measure(reading, slot, left, right, found.text, comparator, rate, lexicon)
        restated = (found.text, quantity.data["value"], quantity.data["unit"], measured, self.units)
        if block.kind == "title":
            self.over.note(*restated)
        elif full := self.over.in_full(*restated, lexicon):
            found = replace(found, text=full, rule="indicator.headline")
        paced = quantity.data["unit"] == "%" and measured != "level"
        self.rate = (measured, measure_rule) if measure_rule.endswith("-rate") or paced else ("", "")
        self.last = (scope, kind_name, kind_rule)
        if not qualifier and not found.rule.startswith("indicator.colon"):
            self.topic.colon = ""
        if kind_name == "actual" and self._is_ahead(scope) and not self._dated_ahead(reading, slot, setting):
            self.turned_from, scope = scope, Scope(None, self.present, "time.document-date", "point")
        if self.genre == "provision":
            qualifier = ""
        asserted = kind_name
        if qualifier:
            kind_name, kind_rule, measured = "qualifier", qualifier, "level"
        in_force = scope.rule == "time.month-on"
        here = slot.clause.start if self._is_ahead(scope) else 0
        if kind_name == "provision" and not in_force and not timescope.dated(reading, slot, here):
            scope = NOTHING
        lasting = lexicon.property_end.search(found.text) and not any(map(timescope.governs, reading.times))
        scope = self._dated(scope, asserted, index, bool(lasting))
        if not qualifier:
            if kind_rule != "norm.goal":
                self.kind = kind_name if kind_name != "provision" else ""
            self.passing = kind_rule in lexicon.passing or (kind_rule == "kind.carried" and self.passing)
            self.topic.measure(found.text, quantity.data["unit"], "占" in found.text)
            self.topic.fresh = self.topic.rising = ""
            if not left.chained and slot.left == slot.clause.start:
                self.topic.head = left.subject or (left.noun if left.verb_final else "")
            self._hold(reading, slot, left, found)
        elif called := _called(reading, slot, lexicon):
            self.topic.hold(self.topic.full_name(called), overt=True)
        data = quantity.data
        self.statements.append(
            Statement(
                start=quantity.start,
                end=quantity.end,
                sentence=index,
                kind=kind_name,
                indicator=found.text,
                value=data["value"],
                value_high=data["value_high"],
                unit=data["unit"],
                comparator=comparator,
                measure=measured,
                year_from=scope.year_from,
                year_to=scope.year_to,
                modality=modality(reading, slot, lexicon) if kind_name == "target" else "",
                note=compared_with(reading, slot, lexicon) if measured != "level" else "",
                rules=tuple(r for r in (quantity.rule, found.rule, bound_rule, measure_rule, scope.rule, kind_rule) if r),
            )
        )

    def _dated_ahead(self, reading: Reading, slot: Slot, setting: Setting) -> bool:
        """Whether a result is dated to a year to come, in its clause or by the list that it goes on."""
        listed = setting.last is not None and setting.last[1] == "actual" and not self.turned_from
        return timescope.dated(reading, slot, 0 if listed else slot.clause.start)

    def _hold(self, reading: Reading, slot: Slot, left: Left, found: Named) -> None:
        """What the next relational noun is of: the subject of the sentence stays before what is only its object."""
        topic, lexicon = self.topic, self.lexicon
        spoken = reading.words_in(slot.left, slot.quantity.start)
        if spoken and spoken[0].text == "其中" and not topic.whole:
            topic.whole = topic.subject
        local = bool(spoken) and is_place(spoken[0], lexicon)
        if local and slot.left == slot.clause.start:
            topic.overt = False
        if (
            found.subject in lexicon.parts
            or _in_adjunct(reading, slot, found)
            or (found.rule.startswith("pattern.share") and spoken[0].text == "其中")
        ):
            return
        if found.end and (called := _called(reading, slot, lexicon)):
            topic.hold(topic.full_name(called), overt=True)
            return
        is_object = bool(left.verb and "有" not in left.predicate) or bool(found.end and (left.noun or left.predicate))
        subject = left.subject or (subject_of(reading, slot.left, slot.quantity.start, lexicon) if left.verb else "")
        subject = "" if left.verb and left.verb in subject else owner_part(subject, lexicon) or subject
        if local and subject.startswith(spoken[0].text) and (len(spoken) < 2 or spoken[1].tag.startswith("v")):
            subject = ""
        if left.verb and subject and can_own(subject, lexicon):
            topic.hold(subject, overt=True)
        elif self._introduces(left, found):
            topic.hold(found.text, overt=True)
        elif (
            is_object
            and topic.subject
            and (topic.overt or left.verb in lexicon.possessions | lexicon.relations)
            and not lexicon.agent_end.search(topic.subject)
        ):
            return
        elif lexicon.agent_end.search(topic.subject) and lexicon.is_deed(found.subject):
            topic.hold(found.subject[2:], overt=False)
        elif can_own(found.subject, lexicon) and not self._only_a_deed(found):
            topic.hold(found.subject.rsplit("的", 1)[-1], overt=not is_object and not found.end)

    def _introduces(self, left: Left, found: Named) -> bool:
        """Whether a clause brings up what the next one is about: 有3个装置列入国家规划，总投资…."""
        there_is = not left.subject and left.verb in self.lexicon.possessions
        return there_is and found.rule == "indicator.relative" and can_own(found.text, self.lexicon)

    def _only_a_deed(self, found: Named) -> bool:
        """Whether what was counted is only what the subject of the sentence does: 发送旅客."""
        deed = self.lexicon.is_deed(found.text) or len(found.text) == 2
        return self.topic.overt and found.subject == found.text and deed

    def _ruled(
        self, reading: Reading, i: int, slot: Slot, left: Left, right: Right, dimension: str, named: dict[int, Named]
    ) -> Named | None:
        """What a number of a rule measures, by the grammar of rules; a statement pattern goes before it."""
        if i in named or (len(slot.group) == 1 and by_pattern(reading, slot, self.topic, dimension, self.lexicon)):
            return None
        ruled = self.provisions.name(reading, slot, left, right, dimension, self.topic.fresh, self.topic.subject)
        if not ruled:
            return None
        named |= dict(zip(slot.group, ruled, strict=False))
        return named[i]

    def _named(
        self, reading: Reading, i: int, slot: Slot, left: Left, right: Right, dimension: str, named: dict[int, Named]
    ) -> Named:
        size = len(slot.group)
        if size > 1 and slot.group[0] == i:
            unit, changed = slot.quantity.data["unit"], any(word in self.lexicon.change for word in left.predicate)
            elided = not right.noun and (not left.noun or left.noun in self.lexicon.pronouns)
            parts = None
            if left.noun and not right.noun and not elided:
                parts = distribution.distribute(left, size, self.topic.last_for(unit, changed), self.lexicon)
                owner = self.topic.fresh or self.topic.subject
                if parts and owner and all(is_relational(part, self.lexicon) for part in parts):
                    parts = [owner + part for part in parts]
            if parts is None:
                parts = distribution.distribute_over_cases(reading, slot, right)
            if parts is None and elided:
                parts = self.topic.last_several(size, unit, changed) or None
            if parts:
                named |= {k: Named(part, "indicator.distributed") for k, part in zip(slot.group, parts, strict=True)}
                return named[i]
        found = by_pattern(reading, slot, self.topic, dimension, self.lexicon) if size == 1 else None
        found = found or indicator.choose(reading, slot, left, right, self.topic, dimension, self.lexicon)
        if self.topic.last and self.lexicon.names_nothing(found.text):
            changed = any(word in self.lexicon.change for word in left.predicate)
            found = Named(self.topic.last_for(slot.quantity.data["unit"], changed), "indicator.carried")
        if size > 1 and slot.group[0] == i:
            named |= dict.fromkeys(slot.group, found)
        return found

    def _of_period(self, scope: Scope, section: str) -> Scope:
        """Whose years 五年 are in a plan: those of its period, in a review those before it."""
        if timescope.same_length(scope, self.section_scope):
            return self.section_scope
        first, last = self.period.year_from, self.period.year_to
        if first is None or last is None:
            return scope
        if section == "target" or (self.genre == "target" and not section):
            return self.period
        if section == "actual":
            return Scope(2 * first - last - 1, first - 1, self.period.rule, "span")
        return scope

    def _dated(self, scope: Scope, kind_name: str, index: int, lasting: bool) -> Scope:
        """The document's own date stands in where the text says no time of a result, unless that is lasting: 全长212公里."""
        if scope.known or scope.role in ("reset", "start") or not self.anchor or kind_name == "provision":
            return scope
        block = self.segmented.blocks[self.segmented.sentences[index].block]
        year = self.anchor.year
        if kind_name == "actual":
            if self.period.year_from and section_kind(block, self.lexicon)[0] == "actual":
                return Scope(None, self.period.year_from - 1, self.period.rule, "point")
            if lasting:
                return NOTHING
            return Scope(None, self.present, "time.document-date", "point")
        yearly = self.period.known and not self.period.year_from
        if kind_name == "target" and (
            yearly or (self.period.known and section_kind(block, self.lexicon)[1] == "kind.goal-section")
        ):
            return replace(self.period, year_from=None, role="point")
        if kind_name == "target" and self.report:
            return Scope(None, year, "time.document-date", "point")
        if kind_name == "qualifier" and len(self.statements) and self.statements[-1].sentence == index:
            return Scope(None, year, "time.document-date", "point")
        return scope


_TOLD_OF = regex.compile("(?<!其)他(?![国人乡])|她")
_NEXT_IN_RANK = regex.compile("(?:其次|再次|随后|依次)是")
_NAMED_PERIODS = ("time.plan-period", "time.plan-since")
_GOES_ON = regex.compile(r"(?:与此)?同时，|此外，|另外，|其中，|在?\p{Han}{2,10}方面，")
"""A paragraph that goes on with the one before is for the same time."""
_LONGEST_RECORD = 16
_OPENING = regex.compile(
    r"(?:(?:在[^，：]{2,14}|(?:今天|昨天|日前|近日|目前|眼下|当前|近年来|\d)[^，：]{0,12})，)?[^，：]{1,40}"
)
"""The first clause with a subject: 近日 and 在江州 have none."""
_PLACE = regex.compile(r"在[^，。；]{2,12}[省市县区旗州乡镇村]，")
"""A sentence that goes on to another place leaves the time to come that was spoken of."""
_NEXT_ITEM = regex.compile(r"[二三四五六七八九十]是")
"""An item of a list goes on with the time to come that the item before was for."""
_DESCRIBING = regex.compile(r"(?:前|后|以前|以后|之前|之后|起)?[^，。；：、\d]{2,10}的(?!，)\p{Han}")
"""What makes a time part of a description: 2018年4月30日前注册登记的新能源乘用车."""
_RELATIVE = (
    "time.whole-year",
    "time.this-year",
    "time.year-under-way",
    "time.last-year",
    "time.next-year",
    "time.within-years",
    "time.past-years",
    "time.after-event",
)
_OF_THE_TEXT = ("今年", "去年", "明年")
_BUILDING_END = regex.compile("(?<=.{3})建设$")
_PAUSE = regex.compile("[，。；：]")
_JOINT = regex.compile("[，、；和及与的]")
_PLAIN_NAME = regex.compile(r"[\p{Han}A-Za-z\d、“”]+")
_NUMBERING = ("条款号", "序号", "时长")


_ADJUNCTS = ("在", "向", "从", "由")


def _is_thing(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading names a thing that measures under it can be of: 新型显示和集成电路, not 提升治理水平."""
    plain = 3 < len(heading) <= 14 and _PLAIN_NAME.fullmatch(heading)
    return (
        bool(plain)
        and not heading.startswith(lexicon.deeds_or_openers)
        and can_own(heading, lexicon)
        and not is_relational(heading, lexicon)
    )


def _called(reading: Reading, slot: Slot, lexicon: Lexicon) -> str:
    """What is called the thing that the number describes: 该大桥 of ``该大桥是首座350公里时速斜拉桥``; empty without 是."""
    words = reading.words_in(slot.left, slot.quantity.start)
    at = next((i for i, w in enumerate(words) if w.text == "是"), 0)
    if not at or slot.left > slot.clause.start:
        return ""
    subject = subject_of(reading, words[0].start, words[at].start, lexicon)
    return referent(reading, subject, lexicon) or subject


def _in_adjunct(reading: Reading, slot: Slot, found: Named) -> bool:
    """Whether the number and its noun only say where or to whom: 在36个城市, 向江州等4市112个乡镇."""
    if not found.end:
        return False
    if reading.text[max(0, slot.quantity.start - 1) : slot.quantity.start] in _ADJUNCTS:
        return True
    opening = reading.words_in(slot.clause.start, slot.quantity.start)
    return bool(opening) and opening[0].text in _ADJUNCTS


def _by_sentence(segmented: Segmented, mentions: tuple[Mention, ...]) -> dict[int, list[Mention]]:
    starts = [s.start for s in segmented.sentences]
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[max(0, bisect_left(starts, mention.start + 1) - 1)].append(mention)
    return found
