"""The form of an email: plain text and HTML by one layout, quoted-printable, without anything remote.

A repeat is the same message byte for byte, as long as its facts are: id, date and boundary follow from the
dispatch and its first attempt.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, formataddr
from functools import lru_cache

import idna
from jinja2 import Environment, PackageLoader, StrictUndefined

from models.contact_data.redaction import Redacted
from models.feed.wording.language import zone_for
from models.messages.calendar.application_event import Invitation, event_of
from models.messages.calendar.application_event import Recipient as Attendee
from models.messages.calendar.document import Method, Party, calendar_document
from models.messages.calendar.invitation import with_calendar
from models.messages.channels.channel import Preview
from models.messages.compose import Content, compose
from models.messages.links import bounce_token
from models.messages.mime import headers, multipart, text_part
from models.messages.parcels import Parcel
from models.messages.sending_context import SendingContext

_LONGEST_WORD = 45  # bytes, 60 characters in Base64


_LAYOUT = Environment(
    loader=PackageLoader("models.messages", "layout"), autoescape=True, undefined=StrictUndefined
).get_template("letter.html.jinja")


@dataclass(frozen=True, slots=True, repr=False)
class Mail(Redacted):
    """A message ready to be sent: the addresses of the envelope, and its bytes with CRLF."""

    sender: str
    recipient: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MailForm:
    """How this marketplace writes emails: its context, the From header, and the domain of ids."""

    context: SendingContext
    from_address: str
    domain: str
    from_name: str = "Leadgate"

    def mail(self, parcel: Parcel, started: datetime) -> Mail:
        """Return the email for a parcel, whose first attempt started at this instant."""
        recipient = parcel.recipient.address
        if recipient is None:
            raise LookupError(f"dispatch {parcel.id} has no address")
        content = compose(parcel, self.context)
        recipient = mail_address(recipient)
        boundary = f"=_{parcel.id.hex}"
        texts = [text_part(plain_text(content), "plain"), text_part(html(content), "html")]
        if parcel.invitation is None:
            body = multipart("alternative", boundary, texts)
        else:
            document, method = self._calendar(parcel.invitation, parcel, recipient)
            body = with_calendar(texts, document, method, boundary)
        head = headers([*self._headers(parcel, content, started), ("To", recipient), ("MIME-Version", "1.0")])
        sender = f"bounce+{bounce_token(self.context, parcel.id)}@{self.domain}"
        return Mail(sender, recipient, head + body)

    def preview(self, parcel: Parcel) -> Preview:
        """Return the email that would be sent now, without addresses, tokens of links and calendar events."""
        content = compose(parcel, self.context, links=False)
        named = self._headers(parcel, content, datetime.fromtimestamp(0, UTC))
        shown = tuple(f"{name}: {value}" for name, value in named if name not in {"Date", "Subject"})
        return Preview(content.subject, plain_text(content), html(content), shown)

    def _calendar(self, invitation: Invitation, parcel: Parcel, address: str) -> tuple[bytes, Method]:
        """Return the calendar event that is attached, and its method. Its organiser is the sender."""
        recipient, facts = parcel.recipient, invitation.event.facts
        event = event_of(
            facts,
            Attendee(
                party=Party(recipient.name or "", address),
                audience=invitation.event.audience,
                locale=recipient.locale,
                zone=zone_for(recipient.time_zone),
                url=self.context.origin,
            ),
            sequence=invitation.sequence,
            stamp=invitation.stamp,
            organizer=Party(self.from_name, self.from_address),
            domain=self.domain,
        )
        return calendar_document(facts.method, [event]), facts.method

    def _headers(self, parcel: Parcel, content: Content, started: datetime) -> Sequence[tuple[str, str]]:
        thread = f"<thread.{parcel.message.subject}@{self.domain}>"
        named: list[tuple[str, str]] = [
            ("Message-ID", f"<{parcel.id}@{self.domain}>"),
            ("Date", _date(started.replace(microsecond=0))),
            ("From", _sender(self.from_name, self.from_address)),
            ("Subject", _encoded(content.subject)),
            ("References", thread),
            ("In-Reply-To", thread),
            ("Auto-Submitted", "auto-generated"),
            ("Content-Language", content.language),
        ]
        if content.unsubscribe is not None:
            named += [
                ("List-Unsubscribe", f"<{content.unsubscribe.url}>"),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ]
        return named


@lru_cache(maxsize=64)  # messages that are claimed together have the same
def _date(started: datetime) -> str:
    return format_datetime(started.astimezone(UTC))


@lru_cache(maxsize=64)  # one for each form
def _sender(name: str, address: str) -> str:
    return formataddr((name, address))


def mail_address(address: str) -> str:
    """Return an address with its domain in ASCII (RFC 5890): only a local part then needs SMTPUTF8."""
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{idna.encode(domain, uts46=True).decode('ascii')}"
    except idna.IDNAError:
        return address


def plain_text(content: Content) -> str:
    """Return the whole message as plain text."""
    lines = [content.greeting, "", content.text, ""]
    if content.details:  # further lines are indented, so that they cannot pass for ours
        lines += [f"{label}: {value}".replace("\n", "\n  ") for label, value in content.details]
        lines.append("")
    lines += [f"{button.label}: {button.url}" for button in content.buttons]
    lines += ["", "-- ", *content.footer]
    if content.unsubscribe is not None:
        lines.append(f"{content.unsubscribe.label}: {content.unsubscribe.url}")
    return "\n".join(lines) + "\n"


def html(content: Content) -> str:
    """Return the whole message as HTML; every text is escaped."""
    return _LAYOUT.render(content=content)


def _encoded(text: str) -> str:
    """Return a text as a header's value (RFC 2047): encoded words of at most 75 characters, each folded.

    A text that looks encoded already is encoded as well.
    """
    if text.isascii() and "=?" not in text:
        return text
    content, words, start = text.encode("utf-8", "replace"), [], 0
    while start < len(content):
        end = start + _LONGEST_WORD
        while end < len(content) and content[end] & 0xC0 == 0x80:  # inside a character of UTF-8
            end -= 1
        words.append(f"=?utf-8?b?{b64encode(content[start:end]).decode()}?=")
        start = end
    return "\n ".join(words)
