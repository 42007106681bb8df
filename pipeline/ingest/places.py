"""Where documents lie: a path of this machine, or a URL of any file system that fsspec knows (``s3://``, ``hdfs://``, …)."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, cast

from pipeline.ingest.files import IngestError, is_here, reason


def place(name: str) -> Path:
    """The path that a name means; one of another file system can do what is asked of paths here.

    >>> place("corpus/plan.txt")
    PosixPath('corpus/plan.txt')

    Raises:
        IngestError: there is no such file system, or it cannot be used.
    """
    if "://" not in name:
        return Path(name)
    try:
        from upath import UPath
    except ImportError:
        message = f"{name}: other file systems are not installed; install them with: pip install 'zhibiao[cluster]'"
        raise IngestError(message) from None
    try:
        found = UPath(name)
        if found.protocol in ("file", "local"):
            return Path(found.path)
        found.exists()
    except Exception as error:  # each file system has errors of its own
        raise IngestError(f"{name}: cannot be reached ({reason(error)}); check the address and its library") from None
    return cast(Path, found)


def anew(path: Path) -> Path:
    """The same path without the open connection that another file system keeps, which a forked process may not use."""
    return path if is_here(path) else cast(Path, pickle.loads(pickle.dumps(cast(Any, path))))
