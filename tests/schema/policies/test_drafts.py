"""Checking and publishing policies: problems by path, changes in words, and who was first."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from models.base.database import connection, fetch
from models.policies.draft import check
from models.process.separate import SeparateProgram
from rules import Policy, production_parameters
from rules.parameters import area_problems
from schema.graphql.ids import write_id
from tests.support.api import Answer, Api, Client, Json
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, apply, make_lead
from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind

CHECK = """query ($input: PolicyDraftInput!) { policyCheck(input: $input) {
  problems { code field message policyReason } changes { area field from to sentence }
  rulesetsHold counterexamples } }"""
PUBLISH = """mutation ($input: PolicyPublishInput!) { policyPublish(input: $input) {
  policy { id version effectiveFrom parameters } check { rulesetsHold counterexamples changes { field } }
  userErrors { code field message policyReason } } }"""
POLICY = Policy.unpublished(production_parameters())
GAP = Path(__file__).parents[2] / "data" / "check_with_a_gap.py"


def _draft(**areas: Mapping[str, object]) -> Json:
    parameters: Json = dict(production_parameters())
    for area, values in areas.items():
        parameters[area] = {**parameters[area], **values}
    return {"market": "main", "parameters": parameters}


SHORTER = _draft(reveal={"reveal_after": 36 * 3_600}, refund={"late_declines": False})


async def _check(client: Client, draft: Json) -> Json:
    found: Json = (await client.ask(CHECK, input=draft)).data["policyCheck"]
    return found


def _publication(scene: Scene, **changed: object) -> Json:
    return {
        "draft": SHORTER,
        "version": "main-36h",
        "effectiveFrom": (START + HOUR).isoformat(),
        "expectedLatestVersion": scene.market.market.policy_version,
        "idempotencyKey": "once",
    } | changed


async def _publish(client: Client, given: Json) -> Json:
    found: Json = (await client.ask(PUBLISH, input=given)).data["policyPublish"]
    return found


async def test_a_draft_shows_what_it_changes_in_words_and_that_the_rules_hold(scene: Scene) -> None:
    found = await _check(scene.clients[Kind.OPERATOR], SHORTER)
    assert found == {
        "problems": [],
        "changes": [
            {
                "area": "reveal",
                "field": "reveal_after",
                "from": "48 hours",
                "to": "36 hours",
                "sentence": "Reveal: “Time to answer before the reveal” changes from 48 hours to 36 hours.",
            },
            {
                "area": "refund",
                "field": "late_declines",
                "from": "on",
                "to": "off",
                "sentence": "Refunds: “Refund after a late decline” changes from on to off.",
            },
        ],
        "rulesetsHold": True,
        "counterexamples": [],
    }


# Each: the draft, the path below the parameters, and a part of the remedy.
BAD: Mapping[str, tuple[Json, list[str], str]] = {
    "out of bounds": (_draft(reveal={"reveal_after": 0}), ["reveal", "reveal_after"], "an integer from 1 to"),
    "a string for a number": (
        _draft(reveal={"reveal_after": "48"}),
        ["reveal", "reveal_after"],
        "an integer from 1 to",
    ),
    "unknown field": (
        _draft(reveal={"reveal_later": 1}),
        ["reveal", "reveal_later"],
        "reveal has reveal_after",
    ),
    "unknown area": ({"market": "main", "parameters": {"revel": {}}}, ["revel"], "the areas are reveal"),
    "no object": ({"market": "main", "parameters": {"reveal": 5}}, ["reveal"], "not an object"),
    "missing": ({"market": "main", "parameters": {}}, ["reveal", "reveal_after"], "missing; set it to"),
    "reminder after the reveal": (
        _draft(reminder={"review_reminder_after": 72 * 3_600}),
        ["reminder", "review_reminder_after"],
        "a reminder must come before the reveal",
    ),
    "unknown holidays": (
        _draft(complaint={"move_holidays": True, "holidays_of": "XX"}),
        ["complaint", "holidays_of"],
        "specify only the country",
    ),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_wrong_parameter_is_named_by_its_path_with_the_remedy(scene: Scene, name: str) -> None:
    """By the check, and by publishing it."""
    draft, path, remedy = BAD[name]
    client = scene.clients[Kind.OPERATOR]
    found = await _check(client, draft)
    problem = next(one for one in found["problems"] if one["field"] == ["parameters", *path])
    assert (problem["code"], problem["policyReason"]) == ("INVALID", "PARAMETER_INVALID")
    assert remedy in problem["message"]
    assert not found["rulesetsHold"]
    answer = await _publish(client, _publication(scene, draft=draft))
    assert ["draft", "parameters", *path] in [one["field"] for one in answer["userErrors"]]
    assert answer["policy"] is None


# Each draft of BAD: what a part of its problem says in German, Polish and Romanian.
IN_WORDS: Mapping[str, tuple[str, str, str]] = {
    "out of bounds": ("0 ist nicht zulässig; erwartet wird eine ganze Zahl von 1", "sekundy", "secunde"),
    "unknown field": ("in reveal gibt es reveal_after", "w obszarze reveal", "în reveal există"),
    "unknown area": ("es gibt reveal, refund", "dostępne są: reveal", "există reveal"),
    "no object": ("ein Objekt mit Parametern", "obiektem z parametrami", "un obiect cu parametri"),
    "missing": ("Der Parameter fehlt", "Brakuje parametru", "Parametrul lipsește"),
    "reminder after the reveal": (
        "als „Antwortfrist bis zur Freigabe“ (172.800)",
        "niż „Czas na odpowiedź przed ujawnieniem”",
        "decât „Timp de răspuns până la dezvăluire”",
    ),
    "unknown holidays": ("geben Sie nur das Land an", "podać tylko kraj", "indicați doar țara"),
}


@pytest.mark.parametrize("name", IN_WORDS)
async def test_a_problem_and_its_remedy_are_told_in_the_viewers_language(scene: Scene, name: str) -> None:
    draft, path, english = BAD[name]
    client = scene.clients[Kind.OPERATOR]
    for language, said in zip(("de", "pl", "ro"), IN_WORDS[name], strict=True):
        await fetch(connection(), "UPDATE users SET locale = $1", language)
        found = await _check(client, draft)
        problem = next(one for one in found["problems"] if one["field"] == ["parameters", *path])
        assert said in problem["message"]
        assert english not in problem["message"]
        assert "{" not in problem["message"]


async def test_all_problems_are_named_together(scene: Scene) -> None:
    draft = _draft(reveal={"reveal_after": -1}, chat={"chat_nudge_after": "x"}, call={"deputy_hops": 9})
    found = await _check(scene.clients[Kind.OPERATOR], draft)
    assert [one["field"][1:] for one in found["problems"]] == [
        ["reveal", "reveal_after"],
        ["call", "deputy_hops"],
        ["chat", "chat_nudge_after"],
    ]


async def test_a_draft_of_no_market_is_refused(scene: Scene) -> None:
    for market in ("nowhere", "x" * 500, "\u0000"):
        found = await _check(scene.clients[Kind.OPERATOR], {**SHORTER, "market": market})
        assert [one["policyReason"] for one in found["problems"]] == ["POLICY_MARKET_NOT_FOUND"]


async def test_a_draft_under_which_a_ruleset_has_a_gap_cannot_be_published(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No parameters within their bounds make one, so the process checks a ruleset that has one."""
    monkeypatch.setattr(check, "_PROGRAM", SeparateProgram(GAP, seconds=60, most_bytes=10_000, at_once=1))
    client = scene.clients[Kind.OPERATOR]
    found = await _check(client, SHORTER)
    assert not found["rulesetsHold"]
    (example,) = found["counterexamples"]
    assert "no rule fires for" in example
    answer = await _publish(client, _publication(scene))
    assert [one["policyReason"] for one in answer["userErrors"]] == ["RULES_DO_NOT_HOLD"]
    assert answer["check"]["counterexamples"] == [example]
    assert len(await fetch(connection(), "SELECT FROM policy")) == 1


