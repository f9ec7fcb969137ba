"""The window in front of the speaker: right at every moment, legible on any screen, and without a hand on the air."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPaintEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio_console.core.events import ClockStepped
from studio_console.core.messages import LONGEST_MESSAGE
from studio_console.core.ports import Clock
from studio_console.core.rundown import Event, Where
from studio_console.core.speaker import FreeTimerStarted, MessageSent, TimerBlackedOut
from studio_console.core.studio import TimerRules
from studio_console.core.text import Language, Text, same
from studio_console.core.units import HOUR, MINUTE, Duration, Instant, PersonId, PressId
from studio_console.core.urgency import Urgency
from studio_console.gui import theme
from studio_console.gui.timer.face import WORDS, Face
from studio_console.gui.timer.paint import LOOKS, filling, places
from studio_console.gui.timer.window import TimerWindow, choose_screen
from tests.builders import SEOUL, at, cue, day
from tests.gui_story import FakeService, small_event, small_service, small_studio
from tests.test_gui_theme import AA, contrast

SIZES = (QSize(1366, 768), QSize(1920, 1080), QSize(1080, 1920), QSize(320, 180))
WRAP_UP = Text("마무리해 주세요", "Please wrap up")


class Screens:
    """Keeps the name of the screen, as ``Remembered``."""

    def __init__(self, word: str = "") -> None:
        self.word = word

    def read(self) -> str:
        return self.word

    def write(self, word: str) -> None:
        self.word = word


class Counting(TimerWindow):
    """Counts how often it is painted."""

    paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1
        super().paintEvent(event)


class InFront:
    """A timer with a speaker in front of it."""

    def __init__(self, qtbot: QtBot, service: FakeService, window: Counting) -> None:
        self.qtbot, self.service, self.window = qtbot, service, window

    def look(self) -> Face:
        """What it says once it knows what the service told."""
        self.qtbot.waitUntil(lambda: self.window.shown is self.service.show)
        # The second look is right whatever the clock did.
        self.window.tick()
        self.window.tick()
        return self.window.face

    def says(self) -> str:
        face = self.look()
        return f"{face.digits} {face.word}"


def put_up(
    qtbot: QtBot,
    service: FakeService,
    *,
    event: Event | None = None,
    language: Language = "en",
    screens: Screens | None = None,
) -> InFront:
    window = Counting(service, event or small_event(), small_studio(), SEOUL, language, False, screens)
    qtbot.addWidget(window, before_close_func=lambda _: window.end())
    with qtbot.waitExposed(window):
        window.show()
    return InFront(qtbot, service, window)


@pytest.fixture
def service() -> FakeService:
    return small_service("21:58")


@pytest.fixture
def timer(qtbot: QtBot, service: FakeService) -> InFront:
    return put_up(qtbot, service)


# --- what it says


def test_an_evening_in_front_of_the_speaker(timer: InFront, service: FakeService) -> None:
    """The host waits, begins, is told to wrap up, runs over; then London, by its own clock and in its own language."""
    assert timer.says() == "2:00 시작까지"
    assert timer.window.face.who == "다음: 서울 사회자"
    service.until("22:00")
    service.go(service.show.plan.cues[0].id)
    assert timer.says() == "5:00 남음"
    assert (timer.window.face.who, timer.window.face.who_also) == ("서울 사회자", "Moderator, Seoul")
    assert (timer.window.face.where, timer.window.face.foot) == ("22:00", "세션 종료까지 30:00")
    service.wait("4:00")
    assert timer.says() == "1:00 ▲ 곧 마무리"
    service.happen(MessageSent(WRAP_UP, False, PressId("m")))
    assert (timer.look().message, timer.window.face.below) == ("마무리해 주세요", "Please wrap up")
    service.wait("0:30")
    assert timer.says() == "0:30 ■ 마무리"
    service.wait("0:41")
    assert timer.says() == "+0:11 ＋ 시간 초과"
    service.go(service.show.plan.cues[1].id)
    assert timer.says() == "5:00 left"
    assert (timer.window.face.who, timer.window.face.where) == ("Mayor, London", "London 14:05")
    assert timer.window.face.message == ""


def test_what_was_typed_is_shown_as_it_was_typed(timer: InFront, service: FakeService) -> None:
    service.go(service.show.plan.cues[0].id)
    service.happen(MessageSent(same("2번 마이크를 쓰세요"), True, PressId("m")))
    assert (timer.look().message, timer.window.face.below, timer.window.face.urgent) == (
        "2번 마이크를 쓰세요",
        "",
        True,
    )


def test_two_in_different_languages_read_that_of_the_floor_or_of_the_window(qtbot: QtBot) -> None:
    """A host from the hall and a mayor abroad; nothing is known of the floor."""
    both = day(cue("M1", speakers="host london"))
    service = FakeService("22:00")
    service.load(both)
    timer = put_up(qtbot, service, event=small_event(both), language="ko")
    service.go(service.show.plan.cues[0].id)
    assert timer.says() == "5:00 남음"
    timer.window.set_language("en")
    assert timer.says() == "5:00 left"
    assert timer.window.face.who == "Moderator, Seoul +1 more"


def test_a_guest_whose_day_is_another_one(qtbot: QtBot) -> None:
    """In Auckland it is two in the morning of the next day."""
    far = day(cue("M1", speakers="auckland"))
    service = FakeService("22:00")
    service.load(far)
    timer = put_up(qtbot, service, event=small_event(far))
    service.go(service.show.plan.cues[0].id)
    assert timer.look().where == "Auckland 01:00 next day"


def test_a_guest_whose_clock_goes_back_while_they_speak(qtbot: QtBot) -> None:
    """London ends its summer time: 01:59 is followed by 01:00 there; the countdown knows nothing of it."""
    autumn = date(2020, 10, 25)
    sunday = day(cue("M1", 10, speakers="london"), start="09:55", on=autumn)
    service = FakeService()
    service.clock.set(at("9:55", autumn))
    service.load(sunday)
    timer = put_up(qtbot, service, event=small_event(sunday))
    service.go(service.show.plan.cues[0].id)
    service.wait("4:59")
    assert (timer.says(), timer.window.face.where) == ("5:01 left", "London 01:59")
    service.wait("0:01")
    assert (timer.says(), timer.window.face.where) == ("5:00 left", "London 01:00")


def test_nothing_is_known_of_what_comes(qtbot: QtBot) -> None:
    """Without a rundown it is a clock."""
    timer = put_up(qtbot, FakeService("22:00"))
    face = timer.look()
    assert (face.digits, face.word, face.clock) == ("22:00", "the time now", True)


def test_a_free_timer_and_a_blackout(timer: InFront, service: FakeService) -> None:
    service.go(service.show.plan.cues[0].id)
    service.happen(FreeTimerStarted(Duration(90_000), PressId("free")))
    assert timer.says() == "1:30 타이머 · 남음"
    service.happen(TimerBlackedOut(True))
    assert timer.look().words == ""
    assert set(colours(timer.window.grab().toImage())) == {theme.BLACK.rgb()}


def test_a_break_is_counted_down_for_whoever_is_next(timer: InFront, service: FakeService) -> None:
    """Nothing is on air: ten minutes by hand, and the host is next, not on."""
    service.happen(FreeTimerStarted(Duration(10 * MINUTE), PressId("break")))
    assert timer.says() == "10:00 타이머 · 남음"
    assert timer.window.face.who == "다음: 서울 사회자"
    assert timer.window.face.foot == ""


def test_the_files_change_under_it(timer: InFront, service: FakeService) -> None:
    """The host's role is corrected while they speak; the studio's own messages need no restart either."""
    service.go(service.show.plan.cues[0].id)
    assert timer.look().who == "서울 사회자"
    event = small_event()
    host = replace(event.people[PersonId("host")], role=Text("진행자", "Host"), where=Where.HALL)
    timer.window.show_files(replace(event, people={**event.people, PersonId("host"): host}), small_studio())
    assert timer.look().who == "서울 진행자"


# --- right at every moment


class Jumping:
    """A clock of which a test says what it shows, and how many seconds really went by since the last look."""

    def __init__(self, now: Instant) -> None:
        self.at, self.passed = now, 0.05

    def now(self) -> Instant:
        return self.at

    def real_delay(self, until: Instant) -> float:
        return -self.passed

    def stepped(self) -> Duration | None:
        return None

    def jump(self, amount: int, passed: float) -> None:
        self.at, self.passed = Instant(self.at + amount), passed


def test_right_after_a_sleep(timer: InFront, service: FakeService) -> None:
    """The lid was shut for twenty minutes: the second look, 100 ms later, is right."""
    service.go(service.show.plan.cues[0].id)
    timer.look()
    clock: Clock = Jumping(service.clock.now())
    assert isinstance(clock, Jumping)
    service.clock = clock  # type: ignore[assignment]
    timer.window.tick()
    clock.jump(20 * MINUTE, 1200.0)
    timer.window.tick()
    clock.jump(50, 0.05)
    timer.window.tick()
    assert timer.window.face.digits == "+15:00"


def test_a_clock_that_is_set_shows_at_no_moment(timer: InFront, service: FakeService) -> None:
    """The clock tells of the step first, the show a moment later: between the two nothing wrong is seen."""
    service.go(service.show.plan.cues[0].id)
    timer.look()
    clock = Jumping(service.clock.now())
    service.clock = clock  # type: ignore[assignment]
    timer.window.tick()
    for step in (HOUR, -2 * HOUR):
        clock.jump(step, step / 1000)
        timer.window.tick()
        assert timer.window.face.digits == "5:00"
        service.happen(ClockStepped(Duration(step)))
        timer.qtbot.waitUntil(lambda: timer.window.shown is service.show)
        assert timer.window.face.digits == "5:00"
        clock.jump(50, 0.05)
        timer.window.tick()
        assert timer.window.face.digits == "5:00"


def test_a_machine_that_is_always_late_shows_all_the_same(timer: InFront, service: FakeService) -> None:
    """Every look comes a second after the last: one in two is painted, none of them late by more than that."""
    service.go(service.show.plan.cues[0].id)
    timer.look()
    clock = Jumping(service.clock.now())
    service.clock = clock  # type: ignore[assignment]
    timer.window.tick()
    told = []
    for _ in range(6):
        clock.jump(1000, 1.0)
        timer.window.tick()
        told.append(timer.window.face.digits)
    assert told == ["5:00", "4:58", "4:58", "4:56", "4:56", "4:54"]


def test_it_is_painted_when_something_changes_and_not_else(timer: InFront, service: FakeService) -> None:
    """A hundred looks within one second cost one painting."""
    service.go(service.show.plan.cues[0].id)
    timer.look()
    QCoreApplication.processEvents()
    before = timer.window.paints
    for _ in range(100):
        timer.window.tick()
        QCoreApplication.processEvents()
    assert timer.window.paints == before
    service.wait("0:01")
    timer.look()
    timer.qtbot.waitUntil(lambda: timer.window.paints > before)


# --- legible


def whole(size: QSize) -> QRectF:
    return QRectF(0, 0, size.width(), size.height())


def colours(image: QImage) -> dict[int, int]:
    """How many px of each colour, sampled."""
    found: dict[int, int] = {}
    for x, y in itertools.product(range(0, image.width(), 7), range(0, image.height(), 7)):
        found[image.pixel(x, y)] = found.get(image.pixel(x, y), 0) + 1
    return found


def greys(image: QImage) -> list[int]:
    """What somebody sees who sees no colours, sampled."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [grey.pixelColor(x, y).red() for y in range(0, grey.height(), 5) for x in range(0, grey.width(), 5)]


