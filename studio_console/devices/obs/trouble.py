"""Why there is no link to an OBS, and what a person does about it."""

from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from studio_console.core.text import Text


class Trouble(StrEnum):
    """What kept a link from coming up, or ended it."""

    BAD_ADDRESS = "bad address"
    UNKNOWN_HOST = "unknown host"
    REFUSED = "refused"
    NO_SOCKET = "no socket"
    UNREACHABLE = "unreachable"
    NOT_OBS = "not OBS"
    NO_HELLO = "no hello"
    WRONG_PASSWORD = "wrong password"
    PASSWORD_NEEDED = "password needed"
    OTHER_PROTOCOL = "other protocol"
    KICKED = "kicked"
    SILENT = "silent"
    CLOSED = "closed"
    LOADING = "loading"
    REQUEST_FAILED = "request failed"


FINAL = frozenset(
    {Trouble.BAD_ADDRESS, Trouble.WRONG_PASSWORD, Trouble.PASSWORD_NEEDED, Trouble.OTHER_PROTOCOL, Trouble.KICKED}
)
"""Trying again by itself does not help, or is not wanted."""

CLOSE_CODES = {4009: Trouble.WRONG_PASSWORD, 4010: Trouble.OTHER_PROTOCOL, 4011: Trouble.KICKED}
"""obs-websocket's own close codes after which it makes no sense to come back unasked."""


class LinkDown(Exception):
    """There is no link to the OBS at ``address``. ``code`` is the websocket's close code where there was one."""

    def __init__(self, trouble: Trouble, address: str, code: int | None = None, detail: str = "") -> None:
        parts = [address, trouble.value, str(code) if code else "", detail]
        super().__init__(": ".join(part for part in parts if part))
        self.trouble = trouble
        self.address = address
        self.code = code
        self.detail = detail

    @property
    def final(self) -> bool:
        return self.trouble in FINAL

    def explain(self, password_name: str = "") -> Text:
        """What happened and what to do. ``password_name`` is the environment variable that holds the password."""
        return _explain(self, password_name)


_SETTINGS = Text("OBS의 도구 → WebSocket 서버 설정", "Tools → WebSocket Server Settings in OBS")


