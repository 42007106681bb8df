"""What is refused before a byte of a file is interpreted, and how that is said."""

from __future__ import annotations

import stat
from pathlib import Path

from pipeline.ingest.limits import MAX_BYTES

_LONGEST = 200


class IngestError(Exception):
    """A file that cannot be used. The message is one line that names the file and what to do about it."""


def errors_of(path: Path) -> type[Exception]:
    """What may go wrong in asking for a path: other file systems have errors of their own."""
    return OSError if is_here(path) else Exception


def is_here(path: object) -> bool:
    """Whether a path is one of this machine: those of other file systems only act like one."""
    return isinstance(path, Path)


def reason(error: Exception) -> str:
    """Why a file could not be had, in one line."""
    lines = (getattr(error, "strerror", None) or str(error)).splitlines()
    return lines[0][:_LONGEST] if lines else type(error).__name__


def bytes_of(path: Path) -> int:
    """How many bytes a file has; 0 where that cannot be told, which reading it will say."""
    try:
        return path.stat().st_size
    except errors_of(path):
        return 0


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        IngestError: it is no regular file, may not be read, is empty or larger than :data:`MAX_BYTES`.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise IngestError(f"{path}: not a regular file; put the document itself there")
        if status.st_size > MAX_BYTES:
            size, most = status.st_size / 2**20, MAX_BYTES // 2**20
            raise IngestError(f"{path}: {size:.0f} MiB are more than the {most} MiB that are read; split the document")
        raw = path.read_bytes()
    except IngestError:
        raise
    except errors_of(path) as error:
        raise IngestError(f"{path}: cannot be read ({reason(error)}); check that it is there and may be read") from None
    if not raw:
        raise IngestError(f"{path}: the file is empty; put the text into it or take it away")
    return raw
