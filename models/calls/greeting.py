"""Greetings: templates in which the agent's name is filled in (S4.3, S4 R.placeholder).

A greeting holds at least one of three placeholders, and no other brackets, so that a misspelt placeholder is
never read out to a caller.
"""

import re

from models.base.refusal import Refusal
from models.calls.limits import LONGEST_GREETING
from models.calls.refusals import CallRefusal
from models.contact_data.checked_text import checked_text

BOTH_NAMES, FIRST_NAME, LAST_NAME = "[Vorname, Nachname]", "[Vorname]", "[Nachname]"
PLACEHOLDERS = (BOTH_NAMES, FIRST_NAME, LAST_NAME)

_BRACKETS = re.compile(r"[\[{][^\[\]{}]{0,80}[\]}]?|[\]}]")
_PLACEHOLDER = re.compile("|".join(map(re.escape, PLACEHOLDERS)))


def checked_greeting(text: str) -> str:
    """Return the greeting in its normal form.

    Raises `Refusal` INVALID or REQUIRED on `greeting`: without a placeholder, or for other brackets, with
    what was found and the nearest placeholder.
    """
    greeting = checked_text("greeting", text, LONGEST_GREETING, missing="enter a greeting.")
    for found in _BRACKETS.findall(greeting):
        if found not in PLACEHOLDERS:
            raise _unknown(found)
    if not _PLACEHOLDER.search(greeting):
        raise CallRefusal.GREETING_WITHOUT_NAME.at("greeting", placeholders=" / ".join(PLACEHOLDERS))
    return greeting


def spoken(greeting: str, first_name: str, last_name: str) -> str:
    """Return the greeting as an agent says it: "[Vorname, Nachname]" is "Agnes Tellier"."""
    names = {BOTH_NAMES: f"{first_name} {last_name}".strip(), FIRST_NAME: first_name, LAST_NAME: last_name}
    return _PLACEHOLDER.sub(lambda found: names[found[0]] or names[BOTH_NAMES], greeting)


def _unknown(found: str) -> Refusal:
    word = found.casefold()
    first, last = "vorname" in word, "nach" in word
    nearest = FIRST_NAME if first and not last else LAST_NAME if last and not first else BOTH_NAMES
    return CallRefusal.GREETING_UNKNOWN_PLACEHOLDER.at("greeting", found=found, nearest=nearest)
