"""Calls as evidence: measured talks with the contact of a lead (S1.9), and answered calls (S5)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from models.applications.answer import decline
from models.base.database import connection, fetch
from models.calls.call_tables import LegKind
from models.calls.caller_id import CallerIdForm, read_caller_id
from models.calls.evidence import SecretariatCalls
from models.calls.merge import FactKind, PhoneFact
from models.calls.take_fact import take_fact
from models.complaints.evidence.own_calls import AnsweredCall, own_calls
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.tables import Application, Contact
from rules.complaint import ComplaintReason
from tests.models.complaints.evidence.contacts import clock, contact, said
from tests.support.calls import NUMBER, make_employee, make_secretariat
from tests.support.concurrency import APPLICATION, holding
from tests.support.database import Database
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply

QUIET = Silence()
CALLED = START + HOUR  # when the prospect calls the vendor
LEGS = {"caller": LegKind.CALLER, "agent": LegKind.AGENT, "employee": LegKind.EMPLOYEE}


@dataclass(frozen=True)
class Talked:
    """A vendor with a secretariat who has applied for a lead at the start, and the prospect's number."""

    place: Marketplace
    application: UUID
    employee: UUID
    number: str

    async def tell(self, kind: FactKind, leg: str, second: int, call: str, caller: str) -> None:
        """Merge one fact of a telephone system."""
        at = CALLED + second * SECOND
        fact = PhoneFact(
            kind,
            f"{call}-{leg}",
            LEGS[leg],
            at,
            at,
            caller=read_caller_id(caller, CallerIdForm.E164, "DE"),
            agent_id=self.place.agent.user_id if leg == "agent" else None,
            employee_id=self.employee if leg == "employee" else None,
        )
        await take_fact(QUIET, call, NUMBER, fact)

    async def call(self, talk: int, *, caller: str | None = None, call: str = "one", at: int = 0) -> None:
        """Let the prospect call, be put through, and talk for some seconds; answered after five."""
        for kind, leg, second in (
            (FactKind.RINGING, "caller", 0),
            (FactKind.ANSWERED, "agent", 5),
            (FactKind.CONSULTING, "employee", 10),
            (FactKind.TRANSFERRED, "employee", 15),
            (FactKind.HUNG_UP, "employee", 15 + talk),
            (FactKind.HUNG_UP, "caller", 15 + talk),
        ):
            await self.tell(kind, leg, at + second, call, caller or self.number)

    async def seconds(self) -> int:
        """Read what the application has."""
        return (await Application.get(id=self.application)).call_seconds


@pytest_asyncio.fixture(loop_scope="session")
async def talked(place: Marketplace, database: Database) -> Talked:
    """At the time of the call."""
    await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Mira Osterwald", extension="+49 30 23125 102")
    application = await apply(place.vendor, place.lead)
    await database.clock.set(CALLED)
    phone = (await Contact.get(lead_id=place.lead.id)).phone
    assert phone is not None
    return Talked(place, application, employee, phone)


async def test_the_longest_measured_talk_with_the_contact_counts(talked: Talked) -> None:
    """S1.9. The version stays, so that no answer fails because of it."""
    version = (await Application.get(id=talked.application)).version
    await talked.call(30)
    assert await talked.seconds() == 30
    await talked.call(45, call="two")
    await talked.call(20, call="three")
    assert await talked.seconds() == 45
    assert (await Application.get(id=talked.application)).version == version


async def test_a_call_from_another_number_of_the_contact_counts(talked: Talked) -> None:
    other = (await Contact.get(lead_id=talked.place.lead.id)).other_phones[0]["e164"]
    assert other is not None
    await talked.call(30, caller=other)
    assert await talked.seconds() == 30


