"""The READMEs are true: their commands run, what they show is what comes out, and the two say the same.

A block of ``sh`` or ``python`` is run; a block of ``text`` right after it is its output, where ``…`` stands for anything
within a line. Blocks of ``txt`` and ``csv`` are files, blocks of ``yaml`` are rules that go to the end of a file; the name
of the file stands behind the language. ``<!-- change FILE: OLD -> NEW -->`` before a block is a mistake that is there while
the block runs. What ``make`` does is not run here: setting up is not this test's business.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import pytest

from pipeline import Extractor, explain
from pipeline.cli import main
from pipeline.ingest import FORMATS
from pipeline.rules import load_rules
from pipeline.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")

_BLOCK = re.compile(
    r"^(?:<!-- change (?P<file>\S+): (?P<old>.+?) -> (?P<new>.+?) -->\n)?"
    r"```(?P<language>\w+)(?: (?P<name>\S+))?\n(?P<body>.*?)^```$",
    flags=re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile(r"\s*# .*$", flags=re.MULTILINE)
_SET_UP = re.compile(r"make |source \.venv/bin/activate$")


@dataclass(frozen=True)
class Block:
    """A fenced block with its line in the README."""

    line: int
    language: str
    name: str
    body: str
    change: tuple[str, str, str] | None

    @property
    def runs(self) -> bool:
        return self.language in ("sh", "python")

    @property
    def command(self) -> str:
        return _COMMENT.sub("", self.body) if self.runs else self.body


def text_of(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


def prose_of(readme: str) -> str:
    return _BLOCK.sub("", text_of(readme))


def blocks_of(readme: str) -> list[Block]:
    text = text_of(readme)
    return [
        Block(
            line=text.count("\n", 0, found.start()) + 1,
            language=found["language"],
            name=found["name"] or "",
            body=found["body"],
            change=(found["file"], found["old"], found["new"]) if found["file"] else None,
        )
        for found in _BLOCK.finditer(text)
    ]


def tables_of(readme: str) -> list[list[list[str]]]:
    """The Markdown tables: their rows, the head first, the line of dashes left out."""
    found: list[list[list[str]]] = [[]]
    for line in prose_of(readme).splitlines():
        if not line.startswith("|"):
            found.append([])
        elif not set(line) <= set("|-"):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return [table for table in found if table]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# ── running ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Machine:
    """A copy of the project in which the blocks of a README run, one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        for name in ("pipeline", "rules", "corpus"):
            shutil.copytree(ROOT / name, self.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        commands = folder / "bin"
        commands.mkdir()
        zhibiao = commands / "zhibiao"
        zhibiao.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n', encoding="utf-8")
        zhibiao.chmod(0o755)
        self.env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "PYTHONSAFEPATH")}
        self.env |= {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "PYTHONIOENCODING": "utf-8"}

    def run(self, block: Block) -> str | None:
        """What a block prints; ``None`` where it is none that runs."""
        if block.language in ("txt", "csv"):
            (self.folder / block.name).write_text(block.body, encoding="utf-8")
        elif block.language == "yaml":
            with (self.folder / block.name).open("a", encoding="utf-8") as file:
                file.write("\n" + block.body)
        elif block.language == "python":
            return self._run(block, [sys.executable, "-c", block.body])
        elif block.language == "sh":
            script = "\n".join(line for line in block.body.splitlines() if not _SET_UP.match(line))
            return self._run(block, ["sh", "-e", "-c", script]) if script else None
        return None

    def _run(self, block: Block, command: list[str]) -> str:
        if block.change:
            name, old, new = block.change
            file = self.folder / name
            right = file.read_text(encoding="utf-8")
            assert right.count(old) == 1, f"line {block.line}: {old!r} must stand once in {name}"
            file.write_text(right.replace(old, new), encoding="utf-8")
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        if block.change:
            file.write_text(right, encoding="utf-8")
        assert (done.returncode != 0) == bool(block.change), f"line {block.line}: exit code {done.returncode}\n{done.stdout}"
        return done.stdout


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str | None]:
    """What each block of the README prints. Those of the other README are the same, so they need not run again."""
    machine = Machine(tmp_path_factory.mktemp("readme"))
    return [machine.run(block) for block in blocks_of(READMES[0])]


def tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()).rstrip("\n")


@pytest.mark.parametrize("readme", READMES)
def test_what_a_block_shows_is_what_comes_out(readme: str, printed: list[str | None]) -> None:
    blocks = blocks_of(readme)
    shown = [i for i, block in enumerate(blocks) if block.language == "text"]
    assert shown
    for i in shown:
        assert blocks[i - 1].runs, f"{readme}:{blocks[i].line}: an output must stand right behind its command"
        real, pattern = tidy(printed[i - 1] or ""), re.escape(tidy(blocks[i].body)).replace("…", ".*")
        assert re.fullmatch(pattern, real), f"{readme}:{blocks[i].line}: what comes out is\n{real}"


