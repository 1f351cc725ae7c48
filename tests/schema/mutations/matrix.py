"""The expected outcome of each mutation for each kind of viewer: done, or the code of the refusal."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.calls.ring import ring
from models.complaints.case import ItemDraft
from models.complaints.submit import file_complaint
from models.deliveries.deliver import deliver_lead, offer_lead
from models.deliveries.tables import OfferMode
from models.messages.devices.target import PushTarget
from models.messages.expand import expand_messages
from models.process.wake import Silence
from models.tables import Account, User
from rules import production_parameters
from rules.calls.call_route import TransferWish
from rules.complaint import ComplaintReason
from rules.plan import Plan
from rules.visibility import DeliveryKind
from schema.graphql.ids import write_id
from tests.support.api import Api, Json
from tests.support.applied import LEAD, PASSWORD, Applied, give_password, session
from tests.support.calls import (
    NUMBER,
    make_call,
    make_call_set_up,
    make_employee,
    make_finished_call,
    version_of,
)
from tests.support.marketplace import START, MadeLead, make_agent
from tests.support.phone_systems import make_system
from tests.support.push_service import Browser, make_device
from tests.support.smart_data import FIRM, make_person, searched, switch
from tests.support.statements import make_statement
from tests.support.stops import insert_stop
from tests.support.stored_endpoint import make_stored_endpoint
from tests.support.viewers import Kind

DONE = None
_FORBIDDEN, _NOT_FOUND = RefusalCode.FORBIDDEN, RefusalCode.NOT_FOUND
Expected = Mapping[Kind, RefusalCode | None]
_SIGNED_IN = [kind for kind in Kind if kind is not Kind.ANONYMOUS]

FILE = b"id,name,email\n7,Rita Fake-Sample,rita.fake@x.example\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One mutation: its input and the outcome for each kind; ANONYMOUS is always listed separately."""

    given: Callable[[Api, Applied], Awaitable[Json | None]]
    expected: Expected
    for_anonymous: bool = False


def _only(*allowed: Kind, others: RefusalCode = _NOT_FOUND, **codes: RefusalCode) -> Expected:
    named = {Kind[name]: code for name, code in codes.items()}
    return {kind: DONE if kind in allowed else named.get(kind, others) for kind in _SIGNED_IN}


_PARTIES = {"OWNER": _FORBIDDEN, "MEMBER": _FORBIDDEN, "OPERATOR": _FORBIDDEN}


async def _submit(_: Api, applied: Applied) -> Json:
    return {
        "leadId": write_id("Lead", applied.free.id),
        "introduction": "We lay tiles.",
        "idempotencyKey": "once",
        "meetingAt": "2026-03-05T09:00:00Z",
    }


async def _application(_: Api, applied: Applied) -> Json:
    return {"applicationId": applied.application}


async def _chat_message(_: Api, applied: Applied) -> Json:
    return {"applicationId": applied.application, "text": "When can you begin?", "idempotencyKey": "once"}


async def _chat_read(_: Api, applied: Applied) -> Json:
    return {
        "applicationId": applied.application,
        "through": write_id("ChatMessage", applied.application_id),  # the introduction
    }


async def _rescheduled(_: Api, applied: Applied) -> Json:
    at = START.replace(day=6).isoformat()
    return {
        "applicationId": applied.application,
        "kind": "RESCHEDULED",
        "at": at,
        "idempotencyKey": "once",
    }


async def _purchase(_: Api, applied: Applied) -> Json:
    return {
        "accountId": write_id("Account", applied.place.vendor.id),
        "points": 5,
        "idempotencyKey": "once",
    }


async def _publish(_: Api, applied: Applied) -> Json:
    return {**LEAD, "market": applied.place.market.code}


async def _import(_: Api, applied: Applied) -> Json:
    return {"file": FILE, "market": applied.place.market.code, "category": "Roofing", "country": "DE"}


async def _notification(_: Api, applied: Applied) -> Json:
    row = await fetch_one(
        connection(), "SELECT id FROM feed_event WHERE recipient = $1 ORDER BY seq", applied.place.vendor.id
    )
    assert row is not None
    return {"ids": [write_id("Notification", row["id"])]}


async def _banner(_: Api, applied: Applied) -> Json:
    return {"subjectId": applied.application, "ruleId": "vendor_waits"}