async def test_a_talk_counts_as_soon_as_it_and_the_caller_are_known(talked: Talked) -> None:
    """The telephone system tells of the caller last, and repeats its facts."""
    for kind, second in ((FactKind.TRANSFERRED, 0), (FactKind.HUNG_UP, 40)):
        await talked.tell(kind, "employee", second, "one", "")
    assert await talked.seconds() == 0
    await talked.tell(FactKind.RINGING, "caller", 0, "one", talked.number)
    assert await talked.seconds() == 40


@pytest.mark.parametrize("kind", [FactKind.VOICEMAIL, FactKind.CONSULT_ENDED])
async def test_a_call_that_no_employee_accepted_does_not_count(talked: Talked, kind: FactKind) -> None:
    for one, leg, second in (
        (FactKind.RINGING, "caller", 0),
        (FactKind.ANSWERED, "agent", 5),
        (FactKind.CONSULTING, "employee", 10),
        (kind, "employee", 12),
        (FactKind.HUNG_UP, "employee", 300),
        (FactKind.HUNG_UP, "caller", 300),
    ):
        await talked.tell(one, leg, second, "one", talked.number)
    assert await talked.seconds() == 0


async def test_calls_before_the_application_and_from_strangers_do_not_count(talked: Talked) -> None:
    await talked.call(30, caller="+493023125207")
    await talked.call(30, call="two", at=-3601)
    assert await talked.seconds() == 0
    await talked.call(30, call="three", at=-3599)
    assert await talked.seconds() == 30


async def test_a_call_to_another_company_does_not_count(talked: Talked) -> None:
    """It has no application for the lead."""
    place = talked.place
    await fetch(connection(), "UPDATE secretariat SET account_id = $1", place.other_vendor.id)
    await talked.call(30)
    assert await talked.seconds() == 0


@pytest.mark.parametrize(("talk", "refunded"), [(119, True), (120, False)])
async def test_a_talk_of_two_minutes_is_a_meeting_so_that_a_decline_is_not_refunded(
    talked: Talked, talk: int, refunded: bool
) -> None:
    """S1.9, at its boundary."""
    await talked.call(talk)
    await decline(talked.place.prospect.viewer, QUIET, talked.application)
    application = await Application.get(id=talked.application)
    assert (application.refunded_at is not None) is refunded


async def test_a_talk_waits_for_an_answer_that_is_being_given(talked: Talked, database: Database) -> None:
    """And does not overwrite it: the application is read under its lock."""
    await talked.call(10)
    async with holding(database.url, APPLICATION, talked.application) as meeting:
        await meeting.join(talked.call(30, call="two"))
        await meeting.holder.execute(
            "UPDATE application SET version = version + 1, reviewed_at = received_at WHERE id = $1",
            talked.application,
        )
    assert await meeting.outcomes() == [None]
    application = await Application.get(id=talked.application)
    assert (application.call_seconds, application.reviewed_at) == (30, application.received_at)


async def test_a_talk_is_shorter_if_its_end_is_told_late(talked: Talked) -> None:
    """Whatever the order of the facts. Then another call of the contact can be the longest."""
    await talked.call(60)
    await talked.tell(FactKind.HUNG_UP, "employee", 15 + 50, "one", talked.number)
    assert await talked.seconds() == 50
    await talked.call(40, call="two")
    await talked.tell(FactKind.HUNG_UP, "employee", 15 + 30, "one", talked.number)
    assert await talked.seconds() == 40


async def test_a_call_that_began_before_the_application_was_received_is_no_evidence(talked: Talked) -> None:
    """As a fact that comes late can tell."""
    at = -3599
    await talked.call(30, at=at)
    assert await talked.seconds() == 30
    await talked.tell(FactKind.RINGING, "caller", at - 1, "one", talked.number)
    assert await talked.seconds() == 0


async def test_the_talk_of_a_caller_who_was_forgotten_stays_until_there_is_a_longer_one(
    talked: Talked,
) -> None:
    await talked.call(30)
    await _forget()
    for seconds, longest in ((20, 30), (40, 40)):
        await talked.call(seconds, call=f"of {seconds}")
        assert await talked.seconds() == longest


