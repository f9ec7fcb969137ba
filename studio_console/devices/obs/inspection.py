"""Looks an OBS over before the show: what is as the plan needs it, what is not, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from studio_console.core.picture import SurfacePlan
from studio_console.core.rundown import TRANSITION_NAMES, TransitionKind
from studio_console.core.sound_alarms import level_text
from studio_console.core.studio import Capture, Clip, Feed, MadeInObs, SoundDevice, Still
from studio_console.core.text import Text, same
from studio_console.devices.obs.diff import difference
from studio_console.devices.obs.findings import Finding
from studio_console.devices.obs.inputs import CAPTURE_FAMILIES, SOUND_FAMILIES
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.mixer import level_of
from studio_console.devices.obs.snapshot import take_snapshot
from studio_console.devices.obs.takes import OBS_KINDS, transition_for
from studio_console.devices.obs.wanted import source_sizes, wanted_in

OLDEST = (28, 0)
DISK_NEEDED = 10_000
"""MB; an hour at 20 Mbit/s is about 9,000."""

DEVICE_PROPERTIES = {**CAPTURE_FAMILIES, **dict.fromkeys(SOUND_FAMILIES, "device_id")}
"""What names its device, by the kind of input."""

MEDIA_STATES = {
    "NONE": Text("열지 않음", "not opened"),
    "OPENING": Text("여는 중", "opening"),
    "BUFFERING": Text("버퍼 채우는 중", "buffering"),
    "PLAYING": Text("첫 화면을 기다리는 중", "waiting for its first picture"),
    "PAUSED": Text("일시정지", "paused"),
    "STOPPED": Text("멈춤", "stopped"),
    "ENDED": Text("끊김", "ended"),
    "ERROR": Text("오류", "error"),
}
"""OBS's states of a feed that brings no picture, in words."""
PROVISION = Text("provision을 실행하세요.", "Run provision.")


def inspect(
    link: ObsLink,
    plan: SurfacePlan,
    *,
    folder: Path,
    together: Sequence[SurfacePlan] = (),
    transitions: Iterable[TransitionKind] = (),
    disk_needed: int = DISK_NEEDED,
) -> list[Finding]:
    """What preflight says of one surface. ``together`` are all plans of that OBS, if it carries more than this one.

    ``transitions`` are the kinds that the day's cues use; ``disk_needed`` in MB. Raises LinkDown, ObsError, ObsTimeout.
    """
    mirror = take_snapshot(link)
    free = float(link.call("GetStats")["availableDiskSpace"])
    findings = [_version(mirror), *_canvas(mirror, plan), _studio_mode(mirror)]
    findings += _scenes(mirror, plan)
    findings += _inputs(mirror, plan)
    findings += _up_to_date(mirror, together or (plan,), folder)
    findings += [_transition(mirror, kind) for kind in sorted(set(transitions))] if not plan.projector_scene else []
    findings += _files(plan, folder, link.is_local)
    findings += _feeds(mirror, plan)
    findings += _made_by_hand(mirror, plan)
    findings += _devices(link, mirror, plan)
    findings += _sound(mirror, plan)
    findings.append(_disk(free, disk_needed))
    return findings


def _version(mirror: Mirror) -> Finding:
    what = Text("OBS 버전", "OBS version")
    numbers = tuple(int(part) for part in mirror.version.split("-")[0].split(".")[:2] if part.isdigit())
    said = same(f"OBS {mirror.version}, obs-websocket {mirror.socket_version}")
    if numbers >= OLDEST:
        return Finding(what, True, said)
    return Finding(what, False, said, Text("OBS를 28 이상으로 업데이트하세요.", "Update OBS to 28 or newer."))


def _canvas(mirror: Mirror, plan: SurfacePlan) -> Iterator[Finding]:
    what = Text("캔버스", "canvas")
    wanted, has = plan.surface.canvas, mirror.canvas
    if plan.projector_scene is not None:
        message = Text(
            f"{wanted} 화면을 OBS 캔버스 {has}에 맞춰 줄여 보냅니다.",
            f"The surface of {wanted} is scaled to OBS's canvas of {has}.",
        )
        yield Finding(what, True, message if wanted != has else same(str(has)))
        return
    if wanted == has:
        yield Finding(what, True, same(str(has)))
    else:
        yield Finding(
            what,
            False,
            Text(f"OBS는 {has}, studio.yaml은 {wanted}입니다.", f"OBS has {has}, studio.yaml wants {wanted}."),
            Text(
                f"OBS 설정 → 비디오에서 기본 캔버스를 바꾸세요: {wanted}.",
                f"Set the base canvas to {wanted} under Settings → Video in OBS.",
            ),
        )
    what = Text("초당 프레임", "frames a second")
    if abs(mirror.fps - plan.surface.fps) < 0.1:
        yield Finding(what, True, same(f"{mirror.fps:g}"))
    else:
        yield Finding(
            what,
            False,
            Text(
                f"OBS는 {mirror.fps:g}, studio.yaml은 {plan.surface.fps}입니다.",
                f"OBS has {mirror.fps:g}, studio.yaml wants {plan.surface.fps}.",
            ),
            Text("OBS 설정 → 비디오에서 FPS를 맞추세요.", "Set the FPS under Settings → Video in OBS."),
        )


