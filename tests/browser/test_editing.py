"""Living in a transcript by keyboard: editing it, clashing with somebody, coming back to it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_main_story import look, sign_in

pytestmark = pytest.mark.browser

SESSION = "Twenty minutes on hold"
TURN = "I was on hold for twenty minutes before anyone picked up."


def open_session(page: Page) -> None:
    page.get_by_role("link", name="Studies").first.click()
    page.get_by_role("link", name=re.compile("Booking a doctor")).first.click()
    page.get_by_role("link", name=re.compile(SESSION)).first.click()
    expect(page.locator("[data-segment]").first).to_be_visible()


def transcript(page: Page):
    return page.get_by_role("region", name="Transcript")


def field(page: Page):
    return page.get_by_role("textbox", name="Text of the passage")


def passages(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-segment]')]
            .map(row => row.querySelector('textarea')?.value ?? row.textContent)"""
    )


def wait_for_passages(page: Page, *wanted: str) -> None:
    """Until these passages stand one after the other."""
    page.wait_for_function(
        """wanted => ['', ...[...document.querySelectorAll('[data-segment]')]
            .map(row => row.querySelector('textarea')?.value ?? row.textContent), '']
            .join('\\n').includes(['', ...wanted, ''].join('\\n'))""",
        arg=list(wanted),
    )


def edit_turn(page: Page, beginning: str) -> None:
    """By keyboard: to the turn that begins so, and into its text."""
    transcript(page).focus()
    texts = passages(page)
    row = next(index for index, text in enumerate(texts) if text.startswith(beginning))
    # To the top from wherever the cursor is, then down.
    for _ in texts:
        page.keyboard.press("ArrowUp")
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("i")
    expect(field(page)).to_be_focused()
    assert field(page).input_value().startswith(beginning)


@pytest.fixture
def workbench(page: Page) -> Page:
    sign_in(page, "Rosa Researcher")
    open_session(page)
    return page


def test_a_turn_is_corrected_split_joined_and_put_back_by_keyboard(
    workbench: Page, check_accessibility: Callable[[], None]
):
    page = workbench
    before = passages(page)
    rest = next(text for text in before if text.startswith(TURN)).removeprefix(TURN).strip()
    edit_turn(page, TURN)
    check_accessibility()
    look(page, "editing-1-field")

    page.keyboard.type("Well, ")
    page.keyboard.press("Enter")
    wait_for_passages(page, f"Well, {TURN} {rest}")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    # The excerpt on these words says what it said.
    expect(page.get_by_role("list", name="Excerpts in order")).to_contain_text(TURN)

    # Split before “The music …”, for the same voice.
    page.keyboard.press("i")
    field(page).evaluate("(e, at) => e.setSelectionRange(at, at)", len(f"Well, {TURN} "))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("group", name="Who says the second part?")).to_be_visible()
    check_accessibility()
    look(page, "editing-2-split")
    page.keyboard.press("Enter")
    wait_for_passages(page, f"Well, {TURN}", rest)
    expect(field(page)).to_be_focused()

    page.keyboard.press("Backspace")
    wait_for_passages(page, f"Well, {TURN} {rest}")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_have_count(0)

    # Back, step by step: together, apart, together, as it was.
    for wanted in ([f"Well, {TURN}", rest], [f"Well, {TURN} {rest}"], [f"{TURN} {rest}"]):
        page.keyboard.press("Control+z")
        wait_for_passages(page, *wanted)
    assert passages(page) == before


def test_what_was_typed_is_left_out_and_brought_back(workbench: Page):
    page = workbench
    edit_turn(page, TURN)
    page.keyboard.type("Never mind. ")
    page.keyboard.press("Escape")
    wait_for_passages(page, next(text for text in passages(page) if text.startswith(TURN)))
    page.get_by_role("button", name="Bring my words back").click()
    expect(field(page)).to_have_value(re.compile(r"^Never mind\. "))
    # A reload takes nothing away either.
    page.reload()
    page.get_by_role("button", name="Go on with it").click()
    expect(field(page)).to_have_value(re.compile(r"^Never mind\. "))
    page.keyboard.press("Escape")


