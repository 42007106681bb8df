"""The same document says the same in every format, and every cell of an indicator table is a statement."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from formats import FORMATS, Document, Grid, as_text, write

from pipeline.ingest import Index, read_document
from pipeline.pipeline import Extraction, Extractor
from pipeline.rows import residue_rows, target_rows
from pipeline.values import Metadata, Source

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
