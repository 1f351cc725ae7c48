"""Calls as rows: which column each field is, for `schema.graphql.fast_path`.

What is missing here is read as views: addresses and numbers of employees, which only some see, decisions,
and what is loaded by more than an id.
"""

from functools import partial

from models.calls.call_note import summary_from
from models.calls.call_rows import ATTEMPT, READ
from models.calls.state import (
    attempt_over_at,
    ended_from,
    outcome_from,
    state_from,
    talk_from,
    transferred_from,
    wait_from,
)
from models.calls.views import name_of_employee
from schema.graphql.fast_path.row_types import Computed, Listed, Loaded, Nested, RowType

AGENT = RowType("CallAgent", {"name": "agent_name"}, loaded={"me": Loaded({"agent_id": "agent_id"})})

EMPLOYEE = RowType(
    "Employee",
    {
        name: f"employee_{name}"
        for name in (
            "version",
            "first_name",
            "last_name",
            "position",
            "responsibility",
            "sms_tick",
            "vip_sms_tick",
            "wish",
            "absence_text",
        )
    },
    node_id="employee_id",
    computed={
        "display_name": Computed(("employee_first_name", "employee_last_name"), name_of_employee),
    },
    loaded={
        "secretariat": Loaded({"secretariat_id": "employee_secretariat_id"}),
        "deputy": Loaded({"deputy_id": "employee_deputy_id"}),
        "hours": Loaded({"id": "employee_id"}),
    },
)

NOTE = RowType(
    "CallNote",
    {"name": "note_caller_name"}
    | {name: f"note_{name}" for name in ("version", "company", "phone", "concern", "urgent", "callback_by")},
)

TRANSFER_ATTEMPT = RowType(
    "TransferAttempt",
    {
        name: name
        for name in ("ordinal", "result", "started_at", "talk_seconds", "measured", "message_for_caller")
    },
    node_id="id",
    computed={"ended_at": Computed(("result", "result_at", "ended_at"), attempt_over_at)},
)

_NOTED = ("note_caller_name", "note_company", "note_phone", "note_concern")
CALL = RowType(
    "Call",
    {
        name: name
        for name in (
            "version",
            "dialled",
            "ringing_at",
            "answered_at",
            "hung_up_at",
            "forgotten_at",
            "caller",
            "caller_shown",
            "caller_trust",
        )
    }
    | {"closes_at": "due_at"},
    node_id="id",
    computed={
        "state": Computed(
            ("finished_at", "closed_at", "hung_up_at", "answered_at", "attempts"),
            partial(state_from, READ),
        ),
        "outcome": Computed(("outcome", "hung_up_at", "answered_at"), outcome_from),
        "flags": Computed(("flags",), sorted),
        "ended_at": Computed(("finished_at", "closed_at"), ended_from),
        "wait_seconds": Computed(
            ("ringing_at", "answered_at", "hung_up_at", "finished_at", "closed_at"), wait_from
        ),
        "talk_seconds": Computed(
            ("answered_at", "hung_up_at", "typed_seconds", "attempts"), partial(talk_from, READ)
        ),
        "transferred_seconds": Computed(("attempts",), partial(transferred_from, READ)),
        "summary": Computed(_NOTED, summary_from),
    },
    nested={
        "agent": Nested(AGENT, present=("agent_id",)),
        "wanted_employee": Nested(EMPLOYEE, present=("employee_id",)),
        "note": Nested(NOTE, present=("note_id",)),
    },
    loaded={
        "secretariat": Loaded({"secretariat_id": "secretariat_id"}),
        "notices": Loaded({"id": "id"}),
    },
    listed={"attempts": Listed(TRANSFER_ATTEMPT, "attempts", ATTEMPT)},
)
