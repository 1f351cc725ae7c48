"""Each mutation for every kind of viewer: done, or refused with its code; a refusal changes nothing."""

import pytest

from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from schema.graphql.ids import write_id
from tests.schema.mutations.matrix import DONE, MATRIX
from tests.support.api import Api
from tests.support.applied import Applied
from tests.support.invariants import snapshot
from tests.support.mutation_calls import MUTATIONS, attempt, call, input_fields, refusals
from tests.support.viewers import Kind

_ALL = sorted(MATRIX)
_IDS = {
    "leadId": "Lead",
    "applicationId": "Application",
    "accountId": "Account",
    "ids": "Notification",
    "dispatchId": "Dispatch",
    "deviceId": "Device",
    "endpointId": "WebhookEndpoint",
    "itemId": "ComplaintItem",
    "complaintId": "Complaint",
    "callId": "Call",
    "secretariatId": "Secretariat",
    "employeeId": "Employee",
    "appointmentId": "Appointment",
    "calendarId": "EmployeeCalendar",
    "vipCallerId": "VipCaller",
    "faqEntryId": "FaqEntry",
    "phoneSystemId": "PhoneSystem",
    "through": "ChatMessage",
    "subjectId": "Application",
    "doNotContactId": "DoNotContact",
    "statementId": "ContactStatement",
}
# Viewers who may never do it are refused for any id, so that ids cannot be probed.
_ROLE_FIRST = {
    "absenceTextSet",
    "applicationSubmit",
    "appointmentDelete",
    "appointmentSet",
    "askedFieldsSet",
    "callAnswer",
    "callCorrect",
    "callFinish",
    "callTakeOver",
    "callTransferRecord",
    "callExport",
    "callerErase",
    "complaintItemDecide",
    "contactAnswerRecord",
    "contactAttemptRecord",
    "contactProfileSet",
    "contactStatementRead",
    "contactStatementTakeBack",
    "dispatchCancel",
    "dispatchRetry",
    "dispatchSettle",
    "doNotContactLift",
    "doNotContactSet",
    "employeeAccessCreate",
    "employeeAccessDelete",
    "employeeCalendarDelete",
    "employeeCalendarImport",
    "employeeCalendarRefresh",
    "employeeCalendarSet",
    "employeeCreate",
    "employeeDelete",
    "employeeExport",
    "employeeImport",
    "employeeUpdate",
    "faqEntryDelete",
    "faqEntrySet",
    "leadDeliver",
    "leadOffer",
    "leadPurchase",
    "organisationPersonAdd",
    "organisationPersonRemove",
    "phoneSystemDelete",
    "phoneSystemSecretRotate",
    "phoneSystemSet",
    "pointsPurchase",
    "secretariatAgentsSet",
    "secretariatConfirm",
    "secretariatCreate",
    "secretariatNumbersSet",
    "secretariatUpdate",
    "smartDataRefresh",
    "smartDataSearch",
    "suppressionLift",
    "vipCallerDelete",
    "vipCallerSet",
    "weeklyHoursSet",
    "webhookEndpointDelete",
    "webhookEndpointUpdate",
    "webhookReplay",
    "webhookSecretRotate",
    "webhookTest",
}
_BY_ONE_OF_SEVERAL = {"smartDataForget"}  # in tests/models/smart_data/test_keeping.py
_WITH_IDS = [
    name for name in _ALL if _IDS.keys() & input_fields(name).keys() and name not in _BY_ONE_OF_SEVERAL
]


def test_every_mutation_of_the_schema_is_in_the_matrix() -> None:
    """A new mutation fails this test until the matrix has an outcome for each kind of viewer."""
    assert MATRIX.keys() == MUTATIONS
    for case in MATRIX.values():
        assert {*case.expected, Kind.ANONYMOUS} == set(Kind)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", _ALL)
async def test_each_mutation_is_allowed_or_refused_as_in_the_matrix(
    api: Api, applied: Applied, name: str, kind: Kind
) -> None:
    """A refusal leaves every row of every table as it was."""
    case = MATRIX[name]
    client = await applied.client(api, kind)
    given = await case.given(api, applied)
    before = await snapshot(connection())
    answer = await attempt(client, name, given)
    after = await snapshot(connection())
    assert answer.status == 200
    if kind is Kind.ANONYMOUS and not case.for_anonymous:
        assert answer.codes == ["UNAUTHENTICATED"]
        assert answer.body["data"] == {name: None}
        assert after == before
        return
    expected = case.expected.get(kind, DONE)
    found = [code for code, _ in refusals(answer.data[name])]
    if expected is DONE:
        assert found == []
        assert after != before
    else:
        assert found == [expected.value]
        assert after == before


@pytest.mark.parametrize("name", _WITH_IDS)
async def test_unknown_ids_and_ids_of_another_type_are_not_found(
    api: Api, applied: Applied, name: str
) -> None:
    """Unknown ids, ids of another type and malformed ids look the same to everyone and change nothing."""
    case = MATRIX[name]
    given = await case.given(api, applied)
    assert given is not None
    field = next(name for name in given if name in _IDS)
    kind_of_id = "Dispatch" if name.startswith("dispatch") else _IDS[field]
    nobodys = [write_id(kind_of_id, new_id()), write_id(kind_of_id, applied.place.prospect.id)]
    no_ids = [write_id("Market", applied.place.market.id), "", "\x00", "x" * 5_000, "TGVhZDo="]
    clients = {kind: await applied.client(api, kind) for kind in case.expected}
    before = await snapshot(connection())
    for kind, client in clients.items():
        found = []
        for wrong in (*nobodys, *no_ids):
            payload = await call(client, name, {**given, field: [wrong] if field == "ids" else wrong})
            found.append(payload["userErrors"])
        asked_first = name in _ROLE_FIRST and case.expected[kind]
        if asked_first is RefusalCode.REFUSED_BY_RULE:  # a rule about the object
            asked_first = None
        if name == "complaintMessageSend" and case.expected[kind] is RefusalCode.FORBIDDEN:
            asked_first = RefusalCode.FORBIDDEN
        assert [error["code"] for error in found[0]] == [asked_first or "NOT_FOUND"]
        assert found[0] == found[1]
        for answer in found[2:]:
            assert [error["code"] for error in answer] == ["NOT_FOUND"]
    assert await snapshot(connection()) == before
