import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.status import ProcessLife
from picket.runtime.serving.roll_call import RollCall


def test_who_is_expected_is_known_before_his_first_word() -> None:
    roll = RollCall({"keeper": (), "cameras:0": ("front", "back")})
    assert roll.lives(5.0) == {
        "keeper": ProcessLife(math.inf, 0),
        "cameras:0": ProcessLife(math.inf, 0, ("front", "back")),
    }


def test_silence_counts_from_the_last_word() -> None:
    roll = RollCall({"cameras:0": ("front",)})
    roll.note("cameras:0", 7, 10.0)
    roll.note("cameras:0", 7, 12.0)
    roll.note("detector:d", 8, 13.0)
    assert roll.lives(14.5) == {
        "cameras:0": ProcessLife(2.5, 0, ("front",)),
        "detector:d": ProcessLife(1.5, 0),
    }


@given(st.lists(st.integers(1, 3), min_size=1, max_size=20))
def test_each_new_process_in_a_place_is_a_restart(pids: list[int]) -> None:
    roll = RollCall({})
    for pid in pids:
        roll.note("keeper", pid, 1.0)
    changes = sum(one != other for one, other in itertools.pairwise(pids))
    assert roll.lives(1.0)["keeper"].restarts == changes
