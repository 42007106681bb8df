"""The statements of an indicator table: a figure with the indicator of its row and the year of its column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline import regex
from pipeline.indicator_tables.labels import Label, read_label
from pipeline.indicator_tables.sheets import Column, Figure, Row, Sheet, Years, is_place
from pipeline.recognise import recognise
from pipeline.recognise.numerals import NUMERAL
from pipeline.recognise.quantities import QuantityGrammar
from pipeline.recognise.times import find_times
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.standpoint import genre_of
from pipeline.rules import Rules
from pipeline.units import MAGNITUDES, UnitTable
from pipeline.values import Clause, Mention, Metadata, Residue, Segmented, Sentence, Statement

_CUMULATIVE_MARKS = "[〔【"
_SHORT_RATE = 3
"""A head that is a rate after so few characters (比上年增长) names nothing that grows."""

_NO_LEVEL = frozenset({"yearly", "cumulative", "change"})
_LONGEST_PLAN = 10
"""From the first column of years to the last; a longer stretch is no period of one plan."""

_DASH = regex.compile(r"[—–\-－~～至到]+")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read out of the indicator tables of a document, in text order."""

    statements: tuple[Statement, ...]
    residue: tuple[Residue, ...]
    mentions: tuple[Mention, ...]


def read_figures(
    sheets: Sequence[Sheet],
    places: Sequence[tuple[int, int]],
    segmented: Segmented,
    metadata: Metadata,
    rules: Rules,
    grammar: QuantityGrammar,
    lexicon: Lexicon,
    units: UnitTable,
) -> Figures:
    """Reads every figure of the sheets; a numeral that is none goes to the residue with its reason.

    Args:
        sheets: the indicator tables.
        places: where each part of the tables is in the cleaned text.
        segmented: the cleaned text with its layout.
        metadata: date and title tell target from result.
        rules: what the grammar of mentions needs.
        grammar: the grammar of quantities.
        lexicon: bounds, rates and words for change.
        units: tells what is a unit.
    """
    reader = _Figures(places, segmented, metadata, rules, grammar, lexicon, units)
    for sheet in sheets:
        reader.read(sheet)
    return reader.found()


