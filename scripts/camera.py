"""Takes pictures of the sandbox's page, and keeps them small enough for a repository."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, ViewportSize

from scripts.pictured_play import Play

WIDE: ViewportSize = {"width": 1600, "height": 1000}
NARROW: ViewportSize = {"width": 390, "height": 844}
SETTLE_MS = 2_000
MARGIN = 10
COLOURS = 128
ROUNDS = 2
"""Of choosing the colours anew; without them small coloured things lose theirs."""
LARGEST = 150_000


class Camera:
    """Pictures of the sandbox at `address`, into `folder`."""

    def __init__(self, browser: Browser, address: str, play: Play, folder: Path) -> None:
        self._play = play
        self._folder = folder
        self._wide = _opened(browser, address, WIDE)
        self._narrow = _opened(browser, address, NARROW)

    def desk(self, name: str) -> None:
        """The whole page from its first phone on."""
        self._wide.locator(".phone").first.scroll_into_view_if_needed()
        self._keep(name, self._wide.screenshot)

    def phone(self, who: str, name: str) -> None:
        """One phone with its plate, as it stands now."""
        region = self._wide.locator(f"#phone-{self._play.phone(who)['id']}")
        region.scroll_into_view_if_needed()
        box = region.bounding_box()
        assert box is not None, "the phone has just been scrolled into view"
        clip = _widened(box, WIDE)
        self._keep(name, lambda: self._wide.screenshot(clip=clip))

    def narrow(self, who: str, name: str) -> None:
        """The page on a hand-held, with the phone of `who` in front."""
        number = self._play.phone(who)["id"]
        self._narrow.locator(f'.tab[aria-controls="phone-{number}"]').click()
        self._keep(name, self._narrow.screenshot)

    def troubles(self, who: str, label: str, name: str) -> None:
        """The dialog of troubles while one of them goes on for `who`; it is ended afterwards."""
        self._wide.get_by_role("button", name="Trouble").click()
        dialog = self._wide.get_by_role("dialog", name="Trouble on order")
        dialog.get_by_label("For whom").select_option(str(self._play.phone(who)["id"]))
        dialog.get_by_role("button", name=label).click()
        end = dialog.get_by_role("button", name=f"End: {label}")
        end.wait_for()
        self._keep(name, dialog.screenshot)
        end.click()
        end.wait_for(state="detached")
        dialog.get_by_role("button", name="Close").click()

    def _keep(self, name: str, take: Callable[[], bytes]) -> None:
        self._wide.wait_for_timeout(SETTLE_MS)
        self._wide.wait_for_function("() => !document.querySelector('.toast')")
        (self._folder / f"{name}.png").write_bytes(shrunk(take()))


def shrunk(png: bytes) -> bytes:
    """The picture with fewer colours, in at most LARGEST bytes; refuses what stays larger."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (COLOURS, COLOURS // 2):
        out = io.BytesIO()
        fewer = picture.quantize(colours, kmeans=ROUNDS, dither=Image.Dither.NONE)
        fewer.save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            return out.getvalue()
    raise ValueError(f"{out.tell()} bytes are too many for a picture")


def _opened(browser: Browser, address: str, size: ViewportSize) -> Page:
    page = browser.new_page(viewport=size)
    page.goto(address)
    page.locator(".phone").first.wait_for()
    return page


def _widened(box: FloatRect, window: ViewportSize) -> FloatRect:
    left, top = max(0, box["x"] - MARGIN), max(0, box["y"] - MARGIN)
    right = min(window["width"], box["x"] + box["width"] + MARGIN)
    bottom = min(window["height"], box["y"] + box["height"] + MARGIN)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}
