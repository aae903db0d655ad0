from __future__ import annotations

import os
import time

import pytest

from picket.api.process_meter import FRESH_S, ProcessMeter

OURS = os.getpid()
NO_PROCESS = 2**22 + 1  # above the largest id that Linux gives


def test_a_process_is_measured() -> None:
    usage = ProcessMeter().read([OURS], time.time())[OURS]
    assert 0 < usage.memory_percent < 100
    assert usage.cpu_percent == usage.cpu_average_percent > 0
    assert "python" in usage.command or "pytest" in usage.command


def test_what_is_no_process_is_left_out() -> None:
    assert ProcessMeter().read([0, -1, NO_PROCESS], time.time()) == {}


def test_two_askers_share_a_reading() -> None:
    meter = ProcessMeter()
    now = time.time()
    assert meter.read([OURS], now) == meter.read([OURS], now + FRESH_S / 2)


def test_the_percentage_is_about_the_time_since_the_reading_before() -> None:
    meter = ProcessMeter()
    now = time.time()
    meter.read([OURS], now)
    started = time.process_time()
    while time.process_time() - started < 0.1:
        sum(range(1000))
    later = meter.read([OURS], now + 10)[OURS]
    assert later.cpu_percent == pytest.approx(100 * (time.process_time() - started) / 10, abs=0.7)


def test_a_new_process_is_measured_at_once() -> None:
    meter = ProcessMeter()
    now = time.time()
    meter.read([OURS], now)
    assert set(meter.read([OURS, os.getppid()], now + 0.1)) <= {OURS, os.getppid()}
    assert OURS in meter.read([OURS, os.getppid()], now + 0.1)
