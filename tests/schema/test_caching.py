"""docs/caching.md covers all types without an id. `make conformance` runs its code."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    InlineFragmentNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_abstract_type,
    parse,
    visit,
)

from schema import SDL_FILE
from tests.support.schemas import SDL_SCHEMA as SCHEMA

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "caching.md").read_text(encoding="utf-8")
DOCUMENTS = sorted((ROOT / "examples" / "operations").glob("*.graphql"))


def _without_id() -> set[str]:
    """The object types that a cache cannot store by their id."""
    roots = {SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type}
    return {
        name
        for name, kind in SCHEMA.type_map.items()
        if isinstance(kind, GraphQLObjectType)
        and not name.startswith("__")
        and "id" not in kind.fields
        and kind not in roots
    }


def test_every_type_without_an_id_is_in_the_list_for_urql() -> None:
    """Except connections, edges and `PageInfo`, which urql knows."""
    block = re.search(r"const withoutId = \[(.*?)\];", PAGE, re.DOTALL)
    assert block is not None
    expected = {name for name in _without_id() if not re.search(r"(Connection|Edge|PageInfo)$", name)}
    assert re.findall(r'"(\w+)"', block[1]) == sorted(expected)


def test_every_type_without_an_id_that_a_query_reads_has_a_policy_for_apollo() -> None:
    """Or its lists are merged by a key, in the policy of the type that contains them."""
    code = PAGE.partition("## urql")[0]
    block = re.search(r"const connections = \[(.*?)\];", code, re.DOTALL)
    assert block is not None
    connections = {f"{name}Connection" for name in re.findall(r'"(\w+)"', block[1])}
    assert connections == {name for name in SCHEMA.type_map if name.endswith("Connection")}
    policies = set(re.findall(r"^  (\w+): \{", code.partition("export const typePolicies")[2], re.MULTILINE))
    in_lists = {"ComplaintEvidence", "ComplaintPreviewRow", "ComplaintStatistic", "Deadline", "DemoUser"}
    in_lists |= {"AskedField", "AskedFieldAnswer", "CallGapReason", "CallRoute", "WeeklySpan"}
    in_lists |= {"CallDay", "CallEmployee", "CallExpectedTime", "CallHour", "CallResultCount"}
    in_lists |= {"DispatchAttempt", "LeadCategory", "MaskedSpan", "NotificationPreference"}
    in_lists |= {
        "ChecklistItem",
        "MediumPermission",
        "OutsideSourceState",
        "PlacedMessage",
        "RuleTrace",
        "Signature",
    }
    in_lists |= {"BookFinding", "DeskCount", "DueItem", "FactChoice", "FactField", "ParameterChange"}
    in_lists |= {"RuleText"}
    in_lists |= {
        "AccountPerson",
        "ActivityStatistic",
        "OverdueDeadlines",
        "ParameterField",
        "TextFinding",
        "TrialLine",
    }
    in_lists |= {"PhoneUser", "SkippedPerson", "SmartDataSource", "SourceOutcome"}
    others = {name for name in _without_id() if not re.search(r"(Connection|Edge|PageInfo|Payload)$", name)}
    of_payloads = {"UserError", "RowError", "LeadImportRow", "EmployeeImportRow"}
    assert others - of_payloads - in_lists == {name for name in policies - {"Query"} if name in _without_id()}


class _Unidentified(Visitor):
    """Collects the selections of objects with an id that don't select it."""

    def __init__(self, info: TypeInfo, document: DocumentNode) -> None:
        super().__init__()
        self.found: list[str] = []
        self._info = info
        self._fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }

    def _names(self, selections: SelectionSetNode) -> Iterator[str]:
        for one in selections.selections:
            if isinstance(one, FieldNode):
                yield one.name.value
            elif isinstance(one, FragmentSpreadNode):
                yield from self._names(self._fragments[one.name.value].selection_set)
            elif isinstance(one, InlineFragmentNode):
                yield from self._names(one.selection_set)

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Look at one field."""
        kind = get_named_type(self._info.get_type())
        if node.selection_set is None or kind is None:
            return
        kinds = SCHEMA.get_possible_types(kind) if is_abstract_type(kind) else [kind]
        has_id = any("id" in getattr(one, "fields", {}) for one in kinds)
        if has_id and "id" not in self._names(node.selection_set):
            self.found.append(node.name.value)


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_an_example_selects_the_id_wherever_there_is_one(path: Path) -> None:
    """Otherwise a cache stores the object in its parent, separately from other results for it."""
    document, info = parse(path.read_text(encoding="utf-8")), TypeInfo(SCHEMA)
    visitor = _Unidentified(info, document)
    visit(document, TypeInfoVisitor(info, visitor))
    assert visitor.found == []


def test_every_listed_breaking_change_has_a_reason() -> None:
    """`make conformance` compares the list with what GraphQL Inspector finds."""
    listed = json.loads((SDL_FILE.parent / "breaking_changes.json").read_text(encoding="utf-8"))
    assert all(one["reason"].strip() and one["changes"] for one in listed)
    assert all(one.keys() == {"reason", "changes"} for one in listed)
