"""Switches and moving cameras that remember what they were told."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from picket.domain.errors import NotFound, PicketError


class FakeControls:
    """Switches the detection of the camera `front`; refuses its `audio`."""

    def __init__(self) -> None:
        self.detect = "ON"
        self.switched: list[tuple[str, str, str]] = []
        self.restarts = 0

    def switch(self, camera: str, feature: str, payload: str) -> Mapping[str, str]:
        self.switched.append((camera, feature, payload))
        if camera != "front" or feature not in ("detect", "audio"):
            raise NotFound(f"camera {camera} has no feature {feature} to set")
        if feature == "audio":
            return {}
        self.detect = payload
        return self.states()

    def states(self) -> Mapping[str, str]:
        return {"front/detect/state": self.detect}

    def restart(self) -> None:
        self.restarts += 1


class FakePtz:
    """Moves nothing; `error` is what it answers with."""

    def __init__(self) -> None:
        self.moves: list[tuple[str, str]] = []
        self.error: PicketError | None = None

    def carry_out(self, camera: str, command: str) -> Future[None]:
        self.moves.append((camera, command))
        answer = Future[None]()
        if self.error is None:
            answer.set_result(None)
        else:
            answer.set_exception(self.error)
        return answer
