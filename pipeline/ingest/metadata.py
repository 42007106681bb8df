"""Title, issuer, document number, date, genre and region of a document, from its text, where the index does not say.

What a document says of itself stands before its first paragraph (the *head*), in its signature, or in the line of
the page that names author and time. The word lists are in ``rules/documents.yaml`` and ``rules/regions.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import regex

from pipeline.recognise.numerals import parse
from pipeline.recognise.regions import Regions
from pipeline.rules import DocumentRule, Rules, alternation
from pipeline.simplified import simplified
from pipeline.values import Metadata

_YEAR, _NUMBER = r"(?:19|20)\d\d|[一二][九〇零○]\S{2}", r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DAY = rf"(?P<year>{_YEAR})\s*[年./-]\s*(?P<month>{_NUMBER})\s*[月./-]\s*(?P<day>{_NUMBER})\s*日?"
_MONTH = rf"(?P<year>{_YEAR})\s*年\s*(?P<month>{_NUMBER})\s*月"
_ANY_DAY = regex.compile(_DAY)
_PUBLISHED = regex.compile(
    rf"(?:(?:发布|发表|发文|印发|成文|公开|刊发)(?:时间|日期)|(?<!\p{{Han}})(?:时间|日期))\s*[:：]\s*{_DAY}"
    rf"|^{_DAY}(?:\s+\d{{1,2}}:\d\d(?::\d\d)?)?\s+\S[^。，]*$"
)
_ALONE = regex.compile(rf"[（(]?\s*(?:{_DAY}|{_MONTH})\s*[）)]?")
_PRINTED = regex.compile(rf"{_DAY}\s*印发$")

_NUMBERING = regex.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[零一二三四五六七八九十百\d]+[章节条编]|[①-⑳]"
)
_SALUTATION = regex.compile(r".*[：:]$|(?:各位|同志们|女士们|朋友们|先生们)")
_DOCUMENT_NUMBER = regex.compile(
    r"[（(]?(?:(?:发文字号|文件编号|文\s*号)\s*[:：]\s*)?(?P<number>\p{Han}{1,14}[〔\[（【［(]\s*(?:19|20)\d\d\s*[〕\]）】］)]\s*第?\s*\d+\s*号)[）)]?"
)
_ISSUES = regex.compile(
    r"(?:\S{1,8}[丨|｜])?(?:\p{Han}{1,12}[〔\[]\d{4}[〕\]]\d+号)?《?(?P<who>[^《》]{2,60}?)(?:关于|印发|转发|发布)"
)
_ISSUER = regex.compile(r"(?:发文|发布|制定|印发)(?:机关|机构|单位|部门)\s*[:：]\s*(?P<who>.+)")
_REPORT_OF = regex.compile(r"(?:(?:19|20)\d\d年)?(?P<place>\p{Han}{2,12}?)(?:人民)?政府工作报告")

_DIGITS = str.maketrans("０１２３４５６７８９○", "0123456789〇")
_LETTER_LINES = 60
_HEAD_LINES, _TITLE_LENGTH, _SHORTEST_TITLE, _TITLE_LINES, _OPENING = 20, 120, 4, 3, 600


class MetadataReader:
    """Reads what a document says of itself; built once a run.

    >>> from pathlib import Path
    >>> from pipeline.rules import load_rules
    >>> reader = MetadataReader(load_rules(Path("rules")))
    >>> found = reader.read("江州市人民政府关于发展养老服务的意见\\n江政发〔2023〕7号\\n2023年5月6日\\n", Metadata())
    >>> found.issuer, found.number, str(found.date), found.kind, found.region
    ('江州市人民政府', '江政发〔2023〕7号', '2023-05-06', 'opinion', '江州市')
    """

    def __init__(self, rules: Rules) -> None:
        listed: list[DocumentRule] = rules.group("documents")
        self._genres = {word: rule.genre for rule in listed if rule.role == "genre" for word in rule.words}
        self._openings = [(rule.genre, regex.compile(rule.pattern)) for rule in listed if rule.role == "opening"]
        self._furniture = [regex.compile(rule.pattern) for rule in listed if rule.role == "furniture"]
        word = alternation(list(self._genres))
        self._genre_word = regex.compile(word)
        self._genre_end = regex.compile(rf"(?:{word})[》”\"]*(?:[（(][^（）()]*[）)][》”\"]*)?$")
        ends = alternation(rules.words("documents", "signatory"))
        self._body = regex.compile(rf"[\p{{Han}}“”\"（）]{{1,40}}?(?:{ends})")
        self._regions = Regions(rules)

    def read(self, text: str, given: Metadata) -> Metadata:
        """What is known of a document: what the index gives, and for the rest what the text says.

        A text in traditional characters is read in simplified ones and told in its own.
        """
        simple = simplified(text)
        found = self._read(simple, given)
        if simple == text:
            return found

        def own(value: str) -> str:
            at = simple.find(value)
            return text[at : at + len(value)] if value and at >= 0 else value

        return replace(found, title=own(found.title), issuer=own(found.issuer), number=own(found.number))

    def _read(self, text: str, given: Metadata) -> Metadata:
        lines = [line for raw in text.splitlines() if (line := raw.strip())]
        head = list(_head(lines))
        title = given.title or (self._title(head) or self._title_below(lines) if len(lines) > 1 else "")
        issuer = given.issuer or self._issuer(title) or self._labelled(lines) or self._signature(lines)
        kind = self._kind(title, text)
        return Metadata(
            title=title,
            issuer=issuer,
            number=given.number or _number(lines[:_HEAD_LINES]),
            date=given.date or _date(lines, head, text),
            url=given.url,
            kind=kind,
            region=self._region(title, issuer, text, kind),
            index_number=given.index_number,
        )

    def _title(self, head: list[str]) -> str:
        """The first line that ends as a title does, alone or with those it runs on to; else the first that could be one."""
        lines = [line for line in head if self._is_titular(line)]
        for i, line in enumerate(lines):
            for size in range(1, _TITLE_LINES + 1):
                joined = "".join(lines[i : i + size])
                if self._genre_end.search(joined) and (size == 1 or self._runs_on(line, joined)):
                    return joined
        return next((line for line in lines if len(line) >= _SHORTEST_TITLE and line[-1] not in "，、；,;."), "")

    def _title_below(self, lines: list[str]) -> str:
        """The title of what a letter encloses: the line that ends as a title does, right below the date of the signature."""
        below = (line for above, line in pairwise(lines[:_LETTER_LINES]) if _ALONE.fullmatch(above))
        return next((line for line in below if "。" not in line and self._genre_end.search(line)), "")

    def _is_titular(self, line: str) -> bool:
        return not (
            any(pattern.fullmatch(line) for pattern in self._furniture)
            or _ALONE.fullmatch(line)
            or _PUBLISHED.search(line)
            or _DOCUMENT_NUMBER.fullmatch(line)
        )

    def _runs_on(self, line: str, joined: str) -> bool:
        """Whether the title ``joined`` was cut after ``line``: inside a name, around 关于, or inside its last word."""
        if "关于" in line or line.count("《") > line.count("》") or line.endswith(("工作报", "工作")):
            return True
        return joined.startswith("关于", len(line)) and bool(self._bodies(line))

    def _issuer(self, title: str) -> str:
        if report := _REPORT_OF.match(title):
            return "国务院" if report["place"] == "国务院" else f"{report['place']}人民政府"
        named = _ISSUES.match(title)
        return self._bodies(named["who"]) if named else ""

    def _bodies(self, text: str) -> str:
        """The bodies that ``text`` is a list of, joined with ``;``; empty where it holds anything else."""
        parts = regex.split(r"[\s、]+", text.strip())
        if len(parts) > 1 and not self._body.fullmatch(parts[0]):
            parts = parts[1:]
        return ";".join(parts) if all(self._body.fullmatch(part) for part in parts) else ""

    def _labelled(self, lines: list[str]) -> str:
        """The body that a line of the page's head calls the issuer: ``发文机关：江州市人民政府``."""
        found = (_ISSUER.fullmatch(line) for line in lines[:_HEAD_LINES])
        return next((bodies for match in found if match and (bodies := self._bodies(match["who"]))), "")

    def _signature(self, lines: list[str]) -> str:
        """The bodies that sign right above a date that stands alone, the first to sign first."""
        for i, line in enumerate(lines):
            if i and _ALONE.fullmatch(line) and (signed := self._bodies(lines[i - 1])):
                above = self._bodies(lines[i - 2]) if i > 1 else ""
                return f"{above};{signed}" if above else signed
        return ""

    def _kind(self, title: str, text: str) -> str:
        """The genre; of 关于印发…的通知 it is the genre of what is issued."""
        title = regex.sub(r"(印发.+)的通知", r"\1", title)
        if words := self._genre_word.findall(title):
            return self._genres[words[-1]]
        return next((genre for genre, pattern in self._openings if pattern.search(text[:_OPENING])), "")

    def _region(self, title: str, issuer: str, text: str, kind: str) -> str:
        """The region of the issuer, else the one that the title begins with, else the one that the opening speaks of.

        News speak of many places; of them only the title counts.
        """
        plain = regex.sub(
            r"^(?:【[^】]*】|[《“\s]|(?:19|20)\d\d年|[前上第]?\p{Han}{1,2}(?:季度|半年|个月)|上半年|[一二三四五六七八九十\d]+月份?)+",
            "",
            title,
        )
        candidates = (*issuer.split(";"), plain, plain.partition("关于")[2])
        if found := next((region for name in candidates if name and (region := self._regions.of_body(name))), ""):
            return found
        return self._regions.named_in(title, title if kind in ("news", "") else text[:_OPENING])


