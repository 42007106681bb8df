"""Bytes that can be told from damaged ones: a SHA-256 in hexadecimal of all that follows it, and what follows it."""

from __future__ import annotations

import hashlib

_LENGTH = 64


def seal(body: bytes) -> bytes:
    """``body`` with its digest before it.

    >>> seal(b"text")[:8], opened(seal(b"text")), opened(seal(b"text")[:-1])
    (b'982d9e3e', b'text', None)
    """
    return hashlib.sha256(body).hexdigest().encode("ascii") + body


def opened(sealed: bytes) -> bytes | None:
    """What was sealed; ``None`` where it is not as it was."""
    body = sealed[_LENGTH:]
    return body if seal_of(sealed) == hashlib.sha256(body).hexdigest() else None


def seal_of(sealed: bytes) -> str:
    """The digest that stands before what was sealed."""
    return sealed[:_LENGTH].decode("ascii", "replace")
