"""Composing: the parts of a rule as one noun phrase, each said once."""

from __future__ import annotations

from pipeline import regex

_RANKS = ("级", "类", "档", "等")
_NUMBER = r"第?[一二三四五六七八九十\d]+(?:[—–\-至][一二三四五六七八九十\d]+)?"
_RANK = regex.compile(rf"{_NUMBER}(?P<of>[级档类等])")


def is_rank(text: str) -> bool:
    """Whether a text is a rank alone: 一级, 3-5级."""
    return _RANK.fullmatch(text) is not None


def merge(first: str, second: str) -> str:
    """就业补贴 and 补贴标准 → 就业补贴标准: what one ends with and the other begins with is said once."""
    for size in range(min(len(first), len(second)), 1, -1):
        if first.endswith(second[:size]):
            return first + second[size:]
    return first + second


def join(who: str, per: str, head: str) -> str:
    """Who, each of what and the head as one phrase.

    Where the head was said of another of the same kind, that one is replaced: 露天停车位 and 室内停车位月租费 make
    露天停车位月租费, 第二档 and 居民第一档用气量 make 居民第二档用气量.
    """
    if who and who in head:
        who = ""
    if per and per in head:
        per = ""
    if rank := _RANK.search(who):
        other = regex.search(_NUMBER + rank["of"], head)
        if other:
            head, who = head[: other.start()] + rank[0] + head[other.end() :], who[: rank.start()]
    part, of, whole = head.partition("占")
    if of:
        return join(who, per, part) + of + whole
    if len(who) > 2 and (at := head.find(who[-2:])) > 0 and at + 2 < len(head):
        return who + per + head[at + 2 :]
    if who and len(head) > len(who) + 1 and head[len(who) - 1] == who[-1]:
        return who + per + head[len(who) :]
    return who + per + head if per else merge(who, head)


def with_shared_words(parts: list[str]) -> tuple[str, list[str]]:
    """职工在一, 二, 三级医院 → 职工在 and 一级医院, 二级医院, 三级医院: what coordinated words share before and behind.

    国家级, 省级中心 → 国家级中心, 省级中心.
    """
    first, last = parts[0], parts[-1]
    linked = first.rpartition("的")
    if len(parts) > 2 and linked[0] and "的" not in "".join(parts[1:]):
        prefix, short = linked[0] + "的", [linked[2], *parts[1:-1]]
    elif len(parts) > 2 and len(first) > len(parts[1]):
        size = len(parts[1]) + (first.endswith("国家级") and len(parts[1]) == 2)
        prefix, short = first[:-size], [first[-size:], *parts[1:-1]]
    else:
        prefix, short = "", parts[:-1]
    if all(part[-1:] == short[0][-1:] and len(part) < len(last) for part in short) and short[0][-1:] in _RANKS:
        size = last.find(short[0][-1], 0, 4) + 1
        if size and last[size:]:
            return prefix, [*(part + last[size:] for part in short), last]
    if all(len(part) == len(short[0]) for part in short) and len(last) > len(short[0]):
        size = last.find(short[0][-1], 0, 4) + 1 or len(short[0])
        if last[size:]:
            return prefix, [*(part + last[size:] for part in short), last]
    if prefix and all(part[-1] == last[-1] for part in short):
        return prefix, [*short, last]
    return "", parts