def _head(lines: list[str]) -> Iterator[str]:
    """The lines before the first paragraph, salutation or numbered heading, without Markdown marks."""
    for line in lines[:_HEAD_LINES]:
        plain = line.lstrip("#").strip(" *\u3000\u200b\u200c\u200d\ufeff")
        if "。" in plain or len(plain) > _TITLE_LENGTH or _SALUTATION.match(plain) or _NUMBERING.match(plain):
            return
        yield plain


def _number(lines: list[str]) -> str:
    found = (_DOCUMENT_NUMBER.fullmatch(line) for line in lines)
    return next((match["number"] for match in found if match), "")


def _date(lines: list[str], head: list[str], text: str) -> date | None:
    """The time of publication, the date of the signature, a date in the head, or the first in the text; in this order."""
    plain = [_plain_digits(line) for line in lines if len(line) <= _TITLE_LENGTH]
    candidates: tuple[Iterator[regex.Match[str] | None], ...] = (
        (_PUBLISHED.search(line) for line in plain),
        (_ALONE.fullmatch(line) for line in plain),
        (_PRINTED.search(line) for line in plain),
        (_ANY_DAY.search(_plain_digits(line)) for line in head),
        _ANY_DAY.finditer(_plain_digits(text[:_OPENING])),
    )
    for matches in candidates:
        for match in matches:
            if match and (found := _as_date(match)):
                return found
    return None


def _plain_digits(text: str) -> str:
    return text.translate(_DIGITS)


def _as_date(match: regex.Match[str]) -> date | None:
    """The date of a match; the first of the month where no day is said, ``None`` where there is no such day."""
    try:
        year, month, day = (int(parse(match[name] or "1")) for name in ("year", "month", "day"))
        return date(year, month, day)
    except ValueError:
        return None
