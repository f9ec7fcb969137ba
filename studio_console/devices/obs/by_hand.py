"""What somebody makes in OBS by hand, and the console only places: whether it is there and can be used."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from studio_console.core.text import Text, same
from studio_console.devices.obs.findings import Finding
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.wanted import Wanted


def obstacles(wanted: Wanted, mirror: Mirror, reserved: Collection[str]) -> Iterator[tuple[str, Finding]]:
    """Which of the names that ``wanted`` has from a person cannot be used, and why.

    ``reserved`` are the names of the console's own scenes and inputs.
    """
    for name in sorted(wanted.by_hand):
        asking = {scene.name for scene in wanted.scenes if any(item.source == name for item in scene.items)}
        if name in reserved:
            yield name, _ours(name)
        elif name in mirror.groups:
            yield name, _group(name)
        elif name not in mirror.inputs and name not in mirror.scenes:
            yield name, _not_there(name, mirror)
        elif round_about := sorted(asking & _inside(name, mirror)):
            yield name, _loop(name, round_about[0])


def _inside(scene: str, mirror: Mirror) -> frozenset[str]:
    """Everything that lies in ``scene``, seen or not: OBS refuses a circle of scenes even where nobody sees it."""
    found: set[str] = set()
    todo = [scene]
    while todo:
        for item in mirror.scenes.get(todo.pop(), ()):
            if item.source not in found:
                found.add(item.source)
                todo.append(item.source)
    return frozenset(found)


def _not_there(name: str, mirror: Mirror) -> Finding:
    like = next((other for other in sorted(mirror.names()) if _bare(other) == _bare(name)), None)
    said = Text(
        f"OBS에 '{name}'이라는 소스나 장면이 없습니다. 콘솔이 만들지 않는 입력입니다.",
        f"OBS has no source or scene “{name}”, and it is not the console's to make.",
    )
    if like is not None:
        said = Text(f"{said.ko} OBS에는 '{like}'이(가) 있습니다.", f"{said.en} It has “{like}”.")
    remedy = Text(
        f"OBS에서 NDI나 브라우저 같은 소스를 '{name}'이라는 이름 그대로 만든 뒤 provision을 다시 실행하세요.",
        f"Make it in OBS by exactly the name “{name}”, such as an NDI or a browser source, then run provision again.",
    )
    return Finding(same(name), False, said, remedy)


def _bare(name: str) -> str:
    return "".join(name.casefold().split())


def _group(name: str) -> Finding:
    return Finding(
        same(name),
        False,
        Text(
            f"OBS에서 '{name}'은(는) 그룹이고, 그룹은 한 장면에만 있을 수 있습니다.",
            f"“{name}” is a group in OBS, and a group may be in one scene only.",
        ),
        Text(
            "그룹 대신 장면을 만들고 studio.yaml의 obs에 그 장면의 이름을 적으세요.",
            "Make a scene of it, and name that scene as obs in studio.yaml.",
        ),
    )


def _ours(name: str) -> Finding:
    return Finding(
        same(name),
        False,
        Text(
            f"'{name}'은(는) 콘솔이 직접 만드는 것의 이름이라 손으로 만든 입력에 쓸 수 없습니다.",
            f"“{name}” is the name of something that the console makes itself, so nothing made by hand can have it.",
        ),
        Text(
            "OBS에서 소스의 이름을 바꾸고 studio.yaml의 obs에도 그 이름을 적으세요.",
            "Give the source another name in OBS, and write that name as obs in studio.yaml.",
        ),
    )


def _loop(name: str, scene: str) -> Finding:
    return Finding(
        same(name),
        False,
        Text(
            f"장면 '{name}'에 콘솔의 장면 '{scene}'이(가) 들어 있어 그 장면에 넣을 수 없습니다.",
            f"The scene “{name}” has the console's scene “{scene}” in it, so it cannot be put into that one.",
        ),
        Text(
            f"OBS에서 '{name}'에서 '{scene}'을(를) 빼낸 뒤 다시 실행하세요.",
            f"Take “{scene}” out of “{name}” in OBS, then run this again.",
        ),
    )
