"""Indicator: what a number measures, restored across clauses where the sentence leaves it out."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from pipeline.relate.lexicon import Lexicon
from pipeline.relate.phrases import Left, Right
from pipeline.relate.reading import Reading, Slot
from pipeline.rules import StatementRule

_SPLIT = regex.compile(r"、|和|及|与|以及")
_SHARE = ("%", "‰")


@dataclass(slots=True)
class Topic:
    """What was spoken of so far: the thing (``subject``), and the indicators of the statements said, in order."""

    subject: str = ""
    said: list[str] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The last indicator said."""
        return self.said[-1] if self.said else ""


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator, the rule that found it, and the thing it is of."""

    text: str
    rule: str
    subject: str = ""


def by_pattern(reading: Reading, slot: Slot, topic: Topic, share: bool, lexicon: Lexicon) -> Named | None:
    """The indicator by the first statement pattern of ``rules/patterns.yaml`` that ends at the number."""
    if not lexicon.patterns or len(slot.group) > 1:
        return None
    sketch = reading.sketch(slot)
    clause = regex.split(r"[，；：。]", sketch)[-1]
    for rule in lexicon.patterns:
        if rule.unit == "share" and not share:
            continue
        match = rule.compiled.search(clause, timeout=2)
        if match and match.end() == len(clause):
            text = _fill(rule, match, topic, lexicon)
            if text:
                return Named(text, rule.id)
    return None


def _fill(rule: StatementRule, match: regex.Match[str], topic: Topic, lexicon: Lexicon) -> str:
    def value(spec: regex.Match[str]) -> str:
        for name in spec[1].split("|"):
            if name == "topic":
                return topic.last or topic.subject
            found = _clean(match.groupdict().get(name) or "", lexicon)
            if found:
                return found
        return ""

    return str(regex.sub(r"\{([a-z|]+)\}", value, rule.indicator))


def _clean(text: str, lexicon: Lexicon) -> str:
    text = regex.sub("[\ue000-\ue002]", "", text).strip("、，的 ")
    changed = True
    while changed and text:
        changed = False
        for word in (*lexicon.places, "其中", "并", "预计", "也", "已", "将", "均"):
            if text.startswith(word) and len(text) > len(word):
                text, changed = text[len(word) :], True
    return text


def distribute(noun: str, count: int, lexicon: Lexicon) -> list[str] | None:
    """Shares a list of nouns out to as many numbers.

    >>> # 国家高新技术企业和科技型中小企业数量 → [国家高新技术企业数量, 科技型中小企业数量]

    Returns:
        One indicator a number, or ``None`` where the noun phrase does not list as many things.
    """
    parts = [part for part in _SPLIT.split(noun) if part]
    if len(parts) != count:
        parts = [part for part in regex.split("、|和", noun) if part]
    if len(parts) != count or count < 2:
        return None
    last = parts[-1]
    head = _shared_head(parts[:-1], last, lexicon)
    shared = [part if not head or part.endswith(head) else part + head for part in parts[:-1]]
    prefix = _shared_prefix(parts)
    return [shared[0], *(prefix + part for part in shared[1:]), prefix + last]


def _shared_head(parts: list[str], last: str, lexicon: Lexicon) -> str:
    """The head that the last of coordinated nouns lends the others: 数量 in 甲企业和乙企业数量."""
    for word in sorted(lexicon.bare_heads, key=len, reverse=True):
        if last.endswith(word) and len(word) < len(last):
            if any(part.endswith(tuple(lexicon.bare_heads)) for part in parts):
                return ""
            return word
    longest = max(len(part) for part in parts)
    if longest <= 4 and len(last) >= longest + 2 and not any(part[-1] == last[-1] for part in parts):
        return last[min(longest, len(last) - 2) :]
    return ""


def _shared_prefix(parts: list[str]) -> str:
    """What the first of coordinated nouns lends the others: 工业企业 before two short rates."""
    first = parts[0]
    if "的" in first and all("的" not in part for part in parts[1:]) and all(len(p) <= 8 for p in parts[1:]):
        return first[: first.rindex("的") + 1]
    return ""


def with_owner(noun: str, topic: Topic, lexicon: Lexicon) -> str:
    """A bare head such as 产值 gets the thing it is of."""
    if noun in lexicon.bare_heads and topic.subject and topic.subject != noun and not noun.startswith(topic.subject):
        return topic.subject + noun
    return noun


def owner_part(noun: str, lexicon: Lexicon) -> str:
    """The thing that an indicator is of: 大桥 of 大桥全长; empty where nothing is left."""
    for word in sorted(lexicon.bare_heads, key=len, reverse=True):
        if noun.endswith(word) and len(noun) > len(word) + 1:
            return noun[: -len(word)].removesuffix("的")
    return ""


def counted(right: Right, unit_is_share: bool) -> str:
    """The indicator of a number before its noun, with what is said of the noun where the noun alone is too little.

    ``12万个重点场所实现移动网络深度覆盖`` → 实现移动网络深度覆盖的重点场所.
    """
    noun, said = right.noun, right.predicate
    if 2 <= len(said) <= 16 and not regex.search(r"[，。；：]", said) and (unit_is_share or len(noun) <= 5):
        noun = f"{said}的{noun}"
    return noun + "占比" if unit_is_share else noun


def choose(
    slot: Slot, left: Left, right: Right, topic: Topic, dimension: str, lexicon: Lexicon
) -> Named:
    """The indicator of a slot by the grammar: the noun before the number, the noun after it, or what was said before."""
    noun = lexicon.rate_end.sub("", left.noun) or ""
    had_rate = noun != left.noun
    share = dimension == "share"
    after_wins = bool(right.noun) and right.noun != "人民币" and (left.verb_final or not noun or (not left.predicate and right.linked and dimension == "count"))
    if noun in lexicon.pronouns or noun in lexicon.demonstratives:
        if topic.last and noun in lexicon.pronouns:
            return Named(topic.last, "indicator.pronoun")
        noun = ""
    if after_wins and len(right.noun) > 1:
        rate = lexicon.rate_end.sub("", right.noun)
        if rate and rate != right.noun:
            return Named(rate, "indicator.after")
        if share and not right.linked and left.verb_final and noun:
            pass
        if right.noun in lexicon.change and noun:
            return Named(noun, "indicator.before")
        verb = left.verb if left.verb in lexicon.kept_verbs and len(right.noun) <= 8 else ""
        return Named(verb + counted(right, share and not verb), "indicator.after", right.noun)
    if noun:
        if left.subject and dimension not in ("count", "") and left.subject not in lexicon.pronouns:
            subject = left.subject
            if len(subject) <= 16:
                return Named(subject + noun, "indicator.subject-object", subject)
        owned = with_owner(noun, topic, lexicon)
        if owned != noun:
            return Named(owned, "indicator.owner", topic.subject)
        return Named(noun, "indicator.before", owner_part(noun, lexicon) or (noun if dimension == "count" else ""))
    if left.subject:
        return Named(left.subject, "indicator.subject")
    if had_rate and topic.last:
        return Named(topic.last, "indicator.carried")
    if right.noun and len(right.noun) > 1 and right.noun != "人民币" and not topic.last:
        return Named(counted(right, share), "indicator.after", right.noun)
    if left.verb in lexicon.kept_verbs and dimension not in ("share",) and not left.base:
        return Named((topic.subject if len(topic.subject) < 12 else "") + left.verb, "indicator.verb")
    if topic.last:
        return Named(topic.last, "indicator.carried")
    return Named(topic.subject, "indicator.topic")
