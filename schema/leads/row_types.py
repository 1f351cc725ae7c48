"""Leads with the viewer's case on them as rows: which column each field is, for `schema.graphql.fast_path`.

What is missing here (introductions that prospects read masked, decisions of other rulesets) is read as views.
"""

from functools import lru_cache, partial

from models.leads.rows import (
    answered_at_of,
    decline_message_of,
    other_emails_of,
    other_phones_of,
    revealed_at_of,
    status_at,
)
from models.leads.verdicts import FACTS_OF_ROW
from rules.visibility import ViewerKind
from schema.graphql.fast_path.row_types import Computed, Loaded, Nested, RowType

MARKET = RowType("Market", {name: f"market_{name}" for name in ("code", "name")}, node_id="market_id")

CONTACT = RowType(
    "Contact",
    {
        name: name
        for name in (
            "full_name",
            "organisation",
            "email",
            "phone",
            "phone_extension",
            "registration_number",
            "linkedin_url",
            "meeting_url",
            "preferred_channel",
            "time_zone",
        )
    },
    computed={
        "other_emails": Computed(("other_emails",), other_emails_of),
        "other_phones": Computed(("other_phones",), other_phones_of),
    },
)

LEAD = RowType(
    "Lead",
    {
        name: name
        for name in (
            "title",
            "brief",
            "category",
            "city",
            "country",
            "budget_min",
            "budget_max",
            "currency",
            "source",
            "closes_at",
            "fee",
        )
    },
    node_id="id",
    instants={"published_at": "published_s"},
    decision="visibility",
    nested={"market": Nested(MARKET), "contact": Nested(CONTACT, present=("full_name",), visible=True)},
    loaded={name: Loaded({"id": "id"}) for name in ("offer", "applications")},
)

VENDOR = RowType("Vendor", {"name": "vendor_name"}, node_id="vendor_id")

_ENDING = ("accepted_at", "declined_at", "ended_at", "reveal_due_at")
# For vendors: prospects read introductions masked, and decisions about the vendor.
APPLICATION = RowType(
    "Application",
    {
        name: name
        for name in (
            "version",
            "introduction",
            "meeting_at",
            "proposed_meeting_at",
        )
    }
    | {"fee": "application_fee"},
    node_id="application_id",
    instants={
        "submitted_at": "submitted_s",
        "received_at": "received_s",
        "reviewed_at": "reviewed_s",
        "refunded_at": "refunded_s",
    },
    decision="visibility",
    computed={
        "status": Computed(_ENDING, status_at, judged=True),
        "answered_at": Computed(("accepted_at", "declined_at"), answered_at_of),
        "revealed_at": Computed(("revealed_at", *_ENDING), revealed_at_of, judged=True),
        "decline_message": Computed(
            ("decline_message", "closed", "erased_at"), partial(decline_message_of, kind=ViewerKind.VENDOR)
        ),
    },
    nested={"vendor": Nested(VENDOR), "lead": Nested(LEAD)},
    loaded={name: Loaded({"id": "application_id"}) for name in ("deadlines", "calendar_event")},
)
DELIVERY = RowType(
    "Delivery",
    {
        "kind": "delivery_kind",
        "points": "points",
        "complaint_until": "complaint_until",
    },
    node_id="delivery_id",
    instants={"received_at": "delivered_s"},
    nested={"lead": Nested(LEAD)},
    loaded={name: Loaded({"id": "delivery_id"}) for name in ("complaint_item", "replacement_for")},
)
LEAD.nested.update(
    application=Nested(APPLICATION, present=("application_id",)),
    delivery=Nested(DELIVERY, present=("delivery_id",)),
)


@lru_cache(maxsize=1_000)
def columns_to_read(
    columns: tuple[str, ...], *, verdicts: bool, also_erased: bool = False
) -> tuple[str, ...]:
    """Return the columns of a plan, with those by which rows are decided; `also_erased`: whether the list has
    rows of erased persons. There is at least one.
    """
    facts = (*FACTS_OF_ROW, *(["erased_at"] if also_erased else [])) if verdicts else ()
    return tuple(dict.fromkeys((*columns, *facts))) or ("id",)