async def _password(_: Api, applied: Applied) -> Json:
    return {"email": await give_password(applied.place.agent.user_id), "password": PASSWORD}


async def _refresh(api: Api, applied: Applied) -> Json:
    return {"refreshToken": (await session(api, applied.place.agent.user_id)).refresh_token}


async def _deliver(_: Api, applied: Applied) -> Json:
    return {
        "leadId": write_id("Lead", applied.free.id),
        "accountId": write_id("Account", applied.place.vendor.id),
        "kind": "RECORD",
        "points": 5,
        "idempotencyKey": "once",
    }


async def _offer(_: Api, applied: Applied) -> Json:
    lead = write_id("Lead", applied.free.id)
    return {"leadId": lead, "kind": "RECORD", "mode": "SHARED", "points": 5, "cap": 3}


async def _buy(_: Api, applied: Applied) -> Json:
    await offer_lead(
        applied.place.operator,
        Silence(),
        lead_id=applied.free.id,
        kind=DeliveryKind.RECORD,
        mode=OfferMode.EXCLUSIVE,
        points=5,
    )
    return {"leadId": write_id("Lead", applied.free.id), "idempotencyKey": "once"}


async def _delivered(applied: Applied) -> UUID:
    return await deliver_lead(
        applied.place.operator,
        Silence(),
        lead_id=applied.free.id,
        account_id=applied.place.vendor.id,
        kind=DeliveryKind.RECORD,
        points=5,
        idempotency_key="delivered",
    )


async def _complained(applied: Applied) -> UUID:
    draft = ItemDraft(
        new_id(), await _delivered(applied), ComplaintReason.WRONG_ADDRESS, "Nobody is there.", 1
    )
    filed = await file_complaint(
        applied.place.vendor.owner, Silence(), (), drafts=[draft], idempotency_key="filed", given={}
    )
    assert filed.complaint_id is not None
    return filed.complaint_id


async def _template(_: Api, __: Applied) -> Json:
    return {"format": "CSV", "language": "en"}


async def _file(_: Api, applied: Applied) -> Json:
    delivery = write_id("Delivery", await _delivered(applied))
    item = {"deliveryId": delivery, "reason": "WRONG_ADDRESS", "explanation": "Nobody is there."}
    return {"items": [item], "idempotencyKey": "once"}


async def _decide(_: Api, applied: Applied) -> Json:
    row = await fetch_one(
        connection(), "SELECT id FROM complaint_item WHERE complaint_id = $1", await _complained(applied)
    )
    assert row is not None
    item = write_id("ComplaintItem", row["id"])
    return {"itemId": item, "verdict": "ACCEPTED", "comment": "You are right."}


async def _decide_many(api: Api, applied: Applied) -> Json:
    return {"items": [await _decide(api, applied)]}


async def _write(_: Api, applied: Applied) -> Json:
    complaint = write_id("Complaint", await _complained(applied))
    return {"complaintId": complaint, "text": "When will you answer?", "idempotencyKey": "once"}


async def _dispatch(applied: Applied, state: str = "DEAD") -> str:
    """Return the id of the prospect's dispatch in this state."""
    await expand_messages()
    steps = {"WAITING": (), "DEAD": ("SENDING", "DEAD"), "UNCERTAIN": ("SENDING", "UNCERTAIN")}
    for step in steps[state]:
        await fetch(
            connection(),
            "UPDATE dispatch SET state = $1::text, claim = CASE WHEN $1 = 'SENDING' THEN $2::uuid END",
            step,
            new_id(),
        )
    row = await fetch_one(
        connection(),
        "SELECT id FROM dispatch WHERE user_id = $1 ORDER BY id",
        applied.place.prospect.viewer.user_id,
    )
    assert row is not None
    return write_id("Dispatch", row["id"])


async def _retried(_: Api, applied: Applied) -> Json:
    return {"ids": [await _dispatch(applied)], "idempotencyKey": "once"}


async def _settled(_: Api, applied: Applied) -> Json:
    dispatch = await _dispatch(applied, "UNCERTAIN")
    return {"dispatchId": dispatch, "arrived": True, "comment": "They called."}


async def _cancelled(_: Api, applied: Applied) -> Json:
    return {"ids": [await _dispatch(applied, "WAITING")], "reason": "Wrong."}


