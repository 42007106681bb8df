"""``zhibiao draft``: the statements of a document as a gold file to correct by hand.

The first line is a mark. As long as it stands there the file is no gold: its columns are not where a reader of gold looks
for them, and :func:`refuse_draft` says so.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline.ingest import INDEX_NAME, find_documents, load_index, read_document
from pipeline.pipeline import Extractor
from pipeline.rows import target_rows
from pipeline.write import make_folder, plain_number, replacing

GOLD_NAME = "gold"
COLUMNS = (
    "doc_id", "start", "quote", "kind", "indicator", "value", "value_high", "unit", "comparator", "measure", "year_from",
    "year_to", "owner", "note",
)  # fmt: skip
MARK = "#draft"
_MARK_LINE = (
    f"{MARK} 草稿：对照原文逐行核对、改正，补上漏掉的，删去多余的，然后删去这一行 (check every row, then delete this line)"
)


class DraftError(Exception):
    """A draft that cannot be made, or gold that is one. The message is one line that names the file and the remedy."""


def write_draft(document: str, corpus: Path, rules: Path) -> tuple[Path, int]:
    """Writes what the rules read in a document as ``gold/<doc_id>.csv``, marked as a draft.

    Args:
        document: the ``doc_id`` of a document of the corpus.
        corpus: the folder of documents.
        rules: the folder of rules.

    Returns:
        The file, and how many rows it has.

    Raises:
        DraftError: there is no such document, or there is gold for it.
        IngestError: the document cannot be read.
        RuleError: the rules cannot be used.
        OutputError: the file cannot be written.
    """
    paths = [path for path in find_documents(corpus) if document in (path.stem, path.name, path.as_posix())]
    if not paths:
        raise DraftError(f"{document}: no document of {corpus} has this doc_id; add it with zhibiao add first")
    path = corpus / GOLD_NAME / f"{paths[0].stem}.csv"
    if path.exists():
        state = "a draft" if is_draft(path) else "gold"
        raise DraftError(f"{path}: there is {state} already; move it away if you want to begin anew")
    extractor = Extractor(rules)
    extraction = extractor.extract(read_document(paths[0], load_index(corpus / INDEX_NAME)))
    rows = list(target_rows(extraction, extractor.lexicon, extractor.units))
    out = io.StringIO(newline="")
    out.write(_MARK_LINE + "\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    make_folder(path.parent)
    with replacing(path) as beside:
        beside.write_bytes(out.getvalue().encode("utf-8-sig"))
    return path, len(rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return plain_number(value) if isinstance(value, float) else str(value)


def is_draft(path: Path) -> bool:
    """Whether a gold file bears the mark of a draft; a spreadsheet may have put it in quotes and commas behind it."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return file.readline().lstrip('" ').startswith(MARK)


def refuse_draft(path: Path) -> None:
    """Raises ``DraftError`` where a gold file is a draft still."""
    if is_draft(path):
        raise DraftError(f"{path}: a draft; check its rows against the text, then delete its first line")
