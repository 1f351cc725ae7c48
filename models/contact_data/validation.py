"""From user input to `ContactData`: reports all problems together, each with its field.

Nothing is guessed where a wrong guess could reach the wrong person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Literal, TypeVar

from models.base.refusal import Refusal, RefusalCode, RefusalReason, Sentence, Value
from models.contact_data.channel import Channel
from models.contact_data.contact import (
    MAX_ADDRESS_CHARS,
    MAX_NAME_CHARS,
    MAX_ORGANISATION_CHARS,
    MAX_OTHERS,
    MAX_REGISTRATION_NUMBER_CHARS,
    ContactData,
    PostalAddress,
)
from models.contact_data.email import parse_email
from models.contact_data.invalid import InvalidValue
from models.contact_data.phone import Phone, parse_phone
from models.contact_data.phone_notation import MAX_EXTENSION_DIGITS
from models.contact_data.place import likely_time_zone, parse_country, parse_time_zone
from models.contact_data.public_text import ContactFinding, finding_problem
from models.contact_data.refusals import ContactDataRefusal
from models.contact_data.text import clean_line
from models.contact_data.url import parse_linkedin_url, parse_web_url

ProblemCode = Literal["INVALID", "REQUIRED"]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One invalid field: its path as in the API's `ContactInput`, and a message with the remedy.

    The message never quotes the value.
    """

    field: tuple[str, ...]
    code: ProblemCode
    message: str
    reason: RefusalReason
    values: Mapping[str, Value] = dataclass_field(default_factory=dict)

    @classmethod
    def of(cls, error: InvalidValue, *field: str) -> "FieldProblem":
        """Return the problem of a field whose value could not be read."""
        return cls(field, "INVALID", f"{field[-1]}: {error}", error.reason, error.values)

    @classmethod
    def found(cls, field: str, finding: ContactFinding) -> "FieldProblem":
        """Return the problem of a public text that contains contact data."""
        return cls.of(finding_problem(finding), field)

    @property
    def sentence(self) -> Sentence[RefusalReason]:
        """The problem without the name of the field, in any language."""
        return Sentence(self.reason, self.values)

    def refusal(self, *under: str) -> Refusal:
        """Return the refusal of the field, which is `under` another one."""
        return Refusal(
            self.reason.why.code,
            (*under, *self.field),
            self.message,
            reason=self.reason,
            values=self.values,
        )


class _Form:
    """Collects the problems of one contact while its fields are read."""

    def __init__(self) -> None:
        self.problems: list[FieldProblem] = []

    def refuse(self, reason: ContactDataRefusal, *field: str, **values: Value) -> None:
        code: ProblemCode = "REQUIRED" if reason.why.code is RefusalCode.REQUIRED else "INVALID"
        message = f"{field[-1]}: {reason.english(values)}"
        self.problems.append(FieldProblem(field, code, message, reason, values))

    def read(self, text: str | None, parse: Callable[[str], _T], *field: str) -> _T | None:
        """Return the parsed field, or None if it is blank or wrong."""
        if text is None or not text.strip():
            return None
        try:
            return parse(text)
        except InvalidValue as error:
            self.problems.append(FieldProblem.of(error, *field))
            return None

    def line(self, text: str | None, max_chars: int, *field: str) -> str | None:
        return self.read(text, lambda given: clean_line(given, max_chars), *field) or None


