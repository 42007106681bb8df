"""Owners: the bodies that a note or a phrase puts in charge of what stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.rules import Rules, alternation
from pipeline.values import Segmented


@dataclass(frozen=True, slots=True)
class Charge:
    """A span of the cleaned text and the bodies in charge of what it says, in the text's words."""

    start: int
    end: int
    bodies: tuple[str, ...]


class OwnerNotes:
    """The forms of owner notes, with the role words and the endings of body names of ``rules/bodies.yaml``."""

    def __init__(self, rules: Rules) -> None:
        lead = alternation(rules.words("bodies", "lead"))
        support = alternation(rules.words("bodies", "support"))
        self._roles = regex.compile(rf"(?:分别)?(?:{lead}|{support})(?:单位|部门)?[：:]?")
        self._body = regex.compile(
            rf"[\p{{Han}}“”（）]{{1,30}}(?:{alternation(rules.words('bodies', 'suffix'))})(?:（[^）]*）)?$"
        )
        noted = rf"[^（）()\[\]【】\n]{{0,160}}(?:{lead}|{support})[^（）()\[\]【】\n]{{0,160}}"
        label = rf"(?:{lead})(?:单位|部门)?[：:][^（）()\n。]{{2,200}}"
        self._note = regex.compile(rf"[（(\[【](?P<inside>{noted})[）)\]】]|^(?P<line>{label})[。；]?$", flags=regex.M)
        self._phrase = regex.compile(
            rf"由(?P<lead>[^，。；由]{{2,40}}?)(?:牵头|负责)(?:[、，](?P<support>[^，。；]{{2,60}}?)(?:{support}))?"
        )

    def find(self, segmented: Segmented) -> tuple[Charge, ...]:
        """Every note and phrase of a document, in text order, each with the span that it covers.

        A note covers the text from the note before it, or from the beginning of its paragraph; on a line of its own, from
        the beginning of the item that it closes; right behind a heading, all that stands under it.
        """
        text = segmented.text
        found = []
        done = 0
        for match in self._note.finditer(text):
            bodies = self._bodies(match["inside"] or match["line"])
            if bodies:
                start, end = _covered(segmented, match.start(), done)
                found.append(Charge(start, end, bodies))
                done = match.end()
        return (*found, *self._phrases(segmented))

    def _phrases(self, segmented: Segmented) -> Iterator[Charge]:
        """``由省能源局牵头，省电力公司配合``: covers its sentence."""
        starts = [s.start for s in segmented.sentences]
        for match in self._phrase.finditer(segmented.text):
            bodies = self._bodies(match["lead"]) + self._bodies(match["support"] or "")
            index = max(i for i, start in enumerate(starts) if start <= match.start())
            if bodies:
                yield Charge(starts[index], segmented.sentences[index].end, bodies)

    def _bodies(self, note: str) -> tuple[str, ...]:
        names = regex.split(
            r"[、，,；;]|会同|(?<=[\p{Han}])(?:和|及|以及)(?=[各省市县区有国人中])", self._roles.sub("，", note)
        )
        return tuple(name for name in (n.strip("：:，。按由 ") for n in names) if self._body.fullmatch(name))


def _covered(segmented: Segmented, note: int, done: int) -> tuple[int, int]:
    blocks = segmented.blocks
    index = max(i for i, block in enumerate(blocks) if block.start <= note)
    block = blocks[index]
    if block.kind == "heading":
        after = (b.start for b in blocks[index + 1 :] if b.kind == "heading")
        return block.start, next(after, len(segmented.text))
    if note > block.start:
        return max(block.start, done), note
    first = index - 1
    while first > 0 and blocks[first].kind != "heading" and blocks[first - 1].section == blocks[first].section:
        first -= 1
    return max(blocks[max(first, 0)].start, done), note


def owner_of(charges: tuple[Charge, ...], start: int) -> str:
    """The bodies in charge of the statement at ``start``, joined with ``;``, each once."""
    names = (name for charge in charges if charge.start <= start < charge.end for name in charge.bodies)
    return ";".join(dict.fromkeys(names))
