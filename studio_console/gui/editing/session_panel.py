"""The editor of a session: its title, its published start, its hard end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio_console.core.change import replace
from studio_console.core.rundown import Cue, Day, Session
from studio_console.core.text import Text
from studio_console.gui.editing.fields import EMPTY, NOT_AFTER, Read, clock_of, clock_words
from studio_console.gui.editing.panel import EditorPanel

TITLE = Text("세션 고치기: {title}", "Edit the session: {title}")
NAMES: Mapping[str, Text] = {
    "title_ko": Text("제목", "Korean title"),
    "title_en": Text("영어 제목", "Title"),
    "start": Text("공지된 시작", "Published start"),
    "end": Text("넘길 수 없는 끝", "Hard end"),
}
NONE = Text("없음", "none")


class SessionPanel(EditorPanel):
    def rows(self) -> Sequence[Sequence[str]]:
        return (("title_ko",), ("title_en",), ("start", "end"))

    def label_of(self, name: str) -> Text:
        return NAMES[name]

    def hint_of(self, name: str) -> Text | None:
        return NONE if name in ("start", "end") else None

    def heading(self, was: Cue | Session) -> Text:
        return TITLE.filled(title=was.title)

    def texts_of(self, was: Cue | Session, day: Day) -> Mapping[str, str]:
        zone = self._context.zone
        return {
            "title_ko": was.title.ko,
            "title_en": was.title.en,
            "start": clock_words(was.start, day, zone),
            "end": clock_words(was.end, day, zone),
        }

    def read(self, was: Cue | Session, day: Day) -> Read:
        words, wrong = self.texts, {}
        wrong = {name: EMPTY for name in ("title_ko", "title_en") if not words[name].strip()}
        start, end = (clock_of(words, name, day, self._context.zone, wrong) for name in ("start", "end"))
        if start is not None and end is not None and end <= start:
            wrong["end"] = NOT_AFTER
        now = replace(was, title=Text(words["title_ko"], words["title_en"]), start=start, end=end)
        return Read(None if wrong else now, wrong)
