"""Damaged text is read as what it was before; what cannot be known is told and not guessed. Traditional text is read as it
stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.ingest import Index, read_document
from pipeline.pipeline import Extractor
from pipeline.rows import target_rows
from pipeline.simplified import simplified

SOUND = "到2025年，全市高新技术企业达到300家以上，研发投入强度提高到2.5%左右。"
DAY = date(2023, 5, 8)
SAID = ("kind", "indicator", "value", "unit", "comparator", "measure", "year_to")

Explained = Callable[..., dict[str, Any]]


def said(explained: Explained, text: str) -> list[tuple[Any, ...]]:
    rows = explained(text, day=DAY)["statements"]
    for row in rows:
        assert text[row["start"] : row["start"] + len(row["quote"])] == row["quote"]
    return [tuple(row[name] for name in SAID) for row in rows]


@pytest.mark.parametrize(
    "damaged",
    [
        "到2025年，全市高新技术企业达到300家以上，研发投入\n强度提高到2.5%左右。",
        "到2025年，，全市高新技术企业达到300家以上，，研发投入强度提高到2.5%左右。。",
        "到 2025 年 ， 全 市 高 新 技 术 企 业 达 到 300 家 以 上 ， 研 发 投 入 强 度 提 高 到 2.5% 左 右 。",
        "到 2 0 2 5 年 ， 全 市 高 新 技 术 企 业 达 到 3 0 0 家 以 上 ， 研 发 投 入 强 度 提 高 到 2 . 5 % 左 右 。",
        "到２０２５年,全市高新技术企业达到３００家以上,研发投入强度提高到２．５％左右。",
        "到2025年，全市高新技术企业达到　300　家以上，研发投入强度提高到2.5 %左右。",
        "到\u200b2025年，全市高新\u200b技术企业达到3\u200b00家以上，研发投入强度提高到2.\u200d5%左右。",
        "到2025年，全市高新技\u00ad术企业达到300\u00ad家以上，研发投入强度提高到2.5%左右。",
        "\u202a到2025年，全市高新技术企业达到\u200e300家以上，研发投入强度提高到2.5%\ufe0f左右。\u202c",
        "到2025年，全市高新技术企业达到300\xa0家以上，研发投入强度提高到\u20092.5%左右。",
    ],
    ids=[
        "broken line",
        "doubled marks",
        "spaced characters",
        "spaced digits",
        "full width",
        "ideographic spaces",
        "zero-width spaces",
        "soft hyphens",
        "direction marks",
        "odd spaces",
    ],
)
def test_damaged_text_says_what_the_sound_one_says(damaged: str, explained: Explained) -> None:
    assert said(explained, damaged) == said(explained, SOUND)


def test_a_text_cut_to_one_width_is_put_together_again(explained: Explained) -> None:
    sound = (
        "全市上下深入实施创新驱动发展战略，加快建设现代化产业体系，推动经济社会发展迈上新的台阶，各项事业取得新的成效。" * 2
        + "截至2022年底，高新技术企业达到1245家，其中规模以上企业860家；全社会研发经费投入86.5亿元，比上年增长12.4%。"
        + "到2025年，高新技术企业达到2000家以上，技术合同成交额突破100亿元，建成省级以上创新平台60个。"
    )
    cut = "\n".join(sound[i : i + 24] for i in range(0, len(sound), 24))
    assert said(explained, cut) == said(explained, sound)


def test_short_lines_that_are_no_cut_text_stay_apart(extractor: Extractor) -> None:
    text = "一、工业\n二、农业\n三、服务业\n培育企业300家\n建设平台20个"
    assert clean(text, extractor.rules).text == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("森林覆盖率提高l0%。", "l0"),
        ("新增企业1O0家。", "1O0"),
        ("到2O25年，企业达到规模。", "2O25"),
        ("完成投资3○0亿元。", "3○0亿元"),
        ("增长I5%。", "I5"),
    ],
)
def test_what_looks_misread_is_told_and_not_guessed(text: str, left: str, explained: Explained) -> None:
    found = explained(text, day=DAY)
    assert not found["statements"]
    assert (left, "疑误") in [(row["quote"], row["reason"]) for row in found["residue"]]


@pytest.mark.parametrize(
    "text", ["推广O2O模式，新增企业300家。", "臭氧O3浓度下降，新增企业300家。", "二○二五年，新增企业300家。"]
)
def test_what_is_written_with_letters_is_not_taken_for_misread(text: str, explained: Explained) -> None:
    found = explained(text, day=DAY)
    assert [row["quote"] for row in found["statements"]] == ["300家"]
    assert "疑误" not in [row["reason"] for row in found["residue"]]


# Traditional characters

TRADITIONAL = "到2025年，全市高新技術企業達到300家以上，研發投入強度提高到2.5%左右。"


def test_traditional_text_says_what_simplified_text_says(explained: Explained) -> None:
    assert said(explained, TRADITIONAL) == said(explained, SOUND)


def test_the_quote_of_a_traditional_text_is_its_own(explained: Explained) -> None:
    rows = explained("到2025年，完成投資1200億元，建設圖書館18個。", day=DAY)["statements"]
    assert [(row["quote"], row["unit"], row["indicator"]) for row in rows] == [
        ("1200億元", "亿元", "投资"),
        ("18個", "个", "图书馆"),
    ]
    assert all("投資" in row["sentence"] for row in rows)


def test_a_view_is_as_long_as_its_text() -> None:
    text = "臺灣、後來、乾燥、頭髮、裡面、麵條、隻身、鬱金香；「引號」『內層』，𠀀、👍🏽。\n"
    assert len(simplified(text)) == len(text)


def test_a_simplified_text_keeps_its_names() -> None:
    text = "负责人李喆、陈堃介绍，丰乾公司著名品牌增至30个。"
    assert simplified(text) == text


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030", "utf-8", "utf-16"])
def test_a_traditional_document_is_read_in_every_encoding(encoding: str, tmp_path: Path, extractor: Extractor) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(f"關於推進創新發展的通知\n{TRADITIONAL}\n東港縣人民政府\n2022年4月20日\n".encode(encoding))
    source = read_document(path, Index())
    found = list(target_rows(extractor.extract(source), extractor.lexicon, extractor.units))
    assert [row["quote"] for row in found] == ["300家", "2.5%"]
    assert (source.metadata.title, source.metadata.issuer) == ("關於推進創新發展的通知", "東港縣人民政府")
    assert source.metadata.date == date(2022, 4, 20)


# Markdown


def test_marks_of_markdown_are_no_text(tmp_path: Path, extractor: Extractor) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "## 二、发展目标\n\n> 到2025年，**高新技术企业**达到**300家**以上。\n\n- 新增就业5万人。\n", encoding="utf-8"
    )
    found = list(target_rows(extractor.extract(read_document(path, Index())), extractor.lexicon, extractor.units))
    assert [(row["quote"], row["indicator"], row["section"]) for row in found] == [
        ("300家", "高新技术企业", "发展目标"),
        ("5万人", "新增就业", "发展目标"),
    ]
