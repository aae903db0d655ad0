"""What was found in an analysed frame, for who draws it himself."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from picket.domain.geometry import Box, RelativeBox
from picket.domain.overlay import AttributeBox, FrameNotes, ObjectView

DIGITS = 4
"""Of a share: less than half a pixel of a 4K picture."""


Size = tuple[int, int]
"""Width and height of the frame, pixels."""


class AttributeOut(BaseModel):
    """A part of an object, such as a face."""

    label: str
    score: float
    box: RelativeBox

    @classmethod
    def of(cls, part: AttributeBox, size: Size) -> Self:
        """Of one that was found."""
        return cls(label=part.label, score=round(part.score, 2), box=_shares(part.box, size))


class OverlayObject(BaseModel):
    """A tracked object in one frame."""

    id: str  # of its event, if it becomes one
    label: str
    sub_label: str | None
    score: float  # of its last detection, 0..1
    box: RelativeBox  # where it is, else where it should be, else where it was last
    is_seen: bool  # in this very frame
    stationary: bool
    current_zones: list[str]  # that it is in
    attributes: list[AttributeOut]

    @classmethod
    def of(cls, found: ObjectView, size: Size) -> Self:
        """Of one that the frame's notes tell of."""
        return cls(
            id=found.id,
            label=found.label,
            sub_label=found.sub_label[0] if found.sub_label else None,
            score=round(found.score, 2),
            box=_shares(found.place or found.box, size),
            is_seen=found.is_seen,
            stationary=found.stationary,
            current_zones=list(found.current_zones),
            attributes=[AttributeOut.of(part, size) for part in found.current_attributes],
        )


class OverlayOut(BaseModel):
    """One message of `/live/overlays/<camera>`."""

    time: float  # of the frame, Unix seconds by the camera's clock
    objects: list[OverlayObject]
    motion: list[RelativeBox]
    regions: list[RelativeBox]  # where was looked for objects

    @classmethod
    def of(cls, notes: FrameNotes, size: Size) -> Self:
        """Of what was found in a frame of this size."""
        return cls(
            time=notes.frame_time,
            objects=[OverlayObject.of(found, size) for found in notes.objects],
            motion=[_shares(box, size) for box in notes.motion],
            regions=[_shares(box, size) for box in notes.regions],
        )


def _shares(box: Box, size: Size) -> RelativeBox:
    x, y, width, height = (round(share, DIGITS) for share in box.relative(*size))
    return x, y, width, height
