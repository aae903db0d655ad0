"""A small program under a supervisor: `python -m tests.unit.runtime.supervised BODY …`.

Every child says on standard output what happens to it, so that a test can wait for it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from functools import partial

from picket.ipc.channel import make_channel
from picket.ipc.pulse import Pulse
from picket.runtime.logs import LogSettings
from picket.runtime.service_manager import ServiceManager
from picket.runtime.supervisor import ProcessSpec, StopSignal, Supervisor, Watch


def say(*words: object) -> None:
    """One line, whole even when several processes speak."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def steady(name: str, stop: threading.Event) -> None:
    """Works until it is asked to stop."""
    say(name, os.getpid(), "up")
    stop.wait()
    say(name, os.getpid(), "down")


def broken(name: str, _stop: threading.Event) -> None:
    """Fails at once."""
    say(name, os.getpid(), "up")
    raise RuntimeError("out of order, rtsp://admin:hunter2@10.0.0.5/")


def stubborn(name: str, _stop: threading.Event) -> None:
    """Does not listen."""
    say(name, os.getpid(), "up")
    threading.Event().wait()


def frozen(name: str, pulse: Pulse, _stop: threading.Event) -> None:
    """Gives one sign of life and no more."""
    say(name, os.getpid(), "up")
    pulse.beat(time.monotonic())
    threading.Event().wait()


BODIES = {"steady": steady, "broken": broken, "stubborn": stubborn}


def spec(body: str, name: str) -> ProcessSpec:
    """A child by the word for what it does."""
    if body == "frozen":
        pulse = Pulse()
        return ProcessSpec(name, partial(frozen, name, pulse), Watch(pulse, 1.0, 60.0))
    return ProcessSpec(name, partial(BODIES[body], name))


def main(names: list[str]) -> None:
    """Children are called by their body and their place: `steady0`."""
    plan = [spec(name, f"{name}{n}") for n, name in enumerate(names)]
    orders, _ = make_channel()
    Supervisor(plan, LogSettings(), ServiceManager.of(os.environ)).run(StopSignal(), orders, say)
    say("main", os.getpid(), "down")


if __name__ == "__main__":
    main(sys.argv[1:])
