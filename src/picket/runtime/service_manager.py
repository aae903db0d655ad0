"""What systemd is told by `main`, so that it can start it anew when it hangs.

Source: the manual page sd_notify(3); a datagram of lines NAME=VALUE to the socket NOTIFY_SOCKET.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

RESTART_S = 900.0
"""A program that runs itself anew may have an index to count or a database server to wait for."""


@dataclass(frozen=True, slots=True)
class ServiceManager:
    """Whoever started the program; says nothing where nobody listens, and never waits or fails."""

    address: str = ""  # path of the socket, or "@" and an abstract name
    watchdog_s: float = 0.0  # so soon a sign of life is expected after the last; 0: never

    @classmethod
    def of(cls, env: Mapping[str, str]) -> Self:
        """As systemd tells its services by the environment."""
        is_ours = env.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        watchdog = env.get("WATCHDOG_USEC", "") if is_ours else ""
        return cls(env.get("NOTIFY_SOCKET", ""), int(watchdog) / 1e6 if watchdog.isdigit() else 0.0)

    @property
    def pulse_s(self) -> float | None:
        """Between two signs of life; None when none are expected."""
        return self.watchdog_s / 3 if self.watchdog_s else None

    def started(self) -> None:
        """Every process was started."""
        again = f"\nWATCHDOG_USEC={self.watchdog_s * 1e6:.0f}" if self.watchdog_s else ""
        self._tell(f"READY=1{again}")

    def alive(self) -> None:
        """Processes are looked after."""
        if self.watchdog_s:
            self._tell("WATCHDOG=1")

    def restarting(self) -> None:
        """The same process goes on as a new program, which takes its time."""
        if self.watchdog_s:
            self._tell(f"WATCHDOG_USEC={RESTART_S * 1e6:.0f}")

    def _tell(self, message: str) -> None:
        if not self.address:
            return
        address = f"\0{self.address[1:]}" if self.address.startswith("@") else self.address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)  # noqa: FBT003  # the socket module's own signature
            sender.sendto(message.encode(), address)


NO_MANAGER = ServiceManager()
