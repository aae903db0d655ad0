"""Speaks with the labelling service over HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from picket.config.masking import mask_credentials
from picket.domain.errors import SubmissionFailed
from picket.domain.frame import Picture
from picket.media.jpeg import encode_jpeg, shrink_to
from picket.plus.account import DEFAULT_HOST, KEY_VARIABLE, Key
from picket.plus.answers import Token, UploadForm, UploadForms, explanation, read_answer
from picket.plus.claims import Claim

RENEW_BEFORE_S = 60.0  # a token that lives shorter might expire on its way
CONNECT_S = 5.0
TRANSFER_S = 30.0  # for each step of sending and receiving; a slow line may need many


@dataclass(frozen=True, slots=True)
class PictureSize:
    """One of the sizes in which the service wants a picture."""

    max_side_px: int
    quality: int  # JPEG, 0..100


ORIGINAL = PictureSize(1920, 85)
ANNOTATE = PictureSize(640, 70)
THUMBNAIL = PictureSize(200, 70)


class PlusClient:
    """Signs in when needed; safe to use from many threads.

    Every method raises SubmissionFailed, with what the service said and no credentials.
    """

    def __init__(
        self,
        key: Key,
        host: str = DEFAULT_HOST,
        *,
        clock: Callable[[], float] = time.time,
        transfer_s: float = TRANSFER_S,
    ) -> None:
        self._key = key
        self._host = host
        self._clock = clock  # Unix seconds
        # Redirects are not followed: they would carry pictures and tokens to who knows whom.
        self._http = httpx.Client(timeout=httpx.Timeout(transfer_s, connect=CONNECT_S))
        self._token: Token | None = None
        self._token_lock = threading.Lock()

    def upload(self, picture: Picture, camera: str) -> str:
        """Hand over a BGR picture of a camera; the id it has from now on."""
        answer = self._call("a new picture", "GET", "image/signed_urls")
        forms = read_answer(UploadForms, answer.content)
        self._post_picture(forms.original, picture, ORIGINAL)
        self._post_picture(forms.annotate, picture, ANNOTATE)
        self._post_picture(forms.thumbnail, picture, THUMBNAIL)
        self._call("the picture", "POST", "image/create", {"id": forms.image_id, "camera": camera})
        return forms.image_id

    def annotate(self, plus_id: str, annotation: Claim) -> None:
        """Say what is to be seen in a picture."""
        self._call("the annotation", "PUT", f"image/{plus_id}/annotation", annotation)

    def report_false_positive(self, plus_id: str, mistake: Claim) -> None:
        """Say what is not to be seen in a picture, though a detector thought so."""
        self._call("the false positive", "PUT", f"image/{plus_id}/false_positive", mistake)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _post_picture(self, form: UploadForm, picture: Picture, size: PictureSize) -> None:
        jpeg = encode_jpeg(shrink_to(picture, size.max_side_px), size.quality)
        answer = self._send(
            "POST",
            form.url,  # signed by itself: the token is none of the storage's business
            data={**form.fields, "content-type": "image/jpeg"},
            files={"file": ("picture.jpg", jpeg, "image/jpeg")},
        )
        self._require_success("the picture", answer)

    def _call(
        self, what: str, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._current_token()}"}
        answer = self._send(method, self._url(path), headers=headers, json=body)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._distrust_token()
        self._require_success(what, answer)
        return answer

    def _current_token(self) -> str:
        with self._token_lock:
            token = self._token
            if token is None or token.expires - self._clock() < RENEW_BEFORE_S:
                credentials = (self._key.name, self._key.password)
                answer = self._send("GET", self._url("auth/token"), auth=credentials)
                self._require_success(KEY_VARIABLE, answer)
                token = self._token = read_answer(Token, answer.content)
            return token.value

    def _distrust_token(self) -> None:
        """Sign in before the next request; the old token is kept to be hidden in messages."""
        with self._token_lock:
            if self._token is not None:
                self._token = self._token.model_copy(update={"expires": 0.0})

    def _url(self, path: str) -> str:
        return f"{self._host}/v1/{path}"

    def _send(self, method: str, url: str, **content: Any) -> httpx.Response:
        try:
            return self._http.request(method, url, **content)
        except httpx.TimeoutException:
            raise SubmissionFailed(
                "the labelling service did not answer in time: try again later"
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SubmissionFailed(
                "the labelling service cannot be reached: see whether this machine may go"
                f" there ({self._without_secrets(str(error))})"
            ) from None

    def _require_success(self, what: str, answer: httpx.Response) -> None:
        if answer.is_success:
            return
        text = self._without_secrets(answer.text)  # before a cut could leave half of one
        said = explanation(answer.headers.get("content-type", ""), text)
        raise SubmissionFailed(
            f"the labelling service refused {what} with status {answer.status_code}"
            + (f": {said}" if said else "")
        )

    def _without_secrets(self, text: str) -> str:
        token = self._token
        secrets = (self._key.name, self._key.password, token.value if token else "")
        for secret in filter(None, secrets):
            text = text.replace(secret, "*")
        return mask_credentials(text)
