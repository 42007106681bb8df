"""Standpoint: where a document speaks from, by its day and its title."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pipeline import regex
from pipeline.recognise import is_report, viewpoint
from pipeline.relate.lexicon import Lexicon
from pipeline.relate.periods import period_of
from pipeline.relate.timescope import Scope
from pipeline.values import Mention, Metadata


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a document speaks from: its day, the kind that its title suggests, the years that the title names.

    Attributes:
        present: the last year whose state is known when the document speaks.
        early: whether it speaks from the first months of its year.
        report: whether it is a government's work report.
    """

    day: date | None
    present: int | None
    early: bool
    genre: str
    report: bool
    period: Scope

    @classmethod
    def of(cls, metadata: Metadata, lexicon: Lexicon) -> Standpoint:
        """The standpoint of the document with ``metadata``."""
        day, report = viewpoint(metadata, lexicon.review), is_report(metadata)
        early = day is not None and day.month <= 3
        present = day.year - (report and early) if day else None
        return cls(day, present, early, genre_of(metadata.title, lexicon), report, period_of(metadata.title))

    @property
    def year(self) -> int | None:
        """The document's year."""
        return self.day.year if self.day else None

    @property
    def is_news(self) -> bool:
        """Whether it tells what is, and is neither plan, rule nor work report."""
        return not self.report and self.genre not in ("target", "provision")

    def time(self, mention: Mention, text: str) -> Mention:
        """A time as the document means it.

        In a rule 上年度 and 次年 are years of whoever applies, 三年内 is a time limit, 全年 is any year, and a time that
        describes a thing (2018年4月底前注册的车辆) tells which are meant: none dates the text.
        """
        of_applicant = mention.rule in _RELATIVE and not any(word in mention.text for word in _OF_THE_TEXT)
        describes = mention.data["role"] == "point" and _DESCRIBING.match(text, mention.end)
        if self.genre != "provision" or not (of_applicant or describes):
            return mention
        return replace(mention, data={**mention.data, "role": "vague"})

    def is_ahead(self, scope: Scope) -> bool:
        """Whether a time is after the document's year."""
        return self.day is not None and (scope.year_to or 0) > self.day.year


def genre_of(title: str, lexicon: Lexicon) -> str:
    """The kind that a document's title suggests; the genre word nearest the end of the title decides.

    A notice that issues another document (关于印发…行动方案的通知) is of the kind of what it issues; a remark in brackets
    behind a title (办法（节选）, 条例（报道）) is no genre. Some words are one only at the end, and not behind a word that
    reports: 惠民殡葬政策, but not 出台惠民殡葬政策.
    """
    title = _REMARK.sub("", title)
    if (issued := _ISSUED.search(title)) and (found := genre_of(issued["what"], lexicon)):
        return found
    best = (-1, "")
    for pattern, kind, _ in lexicon.genres:
        for match in pattern.finditer(title):
            if not _COUNTED.match(title, match.end()):
                best = max(best, (match.end(), kind))
    ends = (
        kind for word, reports, kind in lexicon.genre_ends if title.endswith(word) and not any(w in title for w in reports)
    )
    return best[1] or next(ends, "")


_REMARK = regex.compile(r"(?<=.{4})[（(][^（）()]*[）)]$")
_COUNTED = regex.compile(r"\p{Han}{0,12}\d[\d.]*(?:[多余几]?[百千万亿]|[%人个家户项条]|元)")
"""A number behind the word makes the title a headline that reports: 育儿补贴已发放2500万人."""
_ISSUED = regex.compile(r"(?:印发|转发|发布|下达|公布)(?P<what>.+)的通知")
_DESCRIBING = regex.compile(r"(?:前|后|以前|以后|之前|之后|起)?[^，。；：、\d]{2,10}的(?!，)\p{Han}")
"""What makes a time part of a description: 2018年4月30日前注册登记的新能源乘用车."""
_RELATIVE = (
    "time.whole-year",
    "time.this-year",
    "time.year-under-way",
    "time.last-year",
    "time.next-year",
    "time.within-years",
    "time.past-years",
    "time.after-event",
)
_OF_THE_TEXT = ("今年", "去年", "明年")
