"""What is said of a cue that takes two steps: that it has to be armed, for how long it is, and when it was taken."""

from __future__ import annotations

from collections.abc import Mapping

from studio_console.core.arming import armed_for
from studio_console.core.presses import Grave
from studio_console.core.rundown import Cue
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import SECOND, Instant

SIGN = "②"
TO_ARM = Text("② 두 단계: Ctrl+G로 준비한 뒤 Space", "② two steps: Ctrl+G arms, then Space")
ARMED = Text("② 준비됨: {seconds}초 안에 Space", "② ARMED: Space within {seconds} s")
TAKEN = Text("② 확정 {clock}", "② taken {clock}")


def two_step_words(show: Show, cue: Cue, now: Instant) -> tuple[tuple[Text, Mapping[str, object]] | None, bool]:
    """What GO needs before it takes ``cue``, and whether it is locked until then; None for any other cue."""
    if not cue.two_step:
        return None, False
    left = armed_for(show, Grave.TAKE, cue.id, now)
    if left is None:
        return (TO_ARM, {}), True
    return (ARMED, {"seconds": -(-left // SECOND)}), False
