"""Numbers with a meaning, read out of Chinese policy texts.

The verbs of the command line, for programs:

>>> from pathlib import Path
>>> import pipeline
>>> extractor = pipeline.Extractor(Path("rules"))
>>> [row["value"] for row in pipeline.explain("到2025年，培育企业300家。", extractor)["statements"]]
[300]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.adding import add_documents
    from pipeline.draft import write_draft
    from pipeline.examples import check_rules
    from pipeline.explanation import explain
    from pipeline.pipeline import Extractor
    from pipeline.run import extract_folder

__version__ = "0.1.0"
__all__ = ["Extractor", "__version__", "add_documents", "check_rules", "explain", "extract_folder", "write_draft"]

_HOMES = {
    "Extractor": "pipeline.pipeline",
    "add_documents": "pipeline.adding",
    "check_rules": "pipeline.examples",
    "explain": "pipeline.explanation",
    "extract_folder": "pipeline.run",
    "write_draft": "pipeline.draft",
}


def __getattr__(name: str) -> Any:
    """Imports what is asked for when it is asked for: the libraries behind it take seconds to load."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
