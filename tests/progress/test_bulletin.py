"""The bulletin as it lies on the table: one page, its words read back, its picture."""

from collections import Counter
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from bot.posters.sheet import FONT
from bot.progress.bulletin import caption, draw, picture
from bot.progress.tree import children_of, name_of
from bot.progress.words import counted
from bot.telegram.album import MAX_CAPTION
from conversations.scope import PROVINCE
from tests.posters.paper import Paper
from tests.progress.made_up import bulletin
from tests.transcripts.stage import Stage

pytestmark = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)


@pytest.mark.parametrize("place_id", [PROVINCE, "c08", "k065", "t0727"])
async def test_one_page_says_all_of_a_place(stage: Stage, place_id: str) -> None:
    made = bulletin(stage.world, place_id)
    pdf = draw(made)
    paper = Paper(pdf)
    assert (len(paper), paper.is_a4()) == (1, True)
    words = paper.words().replace("\r\n", "\n")
    own = made.seen.own
    assert "2026年度农村劳动力就业信息采集进度通报" in words
    assert f"{made.place}" in words
    assert f"应采集{counted(own.target or 0)}人，已采集{counted(own.submitted)}人" in words
    assert "数据来源：乡问" in words
    for one in made.seen.below:
        assert name_of(stage.world.places, one.place_id, "") in words
        assert counted(one.submitted) in words
    assert ("威尔逊区间" in words) == bool(made.seen.below)
    assert "〓" not in words


async def test_the_places_stand_in_the_order_of_their_ranks(stage: Stage) -> None:
    made = bulletin(stage.world, "c03")
    words = Paper(draw(made)).words()
    names = [name_of(stage.world.places, one.place_id, "") for one in made.seen.order]
    at = [words.index(name, words.index("名次")) for name in names]
    assert at == sorted(at)


async def test_the_county_with_most_stations_fits_on_the_page(stage: Stage) -> None:
    places = stage.world.places
    most = Counter(one.parent_id for one in places.by_id.values() if one.level == "township")
    largest = most.most_common(1)[0][0]
    paper = Paper(draw(bulletin(stage.world, largest)))
    assert len(paper) == 1
    words = paper.words()
    assert all(one.name in words for one in children_of(places, largest))
    assert "累计采集人数" in words


async def test_before_anybody_came_there_is_no_line_to_draw(stage: Stage) -> None:
    words = Paper(draw(bulletin(stage.world, "k065", days=0))).words()
    assert "还没有可画的走势" in words


async def test_the_picture_is_sharp_and_small_enough_for_a_chat(stage: Stage) -> None:
    made = bulletin(stage.world, "c08")
    content = picture(draw(made))
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", (1191, 1684))
        colours = {image.convert("RGB").getpixel(spot) for spot in [(120, 212), (10, 10)]}
    assert len(colours) == 2
    assert len(content) < 500_000
    assert len(caption(made)) < MAX_CAPTION
    assert "运城市" in caption(made)


async def test_our_font_writes_every_word_of_the_bulletin(stage: Stage) -> None:
    known = {chr(code) for code in TTFont(FONT).getBestCmap()}
    said = [s for key, s in stage.world.texts.sentences.items() if key.startswith("bulletin.")]
    assert said
    assert [text for text in said if not known.issuperset(text)] == []
