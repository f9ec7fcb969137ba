"""What the surfaces show and will show: red frames round OBS's own pictures, green ones round what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio_console.core.ports import Picture
from studio_console.core.presses import GoPressed
from studio_console.core.reports import SceneArranged, SceneSeen, Seen
from studio_console.core.rundown import Event
from studio_console.core.studio import DeadAirRules, Role, Size, Studio, Surface
from studio_console.core.text import same
from studio_console.core.units import PersonId, PressId, SceneName, SurfaceId
from studio_console.devices.watching.watch import Watches
from studio_console.gui import theme
from studio_console.gui.desk import Desk
from studio_console.gui.guests import framed
from studio_console.gui.guests.framed import SIDE, FramedPicture, Head
from studio_console.gui.guests.led_picture import STAND_IN
from studio_console.gui.guests.live_picture import LivePicture
from studio_console.gui.guests.picture_panel import PicturePanel
from studio_console.gui.keys import Act
from tests.builders import SEOUL
from tests.gui_guests import AtWall, FakePreviews, drawn, pixel, sample_guests
from tests.gui_pictures import FakeSurfacePictures
from tests.gui_story import sample_event, small_event, small_service, small_studio
from tests.obs_rigs import Posted, Rig
from tests.painted import painted_words

PROGRAM, WALL, KO, EN = (SurfaceId(name) for name in ("program", "wall", "ko", "en"))
ISTANBUL = PersonId("istanbul")
ORANGE, PURPLE, LIME = "#d06010", "#7020a0", "#40b020"


@pytest.fixture(scope="module")
def sample() -> tuple[Event, Studio]:
    return sample_event()


class FakeFiles:
    """Meets ``FilePictures``: a colour for each file that has been read."""

    def __init__(self) -> None:
        self.pictures: dict[str, str] = {}

    def file_picture(self, file: str) -> Picture | None:
        if file not in self.pictures:
            return None
        return plain(self.pictures[file], 1)


def plain(colour: str, number: int) -> Picture:
    """A picture of one colour; another number is another picture."""
    seen = QColor(colour)
    data = bytes((seen.blue(), seen.green(), seen.red(), 0)) * (16 * 9)
    return Picture(number, number, 16, 9, 64, memoryview(data))


class AtPictures(AtWall):
    def __init__(
        self, qtbot: QtBot, desk: Desk, surfaces: FakeSurfacePictures, files: FakeFiles, others: AtWall
    ) -> None:
        super().__init__(qtbot, others.service, desk, others.previews)
        self.surfaces, self.files = surfaces, files

    @property
    def panel(self) -> PicturePanel:
        assert self.desk.pictures is not None
        return self.desk.pictures

    def watch(self) -> None:
        """Both timers' turns, and those things painted."""
        self.panel.look_at_surfaces()
        for _ in range(3):
            self.area.look()
        QCoreApplication.processEvents()

    def go_to(self, number: str) -> None:
        self.service.wait("0:10")
        self.service.go(next(cue.id for cue in self.service.show.plan.cues if cue.number == number))
        self.look()


@pytest.fixture
def desk(qtbot: QtBot, sample: tuple[Event, Studio]) -> Iterator[AtPictures]:
    """The mayors' day with M11 on air; M12, Istanbul's case, is next."""
    event, studio = sample
    service, guests = sample_guests(event, studio, 1)
    previews, surfaces = FakePreviews(guests), FakeSurfacePictures(studio.surfaces)
    files = FakeFiles()
    window = Desk(
        *(service, event, studio, SEOUL, "en", True, (), previews, drawn),
        surface_pictures=surfaces,
        file_pictures=files,
    )
    window.resize(1366, 768)
    qtbot.addWidget(window, before_close_func=lambda _: window.end())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    at_desk = AtPictures(qtbot, window, surfaces, files, AtWall(qtbot, service, window, previews))
    assert window.guests is not None
    window.guests.timer.stop()
    at_desk.panel.timer.stop()
    at_desk.go_to("M11")
    yield at_desk
    window.end()
    previews.close()
    surfaces.close()


def frame_colour(tile: QWidget) -> str:
    """Of the frame, in the middle of its left side."""
    return pixel(tile.grab(), 1, tile.height() / 2)


