"""Environment variables of every child process: habits of native libraries that cost too much."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from contextlib import suppress

CHILD_ENVIRONMENT = {
    # glibc gives every thread a heap of its own and raises its thresholds with the sizes it meets,
    # so the largest load ever seen stays in memory. Fixed values give it back.
    # Source: mallopt(3), M_ARENA_MAX and M_TRIM_THRESHOLD. Measured: docs/design/0008-cost.md.
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_TRIM_THRESHOLD_": str(128 * 1024),
    # Cameras are the parallel part; pools inside one operation only wake threads for small work.
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}
HEAP_OPTIONS = {"MALLOC_ARENA_MAX": -8, "MALLOC_TRIM_THRESHOLD_": -1}
"""Numbers of mallopt(3), from glibc's malloc.h."""


def child_environment(env: Mapping[str, str], configured: Mapping[str, str]) -> dict[str, str]:
    """What children find: ours, unless the user's environment or configuration says otherwise."""
    return {**CHILD_ENVIRONMENT, **env, **configured}


def apply_heap_settings(env: Mapping[str, str]) -> None:
    """Do what glibc does with these variables when a program begins; a fork is no beginning."""
    libc = ctypes.CDLL(None)
    for name, option in HEAP_OPTIONS.items():
        with suppress(KeyError, ValueError):  # not set, or to what glibc would not obey either
            libc.mallopt(option, int(env[name]))
