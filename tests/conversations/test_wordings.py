"""What may stand in the text of a prompt, and how it is filled in."""

import pytest

from conversations.wordings import (
    LONGEST,
    Fault,
    WordingFault,
    faults,
    fill,
    missing,
    tidied,
)

GOOD = "您好，{station}请您在{deadline}前更新{year}年的情况，有事打0351-1234567或13800138000。"


def test_a_good_text_has_no_fault_and_is_filled_in() -> None:
    assert faults(GOOD) == ()
    values = {"station": "段村镇", "deadline": "12月1日", "year": "2026"}
    assert fill(GOOD, values).startswith("您好，段村镇请您在12月1日前更新2026年")


def test_what_is_not_known_yet_stays_for_a_later_filling() -> None:
    once = fill("{station}：{days}天", {"days": "7"})
    assert once == "{station}：7天"
    assert fill(once, {"station": "段村镇"}) == "段村镇：7天"


def test_what_was_filled_in_is_not_read_as_a_placeholder() -> None:
    assert fill("{contact}", {"contact": "{station}", "station": "no"}) == "{station}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.EMPTY),
        (" \n\u200b", Fault.EMPTY),
        ("好" * (LONGEST + 1), Fault.TOO_LONG),
        ("{name}您好", Fault.PLACEHOLDER),
        ("{}您好", Fault.PLACEHOLDER),
        ("{station您好", Fault.BRACE),
        ("station}您好", Fault.BRACE),
        ("看 https://evil.example/x", Fault.LINK),
        ("看 ＷＷＷ．ＡＢＣ．ＣＯＭ", Fault.LINK),
        ("看 http://1.2.3.4/", Fault.LINK),
        ("看 https://page.example@evil.example/", Fault.LINK),
        ("看 page.example.evil.com", Fault.LINK),
        ("加 @somebody", Fault.LINK),
        ("看 我们.中国", Fault.LINK),
        ("卡号那个6222 0212-3456 7890", Fault.NUMBER),
        ("把身份证\u200b号发来", Fault.ASKS),
        ("验 证 码是多少", Fault.ASKS),
        ("Send your PASSWORD", Fault.ASKS),
        ("先交 钱再上课", Fault.ASKS),
    ],
)
def test_what_cheats_write_is_refused(text: str, fault: Fault) -> None:
    assert fault in {found.fault for found in faults(text, ("page.example",))}


@pytest.mark.parametrize("text", ["看 https://page.example/chat", "看 page.example", "11.24前来"])
def test_our_own_page_and_plain_numbers_are_good(text: str) -> None:
    assert faults(text, ("page.example",)) == ()


def test_a_long_number_is_not_repeated_in_its_fault() -> None:
    (fault,) = faults("看 622202123456789012")
    assert fault == WordingFault(Fault.NUMBER)


def test_a_placeholder_without_a_value_is_a_fault_unless_each_person_has_their_own() -> None:
    assert missing("{station}{trade}{days}", {"days": "7"}) == (
        WordingFault(Fault.NO_VALUE, "trade"),
    )


def test_full_width_braces_and_hidden_marks_are_folded() -> None:
    assert tidied(" ｛station｝\u202e您好\n") == "{station}您好"
