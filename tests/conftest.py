"""What every test file shares: one extractor, built once, for reading a text is cheap and reading the rules is not.

Generated tests run the same examples every time; ``HYPOTHESIS_PROFILE=search`` looks for new ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, Case, Row, check
from hypothesis import HealthCheck, settings

from pipeline.explanation import explain
from pipeline.pipeline import Extractor

ROOT = Path(__file__).resolve().parent.parent

_slow = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
settings.register_profile("steady", _slow, derandomize=True, max_examples=200)
settings.register_profile("search", _slow, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The pipeline with the rules of the repository."""
    return Extractor(ROOT / "rules")


@pytest.fixture(scope="session")
def explained(extractor: Extractor) -> Callable[..., dict[str, Any]]:
    """Reads a text and returns mentions, statements and residue."""

    def explained(text: str, day: date | None = DAY, title: str = "") -> dict[str, Any]:
        return explain(text, extractor, day, title)

    return explained


@pytest.fixture(scope="session")
def statements(explained: Callable[..., dict[str, Any]]) -> Callable[..., list[Row]]:
    """Reads a text and returns its rows of ``targets``."""

    def statements(text: str, day: date | None = DAY, title: str = "") -> list[Row]:
        rows: list[Row] = explained(text, day, title)["statements"]
        return rows

    return statements


@pytest.fixture(scope="session")
def comes_out(statements: Callable[..., list[Row]]) -> Callable[[Case], None]:
    """Asserts that a case gives the rows it must give."""

    def comes_out(case: Case) -> None:
        check(statements(case.text, case.day, case.title), case.rows)

    return comes_out
