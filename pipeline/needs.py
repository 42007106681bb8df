"""Which characters a text must hold for a pattern to match it: a cheap test that spares most searches.

A pattern such as ``(?P<y>\\d{4})年(?:底|末)`` matches only where 年 stands, and 底 or 末. Most sentences lack one
of the two, which a set of their characters tells in a fraction of the time of a search. Of a pattern that is a list of
alternatives, ``四川|六安|三明``, a text must hold all that one of them needs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]  # the parse tree of a pattern has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

Need = frozenset[str]
"""Characters of which a text must hold one."""

Needs = tuple[frozenset[Need], ...]
"""Alternatives, of one of which a text must meet every need."""

_PROPERTIES = re.compile(r"\\p\{[A-Za-z]+\}")
_NAMES = re.compile(r"\(\?P?<[A-Za-z]\w*>")
_MOST = 64
"""A larger set is hardly ever missing from a text."""
_LONGEST = 500
"""How many characters a sentence has at most."""
_ENOUGH = 100.0
"""The logarithm of more tries than anybody can wait for."""


_Item = TypeVar("_Item")


class NeedIndex(Generic[_Item]):
    """Patterns, or what belongs to them, by the characters that they need.

    Every alternative of a pattern stands under the characters of that need of it which the fewest others have, so that
    most are not even looked at.
    """

    def __init__(self, items: Iterable[tuple[Needs, _Item]]) -> None:
        listed = list(items)
        self._items = [item for _, item in listed]
        alternatives = [(place, one) for place, (needed, _) in enumerate(listed) for one in needed]
        bits = {need: 1 << i for i, need in enumerate({need: None for _, one in alternatives for need in one})}
        common = Counter(character for _, one in alternatives for need in one for character in need)
        self._always = {place for place, one in alternatives if not one}
        self._by_character: dict[str, tuple[int, list[tuple[int, int]]]] = {c: (0, []) for need in bits for c in need}
        """For each character the needs that it meets, as bits, and the alternatives under it: place and needs, as bits."""
        for need, bit in bits.items():
            for character in need:
                met, under = self._by_character[character]
                self._by_character[character] = (met | bit, under)
        for place, one in alternatives:
            first = min(one, key=lambda need: (sum(common[c] for c in need), sorted(need)), default=frozenset())
            needed = sum(bits[need] for need in one)
            for character in first:
                self._by_character[character][1].append((place, needed))

    def candidates(self, text: str) -> list[_Item]:
        """The items whose patterns may match in ``text``, in their order."""
        met, under = 0, []
        for character in self._by_character.keys() & text:
            own, places = self._by_character[character]
            met |= own
            under += places
        found = self._always | {place for place, needed in under if needed & met == needed}
        return [self._items[place] for place in sorted(found)]


def needs(pattern: str) -> Needs:
    """What a text must hold for a pattern to match in it.

    A pattern that only the ``regex`` package can parse has no needs that are known: one alternative without any.

    >>> [sorted(map(sorted, one)) for one in needs("20\\\\d\\\\d年(?:底|末)")]
    [[['0'], ['2'], ['年'], ['底', '末']]]
    >>> [sorted(map(sorted, one)) for one in needs("四川|六安")]
    [[['四'], ['川']], [['六'], ['安']]]
    >>> needs("(?:年|月)?")
    (frozenset(),)
    """
    try:
        parsed = tree_of(pattern)
    except (re.error, OverflowError):
        return (frozenset(),)
    if parsed.state.flags & re.IGNORECASE:
        return (frozenset(),)
    alternatives = dict.fromkeys(map(frozenset, _alternatives(parsed)))
    if frozenset() in alternatives:
        return (frozenset(),)
    return tuple(alternatives)


def consumes(pattern: str) -> bool:
    """Whether a pattern is sure to match no empty text; ``False`` where nobody can tell.

    >>> consumes("年?内"), consumes("年?"), consumes("(?<broken")
    (True, False, False)
    """
    try:
        return bool(tree_of(pattern).getwidth()[0] > 0)
    except (re.error, OverflowError):
        return False


def openings(pattern: str) -> Need | None:
    """The characters of which a match must begin with one; ``None`` where it may begin with any, or be empty.

    >>> sorted(openings("(?:第[一二]|附)件|注"))
    ['注', '第', '附']
    >>> openings("\\\\s*第") is openings("(?!第).") is None
    True
    """
    try:
        parsed = tree_of(pattern)
    except (re.error, OverflowError):
        return None
    found = None if parsed.state.flags & re.IGNORECASE else _openings(list(parsed))
    return found[0] if found and not found[1] else None


def most_tries(pattern: str) -> float:
    """In how many ways a pattern can be laid over one text of a sentence's length, at most; infinite where nobody can tell.

    >>> most_tries("[一二]+年"), most_tries("一?(?:年|月)底?"), most_tries("(?:a+)+")
    (500, 4, inf)
    """
    try:
        return _most_tries(tree_of(pattern))
    except (re.error, OverflowError):
        return math.inf


def tree_of(pattern: str) -> Any:
    """The parse tree of a pattern, with a word character in place of each property of characters.

    Raises:
        re.error, OverflowError: only the ``regex`` package can parse it.
    """
    return parser.parse(_NAMES.sub("(?:", _PROPERTIES.sub(r"\\w", pattern)))


def _alternatives(parsed: Iterable[tuple[Any, Any]]) -> list[list[Need]]:
    """The needs of each branch of a pattern; of a pattern with nothing but branches in it, all that can be told."""
    parts = list(parsed)
    branching = next((i for i, (code, _) in enumerate(parts) if code is op.BRANCH), None)
    if branching is None:
        return [_of(parts)]
    around = _of(parts[:branching] + parts[branching + 1 :])
    return [around + own for branch in parts[branching][1][1] for own in _alternatives(branch)]


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
        elif code is op.ASSERT and value[0] > 0:  # a lookahead sees no further than the text; a lookbehind may
            found += _of(value[1])
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


def _openings(parsed: list[tuple[Any, Any]]) -> tuple[Need, bool] | None:
    """With which characters a sequence can begin, and whether it may be empty; ``None`` where nobody can tell."""
    chars: Need = frozenset()
    for code, value in parsed:
        if code is op.LITERAL:
            own: tuple[Need, bool] | None = (frozenset(chr(value)), False)
        elif code is op.IN:
            own = (listed[0], False) if (listed := _of_class(value)) else None
        elif code is op.SUBPATTERN:
            own = _openings(list(value[3]))
        elif code is op.ATOMIC_GROUP:
            own = _openings(list(value))
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            inner = _openings(list(value[2]))
            own = inner and (inner[0], inner[1] or value[0] == 0)
        elif code is op.BRANCH:
            each = [_openings(list(branch)) for branch in value[1]]
            known = [one for one in each if one]
            whole = len(known) == len(each)
            own = (frozenset().union(*(one[0] for one in known)), any(one[1] for one in known)) if whole else None
        elif code in (op.ASSERT, op.ASSERT_NOT, op.AT):
            own = (frozenset(), True)
        else:
            own = None
        if own is None:
            return None
        chars |= own[0]
        if not own[1]:
            return chars, False
    return chars, True


def _most_tries(parsed: Iterable[tuple[Any, Any]]) -> float:
    tries: float = 1
    for code, value in parsed:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            tries *= _tries_of_repeat(value[0], min(value[1], _LONGEST), _most_tries(value[2]))
        elif code is op.SUBPATTERN:
            tries *= _most_tries(value[3])
        elif code is op.ATOMIC_GROUP:
            tries *= _most_tries(value)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            tries *= _most_tries(value[1])
        elif code is op.BRANCH:
            tries *= sum(map(_most_tries, value[1]))
        elif code in (op.GROUPREF, op.GROUPREF_EXISTS):
            return math.inf
    return tries


def _tries_of_repeat(least: int, most: int, each: float) -> float:
    if each == 1:
        return most - least + 1
    return sum(each**times for times in range(least, most + 1)) if most * math.log(each) < _ENOUGH else math.inf


def _of_branches(branches: list[Any]) -> list[frozenset[str]]:
    """One of the branches must match, so one character of the rarest need of each."""
    chars: frozenset[str] = frozenset()
    for branch in branches:
        own = _of(branch)
        if not own:
            return []
        chars |= min(own, key=len)
    return [chars] if len(chars) <= _MOST else []
