"""When something stirred last, so that who comes to look later knows; pure."""

from __future__ import annotations

from picket.domain.overlay import FrameNotes, LastActivity


def note_activity(before: LastActivity, notes: FrameNotes) -> LastActivity:
    """One more frame; nothing was after it, should its clock have been set back."""
    now = notes.frame_time
    moves = any(not one.stationary for one in notes.objects)
    return LastActivity(
        motion_time=now if notes.motion else min(before.motion_time, now),
        object_time=now if moves else min(before.object_time, now),
    )
