"""HLS over what was recorded: playlists, init segments and media segments."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request, Response

from picket.api.answers import NO_STORE, describe_ranged
from picket.api.conditions import Validators
from picket.api.deps import ServerContext, Services, SharedServices, Store
from picket.api.footage import (
    NOTHING_RECORDED,
    Selection,
    event_selection,
    range_selection,
    require_short,
)
from picket.api.ranges import Body, ranged_answer, whole_answer
from picket.domain.errors import InvalidRequest, MediaError, NotFound
from picket.domain.segment import MEDIA_TIMESCALE, Segment, SegmentOutline
from picket.domain.timespan import TimeSpan
from picket.media.fmp4 import patch_tfdt
from picket.media.footage import open_footage
from picket.media.playlist import (
    InitName,
    MediaName,
    master_playlist,
    media_playlist,
    read_name,
    run_starts,
)
from picket.media.progressive import Read, read_table
from picket.store.database import Database
from picket.store.local_time import find_zone
from picket.store.segments import find_outlines, find_segment, footage_end, footage_stamp

router = APIRouter(prefix="/vod", tags=["recordings"], default_response_class=Response)

HOUR_S = 3600.0
PLAYLIST = "application/vnd.apple.mpegurl"
_MASTER = "master.m3u8"
_INDEX = re.compile(r"index(-v1)?(-a1)?\.m3u8")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_PART = describe_ranged("video/mp4", "A playlist, or a part that it names.")
_ANSWERS = {**_PART, 200: {**_PART[200], "content": {PLAYLIST: {}, **_PART[200]["content"]}}}


async def _hour_selection(month: str, day: int, hour: int, camera: str) -> Selection:
    return _one_hour(camera, _hour_start(month, day, hour, zone=None))


async def _zone_hour_selection(
    month: str, day: int, hour: int, camera: str, timezone: str
) -> Selection:
    zone = find_zone(timezone.replace(",", "/"))
    return _one_hour(camera, _hour_start(month, day, hour, zone))


@router.get("/event/{event_id}/{name}", responses=_ANSWERS)
def play_event(
    request: Request, event_id: str, name: str, store: Store, services: SharedServices
) -> Response:
    """An event; up to now while it goes on."""
    selection = event_selection(store, event_id, services.context.clock())
    return _answer(request, name, selection, store, services)


@router.get("/{camera}/start/{start}/end/{end}/{name}", responses=_ANSWERS)
def play_range(
    request: Request,
    name: str,
    selection: Annotated[Selection, Depends(range_selection)],
    store: Store,
    services: SharedServices,
) -> Response:
    """Any time range of a camera."""
    return _answer(request, name, selection, store, services)


@router.get("/{month}/{day}/{hour}/{camera}/{timezone}/{name}", responses=_ANSWERS)
def play_hour_of_zone(
    request: Request,
    name: str,
    selection: Annotated[Selection, Depends(_zone_hour_selection)],
    store: Store,
    services: SharedServices,
) -> Response:
    """An hour of a camera in a time zone (`America,New_York`)."""
    return _answer(request, name, selection, store, services)


@router.get("/{month}/{day}/{hour}/{camera}/{name}", responses=_ANSWERS)
def play_hour(
    request: Request,
    name: str,
    selection: Annotated[Selection, Depends(_hour_selection)],
    store: Store,
    services: SharedServices,
) -> Response:
    """An hour of a camera by the server's own clock."""
    return _answer(request, name, selection, store, services)


def _one_hour(camera: str, start_time: float) -> Selection:
    return Selection(camera, TimeSpan(start_time, start_time + HOUR_S))


def _hour_start(month: str, day: int, hour: int, zone: ZoneInfo | None) -> float:
    found = _MONTH.fullmatch(month)
    if found is None:
        raise InvalidRequest(f"a month must look like 2024-01, got {month[:20]!r}")
    year, number = int(found[1]), int(found[2])
    try:
        if zone is not None:
            return datetime(year, number, day, hour, tzinfo=zone).timestamp()
        datetime(year, number, day, hour)  # noqa: DTZ001 - only to refuse what is no date
        return time.mktime((year, number, day, hour, 0, 0, 0, 0, -1))
    except (ValueError, OverflowError) as error:
        raise InvalidRequest(f"there is no hour {month}/{day}/{hour}: {error}") from error


