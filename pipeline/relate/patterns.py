"""Patterns: the indicator by a statement pattern of ``rules/patterns.yaml``."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.reference import is_relational
from pipeline.relate.topic import Named, Topic
from pipeline.rules import NUMBER_MARK, OTHER_NUMBER_MARK, StatementRule

_BOUND_OF_NAME = regex.compile(r"\0(?=(?:[及或]?以[上下内])的?\p{Han}{2})")
_THROUGH_MARK = regex.compile("^.*[\0\ue000-\ue002]")
_SPLIT = regex.compile("[、和及与]")
_SHARE = regex.compile("(?<=..)占.+比重$")
"""What has a share in something is what is so many times as much: 装机量 of 装机量占全球三成，相当于美国的1.7倍."""
_FIELD = regex.compile(r"\{([a-z|]+)\}")


def by_pattern(reading: Reading, slot: Slot, topic: Topic, dimension: str, lexicon: Lexicon) -> Named | None:
    """The indicator by the first statement pattern that ends at the number; ``None`` where none fits."""
    end = max(slot.clause.end, slot.quantity.end)
    rules = lexicon.patterns_for(reading.characters(slot.clause.start, end))
    fitting = [rule for rule in rules if rule.unit in ("any", dimension)]
    clause, others = reading.sketch(slot) if fitting else ("", [])
    for rule in fitting:
        match = rule.search(clause)
        if match and NUMBER_MARK in match[0]:
            groups = dict(_captured(match, others, lexicon))
            if text := _filled(rule, groups, topic, lexicon):
                return Named(text, rule.id)
    return None


def _captured(match: regex.Match[str], others: list[str], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The named groups, with the numbers that are part of a name (60岁 of 60岁及以上人口) written out."""
    for name, text in match.groupdict().items():
        numbers = others[match.string.count(OTHER_NUMBER_MARK, 0, max(match.start(name), 0)) :]
        first, *rest = (text or "").split(OTHER_NUMBER_MARK)
        whole = first + "".join(f"{number}\0{piece}" for number, piece in zip(numbers, rest, strict=False))
        whole = _BOUND_OF_NAME.sub("", whole)
        yield name, _trimmed(_THROUGH_MARK.sub("", whole), lexicon)


def _filled(rule: StatementRule, groups: dict[str, str], topic: Topic, lexicon: Lexicon) -> str:
    def value(spec: regex.Match[str]) -> str:
        for name in spec[1].split("|"):
            if name == "topic":
                last = _not_the_whole(topic, groups.get("whole", ""))
                return _SHARE.sub("", last) if rule.unit == "multiple" else last
            if name == "subject":
                return topic.fresh or topic.subject
            if found := groups.get(name):
                parts = _SPLIT.split(found)
                owned = name == "part" and topic.fresh and all(is_relational(part, lexicon) for part in parts)
                return topic.fresh + found if owned else found
        return ""

    return str(_FIELD.sub(value, rule.indicator))


def _not_the_whole(topic: Topic, whole: str) -> str:
    """What was spoken of last that is not itself what the share is of: ``物流总额84万亿元。工业品物流占物流总额的九成``."""
    last = topic.last
    if whole and last.find(f"占{whole}") > 0:
        return last[: last.index(f"占{whole}")]
    same = last.endswith(whole) and len(last) <= len(whole) + 2
    if last and whole and (same or last.startswith("占")):
        return topic.fresh or next((said for said in reversed(topic.said[:-1]) if not said.endswith(whole)), "") or last
    return last or topic.subject


def _trimmed(text: str, lexicon: Lexicon) -> str:
    """A captured stretch without openers and places at its beginning."""
    text = text.strip("、，的 ")
    changed = True
    while changed:
        changed = False
        for word in lexicon.places_or_openers:
            if text.startswith(word) and len(text) > len(word) and not text.startswith(lexicon.complete):
                text, changed = text[len(word) :], True
    return "" if text in lexicon.demonstratives or text in ("其", "其中") else text
