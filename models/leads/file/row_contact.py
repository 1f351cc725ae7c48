"""Contact data of a lead, assembled from the columns of one row.

A cell may have several numbers or addresses. Those that are invalid are left out with a warning, as long as
another one reaches the person, and so is an invalid value of a field that no contact needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Never

from models.base.refusal import RefusalReason, Sentence, Wording
from models.contact_data import ContactData, FieldProblem, parse_email, parse_phone, validate_contact
from models.contact_data.channel import Channel
from models.contact_data.contact import MAX_OTHERS
from models.contact_data.invalid import InvalidValue
from models.leads.file.cells import Cell, split_emails, split_phones
from models.leads.file.defaults import ImportDefaults
from models.leads.file.draft import RowRefused
from models.leads.file.fields import LeadField
from models.leads.file.mapping import ColumnMapping
from models.leads.file.notes import ImportNote

_Pairs = list[tuple[str, str]]  # column name, value
_Wrong = list[tuple[str, Sentence[RefusalReason]]]  # column name, what is wrong with the value
_FIELDS = {
    "fullName": LeadField.FULL_NAME,
    "organisation": LeadField.ORGANISATION,
    "email": LeadField.EMAIL,
    "phone": LeadField.PHONE,
    "otherEmails": LeadField.OTHER_EMAIL,
    "otherPhones": LeadField.OTHER_PHONE,
    "registrationNumber": LeadField.REGISTRATION_NUMBER,
    "linkedinUrl": LeadField.LINKEDIN_URL,
    "meetingUrl": LeadField.PREFERRED_CHANNEL,  # files have no meeting links, so the channel is wrong
    "timeZone": LeadField.TIME_ZONE,
}
_WAYS = frozenset({"email", "phone", "otherEmails", "otherPhones"})
# Fields that a contact does not need; an organisation only if there is a name.
_OPTIONAL = frozenset({"organisation", "registrationNumber", "linkedinUrl", "timeZone"})
_CHANNELS = {
    "call": Channel.PHONE,
    "phone call": Channel.PHONE,
    "telephone": Channel.PHONE,
    "telefon": Channel.PHONE,
    "telefonisch": Channel.PHONE,
    "anruf": Channel.PHONE,
    "e-mail": Channel.EMAIL,
    "mail": Channel.EMAIL,
    "video": Channel.VIDEO_MEETING,
    "video meeting": Channel.VIDEO_MEETING,
    **{channel.value.lower(): channel for channel in Channel},
}


class ContactReader:
    """Reads the contact of one row; `warnings` are about values that were corrected or skipped."""

    def __init__(
        self, row: Sequence[str], mapping: ColumnMapping, defaults: ImportDefaults, region: str
    ) -> None:
        self.warnings: list[Sentence[Wording]] = []
        self._row = _with_fax_labels(row, mapping)
        self._mapping = mapping
        self._defaults = defaults
        self._region = region
        self._left_out: set[LeadField] = set()
        self._wish = self._wished()
        self._lacks_ways = False  # the row has a number or address that is invalid

    def contact(self) -> ContactData:
        """Return the contact. Raises RowRefused."""
        emails = self._ways((LeadField.EMAIL, LeadField.OTHER_EMAIL), split_emails)
        phones = self._ways(
            (LeadField.PHONE, LeadField.OTHER_PHONE), lambda cell: split_phones(cell, self._region)
        )
        made = self._validated(emails, phones)
        if isinstance(made, list) and self._leave_out(made):
            made = self._validated(emails, phones)
        if isinstance(made, list) and any(problem.field[0] in _WAYS for problem in made):
            # Only now, because it is rare: find the invalid ones and try again without them.
            emails, phones = self._valid(emails, phones)
            made = self._validated(emails, phones)
        if isinstance(made, list):
            self._refuse(made[0])
        if made.phone is not None and not made.phone.in_numbering_plan:
            self.warnings.append(ImportNote.PHONE_NOT_IN_PLAN.sentence().at(phones[0][0]))
        return made

    def _ways(self, fields: Sequence[LeadField], split: Callable[[str], Cell]) -> _Pairs:
        """Return the numbers or addresses of all columns of `fields`, at most as many as a contact has."""
        cells = [pair for field in fields for pair in self._mapping.values(self._row, field)]
        parts = [(column, split(cell)) for column, cell in cells]
        self.warnings += [
            ImportNote.SKIPPED.sentence(problem=reason).at(column)
            for column, part in parts
            for reason in part.left_out
        ]
        found = [(column, value) for column, part in parts for value in part.values]
        if len(found) > MAX_OTHERS + 1:
            column = found[MAX_OTHERS + 1][0]
            self.warnings.append(ImportNote.TOO_MANY_WAYS.sentence(most=MAX_OTHERS + 1).at(column))
        return found[: MAX_OTHERS + 1]

    def _value(self, field: LeadField) -> str | None:
        return None if field in self._left_out else self._mapping.value(self._row, field)

    def _validated(self, emails: _Pairs, phones: _Pairs) -> ContactData | list[FieldProblem]:
        organisation = self._value(LeadField.ORGANISATION)
        zone = self._value(LeadField.TIME_ZONE)
        channel = self._channel(bool(emails), bool(phones))
        made = validate_contact(
            full_name=self._name()
            or organisation,  # a company may look for a provider without a contact person
            organisation=organisation,
            email=emails[0][1] if emails else None,
            phone=phones[0][1] if phones else None,
            other_emails=[value for _, value in emails[1:]],
            other_phones=[value for _, value in phones[1:]],
            registration_number=self._value(LeadField.REGISTRATION_NUMBER),
            linkedin_url=self._value(LeadField.LINKEDIN_URL),
            preferred_channel=channel,
            time_zone=zone or self._defaults.time_zone,
            region=self._region,
        )
        if isinstance(made, list):
            return made
        # What fills the gaps of a file says nothing about this person.
        return replace(
            made,
            time_zone_given=made.time_zone_given and zone is not None,
            preferred_given=channel is self._wish,
        )

    def _name(self) -> str | None:
        full = self._value(LeadField.FULL_NAME)
        parts = [
            part for part in map(self._value, (LeadField.FIRST_NAME, LeadField.LAST_NAME)) if part is not None
        ]
        if full is None or not parts:
            return full or " ".join(parts) or None
        if LeadField.FULL_NAME not in self._mapping.doubtful:
            return full
        # `Name` together with a first name is the last name, and vice versa, unless it has both.
        if self._mapping.has_both_names:
            return full if len(parts) == 1 and _has_words(full, parts[0]) else " ".join(parts)
        if _has_words(full, parts[0]):
            return full
        is_first = LeadField.FIRST_NAME in self._mapping.columns
        return f"{parts[0]} {full}" if is_first else f"{full} {parts[0]}"

    def _wished(self) -> Channel | None:
        wish = self._value(LeadField.PREFERRED_CHANNEL)
        if wish is None:
            return None
        channel = _CHANNELS.get(" ".join(wish.lower().replace("_", " ").split()))
        if channel is None:
            unknown = ImportNote.CHANNEL_UNKNOWN.sentence(channels=", ".join(Channel))
            self._skip(LeadField.PREFERRED_CHANNEL, unknown)
        return channel

    def _channel(self, has_email: bool, has_phone: bool) -> Channel:
        channel = self._wish or self._defaults.preferred_channel
        other = channel
        if channel is Channel.PHONE:
            if not has_phone and has_email:
                other = Channel.EMAIL
        elif not has_email and has_phone:
            other = Channel.PHONE
        doubtful = LeadField.PREFERRED_CHANNEL in self._mapping.doubtful
        # A default is a guess for the whole file; a skipped address or number has a warning already.
        if other is not self._wish and self._wish is not None and not doubtful and not self._lacks_ways:
            replaced = ImportNote.CHANNEL_WITHOUT_WAY.sentence(channel=channel.value, other=other.value)
            self.warnings.append(replaced.at(self._mapping.name(LeadField.PREFERRED_CHANNEL)))
        return other

    def _leave_out(self, problems: list[FieldProblem]) -> bool:
        """Leave out the invalid values that the contact can do without; return whether there were any."""
        found = [problem for problem in problems if problem.field[0] in _OPTIONAL]
        for problem in found:
            field = _FIELDS[problem.field[0]]
            self._left_out.add(field)
            self._skip(field, problem.sentence)
        return bool(found)

    def _skip(self, field: LeadField, problem: Sentence[Wording]) -> None:
        self.warnings.append(ImportNote.SKIPPED.sentence(problem=problem).at(self._mapping.name(field)))

    def _valid(self, emails: _Pairs, phones: _Pairs) -> tuple[_Pairs, _Pairs]:
        """Return the valid addresses and numbers, with a warning for each other one.

        Raises RowRefused if none is valid.
        """
        right_emails, wrong_emails = _sorted_out(emails, parse_email)
        right_phones, wrong_phones = _sorted_out(phones, lambda text: parse_phone(text, self._region))
        wrong_ways = wrong_emails or wrong_phones
        if wrong_ways and not right_emails and not right_phones:
            field = LeadField.EMAIL if wrong_emails else LeadField.PHONE
            column, reason = wrong_ways[0]
            raise RowRefused(field, reason, column)
        self._lacks_ways = bool(wrong_ways)
        for pairs, right, wrong in (
            (emails, right_emails, wrong_emails),
            (phones, right_phones, wrong_phones),
        ):
            for column, reason in wrong:
                replaced = right and column == pairs[0][0] != right[0][0]
                note = (
                    ImportNote.USED_INSTEAD.sentence(problem=reason, column=right[0][0])
                    if replaced
                    else ImportNote.SKIPPED.sentence(problem=reason)
                )
                self.warnings.append(note.at(column))
        return right_emails, right_phones

    def _refuse(self, problem: FieldProblem) -> Never:
        field = _FIELDS.get(problem.field[0], LeadField.FULL_NAME)
        if field is LeadField.FULL_NAME and self._mapping.column(field) is None:
            field = LeadField.LAST_NAME if self._mapping.column(LeadField.LAST_NAME) else LeadField.FIRST_NAME
        raise RowRefused(field, problem.sentence)


def _with_fax_labels(row: Sequence[str], mapping: ColumnMapping) -> Sequence[str]:
    """Return the row with "Fax" before the numbers that another column calls a fax."""
    if not mapping.phone_kinds:
        return row
    values = list(row)
    for at, kinds in mapping.phone_kinds.items():
        if values[at] and any("fax" in row[kind].casefold() for kind in kinds):
            values[at] = f"Fax: {values[at]}"
    return values


def _has_words(text: str, words: str) -> bool:
    return set(words.casefold().split()) <= set(text.casefold().split())


def _sorted_out(pairs: _Pairs, parse: Callable[[str], object]) -> tuple[_Pairs, _Wrong]:
    """Return the valid values, and the reasons why the others are not, each with its column."""
    right: _Pairs = []
    wrong: _Wrong = []
    for column, value in pairs:
        try:
            parse(value)
        except InvalidValue as error:
            wrong.append((column, error.sentence))
        else:
            right.append((column, value))
    return right, wrong
