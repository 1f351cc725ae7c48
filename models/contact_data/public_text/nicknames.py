"""Patterns of names in messengers and networks: "@anna", "Telegram: anna", "anna_b on insta".

Each pattern is bounded and runs in one pass.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_MESSENGERS = "skype|telegram|threema|wechat|icq|viber|discord|whatsapp|signal|snapchat"
_PLACES = (
    rf"(?:{_MESSENGERS}|instagram|insta|facebook|linkedin|tiktok|twitter|xing|slack|messenger|mastodon|bluesky"
    r"|reddit|github|youtube|gadu-gadu)"
)
_HANDLE = re.compile(r"(?<![\w.@/+-])@[^\W\d][\w.]{2,29}+")
_LABELLED = re.compile(
    rf"(?<!\w)(?:{_MESSENGERS})(?: ?(?:id|name|handle))? ?: ?(?P<name>[\w@+][^\s]{{0,63}}+)"
)
# A name that is no word of prose: with a digit, or with a sign between its letters.
_NAME = r"(?P<name>@?(?=[\w.-]{0,40}?(?:\d|[^\W_][_.]))[^\W\d_]{2}[\w.-]{1,40}\w)(?![\w@])"
_FILLER = (
    r"(?:is|ist|to|jest|este|id|name|nick|handle|user|username|benutzername|as|als|jako|ca|unter|under|pod|sub"
    r"|at|my|mein|m\u00f3j|meu|me|mich|lautet|find|add)[:=]?"
)
_INTRODUCED = re.compile(rf"(?<!\w){_PLACES}(?:ie|em|u|a)?(?!\w) ?[:=-]? ?(?:{_FILLER} ){{0,3}}{_NAME}")
_ON = r"(?:on|auf|bei|na|pe|at|via|\u00fcber|przez|prin)"
_FOLLOWED = re.compile(rf"(?<![\w.@-]){_NAME} {_ON} {_PLACES}(?:ie|em|u|a)?(?!\w)")
IS_FILLER = re.compile(_FILLER)
ENDS_WITH_PLACE = re.compile(  # the name may be in the next message
    rf"(?<!\w){_PLACES}(?:ie|em|u|a)?(?: ?(?:id|name|handle))?(?: ?[:=-])?(?: {_FILLER}){{0,3}} {{0,2}}\Z"
)


def find_handles(text: str) -> Iterator[Span]:
    """Yield the spans of "@name", of the name in "Telegram: name", and of "name_1" with the place where it is
    used, in skeleton text.
    """
    yield from (match.span() for match in _HANDLE.finditer(text))
    for pattern in (_LABELLED, _INTRODUCED, _FOLLOWED):
        yield from (match.span("name") for match in pattern.finditer(text))
