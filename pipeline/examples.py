"""Runs the examples that stand beside the rules: they say what each rule is for, and that it still does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.pipeline import Extraction, Extractor
from pipeline.rows import citation_rows, owner_rows, residue_rows, speaker_rows, target_rows, task_rows
from pipeline.rules import Example, RuleError
from pipeline.tables import TABLES
from pipeline.values import Metadata

DEFAULT_DATE = date(2023, 6, 30)
"""The date of an example that names none."""

_TABLES = {"owners": owner_rows, "tasks": task_rows, "citations": citation_rows, "speakers": speaker_rows}
"""The tables, beside ``targets``, whose rows an example can name: all of them, in the order of the text."""

_COLUMNS = frozenset(column.name for column in TABLES["targets"])


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not come out as its rule says."""

    file: str
    line: int
    rule: str
    text: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: rule {self.rule}: {self.text!r}: expected {self.expected}; found {self.found}"


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What a check of a folder of rules found."""

    rules: int
    examples: int
    failures: tuple[Failure, ...]


def check_rules(folder: Path) -> RuleReport:
    """Reads the rules of a folder and runs all their examples.

    Raises:
        RuleError: a file cannot be used as rules.
    """
    extractor = Extractor(folder)
    rules = list(extractor.rules)
    failures = [
        Failure((folder / f"{file}.yaml").as_posix(), rule.line, rule.id, example.text, expected, found)
        for file, rule in rules
        for example in rule.examples
        for expected, found in run_example(example, extractor)
    ]
    return RuleReport(len(rules), sum(len(rule.examples) for _, rule in rules), tuple(failures))


def run_example(example: Example, extractor: Extractor) -> Iterator[tuple[str, str]]:
    """What an example expects and does not get, each with what came out instead."""
    try:
        day = date.fromisoformat(example.date) if example.date else DEFAULT_DATE
    except ValueError:
        yield "a date such as 2023-06-30", repr(example.date)
        return
    try:
        extraction = extractor.extract_text(example.text, day, example.title)
    except RuleError as error:
        yield "an end", str(error)
        return
    yield from _differences(example, extraction, extractor)


def _differences(example: Example, extraction: Extraction, extractor: Extractor) -> Iterator[tuple[str, str]]:
    statements = list(target_rows(extraction, extractor.lexicon, extractor.units))
    if example.clean is not None and extraction.cleaned.text != example.clean:
        yield f"the cleaned text {example.clean!r}", repr(extraction.cleaned.text)
    if example.none and statements:
        yield "no statement", _quotes(statements)
    if example.residue is not None:
        reasons = [row["reason"] for row in residue_rows(extraction)]
        if example.residue not in reasons:
            yield f"a numeral left as {example.residue}", "、".join(reasons) or "none left"
    others = {table: getattr(example, table) for table in _TABLES if getattr(example, table) is not None}
    for table, wanted in others.items():
        yield from _all_of(table, wanted, list(_TABLES[table](extraction)))
    if example.document is not None:
        yield from _described(example.document, extractor.describe(example.text))
    if example.expect is not None:
        yield from _expected(example.expect, statements)
    elif example.clean is None and example.residue is None and not example.none and not others and example.document is None:
        yield "expect, none, residue, clean, document or rows of a table in the example", "none of them"


def _all_of(table: str, wanted: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Rows of a table that are not those that are wanted, one for one in the order of the text."""
    known = {column.name for column in TABLES[table]}
    if unknown := {name for row in wanted for name in row} - known:
        yield f"only columns of {table}", "、".join(sorted(unknown))
    elif len(rows) != len(wanted):
        yield f"{len(wanted)} rows of {table}", f"{len(rows)}: {'; '.join(_shown(_named(row)) for row in rows)}"
    else:
        for want, row in zip(wanted, rows, strict=True):
            if unlike := _unlike(want, row):
                yield _shown(want), _shown(unlike)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    """The column that a reader knows a row by."""
    return {name: row[name] for name in ("quote", "text") if name in row}


def _described(wanted: dict[str, Any], found: Metadata) -> Iterator[tuple[str, str]]:
    """Where the metadata of a document is not what is wanted."""
    names = {"title", "issuer", "number", "date", "kind", "region"}
    if unknown := wanted.keys() - names:
        yield f"only {', '.join(sorted(names))} in document", "、".join(sorted(unknown))
        return
    row = {name: str(getattr(found, name) or "") for name in names}
    if unlike := _unlike(wanted, row):
        yield _shown(wanted), _shown(unlike)


def _expected(expect: dict[str, Any] | list[dict[str, Any]], statements: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Expected statements that are not there; those of a list stand in the order of the text."""
    rest = statements
    for wanted in [expect] if isinstance(expect, dict) else expect:
        if unknown := wanted.keys() - _COLUMNS:
            yield "only columns of targets", "、".join(sorted(unknown))
            continue
        same_quote = [row for row in rest if row["quote"] == wanted["quote"]] if "quote" in wanted else rest[:1]
        matching = next((row for row in same_quote if not _unlike(wanted, row)), None)
        if matching is None:
            yield _shown(wanted), _best(wanted, same_quote) or _quotes(rest)
        elif isinstance(expect, list):
            rest = rest[rest.index(matching) + 1 :]


def _unlike(wanted: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """The columns in which ``row`` is not what is wanted, as they are."""
    return {name: row[name] for name, value in wanted.items() if not _same(value, row[name])}


def _same(wanted: object, found: object) -> bool:
    """Whether two cells say the same: numbers by value, and nothing is nothing however it is written."""
    if wanted in (None, "") or found in (None, ""):
        return wanted in (None, "") and found in (None, "")
    try:
        return float(str(wanted)) == float(str(found))
    except ValueError:
        return str(wanted) == str(found)


def _best(wanted: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """Where the nearest of ``rows`` differs."""
    return _shown(min((_unlike(wanted, row) for row in rows), key=len)) if rows else ""


def _shown(cells: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in cells.items())


def _quotes(rows: list[dict[str, Any]]) -> str:
    return "、".join(row["quote"] for row in rows) or "no statement"
