"""The editor of a cue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from studio_console.core.rundown import KIND_NAMES, Cue, Day, Session
from studio_console.core.text import Text, same
from studio_console.core.units import SurfaceId
from studio_console.gui.context import Context
from studio_console.gui.editing.fields import LAYOUT, NOTE, Read, layouts_for, person_meant, read, texts_of
from studio_console.gui.editing.inputs import ChoiceInput, FlagInput, Keys
from studio_console.gui.editing.panel import EditorPanel
from studio_console.gui.on_air import DEPARTMENTS, POSTS

if TYPE_CHECKING:
    from studio_console.gui.editing.panel import Input

TITLE = Text("{cue} 고치기", "Edit {cue}")
NAMES: Mapping[str, Text] = {
    "title_ko": Text("제목", "Korean title"),
    "title_en": Text("영어 제목", "Title"),
    "number": Text("번호", "Number"),
    "kind": Text("종류", "Kind"),
    "start": Text("고정 시작", "Fixed start"),
    "length": Text("길이", "Length"),
    "end": Text("고정 끝", "Fixed end"),
    "speakers": Text("출연", "Speakers"),
    "skip": Text("건너뜀", "Skip"),
}
HINTS: Mapping[str, Text] = {
    "start": Text("없음", "none"),
    "end": Text("없음", "none"),
    "length": same("5m, 30s, open"),
    "speakers": Text("london, 리마", "london, lima"),
}
AS_IT_IS = Text("그대로 둠", "leave as it is")


class CuePanel(EditorPanel):
    """Titles, number, times, speakers, layouts, notes and skip."""

    def rows(self) -> Sequence[Sequence[str]]:
        notes = [f"{NOTE}{post}" for post, _ in DEPARTMENTS]
        return (
            *(("title_ko",), ("title_en",), ("number", "kind"), ("start", "end"), ("length", "skip"), ("speakers",)),
            *((f"{LAYOUT}{surface}",) for surface in self._context.arranged),
            *(notes[place : place + 2] for place in range(0, len(notes), 2)),
        )

    def make_input(self, name: str, keys: Keys) -> Input:
        if name == "skip":
            return FlagInput(keys, self)
        return ChoiceInput(keys, self) if name == "kind" or name.startswith(LAYOUT) else super().make_input(name, keys)

    def label_of(self, name: str) -> Text:
        if name.startswith(LAYOUT):
            return self._context.surface(SurfaceId(name.removeprefix(LAYOUT)))
        return POSTS[name.removeprefix(NOTE)] if name.startswith(NOTE) else NAMES[name]

    def hint_of(self, name: str) -> Text | None:
        return HINTS.get(name)

    def heading(self, was: Cue | Session) -> Text:
        assert isinstance(was, Cue)
        return TITLE.filled(cue=was.number)

    def texts_of(self, was: Cue | Session, day: Day) -> Mapping[str, str]:
        assert isinstance(was, Cue)
        return texts_of(was, self._context, day)

    def read(self, was: Cue | Session, day: Day) -> Read:
        assert isinstance(was, Cue)
        return read(self.texts, was, self._context, day)

    def names_in(self, name: str) -> Sequence[str]:
        if name != "speakers":
            return ()
        words = (word.strip() for word in self.inputs["speakers"].value.split(","))
        people = [person for word in words if word and (person := person_meant(word, self._context)) is not None]
        return [self._context.say(person.label) for person in people]

    def set_context(self, context: Context) -> None:
        for surface in context.arranged:
            entry = self.inputs.get(f"{LAYOUT}{surface}")
            if isinstance(entry, ChoiceInput):
                layouts = layouts_for(surface, context)
                choices = [(str(layout.id), context.say(layout.title)) for layout in layouts]
                entry.offer([("", context.say(AS_IT_IS)), *choices])
        kinds = self.inputs["kind"]
        if isinstance(kinds, ChoiceInput):
            kinds.offer([(kind.value, context.say(name)) for kind, name in KIND_NAMES.items()])
        super().set_context(context)
