"""Known models and their downloads; the server is a fake."""

import hashlib
import io
from pathlib import Path

import pytest

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect import catalogue
from picket.detect.catalogue import (
    MODELS,
    KnownModel,
    ModelCopy,
    ModelState,
    download,
    find_model,
    list_models,
    settings_for,
    verify,
)
from picket.detect.decode.families import FAMILIES
from picket.domain.errors import ModelError, NotFound, Unavailable

CONTENT = b"weights" * 20_000
TINY = KnownModel(
    name="tiny",
    file="tiny.onnx",
    url="https://models.example/tiny.onnx",
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size_bytes=len(CONTENT),
    licence="Apache-2.0",
    detector="onnx",
    model_type="yolox",
    labels="COCO, 80 classes",
    summary="for tests",
)


class Counted(io.BytesIO):
    """Counts the bytes handed out, also after it is closed."""

    handed_out = 0

    def read(self, size: int | None = -1, /) -> bytes:
        chunk = super().read(size)
        self.handed_out += len(chunk)
        return chunk


class Server:
    """Answers every URL with the same bytes and notes what was read."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.urls: list[str] = []
        self.stream = Counted()

    def open(self, url: str) -> Counted:
        self.urls.append(url)
        self.stream = Counted(self.content)
        return self.stream


@pytest.fixture(autouse=True)
def only_tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "MODELS", (TINY,))


def test_a_download_lies_whole_under_its_name(tmp_path: Path) -> None:
    server = Server(CONTENT)
    copy = download("tiny", tmp_path / "models", server.open)
    assert copy == ModelCopy(TINY, tmp_path / "models" / "tiny.onnx", ModelState.READY)
    assert copy.path.read_bytes() == CONTENT
    assert server.urls == [TINY.url]
    assert [path.name for path in copy.path.parent.iterdir()] == ["tiny.onnx"]


def test_a_whole_copy_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "tiny.onnx").write_bytes(CONTENT)
    server = Server(b"")
    assert download("tiny", tmp_path, server.open).state is ModelState.READY
    assert server.urls == []


def test_a_damaged_copy_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "tiny.onnx").write_bytes(b"half")
    download("tiny", tmp_path, Server(CONTENT).open)
    assert (tmp_path / "tiny.onnx").read_bytes() == CONTENT


@pytest.mark.parametrize(
    "content", [b"", CONTENT[:-1], CONTENT[:-1] + b"?", CONTENT + b"x" * 1_000_000]
)
def test_another_file_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ModelError, match="not the published file"):
        download("tiny", tmp_path, Server(content).open)
    assert list(tmp_path.iterdir()) == []


def test_an_endless_answer_is_read_no_further_than_the_published_size(tmp_path: Path) -> None:
    server = Server(CONTENT * 3)
    with pytest.raises(ModelError):
        download("tiny", tmp_path, server.open)
    assert server.stream.handed_out == len(CONTENT) + 1


def test_a_silent_server_is_told_with_the_address(tmp_path: Path) -> None:
    def refuse(url: str) -> io.BytesIO:
        raise ConnectionRefusedError(url)

    with pytest.raises(Unavailable, match=r"check the network.*https://models\.example"):
        download("tiny", tmp_path, refuse)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="choose one of tiny"):
        download("huge", tmp_path, Server(CONTENT).open)


def test_the_list_tells_missing_damaged_and_ready_apart(tmp_path: Path) -> None:
    def state() -> ModelState:
        return list_models(tmp_path)[0].state

    assert state() is ModelState.MISSING
    (tmp_path / "tiny.onnx").write_bytes(b"half")
    assert state() is ModelState.DAMAGED
    (tmp_path / "tiny.onnx").write_bytes(CONTENT)
    assert state() is ModelState.READY


def test_a_missing_file_verifies_against_nothing(tmp_path: Path) -> None:
    assert not verify(tmp_path / "none.onnx", hashlib.sha256(b"").hexdigest())


def test_a_model_is_found_by_its_name() -> None:
    assert find_model("tiny") is TINY


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_every_known_model_is_complete(model: KnownModel) -> None:
    assert model.url.startswith("https://")
    assert len(bytes.fromhex(model.sha256)) == 32
    assert model.model_type in FAMILIES
    assert Path(model.file).suffix == {"onnx": ".onnx", "cpu": ".tflite"}[model.detector]
    # The settings that are offered must be accepted.
    copy = ModelCopy(model, Path("/models") / model.file, ModelState.READY)
    assert f"type: {model.detector}\n" in settings_for(copy)
    DetectorConfig.model_validate({"type": model.detector})
    ModelConfig.model_validate({"path": str(copy.path), "model_type": model.model_type})
