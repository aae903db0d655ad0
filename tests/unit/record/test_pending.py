from picket.record.pending import PendingTrack


def pending(*times_s: float) -> PendingTrack:
    track = PendingTrack(1, zero_s=100.0, typical_ticks=3600)
    for number, time_s in enumerate(times_s):
        track.add(b"x" * (number + 1), time_s, time_s + 0.1, is_sync=number == 0)
    return track


def test_durations_come_from_the_next_sample_and_the_end() -> None:
    run = pending(100.0, 100.1, 100.3).take_all(36_000)
    assert run is not None
    assert run.table.decode_time == 0
    assert run.table.durations == (9000, 18_000, 9000)
    assert run.table.sizes == (1, 2, 3)
    assert run.table.syncs == (True, False, False)
    assert run.table.composition_offsets == (9000, 9000, 9000)


def test_the_last_sample_of_a_stream_lasts_as_long_as_the_one_before() -> None:
    run = pending(100.0, 100.2).take_all(None)
    assert run is not None
    assert run.table.durations == (18_000, 18_000)
    alone = pending(100.0).take_all(None)
    assert alone is not None
    assert alone.table.durations == (3600,)


def test_the_newest_sample_waits_until_its_end_is_known() -> None:
    track = pending(100.0, 100.2, 100.3)
    run = track.take_finished()
    assert run is not None
    assert run.table.durations == (18_000, 9000)
    assert track.take_finished() is None
    assert track.first_time == 27_000


def test_nothing_waiting_gives_nothing() -> None:
    assert pending().take_all(100) is None
    assert pending().take_finished() is None
    assert pending().first_time == 0


def test_time_that_stands_still_makes_a_sample_of_no_duration() -> None:
    run = pending(100.0, 100.0, 99.9).take_all(9000)
    assert run is not None
    assert run.table.durations == (0, 0, 9000)


def test_columns_that_say_nothing_are_left_out() -> None:
    track = PendingTrack(2, 0.0, 1800)
    track.add(b"a", 0.0, 0.0, is_sync=True)
    track.add(b"b", 0.02, 0.02, is_sync=True)
    run = track.take_all(None)
    assert run is not None
    assert (run.table.composition_offsets, run.table.syncs) == ((), ())
