"""What becomes of one stream of a worker: played, looked at, judged, and played again when it is lost."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from studio_console.core import signals
from studio_console.core.reports import Signal
from studio_console.core.signals import Doubt, Rules, Watch
from studio_console.devices.previews import media, reasons
from studio_console.devices.previews.drawn import DrawnGuest
from studio_console.devices.previews.look import look, sample
from studio_console.devices.previews.memory import PIXEL
from studio_console.devices.previews.pace import Pace, loses_nothing
from studio_console.devices.previews.places import Places, Written
from studio_console.devices.previews.player import RATE, Player, State
from studio_console.devices.previews.protocol import Play, Report, Trick
from studio_console.devices.previews.sound import Headphones, Meter, peak

BACK_OFF = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before each attempt to connect again; the last one from then on."""
STEADY = 3.0
"""A picture that stayed so many s counts as a new beginning for the back-off."""
STUCK_AFTER = 1.0
"""Seconds that a player has to stop, before another one takes its place without it."""
REPLAYED_AT_MOST = 20.0
"""Seconds of moving pictures that the playlist of a dead HLS sender may still have, which are played again and again:
a handful of pieces of 2 to 4 s."""
MEND_EVERY = 1.0
"""Seconds between two looks whether a missing file or device has come."""
FILE_TIMEOUT = 5.0
"""Seconds until a file has a picture: VLC looks for one in anything, without end."""
COUNT_EVERY = 0.25
"""Seconds between two questions how many bytes came."""
STARVED_AFTER = 0.5
"""Seconds; see ``Rules.starved_after``. VLC may have the better part of a second of a guest in store."""
KEYFRAMES_FROZEN_AFTER = 12.0
"""Keyframes may be so many s apart."""
SHAPE_AFTER = 0.5
"""Seconds after the first picture in which a stream's own words about its shape have come."""


@dataclass(slots=True)
class Workshop:
    """What all streams of a worker share."""

    instance: Any
    """libvlc's; None where there is none: ``problem`` says why."""
    problem: str
    close: bool
    """Its pictures are looked at closely, and may be heard."""
    fps: int
    rules: Rules
    headphones: Headphones
    report: Callable[[Report], None]
    shed: int = 0

    @property
    def interval(self) -> float:
        """Seconds from one picture to the next."""
        return (2 if self.shed else 1) / self.fps


