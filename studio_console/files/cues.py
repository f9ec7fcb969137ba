"""What a cue refers to: people, layouts, surfaces, clips, posts."""

from __future__ import annotations

import re

from studio_console.core.rundown import AtEnd, Kind
from studio_console.core.text import Text
from studio_console.core.written import shorten
from studio_console.files.names import NO_INPUT, NO_LAYOUT, Known, Names
from studio_console.files.reader import Reader
from studio_console.files.records import Row
from studio_console.files.rundown_tables import OPEN, POSTS
from studio_console.files.seams import check_filled
from studio_console.files.tree import Mapping, Node

NO_PERSON = Text("‘{text}’이라는 참가자가 없습니다", "there is no person ‘{text}’")
NO_NEED = Text("‘{text}’이라는 참가자나 부서가 없습니다", "there is no person or post ‘{text}’")
NO_SURFACE = Text("‘{text}’이라는 화면이 없습니다", "there is no surface ‘{text}’")
OTHER_ROLE = Text(
    "구성 ‘{text}’은(는) {layout_role}용이고 화면 ‘{surface}’은(는) {surface_role}입니다",
    "the layout ‘{text}’ is for {layout_role}, the surface ‘{surface}’ is {surface_role}",
)
NEEDS_CLIP = Text("영상 큐에 영상이 없습니다", "a clip cue without a clip")
NEEDS_CLIP_HINT = Text("clip: <영상 입력>을 더하세요", "add clip: with the id of an input that has one")
NOT_A_CLIP = Text("입력 ‘{text}’은(는) 영상이 아닙니다", "the input ‘{text}’ is not a clip")
NOT_SEEN = Text(
    "영상이 있지만 어느 구성에도 영상 자리가 없어 보이지 않습니다", "it has a clip, but none of its layouts shows one"
)
NO_CLIP_TO_SHOW = Text("구성 ‘{text}’의 영상 자리가 빕니다", "the layout ‘{text}’ shows a clip, and the cue has none")
NOBODY_TO_SHOW = Text("구성 ‘{text}’의 연사 자리가 빕니다", "the layout ‘{text}’ shows speakers, and the cue has none")
TOO_MANY_SPEAKERS = Text(
    "출연자 {count}명 가운데 {shown}명까지만 어느 화면에든 보입니다",
    "of its {count} speakers no surface shows more than the first {shown}",
)
NOBODY_TO_CALL = Text("호명할 출연자가 없습니다", "nobody is called: the cue has no speakers")
NO_LIST_TO_SHOW = Text(
    "구성 ‘{text}’의 호명 명단이 빕니다", "the layout ‘{text}’ shows a roll call, and the cue has none"
)
TWICE = Text("‘{text}’이(가) 두 번 나옵니다", "‘{text}’ is there twice")
SCENE_NAME = Text(
    "장면 이름 ‘{text}’이(가) OBS의 자막·이름표 이름과 겹칠 수 있습니다",
    "the scene ‘{text}’ could have the name of a caption or plate in OBS",
)
SCENE_NAME_HINT = Text("큐 번호를 바꾸세요", "choose another cue number")

NEVER_RINGS = Text("끝나는 시간이 없어 종이 울리지 않습니다", "it has no set end: these bells never ring")
NEVER_ENDS = Text(
    "되풀이되는 영상은 끝나지 않아 다음 큐로 넘어가지 않습니다",
    "this clip is played over and over: it never ends, and nothing follows by itself",
)

_GENERATED = re.compile(r"(caption .+ (ko|en)|plate [a-z0-9_-]+|roll call .+ [0-9]+of[0-9]+) [0-9]+$")
_POSTS = frozenset(POSTS)


def check_cue(row: Row, reader: Reader, known: Known) -> None:
    """Says what of a cue's references does not exist or does not fit."""
    values = row.values
    people = known.people.entries
    speakers = values.get("speakers", ())
    for place, word in enumerate(speakers):
        if word not in people:
            known.people.refer(word, row.item("speakers", place), reader, "person", NO_PERSON)
    if len(set(speakers)) < len(speakers):
        _say_twice(row, "speakers", reader)
    for place, word in enumerate(values.get("needs", ())):
        if word not in people and word not in _POSTS:
            either = Names({**people, **dict.fromkeys(POSTS, "")}, known.people.whole)
            either.refer(word, row.item("needs", place), reader, "need", NO_NEED)
    _check_roll_call(row, reader, known)
    _check_clip(row, reader, known)
    if values.get("bells") and values.get("duration") == OPEN:
        reader.warn(row.value("bells"), "bells", NEVER_RINGS)
    _check_layouts(row, reader, known)


