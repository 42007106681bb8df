"""Stage 5: statements. Each quantity gets what it measures, how, for when, and of which kind."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from pipeline import regex
from pipeline.relate import bounds, spoken, timescope
from pipeline.relate.calendar import Calendar
from pipeline.relate.following import right_of
from pipeline.relate.headline import Headline
from pipeline.relate.kind import Setting, announced, kind, modality, section_kind, wants
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.measure import compared_with, measure
from pipeline.relate.naming import Naming
from pipeline.relate.phrases import Left, left_of
from pipeline.relate.provision import Provisions
from pipeline.relate.qualifiers import is_qualifier
from pipeline.relate.reading import Reading, Slot, Word, read
from pipeline.relate.standpoint import Standpoint
from pipeline.relate.timescope import Scope
from pipeline.relate.topic import Named, Topic
from pipeline.units import UnitTable
from pipeline.values import Mention, Metadata, Recognised, Residue, Segmented, Statement

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
        self.lexicon = lexicon
        self.units = units
        self.standpoint = Standpoint.of(metadata, lexicon)
        undated = all(t.rule in _OF_NO_YEAR or not timescope.governs(t) for t in recognised.times)
        plans = self.standpoint.report and undated and wants(self.segmented, lexicon)
        self.calendar = Calendar(self.segmented, self.standpoint, lexicon, planning=plans)
        self.topic = Topic()
        self.provisions = Provisions(lexicon)
        self.headline = ""
        """What the last headline is about."""
        self.over = Headline()
        self.kind = ""
        """The kind of what was said last, which goes on where nothing tells another."""
        self.passing = False
        """Whether that kind holds only to the end of its sentence."""
        self.last: tuple[Scope, str, str] | None = None
        self.rate: tuple[str, str] = ("", "")
        self.statements: list[Statement] = []
        self.residue: list[Residue] = []

    def run(self) -> tuple[tuple[Statement, ...], tuple[Residue, ...]]:
        segmented, calendar = self.segmented, self.calendar
        quantities = _by_sentence(segmented, self.recognised.quantities)
        dated = tuple(self.standpoint.time(time, segmented.text) for time in self.recognised.times)
        times = _by_sentence(segmented, dated)
        others = _by_sentence(segmented, self.recognised.others)
        first_times = {
            segmented.sentences[i].block: timescope.first(ms)
            for i, ms in times.items()
            if i == 0 or segmented.sentences[i - 1].block != segmented.sentences[i].block
        }
        last_numbers = {segmented.sentences[i].block: i for i in sorted(quantities)}
        block_index = -1
        for i, sentence in enumerate(segmented.sentences):
            block = segmented.blocks[sentence.block]
            if sentence.block != block_index:
                block_index = sentence.block
                self._enter(block_index)
                calendar.enter(block_index, times.get(i, []), i in quantities, first_times.get(block_index + 1))
            more = i <= last_numbers.get(sentence.block, -1)
            numbers = quantities.get(i, [])
            numbering = [m for m in others.get(i, []) if m.type in _NUMBERING]
            if not sentence.clauses:
                self._listen(i, numbering, times.get(i, []), more)
                if i in times:
                    calendar.hear(Reading(segmented.text, sentence, [], [], times[i], []))
                    calendar.lead(sentence, block)
                continue
            if block.asks:
                self.residue += [Residue(m.start, m.end, i, "提问") for m in numbers]
                continue
            if calendar.moves_on(sentence):
                self.kind = ""
            words = self._words(sentence.start, sentence.end) if numbers else []
            reading = read(segmented.text, sentence, words, numbers, times.get(i, []), numbering, self.lexicon)
            if numbers:
                self._sentence(i, reading)
            else:
                self._listen(i, numbering, times.get(i, []), more)
            calendar.leave(reading, block, times.get(i + 1, []))
            if not numbers and i in times:
                calendar.lead(sentence, block)
            if self.passing and not segmented.text[sentence.start : sentence.end].rstrip().endswith("；"):
                self.kind, self.passing = "", False
        self._set_aside()
        return tuple(self.statements), tuple(self.residue)

    def _enter(self, block_index: int) -> None:
        """A new block: a paragraph forgets the topic of the one before, but not that of the headline over it.

        A line that only compares (高于全国1个百分点) goes on with the line before it.
        """
        block, above = self.segmented.blocks[block_index], self.segmented.blocks[block_index - 1]
        before = self.topic.subject
        compares = block.kind == "title" and self.lexicon.compares.match(self.segmented.text, block.start)
        if not compares:
            self.topic = Topic()
        if block.kind == "title" or above.kind != "title":
            self.over = Headline()
        if block.kind == "title":
            self.headline = ""
        elif block.kind == "paragraph" and above.kind == "title":
            self.topic.hold(self.headline or before, overt=False)
        self.topic.lead = block.section[-1] if block.section and block.kind == "paragraph" else ""
        self.topic.branch = self.topic.lead if spoken.names_branch(self.topic.lead, self.lexicon) else ""
        self.provisions.enter(block.section, self.segmented.text[block.start : block.end])
        self.kind = ""

    def _words(self, start: int, end: int) -> list[Word]:
        words, at = [], start
        for text, tag in self.segmented.cut(self.segmented.text[start:end]):
            words.append(Word(text, tag, at, at + len(text)))
            at += len(text)
        return words

    def _listen(self, index: int, numbering: list[Mention], times: list[Mention], more: bool) -> None:
        """A sentence without numbers names what the next one speaks of, a headline what the paragraph under it does.

        Args:
            more: whether a number follows in the paragraph; without one nobody asks what was spoken of.
        """
        sentence = self.segmented.sentences[index]
        is_title = self.segmented.blocks[sentence.block].kind == "title"
        if not is_title and not more:
            return
        words = self._words(sentence.start, sentence.end if sentence.clauses else self._opening(index))
        if len(words) < 2:
            return
        reading = read(self.segmented.text, sentence, words, [], times, [], self.lexicon)
        if sentence.clauses and (ahead := announced(reading, self.lexicon)):
            self.kind, self.passing = ahead, False
        start = max((m.end for m in numbering), default=sentence.start)
        subject = spoken.first_subject(reading, start, words[-1].end, self.lexicon)
        if is_title:
            self.headline = subject
        else:
            spoken.hold_listened(self.topic, subject, self.lexicon)

    def _opening(self, index: int) -> int:
        """Where the words end of which a sentence without numerals may name the subject of the next one."""
        sentences, sentence = self.segmented.sentences, self.segmented.sentences[index]
        if self.segmented.blocks[sentence.block].kind == "title":
            return sentence.end
        leads = index + 1 < len(sentences) and sentences[index + 1].block == sentence.block and sentences[index + 1].clauses
        return spoken.opening(self.segmented.text, sentence.start, sentence.end) if leads else sentence.start

    def _sentence(self, index: int, reading: Reading) -> None:
        """Reads the numbers of a sentence, and the clauses between them, in order."""
        self.provisions.begin()
        self.calendar.begin()
        self.last = None
        self.rate = ("", "")
        self.topic.begin(reading.text, reading.sentence.start)
        naming = Naming(reading, self.topic, self.provisions, self.lexicon)
        heard = -1
        for i, slot in enumerate(reading.slots):
            for k in range(heard + 1, slot.clause_index):
                spoken.hear_clause(self.topic, reading, k, self.lexicon)
            heard = max(heard, slot.clause_index)
            self._number(index, naming, i)

    def _number(self, index: int, naming: Naming, i: int) -> None:
        reading, lexicon = naming.reading, self.lexicon
        slot = reading.slots[i]
        quantity, unit = slot.quantity, slot.quantity.data["unit"]
        block = self.segmented.blocks[reading.sentence.block]
        left, right = left_of(reading, slot, lexicon), right_of(reading, slot, lexicon)
        scope = self.calendar.at(reading, slot, block)
        comparator, bound_rule = bounds.comparator(reading, slot, lexicon)
        qualifier = is_qualifier(reading, i, lexicon)
        setting = Setting(self.standpoint, section_kind(block, lexicon), self.kind, self.calendar.planning, self.last)
        kind_name, kind_rule = kind(reading, slot, scope, setting, lexicon)
        ruled = kind_name == "provision" or (self.standpoint.genre == "provision" and scope.role == "start")
        found = naming.name(i, left, right, self.units.dimension(unit), qualifier, ruled)
        if not found.text and not unit:
            self.residue.append(Residue(quantity.start, quantity.end, index, "unexplained"))
            return
        naming.narrow_next(i, found)
        rate = self.rate if found.rule in ("indicator.carried", "indicator.distributed") else ("", "")
        measured, measure_rule = measure(reading, slot, left, right, found.text, comparator, rate, lexicon)
        restated = (found.text, quantity.data["value"], unit, measured, self.units)
        if block.kind == "title":
            self.over.note(*restated)
        elif full := self.over.in_full(*restated, lexicon):
            found = found._replace(text=full, rule="indicator.headline")
        paced = unit == "%" and measured != "level"
        self.rate = (measured, measure_rule) if measure_rule.endswith("-rate") or paced else ("", "")
        self.last = (scope, kind_name, kind_rule)
        if not qualifier and not found.rule.startswith("indicator.colon"):
            self.topic.colon = ""
        qualifies = bool(qualifier) and self.standpoint.genre != "provision" and kind_rule != _PENALTY
        standing = lexicon.property_end.search(found.text) or _OF_ANY_YEAR.search(found.text)
        lasting = standing and not any(map(timescope.governs, reading.times))
        scope = self.calendar.settle(scope, kind_name, qualifies, reading, slot, block, bool(lasting), setting.last)
        if qualifies:
            kind_name, kind_rule, measured = "qualifier", qualifier, "level"
            if named := spoken.called(reading, slot, lexicon):
                self.topic.hold(self.topic.full_name(named), overt=True)
        else:
            self._carry_kind(kind_name, kind_rule)
            self._carry_topic(reading, slot, left, found)
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
                unit=unit,
                comparator=comparator,
                measure=measured,
                year_from=scope.year_from,
                year_to=scope.year_to,
                modality=modality(reading, slot, lexicon) if kind_name == "target" else "",
                note=compared_with(reading, slot, lexicon) if measured != "level" else "",
                rules=tuple(r for r in (quantity.rule, found.rule, bound_rule, measure_rule, scope.rule, kind_rule) if r),
            )
        )

    def _carry_kind(self, name: str, rule: str) -> None:
        """What a number was said to be goes on for those after it; a provision holds for its own number alone."""
        if rule != "norm.goal":
            self.kind = name if name != "provision" else ""
        self.passing = rule in self.lexicon.passing or (rule == "kind.carried" and self.passing)

    def _carry_topic(self, reading: Reading, slot: Slot, left: Left, found: Named) -> None:
        """What was measured, and of what, may be left out from here on."""
        self.topic.measure(found.text, slot.quantity.data["unit"], "占" in found.text)
        self.topic.fresh = self.topic.rising = ""
        if not left.chained and slot.left == slot.clause.start:
            self.topic.head = left.subject or (left.noun if left.verb_final else "")
        spoken.hold_measured(self.topic, reading, slot, left, found, self.lexicon)

    def _set_aside(self) -> None:
        """Times, and numerals that are no quantities, go to the residue with their reason."""
        mentions = (*self.recognised.times, *self.recognised.others)
        index = {id(m): n for n, ms in _by_sentence(self.segmented, mentions).items() for m in ms}
        for mention in mentions:
            reason = "日期" if mention.type == "time" else mention.type
            self.residue.append(Residue(mention.start, mention.end, index[id(mention)], reason))
        self.residue.sort(key=lambda r: r.start)


_OF_ANY_YEAR = regex.compile("占(?:到|据)?全年")
"""What part of a whole year something makes up is so every year: 早稻占全年稻谷的一成."""
_OF_NO_YEAR = ("time.whole-year", "time.whole-year-ahead", "time.part-of-year", "time.within-years")
"""Times that name no year: 全年, 上半年, 三年内."""
_PENALTY = "norm.penalty"
"""三万元以上十万元以下罚款 says how high a fine is, and not which one."""
_NUMBERING = ("条款号", "序号", "时长")


def _by_sentence(segmented: Segmented, mentions: tuple[Mention, ...]) -> dict[int, list[Mention]]:
    starts = [s.start for s in segmented.sentences]
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[max(0, bisect_left(starts, mention.start + 1) - 1)].append(mention)
    return found