def face_in(stage: Urgency, **changes: object) -> Face:
    face = Face(stage, "0:53", "0:00", "", "Mayor, London", "", "London 14:05", "session left 12:00", left=0.5)
    return replace(face, **changes)  # type: ignore[arg-type]


def drawn(timer: InFront, face: Face, size: QSize) -> QImage:
    timer.window.resize(size)
    timer.window._face = face
    timer.window.update()
    return timer.window.grab().toImage()


def test_each_stage_has_a_shape_and_not_only_a_colour(timer: InFront) -> None:
    """The same digits, without words: in shades of grey the stages still differ in a twentieth of the screen."""
    stages = (Urgency.NORMAL, Urgency.WARNING, Urgency.DANGER, Urgency.OVERTIME)
    seen = {stage: greys(drawn(timer, face_in(stage), QSize(1366, 768))) for stage in stages}
    for one, other in itertools.combinations(stages, 2):
        far = sum(abs(a - b) > 50 for a, b in zip(seen[one], seen[other], strict=True))
        assert far > len(seen[one]) / 20, (one, other)


@pytest.mark.parametrize(
    ("stage", "ground", "ink"),
    [
        (Urgency.NORMAL, theme.BLACK, theme.WHITE),
        (Urgency.WARNING, theme.BLACK, theme.AMBER),
        (Urgency.DANGER, theme.AMBER, theme.BLACK),
        (Urgency.OVERTIME, theme.RED_SOLID, theme.WHITE),
    ],
)
@pytest.mark.parametrize("size", SIZES)
def test_the_digits_are_the_largest_thing(
    timer: InFront, stage: Urgency, ground: theme.Shade, ink: theme.Shade, size: QSize
) -> None:
    """Their colours fill their place, and they reach over most of the screen's width or most of its height."""
    image = drawn(timer, face_in(stage), size)
    spot = places(timer.window.rect().toRectF(), "").digits
    inside = colours(image.copy(spot.toRect()))
    assert max(inside, key=lambda colour: inside[colour]) in (ground.rgb(), ink.rgb())
    # Only the digits have their ink in the middle band of their place, but for the frame around them.
    middle = round(spot.center().y())
    row = [x for x in range(image.width()) if image.pixelColor(x, middle).rgb() == ink.rgb()]
    assert row
    assert row[-1] - row[0] > 0.55 * image.width()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("message", ["", "Stop", "가" * LONGEST_MESSAGE])
