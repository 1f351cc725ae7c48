"""Composing: what a message says to one recipient, in the recipient's language; each channel gives it a form.

It never contains contact data of a prospect: the words come from the notification, which has none. What a
caller left for a company is in the letters to the company's employees, as data.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

from models.feed.wording.language import language_for
from models.feed.wording.letters import LetterWords, letter_words
from models.feed.wording.notices import NoticeText
from models.messages.letters import LETTERS
from models.messages.links import StopLink, link_token, link_url, stop_url, unsubscribe_url
from models.messages.parcels import Parcel
from models.messages.sending_context import SendingContext
from models.messages.tables import LinkPurpose
from rules.contacting.terms import Medium
from rules.messages.dispatch import Necessity

LONGEST_SUBJECT = 150  # characters
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Button:
    """A link with its label."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: complete sentences without markup. `unsubscribe` is only on optional ones.

    `details` are labels and values; a value can have several lines.
    """

    language: str
    subject: str
    greeting: str
    text: str
    buttons: tuple[Button, ...]
    footer: tuple[str, ...]
    unsubscribe: Button | None
    details: tuple[tuple[str, str], ...] = ()


def compose(parcel: Parcel, context: SendingContext, *, links: bool = True) -> Content:
    """Return what a parcel says. Without `links`, the tokens of links are left out, as in a preview.

    Raises `LookupError` for a parcel without words, which is moot and never sent.
    """
    if parcel.words is None:
        raise LookupError(f"message {parcel.message.id} has no words")
    recipient = parcel.recipient
    language = language_for(recipient.locale)
    words = letter_words(language)
    text = parcel.words(recipient.locale, recipient.time_zone)
    unsubscribe = None
    if parcel.necessity is Necessity.OPTIONAL and (url := _unsubscribe(parcel, context)) is not None:
        unsubscribe = Button(words.unsubscribe, url if links else f"{context.origin}/unsubscribe/…")
    return Content(
        language=language.catalog.language,
        subject=one_line(text.title, LONGEST_SUBJECT),
        greeting=words.hello.format(name=one_line(recipient.name, 200))
        if recipient.name
        else words.hello_nobody,
        text=_visible(text.body),
        buttons=_buttons(parcel, context, words, links=links),
        footer=(words.why[parcel.necessity], words.automatic),
        unsubscribe=unsubscribe,
        details=tuple((label, _lines(value)) for label, value in _details(text, parcel, context, words)),
    )


def _unsubscribe(parcel: Parcel, context: SendingContext) -> str | None:
    """Return what stops optional letters: to a person the market's, to other users a group's."""
    recipient = parcel.recipient
    if recipient.prospect_id is not None:
        return stop_url(context, StopLink(recipient.prospect_id, None, Medium.EMAIL))
    if recipient.user_id is not None:
        return unsubscribe_url(context, recipient.user_id, parcel.group)
    return None


def _details(
    text: NoticeText, parcel: Parcel, context: SendingContext, words: LetterWords
) -> tuple[tuple[str, str], ...]:
    """Return the labels and values, of what the law requires with who is responsible for it."""
    if parcel.necessity is not Necessity.REQUIRED_BY_LAW or not context.privacy_contact:
        return text.details
    return ((words.controller, context.privacy_contact), *text.details)


def _buttons(
    parcel: Parcel, context: SendingContext, words: LetterWords, *, links: bool
) -> tuple[Button, ...]:
    purpose = LETTERS[parcel.message.template].answers
    if purpose is None:
        return (Button(words.open, context.origin),)
    page = link_url(context, purpose, link_token(context, purpose, parcel.id) if links else "…")
    if purpose is LinkPurpose.INVITATION:
        return (Button(words.accept_invitation, page),)
    return (Button(words.accept, f"{page}#accept"), Button(words.decline, f"{page}#decline"))


def one_line(text: str, longest: int) -> str:
    """Return a text as one line without control characters and marks that reorder text, cut at a length."""
    line = " ".join(_visible(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _lines(text: str) -> str:
    """Return a text without control characters and marks that reorder text, but with its lines."""
    return "\n".join(_visible(line).strip() for line in text.splitlines()).strip()


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        char if unicodedata.category(char) not in _HIDDEN else " " if char in "\r\n\t" else ""
        for char in text
    )
