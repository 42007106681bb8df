"""The main text of a page: the items in the smallest element that holds nearly all its sentences, without furniture.

What is furniture tells its make: it stands in elements that are named so, is mostly links, or is one of the few lines that
every site has. Nothing here knows any one site.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pipeline.ingest.layout import Grid

INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr o o:p q rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr
    """.split()  # noqa: SIM905
)
"""Elements that stand in a line."""

_FURNITURE_NAMES = frozenset(
    """
    nav navbar navi menu submenu breadcrumb breadcrumbs crumb crumbs bread location dqwz position footer foot ft sidebar
    share sharing bdshare bdsharebuttonbox bshare jiathis print printer toolbar tools tool search login register copyright
    related relate relation recommend recommended hot pager pagination prevnext prev qrcode qr ewm erweima weixin wechat
    comment comments banner ad ads advert float backtop gotop top totop fontsize header logo topbar links friendlink yqlj
    tag tags keywords modal popup tooltip skip
    """.split()  # noqa: SIM905
)
"""Words in classes and ids that name furniture, in the English and Pinyin that makers of pages use."""

_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_LINE_PATTERNS = (
    r"(?:您|你)?(?:当前|现在)?(?:所在)?的?(?:所在)?位置\s*[:：>＞].*",
    r".{0,6}(?:浏览|阅读|点击|访问)(?:次数|量|数|字号)?\s*[:：]?\s*\d*\s*次?",
    r"[\[【(（]?\s*(?:浏览)?(?:字体|字号|文字)(?:大小)?\s*[:：\[【].{0,20}",
    r"[\[【(（]?\s*(?:大|中|小|默认|超大)(?:[\s\]】)）|\[【(（]*(?:大|中|小|默认|超大)){1,3}\s*[\]】)）]?",
    r"[\[【(（]?\s*(?:我要)?(?:打印|关闭|收藏|纠错|分享|保存|转发|下载|返回|复制链接|全文下载|下载文字版)"
    r"(?:本页|页面|窗口|此页|本文|文章|顶部|首页)?\s*[\]】)）]?",
    r"分享(?:文章)?(?:到|至)?\s*[:：]?.{0,20}",
    r".{0,16}扫一扫.{0,16}|.{0,8}(?:微信|手机)扫.{0,16}|.{0,16}(?:长按|扫描).{0,6}二维码.{0,16}",
    r"(?:上一[篇条]|下一[篇条]|上篇|下篇)\s*[:：].*",
    r"(?:相关|推荐|热门|更多)(?:阅读|链接|新闻|稿件|文章|信息|推荐|附件|内容|报道|政策|文件|解读|专题|资讯)\s*[:：]?",
    r".*(?:版权所有|ICP备|公网安备|网站标识码|网站地图|建议使用.{0,20}浏览器|All [Rr]ights [Rr]eserved).*",
    r"政务微[博信]|(?:新浪|腾讯)?微博|微信|QQ空间|人人网|豆瓣|朋友圈|无障碍(?:阅读|浏览)?|长者(?:助手|模式|版)|适老化|繁體|繁体版?",
)
_FURNITURE_LINE = re.compile("|".join(_LINE_PATTERNS))
"""Whole lines that are furniture wherever they stand."""

_PAGE_LINE = re.compile(
    r"(?:(?:发布|发表|发文|更新|公开|成文|生成|印发)(?:时间|日期)|(?:信息|文章|稿件|内容)?来源|作者|(?:责任)?编辑|发布(?:机构|单位)"
    r"|浏览(?:次数|量)?|字体(?:大小)?|浏览字号)\s*[:：]|(?:日期|时间)\s*[:：]\s*(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s*\d{1,2}:\d\d"
)
"""How the line under a title begins that says when and by whom the page was put up."""

_MANY_LINKS = 3
_LINKED = 0.5
_SENTENCE = re.compile(r"[。；！？]|[，：][^。；]{6,}|[：:]$")
_SHORTEST_SENTENCE = 12
_BLOCKS = frozenset(("p", "li", "tr", "dd", "dt", "ul", "ol", "h1", "h2", "h3"))
"""Elements that are a paragraph, or part of one list, and never the whole main text."""