def test_nothing_lies_over_anything_else(size: QSize, message: str) -> None:
    parts = places(whole(size), message)
    rects = [parts.head, parts.digits, parts.foot, parts.bar]
    rects += [parts.message] if parts.message is not None else []
    rects += [parts.word] if parts.upright else []
    for one, other in itertools.combinations(rects, 2):
        assert not one.adjusted(0.01, 0.01, -0.01, -0.01).intersects(other), (one, other)
    for rect in rects:
        assert whole(size).adjusted(-0.01, -0.01, 0.01, 0.01).contains(rect), rect


@pytest.mark.parametrize("size", SIZES[:3])
@pytest.mark.parametrize(
    "words",
    [
        "통역 부스에 문제가 있어 잠시 멈췄다가 신호를 드리면 다시 시작해 주시기 바랍니다. " * 3,
        "The interpreters have lost the line: please stop for a moment and go on at our sign. " * 2,
        "가" * LONGEST_MESSAGE,
        "W" * LONGEST_MESSAGE,
        "Stop",
    ],
)
def test_the_longest_message_is_read_whole(qtbot: QtBot, size: QSize, words: str) -> None:
    """On every screen, in Korean, in English, and as one word without an end."""
    text = words[:LONGEST_MESSAGE].strip()
    band = places(whole(size), text).message
    assert band is not None
    letters, lines = filling(QFont().family(), text, round(band.width() * 0.8), round(band.height() * 0.6), True)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert letters >= min(size.width(), size.height()) / 60


