from __future__ import annotations

from picket.events.rules import KeepRule
from tests.unit.events.build import rules


def test_a_rule_that_is_off_keeps_nothing() -> None:
    assert KeepRule(is_enabled=True).wants("person", ())
    assert not KeepRule(is_enabled=False).wants("person", ())


def test_one_of_the_required_zones_is_enough() -> None:
    rule = KeepRule(is_enabled=True, required_zones=frozenset({"gate", "door"}))
    assert rule.wants("person", ("street", "door"))
    assert not rule.wants("person", ("street",))
    assert not rule.wants("person", ())


def test_only_the_listed_labels_are_kept() -> None:
    rule = KeepRule(is_enabled=True, labels=frozenset({"car"}))
    assert rule.wants("car", ())
    assert not rule.wants("person", ())


def test_clips_and_snapshots_have_rules_of_their_own() -> None:
    made = rules(
        record={"enabled": True, "events": {"objects": ["car"], "pre_capture": 7}},
        snapshots={"enabled": False},
    )
    assert (made.clip.is_enabled, made.clip.labels) == (True, frozenset({"car"}))
    assert (made.snapshot.is_enabled, made.snapshot.labels) == (False, None)
    assert (made.pre_capture_s, made.post_capture_s) == (7, 5)
