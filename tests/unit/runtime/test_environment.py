import os
import subprocess
import sys

from picket.runtime.environment import CHILD_ENVIRONMENT, apply_heap_settings, child_environment

THREADS = "import cv2, os; print(cv2.getNumThreads(), len(os.listdir('/proc/self/task')))"

HEAPS = """
import ctypes, threading
from picket.runtime.environment import apply_heap_settings
apply_heap_settings({told})
libc, together = ctypes.CDLL(None), threading.Barrier(6)
def use():
    libc.malloc(5000)
    together.wait()
threads = [threading.Thread(target=use) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc.fopen.restype = ctypes.c_void_p
output = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, output)
libc.fclose(output)
"""


def test_what_the_user_sets_is_stronger_than_our_habits() -> None:
    found = child_environment({"MALLOC_ARENA_MAX": "8"}, {"OPENBLAS_NUM_THREADS": "4"})
    assert (found["MALLOC_ARENA_MAX"], found["OPENBLAS_NUM_THREADS"]) == ("8", "4")
    assert found["MALLOC_TRIM_THRESHOLD_"] == CHILD_ENVIRONMENT["MALLOC_TRIM_THRESHOLD_"]


def test_libraries_make_no_thread_pools() -> None:
    command = [sys.executable, "-c", THREADS]
    env = child_environment({}, {})
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["1", "1"]


def test_heaps_are_bounded_in_a_process_that_is_running_already() -> None:
    env = child_environment({}, {})
    found = [count_heaps(env if is_told else {}) for is_told in (False, True)]
    assert found[0] > found[1]


def count_heaps(told: dict[str, str]) -> int:
    """Heaps of a process that was begun without the variables and takes them from here."""
    program = HEAPS.format(told=told)
    env = {name: value for name, value in os.environ.items() if name not in CHILD_ENVIRONMENT}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, check=True, capture_output=True, text=True
    )
    return done.stdout.count("<heap nr=")


def test_a_value_that_is_no_number_is_passed_over() -> None:
    apply_heap_settings({"MALLOC_ARENA_MAX": "many"})
