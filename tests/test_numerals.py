"""Numerals: what counts as one, and what it is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognise.numerals import NUMERAL, parse

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_GROUPS = ((10**8, "亿"), (10**4, "万"))


def spoken(number: int) -> str:
    """The Chinese numeral of a whole number below 10¹², as it is said in full: 一十, 二万零三百, never 两 or 十."""
    for scale, name in _GROUPS:
        if number >= scale:
            high, rest = divmod(number, scale)
            return spoken(high) + name + _joined(rest, scale // 10)
    for scale, name in _PLACES:
        if number >= scale:
            high, rest = divmod(number, scale)
            return _DIGITS[high] + name + _joined(rest, scale // 10)
    return _DIGITS[number]


def _joined(rest: int, next_place: int) -> str:
    """What follows a scale: nothing, or the rest, with 零 where the next place is empty."""
    if not rest:
        return ""
    return ("零" if rest < next_place else "") + spoken(rest)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        ("86.5", 86.5),
        ("1,250", 1250),
        ("1,250.6", 1250.6),
        ("12,345,678", 12_345_678),
        ("-3", -3),
        ("−0.5", -0.5),
    ],
)
def test_arabic_numerals_have_the_value_they_show(written: str, value: float) -> None:
    assert parse(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("五", 5),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("九十九", 99),
        ("百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("三千", 3000),
        ("三千零八", 3008),
        ("两千零二十五", 2025),
        ("万", 10_000),
        ("一万零三", 10_003),
        ("十万", 100_000),
        ("一千二百亿", 1200 * 10**8),
        ("四千零八十六亿五千万", 4086.5 * 10**8),
        ("万亿", 10**12),
        ("两万亿", 2 * 10**12),
        ("一万亿零五百万", 10**12 + 5 * 10**6),
    ],
)
def test_chinese_numerals_are_read_by_their_scales(written: str, value: float) -> None:
    assert parse(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [("二〇三五", 2035), ("二○二五", 2025), ("一九四九", 1949), ("二零二四", 2024), ("三一五", 315), ("一二三四五", 12_345)],
)
def test_a_row_of_chinese_digits_is_read_digit_by_digit(written: str, value: int) -> None:
    assert parse(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [("一百二", 120), ("两千三", 2300), ("两万五", 25_000), ("三亿六", 360_000_000), ("一万零五", 10_005), ("二十五", 25)],
)
def test_the_scale_after_a_last_digit_may_be_left_out(written: str, value: int) -> None:
    assert parse(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3万", 30_000),
        ("1.5亿", 150_000_000),
        ("1万6千", 16_000),
        ("3千万", 30_000_000),
        ("1亿3000万", 130_000_000),
        ("2,000万", 20_000_000),
        ("1.4万亿", 1.4 * 10**12),
    ],
)
def test_arabic_digits_and_chinese_scales_mix(written: str, value: float) -> None:
    assert parse(written) == pytest.approx(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("零点五", 0.5), ("三点一四", 3.14), ("一点二万", 12_000), ("十二点零五", 12.05), ("两点五亿", 2.5 * 10**8)],
)
def test_a_decimal_point_may_be_written_out(written: str, value: float) -> None:
    assert parse(written) == pytest.approx(value)


@pytest.mark.parametrize(
    ("written", "value"), [("1600多", 1600), ("三千余", 3000), ("3千多万", 30_000_000), ("二十几", 20), ("一百来", 100)]
)
def test_words_for_a_little_more_do_not_change_the_value(written: str, value: int) -> None:
    assert parse(written) == value


@pytest.mark.parametrize("written", ["", "企业", "5家", "a", "1.2.3", "点"])
def test_what_is_no_numeral_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        parse(written)


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_number_written_in_chinese_is_read_back(number: int) -> None:
    assert parse(spoken(number)) == number


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_the_short_forms_of_speech_are_read_back_as_well(number: int) -> None:
    short = spoken(number).replace("二千", "两千").replace("二万", "两万").replace("二亿", "两亿")
    assert parse(short.removeprefix("一") if short.startswith("一十") else short) == number


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_number_written_in_chinese_is_one_run_of_numeral_characters(number: int) -> None:
    assert NUMERAL.fullmatch(spoken(number))


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=6))
def test_an_arabic_number_is_read_back_with_and_without_thousands(number: int, decimals: int) -> None:
    value = number / 10**decimals
    assert parse(f"{value:.{decimals}f}") == parse(f"{value:,.{decimals}f}") == pytest.approx(value)


@given(st.lists(st.sampled_from(_DIGITS[1:]), min_size=2, max_size=9))
def test_digits_said_one_by_one_are_the_number_they_spell(digits: list[str]) -> None:
    assert parse("".join(digits)) == int("".join(str(_DIGITS.index(digit)) for digit in digits))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("产值1,250.6亿元", ["1,250.6", "亿"]),
        ("三千余户", ["三千"]),
        ("2025年和二〇三五年", ["2025", "二〇三五"]),
        ("统一部署", ["一"]),
        ("百万千瓦", ["百万千"]),
        ("没有数字", []),
    ],
)
def test_a_numeral_is_a_run_of_digits_or_of_chinese_numeral_characters(text: str, runs: list[str]) -> None:
    assert NUMERAL.findall(text) == runs
