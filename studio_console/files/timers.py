"""When countdowns change their look, and the messages that speakers are sent by one key."""

from __future__ import annotations

from studio_console.core.messages import LONGEST_MESSAGE
from studio_console.core.rundown import Thresholds
from studio_console.core.text import Text
from studio_console.files.reader import Reader
from studio_console.files.records import Row

TIMER_ORDER = Text(
    "danger가 warning보다 길어 주의 색이 보이지 않습니다", "danger is longer than warning, which will never be seen"
)
MESSAGE_LONG = Text("{most}자보다 긴 메시지는 보낼 수 없습니다", "a message of more than {most} letters cannot be sent")
MESSAGE_HINT = Text("멀리서 읽을 수 있게 줄이세요", "make it short enough to be read from afar")


def read_thresholds(entry: object, usual: Thresholds, reader: Reader) -> Thresholds:
    """What ``timer:`` of a cue or the studio says; what it leaves out is as ``usual``."""
    if not isinstance(entry, Row):
        return usual
    timer = Thresholds(entry.get("warning", usual.warning), entry.get("danger", usual.danger))
    if timer.danger > timer.warning and not entry.bad:
        reader.warn(entry.node, "timer", TIMER_ORDER)
    return timer


def check_messages(entry: object, reader: Reader) -> None:
    """Warns of a prepared message that the show would refuse."""
    if not isinstance(entry, Row):
        return
    for place, text in enumerate(entry.get("messages", ())):
        if isinstance(text, Text) and max(len(text.ko), len(text.en)) > LONGEST_MESSAGE:
            node = entry.item("messages", place)
            reader.warn(node, "message-long", MESSAGE_LONG, MESSAGE_HINT, most=LONGEST_MESSAGE)
