"""Whatever is typed: no reader raises, and a canonical value reads back to itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.replies.outcome import Understood
from conversations.replies.read import read_text
from conversations.xform.question import Question
from tests.replies.asked import NOW, choices, question
from tests.replies.lists import listed, sounds

QUESTIONS = [
    question(),
    *(question(reader=kind) for kind in ("id_number", "phone", "month", "past_month")),
    *(question(reader=kind) for kind in ("name", "village", "address")),
    question("integer", "money"),
    question("integer"),
    question("decimal"),
    question("date"),
    question("select_one", choices=choices("想", "不想")),
    question("select_multiple", choices=choices("电工", "电焊", "开网店、直播卖货")),
    question("select_one", choices=listed("expected_salary")),
    question("select_one", choices=listed("ethnicity"), is_searched=True),
    question("select_multiple", choices=listed("training_trade"), is_searched=True),
    question("note"),
]
FAMILIAR = (
    "0123456789一二三四五六七八九十百千万零〇两年月日号个半后前过底-/.,:元块天xX"
    "是不有想电工·👍２ｘ王我叫 "
)
TYPED = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from(FAMILIAR), max_size=24),
    st.text("9万", max_size=1200),
)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.bot.get("reader", asked.type))
@settings(max_examples=150, deadline=None)
@given(typed=TYPED)
def test_no_text_breaks_a_reader_and_values_read_back(asked: Question, typed: str) -> None:
    reading = read_text(asked, typed, NOW, sounds=sounds())
    if isinstance(reading, Understood) and reading.value and not asked.choices:
        again = read_text(asked, reading.value, NOW)
        assert isinstance(again, Understood)
        assert again.value == reading.value
