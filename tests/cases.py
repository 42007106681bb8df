"""Sentences beside what must come out of them, the way Duckling keeps a corpus beside its rules.

A case is a text and the rows of ``targets`` that it must give: these, in this order, and no others. A row names its quote
and those columns that the case is about. A case that does not come out yet says in ``wrong`` what comes out instead;
it fails as soon as it does come out, so that the list of what is wrong stays true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

Row = dict[str, Any]

DAY = date(2023, 6, 30)
"""The date of a text that names none."""


@dataclass(frozen=True)
class Case:
    """A text, what is known of the document it is from, and the rows that it must give."""

    text: str
    rows: tuple[Row, ...]
    day: date
    title: str


def row(quote: str, **columns: Any) -> Row:
    """What must stand in one row of ``targets``."""
    return {"quote": quote, **columns}


def case(text: str, *rows: Row, day: str | date = DAY, title: str = "", wrong: str = "") -> Any:
    """A parameter for ``pytest.mark.parametrize``."""
    made = Case(text, rows, date.fromisoformat(day) if isinstance(day, str) else day, title)
    marks = [pytest.mark.xfail(reason=wrong, strict=True)] if wrong else []
    return pytest.param(made, id=" ".join(text.split()), marks=marks)


def corpus(*cases: Any) -> Callable[[Any], Any]:
    """Runs a test once for each case."""
    return pytest.mark.parametrize("case", cases)


def check(found: list[Row], wanted: tuple[Row, ...]) -> None:
    """Compares rows of ``targets``, and shows them as they are where they differ."""
    names = [name for row in wanted for name in row]
    shown = [{name: row[name] for name in dict.fromkeys(["quote", *names])} for row in found]
    assert [row["quote"] for row in found] == [row["quote"] for row in wanted], shown
    picked = [{name: was[name] for name in want} for was, want in zip(found, wanted, strict=True)]
    assert picked == list(wanted)
