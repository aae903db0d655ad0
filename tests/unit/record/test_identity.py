import pytest

from picket.domain.errors import MediaError
from picket.record.identity import IDENTITY_UUID, Identity, identity_box, read_identity

IDENTITY = Identity("1.5-abcdef", "front", "session-1", 1.5, "avc1.64001F", 1280, 720)


def test_an_identity_reads_back_as_written() -> None:
    assert read_identity(identity_box(IDENTITY)[8:]) == IDENTITY


def test_fields_of_a_newer_version_are_skipped() -> None:
    text = identity_box(IDENTITY)[24:].replace(b"{", b'{"colour":"red",', 1)
    assert read_identity(IDENTITY_UUID + text) == IDENTITY


@pytest.mark.parametrize(
    "body", [b"", b"x" * 40, IDENTITY_UUID, IDENTITY_UUID + b"{}", IDENTITY_UUID + b"[1]"]
)
def test_another_programs_box_is_refused(body: bytes) -> None:
    with pytest.raises(MediaError):
        read_identity(body)
