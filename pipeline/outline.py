"""The outline of a document: its numbered items, from ``第一章`` down to ``一是…；二是…`` inside a paragraph.

Each item knows its number, its title, where its own text begins, where it ends, and the item that it is part of.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline import regex
from pipeline.recognise.numerals import parse
from pipeline.rules import Rules, SectionRule, alternation
from pipeline.values import Block, Item

_LEAD = re.compile(r"[^。；：，！？\n]{1,40}")
_TITLE_END = re.compile(r"[。：；]?")
_TITLE_LENGTH = 40
_PROSE = re.compile(r"[。；：！？、]$|[。；：（【]")
_STOPS = "。；，：、！？\n）"
_FIRST = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}
_SECOND = ("其次", "再次", "第二，")
_LAST = 0
_HEAD_LINES = 6


def outline(text: str, blocks: Sequence[Block], rules: Rules) -> tuple[Item, ...]:
    """The items of a cleaned text, in text order.

    Args:
        text: a cleaned text.
        blocks: its lines; a new speaker ends every item.
        rules: the ``sections`` rules of roles ``heading``, ``article``, ``inline`` and ``end``.
    """
    sections: list[SectionRule] = rules.group("sections")
    inline = [rule for rule in sections if rule.role == "inline"]
    noted = _with_note(rules)
    items: list[Item] = []
    open_: list[int] = []

    def close(level: int, at: int) -> None:
        while open_ and items[open_[-1]].level >= level:
            items[open_[-1]] = replace(items[open_[-1]], end=at)
            open_.pop()

    def add(item: Item) -> None:
        close(item.level, item.start)
        items.append(replace(item, parent=open_[-1] if open_ else -1))
        open_.append(len(items) - 1)

    counted = any(text.startswith(_SECOND, block.start) for block in blocks)
    speaker = ""
    for index, block in enumerate(blocks):
        line = text[block.start : block.end]
        opening: tuple[SectionRule, ...] = rules.opening("sections", line)
        if (
            block.kind == "speaker"
            or block.speaker != speaker
            or any(rule.role == "end" and rule.match(line) for rule in opening)
        ):
            close(0, block.start)
        speaker = block.speaker
        listed = list(_inline(text, block, inline))
        leads_list = any(item.start == block.start for item in listed)
        if block.kind != "speaker" and not leads_list and (leader := _leader(text, block, opening, noted)):
            subtitle = block.kind == "heading" and leader.number[0] == "—" and index < _HEAD_LINES and not items
            if not subtitle and (leader.number.strip("，") not in _FIRST or counted):
                add(leader)
        for item in listed:
            add(item)
        close(12, block.end)
    close(0, len(text))
    return tuple(items)


@cache
def _with_note(rules: Rules) -> regex.Pattern[str]:
    """A heading that an owner note follows on the same line: ``（二）改善出行条件（市交通运输局牵头）``."""
    roles = ("label-lead", "label-joint", "label-support", "lead", "shared", "support")
    words = alternation([word for role in roles for word in rules.words("bodies", role)])
    return regex.compile(rf"(?P<title>[^。；：，（【\[\n]{{2,40}})[（【\[](?=[^）】\]\n]*(?:{words}))[^。\n]*[）】\]]$")


def _leader(text: str, block: Block, rules: Sequence[SectionRule], noted: regex.Pattern[str]) -> Item | None:
    """The item that a line begins."""
    for rule in rules:
        if rule.role in ("heading", "article") and (match := rule.match(text[block.start : block.end])):
            number = match[0].strip()
            begin = block.start + match.end()
            if rule.role == "article":
                title = (_LEAD.match(text, begin, block.end) or [""])[0] if number.strip("，") in _FIRST else ""
                return Item(block.start, begin, block.end, rule.level, number, title, -1, False)
            lead = _LEAD.match(text, begin, block.end)
            if headed := noted.match(text, begin, block.end):
                return Item(block.start, headed.end("title"), block.end, rule.level, number, headed["title"], -1, False)
            if block.kind == "heading":
                title = text[begin : block.end].rstrip("：")
                return Item(block.start, begin + len(title), block.end, rule.level, number, title, -1, False)
            if block.end - begin <= _TITLE_LENGTH and not _PROSE.search(text, begin, block.end):
                title = text[begin : block.end]
                return Item(block.start, block.end, block.end, rule.level, number, title, -1, False)
            if not lead:
                return Item(block.start, begin, block.end, rule.level, number, "", -1, False)
            if lead.end() < block.end and text[lead.end()] in "。：":
                body = _after_title(text, lead.end(), block.end)
                return Item(block.start, body, block.end, rule.level, number, lead[0], -1, False)
            title = lead[0] if rule.level >= 10 else ""
            return Item(block.start, begin, block.end, rule.level, number, title, -1, False)
    return None


def _after_title(text: str, at: int, end: int) -> int:
    match = _TITLE_END.match(text, at, end)
    return match.end() if match else at


def _inline(text: str, block: Block, rules: list[SectionRule]) -> Iterator[Item]:
    """``一是…；二是…`` inside a line: the numbers of one kind that count up from one, each at the beginning of a clause."""
    found: list[Item] = []
    for rule in rules:
        numbers = [
            (match.start(), match.end(), match[0])
            for match in rule.finditer(text, block.start, block.end)
            if match.start() == block.start or text[match.start() - 1] in _STOPS
        ]
        runs: list[list[tuple[int, int, str]]] = []
        for number in numbers:
            value = _value(number[2])
            if value == 1:
                runs.append([number])
            elif runs and (value == len(runs[-1]) + 1 or value == _LAST):
                runs[-1].append(number)
        for run in runs:
            if len(run) > 1:
                found += (_inline_item(text, block, rule, number) for number in run)
    yield from sorted(found, key=lambda item: item.start)


def _inline_item(text: str, block: Block, rule: SectionRule, number: tuple[int, int, str]) -> Item:
    start, begin, mark = number
    while begin < block.end and text[begin] == "，":
        mark, begin = mark + "，", begin + 1
    lead = _LEAD.match(text, begin, block.end)
    return Item(start, begin, block.end, rule.level, mark, lead[0] if lead else "", -1, True)


def _value(number: str) -> int:
    if number in _FIRST:
        return _FIRST[number]
    plain = number.strip("（）第其是，.．")
    try:
        return int(unicodedata.numeric(plain)) if len(plain) == 1 else int(parse(plain))
    except ValueError:
        return -1


class Outline:
    """Answers which items a place stands in."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._starts = [item.start for item in items]

    def at(self, offset: int) -> int:
        """The index of the innermost item that ``offset`` stands in; -1 where it stands in none."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and self.items[index].end <= offset:
            index = self.items[index].parent
        return index

    def around(self, start: int, end: int) -> int:
        """The index of the innermost item that all of ``[start, end)`` stands in; -1 where there is none."""
        index = self.at(start)
        while index >= 0 and self.items[index].end < end:
            index = self.items[index].parent
        return index

    def path(self, index: int) -> tuple[str, ...]:
        """Number and title of an item and of all that it is part of, outermost first."""
        path = []
        while index >= 0:
            item = self.items[index]
            gap = " " if item.title and item.number[-1] in "编部分章节条" else ""
            path.append(item.number + gap + item.title)
            index = item.parent
        return tuple(reversed(path))
