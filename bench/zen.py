"""The same visibility rules as a decision graph for `zen-engine`, as its own users would write them.

Nothing is timed unless both return the same verdict and rule.
"""

from typing import Any

import zen

from rules import Policy
from rules.visibility import Basis, Closed, Response, ViewerKind

_COLUMNS = ("viewer", "basis", "response", "closed", "waited", "responded_after")


def _rows(reveal_after: int) -> list[tuple[str, dict[str, str], str]]:
    is_vendor = {"viewer": _is(ViewerKind.VENDOR)}
    vendor = {**is_vendor, "closed": _is(Closed.NO)}
    case = {**vendor, "basis": _is(Basis.APPLICATION)}
    silent, declined = ({**case, "response": _is(one)} for one in (Response.NONE, Response.DECLINED))
    alive = ", ".join(_is(one) for one in Closed if one is not Closed.ERASED)
    return [
        ("person_erased", {"closed": _is(Closed.ERASED)}, "HIDDEN"),
        ("own_data", {"closed": alive, "viewer": _is(ViewerKind.PROSPECT_OWNER)}, "VISIBLE"),
        ("operator_looks", {"closed": alive, "viewer": _is(ViewerKind.OPERATOR)}, "VISIBLE"),
        ("not_concerned", {"viewer": _is(ViewerKind.OTHER)}, "HIDDEN"),
        ("no_consent_upheld", {**is_vendor, "closed": _is(Closed.NO_CONSENT)}, "HIDDEN"),
        ("contact_stopped", {**is_vendor, "closed": _is(Closed.DO_NOT_CONTACT)}, "HIDDEN"),
        ("nothing_applied_for", {"viewer": _is(ViewerKind.VENDOR), "basis": _is(Basis.NONE)}, "HIDDEN"),
        ("delivered", {**vendor, "basis": f"{_is(Basis.LEAD_CLUB)}, {_is(Basis.RECORD)}"}, "VISIBLE"),
        ("prospect_accepted", {**case, "response": _is(Response.ACCEPTED)}, "VISIBLE"),
        ("still_waiting", {**silent, "waited": f"< {reveal_after}"}, "HIDDEN"),
        ("revealed_by_silence", {**silent, "waited": f">= {reveal_after}"}, "VISIBLE"),
        ("declined_in_time", {**declined, "responded_after": f"< {reveal_after}"}, "HIDDEN"),
        ("declined_late", {**declined, "responded_after": f">= {reveal_after}"}, "VISIBLE"),
        ("acceptance_withdrawn", {**case, "response": _is(Response.WITHDRAWN)}, "VISIBLE"),
    ]


def _is(value: str) -> str:
    return f'"{value}"'


def decision(policy: Policy) -> zen.ZenDecision:
    """Return the rules as one decision table, compiled by the engine."""
    return zen.ZenEngine().create_decision(graph(policy))


def graph(policy: Policy) -> Any:
    """Return the decision graph: an input, a table whose first matching row decides, an output."""
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in _COLUMNS],
        "outputs": [{"id": name, "name": name, "field": name} for name in ("verdict", "rule_id")],
        "rules": [
            {
                "_id": rule_id,
                **{name: conditions.get(name, "") for name in _COLUMNS},
                "verdict": _is(verdict),
                "rule_id": _is(rule_id),
            }
            for rule_id, conditions, verdict in _rows(policy.reveal.reveal_after)
        ],
    }
    return {
        "nodes": [
            {"id": "in", "name": "facts", "type": "inputNode"},
            {"id": "table", "name": "visibility", "type": "decisionTableNode", "content": table},
            {"id": "out", "name": "decision", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
