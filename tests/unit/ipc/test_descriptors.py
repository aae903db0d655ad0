from __future__ import annotations

import multiprocessing
import os
import stat
from collections import Counter
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Connection

import pytest

from picket.ipc.descriptors import OPEN_FILES, STANDARD, close_others, held_by
from picket.ipc.log_ring import make_log_block
from picket.runtime.wiring import Wires, make_wires
from tests.unit.runtime.test_wiring import close_all, config


@pytest.fixture
def wires() -> Iterator[Wires]:
    made = make_wires(config("a", "b"), [("a",), ("b",)], make_log_block())
    yield made
    close_all(made)


def test_a_process_holds_what_its_wires_name(wires: Wires) -> None:
    worker = wires.workers[0]
    (detector,) = worker.detectors.values()
    assert set(held_by(partial(print, worker))) == {
        worker.rings["a"].block.fileno(),
        *(block.fileno() for block in worker.packets["a"].values()),
        worker.keeper.fileno(),
        worker.server.fileno(),
        detector.channel.fileno(),
        detector.crops.fileno(),
    }


def test_each_end_of_a_pipe_is_held_by_one_process(wires: Wires) -> None:
    processes = (*wires.workers, *wires.detectors.values(), wires.server, wires.keeper)
    holders = Counter(fd for one in processes for fd in set(held_by(one)))
    ends = [fd for fd in holders if stat.S_ISSOCK(os.fstat(fd).st_mode)]
    assert ends
    assert all(holders[fd] == 1 for fd in ends)


def report(up: Connection, kept: int) -> None:
    close_others([kept, up.fileno()])
    up.send({int(file.name) for file in OPEN_FILES.iterdir()})


def test_all_others_are_closed() -> None:
    (kept, also), (here, there) = os.pipe(), multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=report, args=(there, kept))
    child.start()
    try:
        assert here.poll(20)
        left = here.recv() - {*STANDARD, kept, there.fileno()}
        assert also not in left
        assert len(left) == 1  # the listing itself
    finally:
        child.join(20)
        os.close(kept)
        os.close(also)
