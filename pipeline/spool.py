"""What was read of a document, laid by in a file until the tables are written, so that memory does not hold it all.

A file is a SHA-256 in hexadecimal of all that follows it, and JSON, compressed: it can be told from one that was cut short
or damaged, and reading it runs nothing.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

from pipeline.document import DocumentRows
from pipeline.write import replacing

_DIGEST = 64


def lay_by(rows: DocumentRows, path: Path) -> None:
    """Writes the rows of a document to a file.

    Raises:
        OutputError: it cannot be written.
    """
    plain = {"document": rows.document, "tables": rows.tables, "seconds": rows.seconds, "text": rows.text}
    body = zlib.compress(json.dumps(plain).encode("ascii"), level=1)
    with replacing(path) as beside:
        beside.write_bytes(hashlib.sha256(body).hexdigest().encode("ascii") + body)


def take_up(path: Path) -> DocumentRows | None:
    """The rows that were laid by in a file; ``None`` where there is no such file, or it is not as it was written."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    digest, body = raw[:_DIGEST], raw[_DIGEST:]
    if hashlib.sha256(body).hexdigest().encode("ascii") != digest:
        return None
    return DocumentRows(**json.loads(zlib.decompress(body)))
