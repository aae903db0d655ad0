from __future__ import annotations

from dataclasses import replace

import pytest

from picket.store.database import Database
from picket.store.event_groups import (
    Choice,
    GroupQuery,
    choose_groups,
    count_groups,
    split_sub_label,
)
from picket.store.events import delete_event, put_event
from tests.support.index_samples import NOON, make_event

ANY = GroupQuery(None, None, None, None, None, None)


def test_a_choice_takes_one_value_of_several_or_none_at_all() -> None:
    choice = Choice(("a",), or_none=True)
    assert choice.takes(["b", "a"])
    assert choice.takes([])
    assert not choice.takes(["b"])
    assert not Choice(("a",)).takes([])


@pytest.mark.parametrize(
    ("query", "events"),
    [
        (ANY, 4),
        (GroupQuery(Choice(("front",)), None, None, None, None, None), 3),
        (GroupQuery(None, None, Choice(("porch",)), None, None, None), 2),
        (GroupQuery(None, None, Choice((), or_none=True), None, None, None), 1),
        (GroupQuery(None, None, None, Choice(("ann",)), None, None), 1),
        (GroupQuery(None, None, None, Choice(("bob",), or_none=True), None, None), 4),
        (replace(ANY, has_clip=False, has_snapshot=True), 1),
        (GroupQuery(Choice(("nowhere",)), None, None, None, None, None), 0),
    ],
)
def test_groups_are_chosen_by_their_words(db: Database, query: GroupQuery, events: int) -> None:
    put_event(db, make_event(0, zones=()))
    put_event(db, make_event(1, zones=("porch",), camera="back"))
    put_event(db, make_event(2, zones=("drive", "porch"), sub_label="bob, ann"))
    put_event(db, make_event(3, zones=('x"porch"', "Porch"), has_clip=False))
    assert count_groups(db, choose_groups(db, query)).events == events


def test_all_events_of_a_group_began_before_its_end(db: Database) -> None:
    for number in range(40):
        put_event(db, make_event(number))
    whole = count_groups(db, choose_groups(db, ANY))
    assert NOON + 39 * 60 < whole.end_time <= NOON + 39 * 60 + 900
    for number in range(40):
        delete_event(db, make_event(number).id)
    assert count_groups(db, choose_groups(db, ANY)).events == 0


def test_joined_names_are_split() -> None:
    assert split_sub_label("bob, ann") == ("bob, ann", "bob", "ann")
    assert split_sub_label("bob") == ("bob",)
    assert split_sub_label("") == ()
