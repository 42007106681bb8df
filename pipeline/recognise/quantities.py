"""Quantities: a numeral with what is written onto it, infix, magnitude and unit."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pipeline import regex
from pipeline.recognise.numerals import ARABIC, parse
from pipeline.rules import Rules, UnitRule, alternation, at_end
from pipeline.units import MAGNITUDES
from pipeline.values import Mention

_CN = "零〇一二两三四五六七八九十百千万亿"
_SCALE = "(?:[十百万亿]|千(?![瓦伏米克卡焦帕赫]))"
_INFIX = "多余几来"
_DASH = r"(?:\s*(?:[—–\-－~～―]+|至|到)\s*)"
_DIGITS = "[零〇一二两三四五六七八九]+"
_CN_DIGIT = "一二两三四五六七八九十"
_NEIGHBOURS = regex.compile(
    r"(?P<stem>[二三四五六七八九]?十)?"
    r"(?:(?P<low>一)(?P<high>[二两])|(?P<low>[二两])(?P<high>三)|(?P<low>三)(?P<high>[四五])|(?P<low>四)(?P<high>五)"
    r"|(?P<low>五)(?P<high>六)|(?P<low>六)(?P<high>七)|(?P<low>七)(?P<high>八)|(?P<low>八)(?P<high>九))"
    r"(?P<scale>[十百千万亿]*)(?![零〇一二两三四五六七八九])"
)
"""``五六岁``, ``十七八人``, ``三四百家``: two digits that follow each other say from one to the other."""


_RATIO_OR_DASH = regex.compile(f"[百千万]分之|{_DASH}")
_INNER_INFIX = regex.compile(rf"[{_INFIX}](?={_SCALE})")
_WITHOUT_INFIX = dict.fromkeys(map(ord, _INFIX))
_SCALE_INSIDE = regex.compile(rf"{_SCALE}\d|[万亿].*[一二两三四五六七八九].*万")
_FIGURE = regex.compile(r"\d")
_OVER_MAGNITUDE = regex.compile("[百千万亿]+[多余]")
_DAYS = regex.compile(r"(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|年)")
_NUMERAL_NEAR = regex.compile(rf"[-负]?[{_CN}\d半翻]")
"""What every quantity begins with; to seek it first spares most searches of the whole pattern."""
_PARTS_KEPT = 1 << 14
_LOOKAHEAD = 8
_WITHIN = regex.compile(r"[以之]?内(?!蒙)|及?以[上下]")


class QuantityGrammar:
    """The pattern of quantities, with the units of ``rules/units.yaml`` built in.

    ``cut`` gives the words of a text: it is asked where a classifier and what follows look like another word.
    """

    def __init__(self, rules: Rules, cut: Callable[[str], list[str]]) -> None:
        units: list[UnitRule] = rules.group("units")
        self._cut = cut
        self._guarded = frozenset(
            word for rule in units if rule.dimension == "count" for word in rule.not_before if len(word) == 1
        )
        self._unit_rule = {word: rule.id for rule in units for word in (*rule.units, *rule.words)}
        self._leads = tuple(rules.words("grammar", "magnitude-lead"))
        self._part_of_word = tuple(rules.words("grammar", "magnitude-in-word"))
        unit = _unit_pattern(units)
        guards = {word: f"(?!{alternation(stops)})" for rule in units for word, stops in rule.not_before.items()}
        span = alternation([word for rule in units if rule.dimension == "duration" for word in rule.units])
        slashed = r"(?:[\p{Han}A-Za-z]{1,3}/(?:[\p{Han}]{1,2}|[A-Za-z]{1,4})(?:/(?:[\p{Han}]{1,2}|[A-Za-z]{1,4}))?)"
        latin = r"(?:\s?[A-Za-z]{1,5}/[A-Za-z]{1,4})"
        no_unit = alternation(rules.words("grammar", "no-unit"))
        after_unit = alternation(["，", "。", "；", "、", "）", *rules.words("grammar", "after-unit")])
        unknown = rf"(?:(?<=\d{_SCALE}{{0,2}}[多余]?)(?!{no_unit})\p{{Han}}(?={after_unit}|$))"
        no_sign = alternation(rules.words("grammar", "before-negative"))
        defined = rf"(?(DEFINE)(?P<one_unit>{unit}))"
        one = "(?&one_unit)"  # written out at each of its places the units take ten times as long to compile
        whole_unit = rf"(?:{one}(?:/{one})+|{slashed}|{latin}|{one}(?:[（(](?![含不])\p{{Han}}[）)])?|{unknown})"
        arabic = rf"(?:{ARABIC})(?:[{_INFIX}]?{_SCALE}+(?:[{_INFIX}]?{_SCALE}+|\d+{_SCALE}+)*)?"
        figure = rf"(?:[零〇一二两三四五六七八九]|{_SCALE})"
        chinese = rf"(?![零〇]){figure}+(?:点{_DIGITS}{_SCALE}*)?(?:[{_INFIX}]{_SCALE}+)?|[零〇]点{_DIGITS}{_SCALE}*"
        numeral = rf"(?:{arabic}|{chinese})"
        quantity = (
            rf"{numeral}(?:[{_INFIX}](?!种多样))?(?:个多(?=小时|月|星期|世纪))?(?:{whole_unit})?"
            r"(?:(?<=[倍成元年])多(?!出|\d))?"
        )
        self._pattern = regex.of_many(
            rf"{defined}"
            rf"(?P<fold>翻(?:了)?[近约超]?(?:[{_CN_DIGIT}]|\d+)?番|翻了?倍(?=[，。；、）]|$))"
            rf"|(?P<percent>[百千万]分之[{_CN}]+(?:点[{_CN}]+)?(?:{_DASH}(?:[百千万]分之)?[{_CN}]+(?:点[{_CN}]+)?)?)"
            rf"|(?P<fraction>[{_CN}]+分之[{_CN}]+|(?<![\d/])\d/\d(?![\d/]))"
            rf"|(?P<tenths>(?:(?:[{_CN_DIGIT}]|\d)成?(?:[{_CN_DIGIT}]|{_DASH}))?(?:[{_CN_DIGIT}]|\d)成(?:(?:[{_CN_DIGIT}]|\d)(?!个))?多?{guards['成']})"
            rf"|(?P<half>一半(?=[\p{{Han}}，。；、）]|$)|半数|(?<=[超过近])半(?!{span}|个)"
            rf"|(?<![上下前后大小多个年每两\d{_CN}])半个?(?={span}){guards['半']})"
            rf"|(?P<and_half>(?:\d+|[{_CN_DIGIT}])(?:个半(?:小时|月|星期)|[年天]半|倍半))"
            rf"|(?P<clock>\d+(?:小时|分)\d+(?:分钟|分|秒))"
            rf"|(?P<counted>(?:{ARABIC}|[{_CN_DIGIT}])个多?[万亿]元?(?![亿级])(?<!万(?=[吨亩米人])))"
            rf"|(?P<zero>(?<=[为到至达于])零(?=[，。；、）]|$)|零(?=增长))"
            rf"|(?P<metres>\d+米\d{{2}}(?!\d))"
            rf"|(?P<sign>(?<=[\p{{Han}}，（])(?:-|零下|(?<!{no_sign})负))?(?P<low>{quantity})(?:{_DASH}(?P<high>{quantity}))?"
        )
        self._split = regex.of_many(
            rf"{defined}(?P<number>{numeral})(?P<infix>[{_INFIX}])?(?P<more>个多)?(?P<unit>{whole_unit}|.+?)?(?P<after>多)?"
        )
        """Parts what was found already, so whatever is left is its unit: what may follow a unit is not seen here."""
        before = [word for rule in rules.group("comparators") for word in rule.before]
        after = [word for rule in rules.group("comparators") for word in rule.after]
        self.join = regex.compile(rf"(?:{alternation(after)})?(?:[、，和及与]|以及)(?:{alternation(before)})?")
        """What stands between numbers that share a unit."""
        bounds = [word for word in before if len(word) > 1]
        self._before_length = at_end([*rules.words("grammar", "length-lead"), *bounds])
        measures = _unit_pattern([rule for rule in units if rule.dimension not in ("count", "level")])
        self._no_year = regex.compile(rf"(?<=半)年内|(?:19|20)\d{{2}}(?={measures}|[{_INFIX}]\p{{Han}})")
        self._half_unit = regex.compile(unit)
        self._part_of = lru_cache(_PARTS_KEPT)(self._part)
        self._magnitude = at_end(MAGNITUDES)

    def find(self, text: str, start: int, end: int) -> list[Mention]:
        """The quantities of ``text[start:end]``, in text order."""
        found = []
        at = start
        while (near := _NUMERAL_NEAR.search(text, at, end)) and (match := self._pattern.search(text, near.start(), end)):
            mention = self._read(text, match)
            if mention:
                found.append(mention)
                at = max(mention.end, match.start() + 1)
            else:
                at = match.end() if match.end() > at else at + 1
        return found

    def is_length(self, time: regex.Match[str]) -> bool:
        """Whether what looks like a time is a length of time, or a measure that looks like a year.

        15日内, 提前十五日, 十日以上 and 90日 are no day of a month; 半年内 is not 年内; 2000克 is not the year 2000.
        """
        text, (start, end) = time.string, time.span()
        if days := _DAYS.fullmatch(text, start, end):
            return (
                (parse(days["n"]) > 31 and text[end - 1] == "日")
                or _WITHIN.match(text, end) is not None
                or self._before_length.search(text, max(0, start - 8), start) is not None
            )
        match = self._no_year.match(text, start)
        return match is not None and match.end() == end

    def _read(self, text: str, match: regex.Match[str]) -> Mention | None:
        kind = match.lastgroup if match.lastgroup not in ("high", "sign") else "low"
        start, end = match.span()
        quote = match[0]
        if kind == "low":
            return self._plain(text, match)
        data: dict[str, Any] = {"value_high": None, "unit": "%", "bound": ""}
        if kind == "fold":
            data |= {"value": 2.0 ** parse(regex.sub("[翻了近约超番倍]", "", quote) or "一"), "unit": "倍"}
            data["bound"] = "ge" if "超" in quote else "approx" if regex.search("[近约]", quote) else ""
        elif kind == "percent":
            scale = {"百": 1, "千": 0.1, "万": 0.01}[quote[0]]
            ends = [parse(part) for part in _RATIO_OR_DASH.split(quote) if part]
            data["value"] = round(ends[0] * scale, 9)
            data["value_high"] = round(ends[1] * scale, 9) if len(ends) > 1 else None
        elif kind == "fraction":
            low, high = quote.split("分之") if "分之" in quote else reversed(quote.split("/"))
            if not parse(low):
                return None
            data["value"] = round(parse(high) / parse(low) * 100, 2)
        elif kind == "tenths":
            data |= _tenths(quote)
        elif kind == "half":
            data["value"] = 50.0
            if unit := self._half_unit.match(text, end):
                end = unit.end()
                counted = "个" if quote.endswith("个") and unit[0] not in ("小时", "星期") else ""
                data |= {"value": 0.5, "unit": counted + unit[0]}
        elif kind == "and_half":
            number = regex.match(rf"\d+|[{_CN_DIGIT}]", quote)
            assert number
            unit_text = quote[number.end() :].replace("半", "")
            data |= {
                "value": parse(number[0]) + 0.5,
                "unit": unit_text if unit_text == "个月" else unit_text.removeprefix("个"),
            }
        elif kind == "clock":
            whole, sixtieths = (float(n) for n in regex.findall(r"\d+", quote))
            data |= {"value": whole * 60 + sixtieths, "unit": regex.split(r"\d+", quote)[-1]}
        elif kind == "counted":
            count, magnitude = regex.split("个多?", quote)
            data |= {"value": parse(count), "unit": magnitude, "bound": "ge" if "多" in quote else ""}
        elif kind == "zero":
            data |= {"value": 0.0, "unit": "%" if text.startswith("增长", end) else ""}
        elif kind == "metres":
            data |= {"value": float(quote.replace("米", ".")), "unit": "米"}
        return Mention(start, end, "quantity", text[start:end], f"quantity.{kind}", data)

    def _plain(self, text: str, match: regex.Match[str]) -> Mention | None:
        low, high = match["low"], match["high"]
        start, end = match.start(), match.end()
        if classifier := self._classifier_behind(text, end, high or low):
            end += 1
            low, high = (low, high + classifier) if high else (low + classifier, high)
        first = self._part_of(low)
        second = self._part_of(high) if high else None
        if second and not _is_range(first, second, text[match.end("low") : match.start("high")]):
            second, end = None, match.end("low")
        if not second and not self._is_number(text, match.start("low"), end, first):
            return None
        value, unit, infix = first
        value_high = None
        if not second and (neighbours := _NEIGHBOURS.match(text, match.start("low"), match.end("low"))):
            value, value_high, unit = _between(neighbours, unit)
        if second:
            value_high, unit_high, infix = second
            if unit != unit_high:
                value = value * _scale(unit) / _scale(unit_high) if unit else value
            if value_high == value and not unit:
                value_high = None
            unit = unit_high
            if value_high is not None and value > value_high:
                value, value_high = value_high, value
        if match["sign"]:
            value = -value
        elif start < match.start("low"):
            start = match.start("low")
        bare = unit.lstrip("十百千万亿") or unit
        rule = self._unit_rule.get(unit) or self._unit_rule.get(bare) or ("quantity.open-unit" if unit else "quantity.bare")
        data = {"value": value, "value_high": value_high, "unit": unit, "bound": "ge" if infix in ("多", "余") else ""}
        return Mention(start, end, "quantity", text[start:end], rule, data)

    def _classifier_behind(self, text: str, at: int, part: str) -> str:
        """The classifier at ``at`` that its guard mistook for the beginning of a word: 名 of 320名优秀教师."""
        if text[at : at + 1] not in self._guarded or self._part_of(part)[1].lstrip("十百千万亿"):
            return ""
        words = self._cut(text[at : at + _LOOKAHEAD])
        return words[0] if len(words) > 1 and len(words[0]) == 1 else ""

    def _part(self, text: str) -> tuple[float, str, str]:
        """Value, unit with magnitude, and infix of one quantity."""
        match = self._split.fullmatch(text)
        assert match, text
        number = match["number"]
        infix = match["infix"] or match["after"] or (match["more"] or "")[-1:]
        inner = _INNER_INFIX.search(number)
        if inner:
            infix = inner[0]
        unit = ("个" if match["more"] else "") + (match["unit"] or "")
        plain = number.translate(_WITHOUT_INFIX)
        magnitude = self._magnitude.search(plain)
        if magnitude and not _SCALE_INSIDE.search(plain):
            mantissa = plain[: magnitude.start()]
            scales = magnitude[0]
            if not mantissa or not _FIGURE.search(mantissa):
                mantissa, scales = _split_chinese(plain)
            if mantissa:
                return parse(mantissa), scales + unit, infix
            return 1.0, scales + unit, infix
        return parse(plain), unit, infix

    def _is_magnitude(self, text: str, start: int, end: int, unit: str) -> bool:
        """Whether 百, 千, 万 or 亿 without a numeral before it is a number: 突破千亿元, 百余项, 上亿群众; not 百姓."""
        quote, before, follows = text[start:end], text[max(0, start - 2) : start], text[end : end + 2]
        if follows[:1] == "级" or follows in ("以上", "左右", "大关"):
            return True
        if before.endswith(self._leads) and not before.endswith(self._part_of_word):
            return bool(unit) or len(quote) > 1 or before[-1:] in "超逾破上" or follows[:1] == "大"
        if _OVER_MAGNITUDE.match(quote) and unit:
            return True
        measured = unit and self._unit_rule.get(unit, "") not in ("", "unit.classifier", "unit.people", "unit.duration")
        return bool(measured or unit in ("个", "岁", "周岁")) and before[-1:] not in "几数"

    def _is_number(self, text: str, start: int, end: int, part: tuple[float, str, str]) -> bool:
        """Whether a run of numeral characters counts something, and is not part of a word."""
        quote = text[start:end]
        if quote[0].isdigit():
            return True
        unit = part[1]
        bare = unit.lstrip("万亿")
        if quote[0] in "百千万亿":
            return self._is_magnitude(text, start, end, bare)
        if quote[0] in "零〇" or set(quote) <= set("零〇"):
            return False
        return bool(unit) or (len(quote) > 2 and any(c in "百千万亿" for c in quote))


def _tenths(quote: str) -> dict[str, Any]:
    """两成 is 20%, 九成五 is 95%, 1到2成 and 七八成 are ranges."""
    number = quote.replace("多", "")
    parts = [part for part in regex.split(_DASH, number) if part]
    if neighbours := _NEIGHBOURS.fullmatch(number.rstrip("成")):
        parts = [neighbours["low"], neighbours["high"]]
    values = []
    for part in parts:
        tens, _, ones = part.partition("成")
        values.append(parse(tens) * 10 + (parse(ones) if ones else 0))
    bound = "ge" if "多" in quote else ""
    return {"value": values[0], "value_high": values[1] if len(values) > 1 else None, "bound": bound}


def _between(match: regex.Match[str], unit: str) -> tuple[float, float, str]:
    """Both ends of 三四百家, and the unit with its magnitude."""
    stem, scale = match["stem"] or "", match["scale"]
    big = scale.lstrip("十百千")
    small = scale[: len(scale) - len(big)]
    low, high = (parse(stem + match[end] + small) for end in ("low", "high"))
    return low, high, big + unit.lstrip("万亿")


def _split_chinese(text: str) -> tuple[str, str]:
    """三千万 → (三千, 万); 千亿 → (千, 亿); 亿 → ('', 亿); 三千 → (三千, '')."""
    stem = text.rstrip("万亿")
    return stem, text[len(stem) :]


def _scale(unit: str) -> float:
    for word in sorted(MAGNITUDES, key=len, reverse=True):
        if unit.startswith(word) and not unit.startswith(("千瓦", "千克", "千米", "百分", "千伏", "十字")):
            return float(MAGNITUDES[word])
    return 1.0


def _is_range(low: tuple[float, str, str], high: tuple[float, str, str], dash: str) -> bool:
    """``5%—6%``, ``3至5个`` are ranges; ``3个至5万元`` and ``1-2024年`` are not."""
    low_unit, high_unit = low[1], high[1]
    scales = "十百千万亿"
    same = low_unit.lstrip(scales) in ("", high_unit.lstrip(scales)) or low_unit == high_unit
    if not same:
        return False
    if not high_unit and not low_unit and dash.strip() in ("至", "到", "-"):
        return False
    low_value = low[0] * (_scale(low_unit) if low_unit else _scale(high_unit))
    return low_value <= high[0] * _scale(high_unit) or not low_unit


def _unit_pattern(rules: list[UnitRule]) -> str:
    """All units, longest first, each with what must not stand behind and before it.

    A classifier of one character with 次 behind it is a unit too: 300颗次, 1万家次.
    """
    words: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for rule in rules:
        if rule.dimension == "numeral":
            continue
        for word in (*rule.units, *rule.words):
            words.setdefault(word, []).extend(rule.not_before.get(word, []))
            before.setdefault(word, []).extend(rule.not_after.get(word, []))
    for word in [w for rule in rules if rule.dimension == "count" for w in rule.words if len(w) == 1 and w not in "次个"]:
        words.setdefault(f"{word}次", words["次"])
    parts = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        behind = f"(?!{alternation(words[word])})" if words[word] else ""
        behind += "(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""
        ahead = f"(?<!{alternation(before[word])})" if before.get(word) else ""
        parts.append(ahead + regex.escape(word) + behind)
    return f"(?:{'|'.join(parts)})"
