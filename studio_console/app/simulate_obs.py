"""``simulate-obs``: an OBS that is none, for other programs and for trying things out."""

from __future__ import annotations

import argparse
import os

from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.devices.simulated.server import SimulatedObs, run_forever

NO_VARIABLE = Text(
    "환경 변수 {name}이(가) 비어 있습니다. 비밀번호를 넣고 다시 실행하세요",
    "The environment variable {name} is empty: put the password into it",
)
LISTENING = Text(
    "가상 OBS가 {url}에서 기다립니다({canvas}, 비밀번호 있음). 끝내려면 Ctrl+C",
    "Simulated OBS listening at {url} ({canvas}, with a password). Ctrl+C ends it",
)
LISTENING_OPEN = Text(
    "가상 OBS가 {url}에서 기다립니다({canvas}, 비밀번호 없음). 끝내려면 Ctrl+C",
    "Simulated OBS listening at {url} ({canvas}, no password). Ctrl+C ends it",
)
BAD_CANVAS = Text("--canvas는 1920x1080 꼴이어야 합니다: ‘{given}’", "--canvas has the form 1920x1080: ‘{given}’")
BAD_PORT = Text("--port는 0–65535여야 합니다: {given}", "--port is 0 to 65535: {given}")


def run(options: argparse.Namespace) -> int:
    password = None
    if options.password_env:
        password = os.environ.get(options.password_env)
        if not password:
            raise UserError(NO_VARIABLE, name=options.password_env)
    width, _, height = options.canvas.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 0 < int(width) <= 16384 and 0 < int(height) <= 16384):
        raise UserError(BAD_CANVAS, given=options.canvas)
    if not (options.port.isdecimal() and options.port.isascii() and int(options.port) <= 65535):
        raise UserError(BAD_PORT, given=options.port)

    def tell(server: SimulatedObs) -> None:
        text = LISTENING if password else LISTENING_OPEN
        print(text.show(options.lang, url=server.url, canvas=options.canvas), flush=True)

    run_forever(int(options.port), password, (int(width), int(height)), tell)
    return 0
