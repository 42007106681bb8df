"""What every test file shares: one extractor, built once, for reading a text is cheap and reading the rules is not.

Generated tests run the same examples every time; ``HYPOTHESIS_PROFILE=search`` looks for new ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browser import SWITCHES, browser_path
from cases import DAY, Case, Row, check
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright
from projects import write_project

from pipeline.cli import main
from pipeline.explanation import explain
from pipeline.pipeline import Extractor

ROOT = Path(__file__).resolve().parent.parent

LOCAL = ("file://", "data:", "http://127.0.0.1:")

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


# A small project to check


@pytest.fixture
def project(shared_datadir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two documents, gold of one of them, and tables; the working folder."""
    folder = shared_datadir / "project"
    monkeypatch.chdir(folder)
    write_project(Path())
    return folder


@pytest.fixture
def zhibiao() -> Callable[..., Result]:
    """Runs a command in the working folder."""

    def zhibiao(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return zhibiao


# A real browser, for the pages


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine; without one the tests that need it are skipped."""
    path = browser_path()
    if path is None:
        pytest.skip("no chromium on this machine: install one (apt-get install chromium) to test the pages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page in which any error of a script and any request of the network fails the test."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: faults.append(request.url) if not request.url.startswith(LOCAL) else None)
    yield opened
    context.close()
    assert faults == []
