"""A run on a Dask cluster: the tables are those of a run on one machine, and a worker that dies costs nothing but time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import pandas as pd
import pytest
from distributed import LocalCluster

import pipeline.cluster
import pipeline.table_files
from pipeline.run import extract_folder
from pipeline.tables import TABLES
from pipeline.work import ClusterError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers; starting them takes longer than what is asked of them."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that cite each other, one with an index row, one that is broken, and two of one name."""
    folder = tmp_path_factory.mktemp("documents")
    for number in range(24):
        text = (
            f"江州市养老规划{number}\n落实江政发〔2021〕{number}号文件。到2025年，高新技术企业达到{number + 3}00家。\n" * 5
        )
        (folder / f"plan{number:02}.txt").write_text(text, encoding="utf-8")
    for number in range(3):
        text = f"江州市人民政府关于养老服务的意见{number}\n江政发〔2021〕{number}号\n完善设施。\n"
        (folder / f"opinion{number}.txt").write_text(text, encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\0" * 100)
    (folder / "plan03.md").write_text("到2025年，企业达到3家。", encoding="utf-8")
    (folder / "documents.csv").write_text("doc_id,title,issuer,date,url\nplan01,规划,,2023-01-05,\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a run on this machine."""
    output = tmp_path_factory.mktemp("local")
    extract_folder(documents, output, ROOT / "rules")
    return output


def same_tables(one: Path, other: Path) -> None:
    for path in (*one.glob("*.csv"), *one.glob("*.xlsx"), *one.glob("texts/*")):
        assert (other / path.relative_to(one)).read_bytes() == path.read_bytes(), path.name
    assert sorted(path.name for path in one.iterdir()) == sorted(path.name for path in other.iterdir())
    for table in TABLES:
        pd.testing.assert_frame_equal(pd.read_parquet(one / f"{table}.parquet"), pd.read_parquet(other / f"{table}.parquet"))


def test_the_tables_are_those_of_one_machine_even_when_a_worker_is_killed_in_mid_run(
    cluster: Any, documents: Path, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.table_files, "_GROUP_ROWS", 100)
    killed: list[int] = []

    def progress(done: int, total: int, name: str) -> None:
        if done == 10 and not killed:
            killed.append(cluster.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    report = extract_folder(
        documents, tmp_path, ROOT / "rules", progress, engine="dask", scheduler=cluster.scheduler_address
    )
    assert killed
    assert (report.documents, report.failed) == (29, 2)
    assert len(list((tmp_path / "targets.parquet").glob("part-*.parquet"))) > 1
    same_tables(local, tmp_path)


@pytest.mark.parametrize(("task_bytes", "tasks_a_core"), [(1, 4), (10**9, 1e-9)], ids=["each alone", "all together"])
def test_the_tables_are_the_same_however_documents_are_given_out(
    cluster: Any,
    documents: Path,
    local: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    task_bytes: int,
    tasks_a_core: float,
) -> None:
    monkeypatch.setattr(pipeline.cluster, "_TASK_BYTES", task_bytes)
    monkeypatch.setattr(pipeline.cluster, "_TASKS_A_CORE", tasks_a_core)
    extract_folder(documents, tmp_path, ROOT / "rules", engine="dask", scheduler=cluster.scheduler_address)
    same_tables(local, tmp_path)


def deadly_read(paths: tuple[Path, ...], *more: Any) -> Any:
    """What a worker does that dies over one document."""
    if any(path.stem == "plan07" for path in paths):
        os._exit(9)
    return reading_of_workers(paths, *more)


reading_of_workers = pipeline.cluster._read


def test_a_document_that_kills_whatever_reads_it_costs_no_other(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.cluster, "_read", deadly_read)
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster,
    ):
        report = extract_folder(documents, tmp_path, ROOT / "rules", engine="dask", scheduler=cluster.scheduler_address)
    failed = pd.read_csv(tmp_path / "documents.csv").set_index("doc_id")["error"].dropna()
    assert (report.documents, report.failed) == (29, 3)
    assert failed["plan07"].startswith(f"{documents / 'plan07.txt'}: no worker could read it")
    assert set(failed.index) == {"bad", "plan03", "plan07"}


def test_a_run_of_either_kind_takes_the_place_of_one_of_the_other(cluster: Any, tmp_path: Path) -> None:
    document = tmp_path / "plan.txt"
    document.write_text("到2025年，企业达到3家，新增岗位5个。", encoding="utf-8")
    output = tmp_path / "out"
    for engine in ("local", "dask", "dask", "local"):
        scheduler = cluster.scheduler_address if engine == "dask" else None
        extract_folder(document, output, ROOT / "rules", engine=engine, scheduler=scheduler)
        assert (output / "targets.parquet").is_dir() == (engine == "dask")
        assert len(pd.read_parquet(output / "targets.parquet")) == 2
        assert not [path for path in output.iterdir() if path.name.startswith(".")]


def test_a_scheduler_that_is_not_there_is_said_in_one_line(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.cluster, "_CONNECT_SECONDS", 1)
    with pytest.raises(ClusterError) as caught:
        extract_folder(documents, tmp_path, ROOT / "rules", engine="dask", scheduler="tcp://127.0.0.1:9")
    assert str(caught.value).startswith("tcp://127.0.0.1:9: no Dask scheduler answers there")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def run(*arguments: str, without: str = "") -> subprocess.CompletedProcess[str]:
    """The command, as if a package were not installed."""
    start = f"import sys; sys.modules[{without!r}] = None; " if without else ""
    code = f"{start}from pipeline.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True)


def test_without_dask_the_command_says_how_to_install_it(documents: Path, tmp_path: Path) -> None:
    done = run("extract", str(documents), "--output", str(tmp_path / "out"), "--engine", "dask", without="distributed")
    assert done.returncode == 2
    assert done.stderr == (
        "zhibiao: error: the engine dask is not installed; install it with: pip install 'zhibiao[cluster]'\n"
    )
    assert "pip install" in run("extract", "--help", without="distributed").stdout


def test_a_scheduler_without_the_engine_is_refused(documents: Path, tmp_path: Path) -> None:
    done = run("extract", str(documents), "--output", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9")
    assert (done.returncode, done.stderr) == (2, "zhibiao: error: --scheduler is for --engine dask; name both\n")


def test_ctrl_c_ends_the_command_and_its_cluster_with_one_line(documents: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(300):
        shutil.copy(ROOT / "corpus" / "energy-five-year-plan-2021.txt", many / f"copy{number}.txt")
    command = [sys.executable, "-m", "pipeline", "extract", str(many), "--output", str(tmp_path / "out")]
    process = subprocess.Popen(
        [*command, "--engine", "dask", "--jobs", "1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("out/.run.*/dask-*/worker-*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(2)  # nothing is heard before the worker has started
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert said == "zhibiao: error: interrupted; the tables of the run before stay as they were; run again to go on\n"
    assert process.returncode == 2
    assert list((tmp_path / "out").iterdir()) == []
