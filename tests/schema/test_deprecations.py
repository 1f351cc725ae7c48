"""Deprecated fields state their replacement and the day until which they stay; enums cover all strings."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    NoDeprecatedCustomRule,
    parse,
    validate,
)

from rules.registry import ALL
from schema.complaints.rows import NotFiled
from schema.graphql.deprecation import use
from schema.graphql.outcomes import DecisionOutcome, outcome_of
from tests.support.scene import Scene
from tests.support.schemas import SDL_SCHEMA as SCHEMA
from tests.support.viewers import Kind

ROOT = Path(__file__).parents[2]
FORM = re.compile(r"Use `(?P<instead>[A-Za-z.]+)`\. Removed after (?P<day>\d{4}-\d\d-\d\d)\.")


def _deprecated() -> Iterator[tuple[str, str, str]]:
    """Yield the type, the name and the reason of each deprecated element."""
    for kind in SCHEMA.type_map.values():
        if isinstance(kind, GraphQLEnumType):
            elements = dict(kind.values)
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            elements = dict(kind.fields)
            for field in kind.fields.values():
                for name, argument in getattr(field, "args", {}).items():
                    if argument.deprecation_reason is not None:
                        yield kind.name, name, argument.deprecation_reason
        else:
            continue
        for name, element in elements.items():
            if element.deprecation_reason is not None:
                yield kind.name, name, element.deprecation_reason


def test_every_deprecation_states_the_replacement_and_the_last_day() -> None:
    """The replacement exists, on the same type unless the reason specifies another."""
    found = list(_deprecated())
    assert found
    for kind, name, reason in found:
        match = FORM.fullmatch(reason)
        assert match, f"{kind}.{name}: {reason}"
        date.fromisoformat(match["day"])
        owner, _, instead = match["instead"].rpartition(".")
        elements = vars(SCHEMA.type_map[owner or kind])
        assert instead in (elements.get("fields") or elements["values"]), f"{kind}.{name}: {reason}"


def test_the_examples_use_nothing_deprecated() -> None:
    """The examples in `examples/operations` and in the documents."""
    texts = [path.read_text("utf-8") for path in (ROOT / "examples" / "operations").glob("*.graphql")]
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        texts += re.findall(r"^```graphql\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert len(texts) > 40
    for text in texts:
        assert validate(SCHEMA, parse(text), [NoDeprecatedCustomRule]) == [], text


def test_a_reason_of_another_form_is_detected() -> None:
    assert FORM.fullmatch(use("outcome", date(2027, 1, 31)))
    for wrong in ("No longer supported", "Use outcome. Removed after 2027-01-31.", "Use `outcome`."):
        assert not FORM.fullmatch(wrong)


def test_every_verdict_is_an_outcome() -> None:
    """A ruleset with a new verdict needs a member of `DecisionOutcome`."""
    verdicts = {str(verdict) for definition in ALL for verdict in definition.verdicts} | set(NotFiled)
    assert verdicts == {str(member) for member in DecisionOutcome}
    assert outcome_of("SHELVED") is None


@pytest.mark.parametrize("kind", [Kind.OWNER, Kind.PROSPECT, Kind.OPERATOR])
async def test_the_enum_has_the_same_value_as_the_string(scene: Scene, kind: Kind) -> None:
    """For the current and for the next outcome."""
    decision = "{ verdict outcome changesTo nextOutcome }"
    document = f"{{ applications {{ nodes {{ visibility {decision} refund {decision} }} }} }}"
    nodes = (await scene.clients[kind].ask(document)).data["applications"]["nodes"]
    decisions = [node[name] for node in nodes for name in ("visibility", "refund")]
    assert any(one["nextOutcome"] for one in decisions)
    assert [one["verdict"] for one in decisions] == [one["outcome"] for one in decisions]
    assert [one["changesTo"] for one in decisions] == [one["nextOutcome"] for one in decisions]
