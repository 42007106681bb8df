"""What was made in the run before: what nothing has changed of is not made again.

The rows of a document are named by the hash of all that they come from: its bytes and its name, what the index says of it,
the rules, the program, the libraries and Python. A block of the tables is named by the rows that it is made of. What has
changed has another name, so nothing kept is ever out of date. A document with an error is not kept, for its remedy may lie
outside of all that (a program that is installed, say). ``summaries`` holds what a run must know of each document that the
one before it read, so that its rows need not be opened where its block is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.ingest import Index
from pipeline.program import program_state
from pipeline.sealed import opened, seal
from pipeline.spool import Summary
from pipeline.values import Metadata
from pipeline.write import make_folder, replacing

FOLDER_NAME, BLOCKS_NAME, SUMMARIES_NAME = ".cache", "blocks", "summaries"

_KEPT_SECONDS = 30 * 24 * 3600


class Cache:
    """What is kept in one folder of outputs, for one state of rules and program."""

    def __init__(self, output: Path, rules_sha256: str, libraries: Mapping[str, str], index: Index) -> None:
        """Makes the folders.

        Raises:
            OutputError: they cannot be made.
        """
        self._folder = output / FOLDER_NAME
        make_folder(self._folder / BLOCKS_NAME)
        self.rules_sha256 = rules_sha256
        self._index = index
        self._program = [*program_state(), dict(libraries)]
        self._state = [rules_sha256, self._program]

    def rows(self, path: Path, sha256: str) -> Path:
        """Where the rows of a document with these bytes lie, or are to be laid by."""
        said = repr(self._index.rows.get(path.stem, Metadata()))
        problems = [problem for about, problem in self._index.problems if about == path.stem]
        return self._folder / _hash([sha256, path.as_posix(), said, problems, self._state])

    def block(self, digests: Sequence[str], links: object) -> Path:
        """Where the block of documents with these rows and links lies, or is to be laid by."""
        return self._folder / BLOCKS_NAME / _hash([digests, links, self._program])

    def summaries(self) -> dict[str, Summary]:
        """The summaries of documents that the run before read, by the names of their rows."""
        try:
            body = opened((self._folder / SUMMARIES_NAME).read_bytes())
        except OSError:
            return {}
        return {name: _summary(told) for name, told in json.loads(body).items()} if body else {}

    def keep(self, summaries: Mapping[str, Summary], blocks: Collection[Path]) -> None:
        """Keeps what this run has used, takes away other blocks, and rows that no run has used for a month.

        Raises:
            OutputError: it cannot be written.
        """
        fields = Summary.__slots__  # dataclasses.asdict copies every value deeply, which took longer than all else here
        told = {name: {field: getattr(summary, field) for field in fields} for name, summary in summaries.items()}
        with replacing(self._folder / SUMMARIES_NAME) as beside:
            beside.write_bytes(seal(json.dumps(told).encode("ascii")))
        for name in summaries:
            with suppress(OSError):
                os.utime(self._folder / name)
        _drop(block for block in (self._folder / BLOCKS_NAME).iterdir() if block not in blocks)
        _drop(entry for entry in self._folder.iterdir() if entry.is_file() and _age(entry) > _KEPT_SECONDS)


def _summary(told: dict[str, Any]) -> Summary:
    return Summary(**told | {"cited": tuple((number, title) for number, title in told["cited"])})


def _drop(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()


def _age(file: Path) -> float:
    with suppress(OSError):
        return time.time() - file.stat().st_mtime
    return 0.0


def _hash(said: object) -> str:
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
