"""Contact data as a whole: problems and their fields, reachability, and no contact data in logs."""

import logging
import pickle
from dataclasses import fields

import pytest

from models.contact_data import ContactData, Phone, PostalAddress, validate_contact
from models.contact_data.channel import Channel
from models.contact_data.place import likely_time_zone


def _problems(**given: object) -> list[tuple[str, str]]:
    made = validate_contact(**{"full_name": "Anna Berg", "preferred_channel": Channel.CHAT, **given})  # type: ignore[arg-type]
    assert isinstance(made, list)
    return [(".".join(problem.field), problem.code) for problem in made]


def _contact(**given: object) -> ContactData:
    made = validate_contact(**{"full_name": "Anna Berg", "preferred_channel": Channel.CHAT, **given})  # type: ignore[arg-type]
    assert isinstance(made, ContactData), made
    return made


def test_a_full_contact_is_normalised() -> None:
    contact = _contact(
        full_name="  Anna Berg ",
        organisation="Berg GmbH",
        email="Anna@Berg.example",
        phone="030 123456",
        phone_extension="12",
        other_emails=["anna@berg.example", "Anna@berg.example", "info@berg.example", " "],
        other_phones=["+49 30 123457 x3", "030 123457 x3"],
        address=PostalAddress(
            street="Hauptstr. 1", postal_code="10115", city="Berlin", country="Deutschland"
        ),
        registration_number="HRB 1234 B",
        linkedin_url="linkedin.com/in/annaberg",
        meeting_url="https://meet.example/anna",
        preferred_channel=Channel.PHONE,
        region="DE",
    )
    assert contact == ContactData(
        full_name="Anna Berg",
        organisation="Berg GmbH",
        email="Anna@berg.example",
        phone=Phone("+4930123456", "12"),
        other_emails=("anna@berg.example", "info@berg.example"),
        other_phones=(Phone("+4930123457", "3"),),
        address=PostalAddress("Hauptstr. 1", "10115", "Berlin", None, "DE"),
        registration_number="HRB 1234 B",
        linkedin_url="https://linkedin.com/in/annaberg",
        meeting_url="https://meet.example/anna",
        preferred_channel=Channel.PHONE,
        time_zone="Europe/Berlin",
    )
    assert contact.phone_number == "+4930123456"
    assert contact.phone_extension == "12"
    assert len(contact.emails) == 3
    assert len(contact.phones) == 2


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"full_name": None, "email": "a@b.example"}, [("fullName", "REQUIRED")]),
        ({"full_name": "  ", "email": "a@b.example"}, [("fullName", "REQUIRED")]),
        ({"full_name": "A" * 201, "email": "a@b.example"}, [("fullName", "INVALID")]),
        ({"full_name": "A\x00B", "email": "a@b.example"}, [("fullName", "INVALID")]),
        ({"full_name": "A\nB", "email": "a@b.example"}, [("fullName", "INVALID")]),
        ({"full_name": "A\u202eB", "email": "a@b.example"}, [("fullName", "INVALID")]),
        ({"full_name": "A\ud800B", "email": "a@b.example"}, [("fullName", "INVALID")]),
        ({}, [("email", "REQUIRED")]),
        ({"email": "x", "phone": "y"}, [("email", "INVALID"), ("phone", "INVALID")]),
        (
            {"email": "a@b.example", "other_emails": ["x"], "other_phones": ["y"]},
            [("otherEmails", "INVALID"), ("otherPhones", "INVALID")],
        ),
        (
            {"email": "a@b.example", "other_emails": ["c@d.example"] * 11},
            [("otherEmails", "INVALID")],
        ),
        ({"email": "a@b.example", "phone_extension": "12"}, [("phone", "REQUIRED")]),
        ({"phone": "+4930123456", "phone_extension": "1a"}, [("phoneExtension", "INVALID")]),
        ({"email": "a@b.example", "time_zone": "Mars/Base"}, [("timeZone", "INVALID")]),
        ({"email": "a@b.example", "linkedin_url": "acme.com"}, [("linkedinUrl", "INVALID")]),
        ({"email": "a@b.example", "meeting_url": "javascript:x"}, [("meetingUrl", "INVALID")]),
        (
            {"email": "a@b.example", "address": PostalAddress(country="Atlantis", city="a\x00")},
            [("address.city", "INVALID"), ("address.country", "INVALID")],
        ),
        ({"email": "a@b.example", "preferred_channel": Channel.PHONE}, [("phone", "REQUIRED")]),
        ({"phone": "+4930123456", "preferred_channel": Channel.EMAIL}, [("email", "REQUIRED")]),
        (
            {"phone": "+4930123456", "preferred_channel": Channel.VIDEO_MEETING},
            [("meetingUrl", "REQUIRED")],
        ),
    ],
)
def test_each_problem_includes_its_field(given: dict[str, object], problems: list[tuple[str, str]]) -> None:
    assert _problems(**given) == problems


