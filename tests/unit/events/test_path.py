from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.events.happenings import EventStored
from picket.events.path import INTERVAL_S, MOST_POINTS, Path, add_waypoint
from tests.unit.events.build import HEIGHT, HOME, WIDTH, Life, of_kind, track

FAR = Box(300, 100, 340, 180)


def walked(steps: list[tuple[float, int]]) -> Path:
    """A box that goes right; pairs of pause and pixels."""
    path, time, x = Path(), 0.0, 0
    for pause, pixels in steps:
        time, x = time + pause, x + pixels
        path = add_waypoint(path, time, Box(x, 0, x + 40, 80))
    return path


def test_a_moving_object_is_noted_twice_a_second() -> None:
    path = walked([(0.2, 10)] * 11)
    times = [round(point.time, 1) for point in path.points]
    assert times == [0.2, 0.8, 1.4, 2.0]


def test_who_stands_adds_nothing_and_unrest_is_no_movement() -> None:
    assert len(walked([(1.0, 0)] * 20).points) == 1
    assert len(walked([(1.0, 1), (1.0, -1)] * 10).points) == 1
    assert len(walked([(1.0, 0)] * 20 + [(1.0, 5)]).points) == 2


@given(st.lists(st.tuples(st.floats(0.01, 30.0), st.integers(0, 60)), max_size=1500))
def test_a_path_is_bounded_and_tells_the_whole_life(steps: list[tuple[float, int]]) -> None:
    path = walked(steps)
    assert len(path.points) <= MOST_POINTS
    times = [point.time for point in path.points]
    assert times == sorted(times)
    if steps:
        assert times[0] == steps[0][0]


def test_a_long_walk_is_told_less_often_from_its_beginning_to_its_end() -> None:
    steps = 5 * MOST_POINTS
    path = walked([(INTERVAL_S, 10)] * steps)
    assert path.interval_s > INTERVAL_S
    assert MOST_POINTS / 2 <= len(path.points) <= MOST_POINTS
    assert path.points[0].time == INTERVAL_S
    assert path.points[-1].time > INTERVAL_S * steps * 0.98


def test_the_last_row_of_an_event_has_its_whole_path() -> None:
    life = Life()
    told = list(life.be_believed())
    told += life.see(track(FAR, time=life.time))
    told += life.lose(track(FAR, time=life.time))
    *_, last = of_kind(told, EventStored)
    assert [point.box for point in last.path] == [
        box.relative(WIDTH, HEIGHT) for box in (HOME, FAR)
    ]
    assert [point.time for point in last.path] == [1000.0, 1002.0]


def test_where_it_was_not_seen_is_no_part_of_it() -> None:
    life = Life()
    told = list(life.be_believed())
    told += life.see(replace(track(FAR, time=life.time), is_seen=False))
    told += life.lose(track(FAR, time=life.time))
    *_, last = of_kind(told, EventStored)
    assert [point.box for point in last.path] == [HOME.relative(WIDTH, HEIGHT)]