def _answer(
    request: Request, name: str, selection: Selection, store: Database, services: Services
) -> Response:
    if name == _MASTER or _INDEX.fullmatch(name):
        return _answer_playlist(request, name, selection, store, services)
    wanted = read_name(name)
    if wanted is None:
        raise InvalidRequest(f"{name[:60]!r} is no name of a playlist or a part of one")
    segment = find_segment(store, wanted.segment_id)
    if segment is None or segment.camera != selection.camera:
        raise NotFound(NOTHING_RECORDED)
    data = _read_part(segment, wanted, services.context)

    def read(start: int, end: int) -> Iterator[bytes]:
        yield data[start:end]

    body = Body(len(data), Validators(f'"{name}"', segment.end_time), "video/mp4", read)
    return ranged_answer(request, body, {"Cache-Control": NO_STORE})


def _answer_playlist(
    request: Request, name: str, selection: Selection, store: Database, services: Services
) -> Response:
    require_short(selection)
    camera, span = selection.camera, selection.span
    query = request.scope["query_string"].decode("latin-1").replace('"', "%22")
    stamp = footage_stamp(store, camera, span.start_time, span.end_time)

    def make() -> bytes:
        segments = find_outlines(store, camera, span.start_time, span.end_time)
        if not segments:
            raise NotFound(NOTHING_RECORDED)
        if name != _MASTER:
            heads = _read_heads(run_starts(segments), services.context)
            return media_playlist(segments, query, heads).encode()
        rate = _frame_rate(store, segments[0], services.context)
        return master_playlist(segments, rate, query).encode()

    body = services.cache.answer((name == _MASTER, selection, query), stamp, make)
    headers = {"Cache-Control": NO_STORE, "Vary": "Accept-Encoding"}
    changed_time = footage_end(store, camera, span.end_time) or span.end_time
    return whole_answer(request, body, PLAYLIST, headers, changed_time)


def _read_heads(segments: list[SegmentOutline], context: ServerContext) -> dict[str, bytes]:
    """Init segments by segment id, read once for each session; empty for a file that is gone."""
    heads: dict[str, bytes] = {}  # by session
    with open_footage(context.paths.recordings) as read:
        for segment in segments:
            if not heads.get(segment.session):
                heads[segment.session] = _read_head(segment, read)
    return {segment.id: heads[segment.session] for segment in segments}


def _read_head(segment: SegmentOutline, read: Read) -> bytes:
    try:
        return read(segment.path, 0, segment.init_size)
    except NotFound:
        return b""


def _frame_rate(db: Database, outline: SegmentOutline, context: ServerContext) -> float | None:
    """Pictures a second of the longest fragment; None when the file cannot be read."""
    segment = find_segment(db, outline.id)
    if segment is None:
        return None
    fragment = max(segment.fragments[: outline.fragments], key=lambda one: one.duration_ticks)
    try:
        with open_footage(context.paths.recordings) as read:
            video = read_table(segment, fragment, read).runs[0]
    except (NotFound, MediaError):
        return None
    return len(video.sizes) * MEDIA_TIMESCALE / video.duration if video.duration else None


def _read_part(segment: Segment, wanted: InitName | MediaName, context: ServerContext) -> bytes:
    with open_footage(context.paths.recordings) as read:
        if isinstance(wanted, InitName):
            return read(segment.path, 0, segment.init_size)
        if not 0 < wanted.fragments <= len(segment.fragments):
            raise NotFound(NOTHING_RECORDED)
        last = segment.fragments[wanted.fragments - 1]
        start, end = segment.fragments[0].offset, last.offset + last.size
        data = read(segment.path, start, end - start)
    if len(data) != end - start:
        raise NotFound("The recording is not on the disk any more")
    return bytes(patch_tfdt(data, wanted.base_ticks))
