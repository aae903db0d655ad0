"""Whatever a detector says, identities are unique, counted and never revived."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.track.rules import TrackRules
from picket.track.tracker import TrackState, step_tracks

RULES = TrackRules(min_initialized=1.5, max_disappeared=4, stationary_threshold=3, max_frames=5)
REGION = Box(0, 0, 320, 320)
detections = st.builds(
    lambda label, x, y, w, h: Detection(label, 0.8, Box(x, y, x + w, y + h), REGION),
    st.sampled_from(["person", "dog"]),
    st.integers(0, 300),
    st.integers(0, 200),
    st.integers(1, 80),
    st.integers(1, 80),
)


@given(frames=st.lists(st.lists(detections, max_size=4), max_size=25))
def test_every_track_is_registered_once_lives_and_is_lost_once(
    frames: list[list[Detection]],
) -> None:
    state, calls = TrackState(), 0

    def draws() -> tuple[int, ...]:
        nonlocal calls
        calls += 1
        return (calls // 36 % 36, calls % 36, 0, 0, 0, 0)

    ever, alive, gone = set[str](), set[str](), set[str]()
    for number, frame in enumerate(frames):
        state, tracking = step_tracks(state, frame, float(number), RULES, draws)
        now, lost = {t.id for t in tracking.tracks}, {t.id for t in tracking.lost}
        assert len(now) == len(tracking.tracks)
        assert lost == alive - now
        assert not now & (gone | lost)
        assert set(tracking.first_scores) == now - alive
        assert sum(track.is_seen for track in tracking.tracks) <= len(frame)
        assert len(state.estimates) == len(state.followed)
        ever, alive, gone = ever | now, now, gone | lost
    assert len(ever) == calls
