"""``layouts/*.yaml`` → layouts with every slot's rectangle in px."""

from __future__ import annotations

from dataclasses import replace

from studio_console.core.placing import cell
from studio_console.core.studio import (
    Fit,
    Layout,
    Rect,
    Shows,
    ShowsCaption,
    ShowsClip,
    ShowsInput,
    ShowsLiveCaption,
    ShowsPlate,
    ShowsRollCall,
    ShowsSpeaker,
    ShowsSpeakers,
    Size,
    Slot,
)
from studio_console.core.text import Text, same
from studio_console.core.units import InputId, LayoutId
from studio_console.files.names import NO_INPUT, Known, LayoutFacts
from studio_console.files.reader import Reader
from studio_console.files.records import Row
from studio_console.files.seams import check_seams
from studio_console.files.shapes import BAD
from studio_console.files.studio_tables import LAYOUT_FILE, Shown
from studio_console.files.tree import Mapping, Node
from studio_console.files.values import Length

ANY_NUMBER = 1_000
"""So many speakers a grid that fills has places for: all of them."""

TWICE = Text("화면 구성 ‘{text}’이(가) 두 번 나옵니다", "the layout ‘{text}’ is there twice")
TWICE_HINT = Text("처음은 {first}입니다", "first at {first}")
SLOT_TWICE = Text("칸 ‘{text}’이(가) 이 구성에 두 번 나옵니다", "the slot ‘{text}’ is in this layout twice")
OUTSIDE = Text(
    "칸 ‘{text}’이(가) 캔버스 {canvas} 밖으로 나갑니다", "the slot ‘{text}’ reaches outside the canvas {canvas}"
)
NO_SIZE = Text("칸의 너비와 높이는 1픽셀 이상이어야 합니다", "a slot has to be at least 1 px wide and high")
NO_ROOM = Text("격자의 칸에 남는 자리가 없습니다", "gap and margin leave no room for the cells")
NO_ROOM_HINT = Text("열과 행, 간격, 여백을 줄이세요", "fewer columns and rows, or less gap and margin")
ONLY_GRID = Text("‘speakers’는 격자(grid)에서만 쓸 수 있습니다", "‘speakers’ is for grids only")
GRID_SHOWS = Text("격자는 ‘speakers’만 보일 수 있습니다", "a grid shows ‘speakers’")
NO_LETTERS = Text("size는 이름표와 자막, 명단에만 쓸 수 있습니다", "size goes only with plates, captions and lists")
NO_COLUMNS = Text("columns는 ‘roll-call’에만 쓸 수 있습니다", "columns goes only with ‘roll-call’")
GRID_SHAPE = Text(
    "격자에는 columns와 rows를 함께 적거나 fill: true를 적습니다",
    "a grid has either columns and rows, or fill: true",
)


def read_layouts(node: Node | None, reader: Reader, known: Known, found: dict[LayoutId, Layout]) -> None:
    """Reads one layout file into ``found`` and ``known``."""
    top = LAYOUT_FILE.read(node, reader) if node is not None else None
    if not isinstance(top, Row) or "layouts" not in top.values:
        known.layouts.whole = False
        return
    names = top.value("layouts")
    rows = top.values["layouts"]
    for name in names.entries if isinstance(names, Mapping) else ():
        row = rows.get(name)
        if not isinstance(row, Row):
            known.layouts.entries.setdefault(name, LayoutFacts(None, 0, False, whole=False))
            continue
        key = names.key(name) if isinstance(names, Mapping) else row.node
        if name in known.layouts.entries:
            first = known.layout_places.get(name)
            reader.error(key, "layout-twice", TWICE, TWICE_HINT, text=name, first=str(first))
            continue
        known.layout_places[name] = reader.place(key)
        slots = _slots(row, reader, known)
        known.layouts.entries[name] = _facts(row, slots)
        if isinstance(row.get("canvas"), Size) and row.get("role") is not None and slots is not None:
            title = row.get("title")
            shown = title if isinstance(title, Text) else same(name)
            layout = Layout(
                LayoutId(name), shown, row.values["role"], row.values["canvas"], tuple(slots), row.get("still", False)
            )
            found[layout.id] = layout
            if any(isinstance(slot.shows, ShowsSpeakers) for slot in layout.slots):
                known.layouts.entries[name] = replace(known.layouts.entries[name], filling=layout)
            check_seams(layout, row, reader, known)


def _facts(row: Row, slots: list[Slot] | None) -> LayoutFacts:
    speakers = [slot.shows.index + 1 for slot in slots or () if isinstance(slot.shows, ShowsSpeaker)]
    speakers += [ANY_NUMBER for slot in slots or () if isinstance(slot.shows, ShowsSpeakers)]
    clip = any(isinstance(slot.shows, ShowsClip) for slot in slots or ())
    roll_call = any(isinstance(slot.shows, ShowsRollCall) for slot in slots or ())
    return LayoutFacts(row.get("role"), max(speakers, default=0), clip, slots is not None, roll_call)


