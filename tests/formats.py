"""One document in every format: what the tests of formats read, and what the documents of ``corpus/`` that are no text
are made of (``python tests/formats.py`` writes those anew).
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

FONT = "STSong-Light"

Grid = list[list[str]]
"""Rows of cells; ``^`` goes on the cell above, ``<`` the cell on the left."""


@dataclass(frozen=True)
class Document:
    """A title, and paragraphs and tables below it."""

    title: str
    body: list[str | Grid] = field(default_factory=list)
    issuer: str = ""
    date: str = ""
    number: str = ""
    index_number: str = ""


BRIEF = Document(
    "江州市创新发展行动方案", ["到2025年，全市高新技术企业达到300家。", "研发投入强度提高到2.5%以上。"], date="2023-05-08"
)
"""A document of two statements."""


def as_text(document: Document) -> str:
    """Lines, and tables as tabs part them."""
    lines = [document.title]
    for item in document.body:
        lines += [item] if isinstance(item, str) else ["\t".join(_shown(cell) for cell in row) for row in item]
    return "\n".join(lines) + "\n"


def as_markdown(document: Document) -> str:
    """Headings, paragraphs and tables of Markdown."""
    blocks = [f"# {document.title}"]
    for item in document.body:
        if isinstance(item, str):
            blocks.append(item)
        else:
            rows = [f"| {' | '.join(_shown(cell) for cell in row)} |" for row in item]
            blocks.append("\n".join([rows[0], "|" + "---|" * len(item[0]), *rows[1:]]))
    return "\n\n".join(blocks) + "\n"


def _shown(cell: str) -> str:
    return "" if cell in ("^", "<") else cell


def _spans(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """How many rows and columns a cell takes."""
    rows = 1
    while row + rows < len(grid) and grid[row + rows][column] == "^":
        rows += 1
    columns = 1
    while column + columns < len(grid[row]) and grid[row][column + columns] == "<":
        columns += 1
    return rows, columns


def as_html(document: Document) -> str:
    """A page as a government site gives it: menus, path, box of information, tools, related links, imprint."""
    body = "".join(
        f"<p style='text-indent:2em'><span>{html.escape(item)}</span></p>\n" if isinstance(item, str) else _html_table(item)
        for item in document.body
    )
    menu = "".join(
        f"<li><a href='/{i}/'>{name}</a></li>" for i, name in enumerate(("首页", "政务公开", "政务服务", "互动交流"))
    )
    related = "".join(f"<li><a href='/r{i}.html'>{name}</a></li>" for i, name in enumerate(_RELATED))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{html.escape(document.title)}_江州市人民政府门户网站</title>
<meta name="SiteName" content="江州市人民政府门户网站"><meta name="ArticleTitle" content="{html.escape(document.title)}">
<meta name="PubDate" content="{document.date}"><meta name="ContentSource" content="{document.issuer}">
<style>.x{{color:red}}</style><script>var visits = 12345; document.write("浏览99999次");</script></head>
<body>
<div class="top"><a href="/wza">无障碍阅读</a> <a href="/old">长者助手</a> <span>今天是2031年3月5日 气温25℃</span></div>
<div class="nav"><ul>{menu}</ul></div>
<div class="search"><form action="/s"><input name="q"><button>搜索</button></form>热词：<a href="/h">人才公寓5000套</a></div>
<div class="crumb">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 规划计划</div>
<div class="main">
<table class="xxgk"><tr><td>索引号：</td><td>{document.index_number}</td><td>发布机构：</td><td>{document.issuer}</td></tr>
<tr><td>文号：</td><td>{document.number}</td><td>发布日期：</td><td>{document.date}</td></tr></table>
<h1>{html.escape(document.title)}</h1>
<div class="info">发布日期：{document.date} 来源：{document.issuer} 浏览次数：1860 字体：【大 中 小】</div>
<div class="article" id="zoom">
{body}</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="tools">【打印本页】【关闭窗口】 扫一扫在手机打开当前页</div>
<div class="related"><h3>相关新闻</h3><ul>{related}</ul></div>
</div>
<div class="footer"><p>主办单位：江州市人民政府办公室 网站标识码：3699000001</p>
<p>江ICP备12004567号-3 江公网安备36990002000123号</p></div>
</body></html>
"""


