"""The stages, put together in one place: :meth:`Extractor.extract`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.clean import clean
from pipeline.compiled import keep_compiled
from pipeline.indicator_tables import lay_out, read_figures
from pipeline.ingest.grids import find_grids
from pipeline.ingest.metadata import MetadataReader
from pipeline.recognise import recognise
from pipeline.recognise.bodies import BodyGrammar
from pipeline.recognise.citations import CitationGrammar
from pipeline.recognise.quantities import QuantityGrammar
from pipeline.recognise.regions import Regions
from pipeline.relate import Lexicon, relate
from pipeline.relate.charges import ChargeGrammar
from pipeline.relate.places import in_regions
from pipeline.relate.tasks import TaskGrammar
from pipeline.rules import Rules, load_rules
from pipeline.segment import Words, segment
from pipeline.simplified import simplified
from pipeline.timing import Seconds
from pipeline.units import UnitTable
from pipeline.values import (
    Charge,
    Citation,
    Cleaned,
    Metadata,
    Recognised,
    Residue,
    Segmented,
    Source,
    Statement,
    Task,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one document, stage by stage."""

    source: Source
    cleaned: Cleaned
    segmented: Segmented
    recognised: Recognised
    statements: tuple[Statement, ...]
    residue: tuple[Residue, ...]
    charges: tuple[Charge, ...]
    tasks: tuple[Task, ...]
    citations: tuple[Citation, ...]
    seconds: dict[str, float]
    """How long each stage took."""

    def quote(self, start: int, end: int) -> tuple[int, str]:
        """Where a span of the cleaned text begins in the source, and how it is written there.

        Every ``start`` and ``quote`` of every table comes from here.
        """
        low, high = self.cleaned.offsets.span(start, end)
        return low, self.source.text[low:high]


class Extractor:
    """The pipeline with one folder of rules; built once, used for any number of documents.

    >>> extractor = Extractor(Path("rules"))
    >>> [s.value for s in extractor.extract_text("到2025年，培育企业300家。").statements]
    [300.0]
    """

    def __init__(self, rules: Rules | Path) -> None:
        self.rules = rules if isinstance(rules, Rules) else load_rules(rules)
        self.units = UnitTable(self.rules)
        self._words = Words(self.rules)
        self.lexicon = Lexicon(self.rules, self._words.tag)
        self._grammar = QuantityGrammar(self.rules, self._words.cut)
        self._metadata = MetadataReader(self.rules)
        self._regions = Regions(self.rules)
        bodies = BodyGrammar(self.rules)
        self._charges = ChargeGrammar(self.rules, bodies, self._regions)
        self._tasks = TaskGrammar(self.rules, self._words.tag)
        self._citations = CitationGrammar(self.rules, bodies, self._regions)

    def extract(self, source: Source) -> Extraction:
        """Reads one document: what its index does not say of it as a whole is read from its text."""
        seconds = Seconds()
        metadata = seconds.call("ingest", self._metadata.read, source.text, source.metadata)
        return self._extract(replace(source, metadata=metadata), seconds)

    def _extract(self, source: Source, seconds: Seconds) -> Extraction:
        metadata = replace(source.metadata, title=simplified(source.metadata.title))
        sheets, parts = seconds.call(
            "tables", lay_out, simplified(source.text), source.tables, self.rules, self.units, metadata.date
        )
        is_markdown = source.format == "markdown"
        cleaned = seconds.call("clean", clean, source.text, self.rules, parts, is_markdown)
        cells = [(*place, part.aside) for place, part in zip(cleaned.parts, parts, strict=True)]
        segmented = seconds.call("segment", segment, cleaned.text, self.rules, self._words, cells)
        recognised = seconds.call("recognise", recognise, segmented, self.rules, self._grammar, metadata)
        statements, residue = seconds.call("relate", relate, recognised, metadata, self.lexicon, self.units)
        if sheets:
            figures = seconds.call(
                "tables",
                read_figures,
                sheets,
                cleaned.parts,
                segmented,
                metadata,
                self.rules,
                self._grammar,
                self.lexicon,
                self.units,
            )
            statements = tuple(sorted((*statements, *figures.statements), key=lambda s: s.start))
            residue = tuple(sorted((*residue, *figures.residue), key=lambda r: r.start))
            recognised = replace(recognised, others=(*recognised.others, *figures.mentions))
        statements = seconds.call("relate", in_regions, statements, segmented, self._regions, metadata.region)
        charges = seconds.call("relate", self._charges.charges, segmented, metadata)
        tasks = seconds.call("relate", self._tasks.tasks, segmented, metadata, charges, statements, recognised.times)
        citations = seconds.call("recognise", self._citations.find, segmented, metadata)
        keep_compiled()
        return Extraction(
            source, cleaned, segmented, recognised, statements, residue, charges, tasks, citations, seconds.by_stage
        )

    def extract_text(self, text: str, date: date | None = None, title: str = "") -> Extraction:
        """Reads a plain string as a piece of a document of that date and title."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        known = self._metadata.read(title, Metadata(title=title, date=date))
        known = replace(known, date=date, number="")
        return self._extract(Source("", "", text, "text", "", digest, known, find_grids(text)), Seconds())

    def describe(self, text: str) -> Metadata:
        """What a text says of itself as a document."""
        return self._metadata.read(text, Metadata())
