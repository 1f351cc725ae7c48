"""Moving about by keyboard alone."""

from playwright.sync_api import Locator

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
