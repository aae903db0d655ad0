"""What clients may ask to be changed, and the answer: messages between server and keeper.

Deleting and naming reach the cameras too, where the object may be running. Frozen, plain values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from picket.domain.event import Event
from picket.domain.export import Export
from picket.domain.notice import PushSubscription
from picket.domain.suppression import Suppression


@dataclass(frozen=True, slots=True)
class DeleteEvent:
    """Delete an event's row, timeline and files."""

    event_id: str


@dataclass(frozen=True, slots=True)
class RetainEvent:
    """Protect an event from retention, or stop doing so."""

    event_id: str
    retain: bool


@dataclass(frozen=True, slots=True)
class SetSubLabel:
    """Name an object; None clears."""

    event_id: str
    sub_label: str | None
    score: float | None


@dataclass(frozen=True, slots=True)
class CreateEvent:
    """Write down a manual event, whose pictures are on the disk already."""

    event: Event


@dataclass(frozen=True, slots=True)
class EndEvent:
    """Set when an event ended, Unix seconds."""

    event_id: str
    end_time: float


@dataclass(frozen=True, slots=True)
class SetPlusId:
    """Note under which id the labelling service has an event's picture."""

    event_id: str
    plus_id: str


@dataclass(frozen=True, slots=True)
class MarkFalsePositive:
    """Note that an event was no such object."""

    event_id: str


@dataclass(frozen=True, slots=True)
class Suppress:
    """Mark an event as false, and tell no more of what looks like it at its place."""

    suppression: Suppression


@dataclass(frozen=True, slots=True)
class LiftSuppression:
    """Tell of it again, and take back the mark that it made."""

    suppression_id: str


SuppressionCommand = Suppress | LiftSuppression


@dataclass(frozen=True, slots=True)
class CreateExport:
    """Write an export; another name is found when the wished one is taken."""

    export: Export


@dataclass(frozen=True, slots=True)
class RenameExport:
    """Give an export another file name."""

    wanted: str  # its id or file name
    name: str


@dataclass(frozen=True, slots=True)
class DeleteExport:
    """Delete an export, or stop it while it is still to come."""

    wanted: str  # its id or file name
    asked_time: float  # Unix seconds


ExportCommand = CreateExport | RenameExport | DeleteExport


@dataclass(frozen=True, slots=True)
class SubscribeBrowser:
    """Tell a browser from now on; the same one again takes over its keys."""

    subscription: PushSubscription


@dataclass(frozen=True, slots=True)
class UnsubscribeBrowser:
    """Tell it no more."""

    endpoint: str


SubscriptionCommand = SubscribeBrowser | UnsubscribeBrowser

Command = (
    DeleteEvent
    | RetainEvent
    | SetSubLabel
    | CreateEvent
    | EndEvent
    | SetPlusId
    | MarkFalsePositive
    | SuppressionCommand
    | ExportCommand
    | SubscriptionCommand
)
"""What a client may ask the keeper for."""


@dataclass(frozen=True, slots=True)
class StoreCommand:
    """A change that a client asked for."""

    request: int
    command: Command


class Refusal(StrEnum):
    """Why a change was not made."""

    MISSING = "missing"  # what it is about does not exist
    INVALID = "invalid"  # it cannot be made as it was asked for
    UNAVAILABLE = "unavailable"  # not now


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """The change is committed, or the reason why not ("" when it is)."""

    request: int
    error: str = ""
    refusal: Refusal = Refusal.MISSING
