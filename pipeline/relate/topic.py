"""What carries over from number to number: the things and indicators spoken of so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.relate.reading import kind_of_unit


@dataclass(slots=True)
class Topic:
    """What was spoken of so far.

    Attributes:
        subject: the thing that a bare head can be of.
        overt: whether that thing is the subject of the sentence, and not only an object or a class that was counted.
        whole: that thing before 其中, after which parts of it are spoken of.
        fresh: a subject named after the last number.
        rising: a measure that the clause before, which has no number, speaks of: 处理能力翻番，达到….
        head: the subject of the clause at hand.
        attribute: what the last qualifier measured.
        colon: a full indicator before a colon.
        lead: the heading that the paragraph begins with or stands under.
        branch: that heading where it names a thing, such as a branch of industry.
        said: the indicators so far, in order.
        heard: the indicators with their kinds of unit, and whether they are shares in a whole.
        sentence: where in those the sentence at hand begins.
        names: the things named so far, in order.
        measured: the last indicator of the sentence for each kind of unit.
    """

    subject: str = ""
    overt: bool = False
    whole: str = ""
    fresh: str = ""
    rising: str = ""
    head: str = ""
    attribute: str = ""
    colon: str = ""
    lead: str = ""
    branch: str = ""
    said: list[str] = field(default_factory=list)
    heard: list[tuple[str, str, bool]] = field(default_factory=list)
    sentence: int = 0
    names: list[str] = field(default_factory=list)
    measured: dict[str, str] = field(default_factory=dict)

    def begin(self, text: str, start: int) -> None:
        """A new sentence, which begins at ``start`` of ``text``; one with 其中 speaks of parts of the last one's topic."""
        self.colon = ""
        within = text.startswith("其中", start)
        if not within and text[max(0, start - 1)] != "；":
            self.measured = {}
            self.sentence = len(self.heard)
        if self.whole and not within:
            self.subject, self.whole = self.whole, ""
        self.overt = False

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

    def measure(self, indicator: str, unit: str, of_share: bool) -> None:
        """Notes an indicator and its unit; whether it is the share that something has in a whole."""
        self.said.append(indicator)
        self.measured[kind_of_unit(unit)] = indicator
        self.heard.append((indicator, kind_of_unit(unit), of_share))

    def last_two(self) -> list[str]:
        """The last two indicators where they differ."""
        return self.said[-2:] if len(set(self.said[-2:])) == 2 else []

    def last_for(self, unit: str, changed: bool) -> str:
        """The last indicator that a number with that unit can be of.

        A share can only change by percentage points: in ``产量181亿吨，占全国的八成，年均增长17%`` 产量 grows.
        """
        percent = unit == "个百分点" or (unit == "%" and not changed)
        for indicator, _, of_share in reversed(self.heard[-4:]):
            if percent or not of_share:
                return indicator
        return self.last

    def last_several(self, count: int, unit: str, changed: bool) -> list[str]:
        """The last different indicators: those of the sentence where they change, else those with such a unit.

        Empty where there are not as many.
        """
        kind = kind_of_unit(unit)
        levels = [text for text, k, _ in self.heard[self.sentence :] if k != "%"] if changed else []
        levels = levels or [text for text, k, _ in self.heard if k == kind] or self.said
        different = list(dict.fromkeys(reversed(levels)))[:count][::-1]
        return different if len(different) == count else []

    @property
    def last(self) -> str:
        """The last indicator said."""
        return self.said[-1] if self.said else ""


class Named(NamedTuple):
    """An indicator, the rule that found it, the thing it is of, and where the text that it used up ends."""

    text: str
    rule: str
    subject: str = ""
    end: int = 0
