"""The text of an SMS: what the message says in one line, and a link, within the policy's number of parts."""

from dataclasses import dataclass

from models.messages.channels.channel import Preview
from models.messages.channels.sms.segments import fit
from models.messages.compose import compose
from models.messages.parcels import Parcel
from models.messages.sending_context import SendingContext


@dataclass(frozen=True, slots=True)
class SmsForm:
    """How this marketplace writes text messages. The link leads to the marketplace, which asks to sign in."""

    context: SendingContext

    def text(self, parcel: Parcel) -> str:
        """Return the text, cut at a word if necessary; the link is left out only if it alone is too long."""
        subject = compose(parcel, self.context, links=False).subject
        numbers = parcel.policy.messages
        plain = numbers.sms_plain_letters
        try:
            return fit(subject, self.context.origin, most_parts=numbers.sms_most_parts, as_plain=plain)
        except ValueError:
            return fit(subject, "", most_parts=numbers.sms_most_parts, as_plain=plain)

    def preview(self, parcel: Parcel) -> Preview:
        """Return the text that would be sent now."""
        return Preview(None, self.text(parcel), None, ())
