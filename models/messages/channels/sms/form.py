"""The text of an SMS: what the message says in one line, and a link, within the policy's number of parts.

A letter that is for text messages only says all of it, without a link.
"""

from dataclasses import dataclass

from models.messages.channels.channel import Preview
from models.messages.channels.sms.segments import fit
from models.messages.compose import compose
from models.messages.letters import LETTERS
from models.messages.parcels import Parcel
from models.messages.sending_context import SendingContext


@dataclass(frozen=True, slots=True)
class SmsForm:
    """How this marketplace writes text messages. The link leads to the marketplace, which asks to sign in."""

    context: SendingContext

    def text(self, parcel: Parcel) -> str:
        """Return the text, cut at a word if necessary; the link is left out only if it alone is too long."""
        content = compose(parcel, self.context, links=False)
        said, link = content.subject, self.context.origin
        if LETTERS[parcel.message.template].text_only:
            said, link = content.text, ""
        numbers = parcel.policy.messages
        plain = numbers.sms_plain_letters
        try:
            return fit(said, link, most_parts=numbers.sms_most_parts, as_plain=plain)
        except ValueError:
            return fit(said, "", most_parts=numbers.sms_most_parts, as_plain=plain)

    def preview(self, parcel: Parcel) -> Preview:
        """Return the text that would be sent now."""
        return Preview(None, self.text(parcel), None, ())
