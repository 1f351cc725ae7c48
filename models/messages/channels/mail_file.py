"""Email into files, `var/mail/*.eml`: what a marketplace without a mail server does.

Addresses of `refuses.example`, which is nobody's (RFC 2606), are refused as a mail server refuses a recipient
by its policy, so that a refusal can be seen without one.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.messages.channels.channel import Code, Preview, Result
from models.messages.channels.mail import MailForm
from models.messages.channels.whole_file import file_name, write_message
from models.messages.parcels import Parcel
from rules.messages.bounce import BounceAbout
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome

REFUSING_DOMAIN = "refuses.example"
_REFUSED = Result(DispatchOutcome.PERMANENT, Code.RECIPIENT_REFUSED, "550 5.7.1", bounce=BounceAbout.POLICY)
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True, slots=True)
class MailFiles:
    """The channel; each email is a file of its own, and a repeat replaces it."""

    form: MailForm
    folder: Path
    lanes: int = 1
    kind: DispatchChannel = DispatchChannel.EMAIL
    seconds: float = 30.0
    repeatable: bool = True
    charged: bool = False

    def lane(self) -> "MailFiles":
        """Return the channel itself: files need no connection."""
        return self

    def preview(self, parcel: Parcel) -> Preview:
        """Return the email that would be written now."""
        return self.form.preview(parcel)

    async def send(self, parcel: Parcel) -> Result:
        """Write the email; a full disk is a temporary failure, and a recipient may be refused."""
        started = parcel.first_attempt_at or datetime.now(UTC)
        mail = self.form.mail(parcel, started)
        if mail.recipient.lower().endswith(f"@{REFUSING_DOMAIN}"):
            return _REFUSED
        local = _NOT_PLAIN.sub("_", mail.recipient.partition("@")[0])[:60]
        name = file_name(started, parcel.message.template, local, parcel.id.hex[-6:], suffix=".eml")
        # As a mail server does on delivery: reports about the email go to this address.
        delivered = f"Return-Path: <{mail.sender}>\r\n".encode() + mail.content
        return await write_message(self.folder / name, delivered)

    async def close(self) -> None:
        """Do nothing."""
