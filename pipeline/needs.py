"""Which characters a text must hold for a pattern to match it: a cheap test that spares most searches.

A pattern such as ``(?P<y>\\d{4})年(?:底|末)`` matches only where 年 stands, and 底 or 末. Most sentences lack one
of the two, which a set of their characters tells in a fraction of the time of a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]  # the parse tree of a pattern has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Needs = tuple[frozenset[str], ...]

_PROPERTIES = re.compile(r"\\p\{[A-Za-z]+\}")
_NAMES = re.compile(r"\(\?P?<[A-Za-z]\w*>")
_MOST = 64
"""A larger set is hardly ever missing from a text."""


def needs(pattern: str) -> Needs:
    """Sets of characters of which a text must hold one each, or the pattern matches nowhere in it.

    A pattern that only the ``regex`` package can parse has no needs that are known, and so none here.

    >>> [sorted(one) for one in needs("20\\\\d\\\\d年(?:底|末)")]
    [['0'], ['2'], ['年'], ['底', '末']]
    >>> needs("(?:年|月)?")
    ()
    """
    try:
        parsed = parser.parse(_NAMES.sub("(?:", _PROPERTIES.sub(r"\\w", pattern)))
    except (re.error, OverflowError):
        return ()
    if parsed.state.flags & re.IGNORECASE:
        return ()
    found = sorted(set(_of(parsed)), key=lambda one: (len(one), sorted(one)))
    return tuple(found)


def _of(parsed: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """The needs of a sequence: those of all its parts."""
    found: list[frozenset[str]] = []
    for code, value in parsed:
        if code is op.LITERAL:
            found.append(frozenset(chr(value)))
        elif code is op.IN:
            found += _of_class(value)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[0] > 0:
            found += _of(value[2])
        elif code is op.SUBPATTERN:
            found += _of(value[3])
        elif code is op.ATOMIC_GROUP:
            found += _of(value)
        elif code is op.BRANCH:
            found += _of_branches(value[1])
    return found


def _of_class(items: list[tuple[Any, Any]]) -> list[frozenset[str]]:
    chars: set[str] = set()
    for code, value in items:
        if code is op.LITERAL:
            chars.add(chr(value))
        elif code is op.RANGE and value[1] - value[0] < _MOST:
            chars |= {chr(c) for c in range(value[0], value[1] + 1)}
        else:
            return []
    return [frozenset(chars)] if len(chars) <= _MOST else []


def _of_branches(branches: list[Any]) -> list[frozenset[str]]:
    """One of the branches must match, so one character of the rarest need of each."""
    chars: frozenset[str] = frozenset()
    for branch in branches:
        own = _of(branch)
        if not own:
            return []
        chars |= min(own, key=len)
    return [chars] if len(chars) <= _MOST else []
