"""The page Settings, at a program of its own: what it changes would disturb the others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import assert_accessible, shots, watched_page
from tests.support.servers import DATA, Picket, loop_video, rtsp_server, running_picket, wait_for

CONFIG = """\
mqtt: {{enabled: false}}
detectors:
  onnx: {{type: onnx}}
model: {{path: {model}, model_type: yolox}}
cameras:
  street:
    ffmpeg:
      inputs:
        - path: {url}/street
          roles: [detect, record]
    detect:
      fps: 5 # enough
    objects: {{track: [person]}}
record: {{enabled: true}}
notifications:
  channels:
    browsers: {{type: webpush, contact: "mailto:me@example.org"}}
"""

KEPT = """async () => {
  const kept = await (await caches.open("page")).keys();
  return kept.map((each) => new URL(each.url).pathname);
}"""
"""What the service worker has stored."""

PUSH_SERVICE = """
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
let now = null;
PushManager.prototype.getSubscription = async () => now;
PushManager.prototype.subscribe = async () => {
  const kind = { name: "ECDH", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(kind, false, ["deriveBits"]);
  const p256dh = base64url(await crypto.subtle.exportKey("raw", pair.publicKey));
  const auth = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const endpoint = "https://fcm.googleapis.com/fcm/send/abc";
  now = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }) };
  now.unsubscribe = async () => { now = null; };
  return now;
};
"""
"""What a browser's own push service gives: Chromium's is not to be reached from here."""

SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const [first] = await registration.getNotifications();
  return first && [first.title, first.data];
}"""

CHANGED = "enough"
"""A word of the line that tests change."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the camera is."""
    folder = tmp_path_factory.mktemp("camera")
    video = loop_video(DATA / "videos" / "street_people_gt.mp4", folder / "street.mp4", 100)
    with rtsp_server({"street": video}) as url:
        yield url


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, address: str) -> Iterator[Picket]:
    """A program whose configuration may be changed."""
    model = DATA / "models" / "yolox_nano.onnx"
    folder = tmp_path_factory.mktemp("own")
    with running_picket(folder, CONFIG.format(url=address, model=model)) as started:
        wait_for(lambda: has_pictures(started, "street"), 60, "pictures")
        yield started
        assert "Traceback" not in started.log.read_text()


@pytest.fixture
def page(own: Picket, browser: Browser) -> Iterator[Page]:
    """A tab on that program."""
    with watched_page(browser, own.url("")) as tab:
        yield tab


def has_pictures(picket: Picket, camera: str) -> bool:
    """Whether a camera sends some."""
    cameras = (picket.json("/api/stats") or {}).get("cameras", {})
    return bool(cameras.get(camera, {}).get("camera_fps", 0) > 0)


def raw(picket: Picket) -> str:
    """The configuration file."""
    return picket.fetch("/api/config/raw")[1].decode()


def editor(page: Page) -> Locator:
    """The text of the configuration, to write into."""
    page.goto("/settings/config")
    return page.get_by_role("textbox", name="Configuration file")


def write_after(page: Page, word: str, text: str) -> None:
    """Write at the end of the line that has a word."""
    page.get_by_text(word).click()
    page.keyboard.press("End")
    page.keyboard.type(text)


def test_an_invalid_file_is_refused_with_its_line(page: Page, own: Picket) -> None:
    before = raw(own)
    expect(editor(page)).to_be_visible()
    write_after(page, CHANGED, "\n")
    page.keyboard.insert_text("fsp: 7")  # typed, it would be completed
    line = 1 + next(n for n, text in enumerate(before.splitlines(), 1) if CHANGED in text)
    problem = page.get_by_role("button", name=f"Line {line}:")
    expect(problem).to_contain_text("cameras.street.detect.fsp")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    expect(page.locator(".cm-lintRange-error")).to_have_text("fsp: 7")
    shots(page, "settings-refused")
    assert_accessible(page)
    assert raw(own) == before


def test_a_change_is_compared_and_then_saved(page: Page, own: Picket) -> None:
    expect(editor(page)).to_be_visible()
    write_after(page, CHANGED, "\nma")
    page.get_by_role("option", name="max_disappeared").click()
    page.keyboard.type("9")
    expect(page.get_by_text("Picket would take this.")).to_be_visible()
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog", name="What saving changes")
    expect(dialog.locator(".cm-changedLine")).to_have_text("      max_disappeared: 9")
    shots(page, "settings-compare")
    assert_accessible(page)
    dialog.get_by_role("button", name="Save and restart").click()
    expect(dialog).to_contain_text("Picket starts again with it")
    expect(page.get_by_text("Picket is back", exact=False).first).to_be_visible(timeout=60_000)
    assert "      max_disappeared: 9\n" in raw(own)
    assert own.json("/api/config")["cameras"]["street"]["detect"]["max_disappeared"] == 9


