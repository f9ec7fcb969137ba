"""What would be refused if it were pressed now: each act is tried on the show as it is, and nobody is told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studio_console.core.effects import Refuse
from studio_console.core.events import ShowEvent
from studio_console.core.show import Show
from studio_console.core.step import step
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, Instant
from studio_console.gui.bridge import Bridge
from studio_console.gui.controls import Controls
from studio_console.gui.keys import Act

Reason = tuple[Text, Mapping[str, object]]


class _Standing:
    """A clock that stands still."""

    def __init__(self, now: Instant) -> None:
        self._now = now

    def now(self) -> Instant:
        return self._now

    def real_delay(self, until: Instant) -> float:
        return float(until - self._now) / 1000

    def stepped(self) -> Duration | None:
        return None


class _Bench:
    """A service whose show is thrown away: it meets ``ShowService`` and has no surfaces."""

    def __init__(self, show: Show, now: Instant) -> None:
        self.clock = _Standing(now)
        self._show = show
        self.reason: Reason | None = None

    def post(self, event: ShowEvent) -> None:
        self._show, effects = step(self._show, event, self.clock.now())
        for effect in effects:
            if isinstance(effect, Refuse) and self.reason is None:
                self.reason = effect.reason, effect.values

    def watch(self, on_show: Callable[[Show], None]) -> Callable[[], None]:
        return lambda: None


def refusals(show: Show, now: Instant, selected: CueId | None) -> Mapping[Act, Reason]:
    """The acts on the show that would be refused, with the reason; ``selected`` is the row that is."""
    found: dict[Act, Reason] = {}
    probe = Controls(Bridge(_Bench(Show(), now)))
    for act in probe.acts:
        bench = _Bench(show, now)
        bridge = Bridge(bench)
        controls = Controls(bridge)
        controls.selected = selected
        controls.set_show(show)
        told: list[Reason] = []
        controls.refused.connect(lambda _act, text, values, told=told: told.append((text, values)))
        controls.perform(act)
        bridge.close()
        reason = told[0] if told else bench.reason
        if reason is not None:
            found[act] = reason
    return found
