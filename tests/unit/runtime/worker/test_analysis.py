"""The analysis thread with a real decoder, a real frame ring and a small detector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from picket.capture.queue import PacketQueue, StreamOver
from picket.domain.event import Moment
from picket.domain.geometry import Box
from picket.domain.segment import GapReason
from picket.events.best_pictures import LabelPicture
from picket.ipc.messages import (
    ForgetResidents,
    ObjectChanged,
    ResidentsAnswer,
    ResidentsAsked,
    SceneChanged,
    SegmentAnalysed,
    TimelineNoted,
)
from picket.runtime.worker.analysis import TOO_LATE_S, Analysis
from picket.runtime.worker.resident_file import ResidentFile
from tests.support.index_samples import make_segment
from tests.unit.pipeline.scene import FPS, HEIGHT, START, WIDTH, camera, square
from tests.unit.runtime.detector_side import make_ends
from tests.unit.runtime.worker.analysis_bench import QUIET, VISIT, Bench, film, items

WHOLE = camera(detect={"decode": "all"})
LATE_VISIT: list[Box | None] = [*[None] * 104, *VISIT[10:50], *[None] * 60]


def test_clients_hear_of_an_object_before_they_count_it(bench: Bench) -> None:
    bench.run(items(VISIT))
    told = [h for h in bench.told if isinstance(h, ObjectChanged | SceneChanged)]
    first = told.index(next(h for h in told if isinstance(h, ObjectChanged)))
    assert [h.labels for h in told[:first] if isinstance(h, SceneChanged) and h.labels] == []
    counted = told[first + 1]
    assert isinstance(counted, SceneChanged)
    assert (counted.labels, counted.is_moving) == ({"person": 1}, True)
    last = told[-1]
    assert isinstance(last, SceneChanged)
    assert last.labels == {}


def test_a_picture_comes_between_both_where_there_is_a_broker(bench: Bench) -> None:
    bench.analysis = Analysis(bench.config, bench.queue, bench.tools, has_broker=True)
    bench.run(items(VISIT))
    told = [h for h in bench.told if isinstance(h, ObjectChanged | LabelPicture | SceneChanged)]
    first = told.index(next(h for h in told if isinstance(h, ObjectChanged)))
    picture, counted = told[first + 1 : first + 3]
    assert isinstance(picture, LabelPicture)
    assert picture.label == "person"
    assert isinstance(counted, SceneChanged)
    assert counted.labels == {"person": 1}


def test_without_a_broker_nobody_draws_pictures(bench: Bench) -> None:
    bench.run(items(VISIT))
    assert not [h for h in bench.told if isinstance(h, LabelPicture)]


def test_a_visit_becomes_one_event_from_packets_to_its_end(bench: Bench) -> None:
    bench.run(items(VISIT))
    (row,) = bench.stored().values()
    event = row.event
    assert (event.label, event.camera, event.zones) == ("person", "yard", ("gate",))
    assert event.end_time is not None
    begin_s, end_s = event.start_time - START, event.end_time - START
    assert -5 <= begin_s < 3 < end_s < len(VISIT) / FPS + 10  # with what is kept around it
    assert row.shot is not None
    assert row.shot.view.box.iou(square(row.shot.view.box.x1)) > 0.8
    assert bench.moments() == [Moment.VISIBLE, Moment.ENTERED_ZONE, Moment.GONE]


def test_an_event_that_runs_is_ended_when_the_camera_is_stopped(bench: Bench) -> None:
    bench.run(items(VISIT[:40]))
    (row,) = bench.stored().values()
    assert row.event.end_time == pytest.approx(START + 1000, abs=60)
    assert bench.moments()[-1] is Moment.GONE


def test_a_changed_configuration_counts_from_the_next_frame_on(bench: Bench) -> None:
    calm = camera(detect={"enabled": False})
    stream, packets = film(tuple(VISIT))
    tell = bench.told.append

    def notice(happening: object) -> None:
        tell(happening)
        if isinstance(happening, TimelineNoted) and happening.entry.moment is Moment.VISIBLE:
            bench.analysis.adopt(calm)  # the person was just seen for the first time

    bench.notice = notice
    bench.run([stream, *packets])
    assert bench.moments() == [Moment.VISIBLE]
    assert bench.stored() == {}


def test_viewers_see_every_frame_at_the_detect_rate_even_without_a_detector(bench: Bench) -> None:
    bench.run(items(QUIET), has_detector=False)
    assert bench.ring.sequence == len(QUIET)
    assert bench.newest().frame_time == pytest.approx(START + (len(QUIET) - 1) / FPS)
    assert bench.analysis.size == (WIDTH, HEIGHT)
    assert bench.stored() == {}


def test_a_camera_whose_detector_is_silent_says_that_it_is_blind(bench: Bench) -> None:
    bench.run(items(VISIT[:30]), has_detector=False)
    assert bench.analysis.is_blind


def test_a_camera_whose_detector_answers_is_not_blind(bench: Bench) -> None:
    bench.run(items(VISIT[:30]))
    assert not bench.analysis.is_blind
    assert bench.analysis.rates.regions.per_second(0.0) > 0


@pytest.fixture
def frugal_and_whole(tmp_path: Path) -> Iterator[tuple[Bench, Bench]]:
    """Decoding on demand, and everything."""
    ends = make_ends(), make_ends()
    folders = tmp_path / "frugal", tmp_path / "whole"
    for folder in folders:
        folder.mkdir()
    yield Bench(ends[0], folders[0]), Bench(ends[1], folders[1], config=WHOLE)
    for each in ends:
        each.close()


def test_a_visitor_after_a_long_quiet_is_the_same_event_as_if_all_had_been_decoded(
    frugal_and_whole: tuple[Bench, Bench],
) -> None:
    frugal, whole = frugal_and_whole
    for each in frugal_and_whole:
        each.run(items(LATE_VISIT))
    assert whole.ring.sequence == len(LATE_VISIT)
    assert frugal.ring.sequence < 0.7 * len(LATE_VISIT)
    (ours,), (theirs,) = frugal.stored().values(), whole.stored().values()
    assert replace(ours.event, id=theirs.event.id) == theirs.event
    assert frugal.moments() == whole.moments()
    assert frugal.analysis.rates.received.per_second(0.0) == pytest.approx(
        whole.analysis.rates.received.per_second(0.0), rel=0.05
    )


@pytest.mark.parametrize(
    ("asked_monotonic", "sees_all"), [(None, False), (90.0, False), (99.0, True)]
)
def test_a_quiet_camera_shows_its_keyframes_and_who_asked_just_now_every_frame(
    bench: Bench, asked_monotonic: float | None, *, sees_all: bool
) -> None:
    stream, packets = film((None,) * 103)
    bench.monotonic = 100.0
    if asked_monotonic is not None:
        bench.ring.ask(asked_monotonic)
    bench.run([stream, *(replace(packet, arrival_monotonic=100.0) for packet in packets)])
    newest = 102 if sees_all else 100
    assert bench.newest().frame_time == pytest.approx(START + newest / FPS)
    assert bench.ring.sequence == 103 if sees_all else bench.ring.sequence < 50
    assert (bench.queue.linger_s > 0) != sees_all


def test_a_camera_that_sees_nothing_shows_a_picture_a_second_until_somebody_looks(
    bench: Bench,
) -> None:
    stream, packets = film((None,) * 29)  # too few to rest: every frame is analysed
    bench.monotonic = 100.0
    bench.run([stream, *(replace(packet, arrival_monotonic=100.0) for packet in packets)])
    assert bench.analysis.rates.analysed.total == 29
    assert 6 <= bench.ring.sequence < 15
    assert START + 28 / FPS - bench.newest().frame_time < 1.0


def test_hardware_that_is_not_there_is_told_once_and_the_cpu_decodes(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    wish = {"path": "rtsp://camera/1", "roles": ["detect"], "hwaccel_args": "-hwaccel abacus"}
    bench = replace(bench, config=camera(ffmpeg={"inputs": [wish]}))
    bench.run(items(QUIET), has_detector=False)
    assert bench.ring.sequence == len(QUIET)
    told = [line for line in caplog.messages if "hwaccel_args" in line]
    assert len(told) == 1
    assert "yard: its `hwaccel_args` have no effect: this libav knows no abacus" in told[0]


def test_a_stream_that_never_lets_the_camera_rest_is_told_once(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stream, packets = film((None,) * 103)
    rare = [replace(one, is_keyframe=n % 30 == 0) for n, one in enumerate(packets)]
    bench.run([stream, *rare], has_detector=False)
    told = [line for line in caplog.messages if "decoded whole" in line]
    assert len(told) == 1
    assert "yard is decoded whole even when nothing stirs: its keyframes are 6.0 s" in told[0]


def test_frames_that_waited_too_long_are_skipped_and_counted(bench: Bench) -> None:
    stream, packets = film(tuple(QUIET))
    bench.monotonic = TOO_LATE_S + 1.1  # the packets of the first second are late by now
    bench.run([stream, *packets], has_detector=False)
    late = sum(packet.arrival_monotonic < 1.1 for packet in packets)
    assert bench.ring.sequence == len(packets) - late
    now = bench.monotonic
    assert bench.analysis.rates.received.per_second(now) > bench.analysis.rates.analysed.per_second(
        now
    )
    assert bench.analysis.rates.skipped.per_second(now) > 0


def test_what_was_left_out_counts_as_skipped_and_the_next_keyframe_is_seen_however_late(
    bench: Bench,
) -> None:
    bench.queue = PacketQueue(1 << 24, is_for_now=True)
    bench.analysis = Analysis(bench.config, bench.queue, bench.tools)
    bench.monotonic = 100.0
    bench.run(items(QUIET), has_detector=False)
    assert bench.ring.sequence == 1
    assert bench.newest().frame_time == pytest.approx(START + 10 / FPS)
    rates, now = bench.analysis.rates, bench.monotonic
    counts = [rate.per_second(now) for rate in (rates.received, rates.analysed, rates.skipped)]
    assert counts == [2.0, 0.1, 1.9]


def test_decoding_begins_at_a_keyframe_after_every_break(bench: Bench) -> None:
    stream, packets = film(tuple(QUIET))
    over = StreamOver(GapReason.OVERLOAD)
    bench.run([stream, *packets[3:15], over, *packets[16:]], has_detector=False)
    assert bench.ring.sequence == 5  # frames 10 to 14; after the break no keyframe came


def test_a_stream_that_nobody_can_decode_leaves_the_camera_recording(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    stream, packets = film(tuple(QUIET))
    strange = replace(stream, video=replace(stream.video, codec="nonsense"))
    bench.run([strange, *packets], has_detector=False)
    assert bench.ring.sequence == 0
    assert "camera yard is not analysed: no decoder for nonsense" in caplog.text


def test_segments_are_summed_up_when_their_frames_were_analysed(bench: Bench) -> None:
    begin = make_segment(0, start_time=START, end_time=START + 8)
    beyond = make_segment(1, start_time=START + 8, end_time=START + 1000)
    bench.analysis.segment_closed(begin)
    bench.analysis.segment_closed(beyond)
    bench.run(items(VISIT))
    (report,) = (h for h in bench.told if isinstance(h, SegmentAnalysed))
    assert report.segment_id == begin.id
    assert report.motion > 0
    assert report.objects > 0


STANDS: list[Box | None] = [square(300)] * 70


def asked(number: int) -> ResidentsAsked:
    return ResidentsAsked(number, "yard")


def test_what_stands_about_is_told_and_forgotten_by_wish(bench: Bench) -> None:
    def notice(happening: object) -> None:
        bench.told.append(happening)
        if isinstance(happening, TimelineNoted) and happening.entry.moment is Moment.STATIONARY:
            for wish in (asked(1), ForgetResidents(2, "yard", None), asked(3)):
                bench.analysis.wish(wish)

    bench.notice = notice
    bench.run(items(STANDS))
    answers = {h.request: h.residents for h in bench.told if isinstance(h, ResidentsAnswer)}
    assert [one.label for one in answers[1]] == ["person"]
    assert answers[2] == answers[1]
    assert answers[3] == ()


def test_an_analysis_that_starts_again_knows_what_stood_there(bench: Bench) -> None:
    bench.run(items(STANDS))
    (stored,) = ResidentFile(bench.folder / "yard.json", lambda: 0.0).read(WIDTH, HEIGHT)
    again = Bench(bench.ends, bench.folder)

    def notice(happening: object) -> None:
        again.told.append(happening)
        if isinstance(happening, SceneChanged):
            again.analysis.wish(asked(1))

    again.notice = notice
    again.run(items(QUIET))
    answers = [h.residents for h in again.told if isinstance(h, ResidentsAnswer)]
    assert [one.id for one in answers[0]] == [stored.id]
