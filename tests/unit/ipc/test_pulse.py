"""A sign of life, seen through a copy as another process has it."""

from __future__ import annotations

import multiprocessing

from picket.ipc.pulse import Pulse


def _beat(pulse: Pulse) -> None:
    pulse.beat(12.5)


def test_another_process_beats_and_this_one_sees_it() -> None:
    pulse = Pulse()
    assert pulse.last_monotonic == 0.0
    other = multiprocessing.get_context("fork").Process(target=_beat, args=(pulse,))
    other.start()
    other.join(20)
    assert other.exitcode == 0
    assert pulse.last_monotonic == 12.5
    pulse.clear()
    assert pulse.last_monotonic == 0.0
