"""What was read out of a document, as rows of the tables ``targets`` and ``residue``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.pipeline import Extraction
from pipeline.relate import Lexicon
from pipeline.units import UnitTable

SENTENCE_LENGTH = 1000
"""A sentence longer than this is given as this many characters around its quote.

Without a bound a line of millions of characters would be repeated in full for each of its numbers.
"""


_SAID = (
    "kind", "indicator", "value", "value_high", "unit", "comparator", "measure", "year_from", "year_to", "owner", "note",
)  # fmt: skip


def target_rows(extraction: Extraction, lexicon: Lexicon, units: UnitTable) -> Iterator[dict[str, Any]]:
    """One row for each statement, with the columns of ``targets`` in their order."""
    for statement in extraction.statements:
        start, quote = extraction.quote(statement.start, statement.end)
        block = extraction.segmented.blocks[extraction.segmented.sentences[statement.sentence].block]
        converted = units.convert(statement.value, statement.unit)
        yield {
            "doc_id": extraction.source.doc_id,
            "start": start,
            "quote": quote,
            **{name: getattr(statement, name) for name in _SAID},
            "indicator_id": lexicon.indicator_ids.get(statement.indicator, ""),
            "region": "",
            "modality": statement.modality,
            "value_si": converted.value if converted else None,
            "unit_si": converted.unit if converted else "",
            "section": " > ".join(block.section),
            "speaker": block.speaker,
            "sentence": _sentence(extraction, statement.sentence, start, start + len(quote)),
            "rule": ";".join(statement.rules),
        }


def residue_rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """One row for each numeral that is no statement, with the columns of ``residue`` in their order."""
    for residue in extraction.residue:
        start, quote = extraction.quote(residue.start, residue.end)
        yield {
            "doc_id": extraction.source.doc_id,
            "start": start,
            "quote": quote,
            "reason": residue.reason,
            "sentence": _sentence(extraction, residue.sentence, start, start + len(quote)),
        }


def _sentence(extraction: Extraction, index: int, start: int, end: int) -> str:
    """The source text of a sentence; of a long one what stands around ``[start, end)``, with ``…`` where it was cut."""
    sentence = extraction.segmented.sentences[index]
    first, last = extraction.cleaned.offsets.span(sentence.start, sentence.end)
    if extraction.segmented.blocks[sentence.block].kind == "cell":
        first, last = _line(extraction.source.text, first, last)
    if last - first <= SENTENCE_LENGTH:
        return extraction.source.text[first:last].strip()
    margin = max(0, SENTENCE_LENGTH - (end - start)) // 2
    low = max(first, start - margin)
    high = min(last, start + SENTENCE_LENGTH - margin)
    cut = extraction.source.text[low:high].strip()
    return ("…" if low > first else "") + cut + ("…" if high < last else "")


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line of a text that a cell stands in: its row."""
    after = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, after if after >= 0 else len(text)
