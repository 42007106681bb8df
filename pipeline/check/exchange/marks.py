"""What the formats have in common: documents with marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LABEL_COLUMN = {"targets": "kind", "owners": "role"}
"""The column whose word is the label of a mark; the marks of other tables are labelled by their table."""

_ONE_LABEL = {"tasks": "task", "citations": "citation"}
_PREFIX = {"owners": "owner-"}


@dataclass(frozen=True)
class Mark:
    """A span of a text with what gold says of it. Offsets are code points."""

    table: str
    start: int
    end: int
    quote: str
    label: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Labelled:
    """A document with its marks."""

    doc_id: str
    text: str
    marks: tuple[Mark, ...]
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    """The columns of its gold, by table, where they are known; a table without rows is there too."""


def label_of(table: str, cells: Mapping[str, str]) -> str:
    """The label of a mark within its table."""
    return cells[LABEL_COLUMN[table]] if table in LABEL_COLUMN else _ONE_LABEL[table]


def flat_label(mark: Mark) -> str:
    """The label of a mark where all tables share one set of labels.

    >>> flat_label(Mark("owners", 0, 1, "", "lead", {})), flat_label(Mark("targets", 0, 1, "", "target", {}))
    ('owner-lead', 'target')
    """
    return _PREFIX.get(mark.table, "") + mark.label


def of_flat_label(label: str) -> tuple[str, str]:
    """The table and the label in it.

    >>> of_flat_label("owner-lead"), of_flat_label("citation"), of_flat_label("actual")
    (('owners', 'lead'), ('citations', 'citation'), ('targets', 'actual'))
    """
    for table, prefix in _PREFIX.items():
        if label.startswith(prefix):
            return table, label.removeprefix(prefix)
    return next((table for table, one in _ONE_LABEL.items() if one == label), "targets"), label
