"""Transcripts: who says what, in which post, for which paper; and which lines name nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import load_index, read_document
from pipeline.pipeline import Extractor
from pipeline.rows import citation_rows, speaker_rows, target_rows

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT.parent / "shared" / "dev" / "texts"
Turns = Callable[[str], list[tuple[str, str, str, str]]]

BRIEFING = """今天请到市水务局党组成员、副局长陈江先生，市气象局副局长林海女士。会议由市政府新闻办主任赵敏主持。
赵敏：
各位记者，上午好！请陈江副局长介绍。
陈江
全市现有水库20座。
江州日报记者
请问今年计划新建30座吗？
林海
今年计划新建5座。
"""


@pytest.fixture(scope="module")
def turns(extractor: Extractor) -> Turns:
    def turns(text: str) -> list[tuple[str, str, str, str]]:
        rows: list[dict[str, Any]] = list(speaker_rows(extractor.extract_text(text)))
        for row in rows:
            assert text[row["start"] : row["start"] + len(row["quote"])] == row["quote"]
        return [(row["speaker"], row["post"], row["outlet"], row["role"]) for row in rows]

    return turns


def test_every_turn_names_speaker_post_outlet_and_role(turns: Turns) -> None:
    assert turns(BRIEFING) == [
        ("赵敏", "市政府新闻办主任", "", "host"),
        ("陈江", "市水务局党组成员、副局长", "", "official"),
        ("江州日报记者", "", "江州日报", "journalist"),
        ("林海", "市气象局副局长", "", "official"),
    ]


def test_a_statement_names_its_speaker_with_the_post_and_a_question_gives_none(extractor: Extractor) -> None:
    rows = target_rows(extractor.extract_text(BRIEFING), extractor.lexicon, extractor.units)
    assert [(row["quote"], row["speaker"]) for row in rows] == [
        ("20座", "陈江（市水务局党组成员、副局长）"),
        ("5座", "林海（市气象局副局长）"),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("主持人：", ("主持人", "", "", "host")),
        ("【主持人】", ("主持人", "", "", "host")),
        ("江州广播电视台记者：请问？", ("江州广播电视台记者", "", "江州广播电视台", "journalist")),
        ("记者：请问？", ("记者", "", "", "journalist")),
        ("市水务局局长陈江：我来回答。", ("陈江", "市水务局局长", "", "official")),
        ("答：我来回答。", ("答", "", "", "speaker")),
        ("【主持人】大家好。", ("主持人", "", "", "host")),
        ("【江州日报记者】请问？", ("江州日报记者", "", "江州日报", "journalist")),
        ("陈江（市水务局局长）：我来回答。", ("陈江", "市水务局局长", "", "official")),
    ],
)
def test_a_line_names_its_speaker(line: str, expected: tuple[str, str, str, str], turns: Turns) -> None:
    assert turns(f"{line}\n增长5%。") == [expected]


@pytest.mark.parametrize(
    "line", ["责任单位：市民政局", "附件：名单", "金融业", "高新区", "注：数据为初步核算数", "联系人：李明"]
)
def test_a_line_that_only_looks_like_a_speaker_names_none(line: str, turns: Turns) -> None:
    assert turns(f"{line}\n增长5%。") == []


@pytest.mark.skipif(not DEV.is_dir(), reason="the real documents are not here")
def test_a_real_briefing_says_who_speaks_what_it_cites_and_what_it_is(extractor: Extractor) -> None:
    extraction = extractor.extract(read_document(DEV / "heze-briefing-2024.txt", load_index(Path("none.csv"))))
    metadata = extraction.source.metadata
    assert (metadata.issuer, str(metadata.date), metadata.kind, metadata.region) == (
        "菏泽市人民政府",
        "2024-06-24",
        "briefing",
        "菏泽市",
    )
    assert "政策例行会实录" in metadata.title
    posts = {
        "孟祥成": "市发展改革委党组副书记、副主任、一级调研员",
        "杜春霞": "市发展改革委经济体制综合改革科科长、一级主任科员",
        "段连佳": "市发展改革委工程师",
    }
    said = [(row["speaker"], row["post"], row["role"]) for row in speaker_rows(extraction)]
    names = [
        "主持人",
        "主持人",
        "孟祥成",
        "主持人",
        "山东广播电视台记者",
        "段连佳",
        "齐鲁晚报记者",
        "杜春霞",
        "中国山东网记者",
        "段连佳",
        "主持人",
    ]
    assert [name for name, _, _ in said] == names
    assert all(post == posts.get(name, "") for name, post, _ in said)
    numbered = [(row["number"], row["issuer"], row["year"]) for row in citation_rows(extraction) if row["number"]]
    assert numbered == [
        ("国发〔2010〕32号", "国务院", 2010),
        ("鲁政发〔2011〕15号", "山东省人民政府", 2011),
        ("菏政发〔2011〕18号", "菏泽市人民政府", 2011),
    ]
