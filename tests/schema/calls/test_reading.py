"""A secretariat as each kind of viewer sees it (S4.9, S4.11, S4.14): what is shown, and what never is."""

import json
from datetime import date

import pytest

from models.base.ids import new_id
from models.calls.agents import set_agents
from models.calls.faq import FaqDraft, create_faq_entry
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import EMAIL, PRIVATE, Called
from tests.support.calls import NUMBER, make_absence, make_employee, make_secretariat, make_vip
from tests.support.marketplace import make_agent
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import Kind

EMPLOYEE = """id displayName position responsibility transfer smsNotification absenceText email cc mobile
    extension user { id email } hours { weekday from until } deputy { id email }
    availability { state said until backOn decision { ruleId } appointment { id text } }
    appointments { nodes { id text firstDay lastDay } totalCount } vipCallers { nodes { id } totalCount }"""
ALL = f"""id greeting greetingSpokenBy handlingInstruction state phoneNumbers retentionDays
    account {{ id points }}
    vendor {{ name }} askedFields {{ key label }} faq {{ id }} agents {{ id }}
    fallbackEmployee {{ id }} employees {{ nodes {{ {EMPLOYEE} }} totalCount }}
    vipCallers {{ nodes {{ id number name note }} totalCount }}
    changes {{ nodes {{ id fields by {{ id }} }} }}"""
OWN = f"{{ secretariat {{ {ALL} }} }}"
BY_NUMBER = f"query ($n: PhoneNumber!) {{ secretariat(phoneNumber: $n) {{ {ALL} }} }}"
NODE = f"""query ($id: ID!) {{ node(id: $id) {{ id ... on Secretariat {{ greeting }}
    ... on Employee {{ {EMPLOYEE} secretariat {{ id }} }} }} }}"""


async def test_the_company_sees_all_of_its_set_up(called: Called) -> None:
    for kind in (Kind.OWNER, Kind.MEMBER):
        found = (await called.clients[kind].ask(OWN)).data["secretariat"]
        assert [one["displayName"] for one in found["employees"]["nodes"]] == [
            "Owner Fake",
            "Dora Self",
            "Agnes Tellier",
            "Bea Urlaub",
            "Cleo Vip",
        ]
        assert all(value in json.dumps(found) for value in PRIVATE)
        assert (found["state"], found["retentionDays"], found["agents"]) == ("UNCONFIRMED", 180, None)
        assert (found["vipCallers"]["totalCount"], found["employees"]["totalCount"]) == (2, 5)
        assert found["account"]["points"] == 100


async def test_an_agent_sees_what_a_call_needs_and_no_address_or_number(called: Called) -> None:
    """S4.9: by the number that was dialled, also in a block."""
    answer = await called.clients[Kind.AGENT].ask(BY_NUMBER, n=NUMBER)
    found = answer.data["secretariat"]
    assert "mein Name ist Agent Fake." in found["greetingSpokenBy"]
    assert [one["displayName"] for one in found["employees"]["nodes"]][2] == "Agnes Tellier"
    assert found["employees"]["nodes"][3]["availability"]["said"] == "im Urlaub"
    shown = json.dumps(answer.body)
    assert not any(value in shown for value in PRIVATE)
    assert (found["account"], found["changes"], found["vipCallers"]["totalCount"]) == (None, None, 0)
    unknown = await called.clients[Kind.AGENT].ask(BY_NUMBER, n="+493023125999")
    assert unknown.data["secretariat"] is None


@pytest.mark.parametrize("kind", [Kind.PROSPECT, Kind.OTHER_PROSPECT])
async def test_a_prospect_may_not_ask(called: Called, kind: Kind) -> None:
    assert (await called.clients[kind].ask(OWN)).codes == ["FORBIDDEN"]
    assert (await called.clients[Kind.ANONYMOUS].ask(OWN)).codes == ["UNAUTHENTICATED"]


async def test_nobody_else_finds_a_secretariat_or_an_employee(called: Called) -> None:
    """Neither a rival nor a prospect, nor the company's employee, by any id or number."""
    for kind in (Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.EMPLOYEE):
        for id_ in (write_id("Secretariat", called.secretariat), called.id("agnes")):
            answer = await called.clients[kind].ask(NODE, id=id_)
            assert answer.data["node"] is None, kind
    rival = await called.clients[Kind.OTHER_VENDOR].ask(BY_NUMBER, n=NUMBER)
    assert rival.data["secretariat"] is None
    assert EMAIL not in json.dumps(rival.body)


async def test_an_employee_sees_the_own_row_and_nothing_else_of_the_company(called: Called) -> None:
    """S4.14."""
    me = called.clients[Kind.EMPLOYEE]
    own = (await me.ask(f"{{ viewer {{ employee {{ {EMPLOYEE} secretariat {{ id }} }} }} }}")).data["viewer"]
    assert own["employee"]["displayName"] == "Dora Self"
    assert [own["employee"][field] for field in ("mobile", "email", "secretariat")] == [None] * 3
    assert (await me.ask(OWN)).data["secretariat"] is None
    assert (await called.clients[Kind.OWNER].ask("{ viewer { employee { id } } }")).data["viewer"] == {
        "employee": None
    }


