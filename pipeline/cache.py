"""What was read of documents before: a document is read again only where something has changed that its rows come from.

An entry is named by the hash of all that: the file and its name, what the index says of it, the rules, the program, the
libraries and Python. What has changed has another name, so no entry is ever out of date. A document with an error has no
entry, for its remedy may lie outside of all that (a program that is installed, say).
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.ingest import Index
from pipeline.values import Metadata
from pipeline.write import make_folder

FOLDER_NAME = ".cache"

_KEPT_SECONDS = 30 * 24 * 3600


class Cache:
    """The entries of one folder of outputs, for one state of rules and program."""

    def __init__(self, output: Path, rules_sha256: str, libraries: Mapping[str, str]) -> None:
        """Makes the folder.

        Raises:
            OutputError: it cannot be made.
        """
        self._folder = output / FOLDER_NAME
        make_folder(self._folder)
        self._state = [rules_sha256, _program_sha256(), platform.python_version(), dict(libraries)]

    def entry(self, path: Path, index: Index) -> Path | None:
        """Where the rows of a document lie, or are to be laid by; ``None`` where the document cannot be read."""
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None
        said = repr(index.rows.get(path.stem, Metadata()))
        problems = [problem for about, problem in index.problems if about == path.stem]
        key = json.dumps([digest, path.as_posix(), said, problems, self._state])
        return self._folder / hashlib.sha256(key.encode()).hexdigest()

    def tidy(self) -> None:
        """Takes away entries that no run has used for a month."""
        for entry in self._folder.iterdir():
            with suppress(OSError):
                if time.time() - entry.stat().st_mtime > _KEPT_SECONDS:
                    entry.unlink()


def _program_sha256() -> str:
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()