def validate_contact(
    *,
    full_name: str | None,
    preferred_channel: Channel,
    organisation: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    phone_extension: str | None = None,
    other_emails: Iterable[str] = (),
    other_phones: Iterable[str] = (),
    address: PostalAddress | None = None,
    registration_number: str | None = None,
    linkedin_url: str | None = None,
    meeting_url: str | None = None,
    time_zone: str | None = None,
    region: str | None = None,
) -> ContactData | list[FieldProblem]:
    """Return the contact data, or all its problems (never an empty list).

    `region` (ISO 3166 alpha-2) is used to read national phone numbers and, without a `time_zone`, to derive
    it; blank texts count as absent. At least one of email and phone is required, and the preferred channel
    must be reachable: a call needs a phone number, an email an address, a video meeting a link or an address
    to send one to; a chat needs neither (S1.4, S1.5). Repeated addresses and numbers are dropped silently. A
    separate extension takes precedence over one within the number.
    """
    form = _Form()
    others = (list(other_emails), list(other_phones))
    name = form.line(full_name, MAX_NAME_CHARS, "fullName")
    if name is None and not form.problems:
        form.refuse(ContactDataRefusal.NAME_MISSING, "fullName")
    first_email = form.read(email, parse_email, "email")
    first_phone = form.read(phone, lambda text: parse_phone(text, region), "phone")
    extension = form.read(phone_extension, _extension, "phoneExtension")
    if extension is not None and first_phone is not None:
        first_phone = replace(first_phone, extension=extension)
    elif extension is not None and not (phone or "").strip():
        form.refuse(ContactDataRefusal.EXTENSION_WITHOUT_PHONE, "phone")
    for field, given in zip(("otherEmails", "otherPhones"), others, strict=True):
        if len(given) > MAX_OTHERS:
            form.refuse(ContactDataRefusal.TOO_MANY_ENTRIES, field, most=MAX_OTHERS)
    more_emails = [form.read(text, parse_email, "otherEmails") for text in others[0][:MAX_OTHERS]]
    more_phones = [
        form.read(text, lambda one: parse_phone(one, region), "otherPhones")
        for text in others[1][:MAX_OTHERS]
    ]
    meeting = form.read(meeting_url, parse_web_url, "meetingUrl")
    linkedin = form.read(linkedin_url, parse_linkedin_url, "linkedinUrl")
    post = _address(form, address)
    zone = form.read(time_zone, parse_time_zone, "timeZone")
    organisation = form.line(organisation, MAX_ORGANISATION_CHARS, "organisation")
    registration = form.line(registration_number, MAX_REGISTRATION_NUMBER_CHARS, "registrationNumber")
    if not form.problems:
        _reachable(form, preferred_channel, first_email, first_phone, meeting)
    if form.problems or name is None:
        return form.problems
    return ContactData(
        full_name=name,
        organisation=organisation,
        email=first_email,
        phone=first_phone,
        other_emails=_others(first_email, more_emails),
        other_phones=_others(first_phone, more_phones),
        address=post,
        registration_number=registration,
        linkedin_url=linkedin,
        meeting_url=meeting,
        preferred_channel=preferred_channel,
        time_zone_given=zone is not None,
        time_zone=zone or likely_time_zone(first_phone, post.country if post and post.country else region),
    )


def _reachable(
    form: _Form, channel: Channel, email: str | None, phone: Phone | None, meeting: str | None
) -> None:
    if email is None and phone is None:
        form.refuse(ContactDataRefusal.NO_WAY_TO_REACH, "email")
    elif channel is Channel.PHONE and phone is None:
        form.refuse(ContactDataRefusal.PHONE_PREFERRED_BUT_MISSING, "phone")
    elif channel is Channel.EMAIL and email is None:
        form.refuse(ContactDataRefusal.EMAIL_PREFERRED_BUT_MISSING, "email")
    elif channel is Channel.VIDEO_MEETING and email is None and meeting is None:
        form.refuse(ContactDataRefusal.MEETING_PREFERRED_BUT_MISSING, "meetingUrl")


def _address(form: _Form, given: PostalAddress | None) -> PostalAddress | None:
    if given is None:
        return None
    address = PostalAddress(
        street=form.line(given.street, MAX_ADDRESS_CHARS, "address", "street"),
        postal_code=form.line(given.postal_code, MAX_ADDRESS_CHARS, "address", "postalCode"),
        city=form.line(given.city, MAX_ADDRESS_CHARS, "address", "city"),
        region=form.line(given.region, MAX_ADDRESS_CHARS, "address", "region"),
        country=form.read(given.country, parse_country, "address", "country"),
    )
    return None if address == PostalAddress() else address


def _extension(text: str) -> str:
    text = text.strip()
    if len(text) > MAX_EXTENSION_DIGITS or not (text.isascii() and text.isdigit()):
        raise InvalidValue(ContactDataRefusal.EXTENSION_INVALID, most=MAX_EXTENSION_DIGITS)
    return text


def _others(first: _T | None, more: list[_T | None]) -> tuple[_T, ...]:
    """Return the distinct values other than the first, in order."""
    return tuple(one for one in dict.fromkeys(more) if one is not None and one != first)
