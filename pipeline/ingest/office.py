"""Formats that LibreOffice reads: ``.doc``, ``.wps``, ``.rtf``, ``.odt`` become ``.docx``.

It runs with a profile of its own that is thrown away: no macros, no links followed, no network.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from pipeline.ingest.files import IngestError
from pipeline.ingest.limits import MAX_PART_BYTES, OFFICE_SECONDS

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_SAFE = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Port 9 discards: what asks for the network gets none, where the system cannot take it away altogether."""


def find_office() -> str | None:
    """The program, where LibreOffice is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _version(program: str) -> str:
    try:
        told = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False).stdout.decode(
            "utf-8", "replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return "LibreOffice"
    number = re.search(r"\d+(?:\.\d+)+", told)
    return f"LibreOffice {number[0]}" if number else "LibreOffice"


@cache
def _without_network() -> tuple[str, ...]:
    """The command that runs another one without a network; empty where the system has none that may be used."""
    command = ("unshare", "--map-root-user", "--net")
    try:
        done = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done.returncode == 0 else ()


def convert(raw: bytes, suffix: str) -> tuple[bytes, str]:
    """A document as ``.docx``, and the name and version of what made it.

    Raises:
        IngestError: LibreOffice is not installed, cannot read the document, or takes too long.
    """
    program = find_office()
    if program is None:
        raise IngestError(f"{suffix} needs LibreOffice, which is not installed; install it, or save the document as .docx")
    with tempfile.TemporaryDirectory(prefix="zhibiao-") as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        items = "\n".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SAFE)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
        source = folder / f"document{'.doc' if suffix == '.wps' else suffix}"
        source.write_bytes(raw)
        command = [
            *_without_network(), program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=OFFICE_SECONDS, check=False, cwd=folder)
        except subprocess.TimeoutExpired:
            raise IngestError(f"LibreOffice needs more than {OFFICE_SECONDS} s for it; save the document as .docx") from None
        except OSError as error:
            raise IngestError(f"LibreOffice cannot be run ({error.strerror}); save the document as .docx") from None
        made = folder / "document.docx"
        if not made.is_file() or made.stat().st_size > MAX_PART_BYTES:
            raise IngestError(
                f"LibreOffice cannot read it as {suffix}; open it in the program it is from and save it as .docx"
            )
        return made.read_bytes(), _version(program)
