import subprocess
import sys

from picket.runtime.environment import CHILD_ENVIRONMENT, child_environment

THREADS = "import cv2, os; print(cv2.getNumThreads(), len(os.listdir('/proc/self/task')))"


def test_what_the_user_sets_is_stronger_than_our_habits() -> None:
    found = child_environment({"MALLOC_ARENA_MAX": "8"}, {"OPENBLAS_NUM_THREADS": "4"})
    assert (found["MALLOC_ARENA_MAX"], found["OPENBLAS_NUM_THREADS"]) == ("8", "4")
    assert found["MALLOC_TRIM_THRESHOLD_"] == CHILD_ENVIRONMENT["MALLOC_TRIM_THRESHOLD_"]


def test_libraries_make_no_thread_pools() -> None:
    command = [sys.executable, "-c", THREADS]
    env = child_environment({}, {})
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["1", "1"]
