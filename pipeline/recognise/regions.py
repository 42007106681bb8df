"""Regions: the place that a document is of, from the nation down to a county, and the levels above it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline import regex
from pipeline.rules import Rules, alternation

NATION = "全国"
_PLACE = r"[^\P{Han}从访据在到对向把为的和与及由助]{2,6}?(?:自治区|自治州|特别行政区|省|市|州|盟|地区|县|区|旗)"
_LEVEL = {
    "省": "省",
    "自治区": "省",
    "特别行政区": "省",
    "市": "市",
    "州": "市",
    "盟": "市",
    "地区": "市",
    "县": "县",
    "区": "县",
    "旗": "县",
}


class Regions:
    """The regions of ``rules/regions.yaml``, and others by the ending of their names."""

    def __init__(self, rules: Rules) -> None:
        provinces = [rule for rule in rules.group("regions") if rule.role == "province"]
        self._provinces = {name: rule.name for rule in provinces for name in (rule.name, *rule.words)}
        self._letters: dict[str, str] = {rule.letter: rule.name for rule in provinces if rule.letter}
        self._of_city = {_city(city): rule.name for rule in provinces for city in rule.cities}
        self._municipal = frozenset(rule.name for rule in provinces if rule.name.endswith("市"))
        known = [*self._provinces, *self._of_city]
        self._known = regex.compile(alternation(known))
        national = [rule for rule in rules.group("regions") if rule.role == "nation"]
        self._nation = regex.compile(rf"(?<!其)(?:{alternation([word for rule in national for word in rule.words])})(?!家)")
        self._whole = regex.compile(alternation([w for r in rules.group("regions") if r.role == "whole" for w in r.words]))
        self._other = regex.compile(
            rf"(?:{alternation([w for r in rules.group('regions') if r.role == 'other' for w in r.words])})$"
        )
        self._place = regex.compile(_PLACE)
        self._no_region = regex.compile(
            rf"(?:{alternation([w for r in rules.group('regions') if r.role == 'none' for w in r.words])})$"
        )
        self._governed = regex.compile(
            rf"(?:(?<!\p{{Han}})|(?<=专访|从|据|在))(?P<place>(?:{alternation(known)})[省市]?|[^\P{{Han}}从访据在的和与]{{2,4}}?(?:省|市|州|县|区))"
            r"(?=人民政府|政府|召开|举行|举办|\p{Han}{2,8}[局厅委办])"
        )

    def of_body(self, name: str) -> str:
        """The region with which a body's name or a title begins; the nation for a ministry; empty where it says none.

        >>> from pathlib import Path
        >>> from pipeline.rules import load_rules
        >>> regions = Regions(load_rules(Path("rules")))
        >>> [regions.of_body(name) for name in ("江州市财政局", "安徽省商务厅", "国务院办公厅", "市财政局", "财政部")]
        ['江州市', '安徽省', '全国', '', '全国']
        """
        if name.startswith("中共") and not name.startswith("中共中央"):
            name = name.removeprefix("中共")
        if regex.match(
            r"国务院|国家|中共中央|中央|全国|最高人民|中国人民银行$|\p{Han}{2,12}(?<!组织|宣传|统战|工作|支|总|分)部(?:办公厅)?$",
            name,
        ):
            return NATION
        if match := self._known.match(name):
            full = self._provinces.get(match[0], match[0])
            below = self._place.match(name, match.end()) if full not in self._of_city else None
            acts = below and regex.match(r"(?:人民)?政府|\p{Han}{2,10}[局厅委办]$", name[below.end() :])
            return str(below[0] if below and acts and not self._no_region.search(below[0]) else full)
        match = self._place.match(name)
        return "" if not match or self._no_region.search(match[0]) or self._known.search(match[0][:-1]) else str(match[0])

    def of_letter(self, letter: str) -> str:
        """The province that a letter stands for in document numbers: 鲁 for 山东省; empty where it stands for none."""
        return self._letters.get(letter, "")

    def named_in(self, title: str, opening: str) -> str:
        """The place that a document without issuer is of; empty where it names none.

        That is the first place that acts in it (江州市政府, 澄溪县召开…), else the first that the title calls by its short
        name and the opening by its full one.
        """
        text = f"{title}\n{opening}"
        if match := self._governed.search(text):
            return self.of_body(str(match["place"]))
        places = (self._provinces.get(match[0], match[0]) for match in self._known.finditer(text))
        return next((str(place) for place in places if regex.sub("[省市]$", "", place) in title), "")

    def places(self, region: str) -> Mapping[str, str]:
        """The region and those above it by level: ``{"市": "菏泽市", "省": "山东省"}``."""
        if not region or region == NATION:
            return {}
        if region in self._provinces:
            full = self._provinces[region]
            return {"省": full, "市": full} if full in self._municipal else {"省": full}
        found = {_level(region): region} if _level(region) else {}
        if region in self._of_city:
            found["省"] = self._of_city[region]
        return found

    def of_statement(self, clause: str, sentence: str, region: str) -> str:
        """Which region a number is of.

        Args:
            clause: the text of its clause before it.
            sentence: the text of its sentence before that.
            region: the region of the document.
        """
        places = self.places(region)
        for text in (clause, sentence):
            found = [*self._nation.finditer(text), *self._whole.finditer(text)]
            for match in sorted(found, key=lambda match: -match.start()):
                if self._other.search(text, 0, match.start()):
                    continue
                if self._nation.fullmatch(match[0]):
                    return NATION
                level = "市" if match[0][-1] in "州盟" else "县" if match[0][-1] in "区旗镇乡" else match[0][-1]
                return places.get(level) or "全" + match[0][1:]
        return region


def _city(name: str) -> str:
    return name if regex.search(r"(?:自治州|盟|地区)$", name) else name + "市"


def _level(region: str) -> str:
    match = regex.search(r"(?:自治区|特别行政区|地区|省|市|州|盟|县|区|旗)$", region)
    return _LEVEL[match[0]] if match else ""
