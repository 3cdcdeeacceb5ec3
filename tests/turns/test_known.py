"""People who are known beforehand: personal codes, own phones, and taking one's record over."""

from datetime import timedelta

from bot.render.words import grouped
from conversations.buttons import Press, Verb
from conversations.lobby.wishes import tag_of
from conversations.reply import SharedPhone, Tap
from storage import identities, return_codes, roster
from storage import people as persons
from tests.forms import people
from tests.identities import identity
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.office import (
    KNOWN,
    after_expiry,
    bare,
    put_on_roster,
    tidy,
)
from tests.turns.tables import tables

MINE = {**people.FARMING, "name": KNOWN.name, "id_number": KNOWN.id_number, "phone": KNOWN.phone}


def _asked(chat: Chat) -> str:
    return "\n".join(message.text for message in chat.shown)


async def test_a_personal_code_opens_an_interview_that_asks_only_what_is_missing(
    stage: Stage, chat: Chat
) -> None:
    code = await put_on_roster(stage)
    told = await chat.write(code.lower())
    assert "找到了" in text_of(told)
    assert "同意填写" in text_of(told)
    assert KNOWN.name not in text_of(told)
    await chat.fill(MINE)
    assert "这次给谁填" in _asked(chat)
    assert f"{KNOWN.birth_date.year}年出生" in _asked(chat)
    for question in ("叫什么名字", "身份证号是多少", "户口在哪个市？", "户口在哪个乡镇（街道）？"):
        assert question not in _asked(chat), question
    assert f"不改：{KNOWN.phone[:3]}" in "".join(
        button.label for message in chat.shown for row in message.rows for button in row
    )
    assert KNOWN.id_number not in _asked(chat)
    assert "提交好了" in text_of(await chat.tap("都对，提交"))
    assert KNOWN.name in text_of(await chat.write("我的信息"))


async def test_a_deep_link_does_the_same_and_the_code_is_spent_by_the_report(
    stage: Stage, chat: Chat
) -> None:
    code = await put_on_roster(stage)
    await chat.command("start", f"p_{bare(code)}")
    await chat.fill(MINE, "employment_status")
    again = Chat(stage, "2")
    assert "找到了" in text_of(await again.command("start", f"p_{bare(code)}"))
    await chat.fill(MINE)
    await chat.tap("都对，提交")
    assert "不对" in text_of(await Chat(stage, "3").command("start", f"p_{bare(code)}"))


async def test_an_expired_code_a_used_one_and_a_wrong_one_are_refused_alike(
    stage: Stage,
) -> None:
    used = await put_on_roster(stage)
    first = Chat(stage, "1")
    await first.write(used)
    await first.fill(MINE)
    await first.tap("都对，提交")
    expired = await put_on_roster(stage, identity(78))
    stage.clock.now += after_expiry("roster")
    told = [
        text_of(await Chat(stage, code).write(code)) for code in (used, expired, "22222-33333")
    ]
    assert len(set(told)) == 1
    assert "不对" in told[0]


async def test_who_declines_with_a_code_leaves_the_roster_as_it_was(
    stage: Stage, chat: Chat
) -> None:
    code = await put_on_roster(stage)
    before = await tables(stage.url)
    await chat.write(code)
    await chat.tap("不同意")
    after = await tables(stage.url)
    for table in ("person", "person_key", "roster_entry", "personal_code", "phone_index"):
        assert after[table] == before[table], table
    assert after["interview"] == after["chat_person"] == []
    assert "找到了" in text_of(await Chat(stage, "2").write(code))


async def test_the_code_in_the_middle_of_another_interview_keeps_that_for_later(
    stage: Stage, chat: Chat
) -> None:
    await chat.write("开始")
    await chat.fill(people.PROXY, "education")
    told = await chat.write(await put_on_roster(stage))
    assert f"“{people.PROXY['name']}”这份先留着" in text_of(told)
    assert "找到了" in text_of(told)
    await chat.fill(MINE)
    told = await chat.tap("都对，提交")
    assert f"{people.PROXY['name']}：填到" in text_of(told)


async def test_one_dropped_is_listed_as_not_begun_and_can_begin_again(
    stage: Stage, chat: Chat
) -> None:
    await chat.report(people.EMPLOYED_AWAY)
    await chat.write(await put_on_roster(stage))
    await chat.fill(MINE, "employment_status")
    await chat.command("people")
    await chat.tap(f"{KNOWN.name} 不填了")
    await chat.tap("删掉这份")
    found = await tables(stage.url)
    assert len(found["roster_entry"]) == 1
    assert found["interview"][0][6] == "submitted"
    assert "找到了" in text_of(await Chat(stage, "2").write(await _renewed(stage)))


async def _renewed(stage: Stage) -> str:
    async with stage.database.transaction() as tx:
        person_id = await roster.find(tx, KNOWN.id_number)
        assert person_id is not None
        code = await roster.code_for(tx, person_id, stage.clock(), renew=True)
    assert code is not None
    return grouped(code)


async def test_who_reports_without_the_code_answers_the_roster_all_the_same(
    stage: Stage, chat: Chat
) -> None:
    code = await put_on_roster(stage)
    await chat.report(MINE)
    assert "不对" in text_of(await Chat(stage, "2").write(code))
    assert await tidy(stage) == 1
    assert await tidy(stage) == 0
    found = await tables(stage.url)
    assert len(found["person"]) == len(found["person_key"]) == len(found["roster_entry"]) == 1
    assert found["transfer_case"] == []
    assert KNOWN.name in text_of(await chat.write("我的信息"))


