"""Quantities: a numeral with what is written onto it, infix, magnitude and unit."""

from __future__ import annotations

from typing import Any

import regex

from pipeline.recognise.numerals import ARABIC, parse
from pipeline.rules import Rules, UnitRule, alternation
from pipeline.units import MAGNITUDES
from pipeline.values import Mention

_CN = "零〇一二两三四五六七八九十百千万亿"
_SCALE = "(?:[十百万亿]|千(?![瓦伏米克卡焦帕赫]))"
_INFIX = "多余几来"
_DASH = r"(?:\s*(?:[—–\-－~～―]+|至|到)\s*)"
_DIGITS = "[零〇一二两三四五六七八九]+"
_CN_DIGIT = "一二两三四五六七八九十"
_LEADS = "超近上过达破逾约于到亿至足个投"
"""Before a bare magnitude: what makes 千亿 or 百家 a number and not part of a word."""


class QuantityGrammar:
    """The pattern of quantities, with the units of ``rules/units.yaml`` built in."""

    def __init__(self, rules: Rules) -> None:
        self._unit_rule = {word: rule.id for rule in rules.group("units") for word in (*rule.units, *rule.words)}
        unit = _unit_pattern(rules.group("units"))
        magnitude = "|".join(sorted((regex.escape(m) for m in MAGNITUDES), key=len, reverse=True))
        slashed = r"(?:[\p{Han}A-Za-z]{1,3}/(?:[\p{Han}]{1,2}|[A-Za-z]{1,4})(?:/(?:[\p{Han}]{1,2}|[A-Za-z]{1,4}))?)"
        whole_unit = rf"(?:{unit}(?:/{unit})+|{slashed}|{unit})"
        arabic = rf"(?:{ARABIC})(?:[{_INFIX}]?{_SCALE}+(?:[{_INFIX}]?{_SCALE}+|\d+{_SCALE}+)*)?"
        figure = rf"(?:[零〇一二两三四五六七八九]|{_SCALE})"
        chinese = rf"(?![零〇]){figure}+(?:点{_DIGITS}{_SCALE}*)?(?:[{_INFIX}]{_SCALE}+)?|[零〇]点{_DIGITS}{_SCALE}*"
        numeral = rf"(?:{arabic}|{chinese})"
        quantity = (
            rf"{numeral}(?:[{_INFIX}](?!种多样))?(?:个多(?=小时|月|星期|世纪))?(?:{whole_unit})?(?:(?<=[倍成元年])多)?"
        )
        self._pattern = regex.compile(
            rf"(?P<fold>翻(?:了)?(?:[{_CN_DIGIT}]|\d+)番)"
            rf"|(?P<percent>[百千万]分之[{_CN}]+(?:点[{_CN}]+)?)"
            rf"|(?P<fraction>[{_CN}]+分之[{_CN}]+|(?<![\d/])\d/\d(?![\d/]))"
            rf"|(?P<tenths>(?:[{_CN_DIGIT}]|\d)成(?:[{_CN_DIGIT}](?!个))?(?:多)?(?![立为功就果效员长都本熟人分因品份渝绵]))"
            rf"|(?P<half>一半(?=以上|左右|的|，|。|；|多|$|[\p{{Han}}])|半数|(?<=[超过近])半(?![年个天月小径导成生数])"
            rf"|(?<![\p{{Han}}])半(?=个?小时|个?月|年|个工作日|天)|(?<=[至达到为满业缩短每]|失业)半(?=个?小时|个?月|年))"
            rf"|(?P<and_half>(?:\d+|[{_CN_DIGIT}])(?:个半(?:小时|月|星期)|年半|倍半))"
            rf"|(?P<clock>\d+(?:小时|分)\d+(?:分钟|分|秒))"
            rf"|(?P<sign>(?<=[\p{{Han}}，（])(?:-|负))?(?P<low>{quantity})(?:{_DASH}(?P<high>{quantity}))?"
        )
        self._split = regex.compile(
            rf"(?P<number>{numeral})(?P<infix>[{_INFIX}])?(?P<more>个多)?(?P<unit>{whole_unit})?(?P<after>多)?"
        )
        self._half_unit = regex.compile(unit)
        self._magnitude = regex.compile(rf"(?:{magnitude})$")

    def find(self, text: str, start: int, end: int) -> list[Mention]:
        """The quantities of ``text[start:end]``, in text order."""
        found = []
        at = start
        while match := self._pattern.search(text, at, end):
            mention = self._read(text, match)
            if mention:
                found.append(mention)
                at = max(mention.end, match.start() + 1)
            else:
                at = match.end() if match.end() > at else at + 1
        return found

    def _read(self, text: str, match: regex.Match[str]) -> Mention | None:
        kind = match.lastgroup if match.lastgroup not in ("high", "sign") else "low"
        start, end = match.span()
        quote = match[0]
        if kind == "low":
            return self._plain(text, match)
        data: dict[str, Any] = {"value_high": None, "unit": "%", "bound": ""}
        if kind == "fold":
            data |= {"value": 2.0 ** parse(regex.sub("[翻了番]", "", quote)), "unit": "倍"}
        elif kind == "percent":
            scale = {"百": 1, "千": 0.1, "万": 0.01}[quote[0]]
            data["value"] = round(parse(quote[3:]) * scale, 9)
        elif kind == "fraction":
            low, high = quote.split("分之") if "分之" in quote else reversed(quote.split("/"))
            if not parse(low):
                return None
            data["value"] = round(parse(high) / parse(low) * 100, 2)
        elif kind == "tenths":
            digits = quote.replace("多", "").split("成")
            data["value"] = parse(digits[0]) * 10 + (parse(digits[1]) if digits[1] else 0)
            data["bound"] = "ge" if "多" in quote else ""
        elif kind == "half":
            data["value"] = 50.0
            if unit := self._half_unit.match(text, end):
                end = unit.end()
                data |= {"value": 0.5, "unit": unit[0]}
        elif kind == "and_half":
            number = regex.match(rf"\d+|[{_CN_DIGIT}]", quote)
            assert number
            data |= {"value": parse(number[0]) + 0.5, "unit": quote[number.end() :].replace("半", "")}
        elif kind == "clock":
            whole, sixtieths = (float(n) for n in regex.findall(r"\d+", quote))
            data |= {"value": whole * 60 + sixtieths, "unit": regex.split(r"\d+", quote)[-1]}
        return Mention(start, end, "quantity", text[start:end], f"quantity.{kind}", data)

    def _plain(self, text: str, match: regex.Match[str]) -> Mention | None:
        low, high = match["low"], match["high"]
        start, end = match.start(), match.end()
        first = self._part(low)
        second = self._part(high) if high else None
        if second and not _is_range(first, second, text[match.end("low") : match.start("high")]):
            second, end = None, match.end("low")
        if not second and not self._is_number(text, match.start("low"), match.end("low"), first):
            return None
        value, unit, infix = first
        value_high = None
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

    def _part(self, text: str) -> tuple[float, str, str]:
        """Value, unit with magnitude, and infix of one quantity."""
        match = self._split.fullmatch(text)
        assert match, text
        number = match["number"]
        infix = match["infix"] or match["after"] or (match["more"] or "")[-1:]
        inner = regex.search(rf"[{_INFIX}](?={_SCALE})", number)
        if inner:
            infix = inner[0]
        unit = ("个" if match["more"] else "") + (match["unit"] or "")
        plain = regex.sub(rf"[{_INFIX}]", "", number)
        magnitude = self._magnitude.search(plain)
        if magnitude and not regex.search(rf"{_SCALE}\d|[万亿].*[一二两三四五六七八九].*万", plain):
            mantissa = plain[: magnitude.start()]
            scales = magnitude[0]
            if not mantissa or not regex.search(r"\d", mantissa):
                mantissa, scales = _split_chinese(plain)
            if mantissa:
                return parse(mantissa), scales + unit, infix
            return 1.0, scales + unit, infix
        return parse(plain), unit, infix

    def _is_number(self, text: str, start: int, end: int, part: tuple[float, str, str]) -> bool:
        """Whether a run of numeral characters counts something, and is not part of a word."""
        quote = text[start:end]
        if quote[0].isdigit():
            return True
        unit = part[1]
        bare = unit.lstrip("万亿")
        if quote[0] in "百千万亿":
            before = text[start - 1 : start]
            follows = text[end : end + 2]
            strong = bare and self._unit_rule.get(bare, "") not in ("", "unit.classifier", "unit.people", "unit.duration")
            return bool(
                (before and before in _LEADS and (bare or len(quote) > 1 or follows[:1] in "级大"))
                or follows[:1] == "级"
                or follows in ("以上", "左右", "大关")
                or (strong and before not in "几数")
            )
        if quote[0] in "零〇" or set(quote) <= set("零〇"):
            return False
        return bool(unit) or (len(quote) > 2 and any(c in "百千万亿" for c in quote))


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
    """All units, longest first, each with what must not follow it."""
    words: dict[str, list[str]] = {}
    for rule in rules:
        for word in (*rule.units, *rule.words):
            words.setdefault(word, []).extend(rule.not_before.get(word, []))
    parts = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        guard = f"(?!{alternation(words[word])})" if words[word] else ""
        parts.append(regex.escape(word) + guard)
    return f"(?:{'|'.join(parts)})"
