"""The state of the program, by which what it has made is named in its caches: other code has other names."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from pathlib import Path


@cache
def program_state() -> tuple[str, str]:
    """The SHA-256 of the program's source, and the version of Python."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest(), platform.python_version()
