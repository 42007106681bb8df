"""What was read out of a document, as rows of the tables ``targets`` and ``residue``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from pipeline.outline import Outline
from pipeline.pipeline import Extraction
from pipeline.relate import Lexicon
from pipeline.relate.owners import Ownership
from pipeline.units import UnitTable

SENTENCE_LENGTH = 1000
"""A sentence longer than this is given as this many characters around its quote.

Without a bound a line of millions of characters would be repeated in full for each of its numbers.
"""


_SAID = (
    "kind", "indicator", "value", "value_high", "unit", "comparator", "measure", "year_from", "year_to",
)  # fmt: skip


def target_rows(extraction: Extraction, lexicon: Lexicon, units: UnitTable) -> Iterator[dict[str, Any]]:
    """One row for each statement, with the columns of ``targets`` in their order."""
    ownership, outline = Ownership(extraction.charges), Outline(extraction.segmented.items)
    for statement in extraction.statements:
        start, quote = extraction.quote(statement.start, statement.end)
        block = extraction.segmented.blocks[extraction.segmented.sentences[statement.sentence].block]
        converted = units.convert(statement.value, statement.unit)
        yield {
            "doc_id": extraction.source.doc_id,
            "start": start,
            "quote": quote,
            **{name: getattr(statement, name) for name in _SAID},
            "owner": statement.owner or ownership.at(statement.start),
            "note": statement.note,
            "indicator_id": lexicon.indicator_ids.get(statement.indicator, ""),
            "region": statement.region,
            "modality": statement.modality,
            "value_si": converted.value if converted else None,
            "unit_si": converted.unit if converted else "",
            "section": " > ".join(outline.path(outline.at(statement.start))),
            "speaker": block.speaker,
            "sentence": _sentence(extraction, statement.sentence, start, start + len(quote)),
            "rule": ";".join(statement.rules),
        }


def owner_rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """One row for each body in charge of something, with the columns of ``owners`` in their order."""
    for charge in extraction.charges:
        start, quote = extraction.quote(charge.start, charge.end)
        task_start, task_end = extraction.cleaned.offsets.span(charge.task_start, charge.task_end)
        yield {
            "doc_id": extraction.source.doc_id,
            "start": start,
            "quote": quote,
            "role": charge.role,
            "body": charge.body,
            "task_start": task_start,
            "task_end": task_end,
            "basis": charge.basis,
            "level": charge.level,
            "rule": charge.rule,
        }


def task_rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """One row for each thing that is to be done, with the columns of ``tasks`` in their order."""
    ownership = Ownership(extraction.charges)
    starts = [statement.start for statement in extraction.statements]
    for task in extraction.tasks:
        start, text = extraction.quote(task.start, task.end)
        yield {
            "doc_id": extraction.source.doc_id,
            "start": start,
            "end": start + len(text),
            "text": text,
            "section": " > ".join(task.section),
            "deadline_year": task.deadline,
            "rule": task.rule,
            "owner": ownership.of(task.start, task.end),
            "targets": bisect_left(starts, task.end) - bisect_left(starts, task.start),
        }


def citation_rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """One row for each place that cites a document; ``cited_doc_id`` is known only when all documents of a run are."""
    for citation in extraction.citations:
        start, quote = extraction.quote(citation.start, citation.end)
        yield {
            "doc_id": extraction.source.doc_id,
            "start": start,
            "quote": quote,
            "title": citation.title,
            "number": citation.number,
            "issuer": citation.issuer,
            "year": citation.year,
            "cited_doc_id": "",
            "rule": citation.rule,
        }


def speaker_rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """One row for each turn of a transcript, with the columns of ``speakers`` in their order."""
    for turn in extraction.segmented.turns:
        start, quote = extraction.quote(turn.start, turn.end)
        yield {
            "doc_id": extraction.source.doc_id,
            "start": start,
            "quote": quote,
            "speaker": turn.name,
            "post": turn.post,
            "outlet": turn.outlet,
            "role": turn.role,
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
