"""A session opened in Chromium, and what is measured on it."""

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.stack import Client

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FOLDER = Path(__file__).parent
PROBE = (FOLDER / "probe.js").read_text(encoding="utf-8")
REFERENCE = (FOLDER / "reference.js").read_text(encoding="utf-8")

DEADLINE_MS = 30_000
QUIET_MS = 700
# Asked at each frame, the question itself would make the page draw frames.
ASKING_MS = 100
PLAYED_MS = 5000
KEYS = 9
SCROLLED_FRAMES, SCROLLED_PIXELS = 150, 240
REFERENCE_ROUNDS = 4


@dataclass
class Opened:
    """What one opening of a session showed. Times in milliseconds."""

    text_ms: float
    interactive_ms: float
    whole_ms: float
    mark_ms: list[float]
    select_ms: list[float]
    frames_ms: list[float]
    following_ms: float
    heap_bytes: float
    elements: int
    is_warm: bool = True


@dataclass
class Reference:
    """The same words as text nodes and as an element each, in one page load."""

    text_nodes: list[dict[str, float]] = field(default_factory=list)
    spans: list[dict[str, float]] = field(default_factory=list)

    def median(self, way: str, what: str) -> float:
        return statistics.median(row[what] for row in getattr(self, way))

    def ratio(self, what: str) -> float:
        return self.median("spans", what) / self.median("text_nodes", what)


@contextmanager
def signed_in_context(client: Client) -> Iterator[tuple[Browser, BrowserContext]]:
    """A browser that is signed in as the client is, with the probe in every page."""
    cookies = [
        {"name": cookie.name, "value": cookie.value or "", "url": client.base_url}
        for cookie in client.cookies
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            base_url=client.base_url,
            viewport={"width": 1280, "height": 800},
            reduced_motion="reduce",
        )
        context.set_default_timeout(DEADLINE_MS)
        context.add_cookies(cookies)
        context.add_init_script(PROBE)
        yield browser, context
        browser.close()


@contextmanager
def opened_page(context: BrowserContext, address: str, passages: int) -> Iterator[Page]:
    """The session's page, once all its passages are there and nothing is at work any more."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function(
        "([ms, all]) => bench.isQuiet(ms, all)", arg=[QUIET_MS, passages], polling=ASKING_MS
    )
    yield page
    page.close()


def measure_opening(context: BrowserContext, address: str, passages: int) -> Opened:
    """Opens a session of so many passages and uses it as a reader does."""
    with opened_page(context, address, passages) as page:
        text_ms = page.evaluate("bench.textMs")
        interactive_ms = page.evaluate("bench.interactiveMs()")
        whole_ms = page.evaluate("bench.wholeMs")
        heap_bytes, elements = _memory(page)
        select_ms, mark_ms = _marks(page)
        page.evaluate("window.scrollTo(0, 0)")
        frames_ms = page.evaluate(f"bench.scroll({SCROLLED_FRAMES}, {SCROLLED_PIXELS})")
        following_ms = _following(page)
    return Opened(
        text_ms=text_ms,
        interactive_ms=interactive_ms,
        whole_ms=whole_ms,
        mark_ms=mark_ms,
        select_ms=select_ms,
        frames_ms=frames_ms,
        following_ms=following_ms,
        heap_bytes=heap_bytes,
        elements=elements,
    )


def measure_reference(
    context: BrowserContext, address: str, passages: int, *, excerpts: int
) -> Reference:
    """The page's own words, built and marked both ways in turn."""
    with opened_page(context, address, passages) as page:
        result = page.evaluate(REFERENCE, {"rounds": REFERENCE_ROUNDS, "excerpts": excerpts})
    return Reference(result["textNodes"], result["spans"])


def _marks(page: Page) -> tuple[list[float], list[float]]:
    """From key to paint: choosing another word, and placing what is chosen."""
    page.get_by_role("region", name="Transcript").focus()
    page.keyboard.press("ArrowRight")
    for _ in range(KEYS):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+ArrowRight")
        _press(page, "Shift+ArrowRight", "words-selected")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            _press(page, "5", "excerpt-pain")
    times_ms: list[float] = page.evaluate("bench.keysMs")
    return times_ms[0::2], times_ms[1::2]


def _press(page: Page, key: str, highlight: str) -> None:
    """Press a key, and wait until the highlight has changed."""
    count = page.evaluate("name => (bench.watchKey(name), bench.keysMs.length)", highlight)
    page.keyboard.press(key)
    page.wait_for_function("count => bench.keysMs.length > count", arg=count)


def _following(page: Page) -> float:
    """Processor time of the page's main thread for a second of playing, in milliseconds."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate("window.scrollTo(0, 0)")
    page.get_by_role("region", name="Transcript").focus()
    page.keyboard.press("Space")
    page.wait_for_function(
        "() => document.querySelector('video')?.currentTime > 1", polling=ASKING_MS
    )
    busy_before_s, played_before_s = _busy_s(session), _played_s(page)
    page.wait_for_timeout(PLAYED_MS)
    busy_s, played_s = _busy_s(session), _played_s(page)
    return 1000 * (busy_s - busy_before_s) / (played_s - played_before_s)


def _busy_s(session: CDPSession) -> float:
    return _metrics(session)["TaskDuration"]


def _played_s(page: Page) -> float:
    return float(page.evaluate("document.querySelector('video').currentTime"))


def _memory(page: Page) -> tuple[float, int]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    elements: int = page.evaluate("document.querySelectorAll('*').length")
    return _metrics(session)["JSHeapUsedSize"], elements


def _metrics(session: CDPSession) -> dict[str, float]:
    found = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: one["value"] for one in found}