async def test_two_calls_that_end_together_leave_the_longest_talk(talked: Talked, database: Database) -> None:
    """The second one is decided when the first has committed."""
    async with holding(database.url, APPLICATION, talked.application) as meeting:
        await meeting.join(talked.call(45))
        await meeting.join(talked.call(30, call="two"))
    assert await meeting.outcomes() == [None, None]
    assert await talked.seconds() == 45


async def test_a_shorter_talk_makes_a_decline_refundable(talked: Talked) -> None:
    """S1.9: the fee is refunded when it becomes known that they talked for less than two minutes."""
    await talked.call(120)
    await decline(talked.place.prospect.viewer, QUIET, talked.application)
    assert (await Application.get(id=talked.application)).refunded_at is None
    await talked.tell(FactKind.HUNG_UP, "employee", 15 + 119, "one", talked.number)
    assert (await Application.get(id=talked.application)).refunded_at is not None


async def _forget() -> None:
    await fetch(
        connection(), "UPDATE call SET caller = NULL, caller_shown = '', forgotten_at = leadgate_clock()"
    )


@pytest.mark.parametrize("seconds", [0, 29, 31])
async def test_reconciliation_finds_evidence_that_is_not_the_longest_talk(
    talked: Talked, seconds: int
) -> None:
    """Both ways: a talk that is missing, and one that nobody measured. Then it is forgotten who called."""
    await talked.call(30)
    await fetch(connection(), "UPDATE application SET call_seconds = $1", seconds)
    (found,) = (await reconcile()).findings
    assert (found.check, found.subject) == ("talks_and_evidence_agree", str(talked.application))
    await _forget()
    found_of = [one.check for one in (await reconcile()).findings]
    assert found_of == (["talks_and_evidence_agree"] if seconds else [])
    await fetch(connection(), "UPDATE application SET call_seconds = 30")
    assert (await reconcile()).findings == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE transfer_attempt SET measured = false",
        "UPDATE transfer_attempt SET result = 'DECLINED'",
        "UPDATE call SET ringing_at = ringing_at - interval '1 hour'",
        "UPDATE call SET caller = '+493023125208'",
    ],
)
async def test_reconciliation_finds_evidence_without_a_talk_that_counts(talked: Talked, change: str) -> None:
    await talked.call(30)
    await fetch(connection(), change)
    (found,) = [one for one in (await reconcile()).findings if one.check == "talks_and_evidence_agree"]
    assert found.message == "the longest measured talk has 0 seconds, and the application has 30"
    await fetch(connection(), "UPDATE application SET call_seconds = 0")
    assert "talks_and_evidence_agree" not in {one.check for one in (await reconcile()).findings}


async def test_answered_calls_of_the_vendor_are_evidence_with_their_time(talked: Talked) -> None:
    """S5: that a number does not exist is refuted by a call from it that was answered after the delivery."""
    await talked.call(30)
    await talked.tell(FactKind.RINGING, "caller", 0, "rang", talked.number)
    await talked.tell(FactKind.HUNG_UP, "caller", 60, "rang", talked.number)
    place = talked.place
    one = {"phone": talked.number, "lead_id": place.lead.id, "account_id": place.vendor.id}
    reason = ComplaintReason.NUMBER_DOES_NOT_EXIST
    mine, theirs = contact(reason, **one), contact(reason, **{**one, "account_id": place.other_vendor.id})
    found = await SecretariatCalls().answered([mine, theirs, contact(reason, **{**one, "phone": None})])
    assert found == {mine.key: [AnsweredCall(40, CALLED + 5 * SECOND)]}
    check = own_calls(clock, SecretariatCalls())
    before = CALLED + timedelta(days=1)
    assert await said(check, contact(reason, **one, received_at=START)) == [
        ("AGAINST", True, "answered_after_delivery")
    ]
    assert await said(check, contact(reason, **one, received_at=before)) == [
        ("AGAINST", False, "answered_before_delivery")
    ]
