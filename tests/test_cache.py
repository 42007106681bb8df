"""The cache: a second run reads only what has changed, gives the same tables, and believes no damaged entry."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.cache
import pipeline.document
import pipeline.pipeline
from pipeline.cache import BLOCKS_NAME, FOLDER_NAME, SUMMARIES_NAME
from pipeline.pipeline import Extractor
from pipeline.run import extract_folder

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[[], list[str]]

_extractors: dict[str, Extractor] = {}


def built_once(rules: Path) -> Extractor:
    """The extractor of a state of the rules: building one takes far longer than reading these documents."""
    state = (rules / "units.yaml").read_text(encoding="utf-8")
    if state not in _extractors:
        _extractors[state] = Extractor(rules)
    return _extractors[state]


@pytest.fixture(autouse=True)
def extractors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.pipeline, "Extractor", built_once)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Three documents with an index."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(3):
        text = f"到2025年，全市高新技术企业达到{number + 3}00家。"
        (folder / f"plan{number}.txt").write_text(text, encoding="utf-8")
    (folder / "documents.csv").write_text("doc_id,title,issuer,date,url\nplan1,规划,,2023-01-05,\n", encoding="utf-8")
    return folder


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def run(documents: Path, rules: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs with the cache; returns the documents that were read, not taken from it."""
    read_rows = pipeline.document.read_rows

    def run() -> list[str]:
        read: list[str] = []

        def noted(path: Path, *rest: object) -> object:
            read.append(path.stem)
            return read_rows(path, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(pipeline.document, "read_rows", noted)
        extract_folder(documents, output, rules, cache=True)
        return read

    return run


def tables(output: Path) -> dict[str, bytes]:
    """What a run wrote, but for its account, which says how long it took."""
    written = {path.relative_to(output).as_posix(): path for path in (*output.glob("*.*"), *output.glob("texts/*"))}
    return {name: path.read_bytes() for name, path in written.items() if path.is_file() and name != "run.json"}


def entries(output: Path) -> list[Path]:
    """The rows of documents that are kept."""
    return sorted(path for path in (output / FOLDER_NAME).iterdir() if path.is_file() and path.name != SUMMARIES_NAME)


def blocks(output: Path) -> list[Path]:
    """The blocks of tables that are kept."""
    return sorted((output / FOLDER_NAME / BLOCKS_NAME).iterdir())


def test_a_second_run_reads_nothing_and_gives_the_same_tables(run: Run, output: Path) -> None:
    assert run() == ["plan0", "plan1", "plan2"]
    first = tables(output)
    assert run() == []
    assert tables(output) == first


def test_the_tables_are_those_of_a_run_without_a_cache(
    run: Run, documents: Path, rules: Path, output: Path, tmp_path: Path
) -> None:
    run()
    run()
    extract_folder(documents, tmp_path / "plain", rules)
    assert tables(output) == tables(tmp_path / "plain")
    assert not (tmp_path / "plain" / FOLDER_NAME).exists()


def test_of_documents_only_the_changed_one_is_read_again(run: Run, documents: Path) -> None:
    run()
    (documents / "plan2.txt").write_text("到2026年，企业达到7家。", encoding="utf-8")
    assert run() == ["plan2"]


def test_a_document_of_another_name_is_another_document(run: Run, documents: Path) -> None:
    run()
    (documents / "plan0.txt").rename(documents / "plan9.txt")
    assert run() == ["plan9"]


def test_another_word_of_the_index_has_its_document_read_again(run: Run, documents: Path) -> None:
    run()
    index = documents / "documents.csv"
    index.write_text(index.read_text(encoding="utf-8").replace("2023-01-05", "2024-01-05"), encoding="utf-8")
    assert run() == ["plan1"]
    index.write_text(index.read_text(encoding="utf-8") + "plan2,,,昨天,\n", encoding="utf-8")
    assert run() == ["plan2"]


def test_an_edited_rule_has_everything_read_again(run: Run, rules: Path) -> None:
    run()
    with (rules / "units.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# another\n")
    assert run() == ["plan0", "plan1", "plan2"]


def test_another_state_of_the_program_has_everything_read_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(pipeline.cache, "program_state", lambda: ("another", "3"))
    assert run() == ["plan0", "plan1", "plan2"]


DAMAGED = pytest.mark.parametrize(
    "damage",
    [lambda raw: raw[:-5], lambda raw: b"", lambda raw: raw[:200] + bytes([raw[200] ^ 1]) + raw[201:], lambda raw: b"{}"],
    ids=["cut short", "empty", "one bit", "something else"],
)


@DAMAGED
@pytest.mark.parametrize("summaries", [True, False], ids=["known from summaries", "summaries gone"])
def test_damaged_rows_are_read_again_where_they_are_needed(
    damage: Callable[[bytes], bytes], summaries: bool, run: Run, output: Path
) -> None:
    run()
    first = tables(output)
    entries(output)[0].write_bytes(damage(entries(output)[0].read_bytes()))
    for block in blocks(output):
        block.unlink()
    if not summaries:
        (output / FOLDER_NAME / SUMMARIES_NAME).unlink()
    assert len(run()) == 1
    assert tables(output) == first
    assert run() == []


@DAMAGED
def test_a_damaged_block_is_made_again(damage: Callable[[bytes], bytes], run: Run, output: Path) -> None:
    run()
    first = tables(output)
    blocks(output)[0].write_bytes(damage(blocks(output)[0].read_bytes()))
    assert run() == []
    assert tables(output) == first


@DAMAGED
def test_damaged_summaries_are_made_again(damage: Callable[[bytes], bytes], run: Run, output: Path) -> None:
    run()
    first = tables(output)
    kept = output / FOLDER_NAME / SUMMARIES_NAME
    kept.write_bytes(damage(kept.read_bytes()))
    assert run() == []
    assert tables(output) == first


def test_texts_that_somebody_changed_or_took_away_come_back(run: Run, output: Path) -> None:
    run()
    first = tables(output)
    (output / "texts" / "plan0.txt").write_text("other", encoding="utf-8")
    (output / "texts" / "plan1.txt").unlink()
    assert run() == []
    assert tables(output) == first


def test_a_document_that_is_edited_while_it_is_read_is_kept_as_what_was_read(
    documents: Path, rules: Path, output: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = documents / "plan0.txt"
    before = plan.read_bytes()
    read_rows = pipeline.document.read_rows

    def editing(path: Path, *rest: object) -> object:
        if path == plan:
            plan.write_text("到2030年，企业达到9家。", encoding="utf-8")
        return read_rows(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.document, "read_rows", editing)
    extract_folder(documents, output, rules, cache=True)
    edited = tables(output)
    monkeypatch.setattr(pipeline.document, "read_rows", read_rows)
    assert "9家" in edited["targets.csv"].decode()
    assert run() == []
    assert tables(output) == edited
    plan.write_bytes(before)
    assert run() == ["plan0"]
    assert "300家" in tables(output)["targets.csv"].decode()


def test_a_changed_document_leaves_the_blocks_of_the_others_as_they_are(run: Run, documents: Path, output: Path) -> None:
    for number in range(3, 9):
        text = f"到2025年，全市高新技术企业达到{number}00家。\n" * 1_000
        (documents / f"plan{number}.txt").write_text(text, encoding="utf-8")
    run()
    before = set(blocks(output))
    assert len(before) > 2
    (documents / "plan8.txt").write_text("到2026年，企业达到7家。", encoding="utf-8")
    assert run() == ["plan8"]
    assert len(before - set(blocks(output))) == 1


def test_a_document_that_comes_is_linked_in_the_rows_of_those_that_cite_it(run: Run, documents: Path, output: Path) -> None:
    (documents / "plan0.txt").write_text("江州市养老规划\n落实江政发〔2021〕3号文件，完善设施。\n", encoding="utf-8")
    run()
    assert ",opinion," not in tables(output)["citations.csv"].decode()
    text = "江州市人民政府关于养老服务的意见\n江政发〔2021〕3号\n完善设施。\n"
    (documents / "opinion.txt").write_text(text, encoding="utf-8")
    assert run() == ["opinion"]
    assert ",opinion," in tables(output)["citations.csv"].decode()


def test_a_document_with_an_error_is_read_again_each_time(run: Run, documents: Path) -> None:
    (documents / "bad.txt").write_bytes(b"")
    run()
    assert run() == ["bad"]


def test_entries_that_no_run_has_used_for_a_month_go_away(run: Run, documents: Path, output: Path) -> None:
    run()
    long_ago = time.time() - 31 * 24 * 3600
    for path in entries(output):
        os.utime(path, (long_ago, long_ago))
    (documents / "plan0.txt").unlink()
    assert run() == []
    assert len(entries(output)) == 2


def test_where_nothing_has_changed_what_reading_needs_is_not_even_loaded(
    run: Run, documents: Path, rules: Path, output: Path
) -> None:
    run()
    code = (
        "import sys\nfrom pathlib import Path\nfrom pipeline.run import extract_folder\n"
        "input, output, rules = map(Path, sys.argv[1:])\nextract_folder(input, output, rules, cache=True)\n"
        "heavy = {'jieba', 'pandas', 'pint', 'pydantic', 'spacy', 'pipeline.relate'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(documents), str(output), str(rules)], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
