"""Whatever a detector says, identities are unique, counted and never revived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.rivals import family_of
from picket.domain.track import Track
from picket.track.hiding import LONGEST_FRAMES, is_hidden
from picket.track.rules import TrackRules
from picket.track.tracker import Hints, Tracking, TrackState, living_tracks, step_tracks

RULES = TrackRules(min_initialized=1.5, max_disappeared=4, stationary_threshold=3, max_frames=5)
REGION = Box(0, 0, 320, 320)
LABELS = ["person", "dog", "cat", "car"]
detections = st.builds(
    lambda label, x, y, w, h, score: Detection(label, score, Box(x, y, x + w, y + h), REGION),
    st.sampled_from(LABELS),
    st.integers(0, 300),
    st.integers(0, 200),
    st.integers(1, 80),
    st.integers(1, 80),
    st.floats(0.5, 1.0),
)


@dataclass(frozen=True)
class Shown:
    """One frame: what is sure, what is doubtful, and the time since the frame before."""

    sure: Sequence[Detection]
    doubtful: Sequence[Detection]
    step_s: float


shown = st.builds(
    Shown,
    st.lists(detections, max_size=4),
    st.lists(detections, max_size=2),
    st.sampled_from([0.2, 0.25, 1.0, 30.0, 0.0, -5.0]),
)


@dataclass
class Tracker:
    """A tracker with a clock and draws of its own."""

    state: TrackState = field(default_factory=TrackState)
    time: float = 1000.0
    calls: int = 0

    def draws(self) -> tuple[int, ...]:
        self.calls += 1
        return (self.calls // 36 % 36, self.calls % 36, 0, 0, 0, 0)

    def see(self, frame: Shown) -> Tracking:
        self.time += frame.step_s
        self.state, tracking = step_tracks(
            self.state, frame.sure, self.time, RULES, self.draws, Hints(frame.doubtful)
        )
        return tracking


@given(frames=st.lists(shown, max_size=25))
def test_every_track_is_registered_once_lives_and_is_lost_once(frames: list[Shown]) -> None:
    tracker = Tracker()
    ever, alive, gone = set[str](), set[str](), set[str]()
    for frame in frames:
        tracking = tracker.see(frame)
        now, lost = {t.id for t in tracking.tracks}, {t.id for t in tracking.lost}
        assert len(now) == len(tracking.tracks)
        assert lost == alive - now
        assert not now & (gone | lost)
        assert set(tracking.first_scores) == now - alive
        assert len(tracker.state.estimates) == len(tracker.state.followed)
        ever, alive, gone = ever | now, now, gone | lost
    assert len(ever) == tracker.calls


@given(frames=st.lists(shown, max_size=25))
def test_every_detection_is_used_once_and_for_its_own_kind(frames: list[Shown]) -> None:
    tracker = Tracker()
    for frame in frames:
        seen = [track for track in tracker.see(frame).tracks if track.is_seen]
        used = Counter((family_of(t.label), t.detection.box) for t in seen)
        given_away = Counter((family_of(d.label), d.box) for d in (*frame.sure, *frame.doubtful))
        assert used <= given_away
        sure = sum(track.unsure_count == 0 for track in seen)
        assert sure <= len(frame.sure)


@given(frames=st.lists(shown, max_size=25))
def test_a_track_keeps_its_name_and_its_beginning(frames: list[Shown]) -> None:
    tracker = Tracker()
    born: dict[str, tuple[str, float]] = {}
    for frame in frames:
        for track in tracker.see(frame).tracks:
            assert born.setdefault(track.id, (track.label, track.start_time)) == (
                track.label,
                track.start_time,
            )
            assert track.detection.label == track.label


@given(frames=st.lists(shown, max_size=25))
def test_nothing_lives_on_without_a_sure_sighting(frames: list[Shown]) -> None:
    tracker = Tracker()
    for frame in frames:
        tracking = tracker.see(frame)
        assert all(t.unsure_count <= RULES.max_disappeared for t in tracking.tracks)
        assert all(t.unsure_count == 0 or not t.is_seen or frame.doubtful for t in tracking.tracks)


@st.composite
def apart(draw: st.DrawFn) -> list[Detection]:
    """Things of one frame in columns of their own, so that no two are equally near a third."""
    count = draw(st.integers(0, 4))
    return [
        Detection(
            draw(st.sampled_from(LABELS)),
            0.8,
            Box(1000 * n + draw(st.integers(0, 30)), 100, 1000 * n + 100, 200),
            REGION,
        )
        for n in range(count)
    ]


@given(frames=st.lists(shown, max_size=25))
def test_only_what_is_unseen_is_hidden_and_behind_what_is_seen(frames: list[Shown]) -> None:
    tracker = Tracker()
    for frame in frames:
        tracking = tracker.see(frame)
        seen = [track.detection.box for track in tracking.tracks if track.is_seen]
        for track in tracking.tracks:
            if track.hidden_box is not None:
                assert not track.is_seen
                assert track.unsure_count <= LONGEST_FRAMES
                assert any(is_hidden(track.hidden_box, box) for box in seen)


@given(frames=st.lists(apart(), max_size=12), chance=st.randoms(use_true_random=False))
def test_the_order_of_detections_does_not_matter(
    frames: list[list[Detection]], chance: object
) -> None:
    straight, shuffled = Tracker(), Tracker()
    for frame in frames:
        mixed = list(frame)
        chance.shuffle(mixed)  # type: ignore[attr-defined]
        straight.see(Shown(frame, (), 0.2))
        shuffled.see(Shown(mixed, (), 0.2))
        assert _known(straight) == _known(shuffled)


def _known(tracker: Tracker) -> Counter[tuple[str, float, Box, bool, int]]:
    return Counter(map(_essence, living_tracks(tracker.state)))


def _essence(track: Track) -> tuple[str, float, Box, bool, int]:
    return track.label, track.start_time, track.detection.box, track.is_seen, track.motionless_count
