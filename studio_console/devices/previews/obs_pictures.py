"""Small pictures of OBS inputs, for guests on NDI or a browser link, and for what OBS alone can open.

Each OBS has a thread and a link of its own: a picture takes OBS some ms, and no take is to wait behind one. The inputs
are asked for in turn, a few times a second altogether, and judged by the same rules as streams.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from studio_console.core.change import replace
from studio_console.core.reports import Signal
from studio_console.core.signals import Rules, Watch, ended, looked, retried, started, unplayable
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.devices.obs.connection import BACK_OFF
from studio_console.devices.obs.link import CONFIG_EVENTS, ObsLink, parse_url
from studio_console.devices.obs.messages import NOT_FOUND, NOT_READY, ObsError, ObsTimeout
from studio_console.devices.obs.trouble import LinkDown
from studio_console.devices.previews import words
from studio_console.devices.previews.board import Board, Tell
from studio_console.devices.previews.shots import Shots, ask_shot

LOG = logging.getLogger(__name__)

EACH = 0.2
"""Seconds between two pictures of one input, at best."""
BETWEEN = 0.1
"""Seconds between two pictures of an OBS, whosesoever."""
FAILED_AGAIN = 2.0
"""Seconds until an input that gave no picture is asked again."""
CONNECT_AT_MOST = 4.0
TIMEOUT = 1.5


@dataclass(slots=True)
class _Subject:
    """One input that is watched."""

    input: str
    watch: Watch
    shots: Shots = field(default_factory=Shots)
    due: float = 0.0
    told: tuple[Signal, Text | None] | None = None


class ObsPictures:
    """The guests of one OBS. ``tell`` and ``pictured`` are called in its thread.

    ``pictured`` gets the board on which a guest's pictures appear, at the first of them.
    """

    def __init__(
        self,
        url: str,
        password: Callable[[], str | None],
        password_name: str,
        rules: Rules,
        tell: Tell,
        pictured: Callable[[PersonId, Board], None],
    ) -> None:
        self._url = url
        self._password = password
        self._password_name = password_name
        self._rules = rules
        self._tell = tell
        self._pictured = pictured
        self._wanted: Mapping[PersonId, str] = {}
        self._subjects: dict[PersonId, _Subject] = {}
        self._link: ObsLink | None = None
        self._stopping = False
        self._changed = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, inputs: Mapping[PersonId, str]) -> None:
        """From now on the pictures of these guests' inputs. Does not wait."""
        self._wanted = dict(inputs)
        self._changed.set()
        if inputs and self._thread is None and not self._stopping:
            self._thread = threading.Thread(target=self._run, name=f"previews {_address(self._url)}", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Does not wait; ``join`` does."""
        self._stopping = True
        self._changed.set()

    def join(self, seconds: float) -> None:
        link = self._link
        if link is not None:
            link.disconnect()
        if self._thread is not None:
            self._thread.join(seconds)

    # --- its thread ---------------------------------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        while not self._stopping:
            self._take_over()
            if not self._subjects:
                self._idle(None)
                continue
            try:
                link = self._connect()
                failures = 0
                self._serve(link)
                continue
            except LinkDown as down:
                why = down
            except Exception:
                # A password that could not be looked up, an answer of an unknown form: the next try may do better.
                LOG.exception("%s: pictures failed", _address(self._url))
                why = None
            finally:
                self._hang_up()
            if self._stopping:
                return
            for guest, subject in self._subjects.items():
                subject.watch = ended(subject.watch, time.monotonic())
                self._say(guest, subject, why.explain(self._password_name) if why is not None else None)
            self._idle(BACK_OFF[-1] if why is not None and why.final else BACK_OFF[min(failures, len(BACK_OFF) - 1)])
            failures += 1

    def _connect(self) -> ObsLink:
        link = ObsLink(self._url, self._password(), events=CONFIG_EVENTS, timeout=TIMEOUT, probe=False)
        self._link = link
        link.connect()
        now = time.monotonic()
        for subject in self._subjects.values():
            subject.watch = retried(subject.watch, now)
        return link

    def _hang_up(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.disconnect()

    def _serve(self, link: ObsLink) -> None:
        """Until there is nobody to look at. Raises LinkDown."""
        while not self._stopping:
            self._take_over()
            if not self._subjects:
                return
            begun = time.monotonic()
            guest, subject = min(self._subjects.items(), key=lambda entry: entry[1].due)
            if subject.due <= begun:
                # By the due time and not by now, or the waits for the others would add up; but nothing is made up for.
                subject.due = max(begun, subject.due + EACH)
                self._look_at(link, guest, subject)
            if link.down is not None:
                raise link.down
            nearest = min(subject.due for subject in self._subjects.values())
            self._idle(max(BETWEEN - (time.monotonic() - begun), nearest - time.monotonic()))

    def _look_at(self, link: ObsLink, guest: PersonId, subject: _Subject) -> None:
        reason = None
        try:
            self._take_in(guest, subject, ask_shot(link, subject.input))
        except ObsTimeout:
            LOG.info("%s: no picture of '%s' in time", link.address, subject.input)
            subject.watch = ended(subject.watch, time.monotonic())
        except ObsError as error:
            if error.code == NOT_READY:
                return
            reason = (words.not_in_obs if error.code == NOT_FOUND else words.nothing_in_obs)(subject.input)
            now = time.monotonic()
            subject.watch = (unplayable if error.code == NOT_FOUND else ended)(subject.watch, now)
            subject.due = now + FAILED_AGAIN
        except (ValueError, KeyError, TypeError, OSError) as error:
            LOG.warning("%s: a picture of '%s' could not be read: %s", link.address, subject.input, error)
            subject.watch = ended(subject.watch, time.monotonic())
            subject.due = time.monotonic() + FAILED_AGAIN
            reason = words.nothing_in_obs(subject.input)
        self._say(guest, subject, reason)

    def _take_in(self, guest: PersonId, subject: _Subject, shot: str) -> None:
        """Raises ValueError or OSError for what is no picture."""
        now = time.monotonic()
        if subject.watch.over:
            subject.watch = retried(subject.watch, now)
            subject.shots.forget()
        first = subject.shots.board.newest() is None
        seen = subject.shots.take_in(shot, now)
        if first:
            self._pictured(guest, subject.shots.board)
        distance = max(EACH, BETWEEN * len(self._subjects))
        rules = replace(self._rules, frozen_after=max(self._rules.frozen_after, 4 * distance))
        subject.watch = looked(subject.watch, seen, rules)

    def _say(self, guest: PersonId, subject: _Subject, reason: Text | None) -> None:
        signal = subject.watch.signal
        if (signal, reason) != subject.told:
            subject.told = (signal, reason)
            self._tell(guest, signal, max(0, round((time.monotonic() - subject.watch.since) * 1000)), reason)

    def _take_over(self) -> None:
        """Takes the newest wishes; who is watched already goes on as before."""
        wanted = self._wanted
        self._changed.clear()
        for guest in [guest for guest, subject in self._subjects.items() if wanted.get(guest) != subject.input]:
            del self._subjects[guest]
        for guest, name in wanted.items():
            if guest not in self._subjects:
                self._subjects[guest] = _Subject(name, started(time.monotonic()))

    def _idle(self, seconds: float | None) -> None:
        if not self._stopping and (seconds is None or seconds > 0):
            self._changed.wait(seconds)


def _address(url: str) -> str:
    try:
        return "{}:{}".format(*parse_url(url))
    except LinkDown as down:
        return down.address