class _Figures:
    """Reads the sheets of one document."""

    def __init__(
        self,
        places: Sequence[tuple[int, int]],
        segmented: Segmented,
        metadata: Metadata,
        rules: Rules,
        grammar: QuantityGrammar,
        lexicon: Lexicon,
        units: UnitTable,
    ) -> None:
        self.places, self.segmented, self.metadata, self.rules = places, segmented, metadata, rules
        self.grammar, self.lexicon, self.units = grammar, lexicon, units
        self.anchor: date | None = metadata.date
        self.genre = genre_of(metadata.title, lexicon)
        self.period = self._period(metadata.title)
        self._starts = [sentence.start for sentence in segmented.sentences]
        self.statements: list[Statement] = []
        self.residue: list[Residue] = []
        self.mentions: list[Mention] = []

    def found(self) -> Figures:
        """All that was read."""
        return Figures(
            tuple(sorted(self.statements, key=lambda s: s.start)),
            tuple(sorted(self.residue, key=lambda r: r.start)),
            tuple(sorted(self.mentions, key=lambda m: m.start)),
        )

    def read(self, sheet: Sheet) -> None:
        """Reads one sheet."""
        for part, reason in sheet.asides:
            self._leave(*self.places[part], reason)
        by_row: dict[int, dict[int, tuple[float, str]]] = {}
        read: list[tuple[Figure, Mention]] = []
        for figure in sheet.figures:
            start, end = self.places[figure.part]
            mentions = self._ranged(self._mentions(*self._inside(start, end)))
            quantities = [m for m in mentions if m.type == "quantity"]
            for mention in mentions:
                if mention.type != "quantity":
                    self.residue.append(Residue(mention.start, mention.end, self._sentence(start), _reason(mention)))
            for mention in quantities[1:]:
                self.residue.append(Residue(mention.start, mention.end, self._sentence(start), "unexplained"))
            self.mentions += mentions
            if quantities:
                by_row.setdefault(figure.row, {})[figure.column] = (quantities[0].data["value"], quantities[0].data["unit"])
                read.append((figure, quantities[0]))
        for figure, mention in read:
            self._state(sheet, figure, mention, by_row[figure.row])

    def _inside(self, start: int, end: int) -> tuple[int, int]:
        """A cell without the brackets around all of it: (25) is no number of a list here."""
        if end - start > 2 and self.segmented.text[start] in "[〔【（(" and self.segmented.text[end - 1] in "]〕】）)":
            return start + 1, end - 1
        return start, end

    def _mentions(self, start: int, end: int) -> list[Mention]:
        """The mentions of one cell."""
        if start == end or not NUMERAL.search(self.segmented.text, start, end):
            return []
        sentence = Sentence(start, end, 0, (Clause(start, end, 0),))
        cell = replace(self.segmented, sentences=(sentence,))
        found = recognise(cell, self.rules, self.grammar, self.metadata)
        return sorted((*found.quantities, *found.times, *found.others), key=lambda m: m.start)

    def _ranged(self, mentions: list[Mention]) -> list[Mention]:
        """``350-380`` in a cell is a range, though in prose two bare numbers with a hyphen may be anything."""
        if len(mentions) != 2 or any(m.type != "quantity" or m.data["value_high"] is not None for m in mentions):
            return mentions
        low, high = mentions
        between = self.segmented.text[low.end : high.start]
        if not _DASH.fullmatch(between) or low.data["unit"] or low.data["value"] >= high.data["value"]:
            return mentions
        data = {**high.data, "value": low.data["value"], "value_high": high.data["value"]}
        return [replace(low, end=high.end, text=self.segmented.text[low.start : high.end], data=data, rule=high.rule)]

    def _leave(self, start: int, end: int, reason: str) -> None:
        for match in NUMERAL.finditer(self.segmented.text, start, end):
            self.residue.append(Residue(match.start(), match.end(), self._sentence(match.start()), reason))

    def _sentence(self, start: int) -> int:
        return max(0, bisect_right(self._starts, start) - 1)

    def _state(self, sheet: Sheet, figure: Figure, mention: Mention, row_values: dict[int, tuple[float, str]]) -> None:
        text = self.segmented.text
        cell_start, cell_end = self.places[figure.part]
        column, row = sheet.columns[figure.column], sheet.rows[figure.row]
        before, after = text[cell_start : mention.start], text[mention.end : cell_end]
        label, row_years = self._named(sheet, figure.column, row)
        marked = _is_marked(before, sheet.cumulative_mark)
        head_adds = "cumulative" in column.roles and (marked or "yearly" not in column.roles)
        cumulative = head_adds or marked or label.cumulative or "累计" in before
        averaged = "yearly" in column.roles or label.yearly or "年均" in before
        changes = "change" in column.roles or ("yearly" in column.roles and not cumulative)
        years, year_rule = self._years(sheet, column, row_years, cumulative or averaged)
        kind, kind_rule = self._kind(sheet, column, years, figure.column)
        adds = cumulative and self._adds_to_level(sheet, mention.data["value"], row_values, figure.column)
        measure, measure_rule = self._measure(sheet, label, before, changes or adds, row_values)
        unit = self._unit(sheet, label, column, row, mention, changes)
        comparator, bound_rule = self._bound(before, after, mention)
        value, start = mention.data["value"], mention.start
        if regex.fullmatch(r"[\[〔【(（]?[-−–—－]", before):
            value, start = -value, mention.start - 1
            measure = "increase" if measure == "decrease" and measure_rule == "table.change" else measure
        modality = self.lexicon.modality.search(row.modality) or self.lexicon.modality.search(row.label)
        rules = ("table.cell", mention.rule, *column.rules, bound_rule, measure_rule, year_rule, kind_rule)
        self.statements.append(
            Statement(
                start=start,
                end=mention.end,
                sentence=self._sentence(mention.start),
                kind=kind,
                indicator=label.indicator,
                value=value,
                value_high=mention.data["value_high"],
                unit=unit,
                comparator=comparator,
                measure=measure,
                year_from=years.first,
                year_to=years.last,
                modality=modality[0] if modality and kind == "target" else "",
                note="",
                owner=";".join(regex.split(r"[、，,;；\s]+", row.owner)) if row.owner else "",
                rules=tuple(dict.fromkeys(rule for rule in rules if rule)),
            )
        )

    def _named(self, sheet: Sheet, place: int, row: Row) -> tuple[Label, Years]:
        """What a figure measures, and the years that the label of its row says.

        Rows that are years, places or totals leave the name to the head; where that says but a year, to the caption. In a
        column that is neither of a year nor of a plan the head goes on the label: 博士研究生, 生活补贴.
        """
        column = sheet.columns[place]
        if sheet.transposed:
            return self._of_head(sheet, place), self._of_label(row.label)
        label = read_label(row.label, self.lexicon, self.units)
        if is_place(row.label):
            if "change" not in column.roles and (column.years.known or column.roles or not column.head):
                return replace(read_label(sheet.caption, self.lexicon, self.units), unit=label.unit), Years()
            return self._of_head(sheet, place), Years()
        if column.years.known or column.roles:
            return label, Years()
        head = read_label(column.head, self.lexicon, self.units)
        return replace(head, indicator=label.indicator + head.indicator, unit=label.unit or head.unit), Years()

    def _of_head(self, sheet: Sheet, place: int) -> Label:
        """What the head of a column measures; a bare 增长 is of what the column left of it measures."""
        head = sheet.columns[place].head
        label = read_label(head, self.lexicon, self.units)
        rate = self.lexicon.rate_end.search(head)
        if place and (head in self.lexicon.change or (rate and rate.start() <= _SHORT_RATE)):
            word = head if head in self.lexicon.change else rate[0] if rate else head
            measure, rule = self.lexicon.change.get(word) or self.lexicon.rates[word.removeprefix("的")]
            return replace(self._of_head(sheet, place - 1), unit=label.unit, measure=measure, rule=rule)
        return label

    def _of_label(self, text: str) -> Years:
        times = find_times(
            text if text.endswith("年") or not text.isdigit() else text + "年",
            0,
            len(text) + 1,
            self.rules,
            self.anchor,
        )
        known = [t for t in times if t.data["year_to"] is not None]
        return Years(known[0].data["year_from"], known[0].data["year_to"], known[0].rule) if known else Years()

    def _years(self, sheet: Sheet, column: Column, row: Years, spans: bool) -> tuple[Years, str]:
        """The years of a figure; one that adds up or averages is for all years of its period."""
        base, goal = self._ends(sheet)
        years = row if row.known else column.years
        if spans and years.first is None and not row.known:
            last = years.last if years.known else goal
            if years.known and base is not None and years.last is not None and years.last <= base:
                return years, years.rule
            if last is not None and base is not None and 0 < last - base <= _LONGEST_PLAN:
                return Years(base + 1 if last > base + 1 else None, last), "table.period"
            period = self.period if self.period.first is not None else sheet.years
            if period.first is not None and (last is None or last == period.last):
                return period, period.rule
        if years.known:
            return years, years.rule
        period = self.period if self.period.known else sheet.years
        if "base" in column.roles and not column.roles & {"goal"}:
            if period.first is not None:
                return Years(None, period.first - 1), "table.before-period"
            return (Years(None, self.anchor.year - 1), "time.document-date") if self.anchor else (Years(), "")
        if "goal" in column.roles and period.known:
            return Years(None, period.last), period.rule
        if sheet.years.known and not column.roles & {"goal", "base"}:
            return sheet.years, sheet.years.rule
        if column.roles & {"change"} and base is not None and goal is None:
            return Years(None, base), "table.same-year"
        return Years(), ""

    @staticmethod
    def _ends(sheet: Sheet) -> tuple[int | None, int | None]:
        """The years of the first and the last column of levels, as base and goal of the table."""
        years = sorted({c.years.last for c in sheet.columns if c.figures and c.years.last and c.years.first is None})
        if not years:
            return None, None
        return years[0], years[-1] if len(years) > 1 else None

    def _kind(self, sheet: Sheet, column: Column, years: Years, place: int) -> tuple[str, str]:
        """Target or result: what the head says, then the year against the document's date, then against other columns."""
        head = column.roles & {"base", "goal"}
        if head == {"goal"}:
            return "target", next(rule for rule in column.rules if rule == "column.goal")
        if head == {"base"}:
            return "actual", "column.base"
        base, goal = self._ends(sheet)
        if years.last is not None and self.anchor and years.last != self.anchor.year:
            return ("target", "kind.future-year") if years.last > self.anchor.year else ("actual", "kind.past-year")
        planned = self.genre == "target" or any(c.roles & {"modality", "goal"} for c in sheet.columns)
        if years.last is not None and self.anchor and not planned:
            return "actual", "table.this-year"
        if years.last is not None and base is not None and goal is not None:
            return ("actual", "table.first-year") if years.last == base else ("target", "table.later-year")
        if self.genre == "provision" and not years.known:
            return "provision", "kind.provision-genre"
        if planned and (years.last is not None or self.genre != "target"):
            return "target", "table.planned"
        return "actual", ""

    @staticmethod
    def _levels(sheet: Sheet, row_values: dict[int, tuple[float, str]], before: int | None = None) -> list[float]:
        """The levels of a row, by the columns of one year, first to last; those left of ``before`` where it is given."""
        return [
            value
            for at, (value, _) in sorted(row_values.items())
            for column in [sheet.columns[at]]
            if (before is None or at < before)
            and column.years.known
            and column.years.first is None
            and not column.roles & _NO_LEVEL
        ]

    def _adds_to_level(self, sheet: Sheet, value: float, row_values: dict[int, tuple[float, str]], place: int) -> bool:
        """Whether a cumulative figure is what a level grows by, and no sum of yearly ones.

        城镇化率 of 60 with [5] grows by five points; 新增就业 of 4 a year with [25] adds up to 25: a growth is smaller than
        what grows, a sum of years larger than one year.
        """
        levels = self._levels(sheet, row_values, place)
        return bool(levels) and abs(value) < abs(levels[0])

    def _measure(
        self, sheet: Sheet, label: Label, before: str, changes: bool, row_values: dict[int, tuple[float, str]]
    ) -> tuple[str, str]:
        bound = self.lexicon.before_pattern.search(before)
        said = before[: bound.start()] if bound else before
        for word in sorted(self.lexicon.change, key=len, reverse=True):
            if len(word) > 1 and said.endswith(word):
                return self.lexicon.change[word]
        if label.measure != "level":
            return label.measure, label.rule
        if changes:
            levels = self._levels(sheet, row_values)
            falls = len(levels) > 1 and levels[-1] < levels[0]
            return ("decrease" if falls else "increase"), "table.change"
        return "level", ""

    def _unit(self, sheet: Sheet, label: Label, column: Column, row: Row, mention: Mention, changes: bool) -> str:
        """The unit of a figure: its own, then that of its head, its row, its label, the table."""
        own = str(mention.data["unit"])
        given = row.unit if regex.search(r"[\p{L}%‰℃°]", row.unit) else ""
        if own and own not in MAGNITUDES:
            return own
        general = next((unit for unit in (column.unit, given, label.unit, sheet.unit) if unit), "")
        if changes and not column.unit and general not in ("%", "‰", "百分点", "个百分点"):
            general = "%"
        return own + general

    def _bound(self, before: str, after: str, mention: Mention) -> tuple[str, str]:
        plain_before = before.lstrip("[〔【(（")
        if found := self.lexicon.before_pattern.search(plain_before):
            return self.lexicon.bound_before[found[0]]
        if found := self.lexicon.after_pattern.match(after.lstrip("])〕】）")):
            return self.lexicon.bound_after[found[0]]
        if mention.data["bound"]:
            return str(mention.data["bound"]), "comparator.at-least"
        return "eq", ""

    def _period(self, title: str) -> Years:
        """The years that the title of a plan names."""
        times = find_times(title, 0, len(title), self.rules, self.anchor)
        spans = [t for t in times if t.data["year_from"] is not None]
        if spans:
            return Years(spans[0].data["year_from"], spans[0].data["year_to"], "time.title-period")
        for time in times:
            if time.data["role"] == "vague":
                spelled = time.text + "期间"
                found = find_times(spelled, 0, len(spelled), self.rules, self.anchor)
                named = [t for t in found if t.data["year_from"] is not None]
                if named:
                    return Years(named[0].data["year_from"], named[0].data["year_to"], "time.title-period")
        return Years()


def _reason(mention: Mention) -> str:
    return "日期" if mention.type == "time" else mention.type


def _is_marked(before: str, mark: str) -> bool:
    """Whether a figure stands in the brackets that mean a cumulative one."""
    return before[:1] != "" and (before[0] in _CUMULATIVE_MARKS or (bool(mark) and before[0] == mark))
