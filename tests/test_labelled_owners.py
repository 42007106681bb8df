"""Owners, tasks, citations and speakers of the corpus against what a person labelled, in the folders of ``corpus/gold/``.

Rows pair where their spans overlap by three fifths of both together; tasks by four fifths. The floors stand a little below
what is reached. Raise them with the extractor, never lower them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import find_documents, load_index, read_document
from pipeline.pipeline import Extraction, Extractor
from pipeline.rows import citation_rows, owner_rows, task_rows

ROOT = Path(__file__).resolve().parent.parent
CORPUS, GOLD = ROOT / "corpus", ROOT / "corpus" / "gold"
DEV = ROOT.parent / "shared" / "dev"

Row = dict[str, Any]
ROWS: dict[str, Callable[[Extraction], Iterator[Row]]] = {
    "owners": owner_rows,
    "tasks": task_rows,
    "citations": citation_rows,
}
SAME = {"owners": 0.6, "tasks": 0.8, "citations": 0.6}


def labelled(table: str, doc_id: str) -> list[Row]:
    with (GOLD / table / f"{doc_id}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def span(row: Row) -> tuple[int, int]:
    start = int(row["start"])
    return start, int(row["end"]) if "end" in row else start + len(row["quote"])


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How much two spans share of what both cover."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def pairs(gold: list[Row], found: list[Row], least: float) -> list[tuple[Row, Row]]:
    rest, paired = list(found), []
    for row in gold:
        match = next((other for other in rest if overlap(span(row), span(other)) >= least), None)
        if match:
            rest.remove(match)
            paired.append((row, match))
    return paired


@pytest.fixture(scope="module")
def extractions(extractor: Extractor) -> dict[str, Extraction]:
    index = load_index(CORPUS / "documents.csv")
    read = (read_document(path, index) for path in find_documents(CORPUS))
    return {source.doc_id: extractor.extract(source) for source in read}


@pytest.fixture(scope="module")
def scores(extractions: dict[str, Extraction]) -> dict[str, float]:
    """F1 of each table; of owners also of those rows whose role, task or full name agrees as well."""
    counts: dict[str, list[int]] = {}
    for table, rows in ROWS.items():
        for doc_id, extraction in extractions.items():
            gold, found = labelled(table, doc_id), list(rows(extraction))
            paired = pairs(gold, found, SAME[table])
            hits = {table: len(paired)}
            if table == "owners":
                hits["role"] = sum(g["role"] == f["role"] for g, f in paired)
                hits["basis"] = sum(g["basis"] == f["basis"] for g, f in paired)
                hits["full name"] = sum(g["body"] == f["body"] for g, f in paired)
                hits["role and task"] = sum(
                    g["role"] == f["role"]
                    and overlap((int(g["task_start"]), int(g["task_end"])), (f["task_start"], f["task_end"])) >= 0.8
                    for g, f in paired
                )
            if table == "citations":
                known = ("title", "number", "issuer", "year")
                hits["what is cited"] = sum(all(g[name] == str(f[name] or "") for name in known) for g, f in paired)
            for name, hit in hits.items():
                count = counts.setdefault(name, [0, 0])
                count[0] += 2 * hit
                count[1] += len(gold) + len(found)
    return {name: hit / size for name, (hit, size) in counts.items()}


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("owners", 0.97),
        ("role", 0.96),
        ("basis", 0.95),
        ("full name", 0.95),
        ("role and task", 0.96),
        ("tasks", 0.96),
        ("citations", 0.98),
        ("what is cited", 0.98),
    ],
)
def test_the_corpus_scores_as_well_as_it_did(figure: str, floor: float, scores: dict[str, float]) -> None:
    assert scores[figure] >= floor


def test_every_document_is_labelled_and_there_are_enough_labels() -> None:
    names = sorted(path.stem for path in find_documents(CORPUS))
    for table, least in (("owners", 120), ("tasks", 80), ("citations", 30)):
        assert sorted(path.stem for path in (GOLD / table).glob("*.csv")) == names
        assert sum(len(labelled(table, name)) for name in names) >= least


@pytest.mark.parametrize("table", ROWS)
def test_every_label_stands_in_its_document(table: str, extractions: dict[str, Extraction]) -> None:
    for doc_id, extraction in extractions.items():
        for row in labelled(table, doc_id):
            start, end = span(row)
            assert row["doc_id"] == doc_id
            assert extraction.source.text[start:end] == row.get("quote", row.get("text"))


@pytest.mark.parametrize("table", ROWS)
def test_every_row_stands_in_its_document(table: str, extractions: dict[str, Extraction]) -> None:
    for extraction in extractions.values():
        for row in ROWS[table](extraction):
            start, end = span(row)
            assert extraction.source.text[start:end] == row.get("quote", row.get("text"))


def test_what_an_owner_is_in_charge_of_is_a_task(extractions: dict[str, Extraction]) -> None:
    for extraction in extractions.values():
        tasks = {(row["start"], row["end"]) for row in task_rows(extraction)}
        assert {(row["task_start"], row["task_end"]) for row in owner_rows(extraction)} <= tasks


@pytest.mark.skipif(not DEV.is_dir(), reason="the labelled real documents are not here")
def test_the_rows_of_real_documents_stand_in_them(extractor: Extractor) -> None:
    index = load_index(DEV / "texts" / "documents.csv")
    for path in find_documents(DEV / "texts"):
        extraction = extractor.extract(read_document(path, index))
        for rows in ROWS.values():
            for row in rows(extraction):
                start, end = span(row)
                assert extraction.source.text[start:end] == row.get("quote", row.get("text"))
