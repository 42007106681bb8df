"""Tasks: the things that a document wants done, each with its span, its section and its deadline.

What an owner note or a duty covers is a task; so is every innermost item of the outline that directs: whose title or
sentences begin with a verb such as 加快 or 建设. Aims, principles and reviews of what was done are none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from pipeline import regex
from pipeline.outline import Outline
from pipeline.rules import Rules, alternation
from pipeline.values import Block, Charge, Mention, Metadata, Segmented, Statement, Task

_SENTENCE = regex.compile(r"[^。；！？\n]+")
_EDGES = "；，。：、 \n"
_LEAST, _OPENING, _NESTED, _VERB_LENGTH = 4, 32, 40, 2


class TaskGrammar:
    """What tells a task, with the words of ``rules/tasks.yaml``."""

    def __init__(self, rules: Rules, tag: Callable[[str], str]) -> None:
        self._tag = tag

        def words(role: str) -> str:
            return alternation(rules.words("tasks", role))

        number = r"(?:[一二三四五六七八九十]{1,2}是|[（(]\d{1,2}[）)]|[①-⑳])?"
        lead = r"(?:[^，。；：]{1,24}，|[^，。；：]{0,12}(?:年|月|底|前|内|期间|起))?"
        self._lead = regex.compile(rf"{number}{lead}(?:(?:{words('adverb')})，?)*")
        self._directive = regex.compile(
            rf"{number}{lead}(?:(?:{words('adverb')})，?)*(?:{words('directive')}|{words('must')})"
        )
        self._idle = regex.compile(words("idle"))
        self._aim = regex.compile(words("aim"))
        self._closing = regex.compile(words("closing"))
        self._genres = frozenset(rules.words("tasks", "genre"))
        self._done = regex.compile(alternation(rules.words("bodies", "done")))
        self._not_done = regex.compile(alternation(rules.words("bodies", "not-done")))
        self._sections = [(regex.compile(alternation(r.words)), r.kind) for r in rules.group("kinds") if r.role == "section"]

    def tasks(
        self,
        segmented: Segmented,
        metadata: Metadata,
        charges: Sequence[Charge],
        statements: Sequence[Statement],
        times: Sequence[Mention],
    ) -> tuple[Task, ...]:
        """Every task of a document, in text order; a span is one task, however many bodies are in charge of it."""
        outline = Outline(segmented.items)
        year = metadata.date.year if metadata.date else None
        spans: dict[tuple[int, int], str] = {}
        noted: list[tuple[int, int]] = []
        duties: list[tuple[int, int]] = []
        for charge in charges:
            span = (charge.task_start, charge.task_end)
            spans.setdefault(span, charge.rule)
            (duties if charge.basis == "subject" else noted).append(span)
        bodies = sorted(charge.start for charge in charges if charge.basis != "subject" and charge.rule != "owner.agent")
        noted.sort()
        duties.sort()
        if not metadata.kind or metadata.kind in self._genres:
            units = list(self._units(segmented, outline))
            items = [start for start, _, rule in units if rule == "task.item"]
            for low, high, rule in units:
                for start, end in _outside(duties, low, high):
                    start, end = _trimmed(segmented.text, start, end)
                    if (
                        end - start < _LEAST
                        or bisect_left(bodies, start) < bisect_left(bodies, end)
                        or _noted(noted, start, end, items if rule == "task.item" else [])
                    ):
                        continue
                    if self._directs(segmented, outline, (start, end), rule, statements):
                        spans.setdefault((start, end), rule)
        starts = [mention.start for mention in times]
        found = []
        for (start, end), rule in sorted(spans.items()):
            within = times[bisect_left(starts, start) : bisect_left(starts, end)]
            found.append(Task(start, end, outline.path(outline.around(start, end)), _deadline(within, year), rule))
        return tuple(found)

    def _units(self, segmented: Segmented, outline: Outline) -> Iterator[tuple[int, int, str]]:
        """The smallest stretches under the headings that can be one task each."""
        items = segmented.items
        blocks = segmented.blocks
        starts = [block.start for block in blocks]
        children: dict[int, list[int]] = {}
        for index, item in enumerate(items):
            children.setdefault(item.parent, []).append(index)
        for index, item in enumerate(items):
            if item.inline:
                if not any(not items[child].inline for child in children.get(index, [])):
                    yield item.body, item.end, "task.enumeration"
                continue
            inner = children.get(index, [])
            end = items[inner[0]].start if inner else item.end
            first = bisect_left(starts, item.start)
            if blocks[first].kind == "heading":
                for block in blocks[first : bisect_left(starts, end)]:
                    if block.kind == "paragraph":
                        yield block.start, min(block.end, end), "task.paragraph"
            elif not inner or not items[inner[0]].inline:
                yield item.body, min(blocks[first].end, end), "task.item"
                for block in blocks[first + 1 : bisect_left(starts, end)]:
                    if block.kind == "paragraph":
                        yield block.start, min(block.end, end), "task.paragraph"

    def _directs(
        self,
        segmented: Segmented,
        outline: Outline,
        span: tuple[int, int],
        rule: str,
        statements: Sequence[Statement],
    ) -> bool:
        """Whether a stretch says what is to be done."""
        text, (start, end) = segmented.text, span
        index = outline.at(start)
        titles = outline.path(index)
        if any(self._idle.search(title) for title in titles) or self._reviews(titles):
            return False
        if self._closing.search(text, start, end):
            return False
        low, high = bisect_left(statements, start, key=_start), bisect_left(statements, end, key=_start)
        kinds = {statement.kind for statement in statements[low:high]}
        if "actual" in kinds and "target" not in kinds:
            return False
        block = segmented.blocks[max(0, bisect_left(segmented.blocks, start + 1, key=_start) - 1)]
        if block.asks or text[end - 1] in "：:":
            return False
        title = segmented.items[index].title if index >= 0 and rule == "task.item" else ""
        sentences = list(_SENTENCE.finditer(text, start, end))
        if not sentences or any(self._aim.search(match[0][:_OPENING]) for match in sentences):
            return False
        said = [match[0] for match in sentences]
        if any(self._done.search(self._not_done.sub("", sentence)) for sentence in said) and "target" not in kinds:
            return False
        return any(self._begins_with_verb(sentence) for sentence in (title, *said))

    def _begins_with_verb(self, sentence: str) -> bool:
        """Whether a sentence without subject wants something done: it begins with a verb of the rules or the dictionary."""
        if self._directive.match(sentence):
            return True
        lead = self._lead.match(sentence)
        return any(
            self._tag(sentence[start : start + _VERB_LENGTH]).startswith("v") for start in (lead.end() if lead else 0, 0)
        )

    def _reviews(self, titles: Sequence[str]) -> bool:
        for title in reversed(titles):
            for pattern, kind in self._sections:
                if pattern.search(title):
                    return bool(kind == "actual")
        return False


def _start(placed: Statement | Block) -> int:
    return placed.start


def _deadline(times: Sequence[Mention], year: int | None) -> int | None:
    """The last year, not before the document's own, by which something in the task is to be done."""
    years = [
        int(mention.data["year_to"])
        for mention in times
        if mention.data.get("year_to") is not None
        and (
            mention.data["year_to"] >= year
            if year
            else regex.match("到|力争到", mention.text) or mention.text.endswith(("前", "底"))
        )
    ]
    return max(years, default=None)


def _noted(spans: Sequence[tuple[int, int]], start: int, end: int, items: Sequence[int]) -> bool:
    """Whether an owner note covers ``[start, end)``, unless it covers other items as well: then each is a task too.

    Args:
        spans: what the notes cover, sorted.
        start: the beginning of the stretch.
        end: its end.
        items: where the numbered items begin; empty for what is no such item.
    """
    index = bisect_left(spans, (end, 0))
    covering = [(low, high) for low, high in spans[max(0, index - _NESTED) : index] if high > start]
    return any(bisect_left(items, high) - bisect_left(items, low) < 2 for low, high in covering)


def _outside(spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of ``[start, end)`` that none of the sorted ``spans`` covers."""
    at = start
    for low, high in spans[max(0, bisect_left(spans, (start, 0)) - _NESTED) :]:
        if low >= end:
            break
        if high > at:
            if low > at:
                yield at, low
            at = max(at, high)
    if at < end:
        yield at, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in "\n ；":
        end -= 1
    return start, end