class Stream:
    """One place of the worker's memory. All methods are called by the worker's loop, ``now`` is monotonic s."""

    def __init__(self, index: int, places: Places, workshop: Workshop) -> None:
        self.index = index
        self.play: Play | None = None
        self.stuck: list[Player] = []
        """Players that do not come back from their ``stop()``."""
        self.fresh = 0
        """Counts pictures that are not the one before again."""
        self._places = places
        self._workshop = workshop
        self._leaving: Player | None = None
        self._forget()

    def _forget(self) -> None:
        """As if nothing had ever been played, but for what still hangs."""
        self._watch = Watch(began=0.0)
        self._player: Player | None = None
        self._guest: DrawnGuest | None = None
        self._next_at = 0.0
        self._attempt = 0
        self._reason = ""
        self._keyframes = False
        self._rules = self._workshop.rules
        self._steady_since: float | None = None
        self._seen: Written | None = self._places.newest
        self._points: bytes | None = None
        self._counted_at = 0.0
        self._bytes: int | None = None
        self._pace: Pace | None = None
        self._mark: object = None
        self._shapes: dict[tuple[int, int], float] = {}
        self._meter = Meter()
        self._draw_at = 0.0
        self._spoken_to = 0.0
        self._told: tuple[int, Signal, str] | None = None

    # --- orders

    def start(self, play: Play, now: float) -> None:
        self.stop()
        self.play = play
        doubted = play.was in (Signal.FROZEN, Signal.BLACK)
        self._watch = signals.started(now, Doubt(play.was, now - play.was_for_ms / 1000) if doubted else None)
        self._next_at = now
        self._tell(now)
        self.tick(now)

    def stop(self) -> None:
        self._drop_player()
        self._forget()
        self.play = None
        self._places.put_level(math.nan)

    def act(self, trick: Trick, now: float) -> None:
        if self._guest is None:
            return
        was_there = self._guest.present
        self._guest.act(trick)
        if trick is Trick.DROP and was_there:
            self._lose(now, reasons.ENDED)
        elif trick is Trick.BACK and not was_there:
            self._watch = signals.retried(self._watch, now)

    # --- time passes

    def tick(self, now: float) -> None:
        self._see_off(now)
        if self.play is None:
            return
        before = self._watch.signal
        if self._guest is not None:
            self._draw(self._guest, now)
        elif self._player is not None:
            self._listen_to_player(self._player, now)
        elif self._leaving is None and now >= self._next_at:
            self._begin(self.play, now)
        self._look()
        self._judge(now)
        lost = self._watch.signal is Signal.LOST
        lost_anew = lost and (before is not Signal.LOST or signals.stopped(self._watch, now, self._rules))
        if lost_anew and self._player is not None:
            # Nothing said so but the picture: VLC waits for ever where no connection breaks.
            self._reason = reasons.STANDS_STILL if self._watch.looked_at is not None else reasons.NO_ANSWER
            self._watch = signals.retried(self._watch, now, self._proof)
            self._try_again(now)
        self._tell(now)

    def wants_restart(self) -> bool:
        """Whether it plays all pictures and is to play keyframes only, or the other way round."""
        return self._player is not None and self._keyframes != (self._workshop.shed >= 2)

    def restart(self, now: float) -> None:
        """The same again, by what holds now; its last picture stays meanwhile."""
        if self._player is not None:
            self._drop_player()
            self._next_at = now

    @property
    def settled(self) -> bool:
        """It has a picture, or is not about to have one soon."""
        player = self._player
        return self.play is None or self._attempt > 0 or (player is not None and player.shown > 0)

    @property
    def due(self) -> float:
        """Pictures a second that it should bring; 0 where it plays nothing, or keyframes only."""
        plays = self._player is not None and self._watch.looked_at is not None and not self._keyframes
        return 1 / self._workshop.interval if plays else 0.0

    def players(self) -> list[Player]:
        """Those that have not ended, for the end of the worker."""
        return [player for player in (self._player, self._leaving, *self.stuck) if player is not None]

    # --- connections

    def _begin(self, play: Play, now: float) -> None:
        if play.kind == "drawn":
            self._guest = DrawnGuest(play.location, self._places, now)
            return
        problem = self._workshop.problem or media.obstacle(play)
        mark = media.mark(play)
        if self._watch.signal is Signal.UNPLAYABLE and not problem and mark is not None and mark == self._mark:
            # It is the same file that could not be played.
            self._next_at = now + MEND_EVERY
            return
        if problem:
            self._give_up(now, problem)
            return
        if self._watch.signal is Signal.UNPLAYABLE:
            self._watch = signals.started(now)
        self._mark = mark
        self._keyframes = self._workshop.shed >= 2
        self._rules = _rules_for(play, self._workshop.rules, self._keyframes)
        made = media.make_media(self._workshop.instance, play, self._workshop.close, self._keyframes)
        player = Player(self._workshop.instance, made, self._places, self._shapes, self._workshop.interval)
        if self._sounds:
            player.listen(self._hear)
        self._points = None
        self._bytes, self._counted_at = None, now
        self._pace = Pace() if loses_nothing(play) else None
        player.play()
        self._player = player

    def _drop_player(self) -> None:
        if self._player is not None:
            # One that is still leaving has had its time, or is about to be given up.
            if self._leaving is not None:
                self.stuck.append(self._leaving)
            self._player.retire()
            self._leaving, self._player = self._player, None

    def _see_off(self, now: float) -> None:
        if (player := self._leaving) is not None:
            if player.gone.is_set():
                self._leaving = None
            elif player.retired_at is not None and time.monotonic() - player.retired_at >= STUCK_AFTER:
                self.stuck.append(player)
                self._leaving = None
        self.stuck = [player for player in self.stuck if not player.gone.is_set()]

    def _lose(self, now: float, reason: str) -> None:
        """The connection is over: LOST is said, and it is tried again after a while."""
        if self._watch.signal is not Signal.LOST:
            self._reason = reason
        self._watch = signals.retried(signals.ended(self._watch, now), now, self._proof)
        self._try_again(now)

    @property
    def _proof(self) -> float:
        """How long it has to move before it counts as live again, in s."""
        return REPLAYED_AT_MOST if self.play is not None and media.is_replayed(self.play) else 0.0

    def _try_again(self, now: float) -> None:
        self._drop_player()
        self._steady_since = None
        self._next_at = now + BACK_OFF[min(self._attempt, len(BACK_OFF) - 1)]
        self._attempt += 1

    def _give_up(self, now: float, reason: str) -> None:
        """It cannot be played; looked at again now and then where that may change."""
        self._drop_player()
        self._watch = signals.unplayable(self._watch, now)
        self._reason = reason
        may_be_mended = self.play is not None and media.may_be_mended(self.play) and not self._workshop.problem
        self._next_at = now + MEND_EVERY if may_be_mended else math.inf

    # --- what comes of them

    def _listen_to_player(self, player: Player, now: float) -> None:
        player.interval = self._workshop.interval
        if now - self._counted_at >= COUNT_EVERY:
            self._counted_at = now
            self._count(player, now)
            self._check_shape(player, now)
        state = player.state()
        is_file = self.play is not None and self.play.kind == "file"
        over = state in (State.ENDED, State.FAILED)
        patience = FILE_TIMEOUT if is_file else self._workshop.rules.connect_timeout
        if player.shown == 0 and is_file and (over or now - player.began >= patience):
            self._give_up(now, reasons.NO_PICTURE)
        elif over:
            self._lose(now, reasons.ENDED if player.shown or state is State.ENDED else reasons.REFUSED)
        elif player.shown == 0:
            if now - player.began >= patience:
                self._lose(now, reasons.NO_VIDEO if self._bytes else reasons.NO_ANSWER)
        elif self._steady_since is None:
            self._steady_since = now
        elif now - self._steady_since >= STEADY and self._watch.signal is not Signal.LOST:
            self._attempt = 0

    def _count(self, player: Player, now: float) -> None:
        """How much came; and how fast it is played so that nothing which came has to wait."""
        count = player.bytes_read()
        self._bytes = count.taken if count is not None else None
        if self._pace is not None and count is not None:
            self._pace.counted(count, now)
            self._pace.stood_still(self._watch.changed_at, now)
            player.keep_rate(self._pace.rate(now))

    def _check_shape(self, player: Player, now: float) -> None:
        """A stream whose shape was guessed wrong before it was known is opened again, once, to be seen undistorted."""
        shape = player.shape
        if shape is None or player.shown == 0 or now - player.shaped_at < SHAPE_AFTER:
            return
        guessed, *padded = shape
        key = (padded[0], padded[1])
        real = player.real_shape()
        if real is not None and key not in self._shapes:
            self._shapes[key] = real
            if abs(real / guessed - 1) > 0.02:
                self.restart(now)

    def _draw(self, guest: DrawnGuest, now: float) -> None:
        if not guest.present:
            return
        if now >= self._draw_at:
            every = self._workshop.interval
            # Late once is late once: what was missed is not made up for.
            self._draw_at = max(self._draw_at + every, now + every / 2)
            guest.draw(now)
        if self._sounds:
            self._meter.heard(guest.level(now))
            begin = max(self._spoken_to, now - 0.2)
            count = round((now - begin) * RATE)
            self._spoken_to = begin + count / RATE
            if self._workshop.headphones.stream == self.index and count > 0:
                guest.speak(begin, count, RATE, self._to_headphones)

    def _look(self) -> None:
        newest = self._places.newest
        if newest is None or newest is self._seen:
            return
        if self._seen is None or newest[2:] != self._seen[2:]:
            self._points = None
        points = sample(self._places.slots[newest.slot], newest.width, newest.height, newest.width * PIXEL)
        self._watch = signals.looked(self._watch, look(points, self._points, newest.at), self._rules)
        self.fresh += points != self._points
        self._seen, self._points = newest, points

    def _judge(self, now: float) -> None:
        level = None
        if self._sounds:
            level, shown = self._meter.read(now)
            self._places.put_level(shown)
        playing = self._player is not None or (self._guest is not None and self._guest.present)
        if not playing and self._watch.looked_at is None:
            return
        self._watch = signals.ticked(self._watch, now, self._bytes, level, self._rules)

    def _tell(self, now: float) -> None:
        if self.play is None:
            return
        signal = self._watch.signal
        reason = self._reason if signal in (Signal.LOST, Signal.UNPLAYABLE) else ""
        told = (self.play.job, signal, reason)
        if told != self._told:
            self._told = told
            ago = max(0, round((now - self._watch.since) * 1000))
            self._workshop.report(Report(self.index, self.play.job, signal, ago, reason))

    # --- sound

    @property
    def _sounds(self) -> bool:
        return self._workshop.close and self.play is not None and self.play.sound

    def _hear(self, samples: bytes, due: float) -> None:
        """In a thread of libvlc."""
        self._meter.heard(peak(samples))
        self._to_headphones(samples, due)

    def _to_headphones(self, samples: bytes, due: float) -> None:
        self._workshop.headphones.hear(self.index, samples, due)


def _rules_for(play: Play, rules: Rules, keyframes: bool) -> Rules:
    if keyframes:
        return replace(rules, frozen_after=KEYFRAMES_FROZEN_AFTER)
    return replace(rules, starved_after=STARVED_AFTER) if media.is_fed_steadily(play) else rules
