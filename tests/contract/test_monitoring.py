"""What docs/guide/monitoring.md promises to those who watch."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from picket.domain.status import BrokerStatus
from picket.store.segments import put_segment
from tests.contract.conftest import Door
from tests.contract.test_metrics import fill, scrape
from tests.support.index_samples import make_segment

DOCS = Path(__file__).parents[2] / "docs"
MONITORING = DOCS / "monitoring"
PAGE = (DOCS / "guide" / "monitoring.md").read_text(encoding="utf-8")
METRIC = re.compile(r"\bpicket_[a-z_]+")
SUFFIXES = ("_bucket", "_count", "_sum")

RULES_CASE = """
rule_files: [alerts.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: 'picket_recording_gap_seconds_total{camera="a", reason="camera_offline"}'
        values: "0x5 30 90 150x20"
      - series: 'picket_recording_gap_seconds_total{camera="b", reason="disabled"}'
        values: "0+60x30"
      - series: 'picket_recording_gap_seconds_total{camera="c", reason="stalled"}'
        values: "0x30"
      - series: 'picket_camera_up{camera="a"}'
        values: "1 0x20"
    alert_rule_test:
      - eval_time: 10m
        alertname: PicketNotRecorded
        exp_alerts:
          - exp_labels: {severity: warning, camera: a, reason: camera_offline}
            exp_annotations:
              summary: "a was not recorded for 2m 30s of the last 15 minutes: camera_offline."
      - eval_time: 10m
        alertname: PicketDiskRefuses
        exp_alerts: []
      - eval_time: 4m
        alertname: PicketCameraDown
        exp_alerts: []
      - eval_time: 10m
        alertname: PicketCameraDown
        exp_alerts:
          - exp_labels: {severity: warning, camera: a}
            exp_annotations: {summary: "Camera a sends nothing."}
"""


@pytest.fixture
def served(door: Door) -> set[str]:
    """Names as they are scraped, parts of histograms included."""
    fill(door)
    put_segment(door.db, make_segment(0))
    door.client.get("/api/version")
    door.brokers.append(BrokerStatus(is_connected=True, dropped=0, waiting=0))
    found = scrape(door)
    return {sample.name for family in found.values() for sample in family.samples}


def whole(name: str) -> str:
    """The metric that a part of a histogram belongs to."""
    return next((name.removesuffix(one) for one in SUFFIXES if name.endswith(one)), name)


def promtool(*arguments: str, folder: Path = MONITORING) -> str:
    """What it complains about; empty for nothing."""
    done = subprocess.run(
        ["promtool", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def expressions(node: Any) -> list[str]:
    """Every `expr` in a tree, and what the variables of a dashboard ask."""
    if isinstance(node, list):
        return [one for child in node for one in expressions(child)]
    if not isinstance(node, dict):
        return []
    own = [node[key] for key in ("expr", "query") if isinstance(node.get(key), str)]
    return own + [one for child in node.values() for one in expressions(child)]


def test_the_page_has_every_metric_and_no_other(served: set[str]) -> None:
    rows = "".join(
        line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `picket_")
    )
    assert set(METRIC.findall(rows)) == {whole(name) for name in served}


def test_the_rules_name_metrics_that_exist(served: set[str]) -> None:
    rules = YAML(typ="safe").load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))
    named = {name for one in expressions(rules) for name in METRIC.findall(one)}
    assert len(named) > 10
    assert named <= served


def test_the_dashboard_shows_metrics_that_exist_and_nearly_all(served: set[str]) -> None:
    dashboard = json.loads((MONITORING / "grafana.json").read_text(encoding="utf-8"))
    named = {name for one in expressions(dashboard) for name in METRIC.findall(one)}
    assert named <= served
    missing = {whole(name) for name in served} - {whole(name) for name in named}
    assert missing == {
        *("picket_build_info", "picket_index_up", "picket_start_time_seconds", "picket_storage_up"),
        "picket_retention_deleted_segments_total",
    }
    places = [panel["gridPos"] for panel in dashboard["panels"]]
    assert all(one["x"] + one["w"] <= 24 for one in places)
    assert len({(one["x"], one["y"]) for one in places}) == len(places)


def test_the_page_tells_what_to_do_at_each_alert() -> None:
    rules = YAML(typ="safe").load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))
    alerts = {rule["alert"] for group in rules["groups"] for rule in group["rules"]}
    table = PAGE.partition("## The alerts")[2]
    assert set(re.findall(r"`(Picket\w+)`", table)) == alerts


def test_promtool_takes_rules_and_configuration() -> None:
    assert promtool("check", "rules", "alerts.yml") == ""
    assert promtool("check", "config", "prometheus.yml") == ""


def test_the_rules_call_when_footage_is_missing_and_only_then(tmp_path: Path) -> None:
    (tmp_path / "alerts.yml").write_bytes((MONITORING / "alerts.yml").read_bytes())
    (tmp_path / "case.yml").write_text(RULES_CASE)
    assert promtool("test", "rules", "case.yml", folder=tmp_path) == ""