def _slots(row: Row, reader: Reader, known: Known) -> list[Slot] | None:
    """All slots, grids taken apart into one a cell; None if any could not be read."""
    slots: list[Slot] = []
    whole = "slots" not in row.bad
    names: set[str] = set()
    canvas = row.get("canvas")
    for entry in row.get("slots", ()):
        if entry is BAD or not isinstance(entry, Row):
            whole = False
            continue
        name = entry.get("name")
        if name in names:
            reader.error(entry.value("name"), "slot-twice", SLOT_TWICE, text=name)
        names.add(name)
        shown = entry.get("shows")
        if not isinstance(shown, Shown):
            whole = False
            continue
        if shown.what == "input":
            known.inputs.refer(shown.which, entry.value("shows"), reader, "input", NO_INPUT)
        if "columns" in entry.values and shown.what != "roll-call":
            reader.error(entry.node.key("columns"), "only-with", NO_COLUMNS)
        if "size" in entry.values and shown.what not in ("plate", "caption", "live caption", "speakers", "roll-call"):
            reader.error(entry.node.key("size"), "only-with", NO_LETTERS)
        made = _slot(entry, shown, canvas, reader) if isinstance(canvas, Size) else None
        if made is None:
            whole = False
        else:
            slots += made
    return slots if whole else None


def _slot(entry: Row, shown: Shown, canvas: Size, reader: Reader) -> list[Slot] | None:
    is_grid = "grid" in entry.node.entries
    if is_grid != (shown.what == "speakers"):
        message = GRID_SHOWS if is_grid else ONLY_GRID
        reader.error(entry.value("shows"), "shows", message)
        return None
    if entry.bad or "name" not in entry.values:
        return None
    if is_grid:
        return _grid(entry, entry.values["grid"], canvas, reader)
    rect = _rect(entry.values["at"], canvas)
    if rect is None:
        return None
    if not _check_rect(rect, entry, "at", canvas, reader):
        return None
    return [Slot(entry.values["name"], rect, _shows(shown, entry), entry.get("fit", Fit.COVER))]


def _shows(shown: Shown, entry: Row) -> Shows:
    match shown.what:
        case "input":
            return ShowsInput(InputId(shown.which))
        case "speaker":
            return ShowsSpeaker(int(shown.which) - 1)
        case "plate":
            return ShowsPlate(int(shown.which) - 1, entry.get("size", 36))
        case "caption":
            return ShowsCaption(shown.which, entry.get("size", 44))
        case "live caption":
            return ShowsLiveCaption(shown.which, entry.get("size", 44))
        case "roll-call":
            return ShowsRollCall(entry.get("columns", 1), entry.get("size", 40))
        case _:
            return ShowsClip()


def _rect(at: tuple[object, ...], canvas: Size) -> Rect | None:
    sides = [length for length in at if isinstance(length, Length)]
    if len(sides) != 4:
        return None
    x, y, width, height = sides
    return _rounded(x.of(canvas.width), y.of(canvas.height), width.of(canvas.width), height.of(canvas.height))


def _rounded(x: float, y: float, width: float, height: float) -> Rect:
    return Rect(round(x, 2), round(y, 2), round(width, 2), round(height, 2))


def _check_rect(rect: Rect, entry: Row, key: str, canvas: Size, reader: Reader) -> bool:
    node = entry.value(key)
    if rect.width < 1 or rect.height < 1:
        reader.error(node, "slot-size", NO_SIZE)
        return False
    slack = 0.5
    right, foot = rect.x + rect.width, rect.y + rect.height
    if rect.x < -slack or rect.y < -slack or right > canvas.width + slack or foot > canvas.height + slack:
        reader.warn(node, "slot-outside", OUTSIDE, text=entry.values["name"], canvas=canvas)
    return True


def _grid(entry: Row, grid: object, canvas: Size, reader: Reader) -> list[Slot] | None:
    """The cells, left to right, top to bottom, each with its plate on top of it where plates are wanted."""
    if not isinstance(grid, Row) or grid.bad:
        return None
    area = Rect(0, 0, canvas.width, canvas.height)
    if "at" in grid.values:
        given = _rect(grid.values["at"], canvas)
        if given is None or not _check_rect(given, entry, "grid", canvas, reader):
            return None
        area = given
    nothing = Length(0, False)
    gap = grid.get("gap", nothing).of(canvas.width)
    margin = grid.get("margin", nothing).of(canvas.width)
    given_shape = {key for key in ("columns", "rows") if key in grid.values}
    fills = grid.get("fill", False)
    if given_shape != (set() if fills else {"columns", "rows"}):
        reader.error(entry.value("grid"), "grid-shape", GRID_SHAPE)
        return None
    name, first, fit = entry.values["name"], entry.get("from", 1) - 1, entry.get("fit", Fit.COVER)
    plates, letters = entry.get("plates", False), entry.get("size")
    if fills:
        inner = _rounded(area.x + margin, area.y + margin, area.width - 2 * margin, area.height - 2 * margin)
        if inner.width < 1 or inner.height < 1 or gap < 0 or margin < 0:
            reader.error(entry.value("grid"), "slot-size", NO_ROOM, NO_ROOM_HINT)
            return None
        return [Slot(name, inner, ShowsSpeakers(first, gap, plates, letters), fit)]
    columns, rows = grid.values["columns"], grid.values["rows"]
    width = (area.width - 2 * margin - (columns - 1) * gap) / columns
    height = (area.height - 2 * margin - (rows - 1) * gap) / rows
    if width < 1 or height < 1 or gap < 0 or margin < 0:
        reader.error(entry.value("grid"), "slot-size", NO_ROOM, NO_ROOM_HINT)
        return None
    slots: list[Slot] = []
    for place in range(columns * rows):
        x = area.x + margin + place % columns * (width + gap)
        y = area.y + margin + place // columns * (height + gap)
        slots += cell(f"{name} {place + 1}", Rect(x, y, width, height), first + place, fit, plates, letters)
    return slots
