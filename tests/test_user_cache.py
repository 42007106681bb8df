"""What is kept between two starts: read where it is as it was, made anew where it is not, and never believed of others."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import user_cache
from pipeline.sealed import seal
from pipeline.user_cache import Memo, kept

MONTH = 31 * 24 * 3600


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache" / "zhibiao"
    monkeypatch.setattr(user_cache, "folder", lambda: folder)
    return folder


@pytest.fixture
def asked(folder: Path) -> Callable[..., tuple[Any, bool]]:
    """Asks for a thing; gives it, and whether it had to be made."""

    def asked(made_of: object = "dictionary", value: Any = ("of", 1)) -> tuple[Any, bool]:
        made = []

        def make() -> Any:
            made.append(True)
            return value

        return kept("thing", made_of, make), bool(made)

    return asked


def _entry(folder: Path) -> Path:
    [entry] = folder.iterdir()
    return entry


@pytest.mark.parametrize("value", [None, [1, 2.0, True, "龘\ud800"], {"a": {"b": []}}])
def test_what_was_made_is_not_made_again(asked: Callable[..., tuple[Any, bool]], value: object) -> None:
    assert [asked(value=value), asked(value=value)] == [(value, True), (value, False)]


def test_what_is_made_of_something_else_is_another_thing(asked: Callable[..., tuple[Any, bool]]) -> None:
    assert [asked(made_of, [made_of])[0] for made_of in ("a", "b", "a")] == [["a"], ["b"], ["a"]]


@pytest.mark.parametrize("value", [("a", "b"), {1: "a"}, {"a"}, b"a", float("nan")], ids=str)
def test_what_would_come_back_as_something_else_is_not_kept(
    asked: Callable[..., tuple[Any, bool]], folder: Path, value: object
) -> None:
    assert asked(value=value) == asked(value=value) == (value, True)
    assert not folder.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: entry.write_bytes(entry.read_bytes()[:-1]),
        lambda entry: entry.write_bytes(entry.read_bytes().replace(b'"of"', b'"at"')),
        lambda entry: entry.write_bytes(b""),
        lambda entry: entry.write_bytes(seal(b'[["thing", "0"], ["at", 2]]')),
        lambda entry: entry.chmod(0o666),
    ],
    ids=["cut short", "changed", "empty", "of another name", "writable by all"],
)
def test_what_is_not_as_it_was_is_made_anew(
    asked: Callable[..., tuple[Any, bool]], folder: Path, damage: Callable[[Path], object]
) -> None:
    asked(value=["of", 1])
    damage(_entry(folder))
    assert asked(value=["of", 1]) == (["of", 1], True)
    assert asked(value=["of", 1]) == (["of", 1], False)


def test_what_another_user_wrote_is_made_anew(
    asked: Callable[..., tuple[Any, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(value=["of", 1])
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert asked(value=["of", 1]) == (["of", 1], True)


def test_where_nothing_can_be_kept_it_is_made_every_time(asked: Callable[..., tuple[Any, bool]], folder: Path) -> None:
    folder.parent.write_text("no folder")
    assert [asked(value=[1]), asked(value=[1])] == [([1], True), ([1], True)]


def test_others_can_neither_read_nor_write_what_is_kept(asked: Callable[..., tuple[Any, bool]], folder: Path) -> None:
    asked(value=[1])
    assert [path.stat().st_mode & 0o077 for path in (folder, _entry(folder))] == [0, 0]


def test_what_nobody_used_for_a_month_is_taken_away(asked: Callable[..., tuple[Any, bool]], folder: Path) -> None:
    for made_of in ("used", "unused"):
        asked(made_of, [made_of])
    for entry in folder.iterdir():
        os.utime(entry, (time.time() - MONTH,) * 2)
    asked("used", ["used"])
    asked("new", ["new"])
    assert [asked(made_of, [made_of])[1] for made_of in ("used", "new", "unused")] == [False, False, True]


def _memo() -> Memo[str]:
    return Memo("texts", ["a version"])


def test_a_memo_makes_nothing_twice_not_even_at_the_next_start(folder: Path) -> None:
    memo = _memo()
    assert [memo.kept("a", lambda: "A"), memo.kept("a", lambda: "never")] == ["A", "A"]
    memo.keep()
    assert _memo().kept("a", lambda: "never") == "A"


def test_a_memo_keeps_what_others_have_kept_meanwhile(folder: Path) -> None:
    memos = [_memo(), _memo()]
    for memo, text in zip(memos, "ab", strict=True):
        memo.kept(text, text.upper)
    for memo in memos:
        memo.keep()
    assert [_memo().kept(text, lambda: "never") for text in "ab"] == ["A", "B"]


def test_a_memo_is_written_when_enough_of_it_is_new(folder: Path) -> None:
    memo = _memo()
    for number in range(100):
        memo.kept(str(number), str)
    memo.keep()
    for number in range(100, 104):
        memo.kept(str(number), str)
    memo.keep()
    assert _memo().kept("103", lambda: "made anew") == "made anew"
    for number in range(104, 106):
        memo.kept(str(number), str)
    memo.keep()
    assert _memo().kept("103", lambda: "made anew") == ""


def test_a_memo_that_has_become_too_large_begins_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memo = _memo()
    memo.kept("old", lambda: "o" * 1000)
    memo.keep()
    monkeypatch.setattr(user_cache, "_LARGEST", 1000)
    memo.kept("new", lambda: "n")
    memo.keep()
    assert [_memo().kept(text, lambda: "made anew") for text in ("old", "new")] == ["made anew", "n"]


def test_a_damaged_memo_is_made_anew(folder: Path) -> None:
    memo = _memo()
    memo.kept("a", lambda: "A")
    memo.keep()
    _entry(folder).write_bytes(_entry(folder).read_bytes().replace(b'"A"', b'"B"'))
    assert _memo().kept("a", lambda: "made anew") == "made anew"
