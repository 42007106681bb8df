"""doccano: one JSON object a line, for sequence labelling, with ``text`` and ``label`` (lists of start, end, label).

doccano keeps every other key of a line as metadata and gives it back on export: the cells that a label cannot carry travel
in ``rows`` and ``columns``. Offsets are code points. doccano takes overlapping labels where its project allows them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.check.errors import CheckError
from pipeline.check.exchange.marks import Labelled, Mark, flat_label, of_flat_label
from pipeline.write import replacing


def write(documents: Sequence[Labelled], path: Path) -> list[Path]:
    """Writes one line a document."""
    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            line = {
                "text": document.text,
                "label": [[mark.start, mark.end, flat_label(mark)] for mark in document.marks],
                "doc_id": document.doc_id,
                "columns": dict(document.columns),
                "rows": [{"table": m.table, "start": m.start, "end": m.end, "cells": dict(m.cells)} for m in document.marks],
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return [path]


def read(path: Path) -> list[Labelled]:
    """Reads what doccano exports as JSONL, with ``label`` or ``entities``.

    Raises:
        CheckError: a line is none of that.
    """
    documents = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckError(f"{path}: cannot be read ({error})") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                documents.append(_document(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                why = f"{type(error).__name__}: {error}"
                raise CheckError(f"{path}:{number}: no line of doccano ({why}); export as JSONL") from None
    return documents


def _document(line: dict[str, Any]) -> Labelled:
    text = line["text"]
    meta = line if "rows" in line else line.get("meta", {})
    cells = [(row["table"], row["start"], row["end"], row["cells"]) for row in meta.get("rows", [])]
    marks = []
    for start, end, flat in _labels(line):
        table, label = of_flat_label(flat)
        known = next((one for one in cells if one[:3] == (table, start, end)), None)
        if known:
            cells.remove(known)
        marks.append(Mark(table, start, end, text[start:end], label, known[3] if known else {}))
    return Labelled(meta.get("doc_id", line.get("doc_id", "")), text, tuple(marks), meta.get("columns", {}))


def _labels(line: dict[str, Any]) -> list[tuple[int, int, str]]:
    if "entities" in line:
        return [(int(one["start_offset"]), int(one["end_offset"]), one["label"]) for one in line["entities"]]
    return [(int(start), int(end), label) for start, end, label in line.get("label", line.get("labels", []))]
