"""The same document says the same in every format, and every cell of an indicator table is a statement."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from formats import FORMATS, Document, Grid, as_text, write
from make_corpus import documents

from pipeline.ingest import Index, IngestError, find_documents, read_document
from pipeline.ingest.ocr import find_recogniser
from pipeline.ingest.office import convert, find_office
from pipeline.pipeline import Extraction, Extractor
from pipeline.rows import residue_rows, target_rows
from pipeline.values import Metadata, Source

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2021, 3, 10)
SAID = ("quote", "kind", "indicator", "value", "value_high", "unit", "comparator", "measure", "year_from", "year_to")

BRIEFING = Document(
    "江州市举行先进制造业发展情况新闻发布会",
    [
        "2021年3月10日，江州市政府新闻办公室举行新闻发布会，介绍“十三五”以来全市先进制造业发展情况和今后五年的打算。",
        "一、过去五年的成绩",
        "截至2020年底，全市规模以上工业企业达到1260家，比2015年增加318家；高新技术企业由86家增加到245家，"
        "年均增长23.3%。2020年，规模以上工业增加值增长6.4%，高于全省1.2个百分点，先进制造业增加值占规模以上工业增加值的比重"
        "为38.5%。五年来累计实施技术改造项目1500多项，完成投资620亿元。",
        "二、今后五年的目标",
        "到2025年，规模以上工业企业突破2000家，高新技术企业达到500家左右，先进制造业增加值占规模以上工业增加值的比重提高到45%以上；"
        "规模过500亿元的产业集群达到3个。单位工业增加值能耗降低15%。",
        "三、政策支持",
        "对新认定的国家级专精特新“小巨人”企业，给予一次性奖励100万元；对技术改造项目，按设备投资额的8%给予补助，最高不超过500万元。",
    ],
    issuer="江州市人民政府新闻办公室",
    date="2021-03-10 16:30",
    number="江府新发〔2021〕12号",
    index_number="369900001/2021-00123",
)

TABLE: Grid = [
    ["类别", "序号", "指标", "单位", "2020年", "2025年", "年均/累计", "属性"],
    ["经济发展", "1", "地区生产总值", "亿元", "2860.5", "4000左右", "7%以上", "预期性"],
    ["^", "2", "全员劳动生产率", "万元/人", "14.2", "19", ">6", "预期性"],
    ["^", "3", "常住人口城镇化率", "%", "58.6", "65", "[6.4]", "预期性"],
    ["创新驱动", "4", "全社会研发经费投入增长", "%", "—", "—", "10以上", "预期性"],
    ["^", "5", "每万人口高价值发明专利拥有量", "件", "3.2", "6", "—", "预期性"],
    ["^", "6", "数字经济核心产业增加值占地区生产总值比重", "%", "5.1", "≥8", "—", "预期性"],
    ["民生福祉", "7", "居民人均可支配收入增长", "%", "4.2", "与经济增长同步", "—", "预期性"],
    ["^", "8", "城镇调查失业率", "%", "5.6", "<5.5", "—", "预期性"],
    ["^", "9", "城镇新增就业", "万人", "3.6", "—", "[18]", "预期性"],
    ["^", "10", "劳动年龄人口平均受教育年限", "年", "10.8", "11.3", "—", "约束性"],
    ["^", "11", "每千人口拥有执业（助理）医师数", "人", "2.9", "3.2", "—", "预期性"],
    ["^", "12", "基本养老保险参保率", "%", "91", "95", "—", "预期性"],
    ["^", "13", "公办幼儿园在园幼儿占比", "%", "48", "55", "—", "预期性"],
    ["^", "14", "人均预期寿命", "岁", "77.9", "—", "[1]", "预期性"],
    ["绿色生态", "15", "单位地区生产总值能源消耗降低", "%", "—", "—", "[13.5]", "约束性"],
    ["^", "16", "单位地区生产总值二氧化碳排放降低", "%", "—", "—", "[18]", "约束性"],
    ["^", "17", "城市空气质量优良天数比率", "%", "87", "87.5", "—", "约束性"],
    ["^", "18", "森林覆盖率", "%", "41.2", "42", "—", "约束性"],
    ["安全保障", "19", "粮食综合生产能力", "万吨", "45.6", ">46", "—", "约束性"],
    ["^", "20", "能源综合生产能力", "万吨标准煤", "320", "350-380", "—", "约束性"],
]
PLAN = Document(
    "江州市国民经济和社会发展第十四个五年规划纲要",
    ["专栏1 “十四五”时期经济社会发展主要指标", TABLE, "注：[ ]内为五年累计数。"],
    issuer="江州市人民政府",
    date="2021-03-10",
)

GOLD = """\
quote,kind,indicator,value,value_high,unit,comparator,measure,year_from,year_to,modality
2860.5,actual,地区生产总值,2860.5,,亿元,eq,level,,2020,
4000,target,地区生产总值,4000,,亿元,approx,level,,2025,预期性
7%,target,地区生产总值,7,,%,ge,increase,2021,2025,预期性
14.2,actual,全员劳动生产率,14.2,,万元/人,eq,level,,2020,
19,target,全员劳动生产率,19,,万元/人,eq,level,,2025,预期性
6,target,全员劳动生产率,6,,%,ge,increase,2021,2025,预期性
58.6,actual,常住人口城镇化率,58.6,,%,eq,level,,2020,
65,target,常住人口城镇化率,65,,%,eq,level,,2025,预期性
6.4,target,常住人口城镇化率,6.4,,%,eq,increase,2021,2025,预期性
10,target,全社会研发经费投入,10,,%,ge,increase,2021,2025,预期性
3.2,actual,每万人口高价值发明专利拥有量,3.2,,件,eq,level,,2020,
6,target,每万人口高价值发明专利拥有量,6,,件,eq,level,,2025,预期性
5.1,actual,数字经济核心产业增加值占地区生产总值比重,5.1,,%,eq,level,,2020,
8,target,数字经济核心产业增加值占地区生产总值比重,8,,%,ge,level,,2025,预期性
4.2,actual,居民人均可支配收入,4.2,,%,eq,increase,,2020,
5.6,actual,城镇调查失业率,5.6,,%,eq,level,,2020,
5.5,target,城镇调查失业率,5.5,,%,le,level,,2025,预期性
3.6,actual,城镇新增就业,3.6,,万人,eq,level,,2020,
18,target,城镇新增就业,18,,万人,eq,level,2021,2025,预期性
10.8,actual,劳动年龄人口平均受教育年限,10.8,,年,eq,level,,2020,
11.3,target,劳动年龄人口平均受教育年限,11.3,,年,eq,level,,2025,约束性
2.9,actual,每千人口拥有执业（助理）医师数,2.9,,人,eq,level,,2020,
3.2,target,每千人口拥有执业（助理）医师数,3.2,,人,eq,level,,2025,预期性
91,actual,基本养老保险参保率,91,,%,eq,level,,2020,
95,target,基本养老保险参保率,95,,%,eq,level,,2025,预期性
48,actual,公办幼儿园在园幼儿占比,48,,%,eq,level,,2020,
55,target,公办幼儿园在园幼儿占比,55,,%,eq,level,,2025,预期性
77.9,actual,人均预期寿命,77.9,,岁,eq,level,,2020,
1,target,人均预期寿命,1,,岁,eq,increase,2021,2025,预期性
13.5,target,单位地区生产总值能源消耗,13.5,,%,eq,decrease,2021,2025,约束性
18,target,单位地区生产总值二氧化碳排放,18,,%,eq,decrease,2021,2025,约束性
87,actual,城市空气质量优良天数比率,87,,%,eq,level,,2020,
87.5,target,城市空气质量优良天数比率,87.5,,%,eq,level,,2025,约束性
41.2,actual,森林覆盖率,41.2,,%,eq,level,,2020,
42,target,森林覆盖率,42,,%,eq,level,,2025,约束性
45.6,actual,粮食综合生产能力,45.6,,万吨,eq,level,,2020,
46,target,粮食综合生产能力,46,,万吨,ge,level,,2025,约束性
320,actual,能源综合生产能力,320,,万吨标准煤,eq,level,,2020,
350-380,target,能源综合生产能力,350,380,万吨标准煤,eq,level,,2025,约束性
"""


def gold_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for row in csv.DictReader(io.StringIO(GOLD)):
        numbers = {name: float(row[name]) if row[name] else None for name in ("value", "value_high", "year_from", "year_to")}
        rows.append({**row, **numbers})
    return rows


def extracted(path: Path, extractor: Extractor) -> Extraction:
    index = Index({path.stem: Metadata(date=DAY)})
    return extractor.extract(read_document(path, index))


def said(extraction: Extraction, extractor: Extractor, columns: tuple[str, ...] = SAID) -> list[dict[str, Any]]:
    return [{name: row[name] for name in columns} for row in target_rows(extraction, extractor.lexicon, extractor.units)]


def numerals_are_accounted_for(extraction: Extraction, extractor: Extractor) -> Iterator[str]:
    text = extraction.source.text
    for row in (*target_rows(extraction, extractor.lexicon, extractor.units), *residue_rows(extraction)):
        assert text[row["start"] : row["start"] + len(row["quote"])] == row["quote"]
        yield row["quote"]


# The same document


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_briefing_says_the_same_in_every_format(suffix: str, tmp_path: Path, extractor: Extractor) -> None:
    plain = extractor.extract(_source(as_text(BRIEFING)))
    found = extracted(write(BRIEFING, tmp_path / f"briefing{suffix}"), extractor)
    assert said(found, extractor) == said(plain, extractor)
    assert len(said(found, extractor)) == 19


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_briefing_says_the_same_in_every_encoding(encoding: str, tmp_path: Path, extractor: Extractor) -> None:
    path = tmp_path / "briefing.txt"
    path.write_bytes(as_text(BRIEFING).encode(encoding))
    assert said(extracted(path, extractor), extractor) == said(extractor.extract(_source(as_text(BRIEFING))), extractor)


def _source(text: str) -> Source:
    return Source("briefing", "", text, "text", "", "", Metadata(title=BRIEFING.title, date=DAY))


# Indicator tables


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_figure_of_an_indicator_table_is_a_statement(suffix: str, tmp_path: Path, extractor: Extractor) -> None:
    found = extracted(write(PLAN, tmp_path / f"plan{suffix}"), extractor)
    assert said(found, extractor, (*SAID, "modality")) == gold_rows()
    assert len(list(numerals_are_accounted_for(found, extractor))) > 60
    assert not [row for row in residue_rows(found) if row["reason"] == "unexplained"]


HEADS: Grid = [
    ["序号", "指标名称（单位）", "基期值", "目标值", "<", "责任单位"],
    ["^", "^", "2020年", "2023年", "2025年", "^"],
    ["一、产业发展", "<", "<", "<", "<", "<"],
    ["1", "数字经济核心产业增加值（亿元）", "120.5", "160", "200以上", "市工业和信息化局、市大数据局"],
    ["2", "其中：软件业务收入（亿元）", "46", "60", "约80", "市工业和信息化局"],
    ["二、基础设施", "<", "<", "<", "<", "<"],
    ["3", "每万人5G基站数（个）", "5.6", "15", "22", "市通信管理办公室"],
    ["4", "千兆光网用户占比（%）", "3.2", "15", "不低于30", "^"],
]


@pytest.mark.parametrize("suffix", FORMATS)
def test_heads_of_two_rows_bands_and_units_in_brackets_are_understood(
    suffix: str, tmp_path: Path, extractor: Extractor
) -> None:
    document = Document("江州市“十四五”数字经济发展规划", ["主要指标如下表。", HEADS, "各项指标每年评估一次。"])
    found = extracted(write(document, tmp_path / f"plan{suffix}"), extractor)
    columns = ("indicator", "quote", "kind", "unit", "comparator", "year_to", "owner")
    bureau = "市工业和信息化局"
    wanted = [
        ("数字经济核心产业增加值", "120.5", "actual", "亿元", "eq", 2020, f"{bureau};市大数据局"),
        ("数字经济核心产业增加值", "160", "target", "亿元", "eq", 2023, f"{bureau};市大数据局"),
        ("数字经济核心产业增加值", "200", "target", "亿元", "ge", 2025, f"{bureau};市大数据局"),
        ("软件业务收入", "46", "actual", "亿元", "eq", 2020, bureau),
        ("软件业务收入", "60", "target", "亿元", "eq", 2023, bureau),
        ("软件业务收入", "80", "target", "亿元", "approx", 2025, bureau),
        ("每万人5G基站数", "5.6", "actual", "个", "eq", 2020, "市通信管理办公室"),
        ("每万人5G基站数", "15", "target", "个", "eq", 2023, "市通信管理办公室"),
        ("每万人5G基站数", "22", "target", "个", "eq", 2025, "市通信管理办公室"),
        ("千兆光网用户占比", "3.2", "actual", "%", "eq", 2020),
        ("千兆光网用户占比", "15", "target", "%", "eq", 2023),
        ("千兆光网用户占比", "30", "target", "%", "ge", 2025),
    ]
    rows = [tuple(row.values()) for row in said(found, extractor, columns)]
    assert [row[: len(want)] for row, want in zip(rows, wanted, strict=True)] == wanted


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (
            "表1 各县区高新技术企业培育目标（单位：家）\n"
            "| 县区 | 2020年 | 2025年 |\n|---|---|---|\n| 东港区 | 120 | 150 |\n| 合计 | 200 | 245 |",
            [
                ("高新技术企业", 120, "家", "actual", 2020),
                ("高新技术企业", 150, "家", "target", 2025),
                ("高新技术企业", 200, "家", "actual", 2020),
                ("高新技术企业", 245, "家", "target", 2025),
            ],
        ),
        (
            "| 年份 | 地区生产总值（亿元） | 增速（%） |\n|---|---|---|\n| 2018年 | 2100 | 7.1 |\n| 2019 | 2300 | -0.5 |",
            [
                ("地区生产总值", 2100, "亿元", "actual", 2018),
                ("地区生产总值", 7.1, "%", "actual", 2018),
                ("地区生产总值", 2300, "亿元", "actual", 2019),
                ("地区生产总值", -0.5, "%", "actual", 2019),
            ],
        ),
        (
            "指标\t2020\t2025\t年均增速（%）\n地区生产总值（亿元）\t2860\t4000\t7\n森林覆盖率（%）\t41\t42\t—",
            [
                ("地区生产总值", 2860, "亿元", "actual", 2020),
                ("地区生产总值", 4000, "亿元", "target", 2025),
                ("地区生产总值", 7, "%", "target", 2025),
                ("森林覆盖率", 41, "%", "actual", 2020),
                ("森林覆盖率", 42, "%", "target", 2025),
            ],
        ),
        (
            "| 指標 | 單位 | 2020年 | 2025年 |\n|---|---|---|---|\n"
            "| 地區生產總值 | 億元 | 2860 | 4000 |\n| 高新技術企業 | 家 | 245 | 500 |",
            [
                ("地区生产总值", 2860, "亿元", "actual", 2020),
                ("地区生产总值", 4000, "亿元", "target", 2025),
                ("高新技术企业", 245, "家", "actual", 2020),
                ("高新技术企业", 500, "家", "target", 2025),
            ],
        ),
    ],
    ids=["places", "years in rows", "tabs", "traditional"],
)
def test_other_tables_of_figures(
    table: str, wanted: list[tuple[Any, ...]], statements: Callable[..., list[dict[str, Any]]]
) -> None:
    rows = statements(table, day=DAY)
    assert [(r["indicator"], r["value"], r["unit"], r["kind"], r["year_to"]) for r in rows] == wanted


def test_a_table_of_prose_is_read_cell_by_cell(explained: Callable[..., dict[str, Any]]) -> None:
    table = "| 事项 | 办理要求 |\n|---|---|\n| 申请 | 自受理之日起10个工作日内办结。 |\n| 公示 | 公示期为5个工作日。 |"
    found = explained(table, title="江州市人才补贴办法")
    assert [(row["quote"], row["kind"]) for row in found["statements"]] == [
        ("10个工作日", "provision"),
        ("5个工作日", "provision"),
    ]


# The corpus


@pytest.mark.parametrize("name", documents())
def test_a_document_of_the_corpus_is_what_its_script_makes(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(documents()[name])
    made, there = read_document(path, Index()), read_document(ROOT / "corpus" / name, Index())
    assert (made.text, made.tables, made.format) == (there.text, there.tables, there.format)


def test_the_corpus_holds_every_format_that_needs_no_other_program() -> None:
    formats = {read_document(path, Index()).format for path in find_documents(ROOT / "corpus")}
    assert formats == {"text", "markdown", "html", "docx", "pdf"}


# Other programs

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
needs_tesseract = pytest.mark.skipif(find_recogniser() is None, reason="tesseract with chi_sim is not installed")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan in the formats that LibreOffice writes."""
    folder = tmp_path_factory.mktemp("office")
    document = write(PLAN, folder / "plan.docx")
    for suffix in ("doc", "rtf", "odt"):
        command = [str(find_office()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        subprocess.run(
            [*command, "--convert-to", suffix, "--outdir", folder, document], capture_output=True, timeout=120, check=True
        )
    shutil.copy(folder / "plan.doc", folder / "plan.wps")
    return folder


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf", ".odt"])
def test_what_libreoffice_opens_says_the_same(suffix: str, converted: Path, extractor: Extractor) -> None:
    found = extracted(converted / f"plan{suffix}", extractor)
    assert said(found, extractor, (*SAID, "modality")) == gold_rows()
    assert (found.source.format, found.source.extractor.startswith("LibreOffice ")) == (suffix[1:], True)


def test_without_libreoffice_a_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(IngestError, match=r"needs LibreOffice, which is not installed"):
        convert(b"{\\rtf1 300}", ".rtf")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page of the corpus's PDF as a picture, in a PDF without text."""
    page = pypdfium2.PdfDocument(ROOT / "corpus" / "forest-city-plan-2023.pdf")[0]
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    page.render(scale=200 / 72).to_pil().convert("L").save(path, resolution=200)
    return path


@needs_tesseract
def test_a_scan_is_recognised(scan: Path) -> None:
    source = read_document(scan, Index())
    assert "tesseract" in source.extractor
    assert source.pages == 1
    assert all(figure in source.text for figure in ("68.4万亩", "41.6%", "312万立方米", "2027年"))


def test_a_scan_is_told_apart_where_nothing_can_recognise_it(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.find_recogniser", lambda: None)
    with pytest.raises(IngestError, match=r"a scan: its pages are pictures without text; install tesseract"):
        read_document(scan, Index())


# Real pages

PAGES = ROOT.parent / "shared" / "dev" / "html"


@pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages are not here")
def test_the_main_text_of_real_pages_is_kept_and_their_furniture_is_not() -> None:
    kept = expected = through = rejected = 0
    for page in sorted(PAGES.glob("*.html")):
        source = read_document(page, Index())
        text = _squeezed(source.text) + "\n" + _squeezed(source.metadata.title)
        for line in _lines_of(page.with_suffix(".expect")):
            expected, kept = expected + 1, kept + (line in text)
        for line in _lines_of(page.with_suffix(".reject")):
            rejected, through = rejected + 1, through + (line in _squeezed(source.text))
    assert kept >= 0.98 * expected
    assert through * 50 <= rejected


def _lines_of(path: Path) -> list[str]:
    return [line for raw in path.read_text(encoding="utf-8").splitlines() if (line := _squeezed(raw))]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
