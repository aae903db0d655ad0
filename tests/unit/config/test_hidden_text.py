from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.config.hidden_text import hide_secrets, restore_secrets
from picket.config.problems import ConfigProblems

TEXT = """\
mqtt:
  host: broker
  user: nvr
  password: hush-broker  # changed in May
cameras:
  front:
    ffmpeg:
      inputs:
        - {path: "rtsp://admin:hush-camera@10.0.0.5/1?token=hush-token", roles: [detect]}
    onvif: {host: 10.0.0.5, user: admin, password: 'hush onvif'}
  back:
    ffmpeg:
      inputs:
        - path: rtsp://admin:hush-back@10.0.0.6/1
          roles: [detect]
    onvif:
      password: hush-2
"""
LINES = st.lists(
    st.sampled_from(
        [
            "cameras:",
            "  password: one",
            "  password: two",
            "  path: rtsp://a:b@host/1",
            "  path: rtsp://c:d@host/1",
            "  password: {FRIGATE_PASSWORD}",
            "  # password: old",
            "  password: null",
            "",
        ]
    ),
    max_size=12,
)


def test_no_secret_is_shown_and_everything_else_is() -> None:
    shown = hide_secrets(TEXT)
    assert "hush" not in shown
    assert len(shown.splitlines()) == len(TEXT.splitlines())
    for word in ("host: broker", "changed in May", "rtsp://*:*@10.0.0.5/1?token=*", "roles: [det"):
        assert word in shown


@given(LINES)
def test_what_was_shown_comes_back_as_it_was(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert restore_secrets(hide_secrets(text), text, "config.yml") == text


def test_lines_may_come_go_and_move() -> None:
    shown = hide_secrets(TEXT).splitlines()
    edited = [*shown[4:], "detect: {fps: 7}", *shown[:4]]
    whole = TEXT.splitlines()
    restored = restore_secrets("\n".join(edited), TEXT, "config.yml").splitlines()
    assert restored == [*whole[4:], "detect: {fps: 7}", *whole[:4]]


def test_a_new_secret_is_taken_as_it_is() -> None:
    edited = hide_secrets(TEXT).replace("password: *", "password: fresh", 1)
    restored = restore_secrets(edited, TEXT, "config.yml")
    assert "password: fresh" in restored
    assert "hush-broker" not in restored
    assert "hush-camera" in restored


def test_a_changed_line_with_stars_is_refused_with_its_number() -> None:
    edited = hide_secrets(TEXT).replace("10.0.0.6", "10.0.0.7")
    with pytest.raises(ConfigProblems, match=r"config\.yml:14: the credentials of a changed line"):
        restore_secrets(edited, TEXT, "config.yml")


def test_stars_that_hide_nothing_are_left_alone() -> None:
    edited = hide_secrets(TEXT) + "ui: {strftime_fmt: '*%H*'}  # * a star *\n"
    assert restore_secrets(edited, TEXT, "config.yml").endswith("# * a star *\n")


CHANNELS = """notifications:
  channels:
    phone: {type: ntfy, url: https://ntfy.sh/hush-topic, token: hush-token}
    hook:
      type: webhook
      url: "https://hooks.example/services/hush/hush"  # the address is the password
      headers:
        X-Anything: hush-header
        Authorization: "Bearer hush-bearer"
      timeout: 5
    other: {type: webhook, url: http://h/, headers: {X-Own: hush-inline}}
"""


def test_a_channel_s_address_headers_and_keys_are_hidden_and_come_back() -> None:
    shown = hide_secrets(CHANNELS)
    assert "hush" not in shown
    assert "      timeout: 5\n" in shown
    edited = shown.replace("timeout: 5", "timeout: 7")
    restored = restore_secrets(edited, CHANNELS, "config.yml")
    assert restored == CHANNELS.replace("timeout: 5", "timeout: 7")


def test_a_changed_header_must_be_written_anew() -> None:
    edited = hide_secrets(CHANNELS).replace("X-Anything: *", "X-Something: *")
    with pytest.raises(ConfigProblems, match="write them anew"):
        restore_secrets(edited, CHANNELS, "config.yml")
