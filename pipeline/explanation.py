"""How a text was read, as data and for people."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.outline import Outline
from pipeline.pipeline import Extraction, Extractor
from pipeline.recognise.numerals import NUMERAL, parse
from pipeline.rows import citation_rows, owner_rows, residue_rows, speaker_rows, target_rows, task_rows
from pipeline.values import Mention

_EXACT_BELOW = 2**53
_SHOWN = 40


def explain(text: str, extractor: Extractor, date: date | None = None, title: str = "") -> dict[str, Any]:
    """What was found in a text: plain data, ready for JSON. Every offset counts the characters of ``text``.

    Args:
        text: one sentence or many.
        extractor: the pipeline.
        date: the date of the document that the text is from; without it 今年 is no year.
        title: its title.

    Returns:
        ``text``; ``mentions``: every numeral, time and name in text order, each with its ``type`` and, where it is a
        number, its value; ``statements``: the rows of ``targets``; ``residue``, ``owners``, ``tasks``, ``citations`` and
        ``speakers``: the rows of the tables of these names.
    """
    return _explained(extractor.extract_text(text, date, title), extractor)


def render(text: str, extractor: Extractor, date: date | None = None, title: str = "", width: int = 100) -> str:
    """What :func:`explain` says and how the text was cut into clauses, laid out for reading."""
    extraction = extractor.extract_text(text, date, title)
    explained = _explained(extraction, extractor)
    console = Console(file=io.StringIO(), width=width, color_system=None)
    for sentence in _sentences(extraction):
        console.print(Text(sentence))
    if explained["mentions"]:
        console.print(_table("Mentions", _mention_cells(explained["mentions"])))
    if explained["statements"]:
        console.print(_table("Statements", _statement_cells(explained["statements"])))
    else:
        console.print("No statement.")
    for title, cells in _FURTHER.items():
        if rows := explained[title.lower()]:
            console.print(_table(title, [cells(row) for row in rows]))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _explained(extraction: Extraction, extractor: Extractor) -> dict[str, Any]:
    recognised = extraction.recognised
    mentions = sorted((*recognised.quantities, *recognised.times, *recognised.others), key=lambda mention: mention.start)
    return {
        "text": extraction.source.text,
        "mentions": [_mention(mention, extraction) for mention in mentions],
        "statements": [_plain(row) for row in target_rows(extraction, extractor.lexicon, extractor.units)],
        "residue": list(residue_rows(extraction)),
        "owners": list(owner_rows(extraction)),
        "tasks": list(task_rows(extraction)),
        "citations": list(citation_rows(extraction)),
        "speakers": list(speaker_rows(extraction)),
    }


def _mention(mention: Mention, extraction: Extraction) -> dict[str, Any]:
    start, quote = extraction.quote(mention.start, mention.end)
    data = mention.data if mention.type in ("quantity", "time") else _value_in(mention.text)
    names = ("value", "value_high", "unit", "year_from", "year_to")
    row = {"start": start, "quote": quote, "type": mention.type} | {name: data.get(name) for name in names}
    return _plain(row | {"rule": mention.rule})


def _value_in(text: str) -> dict[str, float | str]:
    """The value of the only numeral of a name; nothing where there are several, as in a document number."""
    numerals = NUMERAL.findall(text)
    try:
        return {"value": parse(numerals[0]), "unit": ""} if len(numerals) == 1 else {}
    except ValueError:
        return {}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Numbers without a fraction as whole numbers: ``300``, not ``300.0``."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_BELOW else value
        for name, value in row.items()
    }


def _sentences(extraction: Extraction) -> Iterator[str]:
    """Every sentence with a numeral under the headings above it.

    Clauses are parted by ``│``, those in brackets marked by ``⟨ ⟩``; headings stand on a line of their own behind ``§``.
    """
    outline = Outline(extraction.segmented.items)
    above: tuple[str, ...] = ()
    for sentence in extraction.segmented.sentences:
        if sentence.clauses:
            path = outline.path(outline.at(sentence.start))
            if path != above:
                above = path
                yield f"§ {' > '.join(path) or '-'}"
            parts = []
            for clause in sentence.clauses:
                text = re.sub(r"\s+", " ", extraction.segmented.text[clause.start : clause.end])
                parts.append("⟨" * clause.depth + text + "⟩" * clause.depth)
            yield " │ ".join(parts)


def _table(title: str, rows: Iterable[dict[str, str]]) -> Table:
    listed = list(rows)
    table = Table(title=title, title_justify="left", box=SIMPLE)
    for name in listed[0]:
        table.add_column(name, overflow="fold")
    for row in listed:
        table.add_row(*(Text(cell) for cell in row.values()))
    return table


def _mention_cells(mentions: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for mention in mentions:
        yield {
            "start": str(mention["start"]),
            "quote": mention["quote"],
            "type": mention["type"],
            "value": _span(mention["value"], mention["value_high"]),
            "unit": mention["unit"] or "",
            "years": _span(mention["year_from"], mention["year_to"]),
            "rule": mention["rule"],
        }


def _statement_cells(statements: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for row in statements:
        yield {
            "quote": row["quote"],
            "kind": row["kind"],
            "indicator": row["indicator"],
            "value": f"{row['comparator']} {_span(row['value'], row['value_high'])} {row['unit']}".strip(),
            "measure": row["measure"],
            "years": _span(row["year_from"], row["year_to"]),
            "rules": row["rule"].replace(";", "\n"),
        }


def _owner_cells(row: dict[str, Any]) -> dict[str, str]:
    task = f"{row['task_start']}–{row['task_end']}"
    return {
        "quote": row["quote"],
        "role": row["role"],
        "body": row["body"],
        "basis": row["basis"],
        "task": task,
        "rule": row["rule"],
    }


def _task_cells(row: dict[str, Any]) -> dict[str, str]:
    return {
        "start–end": f"{row['start']}–{row['end']}",
        "text": _shortened(row["text"]),
        "section": row["section"],
        "owner": row["owner"],
        "deadline": str(row["deadline_year"] or ""),
        "rule": row["rule"],
    }


def _citation_cells(row: dict[str, Any]) -> dict[str, str]:
    names = ("quote", "title", "number", "issuer", "year", "rule")
    return {name: str(row[name] or "") for name in names}


def _speaker_cells(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(row[name]) for name in ("start", "speaker", "post", "outlet", "role")}


_FURTHER: dict[str, Callable[[dict[str, Any]], dict[str, str]]] = {
    "Owners": _owner_cells,
    "Tasks": _task_cells,
    "Citations": _citation_cells,
    "Speakers": _speaker_cells,
}


def _shortened(text: str) -> str:
    plain = re.sub(r"\s+", " ", text)
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 9]}…{plain[-8:]}"


def _span(low: float | None, high: float | None) -> str:
    return "–".join(str(value) for value in (low, high) if value is not None)
