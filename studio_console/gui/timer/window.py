"""The timer in front of the speaker: full screen, no frame, no pointer, and no key that reaches the show.

It paints when what it says changes, and looks at the clock twenty times a second; a look that comes late makes nothing
late. When the wall clock is set, the clock tells so a moment before the show does: such a look is passed over once.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from studio_console.core.change import replace
from studio_console.core.ports import Remembered, ShowService
from studio_console.core.rundown import Event
from studio_console.core.show import Show
from studio_console.core.studio import Studio
from studio_console.core.text import Language, Text
from studio_console.core.units import Instant
from studio_console.gui import theme
from studio_console.gui.bridge import Bridge
from studio_console.gui.context import Context
from studio_console.gui.timer.face import Face, face_of
from studio_console.gui.timer.paint import paint_timer

TICK = 50
"""ms between two looks at the clock; half of the 100 ms by which a figure may be late."""
JUMP = 0.25
"""Seconds between two looks from which on the clock may have been set."""
SMALL = QSize(560, 315)
TITLE = Text("연사용 타이머", "Speaker's timer")


def choose_screen(names: Sequence[str], remembered: str, kept_free: str | None) -> str | None:
    """The screen for the timer: the one it was on, else one that is not ``kept_free`` for somebody's work."""
    if remembered and remembered in names:
        return remembered
    return next((name for name in names if name != kept_free), None)


