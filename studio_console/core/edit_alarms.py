"""What is wrong with edits of the files: those that are not in them and wait for somebody."""

from __future__ import annotations

from studio_console.core.alarm import Alarm
from studio_console.core.editing import label_of
from studio_console.core.problems import Severity
from studio_console.core.show import Show
from studio_console.core.text import Text

UNSAVED = Text(
    "저장 안 됨: {what}. {reason}. Ctrl+M 쓰기, Ctrl+T 버리기",
    "Not saved: {what}; {reason}. Ctrl+M writes it, Ctrl+T drops it",
)
MORE_UNSAVED = Text(
    "편집 {count}건이 저장되지 않았습니다: {what} 등. {reason}. Ctrl+M 쓰기, Ctrl+T 버리기",
    "{count} edits are not saved: {what} …; {reason}. Ctrl+M writes the first, Ctrl+T drops it",
)


def edit_alarms(show: Show) -> tuple[Alarm, ...]:
    """One for all of them; the first is the one that is settled first."""
    waiting = [unsaved for unsaved in show.editing.unsaved if unsaved.why is not None]
    if not waiting:
        return ()
    values = {"count": len(waiting), "what": label_of(waiting[0].edit, show.day), "reason": waiting[0].why}
    return (Alarm("edit-unsaved", Severity.WARNING, MORE_UNSAVED if waiting[1:] else UNSAVED, values),)
