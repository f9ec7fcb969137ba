"""What is said of a cue that GO takes only armed: that it has to be, for how long it is, and when it was taken."""

from __future__ import annotations

from collections.abc import Mapping

from studio_console.core.arming import armed_for, jumped_in_session, why_to_arm
from studio_console.core.presses import Grave
from studio_console.core.rundown import Cue
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import SECOND, Instant

SIGN = "②"
TO_ARM = Text("② 두 단계: Ctrl+G로 준비한 뒤 Space", "② two steps: Ctrl+G arms, then Space")
JUMPS = Text(
    "② 세션의 큐 {count}개를 건너뜀: 먼저 Ctrl+G",
    "② leaves out {count} of its session: Ctrl+G first",
)
ARMED = Text("② 준비됨: {seconds}초 안에 Space", "② ARMED: Space within {seconds} s")
TAKEN = Text("② 확정 {clock}", "② taken {clock}")


def two_step_words(show: Show, cue: Cue, now: Instant) -> tuple[tuple[Text, Mapping[str, object]] | None, bool]:
    """What GO needs before it takes ``cue``, and whether it is locked until then; None where it needs nothing."""
    if why_to_arm(show, cue) is None:
        return None, False
    left = armed_for(show, Grave.TAKE, cue.id, now)
    if left is None:
        return ((TO_ARM, {}) if cue.two_step else (JUMPS, {"count": jumped_in_session(show, cue)})), True
    return (ARMED, {"seconds": -(-left // SECOND)}), False
