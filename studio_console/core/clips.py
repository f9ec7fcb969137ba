"""The clip on air as its OBS tells of it, and the one step that the show takes by itself: what follows a clip's end.

A cue can say that the next one follows when its clip has run out. That is done only where OBS was seen to play the
clip for this very take, from moving pictures to its end, without a gap in what is known: never by a report that comes
late, never twice, never onto what needs two steps. What is in doubt leaves the last picture on air, for a person to
go on.
"""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.effects import Effect, FollowClip
from studio_console.core.plan import plan_times
from studio_console.core.presses import FollowingSet
from studio_console.core.refusals import FOLLOWING_IS_SO, OVERTAKEN, Outcome, refuse
from studio_console.core.reports import ClipMeasured, ClipRanOut, ClipSeen, Playback
from studio_console.core.rundown import AtEnd, Cue
from studio_console.core.show import ClipFile, ClipMark, Show, Take, cue_of, next_cue
from studio_console.core.takes import take_cue
from studio_console.core.units import Duration, Instant, PressId, SurfaceId


def see_clip(show: Show, event: ClipSeen, now: Instant) -> Outcome:
    if all(take is None or take.cue.clip != event.input for take in (show.taking, show.on_air)):
        return show, ()
    before = show.clips.get(event.surface)
    if before is not None and before.input != event.input:
        before = None
    mark = _mark(show, event, before, now)
    follows = _what_follows(show, event.surface, before, mark, now) if before is not None else ()
    return replace(show, clips={**show.clips, event.surface: mark}), follows


def forget_clip(show: Show, surface: SurfaceId) -> Show:
    """The link was cut: what is heard after it begins anew, and what ended meanwhile did not end now."""
    if surface not in show.clips:
        return show
    return replace(show, clips={name: mark for name, mark in show.clips.items() if name != surface})


def _mark(show: Show, event: ClipSeen, before: ClipMark | None, now: Instant) -> ClipMark:
    known = before.duration if before is not None else None
    duration = event.duration if event.duration is not None else known
    position = event.position
    if position is None and event.playback is Playback.ENDED:
        position = duration
    runs_on = before is not None and before.playback is event.playback is Playback.PLAYING
    stands = runs_on and before is not None and (before.position or 0) == (position or 0)
    played_for = before.played_for if before is not None else None
    if event.playback is Playback.PLAYING and position and not stands and show.taking is None and show.on_air:
        played_for = show.on_air.press
    moved_at = before.moved_at if stands and before is not None else now
    since = _runs_since(event, before if runs_on else None, now)
    return ClipMark(event.input, event.playback, position, duration, now, moved_at, since, played_for)


def _runs_since(event: ClipSeen, before: ClipMark | None, now: Instant) -> Instant | None:
    if event.playback is not Playback.PLAYING:
        return None
    position = event.position or Duration(0)
    began = Instant(now - position)
    if before is None or before.runs_since is None or not before.position or position < before.position:
        return began
    # What falls behind on a busy machine makes up for it in a moment, by dropping pictures: its end is an end.
    return min(began, before.runs_since)


# --- what follows its end


def _what_follows(show: Show, surface: SurfaceId, before: ClipMark, mark: ClipMark, now: Instant) -> tuple[Effect, ...]:
    take = show.on_air
    if mark.playback is not Playback.ENDED or before.playback is not Playback.PLAYING or take is None:
        return ()
    if surface != show.clip_surface or before.played_for != take.press or not _ran_out(show, before, now):
        return ()
    following = next_by_itself(show, take)
    if following is None:
        return ()
    press = PressId(f"{take.press} end")
    return (FollowClip(ClipRanOut(take.cue.id, following.id, press), f"the clip of {take.cue.number} has ended"),)


def _ran_out(show: Show, mark: ClipMark, now: Instant) -> bool:
    """Whether it can have come to its end by now: what ends earlier was ended by somebody, and nothing follows."""
    if mark.duration is None or mark.runs_since is None:
        return False
    return now - mark.runs_since + show.rundown.clip_patience >= mark.duration


def next_by_itself(show: Show, take: Take) -> Cue | None:
    """The cue that follows ``take``, on air, when its clip ends; None where a person is to press GO."""
    cue = cue_of(show, take.cue.id) or take.cue
    if cue.at_end is not AtEnd.NEXT or take.cue.clip is None or not show.follows_clips:
        return None
    # What was brought back, or is held, is in somebody's hands.
    if show.taking is not None or take.returned or take.held_since is not None:
        return None
    following = next_cue(show)
    if following is None or following.two_step or following.id == take.cue.id:
        return None
    return following


def follow_clip(show: Show, event: ClipRanOut, now: Instant) -> Outcome:
    """The next cue goes to air by itself, if nobody has pressed anything since that changes what it is."""
    take = show.on_air
    following = next_by_itself(show, take) if take is not None and take.cue.id == event.cue else None
    if following is None or following.id != event.following or event.press in show.presses:
        return refuse(show, event.press, now, OVERTAKEN)
    return take_cue(show, following, event.press, now, f"{following.number} follows the clip that ended")


def set_following(show: Show, event: FollowingSet, now: Instant) -> Outcome:
    if show.follows_clips is event.on:
        return refuse(show, None, now, FOLLOWING_IS_SO)
    return replace(show, follows_clips=event.on, refusal=None), ()


# --- its file


def measure(show: Show, event: ClipMeasured) -> Show:
    """What was found of a clip's file before air. Cues that leave their length to their clip are planned anew."""
    files = {**show.clip_files, event.input: ClipFile(event.duration, event.trouble)}
    show = replace(show, clip_files=files)
    if show.day is None:
        return show
    return replace(show, rundown=replace(show.rundown, plan=plan_times(show.day, show.clip_lengths)))