def _check_roll_call(row: Row, reader: Reader, known: Known) -> None:
    listed = row.values.get("roll_call")
    if isinstance(listed, tuple):
        for place, word in enumerate(listed):
            known.people.refer(word, row.item("roll_call", place), reader, "person", NO_PERSON)
        if len(set(listed)) < len(listed):
            _say_twice(row, "roll_call", reader)
    elif listed is True and not row.values.get("speakers") and "speakers" not in row.bad:
        reader.warn(row.value("roll_call"), "empty-roll-call", NOBODY_TO_CALL)


def _say_twice(row: Row, key: str, reader: Reader) -> None:
    seen: set[object] = set()
    for place, word in enumerate(row.values[key]):
        if word in seen and isinstance(word, str):
            reader.warn(row.item(key, place), "twice", TWICE, text=word)
        seen.add(word)


def _check_clip(row: Row, reader: Reader, known: Known) -> None:
    values = row.values
    clip = values.get("clip")
    if clip is None:
        if row.values.get("kind") is Kind.CLIP and "clip" not in row.bad:
            reader.error(row.value("kind"), "clip", NEEDS_CLIP, NEEDS_CLIP_HINT)
        return
    facts = known.inputs.refer(clip, row.value("clip"), reader, "input", NO_INPUT)
    if facts is not None and facts.kind not in ("clip", ""):
        reader.error(row.value("clip"), "clip", NOT_A_CLIP, NEEDS_CLIP_HINT, text=clip)
    elif facts is not None and facts.loops and values.get("at_end") is AtEnd.NEXT:
        reader.warn(row.value("at_end"), "never-ends", NEVER_ENDS)


def _check_layouts(row: Row, reader: Reader, known: Known) -> None:
    layouts = row.values.get("layouts")
    if not layouts:
        return
    speakers = len(row.values.get("speakers", ()))
    clip = row.values.get("clip")
    number = row.values.get("number", "")
    most, shows_clip, whole = 0, False, True
    for surface_name, name in layouts.items():
        surface = known.surfaces.entries.get(surface_name)
        if surface is None:
            node = row.node.value("layouts")
            key = node.key(surface_name) if isinstance(node, Mapping) else node
            known.surfaces.refer(surface_name, key, reader, "surface", NO_SURFACE)
        layout = known.layouts.entries.get(name)
        if layout is None:
            known.layouts.refer(name, _layout_node(row, surface_name), reader, "layout", NO_LAYOUT)
            whole = False
            continue
        if surface is not None and surface.role is not layout.role and surface.role and layout.role:
            reader.error(
                _layout_node(row, surface_name),
                "layout-role",
                OTHER_ROLE,
                text=name,
                layout_role=layout.role.value,
                surface=surface_name,
                surface_role=surface.role.value,
            )
        if number.startswith(("caption ", "plate ", "roll call ")) and _GENERATED.match(f"{number} {name}"):
            reader.error(row.value("number"), "obs-name", SCENE_NAME, SCENE_NAME_HINT, text=shorten(f"{number} {name}"))
        most = max(most, layout.speakers)
        shows_clip = shows_clip or layout.clip
        whole = whole and layout.whole
        if layout.speakers and not speakers and "speakers" not in row.bad:
            reader.warn(_layout_node(row, surface_name), "empty-slot", NOBODY_TO_SHOW, text=name)
        if layout.clip and clip is None and "clip" not in row.bad:
            reader.warn(_layout_node(row, surface_name), "empty-slot", NO_CLIP_TO_SHOW, text=name)
        if layout.roll_call and not row.values.get("roll_call") and "roll_call" not in row.bad:
            reader.warn(_layout_node(row, surface_name), "empty-slot", NO_LIST_TO_SHOW, text=name)
        if layout.filling is not None and surface is not None and surface.wall is not None:
            check_filled(layout.filling, surface.wall, speakers, _layout_node(row, surface_name), reader)
    if not whole:
        return
    if clip is not None and not shows_clip:
        reader.warn(row.value("clip"), "unseen-clip", NOT_SEEN)
    if 0 < most < speakers:
        reader.warn(row.item("speakers", most), "unseen-speaker", TOO_MANY_SPEAKERS, count=speakers, shown=most)


def _layout_node(row: Row, surface: str) -> Node:
    node = row.node.value("layouts")
    return node.value(surface) if isinstance(node, Mapping) else node
