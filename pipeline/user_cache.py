"""What takes a while to make out of rules, dictionary and program alone, kept in the user's cache for the next start.

An entry is named by the hash of all that it is made of, so that none is ever out of date. It is JSON and sealed, so that
reading it runs nothing. What is damaged, belongs to another user, may be written by others or stands under a name that is
not its own is not believed but made anew; where nothing can be kept, it is made every time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from pipeline.program import program_state
from pipeline.sealed import opened, seal

_T = TypeVar("_T")

_UNUSED_SECONDS = 30 * 24 * 3600
_USED_ANEW_SECONDS = 24 * 3600
"""How old the time of an entry becomes before a use of it is noted."""
_WRITTEN_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def kept(name: str, made_of: object, make: Callable[[], _T]) -> _T:
    """What ``make`` makes: read, where it has been kept, and otherwise made and kept.

    Args:
        name: what it is, in letters and hyphens.
        made_of: all that it is made of beside the program itself; can be written as JSON.
        make: makes it, the same whenever it is called. What JSON does not give back as it was is not kept.
    """
    key = [name, hashlib.sha256(json.dumps([made_of, program_state()]).encode("ascii")).hexdigest()]
    file = folder() / "-".join(key)
    entry = _read(file)
    if entry and entry[0] == key:
        value: _T = entry[1]
        return value
    value = make()
    with suppress(TypeError, ValueError):
        body = json.dumps([key, value])
        if json.loads(body) == [key, value]:
            _write(file, seal(body.encode("ascii")))
    return value


def folder() -> Path:
    """Where entries are kept."""
    return Path(platformdirs.user_cache_dir("zhibiao", appauthor=False))


def _read(file: Path) -> Any:
    try:
        with file.open("rb") as stream:
            about = os.fstat(stream.fileno())
            if hasattr(os, "geteuid") and (about.st_uid != os.geteuid() or about.st_mode & _WRITTEN_BY_OTHERS):
                return None
            body = opened(stream.read())
        if body and time.time() - about.st_mtime > _USED_ANEW_SECONDS:
            os.utime(file)
    except OSError:
        return None
    return json.loads(body) if body else None


def _write(file: Path, raw: bytes) -> None:
    """Writes an entry beside its place and renames it; takes those away that nobody has used for a month."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for other in file.parent.iterdir():
            if time.time() - other.stat().st_mtime > _UNUSED_SECONDS:
                other.unlink()
        handle, beside = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(raw)
            Path(beside).replace(file)
        finally:
            Path(beside).unlink(missing_ok=True)
