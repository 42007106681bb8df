"""Time scope: which of the times said so far holds for a number."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.relate.reading import Reading, Slot
from pipeline.values import Mention


@dataclass(frozen=True, slots=True)
class Scope:
    """A time that holds until another is said; ``rule`` says where it came from."""

    year_from: int | None = None
    year_to: int | None = None
    rule: str = ""
    role: str = ""

    @property
    def known(self) -> bool:
        """Whether any year is known."""
        return self.year_to is not None


NOTHING = Scope()


def of(mention: Mention) -> Scope:
    """The scope that a time mention opens."""
    return Scope(mention.data["year_from"], mention.data["year_to"], mention.rule, mention.data["role"])


def governs(mention: Mention) -> bool:
    """Whether a time opens a scope: a base of comparison and a bare name of a plan do not."""
    return mention.data["role"] not in ("base", "vague")


def advance(scope: Scope, mention: Mention) -> Scope:
    """The scope after ``mention``: months and 目前 keep the year that was said, a full time replaces it."""
    role = mention.data["role"]
    if not governs(mention):
        return scope
    if role == "reset":
        return Scope(rule=mention.rule, role="reset")
    fresh = of(mention)
    if role == "part" and mention.data["bare"] and scope.known and scope.role in ("point", "part"):
        return Scope(scope.year_from, scope.year_to, scope.rule, "part")
    return fresh


def scope_at(reading: Reading, slot: Slot, carried: Scope) -> Scope:
    """The scope that holds at a slot's number.

    A time in brackets of its own governs nothing outside them. ``从2012年的A提高到2021年的B``: each number takes the time
    right before it.
    """
    scope = carried
    for mention in reading.times:
        if mention.start >= slot.quantity.start:
            break
        if _depth(reading, mention) > slot.clause.depth:
            continue
        scope = advance(scope, mention)
    if not scope.known and scope.role != "reset":
        behind = [t for t in reading.times if slot.quantity.end <= t.start < slot.right and t.data["role"] == "point"]
        if behind:
            return of(behind[0])
    return scope


def scope_after(reading: Reading, carried: Scope) -> Scope:
    """The scope that a sentence leaves to the next one."""
    scope = carried
    for mention in reading.times:
        if _depth(reading, mention) == 0:
            scope = advance(scope, mention)
    return NOTHING if scope.role == "reset" else scope


def _depth(reading: Reading, mention: Mention) -> int:
    for clause in reading.sentence.clauses:
        if clause.start <= mention.start < clause.end:
            return clause.depth
    return 0
