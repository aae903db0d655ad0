"""A client's change on its way: from the server's view over a real pipe to a real keeper."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from picket.config.load import parse_config
from picket.config.paths import MediaPaths, prepare_media
from picket.domain.errors import InvalidRequest, NotFound, Unavailable
from picket.domain.export import ExportState
from picket.ipc.changes import (
    CreateExport,
    DeleteEvent,
    LiftSuppression,
    RenameExport,
    RetainEvent,
    SetSubLabel,
    Suppress,
)
from picket.ipc.channel import Channel, make_channel, wait_readable
from picket.ipc.log_ring import make_log_block
from picket.ipc.messages import (
    ConfigChanged,
    Numbered,
    RestartAsked,
    SuppressionsChanged,
    WorkerStarted,
)
from picket.runtime.keeper.process import run_keeper
from picket.runtime.serving.process import LiveView
from picket.runtime.settings import Settings
from picket.runtime.wiring import KeeperWires, ServerWires
from picket.store.database import Database
from picket.store.events import find_event, put_event
from picket.store.exports import find_export
from tests.support.index_samples import EVENT, NOON, make_export, make_index, make_suppression
from tests.support.servers import wait_for

PATIENCE_S = 10.0
CONFIG = {
    "cameras": {"front": {"ffmpeg": {"inputs": [{"path": "rtsp://front/1", "roles": ["detect"]}]}}}
}


@dataclass
class Program:
    """A server's view, a keeper, and the other ends of the pipes to a worker and to `main`."""

    told: Channel  # what the keeper tells a worker

    view: LiveView
    worker: Channel
    main: Channel
    db: Database
    media: MediaPaths


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    media = MediaPaths(tmp_path / "media")
    prepare_media(media)
    db = make_index(tmp_path / "index.db")
    put_event(db, EVENT)
    settings = Settings(
        parse_config(CONFIG),
        tmp_path / "config.yml",
        media,
        tmp_path / "index.db",
        "127.0.0.1",
        0,
        started_time=NOON,
    )
    to_keeper, to_worker, to_main = make_channel(), make_channel(), make_channel()
    from_worker = make_channel()
    workers: dict[tuple[str, ...], Channel] = {("front",): to_worker[0]}
    view = LiveView(
        ServerWires({}, {}, workers, (), to_keeper[0], main=to_main[0], logs=make_log_block())
    )
    stop = threading.Event()
    threads = [
        threading.Thread(
            target=run_keeper,
            args=(settings, KeeperWires((from_worker[1],), to_keeper[1]), stop),
            daemon=True,
        ),
        threading.Thread(target=view.listen, args=(stop,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    yield Program(from_worker[0], view, to_worker[1], to_main[1], db, media)
    stop.set()
    for end in to_keeper:
        end.send("wake up")
    for thread in threads:
        thread.join(PATIENCE_S)
    for end in (*to_keeper, *to_worker, *to_main, *from_worker):
        end.close()
    db.close()


def test_a_change_is_committed_when_the_server_hears_of_it(program: Program) -> None:
    program.view.carry_out(RetainEvent(EVENT.id, retain=True))
    event = find_event(program.db, EVENT.id)
    assert event is not None
    assert event.retain_indefinitely


def test_a_deleted_event_has_lost_its_pictures_by_then(program: Program) -> None:
    for name in (f"front-{EVENT.id}.jpg", f"front-{EVENT.id}-clean.png", "other.jpg"):
        (program.media.clips / name).write_bytes(b"picture")
    program.view.carry_out(DeleteEvent(EVENT.id))
    assert [path.name for path in program.media.clips.iterdir()] == ["other.jpg"]


@pytest.mark.parametrize("command", [SetSubLabel(EVENT.id, "ann", 0.5), DeleteEvent(EVENT.id)])
def test_the_workers_hear_what_may_concern_a_running_object(
    program: Program, command: SetSubLabel | DeleteEvent
) -> None:
    program.view.carry_out(command)
    assert wait_readable([program.worker], PATIENCE_S)
    assert program.worker.receive() == command


def test_what_only_concerns_the_row_is_not_told_to_the_workers(program: Program) -> None:
    program.view.carry_out(RetainEvent(EVENT.id, retain=True))
    assert program.worker.receive() is None


def test_an_unknown_event_is_not_found_and_told_to_nobody(program: Program) -> None:
    with pytest.raises(NotFound, match=r"1\.0-nobody"):
        program.view.carry_out(DeleteEvent("1.0-nobody"))
    assert program.worker.receive() is None


def test_a_change_that_cannot_be_made_as_asked_is_told_as_such(program: Program) -> None:
    for name in ("a.mp4", "b.mp4"):
        (program.media.exports / name).write_bytes(b"video")
    with pytest.raises(InvalidRequest, match=r"b\.mp4 already"):
        program.view.carry_out(RenameExport("a", "b.mp4"))


def test_a_disk_that_refuses_is_told_as_such(program: Program) -> None:
    (program.media.exports / "a.mp4").write_bytes(b"video")
    with pytest.raises(Unavailable, match="cannot be changed"):
        program.view.carry_out(RenameExport("a", "x" * 300))


def test_a_keeper_writes_what_it_is_asked_to_export(program: Program) -> None:
    export = make_export()
    program.view.carry_out(CreateExport(export))
    found = wait_for(
        lambda: one if (one := find_export(program.db, export.id)) and not one.is_active else None,
        PATIENCE_S,
        "end of the export",
    )
    assert (found.state, found.error) == (ExportState.FAILED, "No recordings found.")


def test_without_a_keeper_nothing_can_be_changed() -> None:
    ends, to_main = make_channel(), make_channel()
    ends[1].close()
    view = LiveView(ServerWires({}, {}, {}, (), ends[0], main=to_main[0], logs=make_log_block()))
    with pytest.raises(Unavailable, match="try again"):
        view.carry_out(RetainEvent(EVENT.id, retain=True))
    for end in (ends[0], *to_main):
        end.close()


def test_a_changed_configuration_reaches_the_workers_and_main(program: Program) -> None:
    config = parse_config(CONFIG)
    program.view.adopt(config)
    for end in (program.worker, program.main):
        assert wait_readable([end], PATIENCE_S)
        assert end.receive() == ConfigChanged(config)


def test_a_restart_is_the_affair_of_main(program: Program) -> None:
    program.view.restart()
    assert wait_readable([program.main], PATIENCE_S)
    assert program.main.receive() == RestartAsked()


def next_suppressions(program: Program) -> SuppressionsChanged:
    """What the keeper tells a worker next about suppressions."""

    def receive() -> SuppressionsChanged | None:
        message = program.told.receive()
        return message if isinstance(message, SuppressionsChanged) else None

    return wait_for(receive, PATIENCE_S, "suppressions")


def test_a_worker_hears_what_is_suppressed_when_it_changes_and_when_it_begins(
    program: Program,
) -> None:
    suppression = make_suppression(EVENT)
    bare = SuppressionsChanged((replace(suppression, thumbnail=b""),))
    program.view.carry_out(Suppress(suppression))
    assert next_suppressions(program) == bare
    program.told.send(Numbered("boot", 1, WorkerStarted(("front",), NOON)))
    assert next_suppressions(program) == bare
    program.view.carry_out(LiftSuppression(EVENT.id))
    assert next_suppressions(program) == SuppressionsChanged(())
    program.view.carry_out(RetainEvent(EVENT.id, retain=True))
    assert not isinstance(program.told.receive(), SuppressionsChanged)
