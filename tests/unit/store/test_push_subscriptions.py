from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.errors import InvalidRequest, NotFound
from picket.domain.notice import PushSubscription
from picket.store.database import Database
from picket.store.push_subscriptions import (
    MOST_SUBSCRIPTIONS,
    list_subscriptions,
    put_subscription,
    remove_subscription,
)

PHONE = PushSubscription("https://push.example/1", "key", "auth", 5.0, "phone")


def test_a_browser_comes_back_as_it_was_the_oldest_first(db: Database) -> None:
    older = replace(PHONE, endpoint="https://push.example/2", created_time=4.0)
    put_subscription(db, PHONE)
    put_subscription(db, older)
    assert list_subscriptions(db) == (older, PHONE)


def test_the_same_one_again_takes_over_its_keys(db: Database) -> None:
    put_subscription(db, PHONE)
    again = replace(PHONE, p256dh="other", auth="new", name="tablet", created_time=9.0)
    put_subscription(db, again)
    assert list_subscriptions(db) == (replace(again, created_time=5.0),)


def test_one_that_is_removed_is_gone_and_known_to_be(db: Database) -> None:
    put_subscription(db, PHONE)
    remove_subscription(db, PHONE.endpoint)
    assert list_subscriptions(db) == ()
    with pytest.raises(NotFound, match="not subscribed"):
        remove_subscription(db, PHONE.endpoint)


def test_there_is_an_end_to_how_many_there_can_be(db: Database) -> None:
    for number in range(MOST_SUBSCRIPTIONS):
        put_subscription(db, replace(PHONE, endpoint=f"https://push.example/{number}"))
    with pytest.raises(InvalidRequest, match="unsubscribe one"):
        put_subscription(db, replace(PHONE, endpoint="https://push.example/more"))
    put_subscription(db, replace(PHONE, endpoint="https://push.example/7", name="known"))


def test_a_subscription_has_a_short_id_that_hides_its_address() -> None:
    assert len(PHONE.id) == 16
    assert PHONE.id != replace(PHONE, endpoint="https://push.example/2").id
