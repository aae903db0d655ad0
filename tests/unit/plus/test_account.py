"""Which texts are a key, and where it is looked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.plus.account import DEFAULT_HOST, NO_KEY, Account, Key, find_account, read_key
from tests.support.labelling_service import KEY, NAME, PASSWORD


def from_regex(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True)


@given(
    name=from_regex("[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{12}"),
    password=from_regex("[a-z0-9]{40}"),
)
def test_a_key_is_split_at_the_colon(name: str, password: str) -> None:
    assert read_key(f"{name}:{password}") == Key(name, password)


@given(place=st.integers(0, len(KEY) - 1), wrong=st.characters(blacklist_characters=KEY))
def test_one_wrong_character_makes_no_key(place: int, wrong: str) -> None:
    spoiled = KEY[:place] + wrong + KEY[place + 1 :]
    is_key = re.fullmatch(r"[a-z0-9]", wrong) and KEY[place] not in "-:"
    assert (read_key(spoiled) is not None) == bool(is_key)


@pytest.mark.parametrize("text", ["", KEY[:-1], KEY + "a", KEY.upper(), NAME, KEY + "\n"])
def test_other_texts_are_no_key(text: str) -> None:
    assert read_key(text) is None


def test_without_a_key_nothing_can_be_submitted(tmp_path: Path) -> None:
    account = find_account({}, tmp_path / "none")
    assert account == Account(None, DEFAULT_HOST, NO_KEY)
    assert not account.is_mistaken
    assert find_account({"PLUS_API_KEY": " "}, tmp_path) == account


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "PLUS_API_KEY").write_text(KEY + "\n")
    assert find_account({}, tmp_path) == Account(Key(NAME, PASSWORD), problem="")
    other = KEY.replace("0", "9")
    assert find_account({"PLUS_API_KEY": other}, tmp_path).key == read_key(other)


def test_an_ill_formed_key_is_said_and_not_shown(tmp_path: Path) -> None:
    account = find_account({"PLUS_API_KEY": "hush-key"}, tmp_path)
    assert account.is_mistaken
    assert account.problem.startswith("PLUS_API_KEY is not a key")
    assert "hush" not in account.problem


def test_a_key_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "PLUS_API_KEY").write_bytes(b"\xff\xfe")
    account = find_account({}, tmp_path)
    assert account.is_mistaken
    assert str(tmp_path) in account.problem


def test_the_service_may_be_elsewhere(tmp_path: Path) -> None:
    env = {"PLUS_API_KEY": KEY, "PLUS_API_HOST": "http://127.0.0.1:8080/"}
    assert find_account(env, tmp_path).host == "http://127.0.0.1:8080"
    assert find_account({**env, "PLUS_API_HOST": ""}, tmp_path).host == DEFAULT_HOST


@pytest.mark.parametrize(
    "host",
    [
        "api.frigate.video",
        "ftp://a",
        "http://",
        "https://a?b=c",
        "http://[1",
        "file:///x",
        "http://me:hush@a",
    ],
)
def test_a_service_that_is_no_address_is_said(tmp_path: Path, host: str) -> None:
    account = find_account({"PLUS_API_KEY": KEY, "PLUS_API_HOST": host}, tmp_path)
    assert account.is_mistaken
    assert account.problem.startswith("PLUS_API_HOST must look like https://")
    assert account.key is None


def test_a_password_in_the_address_is_not_shown(tmp_path: Path) -> None:
    env = {"PLUS_API_KEY": KEY, "PLUS_API_HOST": "https://me:hush@a"}
    assert "hush" not in find_account(env, tmp_path).problem


def test_a_key_does_not_show_itself() -> None:
    assert PASSWORD not in repr(Account(Key(NAME, PASSWORD)))
    assert NAME not in str(Key(NAME, PASSWORD))
