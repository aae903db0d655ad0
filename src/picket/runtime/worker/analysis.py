"""The analysis thread of one camera: packets in, frames for viewers and records of events out."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from picket.capture.decoder import FrameRate, detect_size, plain_luma, scale_into
from picket.capture.on_demand import OnDemand, Shot
from picket.capture.queue import PacketQueue, Skipped, StreamOver
from picket.config.camera import CameraConfig
from picket.config.hardware import detect_hardware
from picket.domain.errors import MediaError
from picket.domain.frame import Frame
from picket.domain.overlay import LastActivity
from picket.domain.region_grid import RegionGrid
from picket.domain.segment import Segment
from picket.domain.stream import MediaKind, Packet, StreamInfo
from picket.domain.suppression import Suppression
from picket.events.best_pictures import LabelBest, find_better
from picket.events.best_shot import BestShot
from picket.events.counts import best_shot
from picket.ipc.changes import DeleteEvent, SetSubLabel
from picket.ipc.messages import (
    CameraTurned,
    ForgetResidents,
    ResidentsAnswer,
    ResidentsAsked,
    SegmentAnalysed,
    SizesLearned,
    SuppressionsChanged,
    TargetsSeen,
)
from picket.pipeline.activity import note_activity
from picket.pipeline.camera import FrameResult, delete_event, end_all, end_event, step
from picket.pipeline.memory import (
    CameraMemory,
    forget_residents,
    set_sub_label,
    start_memory,
    turn_away,
)
from picket.pipeline.quiet import glance, is_still, pass_over, stirs
from picket.pipeline.residents import residents, show_residents
from picket.pipeline.rules import (
    CameraRules,
    DetectorInUse,
    compile_rules,
    with_suppressions,
)
from picket.pipeline.scene import SceneMemory, watch_scene
from picket.pipeline.tally import ActivityTally, Sample, add_frame, add_segment, miss_frames
from picket.pipeline.targets import glance_at
from picket.runtime.detecting.camera_looks import CameraLooks
from picket.runtime.worker.analysis_tools import AnalysisTools
from picket.runtime.worker.rates import AnalysisRates

logger = logging.getLogger(__name__)

Change = SetSubLabel | DeleteEvent | SuppressionsChanged | SizesLearned | CameraTurned
"""What others changed, which may be about this camera."""
Question = ResidentsAsked | ForgetResidents
"""What a client wants to know of what stands about here."""

TOO_LATE_S = 2.0  # frames are decoded but not analysed while packets wait longer to be taken
WATCHED_S = 3.0  # a viewer who asked so recently sees every frame
UNSEEN_S = 1.0
"""Where nothing stirs, so old may the picture be that the first gets who wants to see it; whoever
goes on looking sees every frame."""
REST_LINGER_S = 0.25  # at rest sizes of packets are all that is looked at


class Analysis:
    """Decodes one camera's detect stream and steps the pipeline."""

    def __init__(
        self,
        config: CameraConfig,
        queue: PacketQueue,
        tools: AnalysisTools,
        *,
        has_broker: bool = False,
    ) -> None:
        self._config = config
        self._has_broker = has_broker  # only then are pictures of labels wanted
        self._queue = queue
        self._tools = tools
        self._looks = CameraLooks(tools.detectors.detect, tools.monotonic)
        self._decoding: OnDemand | None = None
        self._arrival_monotonic = 0.0  # of the packet that was taken last
        self._awaits_keyframe = True
        self._told: set[str] = set()
        self._is_fresh = False  # nothing was analysed since packets were left out
        self._is_wanted = True  # each frame: somebody watches, or the user says so
        self._stirs = True  # as of the last frame
        self._shown_time = float("-inf")  # frame time of what is in the ring
        self._rate = FrameRate(config.detect.fps)
        self._rules: CameraRules | None = None
        self._is_outdated = False  # the rules: they were compiled from another configuration
        self._model: object = None
        self._memory = CameraMemory()
        self._tally = ActivityTally()
        self._activity = LastActivity()
        self._scene = SceneMemory()
        self._bests: Mapping[str, LabelBest] = {}
        self._closed: deque[Segment] = deque(maxlen=64)
        self._grid = RegionGrid()
        self._suppressions: tuple[Suppression, ...] = ()
        self._wishes: deque[Change | Question | CameraConfig] = deque()
        self.rates = AnalysisRates(tools.monotonic())
        self.size = (0, 0)  # pixels of the analysed frames, once known
        self.is_blind = False

    def run(self) -> None:
        """Until the queue is closed and empty; then every event is ended."""
        while not self._queue.is_finished:
            item = self._queue.get(timeout_s=1.0)
            if isinstance(item, StreamInfo):
                self._start_stream(item)
            elif isinstance(item, StreamOver):
                self._awaits_keyframe = True
            elif isinstance(item, Skipped):
                self._skip(item)
            elif isinstance(item, Packet) and item.kind is MediaKind.VIDEO:
                self._decode(item)
            self._grant_wishes()
        self._finish_stream()
        self._end_events()

    def is_still(self, shot: Shot) -> bool:
        """See picket.capture.on_demand.Onlooker; nobody sees the frame yet."""
        return is_still(self._memory, self._scaled(shot), self._current_rules())

    def see(self, shot: Shot) -> bool:
        """See picket.capture.on_demand.Onlooker."""
        now = self._tools.monotonic()
        self.rates.received.add(now)
        if now - self._arrival_monotonic > TOO_LATE_S and not self._is_fresh:
            self.rates.skipped.add(now)
            self._tally = miss_frames(self._tally)
            return True
        self._is_fresh = False
        self._stirs = not self._glance(shot) and self._analyse(self._scaled(shot))
        return self._stirs

    def pass_over(self, frame_times: Sequence[float]) -> None:
        """See picket.capture.on_demand.Onlooker; for clients, these frames are dealt with."""
        now = self._tools.monotonic()
        self.rates.received.add(now, len(frame_times))
        self.rates.analysed.add(now, len(frame_times))
        self._memory = pass_over(self._memory, len(frame_times), self._current_rules())

    def segment_closed(self, segment: Segment) -> None:
        """The recorder closed a file; any thread may call it."""
        self._closed.append(segment)

    def wish(self, wish: Change | Question) -> None:
        """Something changed that may be about this camera; any thread may call it."""
        self._wishes.append(wish)

    def adopt(self, config: CameraConfig) -> None:
        """Go on by a changed configuration; any thread may call it."""
        self._wishes.append(config)

    def shot_of(self, event_id: str) -> tuple[str, BestShot] | None:
        """Label and best shot of a running event; any thread may call it."""
        events = self._memory.events
        shot = best_shot(events, event_id)
        return (events.objects[event_id].track.label, shot) if shot is not None else None

    def _start_stream(self, stream: StreamInfo) -> None:
        self._awaits_keyframe = True
        self._finish_stream()
        detect = self._config.detect
        try:
            self._decoding = OnDemand(stream.video, self._rate, self, detect_hardware(self._config))
            size = detect_size(stream.video, detect.width, detect.height)
        except MediaError as error:
            self._decoding = None
            logger.error("camera %s is not analysed: %s", self._config.name, error)  # noqa: TRY400
            return
        if size != self.size:
            self._end_events()
            self._memory = start_memory(self._tools.residents.read(*size))
            self._bests = {}
            self._rules, self.size = None, size

    def _finish_stream(self) -> None:
        if self._decoding is not None:
            self._decoding.finish()

    def _decode(self, packet: Packet) -> None:
        if self._decoding is None or (self._awaits_keyframe and not packet.is_keyframe):
            return
        self._awaits_keyframe = False
        self._arrival_monotonic = packet.arrival_monotonic
        asked_s = self._tools.monotonic() - self._tools.ring.asked_monotonic
        self._is_wanted = asked_s < WATCHED_S or self._config.detect.decode == "all"
        self._decoding.take(packet, is_wanted=self._is_wanted)
        self._queue.linger_s = REST_LINGER_S if self._decoding.is_resting else 0.0
        if packet.is_keyframe:
            self._tell_costs(self._decoding)

    def _tell_costs(self, decoding: OnDemand) -> None:
        """What makes decoding dearer than was asked for, each thing once."""
        name, why = self._config.name, decoding.hardware_problem
        if why and "hardware" not in self._told:
            self._told.add("hardware")
            logger.warning("camera %s: its `hwaccel_args` have no effect: %s", name, why)
        why = decoding.obstacle if self._config.detect.decode == "auto" else ""
        if why and "rest" not in self._told:
            self._told.add("rest")
            logger.info("camera %s is decoded whole even when nothing stirs: %s", name, why)

    def _skip(self, skipped: Skipped) -> None:
        """However late the next keyframe is: there is no newer one."""
        if self._decoding is None:
            return
        due, now = self._decoding.skip(skipped.wall_times), self._tools.monotonic()
        self.rates.received.add(now, due)
        self.rates.skipped.add(now, due)
        self._tally = miss_frames(self._tally)
        self._is_fresh = True

    def _scaled(self, shot: Shot) -> Frame:
        """In the place of the ring where the next frame is published."""
        yuv = self._tools.ring.begin(*self.size)
        scale_into(shot.picture, yuv)
        return Frame(shot.frame_time, yuv)

    def _glance(self, shot: Shot) -> bool:
        """Whether nothing is to be seen, nor anybody there to see it: then nothing is copied."""
        is_new = 0 <= shot.frame_time - self._shown_time < UNSEEN_S
        if self._stirs or self._is_wanted or not is_new:
            return False
        luma, rules = plain_luma(shot.picture, *self.size), self._current_rules()
        found = None if luma is None else glance(self._memory, luma, shot.frame_time, rules)
        if found is None:
            return False
        self._memory, result = found
        self._account(result, rules)
        return True

    def _analyse(self, frame: Frame) -> bool:
        """Whether something stirs."""
        rules = self._current_rules()
        self._looks.begin(self._arrival_monotonic, 1 / self._config.detect.fps)
        self._memory, result = step(self._memory, frame, self._looks, rules, self._tools.draws)
        self._activity = note_activity(self._activity, result.notes)
        notes = replace(result.notes, activity=self._activity)
        self._tools.ring.publish(frame.frame_time, notes)
        self._shown_time = frame.frame_time
        if result.regions_examined or not result.shed:  # else nobody knows more than before
            self.is_blind = result.is_blind
        for happening in result.happenings:
            self._tools.tell(happening)
        self._show_targets(result, rules)
        self._tools.residents.keep(residents(self._memory.residents), *self.size)
        self._account(result, rules)
        return stirs(self._memory, result, rules)

    def _account(self, result: FrameResult, rules: CameraRules) -> None:
        """Count and tell what there is to tell of each frame."""
        self._count(result)
        self._show_scene(result, rules)
        self._add_up(result)

    def _count(self, result: FrameResult) -> None:
        now = self._tools.monotonic()
        self.rates.analysed.add(now)
        self.rates.regions.add(now, result.regions_examined)
        self.rates.shed.add(now, len(result.shed))
        self.rates.made_by_urgency.update(result.made)
        self.rates.shed_by_urgency.update(result.shed)

    def _current_rules(self) -> CameraRules:
        """Compiled anew when the configuration changed, or a detector has said what it runs."""
        link = self._tools.detectors.in_use
        model = link.model if link else None
        if self._rules is None or self._is_outdated or model is not self._model:
            self._model, self._is_outdated = model, False
            in_use = DetectorInUse(link.type, model) if link and model else None
            rules = compile_rules(self._config, *self.size, in_use, self._grid)
            self._rules = with_suppressions(rules, self._suppressions)
        return self._rules

    def _show_scene(self, result: FrameResult, rules: CameraRules) -> None:
        """After what happened: clients hear of an object and see it before they count it."""
        if self._has_broker and self._config.mqtt.enabled:
            self._show_pictures(result.notes.frame_time, rules)
        self._scene, scene = watch_scene(
            self._scene,
            result.notes,
            self._memory.events,
            rules.events,
            self._config.motion.mqtt_off_delay,
        )
        if scene is not None:
            self._tools.tell(scene)

    def _show_targets(self, result: FrameResult, rules: CameraRules) -> None:
        """As they are before anybody is told of the next frame, and without waiting for a turn."""
        glance = glance_at(self._memory, result.notes, rules)
        if glance is not None:
            self._tools.tell(TargetsSeen(self._config.name, glance))

    def _show_pictures(self, now: float, rules: CameraRules) -> None:
        events = self._memory.events
        self._bests, better = find_better(self._bests, events, rules.events, now)
        for picture in better:
            self._tools.tell(picture)

    def _grant_wishes(self) -> None:
        """On the thread that owns the memory, within a second even when the camera is silent.

        Before its first picture a camera cannot tell what stands about: that goes unanswered.
        """
        while self._wishes:
            wish = self._wishes.popleft()
            if isinstance(wish, CameraConfig):
                self._config, self._is_outdated = wish, True
            elif not isinstance(wish, Question):
                self._change(wish)
            elif self._rules is not None:
                self._answer(wish)

    def _change(self, change: Change) -> None:
        match change:
            case SetSubLabel(event_id, sub_label, score):
                self._memory = set_sub_label(self._memory, event_id, sub_label, score)
            case DeleteEvent(event_id):
                self._memory, happenings = delete_event(self._memory, event_id)
                for happening in happenings:
                    self._tools.tell(happening)
            case SuppressionsChanged(suppressions):
                self._suppress(suppressions)
            case SizesLearned(camera, grid) if camera == self._config.name:
                self._grid, self._is_outdated = grid, True
            case CameraTurned(_, is_home):
                self._memory = turn_away(self._memory, is_home=is_home)

    def _answer(self, question: Question) -> None:
        """What stands about, or what of it was forgotten."""
        known = show_residents(self._memory.residents, *self.size)
        if isinstance(question, ForgetResidents):
            known = tuple(one for one in known if question.resident_id in (None, one.id))
            self._memory = forget_residents(self._memory, question.resident_id)
            self._keep_residents()
        self._tools.tell(ResidentsAnswer(question.request, known))

    def _suppress(self, suppressions: tuple[Suppression, ...]) -> None:
        """Leave these untold from now on, and end the running events that gave rise to them."""
        self._suppressions, self._is_outdated = suppressions, True
        if self._rules is None:
            return
        for one in suppressions:
            self._memory, happenings = end_event(
                self._memory, one.id, self._tools.wall(), self._rules
            )
            for happening in happenings:
                self._tools.tell(happening)

    def _keep_residents(self) -> None:
        known = residents(self._memory.residents)
        self._tools.residents.keep(known, *self.size, is_last=True)

    def _add_up(self, result: FrameResult) -> None:
        reports: list[SegmentAnalysed] = []
        while self._closed:
            segment = self._closed.popleft()
            self._tally, done = add_segment(self._tally, segment.id, segment.span)
            reports += done
        sample = Sample(result.notes.frame_time, result.motion_px, result.active_objects)
        self._tally, done = add_frame(self._tally, sample)
        for report in (*reports, *done):
            self._tools.tell(report)

    def _end_events(self) -> None:
        if self._rules is None:
            return
        self._memory, happenings = end_all(self._memory, self._tools.wall(), self._rules)
        self._keep_residents()
        for happening in happenings:
            self._tools.tell(happening)
