"""spaCy: a ``DocBin`` of documents whose tokens are characters.

A token a character keeps every offset and every blank, so a text comes back code point by code point. The marks are spans
in ``doc.spans``, one group a table, labelled as for training a span categorizer; ``doc.user_data["zhibiao"]`` holds the
document's name and the cells that a label cannot carry.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from pipeline.check.errors import CheckError
from pipeline.check.exchange.marks import Labelled, Mark
from pipeline.check.gold import GOLD_COLUMNS
from pipeline.write import replacing

_KEY = "zhibiao"


def write(documents: Sequence[Labelled], path: Path) -> list[Path]:
    """Writes all documents into one file."""
    vocab = Vocab()
    store = DocBin(store_user_data=True)
    for document in documents:
        doc = Doc(vocab, words=list(document.text), spaces=[False] * len(document.text))
        for table in GOLD_COLUMNS:
            marks = [mark for mark in document.marks if mark.table == table]
            doc.spans[table] = [Span(doc, mark.start, mark.end, label=mark.label) for mark in marks]
        cells = {table: [dict(m.cells) for m in document.marks if m.table == table] for table in GOLD_COLUMNS}
        doc.user_data[_KEY] = {"doc_id": document.doc_id, "columns": dict(document.columns), "cells": cells}
        store.add(doc)
    with replacing(path) as beside:
        beside.write_bytes(store.to_bytes())
    return [path]


def read(path: Path) -> list[Labelled]:
    """Reads a file of documents that :func:`write` made, or that was made from one.

    Raises:
        CheckError: the file is none.
    """
    try:
        docs = list(DocBin().from_bytes(path.read_bytes()).get_docs(Vocab()))
    except OSError as error:
        raise CheckError(f"{path}: cannot be read ({error.strerror})") from None
    except Exception as error:  # what zlib, msgpack and spaCy raise of a file that is none has no common class
        raise CheckError(f"{path}: no DocBin of spaCy ({type(error).__name__}); write it with DocBin.to_disk") from None
    return [_document(doc) for doc in docs]


def _document(doc: Doc) -> Labelled:
    known = doc.user_data.get(_KEY, {})
    marks = []
    for table in GOLD_COLUMNS:
        spans = list(doc.spans.get(table, ()))
        cells = known.get("cells", {}).get(table, [])
        for number, one in enumerate(spans):
            own = cells[number] if len(cells) == len(spans) else {}
            marks.append(Mark(table, one.start_char, one.end_char, one.text, one.label_, own))
    return Labelled(known.get("doc_id", ""), doc.text, tuple(marks), known.get("columns", {}))
