"""Columns and joins for reading leads and the viewer's case on them: only the requested ones."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple
from uuid import UUID

from models.base.clock import CLOCK, NOW, NOW_US, seconds
from models.base.viewer import Viewer
from models.leads.facts import UNSETTLED
from models.leads.state import CLOSED


class Parts(NamedTuple):
    """What to read of a lead in addition to its public columns; accessing a part that was not read raises."""

    application: bool = True
    delivery: bool = True
    contact: bool = True
    placed: bool = True  # what placed messages of the application depend on


ALL = Parts()

# Every statement begins like this: the clock is read once, and so is the policy in force of each market.
# `asker` is never run: it lets each statement accept all values of `scope`, used or not.
WITH = f"""WITH {CLOCK}, asker AS (SELECT $1::uuid, $2::uuid, $3::boolean, $4::uuid),
    current_policy AS MATERIALIZED (SELECT DISTINCT ON (market_id) market_id, id FROM policy
    WHERE effective_from <= {NOW} ORDER BY market_id, effective_from DESC)"""

# Each column of a row by its name. The public ones are named like the attributes of `LeadView`.
_LEAD: Mapping[str, str] = {
    "id": "lead.id",
    "title": "lead.title",
    "brief": "lead.brief",
    "category": "lead.category",
    "city": "lead.city",
    "country": "lead.country",
    "budget_min": "lead.budget_min",
    "budget_max": "lead.budget_max",
    "currency": "lead.currency",
    "source": "lead.source",
    "published_at": "lead.published_at",
    "closes_at": "lead.closes_at",
    "fee": "lead.fee",
    "prospect_id": "lead.prospect_id",
    "market_id": "market.id",
    "market_code": "market.code",
    "market_name": "market.name",
}
# What only views need, and what only rows do.
_OF_VIEWS: Mapping[str, str] = {
    "erased_at": "prospect.erased_at",
    "now": NOW,
    "ended_at": "application.ended_at",
    "revealed_at": "application.revealed_at",
}
_OF_ROWS: Mapping[str, str] = {
    "now_us": NOW_US,
    "published_s": seconds("lead.published_at"),
    "submitted_s": seconds("application.submitted_at"),
    "received_s": seconds("application.received_at"),
    "accepted_s": seconds("application.accepted_at"),
    "declined_s": seconds("application.declined_at"),
    "reviewed_s": seconds("application.reviewed_at"),
    "refunded_s": seconds("application.refunded_at"),
    "delivered_s": seconds("delivery.received_at"),
}
# What the rules of visibility need, besides the instant and whether the person was erased.
FACTS: Mapping[str, str] = {
    "policy_id": "coalesce(application.policy_id, delivery.policy_id, current_policy.id)",
    "application_id": "application.id",
    "received_at": "application.received_at",
    "accepted_at": "application.accepted_at",
    "declined_at": "application.declined_at",
    "unsettled": f"CASE WHEN application.id IS NOT NULL THEN {UNSETTLED} END",
    "delivery_kind": "delivery.kind",
    "closed": CLOSED,
}
_APPLICATION: Mapping[str, str] = {
    "version": "application.version",
    "vendor_id": "application.account_id",
    "vendor_name": "account.name",
    "introduction": "application.introduction",
    "introduction_spans": "application.introduction_spans",
    "application_fee": "application.fee",
    "submitted_at": "application.submitted_at",
    "reviewed_at": "application.reviewed_at",
    "decline_message": "application.decline_message",
    "refunded_at": "application.refunded_at",
    "meeting_at": "application.meeting_at",
    "proposed_meeting_at": "application.proposed_meeting_at",
    "statement": "application.statement",
    "both_joined": "application.both_joined",
    "call_seconds": "application.call_seconds",
    "reveal_due_at": "coalesce(reveal.due_at, application.revealed_at)",
}
_DELIVERY: Mapping[str, str] = {
    "delivery_id": "delivery.id",
    "delivered_at": "delivery.received_at",
    # A replacement was not charged; its stored points are the price of the faulty one, in case it is faulty
    # too.
    "points": "CASE WHEN delivery.replacement THEN 0 ELSE delivery.points END",
    "complaint_until": "delivery.complaint_until",
    "delivery_account_id": "delivery.account_id",
}
_CONTACT: Mapping[str, str] = {
    "full_name": "contact.full_name",
    "organisation": "contact.organisation",
    "email": "contact.email",
    "phone": "contact.phone",
    "phone_extension": "contact.phone_extension",
    "other_emails": "contact.other_emails",
    "other_phones": "contact.other_phones",
    "address": "contact.address",
    "registration_number": "contact.registration_number",
    "linkedin_url": "contact.linkedin_url",
    "meeting_url": "contact.meeting_url",
    "preferred_channel": "contact.preferred_channel",
    "time_zone": "contact.time_zone",
}
# $4 is the user, who dismisses banners alone.
_PLACED: Mapping[str, str] = {
    "proposed_by": "application.proposed_by",
    "closed_at": "delivery.closed_at",
    "window_ends_at": "delivery.complaint_until",
    "complained": """(EXISTS (SELECT FROM complaint_item WHERE complaint_item.delivery_id = delivery.id
             AND complaint_item.decided_at IS NULL)
     OR EXISTS (SELECT FROM remedy WHERE remedy.delivery_id = delivery.id))""",
    "dismissed_rules": """ARRAY(SELECT dismissal.rule_id FROM banner_dismissal AS dismissal
          WHERE dismissal.user_id = $4::uuid AND dismissal.subject = application.id)""",
}
_PARTS = (_APPLICATION, _DELIVERY, _CONTACT, _PLACED)

# After a FROM that binds `lead`, `application` and `delivery`.
JOIN_MARKET = "JOIN market ON market.id = lead.market_id"
_JOIN_PERSON = "JOIN prospect ON prospect.id = lead.prospect_id"
_JOIN_POLICY = "JOIN current_policy ON current_policy.market_id = lead.market_id"
_JOIN_APPLICATION = """LEFT JOIN account ON account.id = application.account_id
    LEFT JOIN deadline AS reveal
        ON reveal.kind = 'REVEAL' AND reveal.subject = application.id AND reveal.ordinal = 0"""
# Contact rows are read only for viewers who could have a right to them; the rules then decide. $1 the
# account, $2 the prospect, $3 whether an operator asks. Without a right, PostgreSQL looks up nothing.
_JOIN_CONTACT = """LEFT JOIN contact ON contact.lead_id = CASE WHEN $3::boolean OR lead.prospect_id = $2::uuid
        OR application.account_id = $1::uuid OR delivery.account_id = $1::uuid THEN lead.id END"""

# The viewer's own application and delivery for each lead.
OWN = """LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $1::uuid
    LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $1::uuid"""


def scope(viewer: Viewer) -> tuple[UUID | None, UUID | None, bool, UUID | None]:
    """Return the values of $1 to $4 that every statement of this shape begins with."""
    return viewer.vendor_id, viewer.prospect_id, viewer.operator, viewer.user_id


@cache
def columns(parts: Parts) -> str:
    """Return the select list of a lead with these parts."""
    asked = [part for wanted, part in zip(parts, _PARTS, strict=True) if wanted]
    return ", ".join(
        f"{sql} AS {name}" for part in (_LEAD, _OF_VIEWS, FACTS, *asked) for name, sql in part.items()
    )


@cache
def joins(parts: Parts) -> str:
    """Return the joins that these parts need."""
    asked = zip(parts, (_JOIN_APPLICATION, "", _JOIN_CONTACT, ""), strict=True)
    return " ".join([JOIN_MARKET, _JOIN_PERSON, _JOIN_POLICY, *(join for wanted, join in asked if wanted)])


COLUMNS, JOINS = columns(ALL), joins(ALL)


class Selected(NamedTuple):
    """A select list, in the order of its names, and the joins that it needs."""

    columns: str
    joins: str


@lru_cache(maxsize=1_000)
def selected(names: tuple[str, ...], mentioned: tuple[str, ...] = ()) -> Selected:
    """Return the select list of these columns; conditions may mention the tables of other columns as well."""
    known = {name: sql for part in (_LEAD, _OF_VIEWS, _OF_ROWS, FACTS, *_PARTS) for name, sql in part.items()}
    asked = {*names, *mentioned}
    needed = [JOIN_MARKET] if any(known[name].startswith("market.") for name in asked) else []
    needed += [_JOIN_PERSON] if "erased_at" in asked else []
    needed += [_JOIN_POLICY] if "policy_id" in asked else []
    for part, join in ((_APPLICATION, _JOIN_APPLICATION), (_CONTACT, _JOIN_CONTACT)):
        if not part.keys().isdisjoint(asked):
            needed.append(join)
    return Selected(", ".join(f"{known[name]} AS {name}" for name in names), " ".join(needed))
