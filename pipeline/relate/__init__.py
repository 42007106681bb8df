"""Stage 5: statements. Each quantity gets what it measures, how, for when, and of which kind."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import date

import regex

from pipeline.recognise import is_report
from pipeline.recognise.times import first_year_of_plan
from pipeline.relate import bounds, distribution, indicator, timescope
from pipeline.relate.kind import Setting, genre_of, kind, modality, section_kind
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.measure import measure
from pipeline.relate.phrases import Left, Right, is_noun, left_of, phrase, right_of, strip_left
from pipeline.relate.qualifiers import attribute_of, is_qualifier
from pipeline.relate.reading import Reading, Slot, Word, read
from pipeline.relate.reference import owner_part, referent
from pipeline.relate.timescope import NOTHING, Pair, Scope
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
        self.anchor: date | None = metadata.date
        self.lexicon = lexicon
        self.units = units
        self.genre, self.genre_rule = genre_of(metadata.title, lexicon)
        self.report = is_report(metadata)
        self.statements: list[Statement] = []
        self.residue: list[Residue] = []
        self.scope: Scope = NOTHING
        self.section_scope: Scope = NOTHING
        self.topic = Topic()
        self.kind = ""
        self.first_times: dict[int, Scope] = {}
        self.headline = ""
        self.pair = Pair()
        self.last: tuple[Scope, str, str] | None = None
        self.period = _period(metadata.title)
        self._starts = [t.idx for t in self.segmented.doc]

    def run(self) -> tuple[tuple[Statement, ...], tuple[Residue, ...]]:
        quantities = _by_sentence(self.segmented, self.recognised.quantities)
        times = _by_sentence(self.segmented, self.recognised.times)
        others = _by_sentence(self.segmented, self.recognised.others)
        self.first_times = {
            self.segmented.sentences[i].block: timescope.of(ms[0])
            for i, ms in sorted(times.items(), reverse=True)
            if timescope.governs(ms[0])
            and (i == 0 or self.segmented.sentences[i - 1].block != self.segmented.sentences[i].block)
        }
        block_index = -1
        for i, sentence in enumerate(self.segmented.sentences):
            block = self.segmented.blocks[sentence.block]
            if sentence.block != block_index:
                self._enter(sentence.block, times.get(i, []))
                block_index = sentence.block
            if not sentence.clauses:
                self._listen(i)
                continue
            numbers = quantities.get(i, [])
            if block.asks:
                self.residue += [Residue(m.start, m.end, i, "提问") for m in numbers]
                continue
            words = self._words(sentence.start, sentence.end)
            numbering = [m for m in others.get(i, []) if m.type in _NUMBERING]
            reading = read(self.segmented.text, sentence, words, numbers, times.get(i, []), numbering, self.lexicon)
            if numbers:
                self._sentence(i, reading)
            else:
                self._listen(i)
            self.scope = timescope.scope_after(reading, self.scope, self.report)
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

    def _enter(self, block_index: int, times: list[Mention]) -> None:
        """A new block: headings give their time to what follows; a paragraph forgets the topic of the one before."""
        block = self.segmented.blocks[block_index]
        self.topic = Topic(
            grant=block.section[-1] if block.section and self.lexicon.grant_end.search(block.section[-1]) else ""
        )
        if block.kind == "title":
            self.headline = ""
        elif block.kind == "paragraph" and self.segmented.blocks[block_index - 1].kind == "title":
            self.topic.subject = self.headline
        self.topic.lead = block.section[-1] if block.section and block.kind == "paragraph" else ""
        self.kind = ""
        if block.kind in ("heading", "title"):
            heading = [timescope.of(t) for t in times if timescope.governs(t)]
            self.section_scope = heading[0] if heading and block.kind == "heading" else NOTHING
        if block.kind in ("heading", "title") or not self.report:
            self.scope = self.section_scope
        if block.kind == "title" and not self.scope.known and block_index + 1 in self.first_times:
            self.scope = self.first_times[block_index + 1]

    def _words(self, start: int, end: int) -> list[Word]:
        doc = self.segmented.doc
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end)
        return [Word(t.text, t.tag_, t.idx, t.idx + len(t.text)) for t in doc[low:high]]

    def _listen(self, index: int) -> None:
        """A headline without numbers names what the paragraph under it speaks of."""
        sentence = self.segmented.sentences[index]
        if self.segmented.blocks[sentence.block].kind == "title":
            words = self._words(sentence.start, sentence.end)
            reading = read(self.segmented.text, sentence, words, [], [], [], self.lexicon)
            self.headline = subject_of(reading, sentence.start, sentence.end, self.lexicon)

    def _sentence(self, index: int, reading: Reading) -> None:
        named: dict[int, Named] = {}
        self.topic.label = _label(reading, self.lexicon)
        self.pair = Pair()
        self.last = None
        self.topic.colon = self.topic.target = ""
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
        subject = subject_of(reading, clause.start, clause.end, self.lexicon)
        if reading.text[clause.end : clause.end + 1] == "：":
            self.topic.colon = self._before_colon(reading, clause.end)
        if target := _TARGET.match(reading.text, clause.start, clause.end):
            self.topic.target = str(target["who"] or target["each"])
        if subject.startswith(("该", "这")):
            subject = referent(reading, subject, self.lexicon) or subject
        if subject and subject not in self.lexicon.bare_heads:
            self.topic.subject = self.topic.fresh = subject

    def _before_colon(self, reading: Reading, colon: int) -> str:
        """``1.能源消费总量：2020年…``: the indicator of a line of a list; empty where the colon announces something else."""
        start = max((m.end for m in reading.numbering if m.end <= colon), default=reading.sentence.start)
        text = reading.text[start:colon].strip()
        measured = (
            self.lexicon.rate_suffix.search(text)
            or owner_part("的" + text, self.lexicon)
            or subject_of(reading, start, colon, self.lexicon)
        )
        plain = len(text) <= 30 and not regex.search(r"[，。；：]", text) and not self.lexicon.announcement_end.search(text)
        return text if plain and measured else ""

    def _slot(self, index: int, reading: Reading, i: int, slot: Slot, named: dict[int, Named]) -> None:
        lexicon, quantity = self.lexicon, slot.quantity
        dimension = self.units.dimension(quantity.data["unit"])
        left = left_of(reading, slot, lexicon)
        right = right_of(reading, slot, lexicon)
        scope, self.pair = timescope.scope_at(reading, slot, self.scope, self.pair)
        if scope.rule in ("time.years-to-date", "time.within-years") and self.period.known:
            scope = self._of_period(scope, section_kind(self.segmented.blocks[reading.sentence.block], self.lexicon)[0])
        comparator, bound_rule = bounds.comparator(reading, slot, lexicon)
        qualifier = is_qualifier(reading, i, lexicon)
        attribute = attribute_of(reading, i, lexicon)
        if qualifier:
            found = indicator.of_qualifier(left, right, slot, self.topic)
            self.topic.attribute = found.text
        elif attribute:
            found = Named(attribute, "indicator.with-qualifier", attribute, right.end)
        else:
            found = named.get(i) or self._named(reading, i, slot, left, right, dimension, named)
        if not found.text and not quantity.data["unit"]:
            self.residue.append(Residue(quantity.start, quantity.end, index, "unexplained"))
            return
        if i + 1 < len(reading.slots):
            following = reading.slots[i + 1]
            following.left = min(max(following.left, found.end), following.quantity.start)
            if found.end and found.end <= following.left and following.clause is slot.clause:
                gap = reading.text[found.end : following.quantity.start]
                following.subject = found.subject if not regex.search(r"[，、；和及与的]", gap) else ""
        noun = left.noun
        measured, measure_rule = measure(slot, left, right, noun, lexicon)
        block = self.segmented.blocks[reading.sentence.block]
        setting = Setting(
            self.genre,
            self.report,
            self.anchor.year if self.anchor else None,
            section_kind(block, lexicon),
            self.kind,
            self.last,
        )
        kind_name, kind_rule = kind(reading, slot, scope, setting, lexicon)
        self.last = (scope, kind_name, kind_rule)
        if self.genre == "provision":
            qualifier = ""
        if qualifier:
            kind_name, kind_rule, measured = "qualifier", qualifier, "level"
        if kind_name == "provision" and not timescope.dated(reading, slot):
            scope = NOTHING
        scope = self._dated(scope, kind_name, index)
        if not qualifier:
            self.kind = kind_name if kind_name != "provision" else ""
            self.topic.said.append(found.text)
            self.topic.fresh = ""
            if not left.chained and slot.left == slot.clause.start:
                self.topic.head = left.subject or (left.noun if left.verb_final else "")
            if found.subject and not (found.end and left.verb in lexicon.possessions):
                self.topic.subject = found.subject
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
                note="",
                rules=tuple(r for r in (quantity.rule, found.rule, bound_rule, measure_rule, scope.rule, kind_rule) if r),
            )
        )

    def _named(
        self, reading: Reading, i: int, slot: Slot, left: Left, right: Right, dimension: str, named: dict[int, Named]
    ) -> Named:
        size = len(slot.group)
        if size > 1 and slot.group[0] == i:
            parts = distribution.distribute(left, size, self.lexicon) if left.noun and not right.noun else None
            if parts is None:
                parts = self._of_said(reading, i, right) or distribution.distribute_over_cases(reading, slot, right)
            if parts is None and not left.noun and not right.noun and len(self.topic.said) >= size:
                parts = self.topic.said[-size:]
            if parts:
                named |= {k: Named(part, "indicator.distributed") for k, part in zip(slot.group, parts, strict=True)}
                return named[i]
        found = indicator.by_pattern(reading, slot, self.topic, dimension, self.lexicon) if size == 1 else None
        found = found or indicator.choose(reading, slot, left, right, self.topic, dimension, self.lexicon)
        if size > 1 and slot.group[0] == i:
            named |= dict.fromkeys(slot.group, found)
        return found

    def _of_said(self, reading: Reading, i: int, right: Right) -> list[str] | None:
        """``一等奖1名、二等奖3名，分别给予20万元、10万元奖金``: what the numbers before counted, in order."""
        size = len(reading.slots[i].group)
        before = reading.slots[max(0, i - size) : i]
        spoken = reading.text[max(0, reading.slots[i].quantity.start - 14) : reading.slots[i].quantity.start]
        if len(before) < size or "分别" not in spoken or not right.noun or len({s.clause_index for s in before}) > 1:
            return None
        return [regex.sub("^设", "", said) + right.noun for said in self.topic.said[-size:]]

    def _of_period(self, scope: Scope, section: str) -> Scope:
        """Whose years 五年 are in a plan: those of its period, in a review those before it."""
        first, last = self.period.year_from, self.period.year_to
        if first is None or last is None:
            return scope
        if section == "target" or (self.genre == "target" and not section):
            return self.period
        if section == "actual":
            return Scope(2 * first - last - 1, first - 1, self.period.rule, "span")
        return scope

    def _dated(self, scope: Scope, kind_name: str, index: int) -> Scope:
        """The document's own date stands in where the text says no time of a result."""
        if scope.known or scope.role in ("reset", "start") or not self.anchor or kind_name == "provision":
            return scope
        block = self.segmented.blocks[self.segmented.sentences[index].block]
        year = self.anchor.year
        if kind_name == "actual":
            if self.period.year_from and section_kind(block, self.lexicon)[0] == "actual":
                return Scope(None, self.period.year_from - 1, self.period.rule, "point")
            if self.report and self.anchor.month <= 3:
                year -= 1
            return Scope(None, year, "time.document-date", "point")
        if kind_name == "target" and self.period.known:
            return self.period
        if kind_name == "target" and (self.report or section_kind(block, self.lexicon)[0] == "target"):
            return Scope(None, year, "time.document-date", "point")
        if kind_name == "qualifier" and len(self.statements) and self.statements[-1].sentence == index:
            return Scope(None, year, "time.document-date", "point")
        return scope