@pytest.mark.parametrize("readme", READMES)
def test_first_example_is_real(readme: str, extractor: Extractor) -> None:
    quoted = re.search(r"^> (.+)$", text_of(readme), flags=re.MULTILINE)
    assert quoted
    head, *rows = tables_of(readme)[0]
    names = [codes(cell)[0] for cell in head]
    found = explain(quoted[1], extractor, date(2024, 6, 24))["statements"]
    assert rows == [[str(row[name]) for name in names] for row in found]


# ── saying everything ────────────────────────────────────────────────────────────────────────────────────────────────────


def commands_of(group: click.Group, name: str = "zhibiao") -> list[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    found: list[tuple[str, click.Command]] = []
    for word, command in group.commands.items():
        called = f"{name} {word}"
        found += commands_of(command, called) if isinstance(command, click.Group) else [(called, command)]
    return found


def written(parameter: click.Parameter) -> str:
    """An option or argument as the help writes it."""
    if isinstance(parameter, click.Option):
        return parameter.opts[-1]
    return parameter.make_metavar(click.Context(main)).strip("[]")


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("name", dict(commands_of(main)))
def test_every_command_is_there_with_its_options(readme: str, name: str) -> None:
    first_cells = [code for table in tables_of(readme) for row in table for code in codes(row[0])]
    usage = next((code for code in first_cells if code.startswith(name)), "")
    assert usage, f"{name} is in no table"
    for parameter in dict(commands_of(main))[name].params:
        assert written(parameter) in usage, f"{name} takes {written(parameter)}"


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_its_line(readme: str, table: str) -> None:
    listed = [[code for row in rows[1:] for code in codes(row[0])] for rows in tables_of(readme)]
    assert [column.name for column in TABLES[table]] in listed


@pytest.mark.parametrize("readme", READMES)
def test_allowed_words_are_named(readme: str) -> None:
    allowed = {word for columns in TABLES.values() for column in columns for word in column.allowed}
    named = set(codes(prose_of(readme)))
    genres = {rule.genre for rule in load_rules(ROOT / "rules").group("documents") if rule.role == "genre"}
    assert {*allowed, *genres, *FORMATS} <= named


@pytest.mark.parametrize("readme", READMES)
def test_every_reason_and_every_rule_file_is_named(readme: str) -> None:
    reasons = {rule.reason for rule in load_rules(ROOT / "rules").group("names")}
    lines = [line for line in prose_of(readme).splitlines() if line.startswith("| `reason`")]
    assert reasons | {"日期", "词语", "提问", "unexplained"} <= set(re.findall(r"\w+", lines[0]))
    named = {code for rows in tables_of(readme) for row in rows for code in codes(row[0])}
    assert {path.name for path in (ROOT / "rules").glob("*.yaml")} <= named


@pytest.mark.parametrize("readme", READMES)
def test_set_up_comes_first_and_is_in_the_makefile(readme: str) -> None:
    commands = [line for block in blocks_of(readme) if block.language == "sh" for line in block.body.splitlines()]
    assert commands[:2] == ["make extract", "make test"]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text_of(readme), flags=re.MULTILINE)) <= targets


@pytest.mark.parametrize("document", [*READMES, "ARCHITECTURE.md"])
def test_what_is_pointed_to_is_there(document: str) -> None:
    text = text_of(document)
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), f"{document} links to {target}"
    for path in re.findall(r"`((?:pipeline|rules|corpus|tests)/[\w./]*)`", _BLOCK.sub("", text)):
        made = {block.name for block in blocks_of(READMES[0])}
        assert path in made or (ROOT / path).exists(), f"{document} names {path}"


# ── saying the same ──────────────────────────────────────────────────────────────────────────────────────────────────────


def levels_of(readme: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", prose_of(readme), flags=re.MULTILINE)]


def test_both_have_the_same_sections() -> None:
    assert levels_of(READMES[0]) == levels_of(READMES[1])


def test_both_have_the_same_blocks() -> None:
    english, chinese = (
        [(block.language, block.name, block.change, block.command) for block in blocks_of(readme)] for readme in READMES
    )
    for one, other in zip(english, chinese, strict=True):
        assert one == other


def test_both_have_the_same_tables() -> None:
    english, chinese = ([[codes(row[0]) for row in rows] for rows in tables_of(readme)[1:]] for readme in READMES)
    assert english == chinese
