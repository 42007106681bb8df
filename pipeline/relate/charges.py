"""Who is to do what: the owner notes and the duties of a document as one list of charges, each body under its full name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from pipeline.recognise.bodies import BodyGrammar
from pipeline.recognise.regions import Regions
from pipeline.relate.duties import DutyGrammar
from pipeline.relate.owners import Assigned, NoteGrammar, note_charges
from pipeline.rules import Rules
from pipeline.values import Charge, Metadata, Segmented


class ChargeGrammar:
    """All ways in which a text puts a body in charge; built once a run."""

    def __init__(self, rules: Rules, bodies: BodyGrammar, regions: Regions) -> None:
        self._bodies, self._regions = bodies, regions
        self._notes = NoteGrammar(rules, bodies)
        self._duties = DutyGrammar(rules, bodies)

    def charges(self, segmented: Segmented, metadata: Metadata) -> tuple[Charge, ...]:
        """Every charge of a document, in the order of the bodies' names in the text."""
        places = self._regions.places(metadata.region)
        found: list[Charge] = []
        starts: list[int] = []
        ends: list[int] = []
        for note, covered in note_charges(segmented, self._notes):
            span = (covered.start, covered.end)
            found += self._charged(note.bodies, covered.basis, span, places, note.rule)
            starts.append(note.start)
            ends.append(note.end)
        for duty in self._duties.duties(segmented, metadata.kind):
            span = (duty.start, duty.end)
            outside = [one for one in duty.bodies if not _inside(one.name.start, starts, ends)]
            found += self._charged(outside, duty.basis, span, places, duty.rule)
        return tuple(sorted(found, key=lambda charge: (charge.start, charge.end)))

    def _charged(
        self, bodies: Sequence[Assigned], basis: str, span: tuple[int, int], places: Mapping[str, str], rule: str
    ) -> Iterator[Charge]:
        before = ""
        for one in bodies:
            body, level = self._bodies.full_name(one.name.text, before, places)
            before = body
            yield Charge(
                one.name.start, one.name.end, one.name.text, one.role, basis, *span, body=body, level=level, rule=rule
            )


def _inside(offset: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    index = bisect_right(starts, offset) - 1
    return index >= 0 and offset < ends[index]
