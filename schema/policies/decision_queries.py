"""The query `decisions`: the log of all decisions, for operators."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.policies.decision_list import NEWEST_DECISION, DecisionFilter, list_decisions
from models.policies.decisions import RecordedDecision
from schema.graphql.context import Info
from schema.graphql.errors import ClientError
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.filters import id_in_filter
from schema.graphql.pagination import After, Connection, First, digest, not_counted, slice_of
from schema.policies.decision_loaders import SUBJECT_READERS
from schema.policies.decision_types import DecisionRecordConnection

_LONGEST_NAME = 80


@strawberry.input(
    name="DecisionFilter", description="Filter for the log of decisions; all conditions given must match."
)
class DecisionFilterInput:
    """Read into `models.policies.decision_list.DecisionFilter`."""

    ruleset: str | None = strawberry.field(
        default=None, description="Only decisions of this ruleset, such as visibility."
    )
    rule_id: str | None = strawberry.field(default=None, description="Only decisions by this rule.")
    verdict: str | None = strawberry.field(default=None, description="Only this verdict, such as VISIBLE.")
    policy_version: str | None = strawberry.field(
        default=None, description="Only decisions under this version of a policy."
    )
    subject_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Only decisions about this application, call, complaint item, delivery, dispatch, lead "
        "or webhook endpoint.",
    )
    actor_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only decisions made or caused by this user."
    )
    decided_from: datetime | None = strawberry.field(
        default=None, description="Only decisions as of this time or later."
    )
    decided_until: datetime | None = strawberry.field(
        default=None, description="Only decisions as of a time before this one."
    )
    overridden: bool | None = strawberry.field(
        default=None, description="Whether an operator decided against the rules."
    )

    def read(self) -> DecisionFilter:
        """Validate and return the filter; raises `ClientError` INVALID with the field."""
        for name, text in (
            ("ruleset", self.ruleset),
            ("ruleId", self.rule_id),
            ("verdict", self.verdict),
            ("policyVersion", self.policy_version),
        ):
            if text is not None and (len(text) > _LONGEST_NAME or not text.isprintable()):
                message = f"filter.{name}: must have at most {_LONGEST_NAME} printable characters."
                raise ClientError("INVALID", message, ("filter", name))
        return DecisionFilter(
            self.ruleset,
            self.rule_id,
            self.verdict,
            self.policy_version,
            id_in_filter(self.subject_id, "subjectId", SUBJECT_READERS, "an object of a decision"),
            id_in_filter(self.actor_id, "actorId", {"User"}, "a user"),
            self.decided_from,
            self.decided_until,
            self.overridden,
        )


VIEWS.add("decisions")


@strawberry.type
class DecisionQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The log of decisions, latest first by the time as of which they were decided. For "
        "operators.",
        graphql_type=DecisionRecordConnection | None,
    )
    async def decisions(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            DecisionFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
    ) -> Connection[RecordedDecision]:
        """List the log."""
        context = info.context
        context.only_operators("read the log of decisions")
        criteria = filter.read() if filter is not None else DecisionFilter()
        list_digest = digest("decisions", criteria)
        part = slice_of(NEWEST_DECISION, list_digest, first, after)
        page = await list_decisions(context.conn, part, criteria)
        return Connection(page, list_digest, not_counted)