def _studio_mode(mirror: Mirror) -> Finding:
    what = Text("스튜디오 모드", "studio mode")
    if not mirror.studio_mode:
        return Finding(what, True, Text("꺼짐", "off"))
    return Finding(what, False, Text("켜짐", "on"), Text("OBS에서 스튜디오 모드를 끄세요.", "Switch it off in OBS."))


def _scenes(mirror: Mirror, plan: SurfacePlan) -> Iterator[Finding]:
    wanted = [*(scene.name for scene in plan.scenes), *plan.buffers]
    wanted += [plan.projector_scene] if plan.projector_scene else []
    yield from _present(Text("장면", "scene"), Text("장면", "scenes"), wanted, mirror.scenes.keys())


def _inputs(mirror: Mirror, plan: SurfacePlan) -> Iterator[Finding]:
    wanted = [entry.name for entry in plan.inputs if not isinstance(entry.source, MadeInObs)]
    yield from _present(Text("소스", "source"), Text("소스", "sources"), wanted, mirror.inputs.keys())


def _present(one: Text, many: Text, wanted: Sequence[str], has: Iterable[str]) -> Iterator[Finding]:
    missing = sorted(set(wanted) - set(has))
    if not missing:
        yield Finding(many, True, Text(f"{len(wanted)}개 모두 있음", f"all {len(wanted)} present"))
    for name in missing:
        what = Text(f"{one.ko} '{name}'", f"{one.en} “{name}”")
        yield Finding(what, False, Text("OBS에 없습니다.", "is not in OBS."), PROVISION)


def _up_to_date(mirror: Mirror, plans: Sequence[SurfacePlan], folder: Path) -> Iterator[Finding]:
    """Present is not enough: an edited rundown may want the scenes otherwise."""
    wanted = wanted_in(mirror, plans, folder)
    plan = difference(wanted, mirror, allow_on_air=True)
    yield from wanted.problems
    yield from plan.clashes
    stale = sorted({change.subject for change in plan.changes})
    what = Text("장면 내용", "contents")
    if stale:
        names = ", ".join(stale[:5]) + (" …" if len(stale) > 5 else "")
        message = Text(
            f"큐시트와 다른 것 {len(stale)}개: {names}", f"{len(stale)} not as the rundown has them: {names}"
        )
        yield Finding(what, False, message, PROVISION)
    elif not plan.clashes:
        yield Finding(what, True, Text("큐시트와 같음", "as the rundown has them"))


def _transition(mirror: Mirror, kind: TransitionKind) -> Finding:
    name = TRANSITION_NAMES[kind]
    what = Text(f"전환 효과 {name.ko}", f"transition {name.en}")
    got = transition_for(mirror, kind)
    if got is not None and got.kind == OBS_KINDS[kind]:
        return Finding(what, True, same(got.name))
    instead = got.name if got is not None else mirror.transition
    return Finding(
        what,
        False,
        Text(f"OBS 목록에 없습니다. 대신 쓰는 것: '{instead}'.", f"is not in OBS's list; “{instead}” is used instead."),
        Text(
            "OBS의 장면 전환 독에서 직접 추가하세요(WebSocket으로는 추가할 수 없습니다).",
            "Add it by hand in OBS's Scene Transitions dock; no request over the socket can.",
        ),
        minor=True,
    )


def _files(plan: SurfacePlan, folder: Path, local: bool) -> Iterator[Finding]:
    """Only an OBS on this machine reads the files that this machine has."""
    for entry in plan.inputs:
        if isinstance(entry.source, Clip | Still) and local:
            path = folder / entry.source.file
            what = Text(f"파일 {entry.source.file}", f"file {entry.source.file}")
            if path.is_file():
                yield Finding(what, True, Text("있음", "present"))
            else:
                remedy = Text("파일을 넣거나 studio.yaml을 고치세요.", "Put it there, or correct studio.yaml.")
                yield Finding(what, False, Text("없습니다.", "is missing."), remedy)


