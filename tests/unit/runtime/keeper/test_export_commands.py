"""Any sequence of commands against real files and rows: nothing is lost, nothing is overwritten."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.errors import InvalidRequest, NotFound
from picket.domain.export import Export, ExportState
from picket.ipc.changes import CreateExport, DeleteExport, ExportCommand, RenameExport
from picket.runtime.keeper.export_commands import carry_out_export
from picket.store.database import Database
from picket.store.exports import active_exports, list_exports, put_export
from tests.support.index_samples import NOON, make_export, make_index

FINISH = "finish the oldest"
names = st.sampled_from(["a", "a_2", "b"])
commands = st.one_of(
    st.builds(lambda number, name: (number, name), st.integers(0, 5), names),
    st.builds(lambda wanted, name: RenameExport(wanted, f"{name}.mp4"), names, names),
    st.builds(lambda wanted: DeleteExport(wanted, NOON), names),
    st.just(FINISH),
)


def finish_oldest(db: Database, folder: Path) -> None:
    """What the exporter does in the end: the file, with the job's id in it, and the row."""
    for export in active_exports(db)[:1]:
        (folder / export.name).write_text(export.id)
        put_export(db, replace(export, state=ExportState.DONE))


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(commands, max_size=12))
def test_rows_and_files_agree_whatever_is_commanded(
    steps: list[tuple[int, str] | ExportCommand | str],
) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "exports"
        folder.mkdir()
        (folder / "b.mp4").write_text("found")
        db = make_index(Path(made) / "index.db")
        for step in steps:
            before = files(folder)
            if isinstance(step, str):
                finish_oldest(db, folder)
                assert before.items() <= files(folder).items()
                continue
            command = as_command(step)
            with suppress(NotFound, InvalidRequest):
                carry_out_export(db, folder, command)
            lost = len(before) - len(files(folder))
            assert lost in ((0, 1) if isinstance(command, DeleteExport) else (0,))
        assert_agreement(list_exports(db), files(folder))
        db.close()


def as_command(step: tuple[int, str] | ExportCommand) -> ExportCommand:
    if isinstance(step, tuple):
        return CreateExport(make_export(step[0], name=f"{step[1]}.mp4"))
    return step


def assert_agreement(rows: list[Export], content: dict[str, str]) -> None:
    done = {row.name: row.id for row in rows if row.state is ExportState.DONE}
    assert {name: text for name, text in content.items() if text != "found"} == done
    assert not {row.name for row in rows if row.is_active} & content.keys()


def test_a_command_may_come_twice(tmp_path: Path) -> None:
    db = make_index(tmp_path / "index.db")
    for _ in range(2):
        carry_out_export(db, tmp_path, CreateExport(make_export()))
    assert list_exports(db) == [make_export()]
    db.close()
