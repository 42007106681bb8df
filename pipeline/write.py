"""Files of a run: how each takes its place, how a cell is written, the texts, and the account of the run.

Each file is written beside its place and then renamed, so that a reader never sees half of one.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@``. In the workbook every text is stored as a string,
which is never run. CSV has no types, so there such a text gets an apostrophe before it; ``quote`` alone is always
written as it stands, because ``text[start:start+len(quote)] == quote`` must hold of the CSV too, and what a rule takes
for a number (``-0.5%``) does nothing in a cell but be one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

RUN_NAME, TEXTS_NAME = "run.json", "texts"

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
_QUOTED_IN_CSV = frozenset(',"\r\n')
_POSITIONAL_BELOW = 1e21


class OutputError(Exception):
    """A file that cannot be written. The message is one line that names it and what to do about it."""


def make_folder(folder: Path) -> None:
    """Makes the folder for the files of a run, where there is none.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: no folder can be made there ({error.strerror}); name another --output") from None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; it takes the place of ``path`` when all went well, and goes away otherwise.

    Raises:
        OutputError: the file cannot be written.
    """
    beside = beside_of(path)
    try:
        with told(path):
            yield beside
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_beside(path: Path, raw: bytes) -> None:
    """Writes a file as a whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    with replacing(path) as beside:
        beside.write_bytes(raw)


def beside_of(path: Path) -> Path:
    """Where a file is written before it takes the place of ``path``; the name tells which process does so."""
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Says of what goes wrong in writing which file it is.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        yield
    except OSError as error:
        why = error.strerror or error
        raise OutputError(f"{path}: cannot be written ({why}); close it where it is open, and check the folder") from None


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """A folder within ``folder`` for what a run needs only while it lasts.

    What earlier runs left there when they were killed is taken away first.

    Raises:
        OutputError: it cannot be made.
    """
    for left in (*folder.glob(".*.tmp"), *folder.glob(f"{TEXTS_NAME}/.*.tmp")):
        if not _is_running(left.name.split(".")[-2]):
            take_away(left)
    work = folder / f".run.{os.getpid()}.tmp"
    try:
        make_folder(work)
        yield work
    finally:
        take_away(work)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return int(process) != os.getpid()


def take_away(path: Path) -> None:
    """Takes a file or a folder away, where there is one."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def place_text(folder: Path, doc_id: str, made: Path) -> None:
    """Puts the text of a document, which every ``start`` points into, in its place, ``texts/<doc_id>.txt``.

    Raises:
        OutputError: it cannot be put there.
    """
    make_folder(folder / TEXTS_NAME)
    path = text_path(folder, doc_id)
    with told(path):
        made.replace(path)


def text_path(folder: Path, doc_id: str) -> Path:
    """Where the text of a document lies."""
    return folder / TEXTS_NAME / f"{doc_id}.txt"


def drop_texts(folder: Path, kept: Collection[Path]) -> None:
    """Takes away the texts of earlier runs, which no table points into any more."""
    for path in (folder / TEXTS_NAME).glob("*.txt"):
        if path not in kept:
            path.unlink(missing_ok=True)


def write_run(account: Mapping[str, Any], folder: Path) -> Path:
    """Writes ``run.json``: what ran, on what, and how long."""
    with replacing(folder / RUN_NAME) as path:
        path.write_text(json.dumps(account, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return folder / RUN_NAME


def plain_number(value: float) -> str:
    """The shortest way to write a number, without a useless ``.0``.

    >>> plain_number(1000.0), plain_number(86.5), plain_number(1e16)
    ('1000', '86.5', '10000000000000000')
    """
    return np.format_float_positional(value, trim="-") if abs(value) < _POSITIONAL_BELOW else repr(float(value))


def csv_cell(text: str, *, verbatim: bool = False) -> str:
    """A text as a cell of CSV: guarded against being run by a spreadsheet, unless ``verbatim``, and quoted where it must be.

    >>> csv_cell("=1+1"), csv_cell("-0.5%", verbatim=True), csv_cell("省, 市")
    ("'=1+1", '-0.5%', '"省, 市"')
    """
    if not verbatim and text.startswith(_RUN_BY_SPREADSHEETS):
        text = f"'{text}"
    # The csv module of Python 3.11 leaves a lone carriage return bare where lines end in \n; a reader would split there.
    return '"' + text.replace('"', '""') + '"' if not _QUOTED_IN_CSV.isdisjoint(text) else text


def csv_text(cell: str) -> str:
    """The text that :func:`csv_cell` guarded.

    >>> csv_text("'=1+1"), csv_text("'十四五'")
    ('=1+1', "'十四五'")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_RUN_BY_SPREADSHEETS) else cell
