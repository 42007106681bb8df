"""A run held against the gold of its corpus: what ``zhibiao check`` does."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pipeline.check.anchor import Anchored, anchor
from pipeline.check.compare import COMPARISONS
from pipeline.check.errors import CheckError
from pipeline.check.gold import GoldFile, gold_files, misplaced, problems
from pipeline.check.runs import Run, document_text, load_run
from pipeline.check.score import Score, score

GOLD_NAME, INDEX_NAME, SETTINGS_NAME = "gold", "documents.csv", "pyproject.toml"
_SETTINGS = ("tool", "zhibiao", "check")
ALL = "all"
_MARGIN = 0.01
_DIGITS = 3


@dataclass(frozen=True)
class Evaluation:
    """A run with its gold, and how well they agree."""

    run: Run
    gold: tuple[GoldFile, ...]
    scores: dict[str, Score]
    """By table; only tables that have gold."""
    splits: dict[str, str]
    """What the column ``split`` of documents.csv says, by ``doc_id``."""
    chosen: tuple[str, ...]
    """The documents that were looked at."""
    texts: dict[str, str]
    """The texts of these documents."""

    def figure(self, name: str, split: str = ALL) -> float | None:
        """The F1 of ``table.measure``, of all documents or of a split; ``None`` where there is no gold for it."""
        table, _, measure = name.partition(".")
        if table not in self.scores:
            return None
        by_split = self.scores[table].by_group.get("split", {})
        measures = self.scores[table].measures if split == ALL else by_split.get(split, {})
        return measures[measure].f1 if measure in measures else None


@dataclass(frozen=True)
class Shortfall:
    """A figure that lies below what is asked of it."""

    name: str
    split: str
    figure: float | None
    threshold: float

    def __str__(self) -> str:
        where = "" if self.split == ALL else f" of split {self.split}"
        if self.figure is None:
            return f"{self.name}{where}: F1 at least {self.threshold} is asked for, but there is no gold to measure it on"
        return f"{self.name}{where}: F1 {self.figure:.{_DIGITS}f} is below the threshold {self.threshold}"


def evaluate(
    output: Path,
    corpus: Path,
    *,
    docs: Sequence[str] = (),
    split: str = "",
    root: Path | None = None,
    gold: Path | None = None,
) -> Evaluation:
    """Holds the tables of a run against the gold of its corpus.

    Args:
        output: the folder of the run.
        corpus: the folder of the documents, with ``gold/`` and ``documents.csv`` in it.
        docs: the documents to look at, by ``doc_id``, in which ``*`` stands for anything; all where there are none.
        split: only the documents for which ``documents.csv`` names this ``split``.
        root: a folder outside of which no text is read.
        gold: the folder of gold, where it is another one.

    Raises:
        CheckError: there is no run, or gold that does not fit it.
    """
    run = load_run(output)
    splits = _splits(corpus / INDEX_NAME)
    chosen = tuple(_chosen(run, splits, docs, split))
    files = [file for file in gold_files(gold or corpus / GOLD_NAME) if (not docs and not split) or file.doc_id in chosen]
    unknown = [
        f"{f.path}: no document {f.doc_id} in {run.folder}; run zhibiao extract"
        for f in files
        if f.doc_id not in run.documents
    ]
    if unknown:
        raise CheckError(*unknown)
    texts = {doc_id: document_text(run.documents[doc_id], run.folder, root) for doc_id in chosen}
    if wrong := list(problems(files, texts)):
        raise CheckError(*wrong)
    return Evaluation(run, tuple(files), score_tables(run, files, splits), splits, chosen, texts)


def _chosen(run: Run, splits: dict[str, str], docs: Sequence[str], split: str) -> Iterator[str]:
    for pattern in docs:
        if not any(fnmatchcase(doc_id, pattern) for doc_id in run.documents):
            raise CheckError(f"{run.folder}: no document {pattern}; --docs takes what stands in doc_id of documents.csv")
    if split and split not in splits.values():
        known = ", ".join(sorted(set(splits.values()))) or "none"
        raise CheckError(f"{INDEX_NAME}: no document of split {split} (there is {known}); write it into the column split")
    for doc_id in run.documents:
        if (not docs or any(fnmatchcase(doc_id, pattern) for pattern in docs)) and (
            not split or splits.get(doc_id) == split
        ):
            yield doc_id


def _splits(index: Path) -> dict[str, str]:
    """The column ``split`` of an index, where it has one."""
    if not index.is_file():
        return {}
    with index.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [{(name or "").strip().lower(): cell for name, cell in row.items()} for row in csv.DictReader(file)]
    return {row["doc_id"]: row["split"].strip() for row in rows if row.get("doc_id") and (row.get("split") or "").strip()}


def score_tables(run: Run, files: Sequence[GoldFile], splits: dict[str, str]) -> dict[str, Score]:
    """Holds each table of a run that has gold against it."""
    scores = {}
    for table, comparison in COMPARISONS.items():
        documents = [file.doc_id for file in files if file.table == table]
        if not documents or table not in run.tables:
            continue
        labelled = set(documents)
        groups = {"genre": {doc_id: run.documents[doc_id]["kind"] for doc_id in documents}}
        if splits:
            groups["split"] = {doc_id: splits.get(doc_id, "") for doc_id in documents}
        gold = [row for file in files if file.table == table for row in file.rows]
        found = [row for row in run.tables[table] if row["doc_id"] in labelled]
        scores[table] = score(comparison, gold, found, documents, groups)
    return scores


# Thresholds


def thresholds(settings: Path) -> dict[str, dict[str, float]]:
    """What is asked of the figures: by split, then by figure.

    In ``pyproject.toml``, ``"targets.row" = 0.7`` under ``[tool.zhibiao.check.all]`` asks for that F1 over all documents,
    under ``[tool.zhibiao.check.test]`` over those of the split ``test``.

    Raises:
        CheckError: the file or a threshold cannot be read.
    """
    if not settings.is_file():
        return {}
    try:
        section: Any = tomllib.loads(settings.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CheckError(f"{settings}: no TOML ({error})") from None
    for name in _SETTINGS:
        section = section.get(name, {})
    for split, figures in section.items():
        for name, least in figures.items() if isinstance(figures, dict) else [("", figures)]:
            if isinstance(least, bool) or not isinstance(least, int | float) or not 0 <= least <= 1:
                raise CheckError(
                    f"{settings}: {'.'.join(_SETTINGS)}.{split} {name}: {least!r} is no F1; write a number from 0 to 1"
                )
            if not _is_figure(name):
                raise CheckError(
                    f"{settings}: {'.'.join(_SETTINGS)}.{split}: no figure {name}; there are {', '.join(figure_names())}"
                )
    return {split: dict(figures) for split, figures in section.items()}


def figure_names() -> list[str]:
    """Every figure that a threshold can be set for, such as ``targets.row``."""
    return [f"{c.table}.{measure.name}" for c in COMPARISONS.values() for view in c.views for measure in view.measures]


def _is_figure(name: str) -> bool:
    return name in figure_names()


def shortfalls(evaluation: Evaluation, asked: dict[str, dict[str, float]]) -> list[Shortfall]:
    """The figures that lie below their threshold, or cannot be measured."""
    return [
        Shortfall(name, split, figure, least)
        for split, figures in asked.items()
        for name, least in figures.items()
        if (figure := evaluation.figure(name, split)) is None or figure < least
    ]


def suggested(evaluation: Evaluation) -> str:
    """Thresholds a little below what was measured, as they can stand in ``pyproject.toml``."""
    splits = sorted({split for split in evaluation.splits.values() if split})
    lines = []
    for split in (ALL, *splits):
        figures = {name: evaluation.figure(name, split) for name in figure_names()}
        lines.append(f"[{'.'.join(_SETTINGS)}.{split}]")
        lines += [f'"{name}" = {max(0.0, figure - _MARGIN):.2f}' for name, figure in figures.items() if figure is not None]
        lines.append("")
    return "\n".join(lines).rstrip()


# Offsets


def fix_offsets(output: Path, corpus: Path, gold: Path | None = None) -> list[Anchored]:
    """Leads the rows of gold to where their quotes stand now, and writes the files of which some row moved.

    Returns:
        One for each file of which some row did not stand in its place.

    Raises:
        CheckError: there is no run, or a file cannot be read.
        OutputError: a file cannot be written.
    """
    run = load_run(output)
    fixed = []
    for file in gold_files(gold or corpus / GOLD_NAME):
        if file.doc_id not in run.documents:
            raise CheckError(f"{file.path}: no document {file.doc_id} in {run.folder}; run zhibiao extract")
        text = document_text(run.documents[file.doc_id], run.folder)
        if text and any(True for _ in misplaced(file, text)):
            fixed.append(anchor(file, text))
    for anchored in fixed:
        if anchored.moved:
            anchored.gold.write()
    return fixed
