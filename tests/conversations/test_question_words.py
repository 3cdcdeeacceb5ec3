"""What the staff may write to a worker: short, no links, no numbers."""

import pytest

from conversations.question_words import LONGEST, question_in, refusal_of


@pytest.mark.parametrize(
    "words",
    [
        "月收入是５２００元吗？",
        "是2024年3月到2026年5月吗？",
        "工资5000-6000还是6000-7000？",
        "您是a厂的吗",
        "字" * LONGEST,
    ],
)
def test_an_ordinary_question_is_let_through(words: str) -> None:
    assert refusal_of(question_in(words)) is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "empty"),
        ("？？ …", "empty"),
        ("字" * (LONGEST + 1), "long"),
        ("点 https://a.b/c 看看", "link"),
        ("上ＷＷＷ．abc．ｃｏｍ看看", "link"),
        ("加我@some_body", "link"),
        ("看 t.me/abc", "link"),
        ("打19900000003", "number"),
        ("打 199 0000 0003", "number"),
        ("打199-0000-0003", "number"),
        ("打１９９００００００３", "number"),
    ],
)
def test_links_and_long_numbers_are_refused_however_they_are_written(words: str, why: str) -> None:
    assert refusal_of(question_in(words)) == why