async def _lifted(api: Api, applied: Applied) -> Json:
    dispatch = await _dispatch(applied, "WAITING")
    user = await User.get(id=applied.place.prospect.viewer.user_id)
    await fetch(
        connection(),
        """INSERT INTO suppression (id, channel, address_key, reason, since)
           VALUES ($1, 'EMAIL', $2, 'HARD_BOUNCE', leadgate_clock())""",
        new_id(),
        api.services.sending.address_key("EMAIL", user.email),
    )
    return {"dispatchId": dispatch, "reason": "It works again."}


async def _preference(_: Api, __: Applied) -> Json:
    return {"group": "LEADS", "channel": "EMAIL", "on": False}


async def _device(_: Api, __: Applied) -> Json:
    address = {"address": "https://fcm.googleapis.com/send/another"}
    return {"kind": "WEB", "name": "Firefox", **address, **Browser().keys}


async def _registered(_: Api, applied: Applied) -> Json:
    target = PushTarget("https://fcm.googleapis.com/send/one", **Browser().keys)
    owner = applied.place.vendor.owner.user_id
    return {"deviceId": write_id("Device", await make_device(owner, target))}


async def _endpoint(applied: Applied) -> str:
    """Return the id of an endpoint of the vendor's account."""
    return write_id("WebhookEndpoint", await make_stored_endpoint(applied.place.vendor.id))


async def _created(api: Api, _: Applied) -> Json:
    (private,) = api.services.settings.webhook_private_hosts
    return {"url": f"https://{private}/hook", "events": ["LEAD_DELIVERED"], "idempotencyKey": "once"}


async def _disabled(_: Api, applied: Applied) -> Json:
    return {"endpointId": await _endpoint(applied), "state": "DISABLED"}


async def _keyed_endpoint(_: Api, applied: Applied) -> Json:
    return {"endpointId": await _endpoint(applied), "idempotencyKey": "once"}


async def _deleted(_: Api, applied: Applied) -> Json:
    return {"endpointId": await _endpoint(applied)}


async def _replayed(_: Api, applied: Applied) -> Json:
    return {
        "endpointId": await _endpoint(applied),
        "period": {"from": "2026-03-01T00:00:00Z", "to": "2026-04-01T00:00:00Z"},
        "idempotencyKey": "once",
    }


async def _settings(_: Api, __: Applied) -> Json:
    return {"locale": "de", "timeZone": "Europe/Warsaw", "name": "Somebody Else"}


async def _subscribed(_: Api, __: Applied) -> None:
    await fetch(
        connection(),
        """INSERT INTO calendar_feed (id, user_id, token_hash, created_at)
           SELECT gen_random_uuid(), id, id::text, leadgate_clock() FROM users""",
    )


async def _nothing(_: Api, __: Applied) -> None:
    return None


async def _account(_: Api, applied: Applied) -> Json:
    return {
        "accountId": write_id("Account", applied.place.vendor.id),
        "transferIncluded": True,
        "phoneNumbers": [NUMBER],
        "idempotencyKey": "once",
    }


async def _secretariat(applied: Applied) -> Json:
    """Return the id and version of the vendor's secretariat."""
    made = await make_call_set_up(applied.place.operator, applied.place.vendor)
    return {
        "secretariatId": write_id("Secretariat", made),
        "expectedVersion": await version_of("secretariat", made),
    }


def _of_secretariat(**given: object) -> Callable[[Api, Applied], Awaitable[Json | None]]:
    async def make(_: Api, applied: Applied) -> Json:
        return {**await _secretariat(applied), **given}

    return make


def _phone_system(**given: object) -> Callable[[Api, Applied], Awaitable[Json | None]]:
    async def make(_: Api, applied: Applied) -> Json:
        system_id = await make_system(applied.place.operator)
        return {"phoneSystemId": write_id("PhoneSystem", system_id), **given}

    return make


def _of_secretariat_only(**given: object) -> Callable[[Api, Applied], Awaitable[Json | None]]:
    async def make(_: Api, applied: Applied) -> Json:
        return {"secretariatId": (await _secretariat(applied))["secretariatId"], **given}

    return make


