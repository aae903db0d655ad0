from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.api.health import Findings, judge
from picket.api.ports import SILENT_AFTER_S
from picket.domain.status import CameraState, CameraStatus, ProcessLife

ONLINE = CameraStatus("front", CameraState.ONLINE, since=1.0)


def lives(
    keeper: float = 0.1, worker: float = 0.1, detector: float = 0.1
) -> dict[str, ProcessLife]:
    """How long who has been silent, in seconds."""
    return {
        "keeper": ProcessLife(keeper, 0),
        "cameras:0": ProcessLife(worker, 0, ("front",)),
        "detector:d": ProcessLife(detector, 0),
    }


SOUND = Findings("", "", lives(keeper=0.5, worker=1.0, detector=0.2), ("d",), {"front": ONLINE})


def test_what_works_is_ready() -> None:
    health = judge(SOUND)
    assert (health.faults, health.weaknesses) == ((), ())
    assert health.cameras == {"front": "online"}


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (replace(SOUND, index_problem="no such file"), "the index cannot be read: no such file"),
        (replace(SOUND, disk_problem="No space"), "recordings cannot be written: No space"),
        (replace(SOUND, lives=lives(keeper=12.4)), "process keeper has been silent for 12 s"),
        (
            replace(SOUND, lives=lives(worker=float("inf"))),
            "process cameras:0 has not spoken yet",
        ),
    ],
)
def test_what_recording_needs_is_a_fault_when_it_fails(found: Findings, fault: str) -> None:
    (told,) = judge(found).faults
    assert told.startswith(fault)


@pytest.mark.parametrize(
    ("found", "weakness"),
    [
        (replace(SOUND, cameras={"front": None}), "camera front is unknown"),
        (
            replace(SOUND, cameras={"front": replace(ONLINE, state=CameraState.OFFLINE)}),
            "camera front is offline",
        ),
        (
            replace(SOUND, cameras={"front": replace(ONLINE, blind_since=5.0)}),
            "camera front is recorded, and no detector looks at it",
        ),
        (
            replace(SOUND, lives=lives(detector=11.0)),
            "detector d has been silent for 11 s",
        ),
        (replace(SOUND, lives={}), "detector d has not spoken yet"),
    ],
)
def test_what_can_be_lived_with_is_a_weakness(found: Findings, weakness: str) -> None:
    health = judge(found)
    assert health.faults == ()
    (told,) = health.weaknesses
    assert told.startswith(weakness)


@given(st.dictionaries(st.sampled_from(["keeper", "cameras:0", "cameras:1"]), st.floats(0, 60)))
def test_each_silent_process_is_named_and_no_other(silences_s: dict[str, float]) -> None:
    processes = {name: ProcessLife(one, 0) for name, one in silences_s.items()}
    faults = judge(replace(SOUND, lives=processes)).faults
    silent = [name for name, silent_s in silences_s.items() if silent_s >= SILENT_AFTER_S]
    assert [fault.split()[1] for fault in faults] == silent