def test_every_word_stands_out_from_its_ground() -> None:
    for look in LOOKS.values():
        for letter in (look.ink, look.quiet):
            assert contrast(letter, look.ground) >= AA, (letter.name(), look.ground.name())
        assert contrast(theme.BLACK, look.ink) >= AA  # the message
    assert len({text.en for text in WORDS.values()} | {text.ko for text in WORDS.values()}) == 2 * len(WORDS)


# --- hands


def test_no_key_reaches_the_show(timer: InFront, service: FakeService) -> None:
    service.go(service.show.plan.cues[0].id)
    timer.look()
    service.posted.clear()
    keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_H, Qt.Key.Key_S, Qt.Key.Key_Escape)
    for key, modifier in itertools.product(
        (*keys, Qt.Key.Key_E, Qt.Key.Key_M, Qt.Key.Key_Down),
        (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier),
    ):
        QTest.keyClick(timer.window, key, modifier)
    assert service.posted == []
    assert timer.says() == "5:00 남음"


def test_full_screen_on_and_off(qtbot: QtBot, service: FakeService) -> None:
    """F, the same key with Hangul on, Esc; the pointer is hidden while nothing but the timer is seen."""
    screens = Screens()
    timer = put_up(qtbot, service, screens=screens)
    window = timer.window
    window.put_up()
    assert window.isFullScreen()
    assert window.cursor().shape() == Qt.CursorShape.BlankCursor
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert screens.word == ""
    QTest.keyClick(window, Qt.Key.Key_F)
    assert window.isFullScreen()
    assert screens.word == QGuiApplication.primaryScreen().name()


