"""Follow-ups that were started, at the desk: watched, paused, resumed, stopped."""

from collections import Counter
from typing import Final, Literal

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.access import acts_for, is_granted
from bot.staff.followups_choosing import covered
from bot.staff.followups_draft import in_words, scopes_of
from bot.staff.followups_running import Change, change, watch
from bot.staff.followups_wordings import written_in
from conversations.desk_errands import DeskErrand
from conversations.followups import Filter
from conversations.lobby.followups import FollowUpsShown, WaveLine, WaveShown, WhyAsked
from conversations.lobby.wishes import tag_of
from conversations.scope import Action
from storage import waves
from storage.staff import Staff
from storage.waves import LANGUAGE, Wave

# What a reason may be; its words stand in the catalogue.
REASONS: Final = ("text", "people", "time", "other")
_SHOWN: Final = 6
_FOUND: Final = 50
_CHANGES: Final[dict[str, Change]] = {"stop": "stop", "pause": "pause", "on": "resume"}


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Show a follow-up, ask why it is to be stopped, or change it."""
    tag, _, rest = errand.argument.partition("-")
    wave = await wave_named(desk, who, tag)
    if wave is None:
        return Step((await listed(desk, who, "gone"),), open_state(desk))
    place_id = wave.scope_id
    if not await is_granted(desk, who, Action.FOLLOW_UP, place_id, f"place:{place_id}"):
        return Step((await listed(desk, who, "refused"),), open_state(desk))
    if errand.step == "ask":
        return Step((WhyAsked(tag, "pause" if rest == "pause" else "stop"),), open_state(desk))
    if errand.step in _CHANGES:
        await change(
            desk.tx,
            wave,
            _CHANGES[errand.step],
            by=f"staff:{who.id}",
            reason=rest if rest in REASONS else "",
            now=desk.now,
        )
        wave = await waves.get(desk.tx, wave.id) or wave
    return Step((await _shown(desk, wave),), open_state(desk))


async def listed(
    desk: Desk, who: Staff, problem: Literal["", "gone", "refused"] = ""
) -> FollowUpsShown:
    """Return the latest follow-ups of the places whose people an account may prompt."""
    by_id = desk.world.places.by_id
    own = [by_id[one].name for one in scopes_of(who) if one in by_id]
    judging = acts_for(who, Action.APPROVE)
    texts = [await written_in(desk.tx, desk.world, one.scope_id) for one in judging]
    return FollowUpsShown(
        place=desk.world.texts("staff.followups.between").join(own),
        waves=tuple(
            WaveLine(
                tag_of(wave.id),
                wave.state,
                wave.created_at.astimezone(desk.world.zone),
                by_id[wave.scope_id].name if wave.scope_id in by_id else "",
                wave.planned,
            )
            for wave in await waves.of_scopes(desk.tx, _covered(desk, who), _SHOWN)
        ),
        to_judge=len({one.key for found in texts for one in found if one.state == "draft"}),
        judges=bool(judging),
        problem=problem,
    )


async def wave_named(desk: Desk, who: Staff, tag: str) -> Wave | None:
    """Return the follow-up that a button names, if it belongs to a scope of this account."""
    found = await waves.of_scopes(desk.tx, _covered(desk, who), _FOUND)
    return next((wave for wave in found if tag_of(wave.id) == tag), None)


def _covered(desk: Desk, who: Staff) -> list[str]:
    """Return the places whose follow-ups an account sees."""
    places = desk.world.places
    return list(dict.fromkeys(p for one in scopes_of(who) for p in covered(places, one)))


async def _shown(desk: Desk, wave: Wave) -> WaveShown:
    watched = await watch(desk.tx, wave)
    failed: Counter[str] = Counter()
    for (state, _), total in watched.failed.items():
        failed[state] += total
    zone = desk.world.zone
    return WaveShown(
        tag=tag_of(wave.id),
        state=wave.state,
        terms=in_words(desk, Filter.model_validate_json(wave.filter)),
        text=wave.words.get(LANGUAGE, ""),
        started_at=wave.created_at.astimezone(zone),
        changed_at=wave.changed_at.astimezone(zone),
        reason=wave.reason,
        is_planned=wave.is_planned,
        sent=watched.sent,
        opened=watched.opened,
        answered=watched.answered,
        waiting=watched.waiting,
        failed=dict(failed),
    )