@dataclass(slots=True)
class Item:
    """A line or a table of a page, and the element it stands in."""

    element: Any
    text: str
    linked: int = 0
    """How many of its characters are links."""
    links: int = 0
    grid: Grid | None = None
    box: bool = False
    """Whether it is about the document, and no part of it: 索引号, 发布机构."""

    @property
    def prose(self) -> int:
        """How many characters of sentences it holds that are no links."""
        if self.box:
            return 0
        plain = len(self.text) - self.linked
        sentence = plain >= _SHORTEST_SENTENCE and self.linked <= plain and _SENTENCE.search(self.text)
        return plain if sentence or (self.grid and plain >= _SHORTEST_SENTENCE and self.linked <= plain) else 0


def main_text(root: Any, items: list[Item]) -> list[Item]:
    """The items of the main text: those in the smallest element that holds nearly all sentences, without furniture."""
    total = sum(item.prose for item in items)
    if not total:
        return [item for item in items if not _FURNITURE_LINE.fullmatch(item.text) and item.linked * 2 <= len(item.text)]
    measures = _measure(items)
    kept = [item for item in items if not _in_named_furniture(item.element, measures, total)]
    kept = kept if sum(item.prose for item in kept) else items
    measures = _measure(kept)
    container = _container(root, measures)
    inside = {id(container)}
    result = []
    for item in kept:
        if not _is_inside(item.element, container, inside):
            continue
        if item.box or _FURNITURE_LINE.fullmatch(item.text) or _is_linked(item, container, measures):
            continue
        result.append(item)
    return _without_page_line(result)


@dataclass(slots=True)
class _Measure:
    """What an element holds: characters, sentences, links."""

    characters: int = 0
    prose: int = 0
    linked: int = 0
    links: int = 0
    lines: int = 0


def _measure(items: list[Item]) -> dict[Any, _Measure]:
    measures: dict[Any, _Measure] = defaultdict(_Measure)
    for item in items:
        element, prose = item.element, item.prose
        while element is not None:
            m = measures[element]
            m.characters += len(item.text)
            m.prose += prose
            m.linked += item.linked
            m.links += item.links
            m.lines += 1
            element = element.getparent()
    return measures


_MOST_FURNITURE = 0.3
"""An element that holds more than this share of a page's sentences is text, whatever it is named."""


def _in_named_furniture(element: Any, measures: dict[Any, _Measure], total: int) -> bool:
    while element is not None and element.tag not in ("body", "html"):
        if measures[element].prose > _MOST_FURNITURE * total:
            return False
        if _is_named_furniture(element):
            return True
        element = element.getparent()
    return False


def _is_named_furniture(element: Any) -> bool:
    names = f"{element.get('id') or ''} {element.get('class') or ''} {element.get('role') or ''}"
    return any(word.lower() in _FURNITURE_NAMES for word in _WORD.findall(names))


_NEARLY_ALL, _STRAY = 0.9, 60
"""A part goes on to be the main text when it holds this share of the sentences, or all but so many characters of them."""


def _container(root: Any, measures: dict[Any, _Measure]) -> Any:
    body = root.find("body")
    current = body if body is not None else root
    while True:
        children = [child for child in current if child in measures and measures[child].prose]
        best = max(children, key=lambda child: measures[child].prose, default=None)
        if best is None or best.tag in _BLOCKS or best.tag in INLINE:
            return current
        held, whole = measures[best].prose, measures[current].prose
        if measures[best].lines < 2 and measures[current].lines > 1:
            return current
        if held < _NEARLY_ALL * whole and not (whole - held <= _STRAY and held > whole / 2):
            return current
        current = best


def _is_inside(element: Any, container: Any, known: set[int]) -> bool:
    while element is not None:
        if element is container:
            return True
        element = element.getparent()
    return False


def _is_linked(item: Item, container: Any, measures: dict[Any, _Measure]) -> bool:
    """Whether an item stands in a list of links; attachments of the document are none."""
    if item.text.startswith(("附件", "附：", "附表")):
        return False
    element = item.element
    while element is not None and element is not container:
        m = measures[element]
        if m.links >= _MANY_LINKS and m.linked > _LINKED * m.characters and m.prose < m.characters / 4:
            return True
        element = element.getparent()
    return False


_PAGE_LINE_PLACE = 4


def _without_page_line(items: list[Item]) -> list[Item]:
    """Without the line under the title that names date, source and author of the page."""
    return [
        item
        for i, item in enumerate(items)
        if not (i < _PAGE_LINE_PLACE and len(item.text) < 120 and not item.grid and _PAGE_LINE.match(item.text))
    ]
