"""What carries over from number to number: the things and indicators spoken of so far."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Topic:
    """What was spoken of so far.

    Attributes:
        subject: the thing that a bare head can be of.
        fresh: a subject named after the last number.
        head: the subject of the clause at hand.
        attribute: what the last qualifier measured.
        colon: a full indicator before a colon.
        lead: the heading that the paragraph begins with or stands under.
        said: the indicators so far, in order.
    """

    subject: str = ""
    fresh: str = ""
    head: str = ""
    attribute: str = ""
    colon: str = ""
    lead: str = ""
    said: list[str] = field(default_factory=list)

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