def _of(
    table: str, node: str, field: str, /, **given: object
) -> Callable[[Api, Applied], Awaitable[Json | None]]:
    """Return the input for the row of a table: its id, its version and more fields."""

    async def make(_: Api, applied: Applied) -> Json:
        await _secretariat(applied)
        row = await fetch_one(connection(), f"SELECT id, version FROM {table} ORDER BY id DESC LIMIT 1")
        assert row is not None
        return {field: write_id(node, row["id"]), "expectedVersion": row["version"], **given}

    return make


def _employee(**given: object) -> Callable[[Api, Applied], Awaitable[Json | None]]:
    return _of("employee", "Employee", "employeeId", **given)


async def _new_employee(_: Api, applied: Applied) -> Json:
    made = await _secretariat(applied)
    return {
        "secretariatId": made["secretariatId"],
        "name": "Bea Two",
        "email": "bea.fake@vendor.example",
        "idempotencyKey": "once",
    }


async def _employee_file(_: Api, applied: Applied) -> Json:
    made = await _secretariat(applied)
    return {"secretariatId": made["secretariatId"], "file": b"name,email\nBea Two,bea.fake@x.example\n"}


async def _calendar(api: Api, applied: Applied) -> Json:
    (private,) = api.services.settings.calendar_private_hosts
    return {
        "employeeId": await _whose(applied),
        "url": f"https://{private}/secret.ics",
        "idempotencyKey": "once",
    }


async def _whose(applied: Applied) -> str:
    await _secretariat(applied)
    row = await fetch_one(connection(), "SELECT employee_id FROM employee_calendar")
    assert row is not None
    return write_id("Employee", row["employee_id"])


async def _calendar_id(_: Api, applied: Applied) -> Json:
    await _secretariat(applied)
    row = await fetch_one(connection(), "SELECT id FROM employee_calendar")
    assert row is not None
    return {"calendarId": write_id("EmployeeCalendar", row["id"])}


async def _calendar_file(_: Api, applied: Applied) -> Json:
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "DTSTART:20260303T120000Z", "DURATION:PT1H")
    content = "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR"]).encode()
    return {"employeeId": await _whose(applied), "file": content, "idempotencyKey": "once"}


async def _exported(_: Api, applied: Applied) -> Json:
    return {"secretariatId": (await _secretariat(applied))["secretariatId"], "format": "XLSX"}


async def _exported_calls(api: Api, applied: Applied) -> Json:
    period = {"from": "2026-03-01T00:00:00Z", "to": "2026-03-20T00:00:00Z"}
    return {**await _exported(api, applied), "period": period}


async def _access(api: Api, applied: Applied) -> Json:
    made = await _employee()(api, applied)
    assert made is not None
    return {
        "employeeId": made["employeeId"],
        "email": f"{new_id().hex}@users.example",
        "idempotencyKey": "once",
    }


async def _closed_access(api: Api, applied: Applied) -> Json:
    made = await _employee()(api, applied)
    assert made is not None
    await fetch(
        connection(),
        """UPDATE employee SET user_id = $1
           WHERE id = (SELECT id FROM employee ORDER BY id DESC LIMIT 1)""",
        applied.place.vendor.employee.user_id,
    )
    return {"employeeId": made["employeeId"]}


_NEW_APPOINTMENT = {
    "text": "away",
    "firstDay": "2026-03-20",
    "lastDay": "2026-03-21",
    "idempotencyKey": "once",
}


async def _appointment(api: Api, applied: Applied) -> Json:
    made = await _employee()(api, applied)
    assert made is not None
    return {"employeeId": made["employeeId"], **_NEW_APPOINTMENT}


async def _rings(_: Api, applied: Applied) -> Json:
    await _secretariat(applied)
    made = await ring(Silence(), dialled=NUMBER, caller="+4930901820", wanted=None)
    return {"callId": write_id("Call", made.id)}


def _answered(**given: object) -> Callable[[Api, Applied], Awaitable[Json | None]]:
    """Return the input for a call that the agent has answered."""

    async def make(_: Api, applied: Applied) -> Json:
        await _secretariat(applied)
        return {"callId": write_id("Call", await make_call(applied.place.agent)), **given}

    return make


async def _taken_by_a_colleague(_: Api, applied: Applied) -> Json:
    await _secretariat(applied)
    made = await make_call(await make_agent())
    return {"callId": write_id("Call", made), "expectedVersion": 1}


