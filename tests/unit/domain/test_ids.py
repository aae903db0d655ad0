from itertools import product

import pytest

from picket.domain.ids import ALPHABET, own_share_s, timed_id

NOW = 1_764_000_000.2


def test_who_is_registered_in_one_frame_begins_at_a_time_of_his_own() -> None:
    ids = [timed_id(NOW, (7, 7, 7, 7, *last)) for last in product(range(len(ALPHABET)), repeat=2)]
    times = {round(NOW - own_share_s(each), 6) for each in ids}
    assert len(times) == len(ids)
    assert NOW - 0.0013 < min(times) <= max(times) <= NOW


def test_an_id_needs_all_its_draws() -> None:
    with pytest.raises(ValueError, match="an id needs 6 draws, got 2"):
        timed_id(NOW, (1, 2))
