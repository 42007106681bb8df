"""Headlines: what the headline over a paragraph measures in full, and the paragraph says again in short."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.relate.lexicon import Lexicon
from pipeline.units import UnitTable

_SHORT = 6
_PRECISER = 1.1
"""How much more a text says than its headline, which rounds off: 2345.12万吨 under 超2345万吨."""


@dataclass(frozen=True, slots=True)
class _Said:
    indicator: str
    value: float
    unit: str
    measure: str


@dataclass(slots=True)
class Headline:
    """The numbers of one headline; empty where there is none."""

    said: list[_Said] = field(default_factory=list)

    def note(self, indicator: str, value: float, unit: str, measure: str, units: UnitTable) -> None:
        """Notes what a number of the headline measures."""
        magnitude, bare = units.split(unit)
        self.said.append(_Said(indicator, value * magnitude, bare, measure))

    def in_full(self, indicator: str, value: float, unit: str, measure: str, units: UnitTable, lexicon: Lexicon) -> str:
        """The headline's name for what ``indicator`` is short for: 铁路旅客发送量 for 发送旅客; empty where there is none.

        The number is then that of the headline, and the name part of its name, or a deed with a word of it.
        """
        if not self.said or len(indicator) > _SHORT or indicator in lexicon.standalone:
            return ""
        magnitude, bare = units.split(unit)
        for said in self.said:
            again = (
                said.unit == bare and said.measure == measure and said.value <= value * magnitude < said.value * _PRECISER
            )
            again = again and len(said.indicator) > len(indicator)
            if again and indicator in said.indicator:
                return said.indicator
            done = lexicon.is_deed(indicator) and not lexicon.measure_noun.search(indicator)
            if again and done and any(indicator[i : i + 2] in said.indicator for i in range(len(indicator) - 1)):
                return said.indicator
        return ""