async def _tried(_: Api, applied: Applied) -> Json:
    await _secretariat(applied)
    employee = await make_employee(
        applied.place.vendor.owner, "Bea Two", extension="+493023125101", wish=TransferWish.ALL
    )
    return {
        "callId": write_id("Call", await make_call(applied.place.agent, employee)),
        "employeeId": write_id("Employee", employee),
        "result": "CALLING",
        "idempotencyKey": "once",
    }


async def _corrected(_: Api, applied: Applied) -> Json:
    await _secretariat(applied)
    made = await make_finished_call(applied.place.agent, applied.place.vendor.owner)
    note = {"name": "Jo Doe", "company": "Doe Ltd", "phone": "030 901820", "concern": "Two invoices."}
    return {
        "callId": write_id("Call", made),
        "note": note,
        "expectedVersion": await version_of("call", made),
    }


async def _held(applied: Applied) -> str:
    """Deliver a lead to both vendors, and return its id."""
    for vendor in (applied.place.vendor, applied.place.other_vendor):
        await deliver_lead(
            applied.place.operator,
            Silence(),
            lead_id=applied.free.id,
            account_id=vendor.id,
            kind=DeliveryKind.RECORD,
            points=5,
            idempotency_key=new_id().hex,
        )
    return write_id("Lead", applied.free.id)


async def _stop(_: Api, applied: Applied) -> Json:
    return {"leadId": await _held(applied), "medium": "CALL", "idempotencyKey": "once"}


async def _stopped(_: Api, applied: Applied) -> Json:
    await _held(applied)
    stop_id = await insert_stop(
        applied.place.prospect.id, account_id=applied.place.vendor.id, origin="VENDOR"
    )
    return {"doNotContactId": write_id("DoNotContact", stop_id), "reason": "The person called us."}


async def _attempt(_: Api, applied: Applied) -> Json:
    return {
        "leadId": await _held(applied),
        "medium": "CALL",
        "at": START.isoformat(),
        "outcome": "NO_ANSWER",
        "idempotencyKey": "once",
    }


async def _profile(_: Api, applied: Applied) -> Json:
    return {"leadId": await _held(applied), "status": "SENIOR", "expectedVersion": 0}


async def _answer(_: Api, applied: Applied) -> Json:
    lead_id = await _held(applied)
    return {"leadId": lead_id, "answer": "CALL", "at": START.isoformat(), "idempotencyKey": "once"}


async def _words(_: Api, applied: Applied) -> Json:
    return {
        "leadId": await _held(applied),
        "text": "Please send me an email.",
        "at": START.isoformat(),
        "medium": "CALL",
        "idempotencyKey": "once",
    }


async def _misread(_: Api, applied: Applied) -> Json:
    await _held(applied)
    statement_id = await make_statement(applied.place, applied.free.id)
    return {"statementId": write_id("ContactStatement", statement_id), "reason": "Misread."}


async def _sender(_: Api, __: Applied) -> Json:
    signatures = [{"language": "en", "text": "Vera Vendor, sales, vendor.example"}]
    return {"accepts": ["EMAIL"], "signatures": signatures, "expectedVersion": None}


async def _list(_: Api, __: Applied) -> Json:
    return {
        "file": b"Number\n+4930901820\n",
        "name": "Robinson",
        "country": "DE",
        "medium": "CALL",
        "kind": "ROBINSON",
        "asOf": START.isoformat(),
        "idempotencyKey": "once",
    }


def _policy_draft(applied: Applied) -> Json:
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = 36 * 3_600
    return {"market": applied.place.market.code, "parameters": parameters}


async def _policy(_: Api, applied: Applied) -> Json:
    return {
        "draft": _policy_draft(applied),
        "version": "main-36h",
        "effectiveFrom": START.replace(day=9).isoformat(),
        "expectedLatestVersion": applied.place.market.policy_version,
        "idempotencyKey": "once",
    }


async def _trial(_: Api, applied: Applied) -> Json:
    return {
        "draft": _policy_draft(applied),
        "period": {"from": START.replace(day=1).isoformat(), "to": START.replace(day=9).isoformat()},
        "idempotencyKey": "once",
    }


