"""What ``preflight`` says of the day's remote guests: how many, and whom the desk will not see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from studio_console.app.console import Opened
from studio_console.core.picture import SurfacePlan
from studio_console.core.previews import guests_of, remote_people
from studio_console.core.rundown import (
    Day,
    DevicePreview,
    FilePreview,
    ObsPreview,
    Person,
    PicturePreview,
    Preview,
    StreamPreview,
)
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.findings import Finding
from studio_console.devices.previews import media, reasons
from studio_console.devices.previews.protocol import Play

NAMED = 5
"""So many guests are listed by name."""

GUESTS = Text("원격 참가자", "remote guests")
HOW_MANY = Text("{count}명", "{count}")
WITH_STILLS = Text("{count}명, 그중 {stills}명은 정지 그림뿐", "{count}, {stills} of them only as a still picture")
PREVIEWS = Text("원격 참가자의 미리보기", "previews of remote guests")
NONE = Text("{count}명은 콘솔에서 보이지 않습니다: {names}", "{count} cannot be seen on the desk: {names}")
NONE_REMEDY = Text(
    "people 파일에 input이나 preview를 적으세요", "Write an input or a preview for them into the people file"
)
BROKEN = Text("미리보기: {names}", "preview of {names}")
NOT_IN_OBS = Text(
    "오늘의 큐가 이 입력을 보이지 않아 OBS에 없을 수 있습니다: {inputs}",
    "no cue of the day shows this input, so OBS may not have it: {inputs}",
)
NOT_IN_OBS_REMEDY = Text(
    "참가자의 input으로도 적거나, OBS에 같은 이름의 입력을 만드세요",
    "Make it the guest's input too, or make an input of that name in OBS",
)
MORE = Text("{names} 외 {count}명", "{names} and {count} more")
CANNOT = Text("볼 수 없습니다", "cannot be seen")

Obstacle = Callable[[Preview, Path], str]


def obstacle_to(preview: Preview, folder: Path) -> str:
    """The code of why this machine cannot show it, see ``reasons``; empty where nothing speaks against it."""
    match preview:
        case StreamPreview(url=url):
            return media.obstacle(Play(0, 0, "url", url))
        case DevicePreview(device=device):
            return media.obstacle(Play(0, 0, "device", device))
        case FilePreview(file=file):
            return media.obstacle(Play(0, 0, "file", str(folder / file)))
        case PicturePreview(file=file):
            return "" if (folder / file).is_file() else reasons.NO_FILE
    return ""


def guest_findings(
    opened: Opened,
    day: Day,
    plans: Mapping[SurfaceId, SurfacePlan],
    drawn: bool,
    obstacle: Obstacle = obstacle_to,
) -> Iterator[Finding]:
    """``drawn``: a rehearsal, which draws every guest and needs nothing. ``obstacle`` asks what is at hand."""
    people = remote_people(opened.event, day)
    if not people:
        return
    previews = guests_of(opened.event, day, opened.studio)
    stills = sum(isinstance(preview, PicturePreview) for preview in previews.values())
    yield Finding(GUESTS, True, (WITH_STILLS if stills else HOW_MANY).filled(count=len(people), stills=stills))
    unseen = [person for person in people if person.id not in previews]
    if unseen:
        said = NONE.filled(count=len(unseen), names=_names(unseen))
        yield Finding(PREVIEWS, False, said, NONE_REMEDY, minor=True)
    if drawn:
        return
    broken: dict[str, list[Person]] = {}
    absent: dict[str, list[Person]] = {}
    shown = {name: {entry.name for entry in plan.inputs} for name, plan in plans.items()}
    for person in people:
        preview = previews.get(person.id)
        if isinstance(preview, ObsPreview):
            asked = shown if preview.surface is None else {preview.surface: shown.get(preview.surface, set())}
            if not any(preview.in_obs in inputs for inputs in asked.values()):
                absent.setdefault(preview.in_obs, []).append(person)
        elif preview is not None and (code := obstacle(preview, opened.folder)):
            broken.setdefault(code, []).append(person)
    for code, whose in broken.items():
        yield Finding(BROKEN.filled(names=_names(whose)), False, reasons.reason_of(code) or CANNOT)
    if absent:
        whose = [person for those in absent.values() for person in those]
        said = NOT_IN_OBS.filled(inputs=", ".join(absent))
        yield Finding(BROKEN.filled(names=_names(whose)), False, said, NOT_IN_OBS_REMEDY, minor=True)


def _names(people: Iterable[Person]) -> Text:
    labels = [person.label for person in people]
    names = Text(*("; ".join(label.show(language) for label in labels[:NAMED]) for language in ("ko", "en")))
    left = len(labels) - NAMED
    return MORE.filled(names=names, count=left) if left > 0 else names
