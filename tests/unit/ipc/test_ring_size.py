import subprocess
import sys

from picket.ipc.ring_size import SLOT_COUNT, RingSize

LOADED = "import picket.runtime.{0}, sys; print('numpy' in sys.modules)"


def test_slots_are_whole_pages_that_hold_header_notes_and_planes() -> None:
    size = RingSize(1280, 720)
    assert size.slot_bytes % 4096 == 0
    assert 0 <= size.slot_bytes - (1280 * 720 * 3 // 2 + 64 * 1024 + 64) < 4096
    assert size.total_bytes == 4096 + SLOT_COUNT * size.slot_bytes


def test_main_and_the_keeper_do_not_load_numpy() -> None:
    for module in ("program", "keeper.process"):
        command = [sys.executable, "-c", LOADED.format(module)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        assert done.stdout == "False\n", module
