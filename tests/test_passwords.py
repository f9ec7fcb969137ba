"""Where the passwords of the OBS connections come from."""

import logging
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from studio_console.app.passwords import keep_password, keyring_is_safe, password_of, password_place
from studio_console.core.first_start import PasswordPlace
from studio_console.core.problems import UserError
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


class OwnKeyring(KeyringBackend):
    """The keyring of a desktop, in memory; or one that is locked, or forgets."""

    priority = 5  # type: ignore[assignment]

    def __init__(self, trouble: Exception | None = None, forgets: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble, self.forgets = trouble, forgets

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        if not self.forgets:
            self.kept[service, username] = password


class PlainFile(OwnKeyring):
    """Keeps passwords where everybody can read them, and says so by its priority."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture
def uses() -> Iterator[object]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_password_is_kept_and_found_again(uses) -> None:  # type: ignore[no-untyped-def]
    """Put in once, in the first window; the desk finds it on the day."""
    own = OwnKeyring()
    uses(own)
    assert keyring_is_safe()
    assert password_place(WALL) is PasswordPlace.NOWHERE
    keep_password(WALL, "open sesame")
    assert password_of(WALL) == "open sesame"
    assert own.kept == {("studio-console", "led-wall"): "open sesame"}
    assert password_place(WALL) is PasswordPlace.KEYRING


def test_the_environment_is_told_apart(uses, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    uses(OwnKeyring())
    monkeypatch.setenv("STUDIO_OBS_PASSWORD_LED_WALL", "x")
    assert password_place(WALL) is PasswordPlace.ENVIRONMENT


@pytest.mark.parametrize(
    "broken",
    [
        PlainFile(),
        OwnKeyring(KeyringError("locked: open sesame")),
        OwnKeyring(ValueError("open sesame")),
        OwnKeyring(forgets=True),
    ],
)
def test_where_it_cannot_be_kept_the_variable_is_named_and_the_password_is_not(  # type: ignore[no-untyped-def]
    broken: OwnKeyring, uses, caplog: pytest.LogCaptureFixture
) -> None:
    """A file in plain text is no keyring; one that is locked or forgets does not keep it either."""
    caplog.set_level(logging.DEBUG)
    uses(broken)
    with pytest.raises(UserError) as refused:
        keep_password(WALL, "open sesame")
    said = refused.value.show("ko") + refused.value.show("en") + repr(refused.value) + caplog.text
    assert "STUDIO_OBS_PASSWORD_LED_WALL" in said
    assert "open sesame" not in said
    assert broken.kept == {}


def test_a_system_without_a_keyring_says_so() -> None:
    """As on a server: the tests run with the keyring that keeps nothing."""
    assert not keyring_is_safe()
