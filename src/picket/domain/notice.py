"""Notifications: what is told, whom it reaches, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class When(StrEnum):
    """What a notification is about; the words of a rule's `when`."""

    BEGIN = "begin"
    BETTER = "better"
    END = "end"
    CAMERA_OFFLINE = "camera_offline"
    DETECTOR_BLIND = "detector_blind"
    DISK_FULL = "disk_full"


@dataclass(frozen=True, slots=True)
class Subject:
    """What there is to tell of: an event, or trouble that lasts."""

    when: When
    id: str  # of the event, or of the trouble, such as `camera_offline:front`
    time: float  # of the frame, or since when, Unix seconds
    camera: str = ""  # "" where it is about the whole program
    label: str = ""
    sub_label: str = ""
    zones: tuple[str, ...] = ()  # entered so far
    score: float = 0.0  # highest median so far, 0..1
    start_time: float = 0.0  # Unix seconds
    end_time: float | None = None
    has_picture: bool = False
    has_clip: bool = False
    detail: str = ""  # why, in trouble; credentials masked


@dataclass(frozen=True, slots=True)
class Clock:
    """The instants through which a notification went, Unix seconds; 0.0 where there was none."""

    frame: float = 0.0  # the frame was taken
    believed: float = 0.0  # its worker had decided
    heard: float = 0.0  # the server was told
    judged: float = 0.0  # a rule had chosen it
    sent: float = 0.0  # it was safe on the disk, and the attempt began that succeeded
    acknowledged: float = 0.0  # the receiver had taken it


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification to one channel, ready to be sent and sent again."""

    key: str  # the same at each attempt: a receiver may drop what it knows
    channel: str
    rule: str
    title: str
    message: str
    fields: Mapping[str, str | float | None]  # what templates may use, without the picture
    picture: str  # "none", "link" or "inline"
    subject: Subject
    expires_time: float  # Unix seconds
    clock: Clock = field(default_factory=Clock)
    target: str = ""  # which browser, of a channel that has many


class Fate(StrEnum):
    """What became of a notification."""

    DELIVERED = "delivered"
    REFUSED = "refused"  # the receiver will never take it
    EXPIRED = "expired"  # nobody took it in time
    DISPLACED = "displaced"  # too many waited behind a receiver that is away
    PASSED_ON = "passed_on"  # to each browser: those have fates of their own


@dataclass(frozen=True, slots=True)
class Delivery:
    """The end of a notification."""

    notice: Notice
    fate: Fate
    time: float  # Unix seconds
    attempts: int
    answer: str  # what the receiver said, or why it could not be asked; credentials masked


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a test went."""

    is_taken: bool
    answer: str  # what the receiver said, or why it could not be asked; credentials masked
    duration_s: float


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How a channel is doing."""

    waiting: int = 0
    failures: int = 0  # in a row
    problem: str = ""  # of the last attempt; "" after a success


@dataclass(frozen=True, slots=True)
class PushSubscription:
    """A browser that wants to be told."""

    endpoint: str  # where its push service takes messages; whoever knows it can send
    p256dh: str  # its public key, Base64url
    auth: str  # its authentication secret, Base64url
    created_time: float  # Unix seconds
    name: str = ""  # words of the user, to know the device again

    @property
    def id(self) -> str:
        """Short, and of no use to who wants to send."""
        return hashlib.sha256(self.endpoint.encode()).hexdigest()[:16]
