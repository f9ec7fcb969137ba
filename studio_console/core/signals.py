"""What a guest's picture does, judged by looking at it: live, frozen, black, silent, lost.

Loss makes no noise: over UDP and SRT a player goes on showing the last picture as if nothing were wrong. So nothing
is believed but the picture itself, and, for telling frozen from lost, whether any bytes still come. Pure: times are
seconds of a clock that only goes forward, and whoever calls has it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio_console.core.change import replace
from studio_console.core.reports import Signal

DARK_MEAN = 20.0
DARK_DEVIATION = 6.0
"""A lit window in a dark room deviates more than this, and noise in a dark room less."""


@dataclass(frozen=True, slots=True)
class Look:
    """A glance at a picture, of luma 0..255, by a sample of it. ``at`` in s."""

    at: float
    mean: float
    deviation: float
    difference: float
    """From the look before: the mean of how much each point changed; without meaning in the first."""


def is_dark(look: Look) -> bool:
    return look.mean <= DARK_MEAN and look.deviation <= DARK_DEVIATION


@dataclass(frozen=True, slots=True)
class Rules:
    """After how many s what is said; see ``GuestRules``."""

    frozen_after: float = 1.2
    """Where pictures are rare (keyframes only, OBS's small pictures) at least three times their distance."""
    starved_after: float = math.inf
    """A picture that stands for so long is frozen, too, where no byte has come for ``frozen_after``: what waited to be
    shown has gone on moving meanwhile. Only of streams whose bytes come all the time."""
    black_after: float = 1.5
    silent_after: float = 10.0
    connect_timeout: float = 10.0
    lost_after: float = 3.0
    """Without a byte and without movement."""
    stirs_for: float = 0.4
    """What moves for less is no life: a frozen picture twitches at every keyframe, for a few pictures."""
    silence: float = -60.0
    """Peak in dBFS; an open microphone in a quiet room is above it."""
    may_stand_still: bool = False
    """A slide or a picture file: it is only lost when its bytes stop."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was known of a stream before this player: it is not believed to be live only since a picture comes.

    The first picture of a guest who stands still is new to the player; and a dead playlist is played once more, from
    its beginning, by whoever opens it.
    """

    signal: Signal
    since: float
    proof: float = 0.0
    """It has to move for so many s, and for no less than ``frozen_after``."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is remembered of one stream."""

    began: float
    signal: Signal = Signal.CONNECTING
    since: float = 0.0
    over: bool = False
    """Its player has ended: nothing comes of it any more."""
    looked_at: float | None = None
    changed_at: float = 0.0
    """The last look that was not the same as the one before."""
    stirs_since: float = 0.0
    """From when on it has changed again and again."""
    moved_at: float = 0.0
    """When it last moved for longer than a twitch; its first picture counts as moving."""
    dark_since: float | None = None
    bytes_read: int | None = None
    bytes_at: float = 0.0
    """When the last new bytes were noticed."""
    quiet_since: float | None = None
    doubt: Doubt | None = None


def started(now: float, doubt: Doubt | None = None) -> Watch:
    """A player was started."""
    return Watch(began=now, since=now, doubt=doubt)


def retried(watch: Watch, now: float, proof: float = 0.0) -> Watch:
    """A player was started again for a stream that was there before: what is lost stays so until a picture comes,
    and where ``proof`` is given until it has moved for so many s.

    Otherwise a peer that is gone would blink between connecting and lost for hours, and not say since when.
    """
    if watch.signal is not Signal.LOST:
        return started(now, watch.doubt)
    doubt = Doubt(Signal.LOST, watch.since, proof) if proof else None
    return replace(started(now, doubt), signal=watch.signal, since=watch.since)


def stopped(watch: Watch, now: float, rules: Rules) -> bool:
    """Whether neither a byte nor a movement has come for so long that it is lost, after there was a picture."""
    counted = watch.looked_at is not None and watch.bytes_read is not None
    return counted and not watch.over and now - max(watch.moved_at, watch.bytes_at) >= rules.lost_after


def ended(watch: Watch, now: float) -> Watch:
    """The stream ended, or its player failed. It is gone since it last moved, if it ever did."""
    if watch.signal in (Signal.LOST, Signal.UNPLAYABLE):
        return replace(watch, over=True)
    since = min(now, watch.moved_at) if watch.looked_at is not None else now
    return replace(watch, over=True, signal=Signal.LOST, since=since)


def unplayable(watch: Watch, now: float) -> Watch:
    """Nothing here can play it."""
    if watch.signal is Signal.UNPLAYABLE:
        return watch
    return replace(watch, over=True, signal=Signal.UNPLAYABLE, since=now)


def looked(watch: Watch, look: Look, rules: Rules) -> Watch:
    """The picture was looked at. A look older than the newest one tells nothing and is left out."""
    before = watch.looked_at
    if watch.over or (before is not None and look.at < before):
        return watch
    dark_since = watch.dark_since
    if not is_dark(look):
        dark_since = None
    elif dark_since is None:
        dark_since = look.at
    if before is None:
        watch = replace(watch, changed_at=look.at, stirs_since=look.at, moved_at=look.at)
    elif look.difference > 0:
        # The gap is as long as a slow picture may take, and shorter than the distance of two keyframes.
        on_and_on = before - watch.changed_at <= rules.frozen_after / 2
        stirs_since = watch.stirs_since if on_and_on else before
        moved_at = look.at if look.at - stirs_since >= rules.stirs_for else watch.moved_at
        watch = replace(watch, changed_at=look.at, stirs_since=stirs_since, moved_at=moved_at)
    watch = replace(watch, looked_at=look.at, dark_since=dark_since)
    if watch.doubt is not None and dark_since is None:
        moves_for = watch.changed_at - watch.stirs_since
        if moves_for >= max(watch.doubt.proof, rules.frozen_after):
            watch = replace(watch, doubt=None)
    return _judged(watch, look.at, rules)


def ticked(watch: Watch, now: float, bytes_read: int | None, level: float | None, rules: Rules) -> Watch:
    """Time passed. ``bytes_read`` is the player's count so far, ``level`` the peak since the last tick in dBFS.

    Either is None where it is not known; a level is known where sound is decoded.
    """
    if watch.over:
        return watch
    bytes_at, quiet_since = watch.bytes_at, watch.quiet_since
    if bytes_read != watch.bytes_read:
        bytes_at = now
    if level is None or level > rules.silence:
        quiet_since = None
    elif quiet_since is None:
        quiet_since = now
    watch = replace(watch, bytes_read=bytes_read, bytes_at=bytes_at, quiet_since=quiet_since)
    return _judged(watch, now, rules)


def _judged(watch: Watch, now: float, rules: Rules) -> Watch:
    signal, since = _signal(watch, now, rules)
    return watch if signal is watch.signal else replace(watch, signal=signal, since=since)


def _signal(watch: Watch, now: float, rules: Rules) -> tuple[Signal, float]:
    """What it does, and since when it does so if that is new."""
    if watch.looked_at is None:
        late = watch.signal is Signal.CONNECTING and now - watch.began >= rules.connect_timeout
        return (Signal.LOST if late else watch.signal), watch.began
    counted = watch.bytes_read is not None
    alive_at = watch.moved_at
    if rules.may_stand_still:
        alive_at = max(alive_at, watch.bytes_at) if counted else now
    # Of what may stand still the bytes alone tell, and they come in bursts.
    still = now - alive_at >= (rules.lost_after if rules.may_stand_still else rules.frozen_after)
    if counted and not rules.may_stand_still and now - watch.bytes_at >= rules.frozen_after:
        still = still or now - alive_at >= rules.starved_after
    last_sign = max(alive_at, watch.bytes_at)
    if counted and now - last_sign >= rules.lost_after:
        return Signal.LOST, last_sign
    if still and watch.signal is Signal.LOST:
        # A few bytes do not bring a picture back.
        return Signal.LOST, watch.since
    if watch.dark_since is not None and (still or now - watch.dark_since >= rules.black_after):
        return Signal.BLACK, watch.dark_since
    if still:
        return Signal.FROZEN, alive_at
    if watch.doubt is not None:
        return watch.doubt.signal, watch.doubt.since
    if watch.quiet_since is not None and now - watch.quiet_since >= rules.silent_after:
        return Signal.SILENT, watch.quiet_since
    return Signal.LIVE, now
