"""Events on their way to the labelling service: few at a time, and none twice."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.concurrency import run_in_threadpool

from picket.api.ports import Commands
from picket.api.readers import ReaderPool
from picket.domain.errors import InvalidRequest, NotFound, SubmissionFailed
from picket.domain.event import Event
from picket.domain.frame import Picture
from picket.ipc.changes import MarkFalsePositive, SetPlusId
from picket.media.jpeg import decode_picture
from picket.media.paths import resolve_inside, snapshot_names
from picket.plus.account import Account
from picket.plus.claims import annotation, false_positive
from picket.store.events import find_event
from picket.store.suppressions import is_marked_by_suppression

if TYPE_CHECKING:
    from picket.plus.client import PlusClient

logger = logging.getLogger(__name__)

AT_ONCE = 4
"""A submission takes seconds to minutes in a thread; the others are for all other requests."""


class Submissions:
    """What is being submitted, and what became of it."""

    def __init__(
        self, account: Account, readers: ReaderPool, commands: Commands, clips: Path
    ) -> None:
        self._problem = account.problem
        self._client = _open_client(account)
        self._readers = readers
        self._commands = commands
        self._clips = clips
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._claimed: set[str] = set()
        self._unrecorded: dict[str, str] = {}  # plus ids that the index does not have yet, by event

    async def submit(self, event_id: str, *, annotate: bool) -> str:
        """Submit an event's picture, with its box if it has one and that is wanted; its plus id.

        Raises:
            InvalidRequest: no key, the event still runs, was submitted, or has no clean picture.
            NotFound: there is no such event.
            SubmissionFailed: what the service said.
            Unavailable: the keeper did not write it down; asking again does not upload again.
        """
        async with self._turns:
            return await run_in_threadpool(self._submit, event_id, annotate=annotate)

    async def submit_false_positive(self, event_id: str) -> str:
        """Report an event as false positive, submitting its picture where needed; its plus id.

        Raises: as `submit`; InvalidRequest also when it has no box or was reported already.
        """
        async with self._turns:
            return await run_in_threadpool(self._submit_false_positive, event_id)

    def close(self) -> None:
        """Close the connections to the service."""
        if self._client is not None:
            self._client.close()

    def _submit(self, event_id: str, *, annotate: bool) -> str:
        client = self._require_client(event_id)
        with self._claim(event_id) as event:
            if event.plus_id:
                raise InvalidRequest(f"event {event_id} was already submitted as {event.plus_id}")
            plus_id = self._upload(client, event)
            if annotate and event.data.box is not None:
                self._annotate(client, event, plus_id)
            return plus_id

    def _submit_false_positive(self, event_id: str) -> str:
        client = self._require_client(event_id)
        with self._claim(event_id) as event:
            mistake = false_positive(event)
            if event.false_positive and not self._is_marked_here_alone(event_id):
                raise InvalidRequest(f"event {event_id} was already reported as false positive")
            plus_id = event.plus_id or self._upload(client, event)
            client.report_false_positive(plus_id, mistake)
            self._commands.carry_out(MarkFalsePositive(event_id))
            logger.info("event %s is reported as false positive", event_id)
            return plus_id

    def _is_marked_here_alone(self, event_id: str) -> bool:
        with self._readers.borrow() as db:
            return is_marked_by_suppression(db, event_id)

    def _upload(self, client: PlusClient, event: Event) -> str:
        if event.end_time is None:
            raise InvalidRequest(f"event {event.id} still runs: submit it when it has ended")
        plus_id = self._unrecorded.get(event.id)
        if plus_id is None:
            plus_id = client.upload(self._clean_picture(event), event.camera)
        self._unrecorded[event.id] = plus_id
        self._commands.carry_out(SetPlusId(event.id, plus_id))
        del self._unrecorded[event.id]
        logger.info("the labelling service has the picture of event %s as %s", event.id, plus_id)
        return plus_id

    def _annotate(self, client: PlusClient, event: Event, plus_id: str) -> None:
        try:
            client.annotate(plus_id, annotation(event))
        except SubmissionFailed as error:
            raise SubmissionFailed(
                f"event {event.id} was submitted as {plus_id}, but without its annotation: {error}"
            ) from None

    def _clean_picture(self, event: Event) -> Picture:
        _, name = snapshot_names(event.camera, event.id)
        try:
            return decode_picture(resolve_inside(self._clips, name).read_bytes())
        except (OSError, ValueError):
            raise InvalidRequest(
                f"the clean picture of event {event.id} is missing or damaged: snapshots.enabled"
                f" and snapshots.clean_copy make one for later events: {name}"
            ) from None

    def _require_client(self, event_id: str) -> PlusClient:
        if self._client is None:
            raise InvalidRequest(f"{self._problem}: event {event_id} cannot be submitted")
        return self._client

    @contextmanager
    def _claim(self, event_id: str) -> Generator[Event]:
        """The event, which nobody else submits for now. Raises: InvalidRequest, NotFound."""
        with self._lock:
            if event_id in self._claimed:
                raise InvalidRequest(f"event {event_id} is being submitted: wait for the answer")
            self._claimed.add(event_id)
        try:
            with self._readers.borrow() as db:
                event = find_event(db, event_id)
            if event is None:
                raise NotFound(f"Event not found: {event_id}")
            yield event
        finally:
            with self._lock:
                self._claimed.discard(event_id)


def _open_client(account: Account) -> PlusClient | None:
    if account.key is None:
        return None
    from picket.plus.client import PlusClient  # its HTTP library is for those who have a key

    return PlusClient(account.key, account.host)