def _feeds(mirror: Mirror, plan: SurfacePlan) -> Iterator[Finding]:
    sizes = source_sizes(mirror)
    for entry in plan.inputs:
        if isinstance(entry.source, Feed) and entry.name in mirror.inputs:
            what = Text(f"회선 {entry.name}", f"feed {entry.name}")
            state = mirror.media[entry.name].state if entry.name in mirror.media else "NONE"
            # OBS says PLAYING while it still waits for the first picture; a picture that came has a size.
            if state in ("PLAYING", "BUFFERING") and entry.name in sizes:
                yield Finding(what, True, Text("들어오고 있음", "is coming in"))
            else:
                word = MEDIA_STATES.get(state) or same(state.lower())
                yield Finding(
                    what,
                    False,
                    Text(f"신호가 없습니다({word.ko}).", f"brings no picture ({word.en})."),
                    Text("보내는 쪽과 주소를 확인하세요.", "Check the sender and the address."),
                )


def _made_by_hand(mirror: Mirror, plan: SurfacePlan) -> Iterator[Finding]:
    """What is missing has been found with the contents; here: whether what is there has a picture."""
    sizes = source_sizes(mirror)
    for entry in plan.inputs:
        if not isinstance(entry.source, MadeInObs):
            continue
        what = Text(f"OBS에서 만든 '{entry.name}'", f"“{entry.name}”, made in OBS")
        if entry.name in mirror.scenes:
            yield Finding(what, True, Text("있음(장면)", "present, a scene"))
        elif (has := mirror.inputs.get(entry.name)) is not None:
            if entry.name in sizes:
                yield Finding(what, True, Text(f"있음({has.family})", f"present, {has.family}"))
            else:
                remedy = Text(
                    "보내는 쪽과 OBS의 소스 설정을 확인하세요.", "Check the sender, and the source's settings in OBS."
                )
                yield Finding(what, False, Text("영상이 없습니다.", "brings no picture."), remedy)


def _devices(link: ObsLink, mirror: Mirror, plan: SurfacePlan) -> Iterator[Finding]:
    """OBS makes an input for any device name; only its own list tells whether there is such a device."""
    for entry in plan.inputs:
        has = mirror.inputs.get(entry.name)
        property_name = DEVICE_PROPERTIES.get(has.family) if has is not None else None
        if not isinstance(entry.source, Capture | SoundDevice) or property_name is None:
            continue
        asked = {"inputName": entry.name, "propertyName": property_name}
        items = link.call("GetInputPropertiesListPropertyItems", asked)["propertyItems"]
        there = {str(item[key]) for item in items if item.get("itemEnabled") for key in ("itemName", "itemValue")}
        what = Text(f"장치 {entry.name}", f"device {entry.name}")
        if entry.source.device in there:
            yield Finding(what, True, same(entry.source.device))
        else:
            device = entry.source.device
            message = Text(f"‘{device}’ 장치가 이 컴퓨터에 없습니다.", f"“{device}” is not on this machine.")
            remedy = Text(
                "연결을 확인하거나 studio.yaml의 device를 고치세요.", "Plug it in, or correct device in studio.yaml."
            )
            yield Finding(what, False, message, remedy)


def _sound(mirror: Mirror, plan: SurfacePlan) -> Iterator[Finding]:
    """The lines of the mix as they are now: a booth is silent until a cue wants it, the floor had better be heard."""
    for line in plan.sound:
        entry = mirror.inputs.get(line.input)
        if entry is None:
            continue  # said of all sources
        what = Text(f"음성 회선 {line.feed}", f"line of sound {line.feed}")
        known, level = level_of(entry)
        if not known:
            remedy = Text("studio.yaml에서 소리가 있는 입력을 적으세요.", "Name an input that has one in studio.yaml.")
            yield Finding(what, False, Text("소리가 없는 소스입니다.", "is a source without sound."), remedy)
        elif level is None and not line.language:
            said = Text("OBS에서 꺼져 있습니다.", "is muted in OBS.")
            yield Finding(what, False, said, Text("다음 GO가 켭니다.", "The next GO has it heard."), minor=True)
        else:
            yield Finding(what, True, level_text(level))


def _disk(free: float, needed: int) -> Finding:
    what = Text("디스크 여유", "free disk")
    said = same(f"{free / 1000:.1f} GB")
    if free >= needed:
        return Finding(what, True, said)
    remedy = Text(f"{needed / 1000:g} GB 이상 비우세요.", f"Free at least {needed / 1000:g} GB where OBS records.")
    return Finding(what, False, said, remedy)
