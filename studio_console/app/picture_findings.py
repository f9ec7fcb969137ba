"""What ``preflight`` says of people who would be seen as a coloured stand-in: nobody wants that on air unasked."""

from __future__ import annotations

from collections.abc import Iterator

from studio_console.app.console import Opened
from studio_console.core.picture import stood_in
from studio_console.core.rundown import Day
from studio_console.core.text import Text
from studio_console.devices.obs.findings import Finding

PICTURE = Text("{person} 화면", "picture of {person}")
STAND_IN = Text(
    "보여 줄 입력이 없어 큐 {cues}에 이름을 적은 빈 화면이 나갑니다",
    "no input shows them: a labelled stand-in goes out in {cues}",
)
REMEDY = Text("people 파일에 input을 적으세요", "Write an input for them into the people file")
NAMED = 5
"""So many cues are named."""


def picture_findings(opened: Opened, day: Day) -> Iterator[Finding]:
    """One for everybody without a picture. Minor where the person is assumed: who comes will be known later."""
    for name, cues in stood_in(opened.event, day, opened.studio).items():
        person = opened.event.people[name]
        numbers = ", ".join(cue.number for cue in cues[:NAMED]) + (" …" if len(cues) > NAMED else "")
        said = Text(STAND_IN.show("ko", cues=numbers), STAND_IN.show("en", cues=numbers))
        what = Text(PICTURE.show("ko", person=person.label), PICTURE.show("en", person=person.label))
        yield Finding(what, False, said, REMEDY, minor=person.assumed)
