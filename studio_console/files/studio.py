"""``layouts/studio.yaml`` → the hall, its surfaces, inputs, sound and destinations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio_console.core.hall import HallRules
from studio_console.core.interpretation import sound_languages
from studio_console.core.studio import (
    AudioFeed,
    Cabinets,
    Capture,
    Clip,
    Colour,
    DeadAirRules,
    Destination,
    Feed,
    GuestRules,
    Input,
    InterpretationRules,
    Layout,
    MadeInObs,
    OutputKind,
    OutputRules,
    Role,
    Size,
    Source,
    Still,
    Studio,
    Surface,
    TimerRules,
    Words,
    standby_id,
)
from studio_console.core.text import Text, same
from studio_console.core.units import Duration, InputId, LayoutId, SurfaceId
from studio_console.core.written import shorten
from studio_console.files.names import NO_INPUT, NO_LAYOUT, InputFacts, Known, Names, SurfaceFacts
from studio_console.files.reader import Reader
from studio_console.files.records import Row
from studio_console.files.studio_tables import INPUT, STUDIO_FILE, has_password
from studio_console.files.timers import check_messages, read_thresholds
from studio_console.files.tree import Node

OBS_MOST = 4096

WIDE_CANVAS = Text(
    "캔버스가 한 변 {most} 픽셀보다 큽니다", "the canvas has more than {most} px on a side, which no client may set"
)
WIDE_HINT = Text("OBS 설정에서 직접 맞추세요. 콘솔은 확인만 합니다", "set it in OBS itself; the console only checks it")
NOT_FOR_WALLS = Text(
    "구성 ‘{text}’은(는) LED 월(role: wall)용이 아닙니다", "the layout ‘{text}’ is not for walls (role: wall)"
)
NOT_A_WALL = Text("LED 월(role: wall)에만 쓸 수 있습니다", "this goes only with an LED wall (role: wall)")
CABINET_CANVAS = Text(
    "캐비닛 {columns}×{rows}개, 하나에 {size}이면 {whole}인데 캔버스는 {canvas}입니다",
    "{columns} by {rows} cabinets of {size} make {whole}, and the canvas is {canvas}",
)
CABINET_HINT = Text(
    "캔버스나 캐비닛을 맞게 고치세요. 프로세서가 늘이거나 줄이면 글자와 선이 흐려집니다",
    "correct canvas or cabinets: what the wall's processor scales gets blurred letters and lines",
)
SHARED_CANVAS = Text(
    "‘{other}’과(와) 같은 OBS를 쓰지만 캔버스나 fps가 다릅니다",
    "shares its OBS with ‘{other}’ but has another canvas or frame rate",
)
SHARED_HINT = Text("OBS 하나에는 캔버스가 하나입니다. 같게 적으세요", "an OBS has one canvas: give both the same")
SHARED_LANGUAGE = Text(
    "‘{other}’과(와) 같은 OBS라서 이 화면의 통역 소리를 따로 섞을 수 없습니다",
    "shares its OBS with ‘{other}’, and an OBS mixes once: this language cannot have a sound of its own",
)
SHARED_LANGUAGE_HINT = Text(
    "자막이 든 장면만 만들어집니다. 통역을 내보내려면 언어마다 OBS를 따로 두세요",
    "it becomes a scene with its captions; for interpretation give every language an OBS of its own",
)
MIXED_LANGUAGES = Text(
    "언어가 다른 송출처가 한 화면에 있습니다. OBS 하나의 소리는 하나라서 ‘{language}’에 맞춥니다",
    "its destinations have different languages; an OBS mixes once, and this one mixes for ‘{language}’",
)
NO_LANGUAGE = Text("현장음", "floor")
NO_BOOTH = Text(
    "‘{language}’ 통역 회선이 없어 다른 언어를 말할 때 현장음만 나갑니다",
    "mixes no booth for ‘{language}’: other languages are heard as they are spoken",
)
NO_BOOTH_HINT = Text("carries에 통역 회선을 더하세요", "add the line of that booth to carries")
TWO_SOURCES = Text("‘device’와 ‘input’은 함께 쓸 수 없습니다", "‘device’ and ‘input’ do not go together")
LAYOUT_ROLE = Text(
    "구성 ‘{text}’은(는) {layout_role}용이고 이 화면은 {surface_role}입니다",
    "the layout ‘{text}’ is for {layout_role}, this surface is {surface_role}",
)
ONE_OUTPUT = Text(
    "OBS 하나에는 스트림과 녹화가 하나씩입니다. ‘{other}’이(가) 이미 씁니다",
    "an OBS has one stream and one recording, and ‘{other}’ has it already",
)
ONE_OUTPUT_HINT = Text(
    "다른 화면(OBS)에 싣거나, 전용 회선이면 output: line으로 적으세요",
    "let a surface on another OBS carry it; write output: line for what is sent by cable or uplink",
)
OVER_CAPACITY = Text("허용 인원이 수용 인원보다 많습니다", "more may be in the hall than it holds")
FEED_SECRET = Text("신호 주소에 비밀번호나 키가 들어 있습니다", "a password or key is inside the feed's address")
FEED_SECRET_HINT = Text("행사 파일에 두지 말고 장비에서 설정하세요", "keep it out of the event files")
NO_CARRIED = Text("‘{text}’이라는 송출처나 소리 회선이 없습니다", "there is no destination or sound feed ‘{text}’")
NOT_THERE = Text("파일 {file}이(가) 없습니다", "the file {file} is not there")
NOT_THERE_HINT = Text(
    "리허설에서는 이름을 적은 빈 화면이 대신하고, 방송에서는 오류입니다",
    "in rehearsal a labelled stand-in takes its place; on air it is an error",
)
OBS_NAME_OURS = Text(
    "‘{text}’은(는) 콘솔이 OBS에 만드는 다른 입력의 이름입니다",
    "‘{text}’ is the name of another input, which the console makes in OBS itself",
)
OBS_NAME_HINT = Text(
    "OBS에서 소스의 이름을 바꾸고 그 이름을 적으세요", "rename the source in OBS, and write that name here"
)
SOUND_IN_OBS = Text(
    "OBS에서 만든 입력의 소리는 콘솔이 바꾸지 않습니다", "the console leaves the sound of what is made in OBS as it is"
)
SOUND_IN_OBS_HINT = Text(
    "sound를 지우고 OBS의 오디오 믹서에서 맞추세요", "remove sound, and set it in OBS's audio mixer"
)
LINKED_OUTSIDE = Text("파일 {file}은(는) 행사 폴더 밖을 가리킵니다", "the file {file} leads outside the event folder")
SAME_PASSWORD_NAME = Text(
    "‘{other}’과(와) 비밀번호 환경 변수의 이름이 같습니다",
    "its password would have the same environment variable as that of ‘{other}’",
)
STANDBY_IS_MAIN = Text(
    "대기 OBS의 주소가 ‘{other}’의 본 OBS와 같습니다", "its standby is the OBS that ‘{other}’ is on the air with"
)
STANDBY_HINT = Text("대기 OBS는 따로 켠 OBS여야 합니다", "a standby is an OBS of its own")
STANDBY_SHARED = Text(
    "‘{other}’과(와) 대기 OBS는 같지만 본 OBS는 다릅니다",
    "shares its standby with ‘{other}’, though each has a main OBS of its own",
)
STANDBY_SHARED_HINT = Text(
    "승격하면 하나는 프로젝터 장면이 됩니다. 대기 OBS를 따로 두세요",
    "promoted, one of the two is a projector's scene; give each a standby of its own",
)


@dataclass(frozen=True, slots=True)
class StudioParts:
    """A studio without its layouts."""

    row: Row
    surfaces: dict[SurfaceId, Surface]
    inputs: dict[InputId, Input]
    audio: dict[str, AudioFeed]
    destinations: dict[str, Destination]
    surface_rows: Mapping[str, Row]

    def check_layouts(self, reader: Reader, known: Known) -> None:
        """Says which layouts that surfaces name do not exist or do not fit; to be called once those are read."""
        for row in self.surface_rows.values():
            name = row.get("layout")
            if name is None:
                continue
            layout = known.layouts.refer(name, row.value("layout"), reader, "layout", NO_LAYOUT)
            role = row.get("role")
            if layout is not None and layout.role and role and layout.role is not role:
                values = {"layout_role": layout.role.value, "surface_role": role.value}
                reader.error(row.value("layout"), "layout-role", LAYOUT_ROLE, text=name, **values)

    @property
    def time_zone(self) -> str:
        """The hall's zone; UTC where it could not be read, so that the rest can be checked."""
        return str(self.row.get("time_zone", "UTC"))

    def studio(self, layouts: Mapping[LayoutId, Layout]) -> Studio:
        """The whole studio. To be called only where the files have no error."""
        row = self.row
        hall = row.get("hall_input")
        return Studio(
            title=row.values["title"],
            time_zone=row.values["time_zone"],
            capacity=row.values["capacity"],
            limit=row.values["limit"],
            surfaces=self.surfaces,
            inputs=self.inputs,
            layouts=layouts,
            hall_input=None if hall is None else InputId(hall),
            audio=self.audio,
            destinations=self.destinations,
            go_guard=row.get("go_guard", Duration(500)),
            take_deadline=row.get("take_deadline", Duration(2_000)),
            guests=GuestRules(**row.values["guests"].values) if "guests" in row.values else GuestRules(),
            interpretation=InterpretationRules(**row.values["interpretation"].values)
            if "interpretation" in row.values
            else InterpretationRules(),
            outputs=OutputRules(**row.values["outputs"].values) if "outputs" in row.values else OutputRules(),
            hall=HallRules(**row.values["hall"].values) if "hall" in row.values else HallRules(),
            dead_air=DeadAirRules(**row.values["dead_air"].values) if "dead_air" in row.values else DeadAirRules(),
            timer=TimerRules(**row.values["timer"].values) if "timer" in row.values else TimerRules(),
        )


