"""How long after a frame was taken its event is told and can be asked for."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.support.servers import Picket

LONGEST_S = 5.0  # after which a row is given up
LOOK_AGAIN_S = 0.02


@dataclass(frozen=True, slots=True)
class EventDelays:
    """Seconds from the frame that made an object believed, by the clock of its packets' arrival."""

    told_s: list[float] = field(default_factory=list)  # over the WebSocket
    listed_s: list[float] = field(default_factory=list)  # in GET /api/events/<id>
    lost: list[str] = field(default_factory=list)  # told and never listed


@contextmanager
def watched_events(picket: Picket) -> Iterator[EventDelays]:
    """Take the time of every event that begins meanwhile."""
    delays = EventDelays()
    with connect(picket.url("/ws").replace("http", "ws", 1), max_size=None) as socket:
        thread = threading.Thread(target=_watch, args=(picket, socket, delays), daemon=True)
        thread.start()
        try:
            yield delays
        finally:
            socket.close()
            thread.join(LONGEST_S + 1)


def _watch(picket: Picket, socket: ClientConnection, delays: EventDelays) -> None:
    with suppress(ConnectionClosed):
        for text in socket:
            message = json.loads(text)
            if message["topic"] != "events":
                continue
            event = json.loads(message["payload"])
            if event["type"] == "new":
                delays.told_s.append(time.time() - event["after"]["frame_time"])
                _await_row(picket, event["after"], delays)


def _await_row(picket: Picket, event: dict[str, object], delays: EventDelays) -> None:
    until = time.monotonic() + LONGEST_S
    while time.monotonic() < until:
        if picket.json(f"/api/events/{event['id']}"):
            delays.listed_s.append(time.time() - float(str(event["frame_time"])))
            return
        time.sleep(LOOK_AGAIN_S)
    delays.lost.append(str(event["id"]))
