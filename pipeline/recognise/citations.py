"""Citations: the documents that a text names, by title, by number, or by the short name that it gives them itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline import regex
from pipeline.recognise.bodies import BodyGrammar
from pipeline.recognise.regions import Regions
from pipeline.rules import CitationRule, Rules, alternation
from pipeline.values import Citation, Metadata, Segmented

_OPEN, _CLOSE = r"[〔\[（【［(]", r"[〕\]）】］)]"
_NUMBER = (
    rf"(?P<code>\p{{Han}}{{1,14}}){_OPEN}\s*(?P<year>(?:19|20)\d\d)\s*{_CLOSE}\s*第?\s*(?P<serial>\d{{1,5}})\s*号"
    r"|(?P<order>\p{Han}{2,16}令)\s*第?\s*(?P<rank>\d{1,5})\s*号"
)
_NUMBERED = regex.compile(rf"{_OPEN}\s*(?:19|20)\d\d\s*{_CLOSE}|令\s*第?\s*\d")
"""What every number of a document holds: a text without it is not searched for one at each of its characters."""
_SHORT_NAME, _ALIKE = 8, 5
_LEADING = regex.compile(r".*(?:月|日|年|前|后|中|初|其间|由)(?=\p{Han}{2,}[府厅局委部院办会])")
_TRAILING = regex.compile(r"(?:今天|近日|日前|昨天|联合|共同|正式|专门|又|先后|研究|最新|，|已经|已|于|今年|去年|\d+年)$")
_TOGETHER = regex.compile(r"联合(?!会)|会同")
_SEVERAL = regex.compile(r"等?[两二三四五六七八九十\d]+(?:个)?部门(?:单位)?$|等$")
_SAID_YEAR = regex.compile(r"(?P<year>(?:19|20)\d\d)年|(?P<relative>今年|去年|前年|年初)")
_RELATIVE = {"今年": 0, "年初": 0, "去年": -1, "前年": -2}


@dataclass(frozen=True, slots=True)
class _Document:
    title: str
    number: str = ""
    issuer: str = ""
    year: int | None = None

    def filled(self, other: _Document) -> _Document:
        """With what ``other`` knows where this one knows nothing."""
        return _Document(
            self.title or other.title, self.number or other.number, self.issuer or other.issuer, self.year or other.year
        )


class CitationGrammar:
    """How texts cite documents, by the rules of ``rules/citations.yaml``."""

    def __init__(self, rules: Rules, bodies: BodyGrammar, regions: Regions) -> None:
        def words(role: str) -> str:
            return alternation(rules.words("citations", role))

        self._bodies, self._regions = bodies, regions
        listed: list[CitationRule] = rules.group("citations")
        self._issuers = {word: rule.issuer for rule in listed if rule.role == "issuer" for word in rule.words}
        self._document = regex.compile(rf"(?:{words('document')})(?:[（(][^（）()]*[）)])?$")
        self._not_document = regex.compile(rf"(?:{words('not-document')})$")
        self._number = regex.compile(_NUMBER)
        self._before = regex.compile(rf".*(?:{words('before-number')})")
        title = (
            r"《(?P<title>[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,60})*)》"
            r"(?P<remark>[（(\[](?:[^（）()\n]|[（(][^（）()\n]{0,12}[）)]){2,120}[）)\]])?"
        )
        self._mark = regex.compile(f"{title}|{_NUMBER}")
        self._title = regex.compile(title)
        self._short = regex.compile(
            rf"(?:{words('short')})(?:为|：)?(?:[“\"]?《(?P<title>[^》]+)》|[“\"](?P<quoted>[^”\"]+)[”\"])"
        )
        self._issue = regex.compile(rf"(?:{words('issue')})$")
        self._issued_by = regex.compile(rf"(?P<bodies>[^，。；：！？\n《》（）]{{2,40}}?)(?:{words('issue')})$")

    def find(self, segmented: Segmented, metadata: Metadata) -> tuple[Citation, ...]:
        """Every citation of a document, in text order.

        A title that is cited again, or by its short name, has the number, issuer and year that are said of it anywhere
        before.
        """
        text = segmented.text
        own_lines = {
            block.start for block in segmented.blocks if self._number.fullmatch(text[block.start : block.end].strip("（）"))
        }
        known = _Known()
        found: list[tuple[int, int, _Document, str]] = []
        mark = self._mark if _NUMBERED.search(text) else self._title
        for match in mark.finditer(text):
            if match["title"] is None:
                start = self._number_start(text, match)
                if own_lines and any(line <= start <= line + 1 for line in own_lines):
                    continue
                cited = _Document("", *self._numbered(match, metadata))
                found.append((start, match.end(), known.numbered(cited), "citation.number"))
                continue
            title = match["title"]
            name = known.meant(title)
            if not name and (not self._document.search(title) or self._not_document.search(title)):
                continue
            end, number, alias = self._remarked(match, metadata)
            cited = _Document(name or title, *number)
            cited = cited.filled(_Document("", "", self._issuer(cited.title, text, match.start(), metadata), None))
            cited = replace(cited, year=cited.year or self._year(cited.title, text, match.start(), metadata))
            cited = cited.filled(known.same(cited.title))
            known.add(cited, alias)
            found.append((match.start(), end, cited, "citation.short" if name else "citation.title"))
        return tuple(
            Citation(start, end, cited.title, cited.number, cited.issuer, cited.year, rule)
            for start, end, cited, rule in found
        )

    def _remarked(self, match: regex.Match[str], metadata: Metadata) -> tuple[int, tuple[str, str, int | None], str]:
        """What the brackets behind a title say: its number and its short name; and where the citation ends."""
        end = match.end("title") + 1
        remark = match["remark"]
        if not remark:
            return end, ("", "", None), ""
        number = self._number.search(remark)
        alias = self._short.search(remark)
        if not number and not alias:
            return end, ("", "", None), ""
        said = self._numbered(number, metadata) if number else ("", "", None)
        return match.end(), said, (alias["title"] or alias["quoted"]) if alias else ""

    def _numbered(self, match: regex.Match[str], metadata: Metadata) -> tuple[str, str, int | None]:
        """A document number in one form, with the issuer that its letters stand for, and its year."""
        if match["order"]:
            order = self._before.sub("", match["order"])
            issuer = self._issuers.get(order) or order.removesuffix("令")
            return f"{order}第{int(match['rank'])}号", issuer, None
        code = self._before.sub("", match["code"])
        year = int(match["year"])
        return f"{code}〔{year}〕{int(match['serial'])}号", self._issuer_of_code(code, metadata), year

    def _number_start(self, text: str, match: regex.Match[str]) -> int:
        group = "order" if match["order"] else "code"
        cut = self._before.match(match[group])
        return int(match.start(group)) + (cut.end() if cut else 0)

    def _issuer_of_code(self, code: str, metadata: Metadata) -> str:
        if code in self._issuers:
            return self._issuers[code]
        place = self._regions.of_letter(code[0]) or (metadata.region if metadata.region[:1] == code[0] else "")
        if place and regex.fullmatch(r"\p{Han}政(?:发|字|函|规)", code):
            return f"{place}人民政府"
        if place and regex.fullmatch(r"\p{Han}政办(?:发|字|函|规)?", code):
            return f"{place}人民政府办公{'厅' if self._regions.of_letter(code[0]) else '室'}"
        return ""

    def _issuer(self, title: str, text: str, start: int, metadata: Metadata) -> str:
        """Who issued it: the bodies that the title begins with, or the subject of 印发 before it."""
        head, about, _ = title.partition("关于")
        if about and head:
            bodies = [name.text for name in self._bodies.split(head, 0, len(head))]
            if bodies and all(self._bodies.is_strong(body) for body in bodies):
                return ";".join(bodies)
        said = self._issued_by.search(text, max(0, start - 50), start)
        if not said:
            return ""
        low, high = said.span("bodies")
        while trailing := _TRAILING.search(text, low, high):
            high = trailing.start()
        if leading := _LEADING.match(text, low, high):
            low = leading.end()
        parts = [part for part in _TOGETHER.split(text[low:high]) if part]
        bodies = [name.text for part in parts for name in self._bodies.split(part, 0, len(part))]
        bodies = [name for body in bodies if (name := _SEVERAL.sub("", body))]
        if not all(self._bodies.is_strict(body) and not self._bodies.is_kind(body) for body in bodies):
            return ""
        places = self._regions.places(metadata.region)
        return ";".join(self._bodies.full_name(body, "", places)[0] for body in bodies)

    def _year(self, title: str, text: str, start: int, metadata: Metadata) -> int | None:
        """The year in the title, or the one in which the sentence says that it was issued."""
        if match := regex.match(
            r"(?:\p{Han}{0,8})?(?P<year>(?:19|20)\d\d)年(?!版)|.*[（(](?P<edition>(?:19|20)\d\d)年?版?[）)]$", title
        ):
            return int(match["year"] or match["edition"])
        clause = max(text.rfind(mark, max(0, start - 60), start) for mark in "。；！？\n》") + 1
        if not self._issue.search(text, max(0, start - 8), start):
            return None
        said = list(_SAID_YEAR.finditer(text, max(clause, start - 60), start))
        if not said:
            return None
        if said[-1]["year"]:
            return int(said[-1]["year"])
        return metadata.date.year + _RELATIVE[said[-1]["relative"]] if metadata.date else None


class _Known:
    """The documents that a text has cited so far, under every name that may mean them later."""

    def __init__(self) -> None:
        self._short: dict[str, str] = {}
        self._titles: dict[str, _Document] = {}
        self._endings: dict[str, str] = {}
        self._about: dict[str, list[str]] = {}
        self._numbers: dict[str, _Document] = {}

    def add(self, document: _Document, alias: str) -> None:
        """Remembers a document; ``alias`` is the short name that the text gives it."""
        title = document.title
        if title not in self._titles:
            base = regex.sub("[（(][^（）()]*[）)]$", "", title)
            for length in range(2, min(_SHORT_NAME, len(base) - 1) + 1):
                self._endings[base[-length:]] = title
            if "关于" in title:
                self._about.setdefault(title[title.index("关于") :], []).append(title)
        self._titles[title] = document
        if document.number:
            self._numbers.setdefault(document.number, document)
        if alias:
            self._short[alias] = title

    def meant(self, title: str) -> str:
        """The full title that a short name means, declared or, such as 《意见》, the last one cited that ends in it."""
        if title in self._short:
            return self._short[title]
        return "" if title in self._titles else self._endings.get(title, "")

    def same(self, title: str) -> _Document:
        """What is known of a document under its title, or under a title with or without who issued it."""
        if title in self._titles:
            return self._titles[title]
        if "关于" in title:
            head = title[: title.index("关于")]
            about = title[len(head) :]
            for other in reversed(self._about.get(about, [])[-_ALIKE:]):
                its = other[: -len(about)]
                if not its or not head or its.startswith(head) or head.startswith(its):
                    return self._titles[other]
        return _Document("")

    def numbered(self, cited: _Document) -> _Document:
        """The document of that number, with its title where that was said."""
        return self._numbers.get(cited.number, cited)
