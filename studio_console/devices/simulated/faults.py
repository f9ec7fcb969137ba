"""Faults that tests and rehearsals put into a simulated OBS: refusals and delays of chosen requests."""

from __future__ import annotations

from studio_console.devices.simulated.protocol import Refusal


class Faults:
    def __init__(self) -> None:
        self._refusals: dict[str, Refusal] = {}
        self._delays: dict[str, float] = {}

    def refuse(self, request: str, code: int | None, comment: str | None = None) -> None:
        """Answer every ``request`` with ``code``; None lets it through again."""
        if code is None:
            self._refusals.pop(request, None)
        else:
            self._refusals[request] = Refusal(code, comment or "Refused by the simulation.")

    def delay(self, request: str, seconds: float) -> None:
        """Carry every ``request`` out that much later; 0 is at once."""
        self._delays[request] = max(0.0, seconds)

    def heal(self) -> None:
        self._refusals.clear()
        self._delays.clear()

    def refusal(self, request: str) -> Refusal | None:
        return self._refusals.get(request)

    def delay_of(self, request: str) -> float:
        return self._delays.get(request, 0.0)
