from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.errors import StoreError
from picket.domain.export import ExportState
from picket.store.database import Database
from picket.store.exports import (
    active_exports,
    delete_export,
    find_export,
    find_export_named,
    list_exports,
    put_export,
)
from tests.support.index_samples import make_export

EXPORT = make_export()


def test_an_export_comes_back_as_it_was(db: Database) -> None:
    put_export(db, EXPORT)
    assert find_export(db, EXPORT.id) == EXPORT
    assert find_export_named(db, EXPORT.name) == EXPORT
    assert find_export(db, EXPORT.name) is None
    assert find_export_named(db, EXPORT.id) is None


def test_a_newer_state_replaces_the_row(db: Database) -> None:
    put_export(db, EXPORT)
    done = replace(
        EXPORT,
        name="other.mp4",
        state=ExportState.DONE,
        progress=1.0,
        finished_time=EXPORT.created_time + 3.5,
        size_bytes=1 << 40,
    )
    put_export(db, done)
    assert list_exports(db) == [done]


def test_two_exports_cannot_have_one_name(db: Database) -> None:
    put_export(db, EXPORT)
    with pytest.raises(StoreError):
        put_export(db, make_export(1, name=EXPORT.name))


def test_the_list_is_newest_first_and_the_queue_oldest_first(db: Database) -> None:
    states = list(ExportState)
    exports = [make_export(n, state=state) for n, state in enumerate(states)]
    for export in (*exports[2:], *exports[:2]):
        put_export(db, export)
    assert list_exports(db) == exports[::-1]
    assert active_exports(db) == [one for one in exports if one.is_active]
    assert [one.state for one in active_exports(db)] == [ExportState.QUEUED, ExportState.RUNNING]


def test_a_deleted_export_is_gone_and_may_be_deleted_twice(db: Database) -> None:
    put_export(db, EXPORT)
    for _ in range(2):
        delete_export(db, EXPORT.id)
        assert list_exports(db) == []
