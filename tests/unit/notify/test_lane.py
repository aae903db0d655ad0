from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from picket.domain.notice import Delivery, Fate, Notice
from picket.notify.attempts import Failed, Outcome, Refused, Taken
from picket.notify.lane import Lane, World
from tests.unit.notify.samples import NOON, notice


def named(name: str, expires_time: float = NOON + 3600) -> Notice:
    return replace(notice(), key=name, expires_time=expires_time)


@dataclass
class Far:
    """A receiver on a day whose clock a test turns."""

    says: list[Outcome] = field(default_factory=list)  # then it takes all
    now: float = NOON
    tried: list[str] = field(default_factory=list)
    ended: list[Delivery] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    async def deliver(self, one: Notice) -> Outcome:
        self.tried.append(one.key)
        return self.says.pop(0) if self.says else Taken("ok")

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def world(self) -> World:
        return World(self.deliver, self.ended.append, lambda: self.now, lambda: 1.0, self.pause)


def run(far: Far, notices: Sequence[Notice], room: int = 200) -> Lane:
    """Put all of them in, and see every one to its end."""

    async def until_over() -> Lane:
        lane = Lane(far.world(), room)
        for one in notices:
            lane.put(one)
        task = asyncio.create_task(lane.run())
        while len(far.ended) < len(notices):
            await asyncio.sleep(0)
            if task.done():
                task.result()
        task.cancel()
        return lane

    return asyncio.run(asyncio.wait_for(until_over(), 10))


def fates(far: Far) -> list[tuple[str, Fate, int]]:
    return [(one.notice.key, one.fate, one.attempts) for one in far.ended]


def test_they_arrive_in_their_order_whatever_fails_in_between() -> None:
    far = Far([Failed("away"), Failed("away"), Taken("ok"), Failed("away")])
    lane = run(far, [named("a"), named("b")])
    assert far.tried == ["a", "a", "a", "b", "b"]
    assert fates(far) == [("a", Fate.DELIVERED, 3), ("b", Fate.DELIVERED, 2)]
    assert far.pauses == [1, 2, 1]
    assert (lane.state.waiting, lane.state.failures, lane.state.problem) == (0, 0, "")


def test_one_that_is_refused_holds_up_nobody() -> None:
    far = Far([Refused("HTTP 400"), Taken("ok")])
    lane = run(far, [named("a")])
    assert lane.state.problem == ""  # it is there, and may take the next
    far = Far([Refused("HTTP 400"), Taken("ok")])
    run(far, [named("a"), named("b")])
    assert fates(far) == [("a", Fate.REFUSED, 1), ("b", Fate.DELIVERED, 1)]
    assert far.ended[0].answer == "HTTP 400"


def test_six_hours_late_is_still_told_and_after_it_has_expired_not() -> None:
    outage = [Failed("away")] * 80
    far = Far(list(outage))
    run(far, [named("burglar", NOON + 86_400)])
    assert far.ended[0].fate is Fate.DELIVERED
    assert far.now - NOON > 6 * 3600
    short = Far(list(outage))
    run(short, [named("a", NOON + 60), named("b", NOON + 60), named("c", NOON + 1e6)])
    assert [one.fate for one in short.ended] == [Fate.EXPIRED, Fate.EXPIRED, Fate.DELIVERED]


def test_what_has_expired_while_it_waited_is_not_tried() -> None:
    far = Far([], NOON + 100)
    run(far, [named("old", NOON + 99), named("new")])
    assert far.tried == ["new"]
    assert fates(far)[0] == ("old", Fate.EXPIRED, 0)


def test_a_full_lane_loses_the_oldest_that_is_not_under_way() -> None:
    far = Far()
    run(far, [named(key) for key in "abcd"], room=3)
    assert fates(far) == [
        ("b", Fate.DISPLACED, 0),
        *((key, Fate.DELIVERED, 1) for key in "acd"),
    ]


def test_the_instants_of_the_attempt_that_succeeded_are_noted() -> None:
    far = Far([Failed("away")])
    run(far, [named("a")])
    clock = far.ended[0].notice.clock
    assert clock.sent == clock.acknowledged == NOON + 1
    assert clock.judged == notice().clock.judged


def test_a_problem_is_shown_while_it_lasts() -> None:
    async def look() -> None:
        far = Far([Failed("HTTP 503: closed")])
        gate = asyncio.Event()

        async def pause(_: float) -> None:
            await gate.wait()

        lane = Lane(replace(far.world(), pause=pause))
        task = asyncio.create_task(lane.run())
        lane.put(named("a"))
        lane.put(named("b"))
        while not lane.state.problem:
            await asyncio.sleep(0)
        assert (lane.state.waiting, lane.state.failures) == (2, 1)
        assert lane.state.problem == "HTTP 503: closed"
        task.cancel()

    asyncio.run(asyncio.wait_for(look(), 10))