def _explain(down: LinkDown, password_name: str) -> Text:
    at = down.address
    variable_ko = f"환경 변수 {password_name}" if password_name else "암호"
    variable_en = f"the environment variable {password_name}" if password_name else "the password"
    match down.trouble:
        case Trouble.BAD_ADDRESS:
            return Text(
                f"OBS 주소 {at}을(를) 읽을 수 없습니다. studio.yaml에 ws://호스트:포트 형식으로 쓰세요.",
                f"{at} is not an OBS address. Write it in studio.yaml as ws://host:port.",
            )
        case Trouble.UNKNOWN_HOST:
            return Text(
                f"{at}: 이런 이름의 컴퓨터가 없습니다. studio.yaml의 주소와 네트워크를 확인하세요.",
                f"{at}: no computer of that name. Check the address in studio.yaml and the network.",
            )
        case Trouble.REFUSED:
            return Text(
                f"{at}에 OBS가 없습니다. OBS를 켜고, {_SETTINGS.ko}에서 서버 사용과 포트를 확인하세요.",
                f"No OBS at {at}. Start OBS; check the port, and that the server is enabled, under {_SETTINGS.en}.",
            )
        case Trouble.NO_SOCKET:
            return Text(
                f"이 컴퓨터에 OBS는 켜져 있지만 {at}에서 응답하지 않습니다."
                f" {_SETTINGS.ko}에서 서버 사용과 포트를 확인하세요. 안전 모드라면 OBS를 일반 모드로 다시 시작하세요.",
                f"OBS runs on this machine, but nothing answers at {at}. Enable the server and check the port under"
                f" {_SETTINGS.en}; if OBS is in safe mode, restart it in normal mode.",
            )
        case Trouble.UNREACHABLE:
            return Text(
                f"{at}에 연결할 수 없습니다. 그 컴퓨터가 켜져 있는지, 네트워크와 방화벽을 확인하세요.",
                f"{at} cannot be reached. Check that the machine is on, the network, and its firewall.",
            )
        case Trouble.NOT_OBS:
            return Text(
                f"{at}에는 OBS가 아닌 다른 프로그램이 있습니다. studio.yaml의 포트를 {_SETTINGS.ko}과 맞추세요.",
                f"Something other than OBS answers at {at}. Make the port in studio.yaml the one under {_SETTINGS.en}.",
            )
        case Trouble.NO_HELLO:
            return Text(
                f"{at}이(가) 연결은 받지만 응답이 없습니다. OBS가 멈췄는지, 열려 있는 대화 상자가 있는지 보세요.",
                f"{at} accepts the connection but says nothing. See whether OBS hangs or waits in a dialog.",
            )
        case Trouble.WRONG_PASSWORD:
            return Text(
                f"{at}: OBS 암호가 맞지 않습니다. {variable_ko}을(를) {_SETTINGS.ko}의 암호와 맞추고 다시 실행하거나,"
                " OBS 쪽을 고치고 ‘다시 연결’을 누르세요.",
                f"{at}: the OBS password is wrong. Set {variable_en} to the one under {_SETTINGS.en} and start"
                " again; or mend it in OBS and press Reconnect.",
            )
        case Trouble.PASSWORD_NEEDED:
            return Text(
                f"{at}: OBS가 암호를 요구합니다. {variable_ko}에 {_SETTINGS.ko}의 암호를 넣고 다시 실행하세요.",
                f"{at}: this OBS wants a password. Put the one under {_SETTINGS.en} in {variable_en}, and start again.",
            )
        case Trouble.OTHER_PROTOCOL:
            return Text(
                f"{at}: 이 OBS의 WebSocket 규약이 다릅니다. OBS 28 이상으로 업데이트하세요.",
                f"{at}: this OBS speaks another WebSocket protocol. Update it to OBS 28 or newer.",
            )
        case Trouble.KICKED:
            return Text(
                f"{at}: OBS에서 이 콘솔의 연결을 끊었습니다. 준비되면 ‘다시 연결’을 누르거나 다시 실행하세요.",
                f"{at}: somebody ended this console's session in OBS. Press Reconnect or start again when that"
                " is settled.",
            )
        case Trouble.SILENT:
            return Text(
                f"{at}의 OBS가 응답하지 않습니다. 멈췄거나 네트워크가 끊겼습니다. 자동으로 다시 연결합니다.",
                f"OBS at {at} does not answer: it hangs, or the network is down. The console keeps trying.",
            )
        case Trouble.CLOSED:
            return Text(
                f"{at}의 OBS와 연결이 끊어졌습니다. 자동으로 다시 연결합니다.",
                f"The link to OBS at {at} was cut. The console keeps trying to reconnect.",
            )
        case Trouble.LOADING:
            return Text(
                f"{at}의 OBS가 아직 시작하는 중입니다. 잠시 기다리세요.",
                f"OBS at {at} is still starting. Wait a moment.",
            )
        case Trouble.REQUEST_FAILED:
            return Text(
                f"{at}의 OBS가 자신의 상태를 알려 주지 못했습니다: {down.detail}. 자동으로 다시 시도합니다.",
                f"OBS at {at} could not tell its state: {down.detail}. The console keeps trying.",
            )


def obs_runs_here() -> bool:
    """Whether a program named like OBS runs on this machine, to tell a missing OBS from one without a socket."""
    names = {"obs", "obs64", "obs64.exe", "obs32.exe"}
    try:
        if sys.platform.startswith("linux"):
            return any(_command(entry) in names for entry in Path("/proc").iterdir() if entry.name.isdigit())
        listing = ["tasklist", "/fo", "csv", "/nh"] if sys.platform == "win32" else ["ps", "-axco", "command"]
        done = subprocess.run(listing, capture_output=True, text=True, timeout=2, check=False)
        return any(line.split(",")[0].strip('" ').lower() in names for line in done.stdout.splitlines())
    except (OSError, subprocess.SubprocessError):
        return False


def _command(process: Path) -> str:
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return ""