@pytest.mark.parametrize(
    ("channel", "given"),
    [
        (Channel.CHAT, {"phone": "+4930123456"}),
        (Channel.VIDEO_MEETING, {"email": "a@b.example"}),
        (
            Channel.VIDEO_MEETING,
            {"phone": "+4930123456", "meeting_url": "https://meet.example/a"},
        ),
        (Channel.PHONE, {"phone": "+4930123456"}),
        (Channel.EMAIL, {"email": "a@b.example"}),
    ],
)
def test_a_reachable_preferred_channel_is_accepted(channel: Channel, given: dict[str, str]) -> None:
    assert _contact(preferred_channel=channel, **given).preferred_channel is channel


@pytest.mark.parametrize(
    ("phone", "country", "zone"),
    [
        ("+17066026773", None, "America/New_York"),
        ("+491701234567", "US", "Europe/Berlin"),
        ("+49170123456789", None, "Europe/Berlin"),  # not in the plan: the country's zone
        ("+15224461416", "US", "UTC"),  # toll-like: any zone of the plan
        ("+15224461416", "DE", "UTC"),  # lives here, is called there
        (None, "DE", "Europe/Berlin"),  # two names, one time
        (None, "PL", "Europe/Warsaw"),
        (None, "US", "UTC"),
        (None, None, "UTC"),
        ("+80012345678", None, "UTC"),  # of no country
    ],
)
def test_the_time_zone_is_derived_only_if_unambiguous(
    phone: str | None, country: str | None, zone: str
) -> None:
    assert likely_time_zone(Phone(phone) if phone else None, country) == zone


def test_a_given_time_zone_takes_precedence() -> None:
    contact = _contact(phone="+491701234567", time_zone="America/New_York")
    assert contact.time_zone == "America/New_York"


def test_no_text_form_shows_contact_data(caplog: pytest.LogCaptureFixture) -> None:
    contact = _contact(
        full_name="Secret Person",
        email="secret@b.example",
        phone="+4930123456",
        address=PostalAddress(street="Secret 1"),
    )
    logging.getLogger().warning("%s %r %s", contact, contact, [contact, contact.phone, contact.address])
    shown = [str(contact), repr(contact), f"{contact}", f"{contact:>80}", f"{contact!r}", caplog.text]
    shown += [repr({"a": contact.phone}), str(contact.address)]
    assert not any(word in text for text in shown for word in ("ecret", "30123456"))


def test_contact_data_is_immutable_and_comparable() -> None:
    contact = _contact(email="a@b.example")
    assert pickle.loads(pickle.dumps(contact)) == contact  # noqa: S301 - our own bytes
    assert hash(contact) == hash(_contact(email="a@b.example"))
    with pytest.raises(AttributeError):
        contact.email = "x"  # type: ignore[misc]
    assert all(field.name != "__dict__" for field in fields(contact))
