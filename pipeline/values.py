"""The values that pass between the stages. All are immutable; every offset counts Unicode code points.

``Source`` → (clean) → ``Cleaned`` → (segment) → ``Segmented`` → (recognise) → ``Recognised``
→ (relate) → ``Statement`` and ``Residue`` rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Source:
    """One document as it was read: the text that every ``start`` of the tables points into."""

    doc_id: str
    path: str
    text: str
    format: str
    encoding: str
    sha256: str
    metadata: Metadata
    tables: tuple[Table, ...] = ()
    """The tables of the text, in its order."""
    extractor: str = ""
    """What made the text of the file, with its version."""
    pages: int | None = None
    """How many pages it has, where its format counts them."""
    problem: str = ""
    """What of the file could not be read, in one line; empty where all was."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table that holds text: its place in the grid, what it spans, and its span ``[start, end)`` of the text."""

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a text: its cells, row by row."""

    cells: tuple[Cell, ...]

    @property
    def start(self) -> int:
        """Where its first cell begins."""
        return self.cells[0].start

    @property
    def end(self) -> int:
        """Where its last cell ends."""
        return self.cells[-1].end


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document as a whole; an empty string or ``None`` where nothing is."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    date: date | None = None
    url: str = ""
    kind: str = ""
    region: str = ""
    index_number: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a table that is read by itself: a cell, or the unit in the brackets of one.

    ``aside`` says that it is no prose: a figure, a unit, a number of order.
    """

    start: int
    end: int
    aside: bool


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps offsets of a cleaned text back to its source.

    ``clean[i]`` and ``source[i]`` are the starts of the i-th run of characters that was kept, in both texts.

    >>> OffsetMap((0, 3), (0, 5)).span(2, 5)
    (2, 7)
    """

    clean: tuple[int, ...]
    source: tuple[int, ...]

    def at(self, offset: int) -> int:
        """The source offset of the character at ``offset`` of the cleaned text."""
        run = bisect_right(self.clean, offset) - 1
        return self.source[run] + offset - self.clean[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span ``[start, end)`` of a non-empty span of the cleaned text."""
        return self.at(start), self.at(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without page furniture, in one convention of width and punctuation."""

    text: str
    offsets: OffsetMap
    noise: tuple[tuple[int, int, str], ...]
    """Source spans that were left out as furniture, each with the rule that says so."""
    parts: tuple[tuple[int, int], ...] = ()
    """Where each part of the tables is in the cleaned text; ``(0, 0)`` where nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the cleaned text: a paragraph, a heading or a speaker line."""

    start: int
    end: int
    kind: str
    section: tuple[str, ...]
    """The headings above, outermost first, without their numbering."""
    speaker: str
    asks: bool
    """Whether a journalist asks here: questions state nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of a document's outline, with all that stands under it."""

    start: int
    """Where its number begins."""
    body: int
    """The first character behind its number and title."""
    end: int
    level: int
    """The smaller, the farther out."""
    number: str
    title: str
    parent: int
    """The item that it is part of, as an index; -1 for the outermost."""
    inline: bool
    """Whether it begins inside a paragraph: 一是…；二是…"""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where somebody begins to speak in a transcript: the span that names the speaker, and who that is."""

    start: int
    end: int
    name: str
    post: str
    """The post of an official, with the body; empty where the text does not say it."""
    outlet: str
    """The paper or station of a journalist."""
    role: str
    """``host``, ``official``, ``journalist`` or ``speaker`` where the text says no more."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, colons, dashes or brackets; ``depth`` is the bracket level."""

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one block. ``clauses`` is empty where the sentence holds no numeral."""

    start: int
    end: int
    block: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Segmented:
    """A cleaned text with its layout. Words are cut where somebody asks for them: cutting is the dearest step of all."""

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    cut: Callable[[str], list[tuple[str, str]]] = field(repr=False)
    """Words with their parts of speech; joined they are the text again."""
    items: tuple[Item, ...] = ()
    turns: tuple[Turn, ...] = ()

    def words(self, sentence: Sentence) -> list[tuple[str, str]]:
        """The words of a sentence, each with its part of speech in jieba's tag set."""
        return self.cut(self.text[sentence.start : sentence.end])

    @cached_property
    def doc(self) -> Doc:
        """The text as a spaCy ``Doc``: words with tags where a sentence holds a numeral, else a token a sentence."""
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        tokens: list[tuple[str, str]] = []
        at = 0
        for sentence in self.sentences:
            if sentence.start > at:
                tokens.append((self.text[at : sentence.start], "_SP"))
            piece = self.text[sentence.start : sentence.end]
            tokens += self.words(sentence) if sentence.clauses else [(piece, "_SP" if piece.isspace() else "x")]
            at = sentence.end
        if at < len(self.text):
            tokens.append((self.text[at:], "_SP"))
        words = [word for word, _ in tokens]
        return Doc(Vocab(), words=words, spaces=[False] * len(words), tags=[tag for _, tag in tokens])


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that means something by itself.

    ``type`` is ``quantity``, ``time``, or the reason why a number is none (``date``, ``name``, …).
    ``data`` holds what the type needs: for a quantity ``value``, ``value_high``, ``unit`` and ``bound``;
    for a time ``year_from``, ``year_to`` and ``role``.
    """

    start: int
    end: int
    type: str
    text: str
    rule: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The mentions of one document, in text order."""

    segmented: Segmented
    quantities: tuple[Mention, ...]
    times: tuple[Mention, ...]
    others: tuple[Mention, ...]


class Statement(NamedTuple):
    """One quantified statement, still in offsets of the cleaned text."""

    start: int
    end: int
    sentence: int
    kind: str
    indicator: str
    value: float
    value_high: float | None
    unit: str
    comparator: str
    measure: str
    year_from: int | None
    year_to: int | None
    modality: str
    note: str
    rules: tuple[str, ...]
    region: str = ""
    owner: str = ""
    """The bodies that a column of its table makes responsible, joined with ``;``."""


@dataclass(frozen=True, slots=True)
class Residue:
    """A numeral that is no statement, with the reason, in offsets of the cleaned text."""

    start: int
    end: int
    sentence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Charge:
    """One body that is put in charge of one task, in offsets of the cleaned text."""

    start: int
    end: int
    name: str
    """The body as the text writes it."""
    role: str
    """``lead``, ``support`` or ``joint``."""
    basis: str
    """``inline``, ``section`` or ``subject``."""
    task_start: int
    task_end: int
    body: str
    """Its one full name."""
    level: str
    """``国家``, ``省``, ``市`` or ``县``; empty where nothing tells it."""
    rule: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is to be done, in offsets of the cleaned text."""

    start: int
    end: int
    section: tuple[str, ...]
    deadline: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where the text cites a document, in offsets of the cleaned text."""

    start: int
    end: int
    title: str
    number: str
    issuer: str
    year: int | None
    rule: str
