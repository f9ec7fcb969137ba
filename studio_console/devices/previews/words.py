"""What the console itself says of a guest's picture; what a worker says is in ``reasons``."""

from __future__ import annotations

from studio_console.core.text import Text

RESTARTING = Text("미리보기 재생기가 멈춰 다시 시작합니다", "The preview player stopped and is being started again")
NO_SIGN = Text("미리보기 재생기가 응답하지 않습니다", "The preview player does not answer")
MOVING = Text("가까이 보기로 옮기는 중입니다", "Being moved to the close view")
CRASHES = Text(
    "이 영상을 재생하면 미리보기 재생기가 죽습니다. 주소나 파일을 확인하세요. 가끔 다시 시도합니다",
    "Playing this kills the preview player. Check the address or file; it is tried again now and then",
)
STILL = Text("움직이는 영상이 없는 참가자의 정지 사진입니다", "A still picture: there is no moving one of this guest")
NO_OBS = Text(
    "미리보기의 출력면이 studio.yaml에 없습니다. 출력면 이름을 확인하세요",
    "studio.yaml has no surface of the preview's name. Check that name",
)


def workers_do_not_start(exit_code: int | None) -> Text:
    """``exit_code`` as ``subprocess`` has it; None where there was not even a process."""
    code = "" if exit_code is None else f" ({exit_code})"
    return Text(
        f"미리보기 재생기를 시작할 수 없습니다{code}. 콘솔을 다시 설치하세요. 계속 다시 시도합니다",
        f"The preview player cannot be started{code}. Install the console again; it keeps trying",
    )


def still_missing(file: str) -> Text:
    return Text(f"사진 파일이 없습니다: {file}", f"The picture file is not there: {file}")


def still_unreadable(file: str) -> Text:
    return Text(
        f"사진 파일을 읽을 수 없습니다: {file}. PNG나 JPEG로 다시 저장하세요",
        f"The picture file cannot be read: {file}. Save it again as PNG or JPEG",
    )


def not_in_obs(name: str) -> Text:
    return Text(
        f"OBS에 ‘{name}’ 입력이 없습니다. provision을 실행하거나 OBS에서 만드세요",
        f"OBS has no input “{name}”. Run provision, or make it in OBS",
    )


def nothing_in_obs(name: str) -> Text:
    return Text(f"OBS의 ‘{name}’ 입력에 지금 영상이 없습니다", f"The input “{name}” shows nothing in OBS now")