def told(page: Page, text: str) -> None:
    """A notice says it."""
    expect(page.get_by_text(text, exact=True)).to_be_visible()


def click_at(page: Page, place: Locator, x: float, y: float) -> None:
    """Click in shares of a place."""
    box = place.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])


def test_a_zone_drawn_by_mouse_is_in_the_file_and_in_events(page: Page, own: Picket) -> None:
    page.goto("/settings/shapes/street")
    page.get_by_role("button", name="Draw a zone").click()
    pen = page.get_by_role("button", name="Set a corner")
    for x, y in ((0.02, 0.04), (0.9, 0.04), (0.98, 0.96), (0.02, 0.96), (0.02, 0.04)):
        click_at(page, pen, x, y)
    page.get_by_label("Name").fill("the gate")
    page.get_by_label("Person").check()
    corner = page.get_by_role("button", name="Corner 2 of the_gate")
    corner.hover()
    page.mouse.down()
    picture = page.get_by_role("img", name="Picture of Street").bounding_box()
    assert picture is not None
    page.mouse.move(picture["x"] + picture["width"] + 50, picture["y"] + 0.04 * picture["height"])
    page.mouse.up()
    corner.press("ArrowLeft")
    shots(page, "settings-zone")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    told(page, "Config successfully updated.")
    zone = own.json("/api/config")["cameras"]["street"]["zones"]["the_gate"]
    x, y, *_ = [float(each) for each in zone["coordinates"].split(",")]
    assert x == pytest.approx(0.02, abs=0.005)
    assert y == pytest.approx(0.04, abs=0.005)
    assert zone["coordinates"].split(",")[2] == "0.995"
    assert "    zones:\n      the_gate:\n" in raw(own)
    assert "# enough" in raw(own)
    wait_for(lambda: own.json("/api/events?zones=the_gate"), 60, "an event in the zone")


def test_a_zone_is_renamed_with_what_names_it_in_the_file(page: Page, own: Picket) -> None:
    corners = "cameras.street.zones.gate.coordinates=0.0,0,1,0,1,0.2"
    required = "cameras.street.mqtt.required_zones.0=gate"
    assert page.request.put(f"/api/config/set?{corners}&{required}").ok
    page.goto("/settings/shapes/street")
    page.get_by_role("button", name="gate", exact=True).click()
    page.get_by_label("Name").fill("front gate")
    expect(page.get_by_text("Events so far keep the name gate.")).to_be_visible()
    page.get_by_label("Pictures in a row").fill("5")
    shots(page, "settings-zone-renamed")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    told(page, "Config successfully updated.")
    street = own.json("/api/config")["cameras"]["street"]
    assert street["zones"]["front_gate"]["inertia"] == 5
    assert "gate" not in street["zones"]
    assert street["mqtt"]["required_zones"] == ["front_gate"]
    assert "# enough" in raw(own)


