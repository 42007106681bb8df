"""How far two readers agree: F1 over the rows, Cohen's kappa over the words that both chose for the same number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.check.compare import COMPARISONS
from pipeline.check.errors import CheckError
from pipeline.check.gold import GoldFile, gold_files
from pipeline.check.score import Counts, Score, score


@dataclass(frozen=True)
class Agreement:
    """Two readers' gold of the documents that both have read."""

    documents: int
    scores: dict[str, Score]
    kappa: dict[str, float]
    """By column, over the statements that both have marked."""


def agreement(one: Path, other: Path) -> Agreement:
    """Holds the gold of two readers against each other.

    Raises:
        CheckError: a file cannot be read, or they have no document in common.
    """
    mine, theirs = _by_place(one), _by_place(other)
    common = sorted(mine.keys() & theirs.keys())
    if not common:
        raise CheckError(f"{other}: no document that {one} has too; name two folders of gold of the same documents")
    scores = {}
    for table, comparison in COMPARISONS.items():
        places = [place for place in common if place[0] == table]
        if places:
            gold, found = ([row for place in places for row in files[place].rows] for files in (mine, theirs))
            scores[table] = score(comparison, gold, found, [doc_id for _, doc_id in places], {})
    return Agreement(len({doc_id for _, doc_id in common}), scores, kappas(scores))


def kappas(scores: dict[str, Score]) -> dict[str, float]:
    """Cohen's kappa of each column of ``targets`` whose words are limited."""
    if "targets" not in scores:
        return {}
    pairs = [(one.gold, one.found) for one in scores["targets"].judged if one.gold and one.found]
    columns = COMPARISONS["targets"].confusable
    return {column: kappa([(g.get(column, ""), f.get(column, "")) for g, f in pairs]) for column in columns} if pairs else {}


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what two readers with these habits would reach by chance.

    Cohen, A coefficient of agreement for nominal scales (1960). Where both only ever chose one and the same word,
    agreement is whole and kappa 1.

    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5
    """
    size = len(pairs)
    same = sum(one == other for one, other in pairs) / size
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(count * second[word] for word, count in first.items()) / size**2
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def render_agreement(found: Agreement) -> str:
    """The agreement as lines of text."""
    lines = [f"documents that both have read: {found.documents}"]
    for table, one in found.scores.items():
        lines += [f"{table}: {name} {_figures(counts)}" for name, counts in one.measures.items()]
    return "\n".join([*lines, *(f"{column}: Cohen's kappa {value:.3f}" for column, value in found.kappa.items())])


def _figures(counts: Counts) -> str:
    return f"F1 {counts.f1:.3f} ({counts.right} of {counts.gold} and {counts.found})"


def _by_place(folder: Path) -> dict[tuple[str, str], GoldFile]:
    if not folder.is_dir():
        raise CheckError(f"{folder}: no such folder; name a folder of gold")
    return {(file.table, file.doc_id): file for file in gold_files(folder)}
