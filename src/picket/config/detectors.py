"""`detectors` and `model`: what looks for objects."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, model_validator

from picket.config.section import Section, setting

ModelType = Literal[
    "ssd",
    "yolox",
    "yolov5",
    "yolov8",
    "yolo-generic",
    "nanodet",
    "picodet",
    "fastestdet",
    "yolonas",
    "openvino-ssd",
    "hog",
    "rfdetr",
    "dfine",
]
"""How the output of a model is read."""

DetectorType = Literal[
    "auto", "hog", "onnx", "cpu", "openvino", "edgetpu", "deepstack", "tensorrt", "rknn"
]
"""What runs the model."""

NOT_PART = {
    "tensorrt": "use onnx or openvino, or deepstack with a server that has the graphics card",
    "rknn": "use onnx with an .onnx export of the model",
}
"""Types of Frigate's that are understood but not built, and what to use."""

OPTIONS: dict[str, tuple[str, ...]] = {
    "auto": (),
    "hog": ("num_threads",),
    "onnx": ("num_threads", "device"),
    "cpu": ("num_threads",),
    "openvino": ("num_threads", "device"),
    "edgetpu": ("device",),
    "deepstack": ("api_url", "api_timeout", "api_key"),
    "tensorrt": ("device",),
    "rknn": ("core_mask",),
}
"""The settings that mean something to each type."""

TYPE_DEFAULTS: dict[str, dict[str, Any]] = {"cpu": {"num_threads": 3}, "tensorrt": {"device": 0}}
"""Where a type's default differs from the field's."""


class ModelConfig(Section):
    """The detection model."""

    path: str | None = setting("File of the model; null means the detector's own.", default=None)
    labelmap_path: str | None = setting(
        "File with one label per line, or `index label` lines; null means COCO's labels.",
        default=None,
    )
    width: int = setting("Input width, where the file does not say.", default=320, unit="px", gt=0)
    height: int = setting(
        "Input height, where the file does not say.", default=320, unit="px", gt=0
    )
    labelmap: dict[int, str] = setting("Labels by index, in place of the label file's.", default={})
    input_tensor: Literal["nhwc", "nchw"] = setting(
        "Order of the input's axes, where the file does not say.", default="nhwc"
    )
    input_pixel_format: Literal["rgb", "bgr", "yuv"] = setting(
        "Order of the input's channels.", default="rgb"
    )
    model_type: ModelType = setting(
        "How the model's output is read; without it, what fits the file.", default="ssd"
    )


class DetectorConfig(Section):
    """One detector; unknown keys are kept, since detectors differ.

    `model` is always the whole model: the file's global `model` with this detector's own keys over
    it (picket.config.inherit).
    """

    model_config = ConfigDict(extra="allow")

    type: DetectorType = setting("What runs the model.", default="cpu")
    num_threads: int = setting(
        "Threads of one inference (hog, onnx, openvino 1; cpu 3).", default=1, unit="threads", ge=1
    )
    device: str | int | None = setting(
        "Which device, in the words of the type: `usb:0`, `pci` (edgetpu), `GPU`, `CPU` (openvino);"
        " null means the first that is found, graphics before the CPU.",
        default=None,
    )
    api_url: str = setting(
        "Address of a deepstack server.", default="http://localhost:80/v1/vision/detection"
    )
    api_timeout: float = setting(
        "How long a deepstack server may take to connect, and then to answer.",
        default=0.1,
        unit="s",
        gt=0,
    )
    api_key: str = setting("Key of a deepstack server.", default="", repr=False)
    core_mask: int = setting("Which cores of an rknn chip are used.", default=0, ge=0, le=7)
    model: ModelConfig = setting("Keys that differ from the global `model`.", default=ModelConfig())

    @model_validator(mode="before")
    @classmethod
    def _default_by_type(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("type", "cpu"), str):
            return data
        return TYPE_DEFAULTS.get(data.get("type", "cpu"), {}) | data
