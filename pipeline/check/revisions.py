"""A run named by its folder, or by a commit: then the documents and rules of that commit are read by its own code."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.check.errors import CheckError
from pipeline.check.runs import Run, load_run

_PARTS = ("pipeline", "rules", "corpus")


@dataclass(frozen=True)
class NamedRun:
    """A run with what it was called, and the rules it was made by where they are known."""

    name: str
    run: Run
    rules: dict[str, str] | None
    """The text of each rule, by its id."""


@contextmanager
def open_run(name: str) -> Iterator[NamedRun]:
    """The run of a folder of tables, or of a commit.

    Raises:
        CheckError: there is neither such a folder nor such a commit, or the commit's own code fails on it.
    """
    if Path(name).is_dir():
        rules = Path("rules") if Path(name).resolve().parent == Path.cwd() else None
        yield NamedRun(name, load_run(Path(name)), _rules(rules) if rules else None)
        return
    commit = _commit(name)
    with tempfile.TemporaryDirectory(prefix="zhibiao-") as folder:
        _check_out(commit, Path(folder))
        command = [sys.executable, "-m", "pipeline", "extract", "corpus", "--output", "outputs", "--rules", "rules"]
        environment = os.environ | {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
        if not (Path(folder) / "outputs" / "documents.csv").is_file():
            last = (done.stderr.strip().splitlines() or ["no output"])[-1]
            raise CheckError(f"{name}: its own code cannot read its corpus ({last}); name a folder of tables instead")
        yield NamedRun(f"{name} ({commit[:8]})", load_run(Path(folder) / "outputs"), _rules(Path(folder) / "rules"))


def rules_edited(old: NamedRun, new: NamedRun) -> list[str]:
    """The rules that came, went or have another text, where both sides' rules are known."""
    if old.rules is None or new.rules is None:
        return []
    return [rule for rule in old.rules.keys() | new.rules.keys() if old.rules.get(rule) != new.rules.get(rule)]


def _commit(name: str) -> str:
    command = ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        done = None
    if done is None or done.returncode:
        raise CheckError(f"{name}: neither a folder of tables nor a commit; name what zhibiao extract wrote to, or a commit")
    return done.stdout.strip()


def _check_out(commit: str, folder: Path) -> None:
    top = subprocess.run(
        ["git", "rev-parse", "--show-toplevel"], capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()
    command = ["git", "-C", top, "archive", "--format=tar", commit, *_PARTS]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise CheckError(f"{commit[:8]}: holds no {', '.join(_PARTS)}; name a commit of this project")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _rules(folder: Path) -> dict[str, str] | None:
    """The text of each rule, without its examples, by its id; ``None`` where the files are not what rules are."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            listed = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, yaml.YAMLError):
            return None
        for rule in listed if isinstance(listed, list) else []:
            if isinstance(rule, dict) and "id" in rule:
                text = {name: value for name, value in rule.items() if name != "examples"}
                found[str(rule["id"])] = yaml.safe_dump(text, allow_unicode=True)
    return found
