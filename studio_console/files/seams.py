"""Warns of faces that would lie across a seam of an LED wall, at the slot, with how far to move it."""

from __future__ import annotations

from studio_console.core.placing import placed_slots
from studio_console.core.studio import Layout, Role, Surface
from studio_console.core.text import Text
from studio_console.core.wall_geometry import CutFace, cut_faces
from studio_console.files.names import Known
from studio_console.files.reader import Reader
from studio_console.files.records import Row
from studio_console.files.tree import Node

CUT = Text(
    "‘{wall}’의 캐비닛 이음매가 칸 ‘{slot}’의 얼굴 자리를 지납니다({count}칸)",
    "a seam of ‘{wall}’ runs through the face in the slot ‘{slot}’ ({count} of its places)",
)
CUT_HINT = Text(
    "오른쪽으로 {across}, 아래로 {down}픽셀 옮기면 피합니다(음수는 왼쪽, 위)",
    "moved {across} px to the right and {down} px down it would not (minus: to the left, up)",
)

CUT_BY_COUNT = Text(
    "연사 {speakers}명이면 ‘{wall}’의 캐비닛 이음매가 ‘{layout}’에서 얼굴 {count}개를 지납니다",
    "with {speakers} speakers a seam of ‘{wall}’ runs through {count} faces of ‘{layout}’",
)
CUT_BY_COUNT_HINT = Text(
    "열과 줄을 정한 다른 구성을 쓰거나 구성의 자리(at)를 옮기세요",
    "use a layout with columns and rows of its own, or move the grid (at)",
)


def check_seams(layout: Layout, row: Row, reader: Reader, known: Known) -> None:
    """Looks at ``layout`` on every wall of which the cabinets are known. One warning for a slot or a grid.

    A grid that fills has other cells for every cue: see ``check_filled``.
    """
    if layout.role is not Role.WALL:
        return
    for facts in known.surfaces.entries.values():
        wall = facts.wall
        if wall is None or wall.cabinets is None:
            continue
        cut = tuple(cut_faces(placed_slots(layout, wall, 0), wall.cabinets))
        x, y = layout.canvas.width / wall.canvas.width, layout.canvas.height / wall.canvas.height
        for entry in row.get("slots", ()):
            if not isinstance(entry, Row) or "name" not in entry.values:
                continue
            name = entry.values["name"]
            own = [face for face in cut if _belongs(face, name, is_grid="grid" in entry.node.entries)]
            if own:
                across = max((face.across * x for face in own), key=abs)
                down = max((face.down * y for face in own), key=abs)
                values = {"across": _whole(across), "down": _whole(down)}
                place = entry.value("grid" if "grid" in entry.node.entries else "at")
                reader.warn(place, "seam", CUT, CUT_HINT, wall=wall.id, slot=name, count=len(own), **values)


def check_filled(layout: Layout, wall: Surface, speakers: int, node: Node, reader: Reader) -> None:
    """Looks at the cells that a cue's ``speakers`` have in a grid that fills. One warning for the cue, at ``node``."""
    if wall.cabinets is None:
        return
    given = {slot.name for slot in layout.slots}
    cut = sum(face.slot not in given for face in cut_faces(placed_slots(layout, wall, speakers), wall.cabinets))
    if cut:
        values = {"wall": wall.id, "layout": layout.id, "speakers": speakers, "count": cut}
        reader.warn(node, "seam", CUT_BY_COUNT, CUT_BY_COUNT_HINT, **values)


def _belongs(face: CutFace, name: str, is_grid: bool) -> bool:
    return face.slot.startswith(f"{name} ") if is_grid else face.slot == name


def _whole(px: float) -> int:
    """Rounded away from 0: a px too far is far enough."""
    return int(px) if px == int(px) else int(px) + (1 if px > 0 else -1)
