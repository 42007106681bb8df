"""Units of measure: dimension, magnitude and conversion to a base unit, by pint."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pipeline.user_cache import kept

if TYPE_CHECKING:
    from pipeline.rules import Rules

MAGNITUDES = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "亿亿": 10**16,
}
_CURRENCIES = ("CNY", "USD", "EUR", "JPY", "GBP", "HKD", "AUD", "RUB", "KRW", "INR", "CAD", "CHF", "XFR")


@lru_cache(maxsize=1)
def _registry() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pint

    registry: Any = pint.UnitRegistry(cache_folder=None)
    for currency in _CURRENCIES:
        registry.define(f"{currency} = [money_{currency}]")
    return registry


def check_expression(expression: str) -> None:
    """Raises ``ValueError`` where pint cannot read ``expression``."""
    try:
        _registry().parse_expression(expression)
    except Exception as error:
        raise ValueError(f"pint cannot read the unit expression {expression!r}: {error}") from None


@dataclass(frozen=True, slots=True)
class Converted:
    """A value in base units."""

    value: float
    unit: str


class UnitTable:
    """What ``rules/units.yaml`` says of units: ``dimension(unit)`` and ``convert(value, unit)``."""

    def __init__(self, rules: Rules) -> None:
        self._expressions: dict[str, str | None] = {}
        self._dimensions: dict[str, str] = {}
        self._bases: dict[str, str | None] = {}
        for rule in rules.group("units"):
            for word, expression in rule.units.items():
                self._expressions.setdefault(word, None if expression is None else str(expression))
                self._dimensions.setdefault(word, rule.dimension)
                self._bases.setdefault(word, rule.base)
            for word in rule.words:
                self._expressions.setdefault(word, None)
                self._dimensions.setdefault(word, rule.dimension)
        self._factors: dict[str, tuple[float, str] | None] = {}
        made_of = [version("pint"), self._expressions, self._bases]
        self._in_base = kept("units", made_of, lambda: {unit: self._base_of(unit) for unit in self._expressions})

    def split(self, unit: str) -> tuple[float, str]:
        """Magnitude and bare unit: ``万平方米`` → ``(10000, 平方米)``."""
        if unit in self._dimensions:
            return 1.0, unit
        for word in sorted(MAGNITUDES, key=len, reverse=True):
            if unit.startswith(word):
                return float(MAGNITUDES[word]), unit[len(word) :]
        return 1.0, unit

    def dimension(self, unit: str) -> str:
        """The dimension of a unit with or without magnitude; ``count`` for 万, 亿 and nothing; empty if unknown."""
        bare = self.split(unit)[1]
        if not bare:
            return "count"
        return self._dimensions.get(bare.split("/")[0], "")

    def convert(self, value: float, unit: str) -> Converted | None:
        """``value`` in base units, or ``None`` where the unit is not known to be convertible."""
        if unit not in self._factors:
            magnitude, bare = self.split(unit)
            base = self._in_base[bare] if bare in self._in_base else self._base_of(bare)
            self._factors[unit] = (magnitude * base[0], base[1]) if base else None
        factor = self._factors[unit]
        if factor is None:
            return None
        return Converted(round(value * factor[0], 9), factor[1])

    def _base_of(self, bare: str) -> list[Any] | None:
        """How many of which base unit one of a unit without magnitude is."""
        expressions = [self._expressions.get(part) for part in bare.split("/")]
        if "℃" in bare or "摄氏度" in bare or not all(expressions):
            return None
        quantity = _registry().parse_expression(" / ".join(f"({e})" for e in expressions))
        if isinstance(quantity, int | float):
            return [quantity, ""]
        target = self._bases.get(bare)
        base = quantity.to(target) if target else quantity.to_base_units()
        text = f"{base.units:~}".replace(" ", "").replace("**", "^").replace("dimensionless", "")
        return [float(base.magnitude), text]
