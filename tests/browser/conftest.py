"""A real Chromium before a real Earshot with the sample study."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.stack import ROOT, Stack, running_stack

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
# A machine that also transcribes is busy.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("earshot"), has_sample=True) as stack:
        yield stack


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, stack: Stack, tmp_path: Path) -> Iterator[Page]:
    """A fresh window of 1280 × 800. What went wrong in it fails the test."""
    context = browser.new_context(
        base_url=stack.base_url, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    if shots := os.environ.get("EARSHOT_SCREENSHOTS"):
        page.screenshot(path=f"{shots}/last.png")
    context.close()
    assert not faults, faults


@pytest.fixture
def check_accessibility(page: Page) -> Callable[[], None]:
    """Runs axe on the page as it stands; serious and critical violations fail the test."""
    source = AXE.read_text()

    def check() -> None:
        # Evaluated, not added as an element: the page's security policy allows no foreign script.
        page.evaluate(source)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave = [
            f"{found['id']}: {found['help']} – "
            f"{[node['html'][:160] for node in found['nodes'][:3]]}"
            for found in result["violations"]
            if found["impact"] in ("serious", "critical")
        ]
        assert not grave, f"{page.url}: " + "; ".join(grave)

    return check
