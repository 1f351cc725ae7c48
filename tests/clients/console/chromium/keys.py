"""Moving about by keyboard alone."""

from playwright.sync_api import Locator, expect

MOST_STEPS = 120
HAS_FOCUS = "(element) => element === document.activeElement"


def tab_until(wanted: Locator) -> None:
    """Press Tab until this element has the focus."""
    wanted.wait_for()
    for _ in range(MOST_STEPS):
        if wanted.evaluate(HAS_FOCUS):
            return
        wanted.page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


def press(wanted: Locator) -> None:
    """Go to this element by Tab and press Enter."""
    tab_until(wanted)
    wanted.page.keyboard.press("Enter")


def select_row(box: Locator) -> None:
    """Select the row of a table that has this checkbox: Tab to the first row, arrows to this one, Space.

    A table gives the focus to a row when it enters: a script that focuses the checkbox competes with it.
    """
    rows = box.page.get_by_role("row")
    own = rows.filter(has=box)
    tab_until(rows.nth(1))
    for _ in range(MOST_STEPS):
        if own.evaluate(HAS_FOCUS):
            break
        box.page.keyboard.press("ArrowDown")
    box.page.keyboard.press("Space")
    expect(box).to_be_checked()
