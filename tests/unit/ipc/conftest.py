from collections.abc import Iterator

import pytest

from picket.ipc.channel import Channel, make_channel


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    """Both ends of one pipe."""
    pair = make_channel()
    yield pair
    for end in pair:
        end.close()
