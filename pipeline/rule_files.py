"""A folder of rules before it is read: its hash tells whether it must be, for reading it takes a while."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path


class RuleError(Exception):
    """A rule file that cannot be used. The message names file, line, rule and remedy."""


def rules_sha256(folder: Path) -> str:
    """The SHA-256 of the rule files of a folder, one after another in the order of their names.

    A file that cannot be read is left out: loading the rules says so.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        with suppress(OSError):
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()
