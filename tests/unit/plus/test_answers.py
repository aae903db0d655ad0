"""Answers of the service, good and bad ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import SubmissionFailed
from picket.plus.answers import EXPLANATION_MAX, Token, UploadForms, explanation, read_answer

FORM = {"url": "https://storage/x", "fields": {"key": "a"}}
FORMS = {"imageId": "abc-1", "original": FORM, "annotate": FORM, "thumbnail": FORM, "more": 1}


def test_a_token_and_when_it_expires() -> None:
    token = read_answer(Token, b'{"accessToken": "abc.d-e", "expires": 1700000000, "x": []}')
    assert (token.value, token.expires) == ("abc.d-e", 1_700_000_000.0)


def test_the_forms_of_a_new_picture() -> None:
    forms = read_answer(UploadForms, json.dumps(FORMS).encode())
    assert forms.image_id == "abc-1"
    assert forms.annotate.fields == {"key": "a"}


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"null", b'{"accessToken": "hush"}', b'{"expires": 1}']
    + [json.dumps({"accessToken": bad, "expires": 1}).encode() for bad in ("", "a b", "a\n", "ä")],
)
def test_what_is_no_token_is_refused_without_being_shown(body: bytes) -> None:
    with pytest.raises(SubmissionFailed, match="makes no sense") as refused:
        read_answer(Token, body)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        {"imageId": ""},
        {"imageId": "../user"},
        {"imageId": 7},
        {"imageId": "a" * 65},
        {"original": {"url": "file:///etc/passwd", "fields": {}}},
        {"thumbnail": None},
        {"annotate": {"url": "https://storage"}},
    ],
)
def test_forms_that_lead_elsewhere_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(SubmissionFailed):
        read_answer(UploadForms, json.dumps({**FORMS, **change}).encode())


@pytest.mark.parametrize(
    ("content_type", "body", "told"),
    [
        ("application/json", '{"message": "no such label"}', "no such label"),
        ("application/json; charset=utf-8", '{"error": "quota"}', "quota"),
        ("application/json", '{"detail": "late"}', "late"),
        ("application/json", '"as text"', "as text"),
        (
            "application/json",
            '{"errors": [{"param": "label", "msg": "unknown"}, {"msg": "too old"}, "x", {}]}',
            "label: unknown; too old; x",
        ),
        ("application/json", '{"message": 5}', ""),
        ("application/json", "[1]", ""),
        ("application/json", "{", ""),
        ("application/xml", "<Error><Message>Policy expired</Message></Error>", "Policy expired"),
        ("application/xml", "<Error/>", ""),
        ("text/plain", " one\r\n two\x1b[1m ", "one two [1m"),
        ("text/html", "<html><h1>502</h1></html>", ""),
        ("", "anything", ""),
    ],
)
def test_a_refusal_is_explained_in_its_own_words(content_type: str, body: str, told: str) -> None:
    assert explanation(content_type, body) == told


@given(
    st.sampled_from(["application/json", "text/xml", "text/plain", "text/html"]),
    st.text()
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["errors", "msg"]), inner),
    ).map(json.dumps),
)
def test_an_explanation_is_one_short_line_whatever_came(content_type: str, body: str) -> None:
    told = explanation(content_type, body)
    assert len(told) <= EXPLANATION_MAX
    assert told.isprintable()