_RELATED = (
    "江州市今年新建公园30个，群众出门见绿",
    "前三季度全市进出口增长12.5%，高于全省4个百分点",
    "关于开展2024年度人才公寓申请的公告",
    "市政府召开常务会议，研究部署20项重点工作",
)


def _html_table(grid: Grid) -> str:
    rows = ""
    for i, row in enumerate(grid):
        cells = ""
        for k, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            rowspan, colspan = _spans(grid, i, k)
            cells += f"<td rowspan='{rowspan}' colspan='{colspan}'><p>{html.escape(cell)}</p></td>"
        rows += f"<tr>{cells}</tr>\n"
    return f"<table border='1'><tbody>{rows}</tbody></table>\n"


def as_docx(document: Document) -> bytes:
    """A Word document with merged cells."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.comments = ""
    heading = made.add_paragraph(document.title)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for item in document.body:
        if isinstance(item, str):
            made.add_paragraph(item)
            continue
        table = made.add_table(len(item), len(item[0]))
        table.style = "Table Grid"
        for i, row in enumerate(item):
            for k, cell in enumerate(row):
                if cell not in ("^", "<"):
                    rows, columns = _spans(item, i, k)
                    target = table.cell(i, k)
                    if rows * columns > 1:
                        target = target.merge(table.cell(i + rows - 1, k + columns - 1))
                    target.text = cell
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def as_pdf(document: Document) -> bytes:
    """A PDF on A4 with running heads and page numbers, its paragraphs indented, its tables ruled."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")
    title = ParagraphStyle("title", plain, fontSize=20, leading=30, firstLineIndent=0, alignment=TA_CENTER)
    small = ParagraphStyle("small", plain, fontSize=10, leading=13, firstLineIndent=0)
    story: list[Any] = [Paragraph(escape(document.title), title)]
    for item in document.body:
        if isinstance(item, str):
            story.append(Paragraph(escape(item), plain))
            continue
        cells = [[Paragraph(escape(_shown(cell)), small) for cell in row] for row in item]
        style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        for i, row in enumerate(item):
            for k, cell in enumerate(row):
                rows, columns = _spans(item, i, k)
                if cell not in ("^", "<") and rows * columns > 1:
                    style.append(("SPAN", (k, i), (k + columns - 1, i + rows - 1)))
        story.append(Table(cells, colWidths=_widths(item), repeatRows=1, style=style))
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=80,
        rightMargin=80,
        topMargin=90,
        bottomMargin=80,
        invariant=1,
        pageCompression=0,
        title=document.title,
    )
    template.build(story, onFirstPage=_running, onLaterPages=_running)
    return buffer.getvalue()


def _widths(grid: Grid) -> list[float]:
    """Widths of columns by their longest cells, in all as wide as the text."""
    longest = [max(4, min(16, max(len(row[k]) for row in grid))) for k in range(len(grid[0]))]
    return [435 * length / sum(longest) for length in longest]


def _running(canvas: Any, template: Any) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 50, "江州市人民政府公报 2021年第3号")
    canvas.drawCentredString(A4[0] / 2, 40, f"— {canvas.getPageNumber()} —")


FORMATS: dict[str, Callable[[Document], bytes]] = {
    ".txt": lambda document: as_text(document).encode(),
    ".md": lambda document: as_markdown(document).encode(),
    ".html": lambda document: as_html(document).encode(),
    ".docx": as_docx,
    ".pdf": as_pdf,
}
"""A document in each format that needs no other program to make."""


def write(document: Document, path: Path) -> Path:
    """Writes a document in the format of the file's extension."""
    path.write_bytes(FORMATS[path.suffix](document))
    return path
