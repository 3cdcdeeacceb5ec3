"""Titles: found in the first lines, understood however they are written, never for sure."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.rosters.rules import load_words
from conversations.roster.mapping import ColumnMapping, proposed
from conversations.roster.titles import SURE, find_heading, guess_columns, key_of, rivals
from tests.identities import identity

WORDS = load_words()
KNOWN = [(role, title) for role, titles in WORDS.titles.items() for title in titles]
PEOPLE = [identity(seed) for seed in range(1, 30)]


def test_titles_are_found_below_the_name_of_the_list() -> None:
    lines = [
        (1, ("稷山县西社镇2022年农村劳动力花名册",)),
        (2, ("填表单位：", "", "填表日期：")),
        (4, ("序号", "姓  名", "公民身份号码（18位）", "*联系电话", "户籍所在乡镇名称")),
        (5, ("1", PEOPLE[0].name, PEOPLE[0].id_number, PEOPLE[0].phone, "西社镇")),
    ]
    heading = find_heading(lines, WORDS)
    assert heading.line == 4
    assert "稷山县西社镇2022年农村劳动力花名册" in heading.above
    guesses = guess_columns(heading.titles, [cells for _, cells in lines[3:]], WORDS)
    found = {role: guess.column for role, guess in guesses.items()}
    assert found == {"name": 1, "id_number": 2, "phone": 3, "township": 4}
    assert all(guess.score >= SURE for guess in guesses.values())


def test_two_lines_with_merged_groups_are_one_heading() -> None:
    lines = [
        (1, ("花名册",)),
        (2, ("序号", "基本信息", "", "", "户主信息", "", "户籍地")),
        (3, ("", "姓名", "身份证号", "性别", "姓名", "身份证号", "乡镇")),
        (4, ("1", "王小春", PEOPLE[0].id_number, "男", "王大山", PEOPLE[1].id_number, "西社镇")),
    ]
    heading = find_heading(lines, WORDS)
    assert heading.line == 3
    guesses = guess_columns(heading.titles, [lines[3][1]], WORDS)
    found = {role: guess.column for role, guess in guesses.items()}
    assert (found["name"], found["id_number"], found["township"]) == (1, 2, 6)


def test_what_is_somebody_elses_is_not_taken_for_the_persons_own() -> None:
    titles = ("户主姓名", "户主身份证号", "联系人电话", "姓名", "身份证号", "采集人电话")
    rows = [
        (head.name, head.id_number, head.phone, own.name, own.id_number, head.phone)
        for head, own in pairwise(PEOPLE[:9])
    ]
    found = {role: guess.column for role, guess in guess_columns(titles, rows, WORDS).items()}
    assert found == {"name": 3, "id_number": 4}


def test_a_file_without_titles_is_understood_by_what_stands_in_it() -> None:
    lines = [(at, (who.name, who.phone, who.id_number)) for at, who in enumerate(PEOPLE, 1)]
    heading = find_heading(lines, WORDS)
    assert heading.line == 0
    guesses = guess_columns(heading.titles, [cells for _, cells in lines], WORDS)
    assert {role: guess.column for role, guess in guesses.items()} == {"phone": 1, "id_number": 2}
    assert all(guess.score < SURE for guess in guesses.values())


def test_a_right_title_over_wrong_content_is_a_doubt() -> None:
    rows = [(who.phone,) for who in PEOPLE]
    guesses = guess_columns(("身份证号",), rows, WORDS)
    assert guesses["id_number"].score < SURE


def test_titles_that_mean_the_same_are_named() -> None:
    assert rivals(("姓名", "身份证号", "公民身份号码"), WORDS) == {
        "id_number": ("身份证号", "公民身份号码")
    }


def test_a_column_of_the_file_goes_before_what_the_file_is_called() -> None:
    guesses = guess_columns(("姓名", "身份证号", "乡镇"), [], WORDS)
    mapping = proposed(guesses, {"township": "t0727", "village": "东张村"}, 0, 1)
    assert mapping.fixed == {"village": "东张村"}
    assert mapping.missing == ()
    assert ColumnMapping(columns={"name": 0, "id_number": 0}).doubled == ("name", "id_number")
    assert ColumnMapping(columns={"name": 0}).missing == ("id_number", "township")
    assert ColumnMapping(columns={"name": 0, "id_number": 1, "address": 2}).missing == ()


@given(st.sampled_from(KNOWN), st.sampled_from(["", "*", "★ ", "1."]), st.booleans())
def test_every_known_title_is_known_however_it_is_decorated(
    known: tuple[str, str], mark: str, spaced: bool
) -> None:
    role, title = known
    shown = " ".join(title) if spaced else title
    assert WORDS.role_of(f"{mark}{shown}") == role
    assert key_of([f"{mark}{shown}"]) == key_of([title])


@given(st.permutations(range(6)), st.lists(st.text(max_size=8), max_size=3))
def test_the_order_of_the_columns_does_not_matter(order: list[int], extra: list[str]) -> None:
    titles = ["姓名", "身份证号", "手机号码", "县区", "乡镇", "村"]
    rows = [(w.name, w.id_number, w.phone, "稷山县", "西社镇", "东庄村") for w in PEOPLE]
    mixed = tuple(titles[at] for at in order)
    cells = [tuple(row[at] for at in order) for row in rows]
    guesses = guess_columns(mixed, cells, WORDS)
    assert {mixed[g.column] for g in guesses.values()} == set(titles)
    assert guess_columns(tuple(extra), [], WORDS) is not None