class TimerWindow(QWidget):
    """Shows what ``service`` tells and posts nothing. Close it, or ``end`` it, before the service is closed."""

    ended = Signal()
    """It was closed."""

    def __init__(
        self,
        service: ShowService,
        event: Event,
        studio: Studio,
        zone: ZoneInfo,
        language: Language,
        rehearsal: bool,
        screens: Remembered | None = None,
        beside: QWidget | None = None,
    ) -> None:
        """``screens`` keeps the name of the screen that it was put on; ``beside`` is a window whose screen it leaves
        alone. ``language`` is for labels where the speakers share none.
        """
        super().__init__(None, Qt.WindowType.Window)
        self._context = Context(event, studio, zone, language, rehearsal)
        self._service = service
        self._screens, self._beside = screens, beside
        self._show = Show()
        self._looked: Instant | None = None
        self._passed_over = False
        self._away = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # The hands stay where they are: keys go on acting at the desk.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFont(theme.plain_font(16))
        self.resize(SMALL)
        self.bridge = Bridge(service, self)
        self.bridge.changed.connect(self._take_show)
        self._face = face_of(self._context, self._show, self.bridge.now())
        self.setAccessibleName(self._face.words)
        self._name_it()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._screen_gone)
        app.screenAdded.connect(self._screen_came)

    # --- what it says

    @property
    def face(self) -> Face:
        return self._face

    @property
    def shown(self) -> Show:
        """The show that it was last given."""
        return self._show

    def set_language(self, language: Language) -> None:
        context = self._context
        self._set_context(replace(context, language=language))

    def show_files(self, event: Event, studio: Studio) -> None:
        """The files changed."""
        context = self._context
        self._set_context(replace(context, event=event, studio=studio))

    def tick(self) -> None:
        """Looks at the clock and repaints if it says something else than before."""
        now = self.bridge.now()
        before, self._looked = self._looked, now
        leapt = before is not None and not 0 <= -self._service.clock.real_delay(before) <= JUMP
        if leapt and not self._passed_over:
            # After a sleep the next look is as right; after a step it has the show that goes with it.
            self._passed_over = True
            return
        self._look(now)

    def end(self) -> None:
        """Lets go of the service: nothing is shown any more. A second time does nothing."""
        self._timer.stop()
        self.bridge.close()

    def _look(self, now: Instant) -> None:
        self._passed_over = False
        face = face_of(self._context, self._show, now)
        if face != self._face:
            self._face = face
            self.setAccessibleName(face.words)
            self.update()

    def _take_show(self, show: Show) -> None:
        self._show = show
        self._looked = self.bridge.now()
        self._look(self._looked)

    def _set_context(self, context: Context) -> None:
        self._context = context
        self._name_it()
        self._look(self.bridge.now())

    def _name_it(self) -> None:
        self.setWindowTitle(self._context.say(TITLE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_timer(painter, QRectF(self.rect()), self._face, self.font())
        painter.end()

    # --- where it is

    def put_up(self) -> None:
        """Full screen where it was last, or beside the window that is worked in; else a small window."""
        screen = self._wanted()
        if screen is None:
            self.set_full(False)
        else:
            self.set_full(True, screen)
        if self._beside is not None:
            # Whatever the window system made of it: Space is still GO.
            self._beside.activateWindow()

    def set_full(self, full: bool, screen: QScreen | None = None) -> None:
        """Covers the whole of ``screen`` (of its own), or becomes a window with a frame that can be moved."""
        self._away = False
        self.hide()
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint, full)
        self.setCursor(Qt.CursorShape.BlankCursor if full else Qt.CursorShape.ArrowCursor)
        target = screen if screen is not None else self.screen()
        if full:
            self.setScreen(target)
            self.setGeometry(target.geometry())
            self.showFullScreen()
        else:
            room = target.availableGeometry()
            size = SMALL.boundedTo(room.size())
            self.setGeometry(room.right() - size.width(), room.bottom() - size.height(), size.width(), size.height())
            self.showNormal()

    def next_screen(self) -> None:
        """On to the next screen of the machine, which is remembered."""
        screens = QGuiApplication.screens()
        here = self.screen()
        place = screens.index(here) if here in screens else -1
        self.set_full(True, screens[(place + 1) % len(screens)])
        self._remember()

    def _wanted(self) -> QScreen | None:
        screens = {screen.name(): screen for screen in QGuiApplication.screens()}
        remembered = self._screens.read() if self._screens is not None else ""
        kept = self._kept_free()
        chosen = choose_screen(tuple(screens), remembered, kept)
        return screens[chosen] if chosen is not None else None

    def _kept_free(self) -> str | None:
        """The screen of the window that is worked in."""
        worked_in = self._beside if self._beside is not None else QApplication.activeWindow()
        return worked_in.screen().name() if worked_in is not None and worked_in is not self else None

    def _remember(self) -> None:
        if self._screens is not None:
            self._screens.write(self.screen().name())

    def _screen_gone(self, gone: QScreen) -> None:
        """Its screen was pulled out: it goes to a free one, or away; over somebody's work it never lies by itself."""
        if not self.isFullScreen() or (self.screen() is not gone and self.screen() in QGuiApplication.screens()):
            return
        screen = self._wanted()
        if screen is not None and screen is not gone:
            self.set_full(True, screen)
        else:
            self._away = True
            self.hide()

    def _screen_came(self, screen: QScreen) -> None:
        """Back to where it was, if that has come."""
        remembered = self._screens.read() if self._screens is not None else ""
        elsewhere = self.isVisible() and self.isFullScreen() and bool(remembered) and screen.name() == remembered
        if elsewhere or (self._away and self._wanted() is not None):
            self.put_up()

    # --- hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F, Esc: full screen or not; Tab: the next screen; F2: the language; Ctrl+W: closed. Nothing else acts."""
        key = event.key()
        if event.isAutoRepeat():
            return
        if key in (Qt.Key.Key_F, Qt.Key.Key_F11) or event.text() == "ㄹ":
            self.set_full(not self.isFullScreen())
            if self.isFullScreen():
                self._remember()
        elif key == Qt.Key.Key_Escape and self.isFullScreen():
            self.set_full(False)
        elif key == Qt.Key.Key_W and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.close()
        elif key == Qt.Key.Key_Tab:
            self.next_screen()
        elif key == Qt.Key.Key_F2:
            self.set_language("en" if self._context.language == "ko" else "ko")

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False  # Tab is a key like others here

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.set_full(not self.isFullScreen())
        if self.isFullScreen():
            self._remember()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.end()
        event.accept()
        self.ended.emit()