async def test_erasing_takes_the_roster_entry_and_its_double_along(
    stage: Stage, chat: Chat
) -> None:
    await put_on_roster(stage)
    await chat.report(MINE)
    async with stage.database.transaction() as tx:
        person_id = await identities.find(tx, KNOWN.id_number)
        assert person_id is not None
        await persons.erase(tx, person_id, "chat", stage.clock())
    found = await tables(stage.url)
    for table in ("roster_entry", "personal_code", "phone_index", "person_key", "identity_index"):
        assert found[table] == [], table
    assert [row[1] for row in found["person"]] == ["erased"]


async def test_the_own_phone_finds_the_roster(stage: Stage, chat: Chat) -> None:
    await put_on_roster(stage)
    await chat.write("你好")
    told = await chat.tap("有码，或以前填过")
    assert told.messages[-1].ask_phone
    told = await chat.take(SharedPhone(f"+86{KNOWN.phone}", own=True))
    assert f"{KNOWN.name[0]}某（站里有底册）" in chat.labels()
    assert KNOWN.name not in text_of(told)
    told = await chat.tap(f"{KNOWN.name[0]}某（站里有底册）")
    assert "找到了" in text_of(told)
    await chat.fill(MINE)
    assert "叫什么名字" not in _asked(chat)


async def test_the_own_phone_finds_last_years_report_of_oneself(stage: Stage) -> None:
    await Chat(stage, "1").report(people.FARMING)
    stage.clock.wait(366)
    new = Chat(stage, "2")
    await new.write("你好")
    await new.take(SharedPhone(people.FARMING["phone"], own=True))
    surname = people.FARMING["name"][0]
    told = await new.tap(f"{surname}某（以前填过）")
    assert "认出来了" in text_of(told)
    assert "该更新" in text_of(told) or "更新的时候" in text_of(told)
    assert new.open_press() is not None


async def test_a_phone_that_somebody_else_gave_finds_nobody(stage: Stage) -> None:
    proxy = {**people.PROXY, "phone": "19900000099"}
    await Chat(stage, "1").report(proxy)
    other = Chat(stage, "2")
    for number in (proxy["phone"], proxy["informant_phone"], "123"):
        told = await other.take(SharedPhone(number, own=True))
        assert "没找到" in text_of(told), number
    told = await other.take(SharedPhone(proxy["phone"], own=False))
    assert "没找到" not in text_of(told)


async def test_a_family_phone_lets_choose_by_surname_and_year_of_birth(
    stage: Stage, chat: Chat
) -> None:
    await put_on_roster(stage)
    wife = identity(79)
    await put_on_roster(stage, wife, phone=KNOWN.phone)
    twin = identity(80)
    named = twin.__class__(
        KNOWN.name[0] + "小二", twin.id_number, twin.gender, twin.birth_date, twin.phone
    )
    await put_on_roster(stage, named, phone=KNOWN.phone)
    await chat.take(SharedPhone(KNOWN.phone, own=True))
    labels = set(chat.labels())
    assert f"{KNOWN.name[0]}某，{KNOWN.birth_date.year}年生（站里有底册）" in labels
    assert f"{KNOWN.name[0]}某，{named.birth_date.year}年生（站里有底册）" in labels
    assert "都不是，从头填" in labels
    told = await chat.tap("都不是，从头填")
    assert "找到了" not in text_of(told)


async def test_a_forged_choice_reaches_nobody(stage: Stage, chat: Chat) -> None:
    await Chat(stage, "1").report(people.FARMING)
    async with stage.database.reading() as reading:
        person_id = await identities.find(reading, people.FARMING["id_number"])
    assert person_id is not None
    press = Press(Verb.MENU, value=f"own-{tag_of(person_id)}")
    told = await chat.take(Tap(press))
    assert "认出来了" not in text_of(told)
    await put_on_roster(stage)
    await chat.take(SharedPhone(KNOWN.phone, own=True))
    assert "认出来了" not in text_of(await chat.take(Tap(press)))


async def test_a_choice_is_open_for_an_hour(stage: Stage, chat: Chat) -> None:
    await put_on_roster(stage)
    await chat.take(SharedPhone(KNOWN.phone, own=True))
    stage.clock.now += timedelta(minutes=61)
    told = await chat.tap(f"{KNOWN.name[0]}某（站里有底册）")
    assert "找到了" not in text_of(told)


async def test_phones_are_tried_five_times_an_hour(stage: Stage, chat: Chat) -> None:
    await put_on_roster(stage)
    for serial in range(5):
        told = await chat.take(SharedPhone(f"1990000000{serial}", own=True))
        assert "没找到" in text_of(told)
    assert "一小时" in text_of(await chat.take(SharedPhone(KNOWN.phone, own=True)))


async def test_a_phone_shared_where_it_was_asked_is_an_answer_and_no_search(
    stage: Stage, chat: Chat
) -> None:
    await put_on_roster(stage)
    await chat.write("开始")
    await chat.fill(MINE, "phone")
    told = await chat.take(SharedPhone(KNOWN.phone, own=True))
    assert "收到" in text_of(told)


async def test_typed_numbers_find_nothing(stage: Stage, chat: Chat) -> None:
    await put_on_roster(stage)
    await Chat(stage, "1").report(people.FARMING)
    for typed in (KNOWN.id_number, people.FARMING["id_number"], KNOWN.phone):
        fresh = Chat(stage, typed)
        told = await fresh.write(typed)
        assert "找到了" not in text_of(told)
        assert KNOWN.name not in text_of(told)


async def test_every_code_is_only_a_digest_in_the_database(stage: Stage) -> None:
    code = await put_on_roster(stage)
    rows = await tables(stage.url)
    assert bare(code) not in repr(rows)
    assert KNOWN.id_number not in repr(rows)
    assert KNOWN.phone not in repr(rows)
    assert KNOWN.name not in repr(rows)
    async with stage.database.reading() as reading:
        assert await return_codes.find(reading, code) is None