def read_studio(node: Node | None, reader: Reader, folder: Path, known: Known) -> StudioParts | None:
    """Reads the file and puts what it names into ``known``. None where there is no hall to speak of."""
    top = STUDIO_FILE.read(node, reader) if node is not None else None
    if not isinstance(top, Row):
        known.surfaces.whole = known.inputs.whole = False
        return None
    destinations = Names(dict(_rows(top, "destinations")), "destinations" not in top.bad)
    audio = Names(dict(_rows(top, "audio")), "audio" not in top.bad)
    known.inputs.whole = "inputs" not in top.bad
    known.surfaces.whole = "surfaces" not in top.bad
    # The names count even where what stands under them is wrong: one mistake is one problem.
    _all_names(top, "inputs", known.inputs, InputFacts(""))
    _all_names(top, "surfaces", known.surfaces, SurfaceFacts(None))
    inputs = _inputs(top, reader, folder, known)
    feeds = _feeds(audio, reader, known)
    surfaces = _surfaces(top, reader, known, destinations, audio)
    sinks = {name: _destination(name, row) for name, row in destinations.entries.items()}
    _check_sound(dict(_rows(top, "surfaces")), surfaces, feeds, sinks, reader)
    hall = top.get("studio")
    if not isinstance(hall, Row):
        return None
    if (name := hall.get("hall_input")) is not None:
        known.inputs.refer(name, hall.value("hall_input"), reader, "input", NO_INPUT)
    known.timer = read_thresholds(hall.get("timer"), known.timer, reader)
    check_messages(hall.get("timer"), reader)
    if hall.get("limit", 0) > hall.get("capacity", 1_000_000):
        reader.warn(hall.value("limit"), "limit", OVER_CAPACITY)
    return StudioParts(
        hall,
        surfaces,
        inputs,
        feeds,
        sinks,
        dict(_rows(top, "surfaces")),
    )


