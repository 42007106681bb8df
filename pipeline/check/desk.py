"""Work on gold: every decision of a reviewer is written at once, noted in a log, and can be taken back.

The log lies beside the gold, in ``log/<doc_id>.jsonl``: one line a decision, with who, when, and the row before and after.
Each decision names the state of the gold that its reviewer saw; where the file has another state by then, nothing is
written, and the reviewer is told. The files are locked while one is read, compared and written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipeline.check.gold import GOLD_COLUMNS, GoldFile, gold_path, open_gold, row_problems
from pipeline.check.rows import Row, span, words

LOG_NAME = "log"
_LOCK_NAME = ".lock"
_LOCK_SECONDS = 10

WRITES, NOTES = ("write", "remove"), ("keep", "dismiss")
"""Decisions that change gold, and decisions that only say that a row was looked at."""


class DeskError(Exception):
    """A decision that cannot be carried out. The message says what is wrong and what to do."""


class StaleError(DeskError):
    """The gold has changed since the reviewer saw it."""


@dataclass(frozen=True)
class Decision:
    """What a reviewer decided of one place in a document."""

    action: str
    """``write`` a row, ``remove`` one, ``keep`` the gold as it is, or ``dismiss`` a row that gold rightly has not."""
    table: str
    start: int
    quote: str
    row: Mapping[str, str]
    """The cells to write; empty but for ``write``."""


class Desk:
    """The gold of a corpus, to work on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def version(self, doc_id: str) -> str:
        """What the gold of a document is now, as a word that is another one after any change."""
        digest = hashlib.sha256()
        for table in GOLD_COLUMNS:
            path = gold_path(self._folder, table, doc_id)
            digest.update(path.read_bytes() if path.exists() else b"\0")
        return digest.hexdigest()[:16]

    def decide(self, doc_id: str, text: str, decision: Decision, who: str, version: str) -> dict[str, Any]:
        """Carries out a decision and notes it; returns its line of the log.

        Args:
            doc_id: the document.
            text: its text.
            decision: what to do.
            who: the reviewer.
            version: the :meth:`version` that the reviewer saw.

        Raises:
            StaleError: the gold has another version by now.
            DeskError: the row is not one that gold can hold.
        """
        with self._locked():
            if version != self.version(doc_id):
                raise StaleError(f"{doc_id}: the gold has changed since you loaded it; look at it again")
            gold = open_gold(self._folder, decision.table, doc_id)
            before = gold.find(decision.start, decision.quote)
            after = None
            if decision.action == "write":
                after = self._row(gold, text, decision)
                before, gold = _overlapped(gold, after), _replaced(gold, after)
                gold.write()
            elif decision.action == "remove":
                if before is None:
                    raise DeskError(f"{doc_id}: no row of gold {decision.quote!r} at {decision.start}")
                gold.without(decision.start, decision.quote).write()
            elif decision.action not in NOTES:
                raise DeskError(f"{decision.action!r} is none of {', '.join((*WRITES, *NOTES))}")
            return self._note(doc_id, who, decision.action, decision.table, decision.start, decision.quote, before, after)

    def undo(self, doc_id: str, who: str, version: str) -> dict[str, Any]:
        """Takes back the last decision of a reviewer in a document that is not taken back yet; returns its line of the log.

        Raises:
            StaleError: the gold has another version by now, or the row was changed by somebody else since.
            DeskError: there is nothing to take back.
        """
        with self._locked():
            if version != self.version(doc_id):
                raise StaleError(f"{doc_id}: the gold has changed since you loaded it; look at it again")
            last = self._last(doc_id, who)
            gold = open_gold(self._folder, last["table"], doc_id)
            before, after = last["before"], last["after"]
            if last["action"] in WRITES:
                if after is not None:
                    if gold.find(after["start"], words(after)) != after:
                        raise StaleError(
                            f"{doc_id}: {words(after)!r} at {after['start']} was changed after you; correct it instead"
                        )
                    gold = gold.without(after["start"], words(after))
                (gold.with_row(before) if before is not None else gold).write()
            return self._note(
                doc_id, who, "undo", last["table"], last["start"], last["quote"], after, before, undone=last["n"]
            )

    def log(self, doc_id: str) -> list[dict[str, Any]]:
        """Every decision of a document, oldest first."""
        path = self._log_path(doc_id)
        if not path.exists():
            return []
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

    def reviewed(self, doc_id: str) -> dict[str, dict[str, str]]:
        """Who last decided of a place, and when; by ``table/start``."""
        entries = self.log(doc_id)
        undone = {entry["undone"] for entry in entries if entry["action"] == "undo"}
        return {
            f"{entry['table']}/{entry['start']}": {"who": entry["who"], "when": entry["when"], "action": entry["action"]}
            for entry in entries
            if entry["action"] != "undo" and entry["n"] not in undone
        }

    def _last(self, doc_id: str, who: str) -> dict[str, Any]:
        entries = self.log(doc_id)
        undone = {entry["undone"] for entry in entries if entry["action"] == "undo"}
        own = [entry for entry in entries if entry["who"] == who and entry["action"] != "undo" and entry["n"] not in undone]
        if not own:
            raise DeskError(f"{doc_id}: {who} has nothing to take back here")
        return own[-1]

    def _note(
        self, doc_id: str, who: str, action: str, table: str, start: int, quote: str, before: Row | None, after: Row | None,
        undone: int | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        entry = {
            "n": len(self.log(doc_id)) + 1,
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "who": who,
            "action": action,
            "table": table,
            "start": start,
            "quote": quote,
            "before": before,
            "after": after,
        } | ({"undone": undone} if undone is not None else {})
        path = self._log_path(doc_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        return entry

    def _log_path(self, doc_id: str) -> Path:
        return gold_path(self._folder / LOG_NAME, "targets", doc_id).with_suffix(".jsonl")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        folder = self._folder / LOG_NAME
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(folder / _LOCK_NAME, timeout=_LOCK_SECONDS):
                yield
        except Timeout:
            raise DeskError(f"{folder}: somebody else is writing for more than {_LOCK_SECONDS} seconds; try again") from None

    @staticmethod
    def _row(gold: GoldFile, text: str, decision: Decision) -> Row:
        """The row to write, where gold can hold it.

        A note of somebody that has no cell in the form stays as it was.
        """
        start, quote = decision.start, decision.quote
        if not quote or start < 0 or text[start : start + len(quote)] != quote:
            raise DeskError(f"{gold.doc_id}: {quote!r} does not stand at {start}; select it in the text again")
        known = gold.find(start, quote) or {}
        cells = {name: str(decision.row.get(name, known.get(name, ""))).strip() for name in gold.columns}
        place = {"doc_id": gold.doc_id, "start": start, "end": start + len(quote), "quote": quote, "text": quote}
        row: Row = cells | {name: value for name, value in place.items() if name in cells}
        for problem in row_problems(gold.table, row):
            raise DeskError(f"{quote}: {problem}")
        for name in ("task_start", "task_end"):
            if name in row:
                row[name] = int(row[name])
        return row


def _overlapped(gold: GoldFile, row: Row) -> Row | None:
    """The row of gold that gives way to another one: that of the same span, else the one that it overlaps."""
    start, end = span(row)
    touching = [one for one in gold.rows if max(start, span(one)[0]) < min(end, span(one)[1])]
    if gold.table in ("owners", "tasks"):
        touching = [one for one in touching if span(one) == (start, end)]
    if len(touching) > 1:
        there = ", ".join(f"{words(one)} ({one['start']})" for one in touching)
        raise DeskError(f"{words(row)}: overlaps {there}; reject these first")
    return touching[0] if touching else None


def _replaced(gold: GoldFile, row: Row) -> GoldFile:
    old = _overlapped(gold, row)
    return (gold.without(old["start"], words(old)) if old else gold).with_row(row)
