"""Kind and modality: whether a number is wanted, reached or ruled."""

from __future__ import annotations

from datetime import date

import regex

from pipeline.relate.lexicon import Lexicon
from pipeline.relate.reading import Reading, Slot
from pipeline.relate.timescope import Scope
from pipeline.values import Block

_MODALITIES = ("确保", "力争", "争取", "努力", "预期性", "约束性", "预计", "计划", "有望", "不低于")


def genre_of(title: str, lexicon: Lexicon) -> tuple[str, str]:
    """The kind that a document's title suggests, and the rule; the genre word nearest the end of the title decides."""
    best = (-1, "", "")
    for pattern, kind, rule in lexicon.genres:
        for match in pattern.finditer(title):
            best = max(best, (match.end(), kind, rule))
    return best[1], best[2]


def section_kind(block: Block, lexicon: Lexicon) -> tuple[str, str]:
    """The kind that the headings above a block suggest, the innermost first."""
    for title in reversed(block.section):
        for pattern, kind, rule in lexicon.sections:
            if pattern.search(title):
                return kind, rule
    return "", ""


def kind(
    reading: Reading,
    slot: Slot,
    scope: Scope,
    block: Block,
    genre: str,
    anchor: date | None,
    carried: str,
    lexicon: Lexicon,
) -> tuple[str, str]:
    """The kind of a slot and the rule that says so.

    In this order: a cue before the number in the sentence, the year against the document's date, the heading, what the
    sentence before said, the genre.
    """
    doc = anchor.year if anchor else None
    cue, cue_rule = _nearest_cue(reading, slot, lexicon)
    section, section_rule = section_kind(block, lexicon)
    year = scope.year_to
    future = year is not None and doc is not None and year > doc
    past = year is not None and doc is not None and year < doc
    if scope.role == "reset":
        return "target", scope.rule
    if future:
        return "target", "kind.future-year"
    if past:
        return ("target", cue_rule) if cue == "target" and "目标" in _context(reading, slot) and False else ("actual", "kind.past-year")
    if genre == "provision" and cue != "target":
        return "provision", "kind.provision-genre"
    if cue == "target":
        return "target", cue_rule
    if cue == "actual":
        return "actual", cue_rule
    if section:
        return section, section_rule
    if cue == "provision" and year is None:
        return "provision", cue_rule
    if carried:
        return carried, "kind.carried"
    if genre == "target" and year is None:
        return "target", "kind.target-genre"
    return "actual", ""


def _context(reading: Reading, slot: Slot) -> str:
    return reading.text[reading.sentence.start : slot.quantity.start]


def _nearest_cue(reading: Reading, slot: Slot, lexicon: Lexicon) -> tuple[str, str]:
    """The cue nearest before the number; a cue in the number's own clause counts after it too."""
    before = _context(reading, slot)
    after = reading.text[slot.quantity.end : slot.right]
    best: tuple[int, str, str] = (-1, "", "")
    for kind_name, patterns in lexicon.cues.items():
        for pattern, rule in patterns:
            for match in pattern.finditer(before):
                best = max(best, (match.start(), kind_name, rule))
    future = _future(reading, slot, lexicon)
    if future > best[0]:
        best = (future, "target", lexicon.future_rule)
    if best[0] < 0:
        for kind_name, patterns in lexicon.cues.items():
            for pattern, rule in patterns:
                if pattern.search(after):
                    return kind_name, rule
    return best[1], best[2]


def _future(reading: Reading, slot: Slot, lexicon: Lexicon) -> int:
    """The place of the last 将 or 要 that is an auxiliary, that is, before a verb or adverb; else -1."""
    words = reading.words_in(reading.sentence.start, slot.quantity.start)
    place = -1
    for i, word in enumerate(words[:-1]):
        following = words[i + 1]
        if word.text in lexicon.future_words and (following.tag[:1] in "vd" or following.text in lexicon.light_verbs):
            place = word.start - reading.sentence.start
    if words and words[-1].text in lexicon.future_words and words[-1].text != "可":
        place = words[-1].start - reading.sentence.start
    return place


def modality(reading: Reading, slot: Slot) -> str:
    """The word that says how firmly a target is meant (力争, 确保, 预期性, …), or an empty string."""
    clause = reading.text[slot.clause.start : slot.clause.end]
    sentence = reading.text[reading.sentence.start : reading.sentence.end]
    for text in (clause, sentence):
        found = regex.search("|".join(_MODALITIES[:8]), text)
        if found:
            return str(found[0])
    return ""
