"""The tokenizer: jieba's words, faster."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tokenizer import Tokenizer

TEXTS = sorted((Path(__file__).resolve().parent.parent / "corpus").glob("*.txt"))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    tokenizer = Tokenizer()
    tokenizer.initialize()
    tokenizer.add_word("提高到")
    return tokenizer


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_its_words_are_those_of_jieba(path: Path, tokenizer: Tokenizer) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    assert tokenizer.words(text) == tokenizer.lcut(text)


@given(text=st.text(st.sampled_from("提高到全市经济社会的产量增长了煤炉甪里3.5%A-，。（ \r\n\u3000龘")))
def test_its_words_are_those_of_jieba_in_any_text(text: str, tokenizer: Tokenizer) -> None:
    assert tokenizer.words(text) == tokenizer.lcut(text)
