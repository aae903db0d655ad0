"""Hands something to a receiver over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

import httpx

from picket.config.notifications import ChannelConfig
from picket.notify.attempts import Failed, Outcome, Refused, read_status

MOST_REDIRECTS = 3
KEPT_METHOD = (307, 308)
"""Redirects after which the same is sent again; others would make a GET of it."""
MOST_ANSWER_BYTES = 2000
SHOWN_ANSWER = 200  # characters


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent to whom."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Http:
    """The connections of one event loop; a receiver that was asked is asked quicker next time."""

    def __init__(self) -> None:
        self._clients: dict[bool, httpx.AsyncClient] = {}

    async def post(self, parcel: Parcel, config: ChannelConfig) -> Outcome:
        """Send it once; redirects are followed within the same origin only."""
        try:
            async with asyncio.timeout(2 * config.timeout):
                return await _post(self.client(config), parcel, config.timeout)
        except TimeoutError:
            return Failed(f"no answer within {2 * config.timeout:g} s")
        except httpx.TimeoutException as error:
            what = "connection" if isinstance(error, httpx.ConnectTimeout) else "answer"
            return Failed(f"no {what} within {config.timeout:g} s")
        except httpx.InvalidURL as error:
            return Refused(f"the address cannot be used: {error}")
        except httpx.HTTPError as error:
            return Failed(str(error) or type(error).__name__)

    def client(self, config: ChannelConfig) -> httpx.AsyncClient:
        """Make it ready: the first time the trusted authorities are read, which takes a moment."""
        verify = config.verify_tls
        if verify not in self._clients:
            self._clients[verify] = httpx.AsyncClient(verify=verify, follow_redirects=False)
        return self._clients[verify]

    async def close(self) -> None:
        """Close them all."""
        for client in self._clients.values():
            await client.aclose()


async def _post(client: httpx.AsyncClient, parcel: Parcel, timeout_s: float) -> Outcome:
    for _ in range(MOST_REDIRECTS + 1):
        async with client.stream(
            "POST",
            parcel.url,
            content=parcel.body,
            headers=dict(parcel.headers),
            timeout=timeout_s,
        ) as reply:
            target = urljoin(parcel.url, reply.headers.get("Location", ""))
            if reply.status_code not in KEPT_METHOD:
                answer = await _beginning(reply)
                after = reply.headers.get("Retry-After", "")
                return read_status(reply.status_code, answer, after)
        if origin(target) != origin(parcel.url):
            return Failed(
                f"HTTP {reply.status_code}: it sends us to {origin(target)}, which is not followed:"
                " write the final address"
            )
        parcel = replace(parcel, url=target)
    return Failed(f"it redirects more than {MOST_REDIRECTS} times")


async def _beginning(reply: httpx.Response) -> str:
    read = b""
    async for piece in reply.aiter_bytes():
        read += piece
        if len(read) >= MOST_ANSWER_BYTES:
            break
    text = read[:MOST_ANSWER_BYTES].decode(errors="replace")
    return " ".join(text.split())[:SHOWN_ANSWER]


def origin(url: str) -> str:
    """Scheme, host and port; paths, names and passwords stay out. Raises: httpx.InvalidURL."""
    parsed = httpx.URL(url)
    port = f":{parsed.port}" if parsed.port is not None else ""
    host = f"[{parsed.host}]" if ":" in parsed.host else parsed.host
    return f"{parsed.scheme}://{host}{port}"
