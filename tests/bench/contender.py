"""One way of reading Chinese text, timed alone in its process: ``python contender.py NAME FOLDER`` prints one line of JSON.

Imports and dictionaries are loaded before the clock starts, and the first text is read once to warm up, for all alike.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

Reader = Callable[[Path], object]

_A_SENTENCE = 100
"""Characters."""


def zhibiao(folder: Path) -> Reader:
    """The rows of all tables, from the file on."""
    from pipeline import Extractor
    from pipeline.document import read_rows
    from pipeline.ingest import INDEX_NAME, load_index

    extractor, index = Extractor(Path("rules")), load_index(folder / INDEX_NAME)
    characters = "".join({character for path in folder.glob("*.txt") for character in _text(path) if character.isalpha()})
    for start in range(0, len(characters), _A_SENTENCE):  # the dictionary is read by the characters that are met
        extractor.extract_text(f"{characters[start : start + _A_SENTENCE]}达到3家。")
    return lambda path: read_rows(path, index, extractor)


def jieba(folder: Path) -> Reader:
    """The words alone, by ``jieba.lcut``."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return lambda path: jieba.lcut(_text(path))


def spacy(folder: Path) -> Reader:
    """spaCy's blank Chinese pipeline with jieba: a ``Doc`` of words."""
    import jieba
    import spacy

    jieba.setLogLevel(logging.WARNING)
    pipeline = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    return lambda path: pipeline(_text(path))


def jionlp(folder: Path) -> Reader:
    """JioNLP's times and amounts of money, a paragraph at a time; they build no rows."""
    import jionlp

    def read(path: Path) -> object:
        return [
            (jionlp.ner.extract_time(paragraph), jionlp.ner.extract_money(paragraph))
            for paragraph in _text(path).splitlines()
            if paragraph.strip()
        ]

    return read


CONTENDERS = {make.__name__: make for make in (zhibiao, jieba, spacy, jionlp)}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def main(name: str, folder: str) -> None:
    """Reads every text of a folder once, and prints the processor seconds that it took and the peak of memory."""
    read = CONTENDERS[name](Path(folder))
    paths = sorted(Path(folder).glob("*.txt"))
    read(paths[0])
    begin = time.process_time()
    for path in paths:
        read(path)
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
