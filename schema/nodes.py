"""The queries `node` and `nodes`: fetch any object by its global id.

They read through the same views as the lists, so they never find more than the lists show.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import strawberry

from models.accounts.list import accounts_by_id, users_by_id
from models.applications.list import applications_by_id
from models.base.database import Connection as Database
from models.base.viewer import Viewer
from models.calls.calendars.list import calendars_by_id
from models.calls.call_views import attempts_by_id as transfers_by_id
from models.calls.call_views import calls_by_id
from models.calls.entries import changes_by_id, faq_by_id, vips_by_id
from models.calls.list import appointments_by_id, employees_by_id, secretariats_by_id
from models.calls.notice_list import notices_by_id
from models.calls.phone.list import events_by_id, systems_by_id
from models.chat.list import messages_by_id as chat_messages_by_id
from models.complaints.item_list import items_by_id
from models.complaints.list import complaints_by_id
from models.complaints.message_list import messages_by_id
from models.contacting.list import attempts_by_id, opt_out_lists_by_id, stops_by_id
from models.contacting.statement_list import statements_by_id
from models.deliveries.list import deliveries_by_id, vendors_by_id
from models.disclosures.list import disclosures_by_id
from models.feed.list import notifications_by_id
from models.files.list import files_by_id
from models.leads.contact_looks import contact_looks_by_id
from models.leads.list import leads_by_id
from models.ledger.list import ledger_entries_by_id
from models.messages.devices.list import devices_by_id
from models.messages.list import dispatches_by_id
from models.messages.webhooks.list import endpoints_by_id
from models.policies.decision_list import records_by_id
from models.policies.list import markets_of, policies_of
from models.policies.trial.list import trials_by_id
from models.smart_data.context import SmartDataContext
from models.smart_data.list import found_fields_by_id, organisations_by_id, searches_by_id
from schema.graphql.context import Context, Info
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.ids import split_id
from schema.graphql.limits.lists import at_most
from schema.graphql.node import Node

MOST_NODES = 100
at_most("Query.nodes(ids:)", MOST_NODES)

Reader = Callable[[Database, Viewer, Collection[UUID]], Awaitable[Mapping[UUID, object]]]


@dataclass(frozen=True, slots=True)
class SealedReader:
    """A reader that opens what is stored sealed."""

    read: Callable[[Database, SmartDataContext, Viewer, Collection[UUID]], Awaitable[Mapping[UUID, object]]]


async def _markets(conn: Database, _: Viewer, ids: Collection[UUID]) -> Mapping[UUID, object]:
    return await markets_of(conn, ids)


async def _policies(conn: Database, _: Viewer, ids: Collection[UUID]) -> Mapping[UUID, object]:
    return await policies_of(conn, ids)


async def _notifications(conn: Database, viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, object]:
    """Operators read what decisions caused for anybody."""
    if viewer.operator:
        return await notifications_by_id(conn, None, list(ids))
    return await notifications_by_id(conn, viewer.recipient, list(ids)) if viewer.recipient else {}


async def _viewers(_: Database, viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, object]:
    """Only the viewer itself: another user's id is not a `Viewer`, not even for an operator."""
    return {one: viewer for one in ids if one == viewer.user_id}


# Every type that is a node, with the view that reads it for one viewer.
READERS: Mapping[str, Reader | SealedReader] = {
    "Account": accounts_by_id,
    "Application": applications_by_id,
    "Appointment": appointments_by_id,
    "EmployeeCalendar": calendars_by_id,
    "Call": calls_by_id,
    "CallNotice": notices_by_id,
    "ChatMessage": chat_messages_by_id,
    "Complaint": complaints_by_id,
    "ComplaintItem": items_by_id,
    "ComplaintMessage": messages_by_id,
    "ContactAttempt": attempts_by_id,
    "ContactLook": contact_looks_by_id,
    "ContactStatement": statements_by_id,
    "DecisionRecord": records_by_id,
    "Delivery": deliveries_by_id,
    "Device": devices_by_id,
    "Disclosure": disclosures_by_id,
    "Dispatch": dispatches_by_id,
    "DoNotContact": stops_by_id,
    "Employee": employees_by_id,
    "FaqEntry": faq_by_id,
    "File": files_by_id,
    "FoundField": SealedReader(found_fields_by_id),
    "Lead": leads_by_id,
    "LedgerEntry": ledger_entries_by_id,
    "Market": _markets,
    "Notification": _notifications,
    "OptOutList": opt_out_lists_by_id,
    "Organisation": SealedReader(organisations_by_id),
    "PhoneEvent": events_by_id,
    "PhoneSystem": systems_by_id,
    "Policy": _policies,
    "PolicyTrial": trials_by_id,
    "Secretariat": secretariats_by_id,
    "SecretariatChange": changes_by_id,
    "SmartDataSearch": searches_by_id,
    "TransferAttempt": transfers_by_id,
    "User": users_by_id,
    "Vendor": vendors_by_id,
    "Viewer": _viewers,
    "VipCaller": vips_by_id,
    "WebhookEndpoint": endpoints_by_id,
}


async def _read(
    context: Context, viewer: Viewer, reader: Reader | SealedReader, ids: Collection[UUID]
) -> Mapping[UUID, object]:
    if isinstance(reader, SealedReader):
        return await reader.read(context.conn, context.services.smart_data, viewer, ids)
    return await reader(context.conn, viewer, ids)


async def _find(context: Context, ids: Collection[str]) -> list[object | None]:
    viewer = context.signed_in()
    split = [split_id(global_id) for global_id in ids]
    wanted: dict[str, list[UUID]] = {}
    for found in split:
        if found is not None and found[0] in READERS:
            wanted.setdefault(found[0], []).append(found[1])
    rows = {name: await _read(context, viewer, READERS[name], row_ids) for name, row_ids in wanted.items()}
    return [None if found is None else rows.get(found[0], {}).get(found[1]) for found in split]


VIEWS |= {"node", "nodes"}


@strawberry.type
class NodeQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The object with this id; null if there is none or the viewer may not see it.",
        graphql_type=Node | None,
    )
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")],  # noqa: A002 - Relay's name
    ) -> object | None:
        """Find one node."""
        return (await _find(info.context, [id]))[0]

    @strawberry.field(
        description="The objects with these ids, in the same order; at most 100.",
        graphql_type=list[Node | None] | None,
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="Global ids, at most 100.")],
    ) -> list[object | None]:
        """Find several nodes with one statement per type."""
        return await _find(info.context, ids)
