"""Changes of events: bodies and answers."""

from __future__ import annotations

from pydantic import BaseModel, Field

from picket.api.queries import Question
from picket.ipc.changes import SetSubLabel

SUB_LABEL_MAX = 100


class Done(BaseModel):
    """What was asked for is done; both keys are always there, because clients insist on them."""

    success: bool = True
    message: str


class SubLabelIn(Question):
    """Body of POST /api/events/<id>/sub_label; nothing, null and empty text clear."""

    sub_label: str | None = Field(None, alias="subLabel", max_length=SUB_LABEL_MAX)
    """The name; several are joined by commas. Nothing takes it away."""
    score: float | None = Field(None, alias="subLabelScore", ge=0, le=1)
    """How sure; 0 is none."""

    def to_command(self, event_id: str) -> SetSubLabel:
        """In the keeper's words; 0 is the score of those who have none, as clients send it."""
        if not self.sub_label:
            return SetSubLabel(event_id, None, None)
        return SetSubLabel(event_id, self.sub_label, self.score or None)


class SubmitIn(Question):
    """Body of POST /api/events/<id>/plus."""

    include_annotation: bool | None = None
    """Say too where the object is."""


class SubmittedOut(Done):
    """The labelling service has the picture."""

    plus_id: str


class EndIn(Question):
    """Body of PUT /api/events/<id>/end."""

    end_time: float | None = Field(None, ge=0, le=1e11)
    """Unix seconds; now if left out."""