def test_two_people_in_one_turn_lose_nothing(
    workbench: Page, browser: Browser, stack, check_accessibility: Callable[[], None]
):
    mine = workbench
    context = browser.new_context(base_url=stack.base_url, reduced_motion="reduce")
    theirs = context.new_page()
    sign_in(theirs, "Rosa Researcher")
    open_session(theirs)
    turn = next(text for text in passages(mine) if text.startswith(TURN))

    edit_turn(mine, TURN)
    edit_turn(theirs, TURN)
    theirs.keyboard.type("Truly, ")
    theirs.keyboard.press("Enter")
    wait_for_passages(theirs, f"Truly, {turn}")
    context.close()

    mine.keyboard.press("Control+End")
    mine.keyboard.type(" Every time.")
    mine.keyboard.press("Enter")
    panel = mine.get_by_role("region", name="Two people wrote this passage")
    expect(panel).to_contain_text("Every time.")
    expect(panel).to_contain_text("Truly,")
    check_accessibility()
    look(mine, "editing-3-clash")
    panel.get_by_role("button", name="Take both, and look at it").click()
    expect(field(mine)).to_have_value(f"Truly, {turn} Every time.")
    mine.keyboard.press("Enter")
    wait_for_passages(mine, f"Truly, {turn} Every time.")
    expect(panel).to_have_count(0)
    mine.keyboard.press("Control+z")
    wait_for_passages(mine, f"Truly, {turn}")
    mine.keyboard.press("Control+z")
    wait_for_passages(mine, turn)


def test_a_session_opens_where_one_stopped(workbench: Page):
    page = workbench
    address = page.url
    last = page.locator("[data-segment]").last
    page.mouse.move(600, 600)
    page.mouse.wheel(0, 5000)
    expect(last).to_be_in_viewport()
    place = re.compile(r"/sources/[^/]+/place$")
    with page.expect_request(lambda asked: asked.method == "PUT" and bool(place.search(asked.url))):
        page.get_by_role("link", name="Studies").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Studies")

    page.goto(address)
    expect(page.get_by_text(re.compile("^You stopped here"))).to_be_visible()
    page.wait_for_function("window.scrollY > 0")
    page.get_by_role("button", name="Start from the beginning").click()
    expect(page.locator("[data-segment]").first).to_be_in_viewport()
    # A link to a place goes before it.
    page.goto(f"{address}?t=0")
    expect(transcript(page)).to_be_visible()
    expect(page.get_by_text(re.compile("^You stopped here"))).to_have_count(0)


def test_field_notes_are_written_beside_a_recording_and_marked_like_it(
    workbench: Page, check_accessibility: Callable[[], None]
):
    page = workbench
    page.get_by_role("button", name="More for this session").click()
    page.get_by_role("menuitem", name="Write field notes").click()
    page.get_by_label("Title").fill("Seen at the desk")
    written = page.get_by_label("What you saw and heard")
    written.click()
    page.keyboard.type("# Waiting room\n\n- a bell\nnobody rings it")
    expect(written).to_have_value("# Waiting room\n\n- a bell\n- nobody rings it")
    check_accessibility()
    # What is not saved yet survives a reload.
    page.reload()
    page.get_by_role("button", name="More for this session").click()
    page.get_by_role("menuitem", name="Write field notes").click()
    expect(written).to_have_value("# Waiting room\n\n- a bell\n- nobody rings it")
    written.press("Control+Enter")
    wait_for_passages(page, "Waiting room", "a bell", "nobody rings it")
    look(page, "editing-4-notes")
    check_accessibility()

    transcript(page).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("4")
    expect(page.get_by_role("list", name="Excerpts in order")).to_contain_text("a bell")

    # Written again, the mark stays on its words.
    page.get_by_role("button", name="Edit the notes").click()
    written.press("Control+End")
    page.keyboard.type("\n\nA child rings a bell.")
    written.press("Control+Enter")
    wait_for_passages(page, "nobody rings it", "A child rings a bell.")
    expect(page.get_by_role("list", name="Excerpts in order")).to_contain_text("a bell")