def _feeds(audio: Names[Row], reader: Reader, known: Known) -> dict[str, AudioFeed]:
    feeds: dict[str, AudioFeed] = {}
    for name, row in audio.entries.items():
        picture = row.get("input")
        if picture is not None:
            known.inputs.refer(picture, row.value("input"), reader, "input", NO_INPUT)
            if "device" in row.values:
                reader.error(row.value("input"), "only-one", TWO_SOURCES)
        with_picture = InputId(picture) if picture is not None else None
        feeds[name] = AudioFeed(name, _title(row, name), row.get("device", ""), row.get("language", ""), with_picture)
    return feeds


def _check_sound(
    rows: Mapping[str, Row],
    surfaces: Mapping[SurfaceId, Surface],
    feeds: Mapping[str, AudioFeed],
    destinations: Mapping[str, Destination],
    reader: Reader,
) -> None:
    """Warns of sound that cannot be had: one OBS has one mix."""
    first: dict[str, SurfaceId] = {}
    interpreted = any(feed.language for feed in feeds.values())
    for name, surface in surfaces.items():
        other = first.setdefault(surface.obs_url, name)
        row = rows[name]
        if other != name:
            if surface.role is Role.LANGUAGE:
                reader.warn(row.value("obs"), "shared-language", SHARED_LANGUAGE, SHARED_LANGUAGE_HINT, other=other)
            continue
        lines = [feeds[each] for each in surface.carries if each in feeds]
        if not lines:
            continue
        wanted = sound_languages(surface, destinations)
        if len(wanted) > 1:
            language = wanted[0] or NO_LANGUAGE
            reader.warn(row.value("carries"), "mixed-languages", MIXED_LANGUAGES, language=language)
        if interpreted and wanted[0] and all(line.language != wanted[0] for line in lines):
            reader.warn(row.value("carries"), "no-booth", NO_BOOTH, NO_BOOTH_HINT, language=wanted[0])


