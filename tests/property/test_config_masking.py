from __future__ import annotations

import json
import string
from typing import Any
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from picket.config.load import parse_config
from picket.config.masking import mask_credentials, public_config

MARK = "ZQXJ"
noise = st.text(alphabet=string.printable.replace("{", "").replace("}", ""), max_size=6)
secrets = st.builds(lambda before, after: f"{before}{MARK}{after}", noise, noise)
plain = st.text(alphabet=string.ascii_letters + string.digits + "!$*+-_.~/@:#%", max_size=6)


def full_config(secret: str) -> dict[str, Any]:
    source = {
        "path": f"rtsp://user:{secret}@host:554/stream",
        "roles": ["detect"],
        "input_args": ["-headers", f"Cookie: {MARK}", "-passphrase", secret],
    }
    return {
        "mqtt": {"host": "h", "user": "u", "password": secret},
        "database": {"url": f"postgresql://u:{quote(secret, safe='')}@h/db"},
        "environment_vars": {"ANY": secret},
        "detectors": {"d": {"type": "deepstack", "api_key": secret, "password": secret}},
        "go2rtc": {
            "streams": {"a": f"rtsp://u:{secret}@h/1", "b": [f"ffmpeg:http://u:{secret}@h#a"]},
            "rtsp": {"password": secret},
            "webrtc": {"ice_servers": [{"credential_password": secret}]},
        },
        "notifications": {
            "channels": {
                "a": {
                    "type": "webhook",
                    "url": f"https://h/{quote(secret, safe='')}",
                    "headers": {"X-Any": secret},
                    "secret": secret,
                    "body": {"user_token": secret},
                },
                "b": {"type": "ntfy", "url": f"http://u:{MARK}@h/{MARK}?{MARK}", "token": secret},
                "c": {"type": "apprise", "url": f"tgram://{quote(secret, safe='')}/{MARK}"},
            }
        },
        "cameras": {
            "a": {
                "ffmpeg": {"inputs": [source]},
                "record": {"enabled": True},
                "onvif": {"host": "h", "user": "u", "password": secret},
            }
        },
    }


@given(secret=secrets)
def test_no_secret_of_any_field_survives_in_the_public_json(secret: str) -> None:
    assert MARK not in json.dumps(public_config(parse_config(full_config(secret))))


@given(before=plain, after=plain, text=plain)
def test_no_password_survives_in_a_log_line(before: str, after: str, text: str) -> None:
    line = f"{text} rtsp://user:{before}{MARK}{after}@host/x failed {text}"
    assert MARK not in mask_credentials(line)


@given(text=st.text(alphabet=string.printable, max_size=40))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask_credentials(text)
    assert mask_credentials(once) == once
