"""Calendar: for when a document speaks, through headings, paragraphs and sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline import regex
from pipeline.relate import timescope
from pipeline.relate.kind import section_kind
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.standpoint import Standpoint
from pipeline.relate.timescope import NOTHING, Pair, Scope
from pipeline.values import Block, Mention, Segmented, Sentence


@dataclass(slots=True)
class Calendar:
    """The times that hold from sentence to sentence of one document.

    Attributes:
        scope: the time said last that still holds.
        section: the time of the section, to which each of its paragraphs returns.
        outline: the times of the headings in force, by the headings above and including each.
        turned_from: the time to come from which the sentence at hand turned back to what is.
        planning: whether the section plans.
        pair: the times of the two ends of the last change.
    """

    segmented: Segmented
    standpoint: Standpoint
    lexicon: Lexicon
    scope: Scope = NOTHING
    section: Scope = NOTHING
    outline: dict[tuple[str, ...], Scope] = field(default_factory=dict)
    turned_from: Scope | None = None
    planning: bool = False
    pair: Pair = field(default_factory=Pair)

    @property
    def is_ahead(self) -> bool:
        """Whether what was said last is for a year after the document's."""
        return self.standpoint.is_ahead(self.scope)

    def enter(self, block_index: int, times: list[Mention], counts: bool, below: Scope | None) -> None:
        """A new block: headings give their time to what follows.

        Args:
            times: those of its first sentence.
            counts: whether that sentence has a number.
            below: the time that the block below begins with, if any.
        """
        blocks, text, standpoint = self.segmented.blocks, self.segmented.text, self.standpoint
        block = blocks[block_index]
        if not standpoint.report or block.kind != "paragraph":
            self.pair = Pair()
        if block_index and block.speaker != blocks[block_index - 1].speaker:
            self.section, self.outline = NOTHING, {}
        ahead = self.is_ahead
        kind, rule = section_kind(block, self.lexicon)
        among_goals = block.kind == "paragraph" and rule == "kind.goal-section"
        if not standpoint.report and ahead and (among_goals or _NEXT_ITEM.match(text, block.start)):
            self.section = self.scope
        elif block.kind == "heading":
            self.section = self._of_heading(block.section, times)
        elif block.kind == "title":
            self.section = NOTHING
        elif block_index == 0 and not counts and standpoint.day and standpoint.is_news:
            self.section = timescope.of_all(times, standpoint.day.year)
        strayed = ahead and self.scope.year_to != self.section.year_to
        goes_on = self.scope.year_to and _GOES_ON.match(text, block.start)
        if block.kind in ("heading", "title") or not (standpoint.report or goes_on) or (strayed and not goes_on):
            self.scope = self.section
        planned = (standpoint.report and (self.planning or ahead)) or standpoint.genre == "target"
        self.planning = (planned or kind == "target") and kind != "actual"
        if block.kind == "title" and not self.scope.known and below:
            self.scope = below

    def _of_heading(self, path: tuple[str, ...], times: list[Mention]) -> Scope:
        """The time that the last heading of ``path`` gives to what is under it: its own, or that of the one above it."""
        own = next((timescope.of(t) for t in times if timescope.governs(t)), None)
        above = (path[:length] for length in range(len(path) - 1, 0, -1))
        scope = own or next((self.outline[p] for p in above if p in self.outline), NOTHING)
        self.outline = {p: time for p, time in self.outline.items() if path[: len(p)] == p} | {path: scope}
        return scope

    def begin(self) -> None:
        """A new sentence with numbers."""
        self.pair = self.pair.in_next_sentence()

    def moves_on(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on to another place and so leaves the time to come that was spoken of."""
        standpoint = self.standpoint
        moves = (
            standpoint.genre != "target"
            and not standpoint.report
            and self.is_ahead
            and _PLACE.match(self.segmented.text, sentence.start) is not None
        )
        if moves:
            self.scope = self.section
        return moves

    def at(self, reading: Reading, slot: Slot, block: Block) -> Scope:
        """The time that holds at a number."""
        standpoint = self.standpoint
        scope, self.pair = timescope.scope_at(reading, slot, self.scope, self.pair, standpoint.present, standpoint.year)
        if scope.rule in ("time.years-to-date", "time.years-spanned", "time.within-years"):
            scope = self._of_period(scope, section_kind(block, self.lexicon)[0])
        if scope.rule == "time.years-spanned" and (self._wants(reading) or self.is_ahead):
            scope = self._from_now(scope)
        if scope.rule == "time.part-of-year" and standpoint.report and standpoint.early and not self._wants(reading):
            scope = self._gone_by(scope, reading)
        if scope.rule == "time.whole-year" and scope.role != "start" and self.planning and standpoint.day:
            scope = scope._replace(year_to=standpoint.day.year)
        return scope

    def _wants(self, reading: Reading) -> bool:
        """Whether the section or the sentence is of what is to be."""
        start, end = reading.sentence.start, reading.sentence.end
        return self.planning or self.lexicon.modality.search(reading.text, start, end) is not None

    def _gone_by(self, scope: Scope, reading: Reading) -> Scope:
        """Of which year 上半年 and 四季度 are in a report of the first months that names none: the one it looks back on."""
        if scope.year_to != self.standpoint.year or "今年" in reading.text[reading.sentence.start : reading.sentence.end]:
            return scope
        return scope._replace(year_to=self.standpoint.present)

    def _from_now(self, scope: Scope) -> Scope:
        """As many years, from the document's on."""
        if not self.standpoint.day or scope.year_from is None or scope.year_to is None:
            return scope
        year = self.standpoint.day.year
        return scope._replace(year_from=year, year_to=year + scope.year_to - scope.year_from)

    def settle(
        self,
        scope: Scope,
        kind_name: str,
        qualifies: bool,
        reading: Reading,
        slot: Slot,
        block: Block,
        lasting: bool,
        last: tuple[Scope, str, str] | None,
    ) -> Scope:
        """The time of a number, once it is known of which kind it is.

        A result cannot be of a time to come, a provision has no time but its own, and the document's own date stands in
        where the text says none of a result.

        Args:
            qualifies: whether the number only describes a thing.
            lasting: whether it tells of something lasting, which has no time: 全长212公里.
            last: scope, kind and rule of the number before in the sentence.
        """
        ahead = self.standpoint.is_ahead(scope)
        listed = last is not None and last[1] == "actual" and not self.turned_from
        if kind_name == "actual" and ahead and not timescope.dated(reading, slot, 0 if listed else slot.clause.start):
            self.turned_from = scope
            return Scope(None, self.standpoint.present, "time.document-date", "point")
        in_force = scope.rule == "time.month-on"
        here = slot.clause.start if ahead else 0
        if kind_name == "provision" and not qualifies and not in_force and not timescope.dated(reading, slot, here):
            return NOTHING
        return self._without_own(scope, kind_name, block, lasting)

    def _without_own(self, scope: Scope, kind_name: str, block: Block, lasting: bool) -> Scope:
        day, period = self.standpoint.day, self.standpoint.period
        if scope.known or scope.role in ("reset", "start") or not day or kind_name == "provision":
            return scope
        section, rule = section_kind(block, self.lexicon)
        if kind_name == "actual":
            if period.year_from and section == "actual":
                return Scope(None, period.year_from - 1, period.rule, "point")
            if lasting:
                return NOTHING
            return Scope(None, self.standpoint.present, "time.document-date", "point")
        if kind_name != "target":
            return scope
        if period.known and (not period.year_from or rule == "kind.goal-section"):
            return period._replace(year_from=None, role="point")
        return Scope(None, day.year, "time.document-date", "point") if self.standpoint.report else scope

    def leave(self, reading: Reading, block: Block, next_times: list[Mention]) -> None:
        """The end of a sentence: what it leaves to the next one.

        Args:
            next_times: those of the next sentence.
        """
        self.hear(reading)
        if self.scope == self.turned_from:
            self.scope = self.section
        self.turned_from = None
        if self._long_past(block, reading.sentence) and not timescope.counts_on(next_times):
            self.scope = self.section

    def hear(self, reading: Reading) -> None:
        """The times of a sentence hold on."""
        self.scope = timescope.scope_after(reading, self.scope, self.standpoint.report)

    def lead(self, sentence: Sentence, block: Block) -> None:
        """A sentence without numbers at the end of a paragraph says for when those after it are: 新的一年，各地…."""
        year, standpoint = self.standpoint.year, self.standpoint
        named = self.scope.role == "point" or self.scope.rule in _NAMED_PERIODS
        near = year and self.scope.year_to in (year, year - 1)
        if block.end <= sentence.end + 1 and named and near and standpoint.is_news and not self.scope.to_come:
            self.section = self.scope

    def _long_past(self, block: Block, sentence: Sentence) -> bool:
        """Whether what was said last is of a year long past that ends here: no person (他, 她) is told of."""
        year = self.standpoint.year
        if not year or self.scope.role != "point" or (self.scope.year_to or 9999) >= year - 1:
            return False
        text = self.segmented.text
        ended = text[sentence.start : sentence.end].rstrip().endswith("。")
        return self.standpoint.is_news and ended and not _TOLD_OF.search(text, block.start, block.end)

    def _of_period(self, scope: Scope, section: str) -> Scope:
        """Whose years 五年 are in a plan: those of its period, in a review those before it."""
        period, genre = self.standpoint.period, self.standpoint.genre
        if timescope.same_length(scope, self.section):
            return self.section
        first, last = period.year_from, period.year_to
        if first is None or last is None:
            return scope
        if section == "target" or (genre == "target" and not section):
            return period
        if section == "actual":
            return Scope(2 * first - last - 1, first - 1, period.rule, "span")
        return scope


_TOLD_OF = regex.compile("(?<!其)他(?![国人乡])|她")
_NAMED_PERIODS = ("time.plan-period", "time.plan-since")
_GOES_ON = regex.compile(r"(?:与此)?同时，|此外，|另外，|其中，|在?\p{Han}{2,10}方面，")
"""A paragraph that goes on with the one before is for the same time."""
_PLACE = regex.compile(r"在[^，。；]{2,12}[省市县区旗州乡镇村]，")
_NEXT_ITEM = regex.compile(r"[二三四五六七八九十]是|—|[●•○▪]")
"""An item of a list goes on with the time to come that the item or the sentence before was for."""
