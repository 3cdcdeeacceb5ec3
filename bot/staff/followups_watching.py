"""Follow-ups that were started, at the desk: watched, paused, resumed, stopped."""

from collections import Counter
from typing import Final, Literal

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.access import is_granted
from bot.staff.followups_choosing import covered
from bot.staff.followups_draft import in_words
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
    whose = f"place:{wave.scope_id if wave else who.scope_id}"
    place_id = wave.scope_id if wave else None
    if wave is None:
        return Step((await listed(desk, who, "gone"),), open_state(desk))
    if not await is_granted(desk, who, Action.FOLLOW_UP, place_id, whose):
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
    """Return the latest follow-ups of a scope."""
    by_id = desk.world.places.by_id
    scopes = covered(desk.world.places, who.scope_id)
    place = by_id.get(who.scope_id)
    judges = who.role == "county"
    texts = await written_in(desk.tx, desk.world, who.scope_id) if judges else []
    return FollowUpsShown(
        place=place.name if place else "",
        waves=tuple(
            WaveLine(
                tag_of(wave.id),
                wave.state,
                wave.created_at.astimezone(desk.world.zone),
                by_id[wave.scope_id].name if wave.scope_id in by_id else "",
                wave.planned,
            )
            for wave in await waves.of_scopes(desk.tx, scopes, _SHOWN)
        ),
        to_judge=sum(text.state == "draft" for text in texts),
        judges=judges,
        problem=problem,
    )


async def wave_named(desk: Desk, who: Staff, tag: str) -> Wave | None:
    """Return the follow-up that a button names, if it belongs to this scope."""
    scopes = covered(desk.world.places, who.scope_id)
    found = await waves.of_scopes(desk.tx, scopes, _FOUND)
    return next((wave for wave in found if tag_of(wave.id) == tag), None)


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
