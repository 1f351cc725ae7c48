"""An email as it is about to be sent, and who sends it."""

from dataclasses import dataclass

from models.contact_data.redaction import Redacted
from models.contact_data.refusals import ContactDataRefusal
from models.contact_data.text import InvalidText
from rules.contacting.terms import ContactPurpose

MOST_CHARS = 100_000  # of all texts together
MOST_ATTACHMENTS = 50
MOST_LINKS = 200


@dataclass(frozen=True, slots=True, repr=False)
class EmailDraft(Redacted):
    """A draft: plain `text` and, if there is one, the same as `html`; `answering` is the email answered.

    `links` are those that the email program knows of, beside those in the texts.
    """

    purpose: ContactPurpose
    subject: str
    text: str
    html: str | None = None
    attachment_names: tuple[str, ...] = ()
    answering: str | None = None
    links: tuple[str, ...] = ()

    def check_size(self) -> None:
        """Raise `Refusal` INVALID if the texts have more than MOST_CHARS characters together."""
        sizes = {
            "subject": len(self.subject),
            "text": len(self.text),
            "html": len(self.html or ""),
            "answering": len(self.answering or ""),
            "attachmentNames": sum(map(len, self.attachment_names)),
            "links": sum(map(len, self.links)),
        }
        total, longest = sum(sizes.values()), max(sizes, key=lambda name: sizes[name])
        if total > MOST_CHARS:
            most = max(0, MOST_CHARS - total + sizes[longest])
            raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=most).refusal("input", longest)


@dataclass(frozen=True, slots=True, repr=False)
class Sender(Redacted):
    """Who sends the draft: the user's name and the company's; "" for what is not known."""

    name: str
    company: str
