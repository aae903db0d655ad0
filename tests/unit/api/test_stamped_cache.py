from __future__ import annotations

from picket.api.stamped_cache import StampedCache


def test_a_body_is_found_by_its_question_and_stamp_only() -> None:
    cache = StampedCache()
    cache.keep("a", 1, b"first")
    assert cache.find("a", 1) == b"first"
    assert cache.find("a", 2) is None
    assert cache.find("b", 1) is None


def test_what_is_kept_is_not_made_again() -> None:
    cache = StampedCache()
    made: list[int] = []

    def make() -> bytes:
        made.append(len(made))
        return b"%d" % len(made)

    assert [cache.answer("a", stamp, make) for stamp in (1, 1, 2, 2)] == [b"1", b"1", b"2", b"2"]
    assert len(made) == 2


def test_the_one_used_longest_ago_goes_first_when_it_is_full() -> None:
    cache = StampedCache(max_bytes=10)
    cache.keep("a", 1, bytes(4))
    cache.keep("b", 1, bytes(4))
    assert cache.find("a", 1) is not None
    cache.keep("c", 1, bytes(4))
    assert [cache.find(name, 1) is not None for name in "abc"] == [True, False, True]


def test_a_newer_body_takes_the_room_of_the_older_one() -> None:
    cache = StampedCache(max_bytes=10)
    for stamp in range(5):
        cache.keep("a", stamp, bytes(6))
    cache.keep("b", 1, bytes(4))
    assert cache.find("a", 4) is not None
    assert cache.find("b", 1) is not None


def test_what_is_larger_than_the_room_is_not_kept() -> None:
    cache = StampedCache(max_bytes=10)
    cache.keep("a", 1, bytes(11))
    assert cache.find("a", 1) is None
