from __future__ import annotations

import pytest

from picket.domain.export import ExportState
from tests.support.index_samples import make_export


def test_a_file_is_still_to_come_while_it_is_queued_or_running() -> None:
    active = {state for state in ExportState if make_export(state=state).is_active}
    assert active == {ExportState.QUEUED, ExportState.RUNNING}


@pytest.mark.parametrize("progress", [-0.01, 1.01, float("nan")])
def test_progress_is_a_share(progress: float) -> None:
    with pytest.raises(ValueError, match="progress"):
        make_export(progress=progress)