_BUYERS = _only(Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, others=_FORBIDDEN)
_OPERATORS = _only(Kind.OPERATOR, others=_FORBIDDEN)
_OWNERS = _only(Kind.OWNER, others=_FORBIDDEN, OTHER_VENDOR=_NOT_FOUND, OPERATOR=_NOT_FOUND)
_COMPANY = _only(
    Kind.OWNER,
    Kind.MEMBER,
    Kind.OPERATOR,
    others=_FORBIDDEN,
    OTHER_VENDOR=_NOT_FOUND,
)
# Employees with a sub-account find only their own row.
_COMPANY_AND_OWN = {**_COMPANY, Kind.EMPLOYEE: _NOT_FOUND}
_SET_UP_OWNERS = {**_COMPANY, Kind.MEMBER: _FORBIDDEN}

_AGENTS = _only(Kind.AGENT, others=_FORBIDDEN)
_DESK = _only(Kind.AGENT, Kind.OPERATOR, others=_FORBIDDEN)


async def _with_smart_data(applied: Applied, organisation: str | None = "Fake Firm GmbH") -> MadeLead:
    """Let the vendor have smart contact data, and a contact that can be looked up."""
    vendor = applied.place.vendor
    await Account.filter(id=vendor.id).update(plan=Plan.PROFESSIONAL)
    await switch(vendor, on=True)
    return await make_person(applied.place.market, vendor, organisation=organisation)


async def _smart_settings(_: Api, applied: Applied) -> Json:
    await Account.filter(id=applied.place.vendor.id).update(plan=Plan.PROFESSIONAL)
    return {"expectedVersion": 0, "on": True, "acceptsRoles": True}


async def _looked_up(_: Api, applied: Applied) -> Json:
    lead = await _with_smart_data(applied)
    return {"leadId": write_id("Lead", lead.id), "idempotencyKey": "once"}


async def _refreshed(_: Api, applied: Applied) -> Json:
    lead = await _with_smart_data(applied)
    email = f"rita@{FIRM}"
    return {"leadId": write_id("Lead", lead.id), "checkedEmail": email, "idempotencyKey": "once"}


async def _found(applied: Applied) -> str:
    """Return the global id of a value that the vendor has found."""
    await searched(applied.place.vendor, await _with_smart_data(applied))
    row = await fetch_one(connection(), "SELECT id FROM found_field")
    assert row is not None
    return write_id("FoundField", row["id"])


async def _kept(_: Api, applied: Applied) -> Json:
    return {"fieldIds": [await _found(applied)], "until": "2026-12-01T09:00:00Z"}


async def _forgotten(_: Api, applied: Applied) -> Json:
    return {"fieldIds": [await _found(applied)]}


async def _person_added(_: Api, applied: Applied) -> Json:
    lead = await _with_smart_data(applied, organisation=None)
    return {"leadId": write_id("Lead", lead.id), "name": "Another Fake Firm"}


async def _person_removed(_: Api, applied: Applied) -> Json:
    return {"leadId": write_id("Lead", (await _with_smart_data(applied)).id)}


async def _mail_provider(_: Api, __: Applied) -> Json:
    return {"domain": "fake-mail.com", "kind": "MAIL_PROVIDER"}


_HOLDERS = _only(Kind.OWNER, Kind.MEMBER, others=_FORBIDDEN, OTHER_VENDOR=RefusalCode.REFUSED_BY_RULE)