_NUMBERING = ("条款号", "序号", "时长", "泛指")
_TARGET = regex.compile(r"(?:对(?P<who>[^，。；]{2,40}?)|(?P<each>每[^，。；]{1,16}?1[^，。；]{1,24}?))的?$")


_SPAN = regex.compile(r"(?P<y>20\d{2})(?:年)?[—–\-－~～至]+(?P<y2>20\d{2})")
_PLAN = regex.compile(r"[“\"](?P<plan>十[一二三四五六七八]?五)[”\"]")


def _period(title: str) -> Scope:
    """The years that a plan is for, by its title: “十四五”规划, 行动方案（2024—2026年）."""
    if match := _SPAN.search(title):
        return Scope(int(match["y"]), int(match["y2"]), "time.title-period", "span")
    if match := _PLAN.search(title):
        first = first_year_of_plan(match["plan"])
        return Scope(first, first + 4, "time.title-period", "span")
    return NOTHING


def _label(reading: Reading, lexicon: Lexicon) -> str:
    """The words before a colon that say what the numbers after it are: 补贴标准：一等奖20万元."""
    match = lexicon.label.match(reading.text, reading.sentence.start, reading.sentence.end)
    return str(match["label"]) if match else ""


def subject_of(reading: Reading, start: int, end: int, lexicon: Lexicon) -> str:
    """The noun phrase that a clause begins with, up to its verb; empty where it begins with none."""
    words = strip_left(reading.words_in(start, end), lexicon)
    last_link = max((i for i, w in enumerate(words[:12]) if w.text == "的"), default=-1)
    stop = next((i for i in range(last_link + 1, len(words)) if not _in_name(words, i, lexicon)), len(words))
    while stop > last_link + 1 and words[stop - 1].tag[:1] in "adz":
        stop -= 1
    if stop <= last_link + 1 or not words:
        return ""
    text = phrase(words[:stop], lexicon)
    text = text.rsplit("的", 1)[-1] if len(text) > 12 else text
    return text if 2 <= len(text) <= 20 else ""


def _in_name(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether the word at ``i`` goes on the noun phrase; a word that is verb as well does so only before a noun."""
    word = words[i]
    if word.text in ("、", "和", "与", "及", "至", "该", "这", "这条", "这座", "“", "”", "—"):
        return True
    if word.text in lexicon.light_verbs and word.text not in lexicon.noun_verbs:
        return False
    if word.tag == "vn" or word.text in lexicon.noun_verbs:
        return i + 1 < len(words) and is_noun(words[i + 1], lexicon)
    return is_noun(word, lexicon)


def _by_sentence(segmented: Segmented, mentions: tuple[Mention, ...]) -> dict[int, list[Mention]]:
    starts = [s.start for s in segmented.sentences]
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[max(0, bisect_left(starts, mention.start + 1) - 1)].append(mention)
    return found
