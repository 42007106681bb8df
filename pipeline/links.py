"""Which document of a run a citation means: only when all have been read can that be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_OPEN, _CLOSE = r"[〔\[（【［(]", r"[〕\]）】］)]"


class Links:
    """The documents of a run, by number and by title."""

    def __init__(self, documents: Iterable[tuple[str, str, str]]) -> None:
        """Takes ``doc_id``, title and number of every document of the run."""
        self._by_number: dict[str, str] = {}
        self._by_title: dict[str, str] = {}
        for doc_id, title, number in documents:
            if number:
                self._by_number.setdefault(normal_number(number), doc_id)
            for name in _titles(title):
                self._by_title.setdefault(name, doc_id)

    def meant(self, number: str, title: str) -> str:
        """The ``doc_id`` of the document of that number or else of that title; empty where the run has none.

        >>> links = Links([("rules", "江州市民政局关于印发《江州市养老办法》的通知", "江政发[2021]3号")])
        >>> links.meant("江政发〔2021〕3号", ""), links.meant("", "江州市养老办法"), links.meant("", "")
        ('rules', 'rules', '')
        """
        plain = _plain(title)
        return (number and self._by_number.get(number)) or (plain and self._by_title.get(plain)) or ""


def normal_number(number: str) -> str:
    """A document number with the brackets of the national standard and without blanks or 第.

    >>> normal_number("国办发(2019) 第 5 号")
    '国办发〔2019〕5号'
    """
    plain = re.sub(r"\s|第(?=\s*\d+\s*号)", "", number)
    return re.sub(rf"{_OPEN}(\d{{4}}){_CLOSE}", r"〔\1〕", plain)


def _titles(title: str) -> Iterator[str]:
    """The names under which a document may be cited: its title, and what it issues."""
    yield _plain(title)
    if issued := re.search(r"关于(?:印发|发布|公布|转发)(?P<what>.+)的通知$", title.strip("《》")):
        yield _plain(issued["what"])


def _plain(title: str) -> str:
    return re.sub(r"[《》〈〉“”\"\s]", "", title).replace("(", "（").replace(")", "）")
