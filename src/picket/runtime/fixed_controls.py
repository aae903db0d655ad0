"""Switches as the configuration sets them: nothing can be switched while the program runs yet."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from picket.config.root import Config
from picket.domain.errors import InvalidRequest, NotFound, Unavailable


class FixedControls:
    """Fills in `picket.api.ports.Controls`: tells the settings, and refuses to change them."""

    def __init__(self, config: Config) -> None:
        self._states = {
            f"{name}/{feature}/state": "ON" if is_on else "OFF"
            for name, camera in config.cameras.items()
            for feature, is_on in (
                ("detect", camera.detect.enabled),
                ("recordings", camera.record.enabled),
                ("snapshots", camera.snapshots.enabled),
            )
        }

    def switch(self, camera: str, feature: str, payload: str) -> Mapping[str, str]:  # noqa: ARG002
        """See picket.api.ports.Controls."""
        if f"{camera}/{feature}/state" not in self._states:
            raise NotFound(f"camera {camera} has no feature {feature} to set")
        return {}

    def states(self) -> Mapping[str, str]:
        """See picket.api.ports.Controls."""
        return self._states

    def restart(self) -> None:
        """See picket.api.ports.Controls."""
        raise Unavailable("restart the program where it was started")


class NoPtz:
    """Fills in `picket.api.ports.Ptz`: no camera moves."""

    def carry_out(self, camera: str, command: str) -> Future[None]:  # noqa: ARG002
        """See picket.api.ports.Ptz."""
        refused = Future[None]()
        refused.set_exception(InvalidRequest(f"camera {camera} cannot be moved"))
        return refused
