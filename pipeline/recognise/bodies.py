"""Bodies: names of authorities, recognised by how they are built and listed, and the one full name that each has.

Names of bodies are an open class. What they share is their structure: a level or a place, a field, and an ending
(``市`` + ``发展改革`` + ``委``); or a word that means every body of a kind (``各`` + ``县区``). The word lists are in
``rules/bodies.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline import regex
from pipeline.rules import Rules, alternation, at_end

_OPENING, _CLOSING = "（(〔[【《“", "）)〕]】》”"
_NAME = r"[\p{Han}A-Za-z0-9“”·（）()、\-—]"
_LONGEST, _LONGEST_IN_TEXT, _LISTED = 48, 28, 16
_LEVELS = {
    **dict.fromkeys(("国家", "中央", "全国", "中国", "国务院", "中共中央"), "国家"),
    **dict.fromkeys(("省", "自治区", "直辖市"), "省"),
    **dict.fromkeys(("市", "州", "盟", "地区"), "市"),
    **dict.fromkeys(("县", "区", "旗"), "县"),
    **dict.fromkeys(("镇", "乡", "街道", "村"), "乡"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A body's name where it stands in a text."""

    start: int
    end: int
    text: str


class BodyGrammar:
    """How bodies are named, by the rules of ``rules/bodies.yaml``."""

    def __init__(self, rules: Rules) -> None:
        def words(role: str) -> list[str]:
            return rules.words("bodies", role)

        levels, suffixes = alternation(words("level")), words("suffix")
        every, general, alone = alternation(words("every")), alternation(words("general")), alternation(words("alone"))
        self._foreign = foreign = alternation(words("not-in-name")) + "|(?<!所)在"
        inner = rf"(?:(?!{foreign}){_NAME})"
        simple = rf"(?:(?!{foreign}|[、和与及]){_NAME})"
        remark = r"(?:（[\p{Han}、]{1,8}）)?"
        subordinate = r"(?:及(?:其|所属|有关|相关)\p{Han}{0,6}(?:部门|机构|单位))?"
        kind = rf"(?:(?:{levels})?(?:{every})+{simple}{{0,10}}?(?:{general}){remark}{subordinate}|(?:{alone}){remark})"
        strong = rf"{inner}{{0,{_LONGEST_IN_TEXT}}}(?:{alternation(suffixes)}){remark}"
        weak = rf"{inner}{{2,{_LONGEST_IN_TEXT}}}(?:{alternation(words('weak'))}){remark}"
        self._kind = regex.compile(kind)
        self._strict = regex.compile(rf"{kind}|{strong}|{weak}")
        self._strong = regex.compile(rf"{kind}|{strong}")
        self._ends = {word[-1] for role in ("suffix", "general", "alone") for word in words(role)} | {"）"}
        self._begins = [regex.compile(kind), regex.compile(strong)]
        self._noted = regex.compile(
            rf"{kind}|{_NAME}{{0,{_LONGEST}}}(?:{alternation(suffixes + words('weak') + words('general'))}){remark}"
        )
        self._open = regex.compile(rf"{_NAME}{{2,{_LONGEST}}}")
        self._tail = at_end(words("tail"))
        self._not_level = regex.compile(alternation(words("not-level")))
        self._level = regex.compile(rf"(?:{levels})")
        self._glue = regex.compile(rf"(?<=[局厅委办部会府院])(?=(?:{levels}|各|有关|\p{{Han}}{{2,6}}?[省市州县区]))")
        self._conjunction = regex.compile(r"以及|[和与及]|暨")
        self._together = regex.compile(
            rf"(?:(?:省|市|县|区|乡|镇|村|州|街道)(?:、|(?=省|市|县|区|乡|镇|村|州|街道))?){{2,5}}(?={alternation(words('together'))})"
        )
        self._full = {word: rule.name for rule in rules.group("bodies") if rule.role == "name" for word in rule.words}
        names = set(self._full.values())
        stems = alternation([*self._full, *names])
        self._short = regex.compile(stems)
        fields = alternation([*self._full, *names, *words("department")])
        self._department = regex.compile(rf"(?:{fields})(?:部门|委员会|委|厅|局|办公室|办)?")
        self._field = regex.compile(fields)

    def is_kind(self, name: str) -> bool:
        """Whether ``name`` means every body of a kind: 各县区, 有关部门, 镇（街）."""
        return self._kind.fullmatch(name) is not None

    def is_strict(self, name: str) -> bool:
        """Whether ``name`` is built like a body's name and holds no word that such names do not have."""
        return self._strict.fullmatch(name) is not None

    def is_strong(self, name: str) -> bool:
        """Like :meth:`is_strict`, with an ending that only bodies have."""
        return self._strong.fullmatch(name) is not None

    def is_noted(self, name: str) -> bool:
        """Whether ``name`` can be a body's name in an owner note, where a role word stands behind it."""
        return self._noted.fullmatch(name) is not None

    def is_open(self, name: str) -> bool:
        """Whether ``name`` can be a body's name behind a label such as 责任单位, where nothing else stands."""
        return self._open.fullmatch(name) is not None and not name.isascii() and not self._tail.fullmatch(name)

    def is_part(self, name: str) -> bool:
        """Whether ``name`` stands for a body in a list: a bare level (市、县人民政府) or field (财政、教育等部门)."""
        return self._level.fullmatch(name) is not None or self._field.fullmatch(name) is not None

    def is_listed(self, name: str) -> bool:
        """Whether ``name`` can be a body among others in an owner note, whatever its ending: 团市委, 中国铁塔."""
        return self.is_noted(name) or (
            len(name) <= _LISTED and self.is_open(name) and not regex.search(rf"\d|{self._foreign}", name)
        )

    def levels_at(self, text: str, start: int, end: int) -> list[Name]:
        """``省、市、县`` before a word such as 联手 at ``start``: one name a level."""
        match = self._together.match(text, start, end)
        found = regex.finditer(r"街道|\p{Han}", text, start, match.end()) if match else ()
        return [Name(m.start(), m.end(), m[0]) for m in found]

    def prefix_at(self, text: str, start: int, end: int, follow: regex.Pattern[str]) -> Name | None:
        """The longest body's name that begins at ``start`` and that ``follow`` matches behind; else just the longest."""
        stop = min(end, start + _LONGEST_IN_TEXT + 12)
        last = max((match.end() for pattern in self._begins if (match := pattern.match(text, start, stop))), default=0)
        ends = (at for at in range(last, start + 1, -1) if text[at - 1] in self._ends and follow.match(text, at))
        at = next((at for at in ends if self._strong.fullmatch(text, start, at)), last)
        return Name(start, at, text[start:at]) if at else None

    def split(self, text: str, start: int, end: int) -> Iterator[Name]:
        """The parts of a list of names in ``text[start:end]``; what stands in brackets is not parted.

        >>> from pathlib import Path
        >>> from pipeline.rules import load_rules
        >>> grammar = BodyGrammar(load_rules(Path("rules")))
        >>> [name.text for name in grammar.split("市委组织部和市科技局、各县（市、区）政府等部门", 0, 23)]
        ['市委组织部', '市科技局', '各县（市、区）政府']
        """
        for low, high in _parts(text, start, end):
            yield from self._divided(text, low, high)

    def _divided(self, text: str, low: int, high: int) -> Iterator[Name]:
        while (tail := self._tail.search(text, low, high)) and tail.start() > low:
            high = tail.start()
        while low < high and text[low] in "由：: 。）":
            low += 1
        while high > low and text[high - 1] in "：: 。（":
            high -= 1
        if low >= high:
            return
        if self.is_kind(text[low:high]):
            yield Name(low, high, text[low:high])
            return
        for match in self._conjunction.finditer(text, low, high):
            if self.is_noted(text[low : match.start()]) and self.is_noted(text[match.end() : high]):
                yield from self._divided(text, low, match.start())
                yield from self._divided(text, match.end(), high)
                return
        for match in self._glue.finditer(text, low, high):
            left, right = text[low : match.start()], text[match.start() : high]
            if self.is_noted(left) and self.is_strong(right) and not self._not_level.match(right):
                yield Name(low, match.start(), left)
                yield from self._divided(text, match.start(), high)
                return
        yield Name(low, high, text[low:high])

    # Full names

    def level_of(self, name: str) -> str:
        """The level that a name says: ``国家``, ``省``, ``市``, ``县`` or ``乡``; empty where it says none.

        >>> from pathlib import Path
        >>> from pipeline.rules import load_rules
        >>> grammar = BodyGrammar(load_rules(Path("rules")))
        >>> [grammar.level_of(name) for name in ("市市场监管局", "市场监管局", "各县区", "江州市财政局", "省委")]
        ['市', '', '县', '市', '省']
        """
        plain = regex.sub("^(?:各|有关|相关|全)+", "", name)
        if self._not_level.match(plain) or plain.startswith("地区"):
            return ""
        if match := regex.match("国家|中央|全国|中国(?!.*(?:公司|分行|支行|集团)$)|国务院|中共中央", plain):
            return _LEVELS[match[0]]
        if regex.match(r"\p{Han}{2,12}(?:开发|高新|经开|园|新|自贸|试验|示范|合作)区", plain):
            return ""
        if plain.startswith(("县", "区", "旗")) or regex.match("市县|市、县|市（?[县区]", plain):
            return "县"
        if match := self._level.match(plain):
            return _LEVELS.get(match[0], "")
        place = regex.match(
            r"\p{Han}{2,10}?(?P<level>自治区|自治州|省|市|州|盟|县|区|旗|街道|镇|乡)(?!域|场|政)(?=\p{Han}{2})", plain
        )
        if place and not self._field.match(plain):
            level = place["level"].removeprefix("自治") if place["level"] == "自治州" else place["level"]
            return _LEVELS[level]
        if regex.fullmatch(r"\p{Han}{2,14}(?<!组织|宣传|统战|工作|支|干|总|分|学|旅|装)部", plain) and self._field.match(
            plain
        ):
            return "国家"
        return "省" if plain.endswith("厅") else ""

    def full_name(self, name: str, before: str, places: Mapping[str, str]) -> tuple[str, str]:
        """The one full name of a body, and its level.

        Args:
            name: as the text writes it.
            before: the full name of the body before it in its list, whose level it shares where it has none itself.
            places: the region of the document by level, such as ``{"省": "临川省", "市": "江州市"}``.
        """
        level = self.level_of(name)
        full = name
        if not level and before and not self.is_kind(before) and not self.is_kind(name) and self._department.fullmatch(name):
            prefix = self._prefix(before)
            full, level = prefix + name, self.level_of(before) if prefix else ""
        elif level and self._department.fullmatch(name) and (level in places or self.level_of(before) == level):
            full = (self._prefix(before) if self.level_of(before) == level else places[level]) + name
        elif level in places and self._one_level(name) and (not self.is_kind(name) or self._field.search(name)):
            full = places[level] + regex.sub(r"^(?:省|自治区|市|州|盟|县|区|旗)", "", name)
        return self._written_out(full), level

    def _one_level(self, name: str) -> bool:
        """Whether ``name`` begins with a bare level, which a document's own region fills: 市财政局."""
        return regex.match(r"(?:省|自治区|市|州|盟|县|区|旗)(?!直|属|级|县|区)", name) is not None

    def _prefix(self, before: str) -> str:
        """The level or place with which a full name begins."""
        field = self._field.search(before)
        return before[: field.start()] if field else ""

    def _written_out(self, name: str) -> str:
        written, at = [], 0
        for match in self._short.finditer(name):
            full = self._full.get(match[0])
            rest = name[match.end() :]
            if full and match.start() >= at and not rest.startswith(("投资", "集团", "创新")):
                if match[0] == "政府" and (
                    name[: match.start()].endswith(("人民", "国")) or rest.startswith(("部", "机", "领", "各"))
                ):
                    continue
                if full[-2:] == rest[:2] and len(rest) > 1:
                    full = full[:-2]
                written += [name[at : match.start()], full]
                at = match.end()
        name = "".join([*written, name[at:]])
        name = regex.sub(r"(?<=\p{Han}{3})(?<![党市省县区州旗团工纪监政法常编会计经])委(?=（|$)", "委员会", name)
        return regex.sub(r"(?<=\p{Han}{3})(?<!街道)办(?=（|$)", "办公室", name)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans between list marks outside of brackets."""
    depth, at = 0, start
    for place in range(start, end):
        mark = text[place]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif not depth and mark in "、，,；;":
            if place > at:
                yield at, place
            at = place + 1
    if end > at:
        yield at, end
