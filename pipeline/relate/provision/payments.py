"""Payments: who bears which share of what is paid, ``保费由省级财政承担40%，其余60%由农户负担``."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline import regex
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.provision.parts import Parts, words
from pipeline.relate.reading import Reading, Slot


@dataclass(slots=True)
class Payments:
    """What one paragraph says is paid or shared; ``paid`` is empty until it says so."""

    paid: str = ""

    def hear(self, clause: str) -> None:
        """A clause without numbers may name what is paid: ``保费由各级财政分担``."""
        if paid := _PAID.match(clause):
            self.paid = paid["what"]

    def share(self, reading: Reading, slot: Slot, parts: Parts, last: str | None, lexicon: Lexicon) -> bool:
        """Whether somebody bears a share; if so ``parts`` then say who of what.

        Args:
            last: what the share before was of, if there was one.
        """
        payer, deed = self._payer(reading, slot, parts, lexicon)
        if not payer or lexicon.head_end.search(payer):
            return False
        public = _PUBLIC.search(payer)
        if not self.paid:
            first = last is None or payer.endswith("部分")
            if first and deed in lexicon.payments and not parts.base and not parts.head:
                parts.head = f"{deed}比例"
            return False
        if deed in lexicon.payments or (public and deed in lexicon.grants):
            parts.head, parts.who = f"{deed}{self.paid}比例", payer
            return True
        if public and not deed and last and last.endswith(f"{self.paid}比例"):
            parts.head, parts.who = last, payer
            return True
        return False

    def _payer(self, reading: Reading, slot: Slot, parts: Parts, lexicon: Lexicon) -> tuple[str, str]:
        """Who pays, and the verb: before the number, or with 由 behind it."""
        raw = reading.text[slot.left : slot.quantity.start]
        deed, payer = parts.deed, parts.who
        if after := lexicon.paid_after.match(reading.text, slot.quantity.end, slot.right):
            deed, payer = deed or after["deed"], after["by"] or payer
        if by := _BY.search(raw):
            what, payer = words(reading, slot.left, slot.left + by.start(), lexicon), _bare(by["who"], lexicon)
            if _MONEY.search(what):
                self.paid = what
            else:
                payer = what + payer
        elif not payer and _PUBLIC.search(raw):
            payer = _bare(raw.strip("，、"), lexicon)
        return payer.removeprefix("其中"), deed


def _bare(payer: str, lexicon: Lexicon) -> str:
    edge, deed = lexicon.edge_end, lexicon.deed_end
    return edge.sub("", deed.sub("", edge.sub("", payer)))


_MONEY = regex.compile(r"(?:费|费用|资金|经费|税|款|成本)$")
_PUBLIC = regex.compile("财政|基金")
_BY = regex.compile(r"由(?P<who>[^由，]+)$")
_PAID = regex.compile(r"(?P<what>[^由]{2,16}(?:费|费用|资金|经费|税))由")
