"""Joins notifications to the running program: a thread with an event loop of its own."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from picket.api.ports import Commands, LiveCameras
from picket.api.readers import ReaderPool
from picket.api.running_config import RunningConfig
from picket.config.database import DatabaseUrl
from picket.config.paths import MediaPaths
from picket.domain.errors import InvalidRequest, NotFound, Unavailable
from picket.domain.notice import (
    Attempt,
    ChannelState,
    Clock,
    Delivery,
    Fate,
    PushSubscription,
    Subject,
)
from picket.domain.overlay import SnapshotOptions
from picket.ipc.changes import UnsubscribeBrowser
from picket.ipc.mailbox import Mailbox
from picket.ipc.messages import ObjectChanged, SoundChanged
from picket.media.paths import resolve_inside, snapshot_names
from picket.notify.carriers import Tools
from picket.notify.office import Office, Settings
from picket.notify.post import Http
from picket.notify.rules import subject_of
from picket.notify.spool import Spool
from picket.notify.troubles import Health
from picket.runtime.serving.topic_hub import News
from picket.store.events import find_event
from picket.store.local_time import find_zone
from picket.store.push_subscriptions import list_subscriptions

if TYPE_CHECKING:
    from picket.notify.push_messages import ServerKey

ROOM = 1000
"""News that wait while the index or the disk hangs; more is not worth telling late."""
HEALTH_S = 2.0
STEP_S = 1.0
"""How soon the stop is seen by who is not rung for."""
THREADS = 8
PICTURE = SnapshotOptions(height=720, bounding_box=True, quality=75)


class NotifyDoor:
    """Fills in `picket.api.ports.Notifications`; any thread may call it."""

    def __init__(
        self,
        running: RunningConfig,
        live: LiveCameras,
        commands: Commands,
        media: MediaPaths,
        database: Path | DatabaseUrl,
    ) -> None:
        self._running, self._live, self._media = running, live, media
        self._loop: asyncio.AbstractEventLoop | None = None  # while it runs
        self._has_news = asyncio.Event()
        self._news = Mailbox[tuple[Subject, Clock]](self.ring, ROOM)
        self._readers = ReaderPool(database)
        self._threads = ThreadPoolExecutor(THREADS, "notify")
        self._key: ServerKey | None = None
        tools = Tools(
            Http(),
            EventPictures(live, media.clips, self._readers),
            Browsers(self._readers, commands),
            self._push_key,
            self._threads,
            time.time,
        )
        self._office = Office(self._settings, tools, Spool(media.notifications))

    def hear(self, news: News) -> None:
        """Take what a camera tells, and return at once."""
        if not isinstance(news, ObjectChanged | SoundChanged):
            return
        subject = subject_of(news) if self._running.current.notifications.rules else None
        if subject is not None:
            self._news.put((subject, Clock(subject.time, news.told_time, time.time())))

    def run(self, stop: threading.Event) -> None:
        """Until asked to stop; what waits then is told in the next life."""
        try:
            asyncio.run(self._serve(stop))
        finally:
            self._loop = None
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._readers.close()

    def states(self) -> Mapping[str, ChannelState]:
        """See picket.api.ports.Notifications."""
        return self._office.states

    def deliveries(self) -> Sequence[Delivery]:
        """See picket.api.ports.Notifications."""
        return self._office.deliveries

    def fates(self) -> Mapping[Fate, int]:
        """See picket.api.ports.Notifications."""
        return self._office.fates

    def attempt(self, channel: str) -> Future[Attempt]:
        """See picket.api.ports.Notifications."""
        loop = self._loop
        if loop is None:
            raise Unavailable("notifications are not running: try again in a moment")
        return asyncio.run_coroutine_threadsafe(self._office.attempt(channel), loop)

    def push_key(self) -> str:
        """See picket.api.ports.Notifications."""
        return self._push_key().public

    def require_browser(self, subscription: PushSubscription) -> None:
        """See picket.api.ports.Notifications."""
        from picket.notify.push_messages import require_subscription

        channels = self._running.current.notifications.channels.values()
        require_subscription(subscription, {place for one in channels for place in one.services})

    def _settings(self) -> Settings:
        config = self._running.current
        name = config.notifications.timezone or config.ui.timezone
        return Settings(config.notifications, _zone(name))

    def _push_key(self) -> ServerKey:
        from picket.notify.push_messages import ServerKey

        self._key = self._key or ServerKey(self._media.notifications / "webpush.pem")
        return self._key

    def ring(self) -> None:
        """There is news, or the end has come; any thread may call it."""
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it stopped in this moment
                loop.call_soon_threadsafe(self._has_news.set)

    async def _serve(self, stop: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        await self._office.open()
        watching = asyncio.create_task(self._watch())
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._has_news.wait(), STEP_S)
            self._has_news.clear()
            for subject, clock in self._news.take():
                await self._office.take(subject, clock)
        watching.cancel()
        await self._office.close()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(HEALTH_S)
            if not self._running.current.notifications.rules:
                continue
            loop = asyncio.get_running_loop()
            free = await loop.run_in_executor(self._threads, self._free_bytes)
            await self._office.check(Health(self._live.cameras(), free, time.time()))

    def _free_bytes(self) -> int | None:
        try:
            return shutil.disk_usage(self._media.recordings).free
        except OSError:
            return None


class Browsers:
    """Fills in `picket.notify.carriers.Subscriptions`."""

    def __init__(self, readers: ReaderPool, commands: Commands) -> None:
        self._readers, self._commands = readers, commands

    def all(self) -> tuple[PushSubscription, ...]:
        """See there."""
        with self._readers.borrow() as db:
            return list_subscriptions(db)

    def forget(self, endpoint: str) -> None:
        """See there."""
        self._commands.carry_out(UnsubscribeBrowser(endpoint))


class EventPictures:
    """Fills in `picket.notify.carriers.Pictures`."""

    def __init__(self, live: LiveCameras, clips: Path, readers: ReaderPool) -> None:
        self._live, self._clips, self._readers = live, clips, readers

    def picture(self, subject: Subject) -> bytes | None:
        """From the camera while the event runs, then its file, else the thumbnail."""
        jpeg = self._live.event_snapshot(subject.camera, subject.id, PICTURE)
        if jpeg is not None:
            return jpeg
        try:
            name, _ = snapshot_names(subject.camera, subject.id)
            return resolve_inside(self._clips, name).read_bytes()
        except (NotFound, OSError):
            with self._readers.borrow() as db:
                event = find_event(db, subject.id)
            return (event.thumbnail or None) if event else None


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return find_zone(name) if name else None
    except InvalidRequest:
        return None