def test_a_mask_is_drawn_by_keyboard_and_taken_back(page: Page) -> None:
    page.goto("/settings/shapes/street")
    page.get_by_role("button", name="Draw a motion mask").press("Enter")
    page.keyboard.press("Enter")
    masks = page.get_by_role("region", name="Motion masks")
    expect(masks.get_by_role("button", name="Motion mask", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_enabled()
    page.keyboard.press("Control+z")
    expect(masks.get_by_role("button", name="Motion mask", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Save")).to_be_disabled()


def test_a_switch_acts_at_once_and_stays_in_the_file(page: Page, own: Picket) -> None:
    page.goto("/settings")
    card = page.get_by_role("region", name="Street")
    switch = card.get_by_role("switch", name="Keep a picture of each event")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    told(page, "Config successfully updated.")
    assert "    snapshots:\n      enabled: true\n" in raw(own)
    assert own.json("/api/config")["cameras"]["street"]["snapshots"]["enabled"]
    expect(card.get_by_role("switch", name="Look for motion")).to_be_disabled()
    shots(page, "settings-cameras")
    assert_accessible(page)


def test_motion_is_tuned_before_the_picture_and_then_kept(page: Page, own: Picket) -> None:
    page.goto("/settings/motion/street")
    slider = page.get_by_role("slider", name="Threshold")
    expect(slider).to_have_value("30")

    def threshold() -> int:
        return int(own.json("/api/config")["cameras"]["street"]["motion"]["threshold"])

    slider.press("ArrowLeft")
    wait_for(lambda: threshold() == 29, 15, "threshold in effect")
    assert "threshold" not in raw(own)
    picture = page.get_by_role("img", name="Picture of Street")
    expect(picture).to_have_attribute("src", re.compile("motion=1"))
    shots(page, "settings-motion")
    assert_accessible(page)
    page.get_by_role("button", name="Keep").click()
    told(page, "Config successfully updated.")
    assert "      threshold: 29\n" in raw(own)


def test_a_browser_is_told_once_it_wants_to_be(own: Picket, browser: Browser) -> None:
    options = {"service_workers": "allow", "permissions": ["notifications"]}
    with watched_page(browser, own.url(""), **options) as page:
        page.add_init_script(PUSH_SERVICE)
        page.goto("/settings/device")
        page.get_by_role("button", name="Tell this browser").click()
        expect(page.get_by_text("This browser is told")).to_be_visible()
        assert own.json("/api/notifications")["subscriptions"] == 1
        shots(page, "settings-told")
        assert_accessible(page)
        page.get_by_role("button", name="Tell it no more").click()
        expect(page.get_by_role("button", name="Tell this browser")).to_be_visible()
        assert own.json("/api/notifications")["subscriptions"] == 0
        assert pushed(page, {"title": "Person", "event_id": "1.5-ab"}) == [
            "Person",
            "/events/1.5-ab",
        ]


def pushed(page: Page, told: dict[str, str]) -> list[str]:
    """What the service worker shows of a message, and where a click would lead."""
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    origin = page.evaluate("location.origin")
    message = {"body": "", "tag": "1", "url": None, "image": None, **told}
    devtools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[0], "data": json.dumps(message)},
    )
    return wait_for(lambda: page.evaluate(SHOWN), 15, "what was pushed")


def test_a_new_installation_leads_to_its_first_camera(
    browser: Browser, tmp_path: Path, address: str
) -> None:
    with (
        running_picket(tmp_path, "mqtt: {enabled: false}\ncameras: {}  # none yet\n") as fresh,
        watched_page(browser, fresh.url("")) as page,
    ):
        wait_for(lambda: fresh.json("/api/stats"), 30, "the API")
        page.goto("/")
        page.get_by_role("link", name="Add a camera").click()
        field = page.get_by_label("Address of its stream")
        field.fill(f"{address}/nothing")
        page.get_by_role("button", name="Test").click()
        expect(page.get_by_role("alert")).to_contain_text("has nothing at this path")
        field.fill(f"{address}/street")
        page.get_by_role("button", name="Test").click()
        picture = page.get_by_role("img", name="Picture of the new camera")
        expect(picture).to_be_visible()
        expect(page.get_by_role("group", name="H264, 626")).to_be_visible()
        expect(page.get_by_label("Look for objects")).to_be_checked()
        page.get_by_role("textbox", name=re.compile("^Name")).fill("Front door")
        shots(page, "settings-add")
        assert_accessible(page)
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("heading", level=1, name="Front door")).to_be_visible(
            timeout=60_000
        )
        expect(page.locator("[data-live=playing]")).to_be_visible(timeout=60_000)
        assert "front_door:" in raw(fresh)
        assert "# none yet" in raw(fresh)


def test_the_page_opens_while_picket_is_away(browser: Browser, tmp_path: Path) -> None:
    with (
        running_picket(tmp_path, "mqtt: {enabled: false}\ncameras: {}\n") as fresh,
        watched_page(browser, fresh.url(""), service_workers="allow") as page,
    ):
        wait_for(lambda: fresh.json("/api/stats"), 30, "the API")
        page.goto("/settings/device")
        expect(page.get_by_text("there is no channel for web push")).to_be_visible()
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        page.reload()  # now through the worker
        expect(page.get_by_role("heading", name="As an app")).to_be_visible()
        shots(page, "settings-device")
        assert_accessible(page)
        kept = page.evaluate(KEPT)
        assert all(path == "/" or path.startswith("/assets/") for path in kept), kept
        fresh.stop()
        page.reload()
        expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()
        expect(page.get_by_text("Picket does not answer since")).to_be_visible()
