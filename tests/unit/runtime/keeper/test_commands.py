"""Every command against a real index and real files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.errors import InvalidRequest, NotFound
from picket.ipc.changes import (
    Command,
    CreateEvent,
    DeleteEvent,
    EndEvent,
    LiftSuppression,
    MarkFalsePositive,
    RetainEvent,
    SetPlusId,
    SetSubLabel,
    Suppress,
)
from picket.runtime.keeper.commands import MOST_SUPPRESSIONS, carry_out, remove_pictures
from picket.store.database import Database
from picket.store.events import find_event, put_event
from picket.store.suppressions import list_suppressions
from picket.store.timeline import add_timeline, find_timeline
from tests.support.index_samples import (
    EVENT,
    MOMENT,
    NOON,
    make_event,
    make_index,
    make_suppression,
)

GONE = "1.0-nobody"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = make_index(tmp_path / "index.db")
    put_event(db, EVENT)
    add_timeline(db, MOMENT)
    yield db
    db.close()


def test_a_deleted_event_leaves_only_the_names_of_its_pictures(db: Database) -> None:
    names = carry_out(db, DeleteEvent(EVENT.id))
    assert names == (f"front-{EVENT.id}.jpg", f"front-{EVENT.id}-clean.png")
    assert find_event(db, EVENT.id) is None
    assert find_timeline(db) == []


def test_no_other_command_costs_a_picture(db: Database) -> None:
    for command in (
        RetainEvent(EVENT.id, retain=True),
        SetSubLabel(EVENT.id, "ann", 0.5),
        EndEvent(EVENT.id, NOON + 5),
        SetPlusId(EVENT.id, "plus-1"),
        MarkFalsePositive(EVENT.id),
    ):
        assert carry_out(db, command) == ()
    event = find_event(db, EVENT.id)
    assert event is not None
    assert (event.retain_indefinitely, event.sub_label, event.end_time) == (True, "ann", NOON + 5)
    assert (event.plus_id, event.false_positive) == ("plus-1", True)


def test_a_created_event_is_there_and_may_be_told_twice(db: Database) -> None:
    event = replace(EVENT, id="1705320009.0-manual")
    for _ in range(2):
        assert carry_out(db, CreateEvent(event)) == ()
    assert find_event(db, event.id) == event


@pytest.mark.parametrize(
    "command",
    [
        DeleteEvent(GONE),
        RetainEvent(GONE, retain=True),
        SetSubLabel(GONE, "ann", None),
        EndEvent(GONE, NOON),
    ],
)
def test_an_unknown_event_is_not_found(db: Database, command: Command) -> None:
    with pytest.raises(NotFound, match=GONE):
        carry_out(db, command)


def test_an_object_that_is_no_event_yet_keeps_its_timeline(db: Database) -> None:
    early = replace(MOMENT, source_id=GONE)
    add_timeline(db, early)
    with pytest.raises(NotFound):
        carry_out(db, DeleteEvent(GONE))
    assert early in find_timeline(db)


def test_pictures_are_removed_and_missing_ones_do_not_matter(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"picture")
    remove_pictures(tmp_path, ["a.jpg", "a-clean.png"])
    assert [path.name for path in tmp_path.iterdir()] == ["b.jpg"]


def test_a_picture_that_cannot_be_removed_is_logged_and_the_others_go(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "b.jpg").write_bytes(b"picture")
    remove_pictures(tmp_path, ["folder.jpg", "../b.jpg", "b.jpg"])
    assert not (tmp_path / "b.jpg").exists()
    assert "folder.jpg" in caplog.text
    assert "../b.jpg" in caplog.text


def test_a_suppression_is_made_and_lifted_and_costs_no_picture(db: Database) -> None:
    suppression = make_suppression(EVENT)
    assert carry_out(db, Suppress(suppression)) == ()
    assert list_suppressions(db) == [suppression]
    assert carry_out(db, LiftSuppression(EVENT.id)) == ()
    assert list_suppressions(db) == []


def test_a_camera_has_no_more_suppressions_than_one_can_look_through(db: Database) -> None:
    events = [make_event(number) for number in range(MOST_SUPPRESSIONS + 1)]
    elsewhere = make_event(99, camera="back")
    for event in (*events, elsewhere):
        put_event(db, event)
    made = [
        replace(make_suppression(event), created_time=NOON + number)
        for number, event in enumerate(events)
    ]
    for one in made[:-1]:
        carry_out(db, Suppress(one))
    with pytest.raises(InvalidRequest, match=made[0].id):
        carry_out(db, Suppress(made[-1]))
    carry_out(db, Suppress(replace(made[0], note="again")))
    carry_out(db, Suppress(make_suppression(elsewhere)))
    carry_out(db, LiftSuppression(made[0].id))
    carry_out(db, Suppress(made[-1]))
