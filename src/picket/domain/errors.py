"""Every error that Picket raises on purpose.

PicketError
├── ConfigError        the user's file is wrong; the message says where and how to mend it
├── ModelError         a detection model cannot be used; the message says what to configure instead
├── InvalidRequest     a client asked for something that cannot be answered as asked
├── NotFound           no such camera, event, recording or file
├── SubmissionFailed   the labelling service did not take what was sent; the message says why
├── StoreError         the database is newer than this program, or cannot be used
│   └── StoreDamaged       its file is torn or overwritten; a restart mends it
├── MediaError         a stream or a file is not what its headers say
└── Unavailable        true now, may heal: camera offline, disk full, detector busy
    ├── StreamEnded        the camera closed the connection, or a file came to its end
    ├── StreamStalled      connected, but nothing arrived for the allowed time
    ├── ClockJumped        the time of the camera or of this machine made a step
    └── FrameOverwritten   the ring came round before the frame was read
"""


class PicketError(Exception):
    """Base of everything raised on purpose; the message is meant for the user."""


class ConfigError(PicketError):
    """The user's configuration file is wrong."""


class ModelError(PicketError):
    """A detection model is missing, damaged or of another shape than configured."""


class InvalidRequest(PicketError):
    """A request has a value that cannot be answered."""


class NotFound(PicketError):
    """What was asked for does not exist."""


class SubmissionFailed(PicketError):
    """The labelling service refused something, or could not be asked."""


class StoreError(PicketError):
    """The database cannot be used as it is."""


class StoreDamaged(StoreError):
    """The database's file is not what was written."""


class MediaError(PicketError):
    """A stream or file breaks its format."""


class Unavailable(PicketError):
    """True now, may heal without the user."""


class StreamEnded(Unavailable):
    """The source has no more packets."""


class StreamStalled(Unavailable):
    """The source is connected but silent."""


class ClockJumped(Unavailable):
    """Time made a step, so what follows belongs to a new session."""


class FrameOverwritten(Unavailable):
    """The writer of a frame ring came round before the reader was done."""
