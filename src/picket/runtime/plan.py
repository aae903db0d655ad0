"""The complete list of processes, as data."""

from __future__ import annotations

import threading
from functools import partial

from picket.runtime.settings import Settings
from picket.runtime.supervisor import ProcessSpec, Watch
from picket.runtime.wiring import DetectorWires, KeeperWires, ServerWires, Wires, WorkerWires

DETECTOR_SILENCE_S = 12.0
"""A look may take ten seconds; then no more signs of life are given."""
DETECTOR_START_S = 300.0
"""Some runtimes compile a model for minutes."""


def process_plan(settings: Settings, wires: Wires) -> list[ProcessSpec]:
    """Every process in start order; the supervisor stops them in reverse."""
    return [
        ProcessSpec("keeper", partial(_keeper, settings, wires.keeper)),
        *(
            ProcessSpec(
                f"detector:{name}",
                partial(_detector, settings, name, detector),
                Watch(detector.pulse, DETECTOR_SILENCE_S, DETECTOR_START_S),
            )
            for name, detector in wires.detectors.items()
        ),
        *(
            ProcessSpec(worker.name, partial(_cameras, settings, worker))
            for worker in wires.workers
        ),
        ProcessSpec("server", partial(_server, settings, wires.server)),
    ]


# Each body is imported in its own process only: `main` and the keeper need no video libraries.


def _keeper(settings: Settings, wires: KeeperWires, stop: threading.Event) -> None:
    from picket.runtime.keeper.process import run_keeper

    run_keeper(settings, wires, stop)


def _cameras(settings: Settings, wires: WorkerWires, stop: threading.Event) -> None:
    from picket.runtime.worker.process import run_cameras

    run_cameras(settings, wires, stop)


def _detector(settings: Settings, name: str, wires: DetectorWires, stop: threading.Event) -> None:
    from picket.runtime.detecting.process import run_detector

    run_detector(settings, name, wires, stop)


def _server(settings: Settings, wires: ServerWires, stop: threading.Event) -> None:
    from picket.runtime.serving.process import run_server

    run_server(settings, wires, stop)
