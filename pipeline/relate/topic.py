"""What carries over from number to number: the things and indicators spoken of so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.relate.reading import kind_of_unit


@dataclass(slots=True)
class Topic:
    """What was spoken of so far.

    Attributes:
        subject: the thing that a bare head can be of.
        overt: whether that thing is the subject of the sentence, and not only an object or a class that was counted.
        fresh: a subject named after the last number.
        head: the subject of the clause at hand.
        attribute: what the last qualifier measured.
        colon: a full indicator before a colon.
        lead: the heading that the paragraph begins with or stands under.
        said: the indicators so far, in order.
        names: the things named so far, in order.
        measured: the last indicator of the sentence for each kind of unit.
    """

    subject: str = ""
    overt: bool = False
    fresh: str = ""
    head: str = ""
    attribute: str = ""
    colon: str = ""
    lead: str = ""
    said: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    measured: dict[str, str] = field(default_factory=dict)

    def hold(self, name: str, overt: bool) -> None:
        """Makes a thing the one that is spoken of."""
        self.subject, self.overt = name, overt
        self.names.append(name)

    def full_name(self, name: str) -> str:
        """The last longer name that ends in a short one: 环岛旅游公路 for 公路."""
        if not 2 <= len(name) <= 3:
            return name
        return next((n for n in reversed(self.names) if n.endswith(name) and len(n) > len(name)), name)

    def last_of(self, unit: str) -> str:
        """The last indicator of the sentence with a unit of that kind."""
        return self.measured.get(kind_of_unit(unit), "")

    def measure(self, indicator: str, unit: str) -> None:
        """Notes an indicator and its unit."""
        self.said.append(indicator)
        self.measured.pop(kind_of_unit(unit), None)
        self.measured[kind_of_unit(unit)] = indicator

    def last_two(self) -> list[str]:
        """The last two indicators where they differ."""
        return self.said[-2:] if len(set(self.said[-2:])) == 2 else []

    @property
    def last(self) -> str:
        """The last indicator said."""
        return self.said[-1] if self.said else ""


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator, the rule that found it, the thing it is of, and where the text that it used up ends."""

    text: str
    rule: str
    subject: str = ""
    end: int = 0
