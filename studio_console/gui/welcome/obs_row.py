"""One surface's OBS: its address, its password, and whether it answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from studio_console.core.first_start import ObsAnswer, PasswordPlace, Passwords, SurfaceChoice
from studio_console.core.problems import UserError
from studio_console.core.text import Text, same
from studio_console.gui import theme
from studio_console.gui.welcome.page import WRONG, Page, tell

ADDRESS: Final = Text("주소", "Address")
PASSWORD: Final = Text("비밀번호", "Password")
WRITE: Final = Text("studio.yaml에 쓰기", "Write to studio.yaml")
TEST: Final = Text("연결 시험", "Test")
STOP: Final = Text("그만", "Stop")
KEEP: Final = Text("키링에 저장", "Keep in keyring")
TESTING: Final = Text("{address}에 물어보는 중…", "Asking {address} …")
WRITTEN: Final = Text("✓ 주소를 studio.yaml에 썼습니다", "✓ The address is written to studio.yaml")
KEPT: Final = Text("✓ 비밀번호를 시스템 키링에 저장했습니다", "✓ The password is in the system's keyring")
STOPPED: Final = Text("시험을 그만두었습니다", "The test was stopped")
ANSWERS: Final = Text(
    "✓ OBS {version} · 캔버스 {canvas}, {fps} fps · 장면 모음 ‘{collection}’ · 스튜디오 모드 {studio}",
    "✓ OBS {version} · canvas {canvas}, {fps} fps · scene collection ‘{collection}’ · studio mode {studio}",
)
ON: Final = Text("켜짐", "on")
OFF: Final = Text("꺼짐", "off")
HAVE: Final = {
    PasswordPlace.NOWHERE: Text("없음 – 여기에 넣으세요", "none yet – put it in here"),
    PasswordPlace.ENVIRONMENT: Text("환경 변수에서 옴", "from the environment"),
    PasswordPlace.KEYRING: Text("키링에 있음", "in the keyring"),
}
ONLY_TO_TEST: Final = Text("없음 – 시험할 때만 넣으세요", "none yet – put it in to test")
NOT_KEPT: Final = Text(
    "이 비밀번호는 아직 저장되지 않았습니다. ‘키링에 저장’을 누르면 데스크가 씁니다",
    "This password is not kept yet: press ‘Keep in keyring’, and the desk has it",
)
NO_KEYRING: Final = Text(
    "데스크가 쓰도록 이 비밀번호를 환경 변수 {variable}에 넣고 콘솔을 다시 시작하세요",
    "Put this password into the environment variable {variable} and start again, so that the desk has it",
)
ENVIRONMENT_FIRST: Final = Text(
    "환경 변수 {variable}이(가) 키링보다 먼저 쓰입니다",
    "The environment variable {variable} is used before the keyring",
)


class ObsRow(Page):
    write = Signal(object)
    """The SurfaceChoice with the address as it is typed; likewise below."""
    test = Signal(object, str)
    """With the password that was typed, if one was."""
    stop = Signal(object)
    keep = Signal(object, str)

    def __init__(self, surface: SurfaceChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surface = surface
        self.testing = False
        self._place: PasswordPlace | None = None
        self._safe = True
        self._result: tuple[Text, QColor] = (same(""), theme.QUIET)
        self._doubts: tuple[Text, ...] = ()
        self._warned = False
        self.title = self.label(surface.title, bold=True)
        self.address, self.password = QLineEdit(surface.address, self), QLineEdit(self)
        self.address.textChanged.connect(lambda _text: self._follow())
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(200)
        self.password.textChanged.connect(lambda _text: self._password_typed())
        self.write_button = self.button(WRITE, lambda: self.write.emit(self.typed))
        self.keep_button = self.button(KEEP, lambda: self.keep.emit(self.surface, self.password.text()))
        self.test_button = self.button(TEST, self._test)
        self.result, self.doubts = self.label(), self.label(colour=theme.AMBER)
        self.says(self.address.setAccessibleName, ADDRESS)
        self.says(self.password.setAccessibleName, PASSWORD)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.address, 0, 2)
        grid.addWidget(self.write_button, 0, 3)
        grid.addWidget(self.test_button, 0, 4)
        grid.addWidget(self.label(PASSWORD, colour=theme.QUIET), 1, 0, 1, 2)
        grid.addWidget(self.password, 1, 2)
        grid.addWidget(self.keep_button, 1, 3, 1, 2)
        grid.addWidget(self.result, 2, 0, 1, 5)
        grid.addWidget(self.doubts, 3, 0, 1, 5)
        grid.setColumnStretch(2, 1)
        self._grid = grid
        self.retell()

    def set_letters(self, base: QFont) -> None:
        super().set_letters(base)
        # One below the other, the same columns in every row.
        self._grid.setColumnMinimumWidth(0, round(base.pixelSize() * 6.2))
        self.test_button.setMinimumWidth(round(base.pixelSize() * 6))

    @property
    def typed(self) -> SurfaceChoice:
        """The surface with the address that stands in the field."""
        return replace(self.surface, address=self.address.text().strip())

    @property
    def changed(self) -> bool:
        """Whether the address in the field is not that of the files."""
        return self.typed.address != self.surface.address

    @property
    def words(self) -> str:
        return "\n".join(part for part in (self.result.text(), self.doubts.text()) if part)

    # --- what became of it

    def show_surface(self, surface: SurfaceChoice) -> None:
        """The address was written, and is now that of the files."""
        self.surface = surface
        self.address.setText(surface.address)
        self._tell(WRITTEN, theme.GREEN)

    def show_passwords(self, passwords: Passwords) -> None:
        self._place, self._safe = passwords.places.get(self.surface.id, self._place), passwords.keyring
        self.retell()

    def show_kept(self) -> None:
        self.password.clear()
        self._tell(KEPT, theme.GREEN)
        if self._place is PasswordPlace.ENVIRONMENT:
            self._doubts = (ENVIRONMENT_FIRST.filled(variable=self.surface.variable),)
            self.retell()

    def show_testing(self, address: str) -> None:
        self.testing = True
        self._tell(TESTING.filled(address=address), theme.QUIET)

    def show_answer(self, answer: ObsAnswer | None) -> None:
        """What the test brought; None where it was stopped."""
        self.testing = False
        if answer is None:
            self._tell(STOPPED, theme.QUIET)
        elif answer.trouble is not None:
            self._tell(answer.trouble, theme.AMBER)
        else:
            studio = ON if answer.studio_mode else OFF
            values = {"canvas": answer.canvas, "fps": f"{answer.fps:g}", "collection": answer.collection}
            said = Text(
                ANSWERS.show("ko", version=answer.version, studio=studio.ko, **values),
                ANSWERS.show("en", version=answer.version, studio=studio.en, **values),
            )
            # The desk asks the environment and the keyring, and nobody else.
            kept = (self._how_to_keep,) if self.password.text() else ()
            self._tell(said, theme.GREEN, (*answer.doubts, *kept))

    def show_trouble(self, error: UserError) -> None:
        self.testing = False
        self._tell(Text(error.show("ko"), error.show("en")), theme.AMBER)

    def forget_password(self) -> None:
        """What was typed and not kept does not outlive the page."""
        self.password.clear()

    def retell(self) -> None:
        text, colour = self._result
        said = text.show(self.language)
        tell(self.result, WRONG.format(words=said) if colour is theme.AMBER else said, colour)
        doubts = "\n".join(WRONG.format(words=doubt.show(self.language)) for doubt in self._doubts)
        tell(self.doubts, doubts, theme.AMBER)
        self.result.setVisible(bool(said))
        self.doubts.setVisible(bool(doubts))
        if self._place is not None:
            nowhere = self._place is PasswordPlace.NOWHERE and not self._safe
            self.password.setPlaceholderText((ONLY_TO_TEST if nowhere else HAVE[self._place]).show(self.language))
        self._follow()

    @property
    def warns(self) -> bool:
        """Whether a password was typed that the desk would not have; it was not said yet."""
        return bool(self.password.text()) and not self._warned

    def warn(self) -> None:
        self._warned = True
        self._tell(self._how_to_keep, theme.AMBER)
        (self.keep_button if self._safe else self.password).setFocus()

    @property
    def _how_to_keep(self) -> Text:
        return NOT_KEPT if self._safe else NO_KEYRING.filled(variable=self.surface.variable)

    def _password_typed(self) -> None:
        self._warned = False
        self._follow()

    # --- what is asked for

    def enter(self) -> None:
        if self.address.hasFocus() and self.changed:
            self.write.emit(self.typed)
        else:
            self._test()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.testing:
                self.stop.emit(self.surface)
            else:
                event.ignore()
            return
        super().keyPressEvent(event)

    def _test(self) -> None:
        if self.testing:
            self.stop.emit(self.surface)
        else:
            self.test.emit(self.typed, self.password.text())

    def _tell(self, text: Text, colour: QColor, doubts: tuple[Text, ...] = ()) -> None:
        self._result, self._doubts = (text, colour), doubts
        self.retell()

    def _follow(self) -> None:
        self.write_button.setEnabled(self.changed and not self.testing)
        self.address.setReadOnly(self.testing)
        self.keep_button.setEnabled(self._safe and bool(self.password.text()))
        self.test_button.setText((STOP if self.testing else TEST).show(self.language))
