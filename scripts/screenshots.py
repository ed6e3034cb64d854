"""Pictures of the sandbox as a newcomer meets it, into docs/screenshots/.

Starts a sandbox of its own in an empty folder, links everybody of the cast, and takes the
whole desk, each person's phone in their language, and the page on a narrow screen.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from scripts.chromium import ensure_chromium
from scripts.pictured_play import Play

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
WIDE: ViewportSize = {"width": 1600, "height": 1000}
NARROW: ViewportSize = {"width": 390, "height": 844}
START_SECONDS = 120
SETTLE_MS = 2_000
ANSWER_MS = 60_000


@contextmanager
def sandbox() -> Iterator[str]:
    """A sandbox in an empty folder, by its address; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="rollcall-pictures-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "sandbox", "--port", str(port)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            _wait_for(address)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _wait_for(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            if _state(address)["rollcall"]["running"]:
                return
        except urllib.error.URLError:
            pass
        time.sleep(0.5)
    sys.exit(f"The sandbox was not there after {START_SECONDS} seconds.")


def _state(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{address}/api/state", timeout=10) as answer:
        state: dict[str, Any] = json.load(answer)
        return state


def link(phone: Locator) -> None:
    """Press START, share one's own number, and take note of the privacy notice."""
    phone.scroll_into_view_if_needed()
    phone.locator(".start").click()
    phone.locator(".reply-keyboard button").first.click()
    phone.locator(".sheet .main").click()
    key = phone.locator(".message.bot .key")
    key.first.wait_for(timeout=ANSWER_MS)
    key.last.click()


def take_phones(page: Page, address: str) -> None:
    """The whole desk with everybody at their menu, then each phone by the name of its part."""
    page.locator(".phone").nth(len(_state(address)["cast"]) - 1).wait_for()
    held = _state(address)["phones"]
    phones = {
        one["key"]: page.get_by_role("region", name=f"Phone of {one['name']}", exact=True)
        for one in held
    }
    for phone in phones.values():
        link(phone)
    page.wait_for_timeout(SETTLE_MS)
    for phone in phones.values():
        phone.locator(".message.bot .key").last.click()
    page.wait_for_timeout(SETTLE_MS)
    next(iter(phones.values())).scroll_into_view_if_needed()
    page.screenshot(path=PICTURES / "desk.png")
    for key, phone in phones.items():
        phone.scroll_into_view_if_needed()
        phone.screenshot(path=PICTURES / f"phone-{key}.png")


def take_main_job(page: Page, address: str) -> None:
    """A class ends, two officers answer in their languages, the unit reads the result."""
    play = Play(address)
    play.join_class()
    play.until_asked("officer_urdu")
    take(page, address, "officer", "asked-khmer")
    for key, language in (("officer", "khmer"), ("officer_urdu", "urdu")):
        play.press(key, "t:")
        take(page, address, key, f"intro-{language}")
        play.press(key, "tb:")
        take(page, address, key, f"question-{language}")
        play.answer_rest(key)
        take(page, address, key, f"summary-{language}")
        play.submit(key)
    play.days(9)
    play.press("unit", "rep:")
    play.wait_picture("unit")
    take(page, address, "unit", "report")


def take(page: Page, address: str, key: str, name: str) -> None:
    """One phone as it stands now."""
    one = next(phone for phone in Play(address).state()["phones"] if phone["key"] == key)
    phone = page.get_by_role("region", name=f"Phone of {one['name']}", exact=True)
    phone.scroll_into_view_if_needed()
    page.wait_for_timeout(SETTLE_MS)
    phone.screenshot(path=PICTURES / f"{name}.png")


def take_narrow(browser: Browser, address: str) -> None:
    """The page as a hand-held shows it."""
    page = browser.new_page(viewport=NARROW)
    page.goto(address)
    page.locator(".phone").first.wait_for()
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=PICTURES / "narrow.png")


def main() -> None:
    """Takes all pictures anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path, arguments = ensure_chromium()
    with sandbox() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(arguments))
        page = browser.new_page(viewport=WIDE)
        page.goto(address)
        page.locator(".phone").first.wait_for()
        take_phones(page, address)
        take_main_job(page, address)
        take_narrow(browser, address)
        browser.close()
    print(f"Pictures are in {PICTURES.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