async def test_a_counterexample_is_told_in_the_viewers_language(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the check, and by the refusal to publish."""
    monkeypatch.setattr(check, "_PROGRAM", SeparateProgram(GAP, seconds=60, most_bytes=10_000, at_once=1))
    await fetch(connection(), "UPDATE users SET locale = 'de'")
    client = scene.clients[Kind.OPERATOR]
    example = "with_a_gap: Keine Regel greift bei: known: nein."
    assert (await _check(client, SHORTER))["counterexamples"] == [example]
    answer = await _publish(client, _publication(scene))
    assert answer["check"]["counterexamples"] == [example]
    assert example in answer["userErrors"][0]["message"]


async def test_a_check_that_takes_too_long_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_PROGRAM", SeparateProgram(check.PROGRAM, seconds=0.01, most_bytes=1_000))
    answer = await scene.clients[Kind.OPERATOR].ask(CHECK, input=SHORTER)
    assert answer.codes == ["LIMIT_EXCEEDED"]
    assert answer.body["errors"][0]["extensions"]["reason"] == "CHECK_UNAVAILABLE"


async def test_a_published_policy_decides_cases_that_begin_later_and_no_others(
    database: Database, scene: Scene
) -> None:
    client = scene.clients[Kind.OPERATOR]
    answer = await _publish(client, _publication(scene))
    assert answer["userErrors"] == []
    assert (answer["policy"]["version"], answer["policy"]["effectiveFrom"]) == (
        "main-36h",
        "2026-03-02T10:00:00Z",
    )
    assert answer["policy"]["parameters"]["reveal"]["reveal_after"] == 36 * 3_600
    await database.clock.set(START + 2 * HOUR)
    later = await make_lead(scene.market.market, scene.market.prospect, title="Later")
    application = await apply(scene.market.vendor, later)
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Application { policy { version } } } }"
    ids = [write_id("Application", one) for one in (scene.hidden_application, application)]
    nodes = (await client.ask(document, ids=ids)).data["nodes"]
    assert [one["policy"]["version"] for one in nodes] == [scene.market.market.policy_version, "main-36h"]
    cases = "{ policies { nodes { version pinnedCases } } }"
    counted = {
        one["version"]: one["pinnedCases"] for one in (await client.ask(cases)).data["policies"]["nodes"]
    }
    assert counted == {scene.market.market.policy_version: 2, "main-36h": 1}


async def test_the_same_key_returns_the_first_policy_and_other_input_is_a_conflict(scene: Scene) -> None:
    client = scene.clients[Kind.OPERATOR]
    first = await _publish(client, _publication(scene))
    again = await _publish(client, _publication(scene))
    assert again["policy"] == first["policy"]
    other = await _publish(client, _publication(scene, version="main-other"))
    assert [one["code"] for one in other["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]


async def test_of_two_who_publish_at_once_the_second_gets_a_conflict(api: Api, scene: Scene) -> None:
    client = scene.clients[Kind.OPERATOR]
    given = [_publication(scene, version=f"main-{n}", idempotencyKey=f"key {n}") for n in range(2)]
    answers = await asyncio.gather(*(_publish(client, one) for one in given))
    assert sorted(one["policy"] is None for one in answers) == [False, True]
    (refused,) = [one for one in answers if one["policy"] is None]
    assert [(one["code"], one["policyReason"]) for one in refused["userErrors"]] == [
        ("CONFLICT", "LATEST_VERSION_CHANGED")
    ]
    assert len(await fetch(connection(), "SELECT FROM policy")) == 2


async def test_what_was_published_since_is_a_conflict(scene: Scene) -> None:
    client = scene.clients[Kind.OPERATOR]
    answer = await _publish(client, _publication(scene, expectedLatestVersion="another"))
    (error,) = answer["userErrors"]
    assert (error["code"], error["field"]) == ("CONFLICT", ["expectedLatestVersion"])
    assert scene.market.market.policy_version in error["message"]


async def test_a_policy_takes_effect_after_the_latest_and_never_in_the_past(scene: Scene) -> None:
    client = scene.clients[Kind.OPERATOR]
    past = await _publish(client, _publication(scene, effectiveFrom=(START - HOUR).isoformat()))
    assert [one["policyReason"] for one in past["userErrors"]] == ["EFFECTIVE_IN_THE_PAST"]
    now = await _publish(
        client,
        _publication(scene, effectiveFrom=(START - timedelta(seconds=20)).isoformat(), idempotencyKey="now"),
    )
    assert now["policy"]["effectiveFrom"] == START.isoformat().replace("+00:00", "Z")
    given = {"version": "main-2", "expectedLatestVersion": "main-36h"}
    before = await _publish(
        client,
        _publication(scene, **given, effectiveFrom=START.isoformat(), idempotencyKey="same instant"),
    )
    assert [one["policyReason"] for one in before["userErrors"]] == ["EFFECTIVE_BEFORE_LATEST"]


@pytest.mark.parametrize("version", ["", "a b", "x" * 65, "petra@example.com"])
async def test_a_version_is_a_short_plain_name(scene: Scene, version: str) -> None:
    answer = await _publish(scene.clients[Kind.OPERATOR], _publication(scene, version=version))
    assert [one["policyReason"] for one in answer["userErrors"]] == ["VERSION_INVALID"]


async def test_a_version_is_never_used_twice(scene: Scene) -> None:
    taken = scene.market.market.policy_version
    answer = await _publish(scene.clients[Kind.OPERATOR], _publication(scene, version=taken))
    assert [one["policyReason"] for one in answer["userErrors"]] == ["VERSION_TAKEN"]


async def test_differences_of_two_versions_are_for_operators(scene: Scene) -> None:
    operator = scene.clients[Kind.OPERATOR]
    new = (await _publish(operator, _publication(scene)))["policy"]["id"]
    old = str(write_id("Policy", scene.market.market.policy_id))
    document = """query ($new: ID!, $old: ID!) { node(id: $new) { ... on Policy {
      pinnedCases changesFrom(policyId: $old) { field from to } } } }"""
    shown = (await operator.ask(document, new=new, old=old)).data["node"]
    assert [one["field"] for one in shown["changesFrom"]] == ["reveal_after", "late_declines"]
    hidden = (await scene.clients[Kind.OWNER].ask(document, new=new, old=old)).data["node"]
    assert hidden == {"pinnedCases": None, "changesFrom": None}


async def test_a_change_and_a_field_are_named_in_the_viewers_language(scene: Scene) -> None:
    settings = """mutation ($input: UserSettingsUpdateInput!) {
      userSettingsUpdate(input: $input) { userErrors { message } } }"""
    client = scene.clients[Kind.OPERATOR]
    await client.ask(settings, input={"locale": "de"})
    found = await _check(client, SHORTER)
    assert found["changes"][0]["sentence"].replace("\u00a0", " ") == (
        "Freigabe: „Antwortfrist bis zur Freigabe“ ändert sich von 48 Stunden auf 36 Stunden."
    )
    document = "query ($id: ID!) { node(id: $id) { ... on Policy { parameterFields { areaLabel label } } } }"
    policy = write_id("Policy", scene.market.market.policy_id)
    fields = (await client.ask(document, id=policy)).data["node"]["parameterFields"]
    assert fields[0] == {"areaLabel": "Freigabe", "label": "Antwortfrist bis zur Freigabe"}
    assert len({one["label"] for one in fields}) == len(fields)


async def test_a_form_knows_the_bounds_that_the_check_holds(scene: Scene) -> None:
    """The least and the greatest of each number pass, and the next ones are named as problems."""
    document = """query ($id: ID!) { node(id: $id) { ... on Policy {
      parameters parameterFields { area field unit low high values } } } }"""
    operator, policy = scene.clients[Kind.OPERATOR], str(write_id("Policy", scene.market.market.policy_id))
    shown = (await operator.ask(document, id=policy)).data["node"]
    fields = {(one["area"], one["field"]): one for one in shown["parameterFields"]}
    assert set(fields) == {(area, name) for area, values in shown["parameters"].items() for name in values}
    assert {(one["unit"], bool(one["values"])) for one in fields.values()} >= {("HOURS_TABLE", True)}
    numbers = {place: one for place, one in fields.items() if one["low"] is not None}
    beyond: Json = dict(shown["parameters"])
    for (area, name), one in numbers.items():
        within = {**shown["parameters"][area], name: one["high"]}
        assert area_problems(area, type(getattr(POLICY, area)), within) == []
        beyond[area] = {**beyond[area], name: one["high"] + 1}
    found = await _check(operator, {"market": "main", "parameters": beyond})
    assert {tuple(one["field"][1:]) for one in found["problems"]} == set(numbers)
    hidden = (await scene.clients[Kind.OWNER].ask(document, id=policy)).data["node"]
    assert hidden["parameterFields"] is None


async def test_checking_and_publishing_are_for_operators(scene: Scene) -> None:
    for name in SIGNED_IN:
        if name == Kind.OPERATOR:
            continue
        client = scene.clients[name]
        assert (await client.ask(CHECK, input=SHORTER)).codes == ["FORBIDDEN"], name
        answer: Answer = await client.ask(PUBLISH, input=_publication(scene))
        errors = answer.data["policyPublish"]["userErrors"]
        assert [one["code"] for one in errors] == ["FORBIDDEN"], name
