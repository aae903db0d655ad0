from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from picket.config.notifications import ChannelConfig, NotificationsConfig, RuleConfig
from picket.domain.errors import InvalidRequest, NotFound
from picket.domain.notice import Clock, Delivery, Fate, When
from picket.domain.status import CameraState, CameraStatus
from picket.notify.office import Office, Settings
from picket.notify.spool import Spool
from picket.notify.troubles import Health
from tests.support.push_service import Browser
from tests.support.receiver import Answer, receiver
from tests.unit.notify.samples import NOON, PERSON, Hands, channel, notifications, rule

CLOCK = Clock(NOON, NOON, NOON)
HEARD = replace(PERSON, time=NOON)


class Desk:
    """An office, and what a test changes of what it is told to do."""

    def __init__(
        self, folder: Path, channels: dict[str, ChannelConfig], rules: dict[str, RuleConfig]
    ) -> None:
        self.folder = folder
        self.hands = Hands(folder)
        self.wanted: NotificationsConfig = notifications(channels, rules)
        self.zone: ZoneInfo | None = ZoneInfo("UTC")
        self.office = self._open()

    def _open(self) -> Office:
        return Office(
            lambda: Settings(self.wanted, self.zone), self.hands.tools(), Spool(self.folder / "n")
        )

    def live(self, *acts: Callable[[Office], Awaitable[Any]]) -> list[Any]:
        """One life of the program: open, do, close; what each act gave."""

        async def whole() -> list[Any]:
            self.office = self._open()
            await self.office.open()
            try:
                return [await act(self.office) for act in acts]
            finally:
                await self.office.close()

        return asyncio.run(asyncio.wait_for(whole(), 20))

    @property
    def kept(self) -> list[Path]:
        return sorted((self.folder / "n" / "outbox").glob("*.json"))


def take(**changes: Any) -> Callable[[Office], Awaitable[None]]:
    return lambda office: office.take(replace(HEARD, **changes), CLOCK)


def until(condition: Callable[[], object]) -> Callable[[Office], Awaitable[None]]:
    async def wait(_: Office) -> None:
        while not condition():
            await asyncio.sleep(0.005)

    return wait


def ended(count: int) -> Callable[[Office], Awaitable[tuple[Delivery, ...]]]:
    async def wait(office: Office) -> tuple[Delivery, ...]:
        while len(office.deliveries) < count:
            await asyncio.sleep(0.005)
        return office.deliveries

    return wait


def test_what_a_rule_wants_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with receiver() as there:
        desk = Desk(tmp_path, {"hook": channel(there.url)}, {"r": rule()})
        *_, deliveries = desk.live(take(), take(when=When.END, id="other", label="car"), ended(2))
    assert [one["label"] for one in there.bodies] == ["person", "car"]
    assert [one.fate for one in deliveries] == [Fate.DELIVERED] * 2
    assert desk.office.fates == {Fate.DELIVERED: 2}
    assert desk.kept == []
    clock = deliveries[0].notice.clock
    assert clock.judged == clock.sent == clock.acknowledged == NOON


def test_what_nobody_took_is_told_in_the_next_life_in_order(tmp_path: Path) -> None:
    with receiver() as there:
        there.usual = Answer(503)
        desk = Desk(tmp_path, {"hook": channel(there.url)}, {"r": rule()})
        desk.live(take(id="a"), take(id="b"), until(lambda: there.got))
        assert len(desk.kept) == 2
        there.usual = Answer(200)
        there.got.clear()
        desk.live(ended(2))
    assert [one["event_id"] for one in there.bodies] == ["a", "b"]
    assert desk.kept == []


def test_a_restart_does_not_tell_twice_what_was_told_or_cools_down(tmp_path: Path) -> None:
    with receiver() as there:
        desk = Desk(tmp_path, {"hook": channel(there.url)}, {"r": rule(cooldown=600)})
        desk.live(take(), ended(1))
        later = NOON + 300
        desk.live(
            take(time=later), take(id="other", time=later), take(id="c", time=NOON + 700), ended(1)
        )
    assert [one["event_id"] for one in there.bodies] == [PERSON.id, "c"]


def test_a_receiver_that_hangs_holds_up_no_other(tmp_path: Path) -> None:
    with receiver() as slow, receiver() as quick:
        slow.gate.clear()
        channels = {"slow": channel(slow.url), "quick": channel(quick.url)}
        desk = Desk(tmp_path, channels, {"r": rule(channels=["slow", "quick"])})
        desk.live(*(take(id=str(n)) for n in range(5)), ended(5))
        assert [one["event_id"] for one in quick.bodies] == list("01234")
        assert len(slow.got) == 1
        assert desk.office.states["slow"].waiting == 5
        slow.gate.set()