def _destination(name: str, row: Row) -> Destination:
    return Destination(name, _title(row, name), row.get("language", ""), row.get("output", OutputKind.STREAM))


def _second_outputs(
    surface: Surface, by_output: dict[tuple[str, OutputKind], str], destinations: Names[Row]
) -> Iterator[tuple[int, str]]:
    """The places in ``carries`` that want a second stream or recording of one OBS, and who has the first."""
    for place, name in enumerate(surface.carries):
        destination = destinations.entries.get(name)
        kind = destination.get("output", OutputKind.STREAM) if destination is not None else OutputKind.LINE
        if kind is not OutputKind.LINE:
            first = by_output.setdefault((surface.obs_url, kind), name)
            if first != name:
                yield place, first


def _rows(top: Row, key: str) -> list[tuple[str, Row]]:
    return list(top.get(key, {}).items())


def _all_names(top: Row, key: str, names: Names[Any], facts: object) -> None:
    node = top.value(key)
    if node is not top.node:
        for name in getattr(node, "entries", {}):
            names.entries[name] = facts


def _title(row: Row, name: str) -> Text:
    title = row.get("title")
    return title if isinstance(title, Text) else same(name)


def _inputs(top: Row, reader: Reader, folder: Path, known: Known) -> dict[InputId, Input]:
    found: dict[InputId, Input] = {}
    for name, row in _rows(top, "inputs"):
        kind = next((key for key in INPUT.one_of if key in row.node.entries), "")
        known.inputs.entries[name] = InputFacts(kind if kind not in row.bad else "", bool(row.get("loop")))
        if kind not in row.values:
            continue
        value = row.values[kind]
        source: Source
        if kind == "device":
            source = Capture(value)
        elif kind == "url":
            source = Feed(value)
            check_address(value, row.value(kind), reader)
        elif kind == "clip":
            source = Clip(value, row.get("loop", False))
        elif kind == "picture":
            source = Still(value)
        elif kind == "text":
            source = Words(value, row.get("size", 48), row.get("colour", "#ffffff"))
        elif kind == "fill":
            source = Colour(value)
        else:
            source = MadeInObs(value)
            if "sound" in row.values:
                reader.warn(row.value("sound"), "unused-sound", SOUND_IN_OBS, SOUND_IN_OBS_HINT)
        if isinstance(source, Clip | Still):
            check_file(source.file, row.value(kind), reader, folder)
        found[InputId(name)] = Input(InputId(name), _title(row, name), source, row.get("sound", False))
    made = {entry.in_obs for entry in found.values() if not isinstance(entry.source, MadeInObs)}
    for name, row in _rows(top, "inputs"):
        if (in_obs := row.get("obs")) in made and InputId(name) in found:
            reader.error(row.value("obs"), "obs-name", OBS_NAME_OURS, OBS_NAME_HINT, text=shorten(in_obs))
    return found


def check_address(url: str, node: Node, reader: Reader) -> None:
    """Warns of a password in a feed's address; the address itself is never quoted."""
    if has_password(url):
        reader.warn(node, "feed-password", FEED_SECRET, FEED_SECRET_HINT)


def check_file(file: str, node: Node, reader: Reader, folder: Path) -> None:
    """Warns of a clip or picture that is not in the event folder."""
    path = folder / file
    try:
        if not path.is_file():
            reader.warn(node, "file-missing", NOT_THERE, NOT_THERE_HINT, file=file)
        elif not path.resolve().is_relative_to(folder.resolve()):
            reader.warn(node, "file-outside", LINKED_OUTSIDE, file=file)
    except (OSError, ValueError, RuntimeError):
        reader.warn(node, "file-missing", NOT_THERE, NOT_THERE_HINT, file=file)


