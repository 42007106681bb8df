"""What the columns of a table hold, and what the rows are about: read from heads, captions and notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline import regex
from pipeline.clean import plain
from pipeline.indicator_tables.labels import is_unit
from pipeline.recognise.times import find_times
from pipeline.rules import ColumnRule, Rules
from pipeline.units import UnitTable
from pipeline.values import Cell, Part, Table

_MOST_HEAD_ROWS = 4
_LONGEST_FIGURE = 80
"""A cell longer than this is prose, whatever its column holds."""

_STRUCTURE = ("label", "group", "ordinal", "unit", "modality", "owner", "note")
_FIGURE = regex.compile(
    r"[^\d\p{Han}]{0,4}[\p{Han}]{0,6}[^\d\p{Han}]{0,3}\d[\d,.]*(?:[—–\-~～至]+\d[\d,.]*)?[^\d，。；]{0,10}(?:[\[〔(（]\d[\])〕）])?"
)
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_CELL = regex.compile(r"(?:19|20)\d\d年?(?:[—–\-~～至](?:19|20)?\d\d年?)?\D{0,12}")
_BRACKET_END = regex.compile(r"[（(\[]([^（）()\[\]]*)[）)\]]$")
_UNIT_OF_CAPTION = regex.compile(r"单位[:：]\s*([^\s，。；）)]{1,12})")
_PLACE = regex.compile(r"(?:.{1,10}(?:省|市|县|区|镇|乡|街道|旗|州|盟)|全国|全省|全市|全县|全区|合计|总计|全州)")
_CAPTION_LINES, _CAPTION_LENGTH, _NOTE_LENGTH = 3, 60, 300


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a column, a row or a caption names; ``rule`` is the time rule that reads them."""

    first: int | None = None
    last: int | None = None
    rule: str = ""

    @property
    def known(self) -> bool:
        """Whether any year is named."""
        return self.last is not None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head without blanks, what that says of it, and the unit in the head's brackets."""

    head: str
    roles: frozenset[str]
    rules: tuple[str, ...]
    years: Years
    unit: str
    figures: bool = False
    """Whether its cells are figures to be read."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell with a figure, and what stands in its row: places of the cells of the row by column."""

    part: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures: its label, unit, modality and owner as written, without blanks."""

    label: str
    unit: str
    modality: str
    owner: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """An indicator table, understood."""

    columns: tuple[Column, ...]
    rows: dict[int, Row]
    figures: tuple[Figure, ...]
    asides: tuple[tuple[int, str], ...]
    """The other parts that are no prose, each with what its numerals are."""
    unit: str
    """The unit of the whole table, by its caption."""
    years: Years
    """The years that the caption names."""
    cumulative_mark: str
    """The bracket that a note under the table says to mean a cumulative figure."""
    caption: str
    """What the caption says that the table measures; empty where it only says that it is a table."""
    transposed: bool
    """Whether the rows are years and the columns indicators."""


def lay_out(
    text: str, tables: Sequence[Table], rules: Rules, units: UnitTable, anchor: date | None
) -> tuple[tuple[Sheet, ...], tuple[Part, ...]]:
    """The indicator tables among ``tables``, and the parts that all tables are cut into, in text order.

    Args:
        text: the source text, in simplified characters.
        tables: its tables, in text order.
        rules: its ``columns`` rules tell what a head means.
        units: tells what is a unit.
        anchor: the document's date.
    """
    parts: list[Part] = []
    sheets = []
    for table in tables:
        reader = _Reader(text, table, rules, units, anchor)
        sheet = reader.sheet(parts)
        if sheet:
            sheets.append(sheet)
        else:
            parts += [Part(cell.start, cell.end, False) for cell in table.cells]
    return tuple(sheets), tuple(parts)


class _Reader:
    """Reads one table."""

    def __init__(self, text: str, table: Table, rules: Rules, units: UnitTable, anchor: date | None) -> None:
        self.text, self.table, self.rules, self.units, self.anchor = text, table, rules, units, anchor
        self.plain = {cell: plain(text[cell.start : cell.end]) for cell in table.cells}
        self.width = max(cell.column + cell.columns for cell in table.cells)
        self.at: dict[int, dict[int, Cell]] = defaultdict(dict)
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self.at[row].setdefault(column, cell)

    def sheet(self, parts: list[Part]) -> Sheet | None:
        """The table as a sheet, and its parts added to ``parts``; nothing where it is no indicator table."""
        rows = sorted(self.at)
        head = self._head_rows(rows)
        body = [row for row in rows if row not in head]
        if not body or not head:
            return None
        columns = [self._column(column, head) for column in range(self.width)]
        columns = self._with_figures(columns, body)
        label = self._label_column(columns, body)
        if label is None or not any(column.figures for column in columns):
            return None
        columns[label] = replace(columns[label], figures=False)
        labels = [self._text(row, label) for row in body]
        transposed = sum(bool(_YEAR_CELL.fullmatch(text)) for text in labels) * 2 > len(labels)
        group = self._inner_label(columns, label)
        caption, note = self._around()
        sheet_rows: dict[int, Row] = {}
        figures: list[Figure] = []
        asides: list[tuple[int, str]] = []
        for cell in self.table.cells:
            column = columns[cell.column] if cell.column < len(columns) else None
            if cell.row in head or column is None or self._is_band(cell):
                self._prose(cell, parts, asides)
            elif column.figures and cell.columns == 1 and cell.end - cell.start <= _LONGEST_FIGURE:
                if cell.row not in sheet_rows:
                    sheet_rows[cell.row] = self._row(cell.row, columns, label, group)
                figures.append(Figure(len(parts), cell.row, cell.column))
                parts.append(Part(cell.start, cell.end, True))
            elif "ordinal" in column.roles or "unit" in column.roles:
                asides.append((len(parts), "序号" if "ordinal" in column.roles else "单位"))
                parts.append(Part(cell.start, cell.end, True))
            else:
                self._prose(cell, parts, asides)
        marks = [r.search(note) for r in self.rules.group("columns") if r.role == "footnote"]
        mark = next((match["open"] for match in marks if match), "")
        unit = _UNIT_OF_CAPTION.search(caption)
        return Sheet(
            tuple(columns),
            sheet_rows,
            tuple(figures),
            tuple(asides),
            unit[1] if unit else "",
            self._years(caption),
            mark,
            _measured(caption),
            transposed,
        )

    def _text(self, row: int, column: int) -> str:
        cell = self.at[row].get(column)
        return self.plain[cell] if cell else ""

    def _is_band(self, cell: Cell) -> bool:
        """Whether a cell is alone in its row and names what the rows below are about: 一、经济发展."""
        return len({c for c in self.at[cell.row].values() if c.row == cell.row}) == 1 and (
            cell.columns > 1 or cell.column == 0
        )

    def _head_rows(self, rows: list[int]) -> list[int]:
        """The rows above the first one with a figure right of its first cell, without those of a single cell, which are
        captions and bands; none where the table begins with figures."""
        for place, row in enumerate(rows):
            cells = [self.plain[c] for column, c in self.at[row].items() if c.row == row and column]
            if any(_FIGURE.fullmatch(text) and not _YEAR_CELL.fullmatch(text) for text in cells):
                above = [row for row in rows[:place] if len(set(self.at[row].values())) > 1]
                return above if 0 < len(above) <= _MOST_HEAD_ROWS else []
        return []

    def _column(self, column: int, head: list[int]) -> Column:
        seen: list[Cell] = []
        for row in head:
            cell = self.at[row].get(column)
            if cell and cell not in seen and not (cell.columns == self.width and self.width > 1):
                seen.append(cell)
        whole = "".join(self.plain[cell] for cell in seen)
        unit = ""
        text = whole
        while match := _BRACKET_END.search(text):
            if not unit and is_unit(match[1], self.units):
                unit = match[1]
            elif not _YEAR.search(match[1]) and not self._roles(match[1])[0]:
                pass
            else:
                break
            text = text[: match.start()]
        roles, rules = self._roles(text)
        return Column(text, roles, rules, self._years(whole), unit)

    def _roles(self, head: str) -> tuple[frozenset[str], tuple[str, ...]]:
        found: list[ColumnRule] = []
        for rule in self.rules.group("columns"):
            if rule.role == "footnote":
                continue
            if rule.fullmatch(head) if rule.role in _STRUCTURE else rule.search(head):
                found.append(rule)
        structural = [rule for rule in found if rule.role in _STRUCTURE]
        found = structural[:1] or found
        return frozenset(rule.role for rule in found), tuple(rule.id for rule in found)

    def _years(self, text: str) -> Years:
        """The years of the first time in a head or caption; a bare 2025 is one, too."""
        times = find_times(text, 0, len(text), self.rules, self.anchor)
        known = [t for t in times if t.data["year_to"] is not None and t.data["role"] != "base"]
        if known:
            best = min(known, key=lambda t: (t.start, -t.end))
            return Years(best.data["year_from"], best.data["year_to"], best.rule)
        if match := _YEAR.search(text):
            return Years(None, int(match[0]), "time.year")
        plan = next((t for t in times if t.data["role"] == "vague"), None)
        if plan is not None:
            spelled = find_times(plan.text + "期间", 0, len(plan.text) + 2, self.rules, self.anchor)
            spans = [t for t in spelled if t.data["year_from"] is not None]
            if spans:
                return Years(spans[0].data["year_from"], spans[0].data["year_to"], spans[0].rule)
        return Years()

    def _with_figures(self, columns: list[Column], body: list[int]) -> list[Column]:
        """The columns, with those marked whose cells are figures: by their heads, or because most of their cells are."""
        result = []
        for place, column in enumerate(columns):
            cells = [self.plain[c] for row in body if (c := self.at[row].get(place)) and c.row == row and c.columns == 1]
            count = sum(bool(_FIGURE.fullmatch(text)) for text in cells)
            told = column.years.known or column.roles & {"base", "goal", "yearly", "cumulative", "change"}
            structural = column.roles & set(_STRUCTURE)
            is_figures = not structural and count > 0 and (bool(told) or count * 2 > len(cells))
            result.append(replace(column, figures=is_figures))
        return result

    def _label_column(self, columns: list[Column], body: list[int]) -> int | None:
        """The column that names the rows: by its head, else the first one that is neither figures nor anything else.

        Of several columns with such a head the last counts that has a text of its own in most rows: 一级指标, 二级指标.
        """
        named = [i for i, column in enumerate(columns) if "label" in column.roles]
        full = [i for i in named if sum(bool(self._text(row, i)) for row in body) * 2 > len(body)]
        if full:
            return full[-1]
        if named:
            return named[-1]
        for i, column in enumerate(columns):
            texts = [self._text(row, i) for row in body]
            free = not column.roles & {"ordinal", "unit", "modality", "owner", "note", "group"}
            years = sum(bool(_YEAR_CELL.fullmatch(text)) for text in texts) * 2 > len(texts)
            if free and any(texts) and (not column.figures or years):
                return i
        return next((i for i, column in enumerate(columns) if "group" in column.roles), None)

    def _inner_label(self, columns: list[Column], label: int) -> int | None:
        """A column right of the label that says which of several things a row is about."""
        following = label + 1
        if following < len(columns) and "label" in columns[label].roles and columns[following].head == columns[label].head:
            return following
        return None

    def _row(self, row: int, columns: list[Column], label: int, inner: int | None) -> Row:
        def of(role: str) -> str:
            return next((self._text(row, i) for i, column in enumerate(columns) if role in column.roles), "")

        text = self._text(row, label)
        own = self._text(row, inner) if inner is not None else ""
        return Row(own if own and own != text else text, of("unit"), of("modality"), of("owner"))

    def _prose(self, cell: Cell, parts: list[Part], asides: list[tuple[int, str]]) -> None:
        """A cell that is read as prose, but for the unit in its last brackets: （亿元） is no amount."""
        raw = self.text[cell.start : cell.end]
        if _YEAR.fullmatch(self.plain[cell]):
            asides.append((len(parts), "日期"))
            parts.append(Part(cell.start, cell.end, True))
            return
        bracket = regex.search(r"[（(\[［]([^（）()\[\]［］]{1,16})[）)\]］]\s*$", raw)
        if bracket and bracket.start() and self._is_unit(plain(bracket[1])):
            parts.append(Part(cell.start, cell.start + bracket.start(), False))
            asides.append((len(parts), "单位"))
            parts.append(Part(cell.start + bracket.start(), cell.end, True))
        else:
            parts.append(Part(cell.start, cell.end, False))

    def _is_unit(self, text: str) -> bool:
        return any(is_unit(piece, self.units) for piece in regex.split(r"[，、,]", text))

    def _around(self) -> tuple[str, str]:
        """What stands above the table or in its first row across all columns, and what stands below it, without blanks."""
        above = [
            line for line in self.text[max(0, self.table.start - 400) : self.table.start].splitlines() if line.strip(" |\t")
        ]
        near = [plain(line) for line in above[-_CAPTION_LINES:] if len(line.strip()) <= _CAPTION_LENGTH]
        bands = [self.plain[c] for c in self.table.cells if c.row == min(self.at) and c.columns == self.width]
        below = self.text[self.table.end : self.table.end + _NOTE_LENGTH]
        last = [self.plain[c] for c in self.table.cells if c.row == max(self.at) and self._is_band(c)]
        return "\n".join([*near, *bands]), plain("".join(last)) + plain(below)


_CAPTION_NUMBER = regex.compile(r"^(?:附?表|专栏|附件|图)[一二三四五六七八九十\d]*[：:.、]?")
_CAPTION_LEAD = regex.compile(
    r"^(?:全[市省县区国]|各)?(?:[省市县区旗镇乡]{1,3}|街道|单位|部门|地区|年度|[、和及（）()]|(?:19|20)\d\d年?(?:[—–\-~～至](?:19|20)\d\d年?)?)*"
)
_CAPTION_END = regex.compile(
    r"(?:主要|年度|目标|任务|分解|计划|规划|指标|情况|完成|培育|建设|明细|一览|汇总|统计|安排|责任|分工)*表?$"
)


def _measured(caption: str) -> str:
    """What a caption says that is measured: 表1 各县区高新技术企业培育目标（单位：家） → 高新技术企业."""
    line = next((line for line in reversed(caption.split("\n")) if line and not line.startswith("单位")), "")
    text = regex.sub(r"[（(][^（）()]*[）)]", "", _CAPTION_NUMBER.sub("", line))
    return _CAPTION_END.sub("", _CAPTION_LEAD.sub("", text))


def is_place(label: str) -> bool:
    """Whether a row is about a place or a total, so that its head alone names what is measured."""
    return bool(_PLACE.fullmatch(label))
