"""What can be wrong with what is checked."""

from __future__ import annotations


class CheckError(Exception):
    """A run or a gold file that cannot be used. Each of :attr:`lines` names file, place and remedy."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
