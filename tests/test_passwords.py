"""Where the passwords of the OBS connections come from."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from studio_console.app.passwords import password_of
from studio_console.core.studio import standby_id
from studio_console.core.units import SurfaceId

WALL = SurfaceId("led-wall")


class HallKeyring(KeyringBackend):
    """A keyring with one password in it, or a broken one."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, broken: bool = False) -> None:
        super().__init__()
        self.broken = broken

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise KeyringError("no session bus")
        return "from keyring" if (service, username) == ("studio-console", "led-wall") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


@pytest.fixture
def hall_keyring() -> object:
    before = keyring.get_keyring()
    keyring.set_keyring(HallKeyring())
    yield
    keyring.set_keyring(before)


def test_a_standby_has_a_password_of_its_own(monkeypatch: pytest.MonkeyPatch, hall_keyring: object) -> None:
    monkeypatch.setenv("STUDIO_OBS_PASSWORD_LED_WALL_STANDBY", "of the standby")
    assert password_of(standby_id(WALL)) == "of the standby"
    assert password_of(WALL) == "from keyring"


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch, hall_keyring: object) -> None:
    """On the day somebody sets a variable; it overrules what the keyring had from last year."""
    monkeypatch.setenv("STUDIO_OBS_PASSWORD_LED_WALL", "from environment")
    assert password_of(WALL) == "from environment"


def test_else_the_keyring_is_asked(hall_keyring: object) -> None:
    """Nothing in the environment: the system's keyring has it under the service studio-console."""
    assert password_of(WALL) == "from keyring"
    assert password_of(SurfaceId("program")) is None


def test_a_machine_without_a_keyring_is_no_error() -> None:
    """A bare server has no keyring; an OBS without a password works there all the same."""
    before = keyring.get_keyring()
    keyring.set_keyring(HallKeyring(broken=True))
    try:
        assert password_of(WALL) is None
    finally:
        keyring.set_keyring(before)