def test_over_the_desk_it_never_lies_by_itself(qtbot: QtBot, service: FakeService) -> None:
    """One screen, with the desk on it: a window that can be moved. Full by a hand, and a screen comes or goes: away."""
    desk = put_up(qtbot, service).window
    window = Counting(service, small_event(), small_studio(), SEOUL, "en", False, Screens(), desk)
    qtbot.addWidget(window, before_close_func=lambda _: window.end())
    window.put_up()
    assert window.isVisible()
    assert not window.isFullScreen()
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    window.set_full(True)
    app.screenRemoved.emit(window.screen())
    assert not window.isVisible()
    app.screenAdded.emit(window.screen())
    assert not window.isVisible()


@pytest.mark.parametrize(
    ("names", "remembered", "kept", "chosen"),
    [
        (("eDP", "HDMI"), "HDMI", "eDP", "HDMI"),
        (("eDP", "HDMI"), "", "eDP", "HDMI"),
        (("eDP", "HDMI"), "DP-7", "HDMI", "eDP"),
        (("eDP",), "HDMI", "eDP", None),
        (("eDP",), "eDP", "eDP", "eDP"),
        (("eDP",), "", None, "eDP"),
        (("",), "", "", None),
    ],
)
def test_which_screen(names: tuple[str, ...], remembered: str, kept: str | None, chosen: str | None) -> None:
    """Where it was, else not where somebody works."""
    assert choose_screen(names, remembered, kept) == chosen


def test_closed_it_lets_go_of_the_service(qtbot: QtBot) -> None:
    service = small_service("22:00")
    timer = put_up(qtbot, service)
    assert service.watched
    with qtbot.waitSignal(timer.window.ended):
        timer.window.close()
    assert not service.watched


def test_the_usual_messages_can_be_sent() -> None:
    """Nine, one a key, short enough to be read from afar."""
    usual = TimerRules().messages
    assert len(usual) == 9
    assert all(len(side) <= 30 for text in usual for side in (text.ko, text.en))
