"""Opaque global ids of nodes, as GraphQL reads and writes them. A well-formed id may belong to no object."""

from collections.abc import Mapping
from uuid import UUID

import strawberry

from models.accounts.refusals import AccountRefusal
from models.applications.refusals import ApplicationRefusal
from models.base.public_id import public_id, row_id_of, split_id
from models.base.refusal import RefusalReason
from models.calls.phone.refusals import PhoneRefusal
from models.calls.refusals import CallRefusal
from models.chat.refusals import ChatRefusal
from models.complaints.refusals import ComplaintRefusal
from models.contacting.refusals import ContactingRefusal
from models.feed.refusals import NotificationRefusal
from models.leads.refusals import LeadRefusal
from models.messages.refusals import MessageRefusal
from models.policies.refusals import PolicyRefusal
from models.smart_data.refusals import SmartDataRefusal

__all__ = ["optional_id", "read_id", "split_id", "write_id"]


def write_id(type_name: str, row_id: UUID) -> strawberry.ID:
    """Return the global id of a row."""
    return strawberry.ID(public_id(type_name, row_id))


_NOT_FOUND: Mapping[str, RefusalReason] = {
    "Account": AccountRefusal.ACCOUNT_NOT_FOUND,
    "Application": ApplicationRefusal.APPLICATION_NOT_FOUND,
    "Appointment": CallRefusal.APPOINTMENT_NOT_FOUND,
    "EmployeeCalendar": CallRefusal.CALENDAR_NOT_FOUND,
    "Call": CallRefusal.CALL_NOT_FOUND,
    "ChatMessage": ChatRefusal.CHAT_MESSAGE_NOT_FOUND,
    "Complaint": ComplaintRefusal.COMPLAINT_NOT_FOUND,
    "ComplaintItem": ComplaintRefusal.COMPLAINT_ITEM_NOT_FOUND,
    "ContactStatement": ContactingRefusal.CONTACT_STATEMENT_NOT_FOUND,
    "Device": MessageRefusal.DEVICE_NOT_FOUND,
    "Dispatch": MessageRefusal.DISPATCH_NOT_FOUND,
    "DoNotContact": ContactingRefusal.DO_NOT_CONTACT_NOT_FOUND,
    "Employee": CallRefusal.EMPLOYEE_NOT_FOUND,
    "FaqEntry": CallRefusal.FAQ_ENTRY_NOT_FOUND,
    "Lead": LeadRefusal.LEAD_NOT_FOUND,
    "Notification": NotificationRefusal.NOTIFICATION_NOT_FOUND,
    "WebhookEndpoint": MessageRefusal.ENDPOINT_NOT_FOUND,
    "PhoneEvent": PhoneRefusal.PHONE_EVENT_NOT_FOUND,
    "PhoneSystem": PhoneRefusal.PHONE_SYSTEM_NOT_FOUND,
    "Policy": PolicyRefusal.POLICY_NOT_FOUND,
    "Prospect": LeadRefusal.PROSPECT_NOT_FOUND,
    "Secretariat": CallRefusal.SECRETARIAT_NOT_FOUND,
    "User": CallRefusal.AGENT_NOT_FOUND,
    "VipCaller": CallRefusal.VIP_CALLER_NOT_FOUND,
    "FoundField": SmartDataRefusal.FOUND_FIELD_NOT_FOUND,
    "Organisation": SmartDataRefusal.ORGANISATION_NOT_FOUND,
}


def read_id(global_id: str, type_name: str, field: str) -> UUID:
    """Return the row id of an input's global id. Raises `Refusal` NOT_FOUND for an invalid id or another
    type's, the same as for an id that does not exist.
    """
    found = row_id_of(global_id, type_name)
    if found is None:
        raise _NOT_FOUND[type_name].at(field)
    return found


def optional_id(global_id: str | None, type_name: str, field: str) -> UUID | None:
    """Return the row id of an input's global id, None if it is omitted. Raises `Refusal` NOT_FOUND."""
    return None if global_id is None else read_id(global_id, type_name, field)
