"""Moving cameras that remember what they were told."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from picket.domain.errors import PicketError
from picket.ptz.abilities import PtzAbilities


class FakePtz:
    """Moves nothing; `error` is what it answers with."""

    def __init__(self) -> None:
        self.moves: list[tuple[str, str]] = []
        self.error: PicketError | None = None
        self.known_weights: dict[str, tuple[str, ...]] = {}

    def describe(self, camera: str) -> Future[PtzAbilities]:
        raise AssertionError(f"nobody asks what {camera} can do")

    def weights(self) -> Mapping[str, tuple[str, ...]]:
        return self.known_weights

    def carry_out(self, camera: str, command: str) -> Future[None]:
        self.moves.append((camera, command))
        answer = Future[None]()
        if self.error is None:
            answer.set_result(None)
        else:
            answer.set_exception(self.error)
        return answer