def inside(tile: FramedPicture, x: float = 0.5, y: float = 0.25) -> str:
    """A point of the picture, by its shares of the canvas."""
    rect = tile.canvas_rect()
    return pixel(tile.grab(), rect.left() + rect.width() * x, rect.top() + rect.height() * y)


def test_now_is_what_obs_shows_and_next_is_drawn_with_the_live_guest_in_it(desk: AtPictures) -> None:
    desk.surfaces.write(PROGRAM, ORANGE)
    desk.surfaces.write(WALL, PURPLE)
    desk.previews.write(ISTANBUL, LIME)
    desk.watch()
    now, coming = desk.panel.now, desk.panel.next
    assert (inside(now[PROGRAM]), inside(now[WALL])) == (ORANGE, PURPLE)
    assert frame_colour(now[PROGRAM]) == theme.RED.name()
    assert now[PROGRAM].words.startswith("PGM · ON AIR M11")
    assert inside(coming[PROGRAM]) == LIME
    assert frame_colour(coming[PROGRAM]) == theme.GREEN.name()
    assert coming[PROGRAM].words.startswith("NEXT · PGM M12 · Remote guest · fade")
    assert coming[WALL].words.startswith("NEXT · LED wall M12 · Spotlight")
    assert ISTANBUL in coming[WALL].guests


def test_a_guest_who_moves_is_seen_to_move_in_what_comes(desk: AtPictures) -> None:
    desk.previews.write(ISTANBUL, LIME)
    desk.watch()
    desk.previews.write(ISTANBUL, ORANGE)
    desk.watch()
    assert inside(desk.panel.next[PROGRAM]) == ORANGE
    assert set(desk.previews.asked) <= desk.panel.guests, "nobody else is asked for while the cue sheet is seen"


def test_a_slate_looks_as_it_will_and_is_a_box_until_it_is_read(desk: AtPictures) -> None:
    """M8 is a title: its ground is a picture file."""
    desk.go_to("M7")
    desk.watch()
    tile = desk.panel.next[PROGRAM]
    assert tile.words.startswith("NEXT · PGM M8")
    assert tile.picture is not None
    (file,) = tile.picture.files
    assert inside(tile, 0.02, 0.98) == STAND_IN.name()
    desk.files.pictures[file] = PURPLE
    desk.watch()
    assert inside(tile, 0.02, 0.98) == PURPLE


def test_a_camera_is_seen_as_its_obs_has_it_before_it_is_on_air(desk: AtPictures) -> None:
    """M13 brings the mayor on the stage: whether that camera looks the right way is seen before GO, and which it is."""
    desk.go_to("M12")
    desk.watch()
    tile = desk.panel.next[PROGRAM]
    assert tile.words.startswith("NEXT · PGM M13")
    assert tile.picture is not None
    (camera,) = tile.picture.in_obs
    assert inside(tile) == STAND_IN.name()
    desk.surfaces.inputs[PROGRAM, camera.name] = plain(PURPLE, 1)
    desk.watch()
    assert inside(tile) == PURPLE
    assert camera.title.en in painted_words(tile)
    desk.surfaces.inputs[PROGRAM, camera.name] = plain(LIME, 2)
    desk.watch()
    assert inside(tile) == LIME
    del desk.surfaces.inputs[PROGRAM, camera.name]
    desk.watch()
    assert inside(tile) == STAND_IN.name(), "OBS gives no picture of it any more"


def test_a_clip_is_seen_where_it_begins(desk: AtPictures) -> None:
    """M5 plays the forty-two cities: on the programme and on the wall."""
    desk.go_to("M4")
    desk.watch()
    for surface in (PROGRAM, WALL):
        tile = desk.panel.next[surface]
        assert tile.picture is not None
        (file,) = tile.picture.files
        assert file.endswith("cities.mp4")
        desk.files.pictures[file] = PURPLE
    desk.watch()
    for surface in (PROGRAM, WALL):
        assert inside(desk.panel.next[surface]) == PURPLE
    assert any(words.startswith("▶ ") for words in painted_words(desk.panel.next[PROGRAM]))


