"""Somebody else's detector behind HTTP: DeepStack, CodeProject.AI and others that speak like it."""

from __future__ import annotations

import logging
import weakref
from pathlib import Path

import httpx
import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.config.masking import mask_url
from picket.detect.decode.candidates import SCORE_FLOOR, Candidates
from picket.detect.decode.family import InputSize
from picket.detect.decode.grid import relative
from picket.detect.found import found_objects
from picket.detect.labels import RENAMED, builtin_labels, complete_labels, read_labelmap
from picket.domain.errors import ModelError, Unavailable
from picket.domain.frame import Picture
from picket.domain.status import ModelInfo
from picket.ipc.messages import FoundObject
from picket.media.jpeg import encode_jpeg

logger = logging.getLogger(__name__)

JPEG_QUALITY = 90
"""Small objects in a crop suffer below; the crop stays under 100 KB."""

MAX_IOU = 0.6
COCO_CLASSES = 80


class Prediction(BaseModel):
    """One object, pixels of the picture that was sent."""

    model_config = ConfigDict(allow_inf_nan=False)

    label: str
    confidence: float
    x_min: float
    y_min: float
    x_max: float
    y_max: float


class Answer(BaseModel):
    """What the server says. Source: DeepStack's page "Object Detection"."""

    success: bool = True
    predictions: list[Prediction] | None = None
    error: str = ""


class DeepStackBackend:
    """A server that is asked about one crop at a time, over one connection."""

    def __init__(self, config: DetectorConfig) -> None:
        """Raises: ModelError when the address or the label map cannot be used."""
        self._url = config.api_url
        self._shown_url = mask_url(config.api_url)
        self._fields = {"api_key": config.api_key, "min_confidence": str(SCORE_FLOOR)}
        self._timeout_s = config.api_timeout
        if not _is_address(config.api_url):
            raise ModelError(
                f"api_url {self._shown_url} is no address of a server: write"
                " http://server:port/v1/vision/detection"
            )
        # Redirects are not followed: they would carry pictures and the key to who knows whom.
        self._http = httpx.Client(timeout=config.api_timeout)
        weakref.finalize(self, self._http.close)
        self._foreign: set[str] = set()  # labels that were already complained about
        model = config.model
        self._size = InputSize(model.width, model.height)
        labels = tuple(dict.fromkeys(_labels(model)))
        self._places = {label: place for place, label in enumerate(labels)}
        self.info = ModelInfo("deepstack", "deepstack", model.width, model.height, "bgr", labels)

    def infer(self, crop: Picture) -> list[FoundObject]:
        """What is in a crop; see picket.detect.load.Backend."""
        if crop.shape != (self.info.height, self.info.width, 3):
            raise ValueError(
                f"this detector takes crops of {self._size}, got {crop.shape}: see model.width and"
                " model.height"
            )
        proposed = self._candidates(self._ask(encode_jpeg(crop, JPEG_QUALITY)))
        return found_objects(proposed, self.info.labels, MAX_IOU)

    def _ask(self, jpeg: bytes) -> list[Prediction]:
        try:
            reply = self._http.post(
                self._url, data=self._fields, files={"image": ("crop.jpg", jpeg, "image/jpeg")}
            )
        except httpx.TimeoutException:
            raise Unavailable(
                f"the detector at {self._shown_url} did not answer within {self._timeout_s:g} s:"
                " raise api_timeout, or use a faster server"
            ) from None
        except httpx.HTTPError as error:
            raise Unavailable(
                f"the detector at {self._shown_url} cannot be reached ({error}): see whether it"
                " runs and whether api_url is right"
            ) from None
        return self._predictions(reply)

    def _predictions(self, reply: httpx.Response) -> list[Prediction]:
        try:
            answer = Answer.model_validate_json(reply.content)
        except ValidationError:
            answer = Answer(error="its answer is not DeepStack's")
        if reply.is_success and answer.success and answer.predictions is not None:
            return answer.predictions
        raise Unavailable(
            f"the detector at {self._shown_url} refuses to look (status {reply.status_code},"
            f" {answer.error or 'no reason told'}): mend api_url and api_key, or see the server's"
            " own log"
        )

    def _candidates(self, predictions: list[Prediction]) -> Candidates:
        """Those that are sure enough and have a label of the map, as shares of the crop."""
        sure = [one for one in predictions if one.confidence >= SCORE_FLOOR]
        placed = [(self._place(one.label), one) for one in sure]
        found = [(place, one) for place, one in placed if place is not None]
        corners = [(one.x_min, one.y_min, one.x_max, one.y_max) for _, one in found]
        return Candidates(
            relative(np.array(corners, np.float32).reshape(-1, 4), self._size),
            np.array([one.confidence for _, one in found], np.float32).clip(0, 1),
            np.array([place for place, _ in found], np.int64),
        )

    def _place(self, label: str) -> int | None:
        name = label.lower()
        place = self._places.get(name, self._places.get(RENAMED.get(name, name)))
        if place is None and name not in self._foreign:
            self._foreign.add(name)
            logger.warning(
                "the detector at %s finds %r, which has no place in the label map: name it under"
                " model.labelmap to have it tracked",
                *(self._shown_url, label),
            )
        return place


def _is_address(url: str) -> bool:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return parsed.scheme in ("http", "https") and bool(parsed.host)


def _labels(model: ModelConfig) -> tuple[str, ...]:
    if model.labelmap_path:
        names = read_labelmap(Path(model.labelmap_path), 0)
    else:
        names = builtin_labels(COCO_CLASSES)
    return complete_labels(names, model.labelmap, 0)