def _surfaces(
    top: Row, reader: Reader, known: Known, destinations: Names[Row], audio: Names[Row]
) -> dict[SurfaceId, Surface]:
    found: dict[SurfaceId, Surface] = {}
    carried = Names({**destinations.entries, **audio.entries}, destinations.whole and audio.whole)
    variables: dict[str, str] = {}
    by_obs: dict[str, Surface] = {}
    by_output: dict[tuple[str, OutputKind], str] = {}
    for name, row in _rows(top, "surfaces"):
        known.surfaces.entries[name] = SurfaceFacts(row.get("role"))
        other_name = variables.setdefault(name.replace("-", "_"), name)
        if other_name != name:
            reader.error(row.node, "surface-name", SAME_PASSWORD_NAME, other=other_name)
        for place, word in enumerate(row.get("carries", ())):
            carried.refer(word, row.item("carries", place), reader, "destination", NO_CARRIED)
        canvas = row.get("canvas")
        if isinstance(canvas, Size) and max(canvas.width, canvas.height) > OBS_MOST:
            reader.warn(row.value("canvas"), "canvas-size", WIDE_CANVAS, WIDE_HINT, most=OBS_MOST)
        if not {"role", "canvas", "fps", "obs"} <= row.values.keys():
            continue
        for key in ("cabinets", "holding"):
            if key in row.values and row.values["role"] is not Role.WALL:
                reader.error(row.node.key(key), "only-with", NOT_A_WALL)
        holding = row.get("holding")
        surface = Surface(
            id=SurfaceId(name),
            title=_title(row, name),
            role=row.values["role"],
            canvas=row.values["canvas"],
            fps=row.values["fps"],
            obs_url=row.values["obs"],
            carries=row.get("carries", ()),
            standby_url=row.get("standby"),
            language=row.get("language", ""),
            layout=None if row.get("layout") is None else LayoutId(row.get("layout")),
            cabinets=_cabinets(row, reader) if row.values["role"] is Role.WALL else None,
            holding=None if holding is None else LayoutId(holding),
        )
        if surface.cabinets is not None:
            known.surfaces.entries[name] = SurfaceFacts(surface.role, surface)
        other = by_obs.setdefault(surface.obs_url, surface)
        if (other.canvas, other.fps) != (surface.canvas, surface.fps):
            reader.warn(row.value("obs"), "shared-obs", SHARED_CANVAS, SHARED_HINT, other=other.id)
        for place, first in _second_outputs(surface, by_output, destinations):
            reader.warn(row.item("carries", place), "one-output", ONE_OUTPUT, ONE_OUTPUT_HINT, other=first)
        found[surface.id] = surface
    _check_standbys(top, reader, found)
    return found


def _check_standbys(top: Row, reader: Reader, surfaces: Mapping[SurfaceId, Surface]) -> None:
    mains: dict[str, Surface] = {}
    for surface in surfaces.values():
        mains.setdefault(surface.obs_url, surface)
    standbys: dict[str, Surface] = {}
    for name, row in _rows(top, "surfaces"):
        paired = surfaces.get(SurfaceId(name))
        if paired is None or paired.standby_url is None:
            continue
        if (taken := surfaces.get(standby_id(paired.id))) is not None:
            reader.error(row.value("standby"), "surface-name", SAME_PASSWORD_NAME, other=taken.id)
        if (main := mains.get(paired.standby_url)) is not None:
            reader.error(row.value("standby"), "standby-obs", STANDBY_IS_MAIN, STANDBY_HINT, other=main.id)
        other = standbys.setdefault(paired.standby_url, paired)
        if other.obs_url != paired.obs_url:
            reader.warn(row.value("standby"), "shared-standby", STANDBY_SHARED, STANDBY_SHARED_HINT, other=other.id)


def _cabinets(row: Row, reader: Reader) -> Cabinets | None:
    """A wall whose cabinets do not make up its canvas can be run, through a processor that scales: a warning."""
    entry, canvas = row.get("cabinets"), row.values["canvas"]
    if not isinstance(entry, Row) or not {"columns", "rows", "size"} <= entry.values.keys():
        return None
    values = entry.values
    cabinets = Cabinets(values["columns"], values["rows"], values["size"], entry.get("pitch"))
    if cabinets.canvas != canvas:
        shape = {"columns": cabinets.columns, "rows": cabinets.rows, "size": cabinets.size}
        whole = {"whole": cabinets.canvas, "canvas": canvas}
        reader.warn(row.value("cabinets"), "cabinets", CABINET_CANVAS, CABINET_HINT, **shape, **whole)
    return cabinets


def check_holding(parts: StudioParts, reader: Reader, known: Known) -> None:
    """The holding slides name layouts of walls. To be called when the layouts are known."""
    for name, row in parts.surface_rows.items():
        word = row.get("holding")
        if row.get("role") is not Role.WALL:
            continue  # which has been said
        facts = known.layouts.refer(word, row.value("holding"), reader, "layout", NO_LAYOUT)
        if facts is not None and facts.role not in (None, Role.WALL):
            reader.error(row.value("holding"), "layout-role", NOT_FOR_WALLS, text=word, surface=name)
