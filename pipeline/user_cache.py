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
from typing import Any, Generic, TypeVar

import platformdirs

from pipeline.program import program_state
from pipeline.sealed import opened, seal

_T = TypeVar("_T")

_UNUSED_SECONDS = 30 * 24 * 3600
_USED_ANEW_SECONDS = 24 * 3600
"""How old the time of an entry becomes before a use of it is noted."""
_WORTH_WRITING = 20
"""A memo is written again when one in so many of its texts is new."""
_LARGEST = 1 << 24
"""Characters of a memo; a larger one takes longer to read than what is asked for takes to make."""
_WRITTEN_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def kept(name: str, made_of: object, make: Callable[[], _T]) -> _T:
    """What ``make`` makes: read, where it has been kept, and otherwise made and kept.

    Args:
        name: what it is, in letters and hyphens.
        made_of: all that it is made of beside the program itself; can be written as JSON.
        make: makes it, the same whenever it is called. What JSON does not give back as it was is not kept.
    """
    key = _key(name, [made_of, program_state()])
    entry = _read(key)
    if entry:
        value: _T = entry[1]
        return value
    value = make()
    with suppress(TypeError, ValueError):
        body = json.dumps([key, value])
        if json.loads(body) == [key, value]:
            _write(key, body)
    return value


class Memo(Generic[_T]):
    """What was made of many texts, in one entry that grows as more is asked for.

    Args:
        name: what they are, in letters and hyphens.
        made_of: all that they are made of beside the texts, the program included; can be written as JSON.
    """

    def __init__(self, name: str, made_of: object) -> None:
        self._key = _key(name, made_of)
        self._known: dict[str, _T] | None = None
        self._new: dict[str, _T] = {}

    def kept(self, text: str, make: Callable[[], _T]) -> _T:
        """What ``make`` makes of ``text``, which JSON must give back as it was."""
        if self._known is None:
            self._known = self._read()
        if text not in self._known:
            self._known[text] = self._new[text] = make()
        return self._known[text]

    def keep(self) -> None:
        """Keeps what has been made, once there is enough of it to be worth the writing.

        What others have kept meanwhile stays; an entry that has become too large begins anew with what is new.
        """
        if not self._known or len(self._new) * _WORTH_WRITING < len(self._known):
            return
        body = json.dumps([self._key, self._read() | self._new])
        _write(self._key, body if len(body) <= _LARGEST else json.dumps([self._key, self._new]))
        self._new = {}

    def _read(self) -> dict[str, _T]:
        entry = _read(self._key)
        return entry[1] if entry else {}


def folder() -> Path:
    """Where entries are kept."""
    return Path(platformdirs.user_cache_dir("zhibiao", appauthor=False))


def _key(name: str, made_of: object) -> list[str]:
    return [name, hashlib.sha256(json.dumps(made_of).encode("ascii")).hexdigest()]


def _read(key: list[str]) -> Any:
    """The entry of a name, with its name before it; ``None`` where there is none to be believed."""
    file = folder() / "-".join(key)
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
    entry = json.loads(body) if body else None
    return entry if entry and entry[0] == key else None


def _write(key: list[str], body: str) -> None:
    """Writes an entry beside its place and renames it; takes those away that nobody has used for a month."""
    file = folder() / "-".join(key)
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for other in file.parent.iterdir():
            if time.time() - other.stat().st_mtime > _UNUSED_SECONDS:
                other.unlink()
        handle, beside = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(seal(body.encode("ascii")))
            Path(beside).replace(file)
        finally:
            Path(beside).unlink(missing_ok=True)
