"""Tasks: what is to be done, under which headings, by when; and what is only wanted, meant or done already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipeline.pipeline import Extractor
from pipeline.rows import task_rows

Row = dict[str, Any]
Tasks = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def tasks(extractor: Extractor) -> Tasks:
    def tasks(text: str, day: date | None = None, title: str = "江州市社区治理实施方案") -> list[Row]:
        return list(task_rows(extractor.extract_text(text, day, title)))

    return tasks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "二、重点任务\n（一）社区治理。完善网格。\n（二）社区养老。新建食堂20家。",
            [("完善网格。", "二、重点任务 > （一）社区治理"), ("新建食堂20家。", "二、重点任务 > （二）社区养老")],
        ),
        (
            "第一章　治理\n第一节　网格\n1.完善社区网格。整合各类网格。",
            [("整合各类网格。", "第一章 治理 > 第一节 网格 > 1.完善社区网格")],
        ),
        ("三、工程\n一是网格工程。整合各类网格。", [("整合各类网格。", "三、工程 > 一是网格工程")]),
        ("三、工程\n（1）网格工程。整合各类网格。", [("整合各类网格。", "三、工程 > （1）网格工程")]),
        ("三、工程\n①网格工程。整合各类网格。", [("整合各类网格。", "三、工程 > ①网格工程")]),
        ("三、工程\n——网格工程。整合各类网格。", [("整合各类网格。", "三、工程 > ——网格工程")]),
        (
            "三、工程\n抓好两件事：一是整合各类网格；二是新建社区食堂。",
            [("整合各类网格", "三、工程 > 一是整合各类网格"), ("新建社区食堂。", "三、工程 > 二是新建社区食堂")],
        ),
        (
            "三、工程\n首先，整合各类网格。其次，新建社区食堂。",
            [("整合各类网格。", "三、工程 > 首先，整合各类网格"), ("新建社区食堂。", "三、工程 > 其次，新建社区食堂")],
        ),
        ("三、工程\n整合各类网格。\n新建社区食堂。", [("整合各类网格。", "三、工程"), ("新建社区食堂。", "三、工程")]),
        ("第五条　市民政局应当建立台账。", [("市民政局应当建立台账。", "第五条")]),
    ],
)
def test_a_task_stands_under_its_headings(text: str, expected: list[tuple[str, str]], tasks: Tasks) -> None:
    assert [(row["text"], row["section"]) for row in tasks(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "一、总体要求\n（一）指导思想。坚持以人民为中心，加快建设智慧社区。",
        "一、总体要求\n（二）主要目标。到2025年，建成食堂20家。",
        "一、2022年工作回顾\n（一）社区治理。完善网格，新建食堂20家。",
        "二、工作情况\n（一）社区治理。去年完善了网格，新建了食堂20家。",
        "现印发给你们，请认真贯彻执行。",
        "坚持稳中求进。",
    ],
)
def test_aims_principles_and_reviews_are_no_tasks(text: str, tasks: Tasks) -> None:
    assert tasks(text) == []


def test_news_hold_no_tasks(tasks: Tasks) -> None:
    assert tasks("一、社区治理\n加快整合各类网格。", title="全省新闻快报") == []


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("到2025年，新建食堂20家。", 2025),
        ("2024年底前，新建食堂20家。", 2024),
        ("2024年新建食堂20家，2025年再建10家。", 2025),
        ("今年新建食堂20家。", 2023),
        ("在2020年的基础上，新建一批食堂。", None),
        ("新建食堂20家。", None),
    ],
)
def test_a_task_has_the_last_year_that_it_names_for_its_deadline(said: str, year: int | None, tasks: Tasks) -> None:
    [row] = tasks(f"二、重点任务\n（一）社区养老。{said}", date(2023, 6, 30))
    assert row["deadline_year"] == year


def test_a_task_knows_its_owners_and_how_many_targets_it_holds(tasks: Tasks) -> None:
    text = "二、重点任务\n（一）社区养老。到2025年，新建食堂20家，床位达到300张。（市民政局牵头，市财政局配合）"
    [row] = tasks(text, date(2023, 6, 30))
    assert (row["owner"], row["targets"]) == ("市民政局;市财政局", 2)


def test_a_duty_inside_an_item_is_a_task_of_its_own(tasks: Tasks) -> None:
    text = "三、保障措施\n（一）加强领导。完善协调机制。各县区要建立专班。"
    assert [(row["text"], row["owner"]) for row in tasks(text)] == [("完善协调机制。", ""), ("各县区要建立专班。", "各县区")]


def test_what_stands_behind_the_signature_is_under_no_heading(tasks: Tasks) -> None:
    text = "二、重点任务\n（一）社区养老。新建食堂20家。\n江州市民政局\n2023年6月19日\n附件：名单"
    assert [row["text"] for row in tasks(text)] == ["新建食堂20家。"]
