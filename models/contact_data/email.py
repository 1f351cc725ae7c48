"""Email addresses: their syntax, and the normal form in which they are stored and compared."""

from email_validator import EmailNotValidError, validate_email

from models.contact_data.invalid import InvalidValue
from models.contact_data.refusals import ContactDataRefusal

MAX_CHARS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets


class InvalidEmail(InvalidValue):
    """A text is not an email address; the message includes the remedy, never the text itself."""


def parse_email(text: str) -> str:
    """Return the address with its domain in lower case and in ASCII (IDNA A-labels), at most 254 characters.

    `.example` is accepted (RFC 2606: the demo market uses it); `.invalid`, `.localhost`, `.local`, `.test`,
    `.onion` and `.arpa` are not. A local part that needs SMTPUTF8 is refused: most mail servers cannot
    deliver to it. Raises InvalidEmail.
    """
    text = text.strip()
    if len(text) > MAX_CHARS:
        raise InvalidEmail(ContactDataRefusal.EMAIL_TOO_LONG, most=MAX_CHARS)
    try:
        checked = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        # The library's message quotes parts of the address, and messages are logged.
        raise InvalidEmail(ContactDataRefusal.EMAIL_INVALID) from None
    except (ValueError, UnicodeError):  # pragma: no cover - the library's own slips on hostile input
        raise InvalidEmail(ContactDataRefusal.EMAIL_INVALID) from None
    address = checked.ascii_email
    if address is None or len(address) > MAX_CHARS:
        raise InvalidEmail(ContactDataRefusal.EMAIL_NOT_DELIVERABLE)
    return address
