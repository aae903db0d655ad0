from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.env import SECRETS, fill, read_secrets, secrets_folder, substitute


def test_names_are_replaced_only_where_frigate_does() -> None:
    data = {
        "mqtt": {"user": "{FRIGATE_U}", "client_id": "{FRIGATE_U}"},
        "go2rtc": {"streams": {"a": ["x{FRIGATE_U}"], "b": "{FRIGATE_U}"}, "log": "{x}"},
    }
    filled, findings = substitute(data, {"FRIGATE_U": "bob"})
    assert filled["mqtt"] == {"user": "bob", "client_id": "{FRIGATE_U}"}
    assert filled["go2rtc"] == {"streams": {"a": ["xbob"], "b": "bob"}, "log": "{x}"}
    assert findings == []


def test_variables_of_other_names_are_not_given_away() -> None:
    _, findings = substitute({"mqtt": {"user": "{HOME}"}}, {"HOME": "/root"})
    assert findings[0].path == ("mqtt", "user")


def test_doubled_braces_mean_themselves() -> None:
    assert fill("{{a}}{FRIGATE_X}", {"FRIGATE_X": "{b}"}) == "{a}{b}"


@pytest.mark.parametrize("text", ["{", "}", "{}", "{FRIGATE_X!r}", "{FRIGATE_X:>9}", "{FRIGATE_Y}"])
def test_what_cannot_be_replaced_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"brace|not set"):
        fill(text, {"FRIGATE_X": "secret"})


def test_secret_files_lose_their_line_end_only(tmp_path: Path) -> None:
    (tmp_path / "FRIGATE_A").write_text(" a b \n")
    (tmp_path / "OTHER").write_text("x")
    assert read_secrets(tmp_path) == {"FRIGATE_A": " a b "}
    assert read_secrets(tmp_path / "none") == {}


def test_a_service_manager_may_name_the_folder_of_secrets() -> None:
    assert secrets_folder({"CREDENTIALS_DIRECTORY": "/run/credentials/x"}) == Path(
        "/run/credentials/x"
    )
    assert secrets_folder({"CREDENTIALS_DIRECTORY": ""}) == secrets_folder({}) == SECRETS
