from __future__ import annotations

import asyncio
import threading

import pytest
from starlette.websockets import WebSocketDisconnect

from picket.api.sockets import Bell, run_until_one_ends


def test_a_bell_that_rang_before_is_heard() -> None:
    async def hear() -> None:
        bell = Bell()
        bell.ring()
        await asyncio.wait_for(bell.wait(), 5)

    asyncio.run(hear())


def test_a_bell_is_heard_from_another_thread_and_once() -> None:
    async def hear() -> bool:
        bell = Bell()
        ringer = threading.Thread(target=bell.ring)
        ringer.start()
        await asyncio.wait_for(bell.wait(), 5)
        ringer.join()
        return bell._is_rung.is_set()

    assert asyncio.run(hear()) is False


def test_ringing_when_nobody_is_there_any_more_is_harmless() -> None:
    async def make() -> Bell:
        return Bell()

    asyncio.run(make()).ring()


def test_the_first_to_end_ends_all() -> None:
    ended: list[str] = []

    async def wait_forever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("waiter")

    async def end() -> None:
        await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(run_until_one_ends(wait_forever(), end()), 5))
    assert ended == ["waiter"]


@pytest.mark.parametrize("error", [WebSocketDisconnect(1001), TimeoutError()])
def test_a_client_that_goes_or_hangs_is_an_ordinary_end(error: Exception) -> None:
    async def fail() -> None:
        raise error

    asyncio.run(run_until_one_ends(fail()))


def test_a_fault_of_ours_is_told() -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(run_until_one_ends(fail()))
