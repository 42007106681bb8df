"""What a page says of its document beside the text: ``meta`` elements, and labels with values (索引号：…, 发布机构：…).

The names of the ``meta`` elements are those of the guide to government sites (国办发〔2017〕47号), which all
of them carry, and those of Dublin Core and Open Graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from pipeline.ingest.layout import Grid, tidy
from pipeline.values import Metadata

_META = {
    "title": ("articletitle", "dc.title", "og:title"),
    "issuer": ("contentsource", "source", "dc.creator", "author"),
    "date": ("pubdate", "publishdate", "article:published_time", "dc.date", "publishtime"),
    "url": ("url", "og:url"),
}
_LABELS = {
    "index_number": ("索引号", "索取号", "索引编号"),
    "issuer": (
        "发布机构",
        "发文机关",
        "发文机构",
        "制发机关",
        "制发单位",
        "发布单位",
        "发文单位",
        "公开机构",
        "发布机关",
        "印发机关",
    ),
    "number": ("文号", "发文字号", "文件编号", "发文文号", "文件号"),
    "written": ("成文日期", "成文时间", "发文日期", "发文时间", "印发日期", "生成日期", "签发日期", "制发日期"),
    "date": ("发布日期", "发布时间", "公开日期", "发表时间", "发表日期", "公开时间"),
    "title": ("名称", "标题", "信息名称", "文件名称"),
    "source": ("来源", "信息来源", "文章来源", "稿件来源"),
}
_ALSO_IN_BOXES = (
    "主题分类",
    "信息分类",
    "公开方式",
    "公开范围",
    "主题词",
    "体裁分类",
    "有效性",
    "组配分类",
    "公开形式",
    "关键词",
    "统一编号",
    "废止日期",
    "生效日期",
)
_FIELD_OF = {label: name for name, labels in _LABELS.items() for label in labels}
_BLANKS = re.compile(r"\s+")
_SPACED = "|".join(r"\s*".join(label) for label in sorted(_FIELD_OF, key=len, reverse=True))
_PAIR = re.compile(
    rf"(?P<label>{_SPACED})\s*[:：]\s*"
    r"(?P<value>[^:：]*?)(?=\s+\S{2,6}\s*[:：]|[|｜]|$)"
)
_IN_TEXT_TOO = ("名称", "标题", "来源")
_BOX_LABELS = (r"\s*".join(label) for label in (*_FIELD_OF, *_ALSO_IN_BOXES) if label not in _IN_TEXT_TOO)
_BOX_LINE = re.compile(rf"[\[【]?(?:{'|'.join(sorted(_BOX_LABELS, key=len, reverse=True))})[\]】]?\s*[:：]")
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_NUMBER = re.compile(r".*[〔\[【（(]\s*(?:19|20)\d\d\s*[〕\]】）)].*号.*|.*\d+号")
_NO_BODY = re.compile(r"本[网站]|原创|网络|互联网|-*|.*(?:网|日报|晚报|新闻|客户端|公众号|微信|报社|电视台|中心报)")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a document, each empty where nothing says it."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    index_number: str = ""
    written: str = ""
    """The day it was signed, as written; it says more than the day it was put on the site."""
    date: str = ""
    source: str = ""
    url: str = ""

    def over(self, other: Facts) -> Facts:
        """These facts, and those of ``other`` where these say nothing."""
        return replace(other, **{f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)})

    def metadata(self, title: str) -> Metadata:
        """As metadata of a document; ``title`` is what else is known of its title."""
        issuer = self.issuer or self.source
        return Metadata(
            title=self.title or title,
            issuer="" if _NO_BODY.fullmatch(issuer) else ";".join(re.split(r"[\s、,，;；]+", issuer)),
            number=_BLANKS.sub("", self.number) if _NUMBER.fullmatch(self.number) else "",
            date=as_day(self.written) or as_day(self.date),
            url=self.url if re.match(r"https?://", self.url) else "",
            index_number=self.index_number,
        )


def as_day(text: str) -> date | None:
    """The first day that is written in ``text``; ``None`` where there is none.

    >>> as_day("发布于 2024-10-15 10:44"), as_day("2024年13月1日")
    (datetime.date(2024, 10, 15), None)
    """
    match = _DAY.search(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def facts_of_meta(root: Any) -> Facts:
    """What the ``meta`` elements of a page say."""
    content: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        value = tidy(meta.get("content") or "")
        if name and value and len(value) <= 4 * _LONGEST:
            content.setdefault(name, value)
    found = {name: next((content[key] for key in keys if key in content), "") for name, keys in _META.items()}
    if _NO_BODY.fullmatch(found["issuer"]):
        found["issuer"] = ""
    source = found.pop("issuer")
    return Facts(source=source, **found)


def is_box(grid: Grid) -> bool:
    """Whether a table is a box of information about the document rather than a part of it: half its labels are such."""
    labels = [_BLANKS.sub("", cell.text).strip(":：") for row in grid for cell in row[::2]]
    known = sum(label in _FIELD_OF or label in _ALSO_IN_BOXES for label in labels)
    return known >= 2 and known * 2 >= len([label for label in labels if label])


def is_box_line(text: str) -> bool:
    """Whether a line is one of such a box: 索引号：369900001/2021-00123."""
    return bool(_BOX_LINE.match(text)) and len(text) <= _LONGEST


def box_of(grid: Grid) -> Iterator[tuple[str, str]]:
    """The labels of a box of information, each with the cell that stands right of it."""
    for row in grid:
        cells = [cell.text for cell in row]
        yield from zip(cells, [*cells[1:], ""], strict=True)


def facts_of_pairs(boxes: Iterable[tuple[str, str]], lines: list[str]) -> Facts:
    """What labels with values say, in boxes of information and in lines; the first of each kind counts."""
    found: dict[str, str] = {}

    def take(label: str, value: str) -> None:
        name = _FIELD_OF.get(_BLANKS.sub("", label).strip(":："))
        value = tidy(value)
        if name and value and len(value) <= _LONGEST and _BLANKS.sub("", value).strip(":：") not in _FIELD_OF:
            found.setdefault(name, value)

    for label, value in boxes:
        if len(label) <= 12:
            take(label, value)
        for match in _PAIR.finditer(label[: 2 * _LONGEST]):
            take(match["label"], match["value"])
    for i, line in enumerate(lines):
        for match in _PAIR.finditer(line[: 2 * _LONGEST]):
            take(match["label"], match["value"])
        if len(line) <= 12 and line.endswith((":", "：")) and i + 1 < len(lines):
            take(line, lines[i + 1])
    return Facts(**found)
