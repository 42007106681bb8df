"""Title, issuer, document number, date and genre of a document, from its text, where the index does not say.

What a document says of itself stands before its first paragraph (the *head*), in its signature, or in the line of
the page that names author and time. The word lists stand together at the top.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from pipeline.recognise.numerals import parse
from pipeline.values import Metadata

GENRES = {
    "work-report": ("工作报告",),
    "briefing": ("发布会", "吹风会", "通气会", "记者会", "例行会", "实录"),
    "interview": ("专访", "访谈", "答记者问", "对话"),
    "opinion": ("意见",),
    "plan": ("规划", "方案", "计划", "纲要", "要点"),
    "rules": ("办法", "细则", "规定", "条例", "规则", "措施", "政策", "标准", "指南"),
    "notice": ("通知", "公告", "通告", "通报", "决定", "批复"),
    "news": ("快报", "简讯", "要闻", "新闻联播", "消息"),
}
"""The genre of a document by the last of these words in its title."""

OPENINGS = (
    ("interview", r"专访|访谈|答记者问"),
    ("work-report", r"各位代表[：:！!]"),
    ("news", r"(?:本报|本网|本台|社)\S{0,8}讯|新闻联播|记者.{0,12}(?:获悉|了解到)|(?:电|讯)（记者"),
)
"""The genre by how the text begins, where the title does not tell it."""

BODY_ENDS = (
    "人民政府|政府|国务院|办公厅|办公室|委员会|管委会|党委|省委|市委|县委|区委|委|厅|总局|局|部|署|院|领导小组|小组|指挥部|中心|"
    "协会|联合会|集团|公司|银行|海关"
)
FURNITURE = (
    r".*(?:当前位置|您的位置|您现在的位置|法宝引证码|原文链接).*",
    r"\S{1,20}\s*[>＞»]+.*",
    r".*\.(?:jpe?g|png|gif|bmp|webp|mp4)",
    r"[^:：]{0,6}(?:作者|来源|时间|日期|字号|字体|浏览|阅读|点击|打印|分享|编辑|审核|索\s*引\s*号|文\s*号|机构|分类|主题词|有效性)[^:：]{0,4}[:：].*",
    r"(?:分享到|扫一扫|打印本页|关闭窗口|返回顶部).*",
    r".*(?:省|市|县|区|部|委|厅|局|院|政府)文件",
    r"\P{Han}*",
)
"""Lines of a head that are no title: page furniture, letterheads, dates and picture names."""

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
_GENRE_WORD = regex.compile("|".join(word for words in GENRES.values() for word in words))
_GENRE_END = regex.compile(rf"(?:{_GENRE_WORD.pattern})[》”\"]*(?:[（(][^（）()]*[）)][》”\"]*)?$")
_BODY = regex.compile(rf"[\p{{Han}}“”\"（）]{{1,40}}?(?:{BODY_ENDS})")
_REPORT_OF = regex.compile(r"(?:(?:19|20)\d\d年)?(?P<place>\p{Han}{2,12}?)(?:人民)?政府工作报告")

_DIGITS = str.maketrans("０１２３４５６７８９○", "0123456789〇")
_HEAD_LINES, _TITLE_LENGTH, _SHORTEST_TITLE, _TITLE_LINES, _OPENING = 20, 120, 4, 3, 600


def read_metadata(text: str, given: Metadata) -> Metadata:
    """What is known of a document: what the index gives, and for the rest what the text says.

    >>> found = read_metadata("江州市人民政府关于发展养老服务的意见\\n江政发〔2023〕7号\\n2023年5月6日\\n", Metadata())
    >>> found.issuer, found.number, str(found.date), found.kind
    ('江州市人民政府', '江政发〔2023〕7号', '2023-05-06', 'opinion')
    """
    lines = [line for raw in text.splitlines() if (line := raw.strip())]
    head = list(_head(lines))
    title = given.title or (_title(head) if len(lines) > 1 else "")
    return Metadata(
        title=title,
        issuer=given.issuer or _issuer(title) or _signature(lines),
        number=given.number or _number(lines[:_HEAD_LINES]),
        date=given.date or _date(lines, head, text),
        url=given.url,
        kind=_kind(title, text),
        index_number=given.index_number,
    )


def _head(lines: list[str]) -> Iterator[str]:
    """The lines before the first paragraph, salutation or numbered heading, without Markdown marks."""
    for line in lines[:_HEAD_LINES]:
        plain = line.lstrip("#").strip(" *\u3000\u200b\u200c\u200d\ufeff")
        if "。" in plain or len(plain) > _TITLE_LENGTH or _SALUTATION.match(plain) or _NUMBERING.match(plain):
            return
        yield plain


def _title(head: list[str]) -> str:
    """The first line that ends as a title does, alone or with the lines it runs on to; else the first that could be one."""
    lines = [line for line in head if _is_titular(line)]
    for i, line in enumerate(lines):
        for size in range(1, _TITLE_LINES + 1):
            joined = "".join(lines[i : i + size])
            if _GENRE_END.search(joined) and (size == 1 or _runs_on(line, joined)):
                return joined
    return next((line for line in lines if len(line) >= _SHORTEST_TITLE and line[-1] not in "，、；,;."), "")


def _is_titular(line: str) -> bool:
    return not (
        any(regex.fullmatch(pattern, line) for pattern in FURNITURE)
        or _ALONE.fullmatch(line)
        or _PUBLISHED.search(line)
        or _DOCUMENT_NUMBER.fullmatch(line)
    )


def _runs_on(line: str, joined: str) -> bool:
    """Whether the title ``joined`` was cut after ``line``: inside a name, around 关于, or inside its last word."""
    if "关于" in line or line.count("《") > line.count("》") or line.endswith(("工作报", "工作")):
        return True
    return joined.startswith("关于", len(line)) and bool(_bodies(line))


def _issuer(title: str) -> str:
    if report := _REPORT_OF.match(title):
        return "国务院" if report["place"] == "国务院" else f"{report['place']}人民政府"
    return _bodies(title.lstrip("《").partition("关于")[0]) if "关于" in title else ""


def _bodies(text: str) -> str:
    """The bodies that ``text`` is a list of, joined with ``;``; empty where it holds anything else."""
    parts = regex.split(r"[\s、]+", text.strip())
    return ";".join(parts) if all(_BODY.fullmatch(part) for part in parts) else ""


def _signature(lines: list[str]) -> str:
    """The bodies that sign right above a date that stands alone."""
    for i, line in enumerate(lines):
        if i and _ALONE.fullmatch(line) and (signed := _bodies(lines[i - 1])):
            above = _bodies(lines[i - 2]) if i > 1 else ""
            return f"{above};{signed}" if above else signed
    return ""


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


def _kind(title: str, text: str) -> str:
    """The genre; of 关于印发…的通知 it is the genre of what is issued."""
    title = regex.sub(r"(印发.+)的通知", r"\1", title)
    if words := _GENRE_WORD.findall(title):
        return next(kind for kind, names in GENRES.items() if words[-1] in names)
    return next((kind for kind, pattern in OPENINGS if regex.search(pattern, text[:_OPENING])), "")
