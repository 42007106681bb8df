"""The tokenizer: jieba's words, faster."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jieba import posseg

from pipeline.tokenizer import Tokenizer

TEXTS = sorted((Path(__file__).resolve().parent.parent / "corpus").glob("*.txt"))
ADDED = [("提高到", "v"), ("产量", "n"), ("甪里产量", "n"), ("约", "d"), ("提高到", "n")]
REMOVED = ["全市", "增长了"]


@pytest.fixture(scope="module")
def ours() -> Tokenizer:
    return Tokenizer(ADDED, REMOVED)


@pytest.fixture(scope="module")
def theirs() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    for word in REMOVED:
        tokenizer.del_word(word)
    for word, tag in ADDED:
        if tag != "d":
            tokenizer.add_word(word)
    return tokenizer


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_its_words_are_those_of_jieba(path: Path, ours: Tokenizer, theirs: jieba.Tokenizer) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    assert ours.words(text) == theirs.lcut(text)


@given(text=st.text(st.sampled_from("提高到全市经济社会的产量增长了煤炉甪里约3.5%A-，。（ \r\n\u3000龘")))
def test_its_words_are_those_of_jieba_in_any_text(text: str, ours: Tokenizer, theirs: jieba.Tokenizer) -> None:
    assert ours.words(text) == theirs.lcut(text)


def test_words_do_not_depend_on_what_was_cut_before() -> None:
    sentence = "产量提高到三百万吨，甪里产量约增长了一成。"
    assert Tokenizer(ADDED, REMOVED).words(sentence) == _after(Tokenizer(ADDED, REMOVED), TEXTS[0]).words(sentence)


def _after(tokenizer: Tokenizer, path: Path) -> Tokenizer:
    tokenizer.words(path.read_text(encoding="utf-8", errors="replace"))
    return tokenizer


def test_a_word_has_the_part_of_speech_of_the_dictionary_whether_or_not_a_text_held_it(theirs: jieba.Tokenizer) -> None:
    of_jieba = posseg.POSTokenizer(jieba.Tokenizer()).word_tag_tab
    words = [word for word in of_jieba if word[0] in "一经约A硫全"]
    fresh = Tokenizer()
    assert [fresh.tag(word) for word in words] == [of_jieba[word] for word in words]


def test_an_added_word_has_its_first_part_of_speech_and_an_adverb_that_of_the_dictionary(ours: Tokenizer) -> None:
    assert [ours.tag(word) for word in ("提高到", "甪里产量", "约", "全市", "", "无此词也")] == ["v", "n", "d", "n", "", ""]