def test_a_picture_that_gets_old_is_dim_and_says_since_when(desk: AtPictures) -> None:
    """OBS answers no more: the picture of before is not to be taken for the one of now, and comes back by itself."""
    desk.service.until("22:30:00")
    desk.look()
    desk.surfaces.write(PROGRAM, ORANGE)
    desk.watch()
    tile = desk.panel.now[PROGRAM]
    assert not tile.is_dim
    desk.service.wait("0:05")
    desk.surfaces.ages[PROGRAM] = 5.0
    desk.look()
    desk.watch()
    assert tile.is_dim
    assert "▲ as of 22:30:00 · not known since" in tile.words
    assert tile.words.startswith("PGM · ON AIR ?")
    assert frame_colour(tile) == theme.AMBER.name()
    assert inside(tile) != ORANGE
    desk.surfaces.write(PROGRAM, PURPLE)
    desk.watch()
    assert not tile.is_dim
    assert (inside(tile), frame_colour(tile)) == (PURPLE, theme.RED.name())


def test_a_lost_surface_is_dim_at_once_however_new_its_picture_is(desk: AtPictures) -> None:
    desk.surfaces.write(WALL, PURPLE)
    desk.watch()
    desk.service.lose(WALL)
    desk.look()
    desk.watch()
    tile = desk.panel.now[WALL]
    assert tile.is_dim
    assert "LED wall · ON AIR ? no link: not known" in tile.words
    assert frame_colour(tile) == theme.AMBER.name()


def test_before_the_first_picture_there_is_a_word_and_no_red(desk: AtPictures) -> None:
    desk.watch()
    tile = desk.panel.now[KO]
    assert "waiting for OBS's picture" in tile.words
    assert frame_colour(tile) == theme.AMBER.name()


def test_a_take_on_its_way_and_a_hand_in_obs_are_said_at_the_picture(desk: AtPictures) -> None:
    desk.surfaces.write(PROGRAM, ORANGE)
    desk.watch()
    desk.service.wait("0:10")
    following = next(cue.id for cue in desk.service.show.plan.cues if cue.number == "M12")
    desk.service.happen(GoPressed(following, PressId("taking")))
    desk.look()
    assert desk.panel.now[PROGRAM].words == "PGM · ON AIR TAKING M12"
    desk.service.confirm()
    desk.service.happen(SceneSeen(PROGRAM, SceneName("Scene 2"), Seen.TRANSITION_STARTED))
    desk.look()
    assert "▲ not the cue's: ‘Scene 2’" in desk.panel.now[PROGRAM].words


def test_the_wall_that_is_armed_is_dashed_and_next_is_not(desk: AtPictures) -> None:
    desk.go_to("M6")
    desk.desk.perform(Act.LED)
    desk.press(Qt.Key.Key_A)
    desk.press(Qt.Key.Key_F4)
    armed = desk.service.show.walls[WALL].armed
    assert armed is not None
    desk.service.happen(SceneArranged(WALL, armed.scene, armed.press))
    desk.look()
    tile = desk.panel.next[WALL]
    assert tile.words.startswith("LED wall · ARMED")
    assert len(tile.guests) == 42
    picture = tile.grab()
    edge = {pixel(picture, 1, y) for y in range(10, tile.height() - 10)}
    assert theme.GREEN.name() in edge
    assert len(edge) > 1, "gaps between the dashes"
    solid = desk.panel.next[PROGRAM].grab()
    assert {pixel(solid, 1, y) for y in range(10, desk.panel.next[PROGRAM].height() - 10)} == {theme.GREEN.name()}


def test_only_what_is_looked_at_is_asked_for_often(desk: AtPictures) -> None:
    """Closing the panel ends it, of its own accord; bringing it back begins again."""
    assert desk.surfaces.closely[-1] == {PROGRAM, WALL, KO, EN}
    assert desk.panel.timer.interval() * 8 < 1000
    desk.desk.perform(Act.PANEL_PICTURES)
    assert desk.surfaces.closely[-1] == frozenset()
    assert not desk.panel.timer.isActive()
    assert desk.panel.guests == frozenset()
    desk.desk.perform(Act.PANEL_PICTURES)
    assert desk.surfaces.closely[-1] == {PROGRAM, WALL, KO, EN}
    assert desk.panel.timer.isActive()
    desk.desk.end()
    assert desk.surfaces.closely[-1] == frozenset()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_every_picture_lies_in_the_panel_and_on_no_other(desk: AtPictures, size: tuple[int, int]) -> None:
    desk.desk.resize(*size)
    desk.look()
    tiles: list[FramedPicture] = [*desk.panel.now.values(), *desk.panel.next.values()]
    seen = [tile.geometry() for tile in tiles if tile.isVisible()]
    assert len(seen) == 6
    for place, box in enumerate(seen):
        assert desk.panel.rect().contains(box)
        assert not any(box.intersects(other) for other in seen[place + 1 :])


