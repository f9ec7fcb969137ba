"""The test of a connection before the day: who answers at an address, or why nobody does and what to do."""

from __future__ import annotations

from studio_console.app.passwords import password_of
from studio_console.core.first_start import ObsAnswer, SurfaceChoice
from studio_console.core.text import Text
from studio_console.devices.obs.greeting import greet
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.trouble import LinkDown, Trouble

SETTINGS = Text("OBS의 도구 → WebSocket 서버 설정", "Tools → WebSocket Server Settings in OBS")
WRONG_PASSWORD = Text(
    "비밀번호가 맞지 않습니다. {settings}에서 비밀번호를 보고(연결 정보 보기) 다시 넣어 시험하세요",
    "The password is wrong. Look it up under {settings} (Show Connect Info), put it in again and test",
)
PASSWORD_NEEDED = Text(
    "OBS가 비밀번호를 요구합니다. {settings}에 있는 비밀번호를 넣고 다시 시험하세요",
    "This OBS wants a password. Put in the one under {settings}, and test again",
)
NO_HELLO = Text(
    "{address}이(가) 연결은 받지만 말이 없습니다. OBS가 멈췄거나, WebSocket이 옛 버전(OBS 27 이하)입니다",
    "{address} takes the connection and says nothing: OBS hangs, or is OBS 27 or older with another WebSocket",
)
SILENT = Text(
    "{address}의 OBS가 시간 안에 답하지 않았습니다. 멈췄는지 보고 다시 시험하세요",
    "OBS at {address} did not answer in time. See whether it hangs, and test again",
)
CLOSED = Text(
    "{address}이(가) 연결을 끊었습니다. OBS인지, 켜지는 중은 아닌지 보고 다시 시험하세요",
    "{address} cut the connection. See that it is OBS and not just starting, and test again",
)
CANCELLED = Text("시험을 그만두었습니다", "The test was cancelled")

WORDS = {
    Trouble.WRONG_PASSWORD: WRONG_PASSWORD,
    Trouble.PASSWORD_NEEDED: PASSWORD_NEEDED,
    Trouble.NO_HELLO: NO_HELLO,
    Trouble.SILENT: SILENT,
    Trouble.CLOSED: CLOSED,
}
"""Said otherwise than at the desk, where the console goes on trying and nobody can type a password."""


class ConnectionTest:
    """Meets core.first_start.ObsTest."""

    def __init__(self, surface: SurfaceChoice, password: str) -> None:
        """With an empty ``password`` the one that the console has."""
        self._surface = surface
        self._password = password
        self._link: ObsLink | None = None
        self._cancelled = False

    def __repr__(self) -> str:
        return f"<ConnectionTest {self._surface.address}>"

    def run(self) -> ObsAnswer:
        password = self._password or password_of(self._surface.id)
        try:
            self._link = ObsLink(self._surface.address, password)
            if self._cancelled:
                return ObsAnswer(trouble=CANCELLED)
            return greet(self._link, self._surface.canvas)
        except LinkDown as down:
            return ObsAnswer(trouble=CANCELLED if self._cancelled else _words(down, self._surface.variable))

    def cancel(self) -> None:
        self._cancelled = True
        if self._link is not None:
            self._link.disconnect()


def _words(down: LinkDown, variable: str) -> Text:
    words = WORDS.get(down.trouble)
    return down.explain(variable) if words is None else words.filled(address=down.address, settings=SETTINGS)