def test_each_browser_is_told_by_itself(tmp_path: Path) -> None:
    with receiver() as away, receiver() as there:
        away.usual = Answer(503)
        push = ChannelConfig(type="webpush", contact="mailto:me@example.org")
        desk = Desk(tmp_path, {"browsers": push}, {"r": rule(channels=["browsers"])})
        browsers = [Browser(), Browser()]
        desk.hands.browsers.browsers += [
            browsers[0].subscription(f"{away.url}/a"), browsers[1].subscription(f"{there.url}/b")
        ]  # fmt: skip
        desk.live(take(id="a"), take(id="b"), ended(2))
        contents = [json.loads(browsers[1].open(one.body)) for one in there.got]
    assert [one["event_id"] for one in contents] == ["a", "b"]
    assert len(desk.kept) == 2
    state = desk.office.states["browsers"]
    assert (state.waiting, state.problem) == (2, "HTTP 503")


def test_what_no_browser_wants_is_given_up_and_a_broken_index_is_waited_for(
    tmp_path: Path,
) -> None:
    push = ChannelConfig(type="webpush", contact="mailto:me@example.org")
    desk = Desk(tmp_path, {"browsers": push}, {"r": rule(channels=["browsers"])})
    *_, (delivery,) = desk.live(take(), ended(1))
    assert (delivery.fate, delivery.answer) == (Fate.REFUSED, "no browser is subscribed")
    desk.hands.browsers.problem = "the index is away"
    desk.live(take(id="b"), until(lambda: desk.office.states["browsers"].problem))
    assert desk.office.states["browsers"].problem == "the index is away"
    assert len(desk.kept) == 1


def test_answers_that_repeat_secrets_are_shown_without_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with receiver() as there:
        there.usual = Answer(400, "no topic hush-topic for Bearer hush-token at http://u:hush@h/")
        config = channel(f"{there.url}/hush-topic", headers={"Authorization": "Bearer hush-token"})
        desk = Desk(tmp_path, {"hook": config}, {"r": rule()})
        *_, (delivery,), attempt = desk.live(
            take(), ended(1), lambda office: office.attempt("hook")
        )
    assert delivery.fate is Fate.REFUSED
    assert delivery.answer == attempt.answer == "HTTP 400: no topic * for * at http://*:*@h/"
    assert "hush" not in caplog.text


def test_a_channel_that_is_gone_after_a_restart_is_not_tried(tmp_path: Path) -> None:
    with receiver() as there:
        there.usual = Answer(503)
        desk = Desk(tmp_path, {"hook": channel(there.url)}, {"r": rule()})
        desk.live(take(), until(lambda: there.got))
        desk.wanted = notifications({})
        *_, (delivery,) = desk.live(ended(1))
    assert delivery.fate is Fate.REFUSED
    assert "no channel hook" in delivery.answer


def test_days_and_hours_are_those_of_the_user(tmp_path: Path) -> None:
    with receiver() as there:
        rules = {"r": rule(hours=["21:00-22:00"])}  # noon in London
        desk = Desk(tmp_path, {"hook": channel(there.url)}, rules)
        desk.live(take(id="a"))
        desk.zone = ZoneInfo("Asia/Tokyo")
        desk.live(take(id="b"), ended(1))
    (body,) = there.bodies
    assert (body["event_id"], body["time"]) == ("b", "2024-01-15T21:00:00+09:00")


def test_troubles_are_told_as_well(tmp_path: Path) -> None:
    away = CameraStatus("back", CameraState.OFFLINE, NOON - 100, "no route")
    health = Health({"back": away}, None, NOON)
    with receiver() as there:
        rules = {"r": rule(when=["camera_offline"])}
        desk = Desk(tmp_path, {"hook": channel(there.url)}, rules)
        desk.live(lambda office: office.check(health), lambda o: o.check(health), ended(1))
        desk.live(lambda office: office.check(health))
    (body,) = there.bodies
    assert (body["when"], body["camera"], body["detail"]) == ("camera_offline", "back", "no route")


def test_a_test_passes_everything_that_waits(tmp_path: Path) -> None:
    with receiver() as there:
        there.answers.append(Answer(503))
        desk = Desk(tmp_path, {"hook": channel(there.url)}, {"r": rule()})
        *_, attempt = desk.live(take(), until(lambda: there.got), lambda o: o.attempt("hook"))
    assert (attempt.is_taken, attempt.answer) == (True, "HTTP 200")
    assert there.bodies[-1]["title"] == "Test"


def test_a_test_of_what_is_not_there_says_so(tmp_path: Path) -> None:
    push = ChannelConfig(type="webpush", contact="mailto:me@example.org")
    desk = Desk(tmp_path, {"browsers": push}, {})
    with pytest.raises(NotFound, match="no channel hook"):
        desk.live(lambda office: office.attempt("hook"))
    with pytest.raises(InvalidRequest, match="no browser"):
        desk.live(lambda office: office.attempt("browsers"))


def test_a_disk_that_refuses_does_not_silence_anybody(tmp_path: Path) -> None:
    (tmp_path / "n").write_text("a file where the folder should be")
    with receiver() as there:
        desk = Desk(tmp_path, {"hook": channel(there.url)}, {"r": rule()})
        desk.live(take(), ended(1))
    assert len(there.got) == 1