async def test_only_chosen_agents_find_a_company(called: Called) -> None:
    other = await make_agent()
    assert other.user_id is not None
    await set_agents(
        called.place.operator,
        secretariat_id=called.secretariat,
        expected_version=1,
        agent_ids=[other.user_id],
    )
    found = await called.clients[Kind.AGENT].ask(BY_NUMBER, n=NUMBER)
    assert found.data["secretariat"] is None


async def test_employees_are_found_by_name_position_and_responsibility(called: Called) -> None:
    """S4.11: wildcards are ordinary characters."""
    document = (
        "query ($q: String) { secretariat { employees(query: $q) { nodes { displayName } totalCount } } }"
    )

    async def search(text: str) -> list[str]:
        found = (await called.clients[Kind.OWNER].ask(document, q=text)).data["secretariat"]["employees"]
        assert found["totalCount"] == len(found["nodes"])
        return [one["displayName"] for one in found["nodes"]]

    assert await search("accounts") == ["Agnes Tellier"]
    assert await search("bea u") == ["Bea Urlaub"]
    assert await search("%") == []
    long = await called.clients[Kind.OWNER].ask(document, q="x" * 101)
    assert long.codes == ["INVALID"]


async def test_an_operator_asks_by_account_and_others_may_not(called: Called) -> None:
    document = "query ($id: ID!) { secretariat(accountId: $id) { id } }"
    account = write_id("Account", called.place.vendor.id)
    found = await called.clients[Kind.OPERATOR].ask(document, id=account)
    assert found.data["secretariat"]["id"] == write_id("Secretariat", called.secretariat)
    assert (await called.clients[Kind.OWNER].ask(document, id=account)).codes == ["FORBIDDEN"]


async def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(called: Called) -> None:
    """Of employees with their presence, hours, deputies, appointments and VIPs, of VIPs, FAQ and changes."""
    client, owner = called.clients[Kind.OWNER], called.place.vendor.owner
    document = f"{{ secretariat {{ {ALL} all: changes(first: 100) {{ nodes {{ subject {{ id }} }} }} }} }}"

    async def add(number: int) -> None:
        employee = await make_employee(owner, f"Extra {number}", deputy_id=called.agnes)
        await make_absence(owner, employee, date(2026, 5, 1), date(2026, 5, 2))
        await make_vip(owner, f"+4930231257{number}0", employee)
        await make_vip(owner, f"+4930231257{number}1")
        await create_faq_entry(
            owner,
            secretariat_id=None,
            draft=FaqDraft(f"Question {number}?", "Yes."),
            idempotency_key=new_id().hex,
            given={},
        )

    await add(0)
    await client.ask(document)  # reads the policy, which never changes
    with recorded_statements() as few:
        before = await client.ask(document)
    for number in range(1, 4):
        await add(number)
    with recorded_statements() as many:
        after = await client.ask(document)
    assert len(many) == len(few)
    for connection, more in (("employees", 3), ("vipCallers", 6)):
        grown = [answer.data["secretariat"][connection]["totalCount"] for answer in (before, after)]
        assert grown[1] == grown[0] + more
    subjects = [change["subject"]["id"] for change in after.data["secretariat"]["all"]["nodes"]]
    assert len(set(subjects)) > 20


async def test_the_company_of_each_employee_is_read_once(called: Called) -> None:
    """Also what the company says and has; a search inside the list is refused."""
    client = called.clients[Kind.OWNER]
    inner = (
        "account { id } greetingSpokenBy employees(first: 1, at: $at) { nodes { availability { state } } }"
    )

    async def cost(first: int) -> int:
        document = f"""query ($at: DateTime) {{ secretariat {{ employees(first: {first}) {{
            nodes {{ secretariat {{ {inner} }} }} }} }} }}"""
        with recorded_statements() as statements:
            answer = await client.ask(document, at="2026-03-02T12:00:00Z")
        assert len(answer.data["secretariat"]["employees"]["nodes"]) == first
        return len(statements)

    await cost(1)  # reads the policy, which never changes
    assert await cost(1) == await cost(5)
    for field in ("employees", "vipCallers"):
        search = f'{field}(query: "a") {{ totalCount }}'
        answer = await client.ask(
            f"{{ secretariat {{ employees {{ nodes {{ secretariat {{ {search} }} }} }} }} }}"
        )
        assert set(answer.codes) == {"INVALID"}


async def test_a_vip_is_found_by_letters_that_have_two_capitals(called: Called) -> None:
    await make_vip(called.place.vendor.owner, "+493023125701", name="Straßer")
    for query in ("Straßer", "straß", "STRA"):
        answer = await called.clients[Kind.OWNER].ask(
            "query ($q: String) { secretariat { vipCallers(query: $q) { totalCount } } }", q=query
        )
        assert answer.data["secretariat"]["vipCallers"]["totalCount"] == 1, query


async def test_another_companys_secretariat_is_a_different_one(called: Called) -> None:
    await make_secretariat(called.place, called.place.other_vendor.id, numbers=())
    found = (await called.clients[Kind.OTHER_VENDOR].ask(OWN)).data["secretariat"]
    assert found["employees"]["totalCount"] == 1
