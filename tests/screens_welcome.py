"""Draws the pages of the first window, as ``tests.screens`` draws the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from studio_console.core.first_start import EventLook, ObsAnswer, PasswordPlace, Recent
from studio_console.core.problems import UserError
from studio_console.core.studio import Size
from studio_console.core.text import LANGUAGES, Text
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.greeting import STUDIO_MODE
from studio_console.files.new_event import NOT_EMPTY
from studio_console.gui.welcome.window import WelcomeWindow
from tests.waiting import wait_until
from tests.welcome_story import BAD, SUMMIT, FakeFirstStart, choosing, good_look

SIZES = (QSize(1366, 768), QSize(1920, 1080))
RECENT = (
    Recent("~/Documents/Studio Console/Sample", SUMMIT),
    Recent("~/Documents/Studio Console/시민 토론회", Text("시민 토론회", "Citizens' debate")),
    Recent("/media/hall/2019-autumn", Text("가을 음악회", "Autumn concert"), there=False),
)
EVENT = "~/Documents/Studio Console/Sample"


def first_time(window: WelcomeWindow, service: FakeFirstStart) -> None: ...


def came_back(window: WelcomeWindow, service: FakeFirstStart) -> None:
    window.start.show_recent(RECENT)
    window.start.begin()


def new_event(window: WelcomeWindow, service: FakeFirstStart) -> None:
    window.make_new("")
    window.new.title_ko.setText("도시 회복력 시민 토론회")
    window.new.title_en.setText("Citizens' debate on resilient cities")
    window.new.suggest_folder("~/Documents/Studio Console/도시 회복력 시민 토론회")


def refused(window: WelcomeWindow, service: FakeFirstStart) -> None:
    new_event(window, service)
    window.new.show_trouble(UserError(NOT_EMPTY, folder="~/Documents/Studio Console/2026", name="layouts"))


def no_event(window: WelcomeWindow, service: FakeFirstStart) -> None:
    folder = "~/Pictures/Holidays"
    service.looks[folder] = EventLook(folder, SUMMIT, is_event=False, is_empty=True, problems=BAD)
    window.open_folder(folder)


def broken(window: WelcomeWindow, service: FakeFirstStart) -> None:
    service.looks[EVENT] = EventLook(EVENT, SUMMIT, problems=BAD)
    window.open_folder(EVENT)


def event(window: WelcomeWindow, service: FakeFirstStart) -> None:
    service.looks[EVENT] = good_look(EVENT, surfaces=1, days=1)
    window.open_folder(EVENT)


def four(window: WelcomeWindow, service: FakeFirstStart) -> None:
    """Four OBS in every state, for the show."""
    service.looks[EVENT] = good_look(EVENT, surfaces=4)
    service.places = {SurfaceId("program"): PasswordPlace.KEYRING, SurfaceId("wall"): PasswordPlace.ENVIRONMENT}
    window.open_folder(EVENT)
    wait_until(lambda: _settled(window) and window.event_page.rows)
    page = window.event_page
    page.show_mode.setChecked(True)
    good = ObsAnswer(version="29.0.2", canvas=Size(1280, 720), fps=30, collection="Summit day 2")
    page.rows[0].show_answer(good)
    page.rows[1].show_answer(ObsAnswer(None, "30.1.1", True, Size(1920, 1080), 30, "Wall", (STUDIO_MODE,)))
    page.rows[2].show_answer(
        ObsAnswer(
            trouble=Text(
                "비밀번호가 맞지 않습니다. OBS의 도구 → WebSocket 서버 설정에서 비밀번호를 보고 다시 넣어 시험하세요",
                "The password is wrong. Look it up under Tools → WebSocket Server Settings in OBS, and test again",
            )
        )
    )
    page.rows[2].password.setText("not the right one")
    page.rows[3].show_testing("ws://127.0.0.1:4458")


def no_keyring(window: WelcomeWindow, service: FakeFirstStart) -> None:
    """For the show, on a server without a keyring."""
    service.keyring = False
    window.open_folder(EVENT)
    wait_until(lambda: _settled(window) and window.event_page.rows)
    window.event_page.show_mode.setChecked(True)


PAGES: dict[str, Callable[[WelcomeWindow, FakeFirstStart], None]] = {
    "first-time": first_time,
    "came-back": came_back,
    "new-event": new_event,
    "refused": refused,
    "no-event": no_event,
    "broken": broken,
    "event": event,
    "four": four,
    "no-keyring": no_keyring,
}


def _settled(window: WelcomeWindow) -> bool:
    QApplication.processEvents()
    return not window.tasks.busy


def draw_welcome(app: QApplication, folder: Path, word: str, settle: Callable[[QApplication], None]) -> None:
    """Every page in both languages and sizes; with ``word`` those alone whose name has it."""
    for name, arrange in PAGES.items():
        if word and word not in f"welcome-{name}":
            continue
        service = FakeFirstStart()
        window = WelcomeWindow(service, "ko", choosing(""))
        window.show()
        wait_until(lambda window=window: _settled(window))
        arrange(window, service)
        wait_until(lambda window=window: _settled(window))
        for size in SIZES:
            window.resize(size)
            for language in LANGUAGES:
                window.set_language(language)
                settle(app)
                window.grab().save(str(folder / f"welcome-{name}-{size.width()}-{language}.png"))
        window.close()
        window.deleteLater()
        settle(app)