@pytest.mark.parametrize(
    "head", [Head("Korean · ON AIR ?", "ON AIR ?", "Korean"), Head("NEXT · LED wall", "NEXT", "LED wall")]
)
@pytest.mark.parametrize("width", [84, 100, 119, 300])
def test_what_a_frame_means_is_read_whole_however_narrow_it_is(qtbot: QtBot, head: Head, width: int) -> None:
    """Colour alone is not enough: a language's picture said “Korean · …”. The cue's detail gives way first."""
    picture = FramedPicture(framed.ON_AIR)
    qtbot.addWidget(picture)
    picture.setFont(theme.plain_font(14))
    picture.resize(width, 90)
    picture.set_words(framed.ON_AIR, head, "M12 · Spotlight and strip")
    shown, font = picture.head_as_shown()
    assert head.state in shown
    assert QFontMetricsF(font).horizontalAdvance(shown) <= width - 2 * SIDE + 1
    assert font.pixelSize() >= 10
    if width >= 119:
        assert shown == head.words
    assert picture.toolTip() == f"{head.words} M12 · Spotlight and strip"


@pytest.mark.parametrize("width", [90, 119, 160, 400])
@pytest.mark.parametrize(
    "why", ["waiting for OBS's picture", "▲ as of 22:30:00 · not known since", "OBS 그림을 기다립니다"]
)
def test_a_notice_on_a_small_picture_wraps_and_is_whole(qtbot: QtBot, width: int, why: str) -> None:
    picture = LivePicture()
    qtbot.addWidget(picture)
    picture.setFont(theme.plain_font(14))
    picture.resize(width, picture.heightForWidth(width))
    picture.show_image(Size(1920, 1080), None, why)
    whole = picture.canvas_rect()
    lines, font = picture.notice(whole)
    metrics = QFontMetricsF(font)
    assert "".join(lines).replace(" ", "") == why.replace(" ", "")
    assert all(metrics.horizontalAdvance(line) <= whole.width() for line in lines)
    assert len(lines) * font.pixelSize() <= whole.height()


def test_a_simulated_obs_is_seen_in_the_frame_and_dim_when_it_dies(qtbot: QtBot, simulated_rig: Rig) -> None:
    """Through the second link and the panel's own timer, as on air."""
    rig = simulated_rig
    kind = next(kind for kind in rig.hand.do("GetInputKindList")["inputKinds"] if kind.startswith("color_source"))
    settings = {"color": 0xFF1060D0, "width": 1280, "height": 720}
    rig.hand.do("CreateScene", sceneName="M1")
    rig.hand.do("CreateInput", sceneName="M1", inputName="ground", inputKind=kind, inputSettings=settings)
    rig.hand.air("M1")
    surface = Surface(PROGRAM, same("program"), Role.PROGRAM, Size(1280, 720), 30, rig.url)
    service = small_service()
    with closing(Watches([surface], lambda _: rig.password, DeadAirRules())) as watches:
        watches.start(Posted())
        window = Desk(service, small_event(), small_studio(), SEOUL, "en", True, surface_pictures=watches)
        qtbot.addWidget(window, before_close_func=lambda _: window.end())
        window.show()
        qtbot.waitUntil(lambda: window.pictures is not None)
        assert window.pictures is not None
        tile = window.pictures.now[PROGRAM]

        def looks_like(colour: str) -> bool:
            found, wanted = QColor(inside(tile)), QColor(colour)
            parts = zip(found.getRgb(), wanted.getRgb(), strict=True)
            return not tile.is_dim and all(abs(one - other) <= 8 for one, other in parts)

        qtbot.waitUntil(lambda: looks_like(ORANGE), timeout=20_000)
        rig.simulated.die()
        qtbot.waitUntil(lambda: tile.is_dim, timeout=20_000)
        assert "not known since" in tile.words
        rig.simulated.come_back()
        qtbot.waitUntil(lambda: looks_like(ORANGE), timeout=20_000)
        window.end()
