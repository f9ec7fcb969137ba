"""Why a guest's picture is not there, and what to do about it. Workers say the code, the console shows the text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio_console.core.text import Text

NO_VLC = "no-vlc"
NO_PYTHON_VLC = "no-python-vlc"
NO_PLUGINS = "no-plugins"
NO_SRT = "no-srt"
NO_RTSP = "no-rtsp"
NO_MODULE = "no-module"
THROUGH_OBS = "through-obs"
UNKNOWN = "unknown-address"
NO_FILE = "no-file"
NOT_A_FILE = "not-a-file"
EMPTY_FILE = "empty-file"
NO_PICTURE = "no-picture"
NO_DEVICE = "no-device"
NO_VIDEO = "no-video"
REFUSED = "refused"
ENDED = "ended"
NO_ANSWER = "no-answer"
STANDS_STILL = "stands-still"
NO_PORTAUDIO = "no-portaudio"
NO_OUTPUT = "no-output"
OUTPUT_FAILED = "output-failed"
NO_SOUND = "no-sound"

REASONS: Mapping[str, Text] = MappingProxyType(
    {
        NO_VLC: Text(
            "VLC가 없습니다. VLC를 설치하세요(Debian: apt install libvlc5 vlc-plugin-base vlc-plugin-access-extra)",
            "VLC is not installed. Install it (Debian: apt install libvlc5 vlc-plugin-base vlc-plugin-access-extra)",
        ),
        NO_PYTHON_VLC: Text(
            "파이썬 꾸러미 python-vlc가 없습니다. 콘솔을 다시 설치하세요",
            "The Python package python-vlc is missing. Install the console again",
        ),
        NO_PLUGINS: Text(
            "VLC의 모듈을 찾을 수 없습니다. VLC를 다시 설치하세요(Debian: apt install vlc-plugin-base)",
            "VLC does not find its modules. Install VLC again (Debian: apt install vlc-plugin-base)",
        ),
        NO_SRT: Text(
            "이 VLC는 SRT를 받지 못합니다(Debian: apt install vlc-plugin-access-extra)",
            "This VLC cannot receive SRT (Debian: apt install vlc-plugin-access-extra)",
        ),
        NO_RTSP: Text(
            "이 VLC는 RTSP를 받지 못합니다(Debian의 VLC에는 live555가 없음). OBS에 입력으로 넣고 OBS로 보세요",
            "This VLC cannot receive RTSP (Debian's has no live555). Make it an input in OBS and see it through OBS",
        ),
        NO_MODULE: Text(
            "이 VLC에는 이 주소를 여는 모듈이 없습니다. VLC를 모든 모듈과 함께 다시 설치하세요",
            "This VLC lacks the module that opens this address. Install VLC again with all of its modules",
        ),
        THROUGH_OBS: Text(
            "VLC로는 받을 수 없습니다. OBS에 입력으로 넣고 미리보기를 그 OBS 입력으로 바꾸세요",
            "VLC cannot receive this. Make it an input in OBS, and let the preview be that input",
        ),
        UNKNOWN: Text("알 수 없는 종류의 주소입니다. 주소를 확인하세요", "This kind of address is unknown. Check it"),
        NO_FILE: Text("파일이 없습니다. 파일을 제자리에 두세요", "There is no such file. Put it in its place"),
        NOT_A_FILE: Text("파일이 아니라 폴더입니다. 영상 파일을 지정하세요", "This is a folder. Name a video file"),
        EMPTY_FILE: Text("파일이 비어 있습니다. 다시 복사하세요", "The file is empty. Copy it again"),
        NO_PICTURE: Text(
            "재생할 수 있는 영상이 아닙니다. 다시 내보내세요(H.264 MP4 권장)",
            "This is not a video that can be played. Export it again (H.264 in MP4 is safe)",
        ),
        NO_DEVICE: Text(
            "장치가 없습니다. 연결과 이름을 확인하세요",
            "There is no such device. Check that it is plugged in, and its name",
        ),
        NO_VIDEO: Text(
            "데이터는 오지만 영상이 없습니다. 상대가 영상을 보내고 있는지 확인하세요",
            "Data arrives, but no picture. Check that the other side sends one",
        ),
        REFUSED: Text(
            "연결할 수 없습니다. 상대가 보내고 있는지, 주소가 맞는지 확인하세요",
            "There is no connection. Check that the other side is sending, and the address",
        ),
        ENDED: Text("상대가 송출을 끝냈습니다", "The other side has stopped sending"),
        NO_ANSWER: Text(
            "응답이 없습니다. 상대가 보내고 있는지, 방화벽이 막지 않는지 확인하세요",
            "There is no answer. Check that the other side is sending, and that no firewall is in between",
        ),
        STANDS_STILL: Text(
            "데이터가 오지 않습니다. 상대의 네트워크를 확인하세요", "No data arrives. Check the other side's network"
        ),
        NO_PORTAUDIO: Text(
            "PortAudio가 없어 헤드폰으로 들을 수 없습니다(Debian: apt install libportaudio2)",
            "Without PortAudio there is no sound on the headphones (Debian: apt install libportaudio2)",
        ),
        NO_OUTPUT: Text(
            "소리를 낼 장치가 없습니다. 헤드폰 장치를 연결하고 다시 고르세요",
            "There is no such sound device. Plug the headphones in, and choose again",
        ),
        OUTPUT_FAILED: Text(
            "소리 장치를 열 수 없습니다. 다른 프로그램이 쓰고 있는지 확인하세요",
            "The sound device cannot be opened. See whether another program holds it",
        ),
        NO_SOUND: Text("이 참가자의 소리는 지금 받지 않습니다", "This guest's sound is not being received now"),
    }
)


def reason_of(code: str) -> Text | None:
    """The text of a worker's code; None of an empty or unknown one."""
    return REASONS.get(code)
