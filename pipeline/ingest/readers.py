"""The readers of formats that need a parser, by name: each turns the bytes of a file into a :class:`Read`.

They run in a :mod:`~pipeline.ingest.worker`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.ingest.files import IngestError
from pipeline.ingest.layout import Read


def _html(raw: bytes) -> Read:
    from pipeline.ingest.html import read_html

    return read_html(raw)


def _mhtml(raw: bytes) -> Read:
    """A page saved with its pictures in one file, as browsers and old office systems write it."""
    import email
    from email import policy

    message = email.message_from_bytes(raw, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(payload, bytes) and payload:
                mark = f'<meta charset="{charset}">'.encode("ascii", "ignore") if charset else b""
                return _html(mark + payload)
    raise IngestError("a web archive without a page in it; save the page as HTML")


def _docx(raw: bytes) -> Read:
    from pipeline.ingest.docx import read_docx

    return read_docx(raw)


def _pdf(raw: bytes) -> Read:
    from pipeline.ingest.pdf import read_pdf

    return read_pdf(raw, None)


def _scan(raw: bytes) -> Read:
    from pipeline.ingest.ocr import find_recogniser
    from pipeline.ingest.pdf import read_pdf

    return read_pdf(raw, find_recogniser())


def _office(suffix: str) -> Callable[[bytes], Read]:
    def read(raw: bytes) -> Read:
        from pipeline.ingest.office import convert

        converted, converter = convert(raw, suffix)
        found = _docx(converted)
        return replace(found, extractor=f"{converter}, {found.extractor}")

    return read


READERS: dict[str, Callable[[bytes], Read]] = {
    "html": _html,
    "mhtml": _mhtml,
    "docx": _docx,
    "pdf": _pdf,
    "scan": _scan,
    **{name: _office(f".{name}") for name in ("doc", "wps", "rtf", "odt")},
}
