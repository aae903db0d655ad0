"""Requests as Home Assistant's integration makes them: aiohttp, with a JSON body on every one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp

T = TypeVar("T")

HOUSE = "homeassistant.local:8123"
HEADERS = {"Content-Type": "application/json; charset=UTF-8"}
TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class Proxied:
    """What its views hand on to a browser."""

    status: int
    content_type: str
    headers: dict[str, str]
    body: bytes


class HomeAssistant:
    """One session of the integration."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def json(
        self,
        path: str,
        method: str = "GET",
        *,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """The answer, read by aiohttp, which insists on its content type."""
        sent = body or {}
        async with self._session.request(
            method, path, json=sent, headers=HEADERS, params=params
        ) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def text(self, path: str) -> str:
        """The answer as text."""
        async with self._session.get(path, json={}, headers=HEADERS) as answer:
            answer.raise_for_status()
            return await answer.text()

    async def proxy(self, path: str, query: str = "", **headers: str) -> Proxied:
        """A browser's request passed on with its query; no JSON here."""
        url = f"{path}?{query}" if query else path
        async with self._session.get(url, headers=headers) as answer:
            found = dict(answer.headers)
            return Proxied(answer.status, answer.content_type, found, await answer.read())

    async def live(self, path: str, *protocols: str) -> bytes:
        """The first bytes of a live view that a page of the house opens through its proxy."""
        passed_on = {
            "Origin": f"http://{HOUSE}",
            "X-Forwarded-For": "192.168.1.7",
            "X-Forwarded-Host": HOUSE,
            "X-Forwarded-Proto": "http",
        }
        async with self._session.ws_connect(
            path, headers=passed_on, protocols=protocols, autoclose=False, autoping=False
        ) as socket:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.BINARY:
                    return bytes(message.data)
        raise AssertionError(f"{path} ended without a picture")


def as_home_assistant(url: str, talk: Callable[[HomeAssistant], Awaitable[T]]) -> T:
    """Carry out a conversation with the server at this address."""

    async def run() -> T:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        async with aiohttp.ClientSession(url, timeout=timeout) as session:
            return await talk(HomeAssistant(session))

    return asyncio.run(run())
