"""Gold goes to Label Studio, doccano and spaCy, and comes back as it was, byte for byte."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import spacy
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from pipeline.check.errors import CheckError
from pipeline.check.exchange import FORMATS, export_gold, import_gold
from pipeline.check.exchange.marks import Labelled, Mark
from pipeline.check.gold import GOLD_COLUMNS, open_gold
from pipeline.run import extract_folder

ROOT = Path(__file__).resolve().parent.parent

Zhibiao = Callable[..., Result]


@pytest.fixture(autouse=True)
def gold_of_every_table(request: pytest.FixtureRequest) -> None:
    """Where there is a project: gold of every table, of a document with an astral character as well."""
    if "project" not in request.fixturenames:
        return
    request.getfixturevalue("project")
    gold = Path("corpus/gold")
    for table, row in {
        "targets": {
            "start": 54,
            "quote": "12万人",
            "kind": "actual",
            "indicator": '=游客,"全镇"',
            "value": "12",
            "unit": "万人",
        },
        "owners": {"start": 12, "quote": "script", "role": "lead", "task_start": 2, "task_end": 60, "basis": "subject"},
        "tasks": {"start": 0, "end": 8, "text": "𠮷田镇工作简报\r", "deadline_year": "2024"},
        "citations": {"start": 0, "quote": "𠮷田镇", "title": "简报", "number": "", "issuer": "", "year": ""},
    }.items():
        usual = {"comparator": "eq", "measure": "level"} if table == "targets" else {}
        cells = dict.fromkeys(GOLD_COLUMNS[table], "") | usual | row
        open_gold(gold, table, "odd").with_row(cells | {"doc_id": "odd"}).write()
    # Gold with fewer columns than it may have, and gold that says that there is nothing.
    open_gold(gold, "tasks", "park-plan", ("doc_id", "start", "end", "text")).write()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def tables_of(project: Path) -> tuple[Path, Path]:
    return Path("outputs"), Path("corpus")


@pytest.mark.parametrize("name", FORMATS)
def test_what_comes_back_unchanged_changes_nothing(name: str, project: Path, zhibiao: Zhibiao) -> None:
    before = contents(Path("corpus/gold"))
    assert len(before) == 6
    assert zhibiao("gold", "export", name, "labels").stdout.startswith("documents: 2; labels")
    assert zhibiao("gold", "import", name, "labels").stdout == "changed: nothing\n"
    assert contents(Path("corpus/gold")) == before


@pytest.mark.parametrize("name", FORMATS)
def test_gold_is_made_again_byte_for_byte_where_there_is_none(name: str, project: Path, zhibiao: Zhibiao) -> None:
    before = contents(Path("corpus/gold"))
    export_gold(*tables_of(project), Path("labels"), name)
    shutil.rmtree("corpus/gold")
    assert zhibiao("gold", "import", name, "labels").exit_code == 0
    assert contents(Path("corpus/gold")) == before


@pytest.mark.parametrize("name", FORMATS)
def test_the_gold_of_this_repository_makes_the_round_trip(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    extract_folder(tmp_path / "corpus", tmp_path / "outputs", ROOT / "rules")
    before = contents(tmp_path / "corpus" / "gold")
    export_gold(tmp_path / "outputs", tmp_path / "corpus", tmp_path / "labels", name)
    shutil.rmtree(tmp_path / "corpus" / "gold")
    import_gold(tmp_path / "outputs", tmp_path / "corpus", tmp_path / "labels", name)
    assert contents(tmp_path / "corpus" / "gold") == before


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=40)
CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=50)
@given(text=TEXTS, places=st.lists(st.tuples(st.integers(0, 39), st.integers(1, 9)), max_size=5), cell=CELLS)
def test_any_text_and_any_marks_come_back(
    name: str, text: str, places: list[tuple[int, int]], cell: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    marks = []
    for start, length in places:
        end = min(len(text), start + length)
        if start < end:
            cells = {"kind": "target", "indicator": cell, "comparator": "ge", "value": "1"}
            marks.append(Mark("targets", start, end, text[start:end], "target", cells))
    path = tmp_path_factory.mktemp("exchange") / "labels"
    FORMATS[name].write([Labelled("a", text, tuple(marks))], path)
    [back] = FORMATS[name].read(path)
    assert (back.doc_id, back.text) == ("a", text)
    filled = [{name: value for name, value in mark.cells.items() if value and name != "kind"} for mark in marks]
    assert [(m.table, m.start, m.end, m.quote, m.label) for m in back.marks] == [
        (m.table, m.start, m.end, m.quote, m.label) for m in marks
    ]
    assert [{name: value for name, value in mark.cells.items() if value and name != "kind"} for mark in back.marks] == filled


# What the other tools see


def test_label_studio_gets_tasks_and_an_interface_that_fits_them(project: Path) -> None:
    _, files = export_gold(*tables_of(project), Path("labels.json"), "label-studio")
    assert [path.name for path in files] == ["labels.json", "labels.xml"]
    tags = {tag.get("name"): tag for tag in ElementTree.parse("labels.xml").iter() if tag.get("name")}
    for task in json.loads(Path("labels.json").read_text(encoding="utf-8")):
        text = task["data"]["text"]
        for result in task["annotations"][0]["result"]:
            value, tag = result["value"], tags[result["from_name"]]
            assert tag.tag.lower() == result["type"]
            assert tag.get("toName") == result["to_name"] == "text"
            if result["type"] == "labels":
                assert text[value["start"] : value["end"]] == value["text"]
                assert value["labels"][0] in [label.get("value") for label in tag]
            elif result["type"] == "choices":
                assert value["choices"][0] in [choice.get("value") for choice in tag]


def test_doccano_gets_a_line_a_document_with_spans_and_labels(project: Path) -> None:
    export_gold(*tables_of(project), Path("labels.jsonl"), "doccano")
    lines = [json.loads(line) for line in Path("labels.jsonl").read_text(encoding="utf-8").splitlines()]
    plan = next(line for line in lines if line["doc_id"] == "park-plan")
    assert [plan["text"][39:43], 39, 43, "target"] == ["300家", *plan["label"][0]]
    assert {label for line in lines for _, _, label in line["label"]} == {
        "target",
        "actual",
        "provision",
        "owner-lead",
        "task",
        "citation",
    }


def test_spacy_gets_documents_with_spans_to_train_on(project: Path) -> None:
    export_gold(*tables_of(project), Path("labels.spacy"), "docbin")
    docs = list(DocBin().from_disk("labels.spacy").get_docs(spacy.blank("zh").vocab))
    plan = next(doc for doc in docs if doc.user_data["zhibiao"]["doc_id"] == "park-plan")
    assert plan.text == Path("corpus/park-plan.txt").read_text(encoding="utf-8")
    assert [(span.text, span.label_, span.start_char) for span in plan.spans["targets"]][:2] == [
        ("300家", "target", 39),
        ("400家", "target", 55),
    ]


# What was done there


def labelled(change: Callable[[dict[str, Any]], None]) -> None:
    """Exports for doccano and changes the line of park-plan."""
    export_gold(Path("outputs"), Path("corpus"), Path("labels"), "doccano")
    lines = [json.loads(line) for line in Path("labels").read_text(encoding="utf-8").splitlines()]
    change(next(line for line in lines if line["doc_id"] == "park-plan"))
    Path("labels").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")


def test_a_label_that_was_taken_away_or_changed_there_changes_one_line(project: Path, zhibiao: Zhibiao) -> None:
    gold = Path("corpus/gold/park-plan.csv")
    before = gold.read_text(encoding="utf-8").splitlines()

    def change(line: dict[str, Any]) -> None:
        line["label"][1][2] = "provision"
        del line["label"][3]

    labelled(change)
    assert zhibiao("gold", "import", "doccano", "labels").stdout == "changed: corpus/gold/park-plan.csv\n"
    after = gold.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        'park-plan,55,400家,provision,省级以上创新平台,400,,家,approx,level,,2027,,"力争, 左右"'
    ]
    assert [line.split(",")[2] for line in before if line not in after] == ["400家", "86.5亿元"]


def test_a_label_without_what_a_row_needs_is_named_and_nothing_is_written(project: Path, zhibiao: Zhibiao) -> None:
    before = contents(Path("corpus/gold"))
    labelled(lambda line: line["label"].append([110, 112, "qualifier"]))
    result = zhibiao("gold", "import", "doccano", "labels")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "zhibiao: error: labels: park-plan: '支持' at 110: indicator must say what is measured",
        "zhibiao: error: labels: park-plan: '支持' at 110: value must be a number such as 1000 or 8.5",
    ]
    assert contents(Path("corpus/gold")) == before


def test_the_latest_annotation_of_label_studio_counts(project: Path) -> None:
    export_gold(*tables_of(project), Path("labels"), "label-studio")
    tasks = json.loads(Path("labels").read_text(encoding="utf-8"))
    [old] = tasks[0]["annotations"]
    tasks[0]["annotations"] = [
        old | {"updated_at": "2024-01-01"},
        {"result": [], "updated_at": "2024-02-01"},
        old | {"was_cancelled": True, "updated_at": "2024-03-01"},
    ]
    Path("labels").write_text(json.dumps(tasks), encoding="utf-8")
    [back] = [
        document
        for document in FORMATS["label-studio"].read(Path("labels"))
        if document.doc_id == tasks[0]["data"]["doc_id"]
    ]
    assert back.marks == ()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("content", [b"no such thing\n", b"\xff\xfe", b'{"text": 1}\n', b"[1]"])
def test_a_file_of_another_format_is_one_line(name: str, content: bytes, project: Path, zhibiao: Zhibiao) -> None:
    Path("labels").write_bytes(content)
    result = zhibiao("gold", "import", name, "labels")
    assert result.exit_code == 2
    assert result.stderr.startswith("zhibiao: error: labels:")
    assert len(result.stderr.splitlines()) == 1


def test_a_text_that_is_not_that_of_the_document_is_refused(project: Path) -> None:
    labelled(lambda line: line.update(text=line["text"] + "。"))
    with pytest.raises(CheckError, match="park-plan: its text is not the text of the document in outputs"):
        import_gold(Path("outputs"), Path("corpus"), Path("labels"), "doccano")
    with pytest.raises(CheckError, match="gone: no such file; name what the tool exported"):
        import_gold(Path("outputs"), Path("corpus"), Path("gone"), "doccano")
