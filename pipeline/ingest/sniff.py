"""What a file is, by what it holds: names lie, and much that is called ``.doc`` is a page or rich text."""

from __future__ import annotations

import codecs
import io
import re
import zipfile

from pipeline.ingest.files import IngestError

_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf'\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WEB_ARCHIVE = re.compile(rb"(?:^|\n)content-type:\s*multipart/related", re.IGNORECASE)
_HEAD = 4096
_TEXTS = ("text", "markdown", "html", "mhtml")
_OPENS_TEXT = ("doc", "wps", "rtf")
"""What Word and WPS open as text when it is text."""

_PDF_WITHIN = 1024
_OFFICE_MARK = b"application/vnd.oasis.opendocument.text"


def format_of(raw: bytes, named: str) -> str:
    """The format of a file.

    Args:
        raw: the file.
        named: the format that its name promises.

    Raises:
        IngestError: it is an archive, a picture, a spreadsheet, or nothing that its name promises.
    """
    head = raw[:_HEAD]
    if head.lstrip().startswith(b"%PDF-") or (named == "pdf" and b"%PDF-" in head[:_PDF_WITHIN]):
        return "pdf"
    if raw.startswith(_OLE):
        return "wps" if named == "wps" else "doc"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if raw.startswith(b"PK"):
        return _of_archive(raw)
    if raw.startswith(_ARCHIVES):
        raise IngestError("an archive, which is not opened; take the document out of it and put that here")
    if raw.startswith(_PICTURES) and b"\0" in head:
        raise IngestError("a picture; save it as PDF, which is read where tesseract is installed")
    if _PAGE.match(head.removeprefix(codecs.BOM_UTF8)):
        return "html"
    if head[:1].isascii() and _WEB_ARCHIVE.search(head):
        return "mhtml"
    if named in _TEXTS:
        return named
    if named in _OPENS_TEXT and b"\0" not in head:
        return "text"
    raise IngestError(f"no {named} file by what it holds; open it in the program it is from and save it anew")


def _of_archive(raw: bytes) -> str:
    """Which of the formats that are archives themselves a file is in, by the names of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 1000:
                mark = archive.read("mimetype").strip()
                if mark.startswith(_OFFICE_MARK):
                    return "odt"
    except Exception as error:  # zipfile passes on errors of many kinds for what is no good archive
        raise IngestError(f"a damaged archive ({type(error).__name__}); save the document again") from None
    if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise IngestError("a spreadsheet; copy its table into a Word document or a text")
    if any(name.startswith("ppt/") for name in names):
        raise IngestError("a presentation; save its text as a Word document")
    raise IngestError("an archive, which is not opened; take the document out of it and put that here")
