from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from picket.capture.demand import (
    CALM_S,
    LONGEST_GOP_S,
    MAX_HELD_BYTES,
    Arrival,
    Demand,
    Order,
    note,
    obstacle,
    order,
    wake,
)

STEP_S = 0.2


@dataclass
class Shell:
    """Does what is ordered; of each packet it knows whether a glance or a decoding would stir."""

    demand: Demand = field(default_factory=Demand)
    held: list[tuple[Arrival, bool]] = field(default_factory=list)
    decoded: list[float] = field(default_factory=list)  # times of the packets
    left_out: list[tuple[float, bool]] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)

    def take(self, arrival: Arrival, *, stirs: bool = False, is_wanted: bool = False) -> None:
        self.demand, wanted = order(self.demand, arrival, is_wanted=is_wanted)
        self.orders.append(wanted)
        if wanted is Order.HOLD:
            self.held.append((arrival, stirs))
        elif wanted is Order.GLANCE and not stirs:
            self.left_out += [(each.time_s, stirred) for each, stirred in self.held[1:]]
            self.held = [(arrival, False)]
            self.see(arrival, stirs=False)
        else:
            if wanted is Order.GLANCE:
                self.demand = wake(self.demand)
            late, self.held = self.held, []
            for each, stirred in (*late[1:], (arrival, stirs)):
                self.see(each, stirs=stirred)

    def see(self, arrival: Arrival, *, stirs: bool) -> None:
        self.decoded.append(arrival.time_s)
        self.demand = note(self.demand, arrival.time_s, stirs=stirs)


def stream(seconds: float, gop: int, size: int = 800, start_s: float = 0.0) -> Iterator[Arrival]:
    """Five packets a second, the first a keyframe, and then one in `gop`."""
    for n in range(round(seconds / STEP_S)):
        is_keyframe = n % gop == 0
        yield Arrival(start_s + n * STEP_S, 20 * size if is_keyframe else size, is_keyframe)


def resting(gop: int = 10) -> Shell:
    shell = Shell()
    for arrival in stream(20.0, gop):
        shell.take(arrival)
    return shell


def test_a_quiet_camera_needs_its_keyframes_alone() -> None:
    shell = resting()
    assert shell.orders[-10:] == [Order.GLANCE, *[Order.HOLD] * 9]
    assert not shell.demand.is_awake


def test_a_large_packet_brings_back_all_that_is_held() -> None:
    shell = resting()
    shell.take(Arrival(20.0, 16_000, is_keyframe=True))
    shell.take(Arrival(20.2, 800, is_keyframe=False))
    assert 20.2 not in shell.decoded
    shell.take(Arrival(20.4, 8000, is_keyframe=False), stirs=True)
    assert shell.decoded[-3:] == [20.0, 20.2, 20.4]
    assert shell.held == []


def test_a_keyframe_that_differs_brings_back_all_that_is_held() -> None:
    shell = resting()
    before = [each.time_s for each, _ in shell.held]
    shell.take(Arrival(20.0, 16_000, is_keyframe=True), stirs=True)
    assert shell.decoded[-10:] == [*before[1:], 20.0]


def test_whoever_wants_to_see_everything_gets_it_from_the_next_packet_on() -> None:
    shell = resting()
    for arrival in stream(10.0, 10, start_s=20.0):
        shell.take(arrival, is_wanted=True)
    assert set(shell.orders[-50:]) == {Order.DECODE}
    assert shell.left_out[-1][0] < 18.0


def test_keyframes_far_apart_leave_nobody_blind() -> None:
    shell = Shell()
    for arrival in stream(200.0, 300):
        shell.take(arrival)
    assert set(shell.orders) == {Order.DECODE}


def test_a_keyframe_that_does_not_come_ends_the_waiting() -> None:
    shell = resting()
    rest = (Arrival(20.0 + n * STEP_S, 800, is_keyframe=False) for n in range(50))
    for arrival in rest:
        shell.take(arrival)
        assert arrival.time_s - shell.decoded[-1] <= LONGEST_GOP_S
    assert shell.orders[-30:] == [Order.DECODE] * 30


def test_a_camera_that_sends_keyframes_alone_is_decoded_whole() -> None:
    shell = resting(gop=1)
    assert set(shell.orders) == {Order.DECODE}


def test_it_rests_only_after_it_was_calm_for_a_while() -> None:
    shell = resting()
    shell.take(Arrival(20.0, 16_000, is_keyframe=True), stirs=True)
    for arrival in stream(20.0, 10, start_s=22.0):
        shell.take(arrival)
    first_rest = shell.orders.index(Order.GLANCE, len(shell.orders) - 100)
    assert (first_rest - (len(shell.orders) - 100)) * STEP_S >= CALM_S - STEP_S


gops = st.lists(
    st.tuples(
        st.integers(1, 40),  # packets
        st.integers(50, 400_000),  # bytes of each
        st.integers(0, 9).map(lambda n: n == 0),  # a keyframe that stirs
        st.integers(0, 19).map(lambda n: n == 0),  # wanted
    ),
    min_size=1,
    max_size=40,
)


@given(gops)
def test_whatever_comes_little_is_held_and_what_stirred_is_seen(
    drawn: list[tuple[int, int, bool, bool]],
) -> None:
    shell, now_s, stirred_s = Shell(), 0.0, float("-inf")
    for count, size, stirs, is_wanted in drawn:
        for n in range(count):
            arrival = Arrival(now_s, size, is_keyframe=n == 0)
            shell.take(arrival, stirs=stirs and n == 0, is_wanted=is_wanted)
            if stirs and n == 0:
                stirred_s = now_s
            if shell.held:
                assert now_s - shell.held[0][0].time_s <= LONGEST_GOP_S
                assert sum(each.size_bytes for each, _ in shell.held) <= MAX_HELD_BYTES
                assert not is_wanted
                assert now_s - stirred_s >= CALM_S
            now_s += STEP_S
    assert shell.decoded == sorted(set(shell.decoded))  # time never goes back
    known = {*shell.decoded, *(time for time, _ in shell.left_out)}
    waiting = {each.time_s for each, _ in shell.held}
    assert len(known | waiting) == sum(count for count, *_ in drawn)
    assert not any(stirred for _, stirred in shell.left_out)


def heard(keyframe_bytes: int, gop: int = 10) -> Demand:
    """After a while of a calm stream."""
    shell = Shell()
    for arrival in stream(20.0, gop):
        size = keyframe_bytes if arrival.is_keyframe else arrival.size_bytes
        shell.take(Arrival(arrival.time_s, size, arrival.is_keyframe))
    return shell.demand


def test_noise_that_hides_visitors_keeps_it_awake_and_is_named() -> None:
    assert obstacle(heard(16_000)) == ""
    noisy = heard(2_000)
    assert noisy.is_awake
    assert "noise or a constant bit rate" in obstacle(noisy)


def test_keyframes_that_are_too_far_apart_are_named() -> None:
    assert "6.0 s apart, more than 4.5 s" in obstacle(heard(16_000, gop=30))


def test_nothing_is_named_before_it_is_known() -> None:
    assert obstacle(Demand()) == ""
    demand, _ = order(Demand(), Arrival(0.0, 900, is_keyframe=True), is_wanted=False)
    assert obstacle(demand) == ""
