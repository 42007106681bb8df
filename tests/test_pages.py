"""Pages, Word and PDF in the shapes they come in: what is text, what is furniture, and what a page says of its document."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from formats import FONT
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.docx import read_docx
from pipeline.ingest.html import read_html
from pipeline.ingest.pdf import read_pdf

SENTENCES = (
    "到2025年，全市高新技术企业达到300家以上，研发投入强度提高到2.5%。",
    "对新认定的企业，给予一次性奖励20万元；对连续三年盈利的，再奖励10万元。",
    "各县区要加强组织领导，压实工作责任，确保各项任务落到实处。",
)
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
TEXT = "".join(f"{sentence}\n" for sentence in SENTENCES)


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


# The main text


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a href='/'>首页</a><a href='/a'>政务公开</a></nav>",
        "<div class='crumb'>当前位置：<a href='/'>首页</a> &gt; 政策文件</div>",
        "<div id='footer'><p>主办单位：江州市人民政府办公室，地址：江州市中山路1号。</p></div>",
        "<div class='share'>分享到：微信 微博</div>",
        "<ul class='list'>" + "".join(f"<li><a href='/{i}'>市政府召开第{i}次常务会议</a></li>" for i in range(6)) + "</ul>",
        "<p>【字体：大 中 小】</p><p>浏览次数：1286</p><p>【打印本页】</p><p>【关闭窗口】</p>",
        "<p>上一篇：没有了</p><p>下一篇：<a href='/n'>关于开展检查的通知</a></p>",
        "<p>扫一扫在手机打开当前页</p>",
        "<p>江ICP备12004567号-3 江公网安备36990002000123号</p>",
        "<div style='display: none'>隐藏的文字，新增企业999家。</div>",
        "<select><option>选择县区，共12个。</option></select>",
    ],
    ids=["menu", "path", "footer", "share", "links", "tools", "neighbours", "code", "imprint", "hidden", "form"],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_furniture_is_left_out_wherever_it_stands(furniture: str, place: str) -> None:
    article = f"<div class='article'>{BODY}</div>"
    body = furniture + article if place == "before" else article + furniture
    assert read_html(page(f"<div class='main'>{body}</div>")).text == TEXT


@pytest.mark.parametrize(
    "shape",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<form id='aspnetForm'><div><div>{}</div></div></form>",
        "<div><div>{}</div><div><p>江州市人民政府</p><p>2023年5月8日</p></div></div>",
        "<center><font face='宋体'>{}</font></center>",
        "<ucapcontent>{}</ucapcontent>",
    ],
    ids=["layout table", "form", "signature apart", "font", "unknown element"],
)
def test_the_text_is_found_in_whatever_holds_it(shape: str) -> None:
    assert read_html(page("<div class='nav'><a href='/'>首页</a></div>" + shape.format(BODY))).text.startswith(TEXT)


def test_breaks_are_lines_and_spans_are_not() -> None:
    raw = page(
        "<div><p><span>到2025年，企业</span><b>达到</b>300家。<br>研发投入强度&nbsp;提高到2.5%，高于全省平均。</p></div>"
    )
    assert read_html(raw).text == "到2025年，企业达到300家。\n研发投入强度 提高到2.5%，高于全省平均。\n"


def test_attachments_of_a_document_stay() -> None:
    links = "".join(f"<p><a href='/{i}.docx'>附件{i}：任务分解表.docx</a></p>" for i in range(1, 5))
    assert "附件4：任务分解表.docx" in read_html(page(f"<div>{BODY}{links}</div>")).text


def test_a_page_whose_text_is_hidden_is_read_all_the_same() -> None:
    assert read_html(page(f"<div style='display:none'>{BODY}</div>")).text == TEXT


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030", "big5", "utf-8", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    text = "到2025年，全市公共充電樁達到300個以上。" if encoding == "big5" else "到2025年，全市公共充电桩达到300个以上。"
    raw = f"<html><head><meta charset='{encoding}'></head><body><p>{text}</p></body></html>"
    assert read_html(raw.encode(encoding)).text == f"{text}\n"


def test_a_broken_byte_does_not_cost_the_page() -> None:
    raw = f"<html><head><meta charset='gb2312'></head><body>{BODY * 20}</body></html>".encode("gb18030")
    assert "2.5%" in read_html(raw[:-30] + b"\xff" + raw[-30:]).text


# What a page says of its document


def test_the_facts_of_a_page_are_those_of_its_meta_elements_and_its_box() -> None:
    head = "<title>关于印发方案的通知_江州市人民政府</title><meta name='ArticleTitle' content='关于印发方案的通知'>"
    head += "<meta name='PubDate' content='2023-06-02 09:10'><meta name='ContentSource' content='本网'>"
    box = "<table><tr><td>索 引 号：</td><td>36990/2023-0012</td><td>发文机关：</td><td>江州市人民政府</td></tr>"
    box += "<tr><td>成文日期：</td><td>2023年05月30日</td><td>发文字号：</td><td>江政发〔2023〕7号</td></tr></table>"
    metadata = read_html(page(box + f"<div>{BODY}</div>", head)).metadata
    assert (metadata.title, metadata.issuer, metadata.number) == (
        "关于印发方案的通知",
        "江州市人民政府",
        "江政发〔2023〕7号",
    )
    assert (metadata.date, metadata.index_number) == (date(2023, 5, 30), "36990/2023-0012")


def test_a_box_of_lines_and_the_line_under_the_title_are_understood() -> None:
    box = (
        "<ul><li>索引号：36990/2023-0012</li><li>发布机构：江州市发展和改革委员会</li><li>文号：江发改〔2023〕7号</li></ul>"
    )
    line = "<h1>江州市创新发展行动方案</h1><p>发布时间：2023-05-08 16:37 来源：江州日报</p>"
    read = read_html(
        page(f"<div>{box}{line}<div>{BODY}</div></div>", "<title>江州市创新发展行动方案 - 江州市人民政府</title>")
    )
    assert read.text == "江州市创新发展行动方案\n" + TEXT
    assert (read.metadata.issuer, read.metadata.number) == ("江州市发展和改革委员会", "江发改〔2023〕7号")
    assert read.metadata.date == date(2023, 5, 8)


def test_a_logo_is_no_title() -> None:
    body = f"<h1>江州市人民政府门户网站</h1><h2>江州市创新发展行动方案</h2><div>{BODY}</div>"
    assert (
        read_html(page(body, "<title>江州市创新发展行动方案_江州市人民政府</title>")).metadata.title
        == "江州市创新发展行动方案"
    )


# Word


def word(build: Callable[[Any], None]) -> str:
    made = docx.Document()
    build(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return read_docx(buffer.getvalue()).text


def test_numbers_that_word_counts_itself_are_text() -> None:
    def build(made: Any) -> None:
        for text in ("培育企业300家。", "建设平台20个。"):
            made.add_paragraph(text, style="List Number")
        made.add_paragraph("新增就业5万人。", style="List Bullet")

    assert word(build) == "1.培育企业300家。\n2.建设平台20个。\n新增就业5万人。\n"


def test_deleted_text_is_left_out_and_inserted_text_is_read() -> None:
    def build(made: Any) -> None:
        paragraph = made.add_paragraph("企业达到")
        for tag, inner, text in (("del", "delText", "200家"), ("ins", "t", "300家")):
            change = docx.oxml.OxmlElement(f"w:{tag}")
            run = docx.oxml.OxmlElement("w:r")
            content = docx.oxml.OxmlElement(f"w:{inner}")
            content.text = text
            run.append(content)
            change.append(run)
            paragraph._p.append(change)

    assert word(build) == "企业达到300家\n"


def test_text_in_content_controls_is_read() -> None:
    def build(made: Any) -> None:
        paragraph = made.add_paragraph("到2025年，企业达到300家。")
        control = docx.oxml.OxmlElement("w:sdt")
        content = docx.oxml.OxmlElement("w:sdtContent")
        paragraph._p.addprevious(control)
        control.append(content)
        content.append(paragraph._p)

    assert word(build) == "到2025年，企业达到300家。\n"


def test_a_line_break_parts_lines_and_a_tab_is_a_blank() -> None:
    assert word(lambda made: made.add_paragraph("第一条\t总则\n第二条")) == "第一条 总则\n第二条\n"


# PDF


def pdf(draw: Callable[[Canvas], None]) -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    draw(canvas)
    canvas.save()
    return read_pdf(buffer.getvalue(), None).text


def lines(canvas: Canvas, x: float, y: float, texts: list[str], size: float = 12) -> None:
    canvas.setFont(FONT, size)
    for i, text in enumerate(texts):
        canvas.drawString(x, y - 20 * i, text)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{'一二三四五六七八九十'[i]}行是一行写满了这一栏的文字" for i in range(10)]
    right = [f"右栏第{'一二三四五六七八九十'[i]}行是一行写满了这一栏的文字" for i in range(10)]

    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 760, left)
        lines(canvas, 320, 760, right)

    text = pdf(draw).replace("\n", "")
    assert text == "".join(left) + "".join(right)


def test_running_heads_and_page_numbers_are_left_out_and_a_paragraph_goes_on_over_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        for number, things in enumerate(("高新技术企业", "专精特新企业", "规模以上企业"), start=1):
            lines(canvas, 200, 810, ["江州市人民政府公报"], 9)
            lines(canvas, 290, 30, [f"— {number} —"], 9)
            lines(canvas, 84, 760, [f"到二〇二五年，全市{things}达到三百家以上，研发投入强度提"])
            lines(canvas, 60, 740, ["高到百分之二点五以上，数字经济增加值年均增长百分之十左右，建成一"])
            lines(canvas, 60, 720, [f"批创新平台。第{number}页到这里。"])
            canvas.showPage()

    found = pdf(draw).splitlines()
    assert len(found) == 3
    assert all(line.startswith("到二〇二五年") and line.endswith("页到这里。") for line in found)


def test_a_table_without_rules_is_a_table() -> None:
    rows = [["指标", "2020年", "2025年"], ["高新技术企业", "245", "300"], ["创新平台", "12", "20"], ["孵化器", "5", "9"]]

    def draw(canvas: Canvas) -> None:
        for i, row in enumerate(rows):
            for k, cell in enumerate(row):
                lines(canvas, 60 + 160 * k, 700 - 22 * i, [cell])

    assert pdf(draw) == "".join("\t".join(row) + "\n" for row in rows)


def test_a_table_goes_on_over_the_page_and_its_repeated_head_is_left_out(root: Path) -> None:
    read = read_pdf((root / "corpus" / "forest-city-plan-2023.pdf").read_bytes(), None)
    assert len(read.tables) == 1
    assert read.text.count("指标名称") == 1