MATRIX: dict[str, Case] = {
    "leadDeliver": Case(_deliver, _OPERATORS),
    "leadOffer": Case(_offer, _OPERATORS),
    "leadPurchase": Case(_buy, _BUYERS),
    "complaintTemplateCreate": Case(_template, _BUYERS),
    "complaintFile": Case(_file, _only(Kind.OWNER, Kind.MEMBER, others=_FORBIDDEN, OTHER_VENDOR=_NOT_FOUND)),
    "complaintItemDecide": Case(_decide, _OPERATORS),
    "complaintItemsDecide": Case(_decide_many, _OPERATORS),
    "complaintMessageSend": Case(
        _write,
        _only(Kind.OWNER, Kind.MEMBER, Kind.OPERATOR, others=_FORBIDDEN, OTHER_VENDOR=_NOT_FOUND),
    ),
    "chatMessageSend": Case(_chat_message, _only(Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR)),
    "chatRead": Case(_chat_read, _only(Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR)),
    "applicationSubmit": Case(_submit, _only(Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, others=_FORBIDDEN)),
    "applicationReview": Case(_application, _only(Kind.PROSPECT, **_PARTIES)),
    "applicationAccept": Case(_application, _only(Kind.PROSPECT, **_PARTIES)),
    "applicationDecline": Case(_application, _only(Kind.PROSPECT, **_PARTIES)),
    "meetingRecord": Case(_rescheduled, _only(Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR)),
    "pointsPurchase": Case(_purchase, _only(Kind.OPERATOR, others=_FORBIDDEN)),
    "leadPublish": Case(
        _publish, _only(Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR, others=_FORBIDDEN)
    ),
    "leadImport": Case(_import, _only(Kind.OPERATOR, others=_FORBIDDEN)),
    "notificationRead": Case(_notification, _only(Kind.OWNER, Kind.MEMBER)),
    "bannerDismiss": Case(_banner, _only(Kind.OWNER, Kind.MEMBER)),
    "smartDataSettingsUpdate": Case(
        _smart_settings,
        _only(Kind.OWNER, others=_FORBIDDEN, OTHER_VENDOR=RefusalCode.REFUSED_BY_RULE),
    ),
    "smartDataSearch": Case(_looked_up, _HOLDERS),
    "smartDataRefresh": Case(_refreshed, _HOLDERS),
    "smartDataKeep": Case(_kept, _only(Kind.OWNER, Kind.MEMBER, others=_FORBIDDEN, OTHER_VENDOR=_NOT_FOUND)),
    "smartDataForget": Case(
        _forgotten, _only(Kind.OWNER, Kind.MEMBER, others=_FORBIDDEN, OTHER_VENDOR=_NOT_FOUND)
    ),
    "organisationPersonAdd": Case(_person_added, _HOLDERS),
    "organisationPersonRemove": Case(_person_removed, _HOLDERS),
    "mailProviderSet": Case(_mail_provider, _only(Kind.OPERATOR, others=_FORBIDDEN)),
    "signIn": Case(_password, _only(*_SIGNED_IN), for_anonymous=True),
    "tokenRefresh": Case(_refresh, _only(*_SIGNED_IN), for_anonymous=True),
    "dispatchRetry": Case(_retried, _OPERATORS),
    "dispatchSettle": Case(_settled, _OPERATORS),
    "dispatchCancel": Case(_cancelled, _OPERATORS),
    "suppressionLift": Case(_lifted, _OPERATORS),
    "notificationPreferenceSet": Case(_preference, _only(*_SIGNED_IN)),
    "deviceRegister": Case(_device, _only(*_SIGNED_IN)),
    "deviceRemove": Case(_registered, _only(Kind.OWNER)),
    "calendarFeedCreate": Case(
        _nothing,
        _only(
            *(kind for kind in _SIGNED_IN if kind not in {Kind.EMPLOYEE, Kind.AGENT}),
            others=_FORBIDDEN,
        ),
    ),
    "calendarFeedRevoke": Case(_subscribed, _only(*_SIGNED_IN)),
    "webhookEndpointCreate": Case(
        _created, _only(Kind.OWNER, Kind.OTHER_VENDOR, Kind.OPERATOR, others=_FORBIDDEN)
    ),
    "webhookEndpointUpdate": Case(_disabled, _OWNERS),
    "webhookSecretRotate": Case(_keyed_endpoint, _OWNERS),
    "webhookTest": Case(_keyed_endpoint, _OWNERS),
    "webhookEndpointDelete": Case(_deleted, _OWNERS),
    "webhookReplay": Case(_replayed, _OWNERS),
    "userSettingsUpdate": Case(_settings, _only(*_SIGNED_IN)),
    "secretariatCreate": Case(_account, _OPERATORS),
    "secretariatUpdate": Case(_of_secretariat(handlingInstruction="Be kind."), _COMPANY),
    "secretariatConfirm": Case(_of_secretariat(), _SET_UP_OWNERS),
    "secretariatNumbersSet": Case(_of_secretariat(phoneNumbers=[], numberBlocks=[]), _OPERATORS),
    "secretariatAgentsSet": Case(_of_secretariat(agentIds=[]), _OPERATORS),
    "askedFieldsSet": Case(_of_secretariat(fields=[]), _OPERATORS),
    "employeeCreate": Case(_new_employee, _COMPANY),
    "employeeUpdate": Case(_employee(position="Accounts"), _COMPANY),
    "employeeDelete": Case(_employee(), _COMPANY),
    "callAnswer": Case(_rings, _AGENTS),
    "callTakeOver": Case(_taken_by_a_colleague, _AGENTS),
    "callTransferRecord": Case(_tried, _DESK),
    "callFinish": Case(_answered(outcome="ABANDONED", note={}), _DESK),
    "callCorrect": Case(_corrected, _DESK),
    "callerErase": Case(
        _of_secretariat_only(phone="+4930901820", reason="The caller asked for it.", idempotencyKey="once"),
        _SET_UP_OWNERS,
    ),
    "doNotContactSet": Case(
        _stop,
        _only(
            *(Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.OPERATOR),
            EMPLOYEE=_FORBIDDEN,
            AGENT=_FORBIDDEN,
        ),
    ),
    "doNotContactLift": Case(
        _stopped,
        _only(
            *(Kind.OWNER, Kind.PROSPECT, Kind.OPERATOR),
            MEMBER=_FORBIDDEN,
            EMPLOYEE=_FORBIDDEN,
            AGENT=_FORBIDDEN,
        ),
    ),
    "contactAttemptRecord": Case(_attempt, _BUYERS),
    "contactProfileSet": Case(_profile, _BUYERS),
    "contactStatementRead": Case(_words, _BUYERS),
    "contactAnswerRecord": Case(
        _answer,
        _only(
            *(Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.PROSPECT),
            EMPLOYEE=_FORBIDDEN,
            AGENT=_FORBIDDEN,
            OPERATOR=_FORBIDDEN,
        ),
    ),
    "contactStatementTakeBack": Case(
        _misread,
        _only(
            *(Kind.OWNER, Kind.MEMBER),
            EMPLOYEE=_FORBIDDEN,
            AGENT=_FORBIDDEN,
            OPERATOR=_FORBIDDEN,
            PROSPECT=_FORBIDDEN,
            OTHER_PROSPECT=_FORBIDDEN,
        ),
    ),
    "senderProfileSet": Case(_sender, _only(Kind.OWNER, Kind.OTHER_VENDOR, others=_FORBIDDEN)),
    "optOutListImport": Case(_list, _OPERATORS),
    "employeeImport": Case(_employee_file, _COMPANY),
    "employeeExport": Case(_exported, _COMPANY),
    "callExport": Case(_exported_calls, _COMPANY),
    "employeeAccessCreate": Case(_access, _SET_UP_OWNERS),
    "employeeAccessDelete": Case(_closed_access, _SET_UP_OWNERS),
    "weeklyHoursSet": Case(_employee(hours=[]), _COMPANY),
    "absenceTextSet": Case(_employee(text="Write to me."), _COMPANY_AND_OWN),
    "appointmentSet": Case(_appointment, _COMPANY_AND_OWN),
    "appointmentDelete": Case(_of("appointment", "Appointment", "appointmentId"), _COMPANY_AND_OWN),
    "employeeCalendarSet": Case(_calendar, _COMPANY_AND_OWN),
    "employeeCalendarRefresh": Case(_calendar_id, _COMPANY_AND_OWN),
    "employeeCalendarDelete": Case(
        _of("employee_calendar", "EmployeeCalendar", "calendarId"), _COMPANY_AND_OWN
    ),
    "employeeCalendarImport": Case(_calendar_file, _COMPANY_AND_OWN),
    "vipCallerSet": Case(
        _of("vip_caller", "VipCaller", "vipCallerId", number="+4930901820", name="Jo", note="New."), _COMPANY
    ),
    "vipCallerDelete": Case(_of("vip_caller", "VipCaller", "vipCallerId"), _COMPANY),
    "faqEntrySet": Case(_of("faq_entry", "FaqEntry", "faqEntryId", question="Q?", answer="A."), _COMPANY),
    "faqEntryDelete": Case(_of("faq_entry", "FaqEntry", "faqEntryId"), _COMPANY),
    "phoneSystemSet": Case(
        _phone_system(name="Second line", driver="GENERIC", region="DE", expectedVersion=1), _OPERATORS
    ),
    "phoneSystemSecretRotate": Case(_phone_system(expectedVersion=1), _OPERATORS),
    "phoneSystemDelete": Case(_phone_system(expectedVersion=1), _OPERATORS),
    "policyTrialStart": Case(_trial, _OPERATORS),
    "policyPublish": Case(_policy, _OPERATORS),
    "signOut": Case(_nothing, _only(*_SIGNED_IN)),
}
