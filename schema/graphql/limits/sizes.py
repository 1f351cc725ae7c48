"""Cost of a field and number of rows charged for a list, fixed or given by a variable.

Declare the size of a new list of objects outside a connection here; a test checks it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graphql import FieldNode, IntValueNode, ListValueNode, NullValueNode, ValueNode, VariableNode

from models.base.keyset import LARGEST_PAGE
from schema.graphql.pagination import DEFAULT_PAGE, LARGEST_NESTED_PAGE

Variables: TypeAlias = Mapping[str, object]

OBJECT = 1
MUTATION = 10
LARGEST_LIST = 100
INTROSPECTION = {"__schema": 300, "__type": 50}  # flat: the selections below are limited elsewhere
# Each is a count in the database, shared by the fields of one connection that need it. Counting leads may
# read all of them, whatever the filter; within a list, one statement counts for all rows.
COUNTS = frozenset({"totalCount", "totalCountIsExact"})
COUNT, COUNT_OF_LEADS, COUNT_WITHIN_A_LIST = 50, 300, 10
# Fields that count or compute much, whatever is selected below them.
COUNTING: Mapping[tuple[str, str], int] = {
    ("Query", "leadCategories"): COUNT_OF_LEADS,
    ("Mutation", "chatMessageSend"): 50,
    ("Query", "callCoverage"): 2_000,
    ("Query", "activityStatistics"): 100,
    ("Query", "callStatistics"): 300,
    ("Query", "chatPreview"): 60,  # as sending it
    ("Mutation", "contactStatementRead"): 100,  # for the longest text
    ("Query", "emailDraftCheck"): 100,  # for the longest draft
    ("Query", "decisionTry"): 20,
    ("Query", "rulesets"): 200,
    ("Query", "publicTextCheck"): 60,  # as publishing it
    ("Desk", "counts"): 300,
    ("Desk", "due"): 50,
    ("Query", "policyCheck"): 2_000,  # seconds of another process
    ("Mutation", "policyPublish"): 2_000,
    ("Mutation", "policyTrialStart"): 500,
}
ITEMS = frozenset({"edges", "nodes"})

# The assumed length of a list of objects: a number, or the argument that has the same length.
LISTS: Mapping[tuple[str, str], int | str] = {
    ("Account", "people"): 10,
    ("Application", "deadlines"): 4,
    ("Application", "placed"): 3,
    ("BannerDismissPayload", "placed"): 3,
    ("Call", "attempts"): 5,
    ("Call", "notices"): 4,
    ("CallCoverage", "expected"): LARGEST_LIST,
    ("CallCoverage", "gaps"): LARGEST_LIST,
    ("CallFinishPayload", "notices"): 2,
    ("CallStatistics", "byDay"): 367,
    ("CallStatistics", "byEmployee"): LARGEST_LIST,
    ("CallStatistics", "byHour"): 168,
    ("CallStatistics", "byResult"): 10,
    ("CallGap", "reasons"): 10,
    ("CallNote", "answers"): 30,
    ("CallRoutePreview", "notices"): 4,
    ("CallRoutes", "routes"): 7,
    ("CallRoutes", "skipped"): 6,
    ("CallScript", "askedFields"): 30,
    ("CallScript", "faq"): LARGEST_LIST,
    ("CallScript", "vips"): 20,
    ("ChatMessage", "masked"): 10,
    ("ChatPreview", "masked"): 10,
    ("Complaint", "placed"): 3,
    ("ComplaintFilePayload", "rowErrors"): LARGEST_LIST,
    ("PhoneSystem", "users"): 30,
    ("PolicyCheck", "changes"): 20,
    ("PolicyCheck", "problems"): 5,
    ("PolicyTrial", "byRuleset"): 20,
    ("Policy", "changesFrom"): 10,
    ("Policy", "parameterFields"): LARGEST_LIST,
    ("Query", "phoneSystems"): 50,
    ("ComplaintItem", "evidence"): 5,
    ("ComplaintItemsDecidePayload", "accounts"): LARGEST_LIST,
    ("ComplaintItemsDecidePayload", "items"): LARGEST_LIST,
    ("Contacting", "permissions"): 5,
    ("Contacting", "stops"): 10,
    ("ContactAdvice", "because"): 13,
    ("ContactAdvice", "checklist"): 10,
    ("Contacting", "statements"): 20,
    ("ContactStatementReadPayload", "statements"): 5,
    ("ContactStatementReadPayload", "stops"): 3,
    ("Decision", "others"): 10,
    ("DecisionRecord", "caused"): 10,
    ("Dispatch", "attempts"): 10,
    ("Desk", "counts"): 8,
    ("Desk", "due"): 10,
    ("FactField", "choices"): 5,
    ("Health", "findings"): 20,
    ("Health", "overdueByKind"): 10,
    ("DispatchCancelPayload", "dispatches"): LARGEST_LIST,
    ("DispatchRetryPayload", "dispatches"): LARGEST_LIST,
    ("Employee", "calendars"): 10,
    ("Employee", "hours"): 10,
    ("EmployeeCalendarImportPayload", "appointments"): LARGEST_LIST,
    ("EmployeeCalendarImportPayload", "hours"): 20,
    ("EmployeeImportPayload", "rowErrors"): LARGEST_LIST,
    ("EmployeeImportPayload", "rows"): LARGEST_LIST,
    ("LeadCategories", "categories"): LARGEST_LIST,
    ("LeadImportPayload", "rows"): LARGEST_LIST,
    ("OrganisationDomain", "skipped"): 10,
    ("NotificationReadPayload", "notifications"): LARGEST_LIST,
    ("OptOutListPayload", "rowErrors"): LARGEST_LIST,
    ("Query", "activityStatistics"): LARGEST_LIST,
    ("Query", "callBoard"): LARGEST_LIST,
    ("Query", "complaintPreview"): "items",
    ("Query", "complaintStatistics"): 25,
    ("Query", "emailDraftCheck"): 25,
    ("Query", "nodes"): "ids",
    ("Query", "publicTextCheck"): 10,
    ("Query", "rulesets"): 30,
    ("Query", "optOutLists"): LARGEST_LIST,
    ("Query", "outsideSources"): 10,
    ("Ruleset", "facts"): 10,
    ("Ruleset", "rules"): 15,
    ("Ruleset", "switches"): 2,
    ("SenderProfile", "signatures"): 4,
    ("Secretariat", "agents"): LARGEST_LIST,
    ("Secretariat", "askedFields"): 30,
    ("Secretariat", "faq"): LARGEST_LIST,
    ("Service", "demoUsers"): 5,
    ("SmartContactDataSettings", "sources"): 7,
    ("SmartData", "found"): 20,
    ("SmartDataKeepPayload", "fields"): LARGEST_LIST,
    ("SmartDataSearch", "outcomes"): 7,
    ("Viewer", "banners"): 20,
    ("Viewer", "devices"): 20,
    ("Viewer", "notificationPreferences"): 28,
}
LISTS_EVERYWHERE: Mapping[str, int] = {"userErrors": 1}
UNKNOWN_LIST = 10


@dataclass(frozen=True, slots=True)
class Page:
    """The page size of `first` or `last`, at least one of them a variable."""

    first: int | str | None
    last: int | str | None
    most: int

    def read(self, variables: Variables) -> int:
        """Return the rows for these variables."""
        last = _number(self.last, variables)
        first = _number(self.first, variables)
        return _clamped(first if last is None else last, self.most)


@dataclass(frozen=True, slots=True)
class Length:
    """The length of a list in a variable."""

    variable: str

    def read(self, variables: Variables) -> int:
        """Return the length for these variables."""
        value = variables.get(self.variable)
        if isinstance(value, list | tuple):
            return min(len(value), LARGEST_LIST)
        return 0 if value is None else 1


Size: TypeAlias = int | Page | Length


def page_size(field: FieldNode, *, nested: bool) -> Size:
    """Return the rows of a connection; inside a list, at most 10."""
    most = LARGEST_NESTED_PAGE if nested else LARGEST_PAGE
    first, last = (_bound(_argument(field, name)) for name in ("first", "last"))
    page = Page(first, last, most)
    return page if isinstance(first, str) or isinstance(last, str) else page.read({})


def count_price(parent: str, *, nested: bool) -> int:
    """Return the cost of counting a connection, charged once."""
    if nested:
        return COUNT_WITHIN_A_LIST
    return COUNT_OF_LEADS if parent == "LeadConnection" else COUNT


def list_size(field: FieldNode, parent: str) -> Size:
    """Return the rows of a list that is not a connection."""
    name = field.name.value
    size = LISTS.get((parent, name), LISTS_EVERYWHERE.get(name, UNKNOWN_LIST))
    if isinstance(size, int):
        return size
    given = _argument(field, size)
    if isinstance(given, VariableNode):
        return Length(given.name.value)
    return min(len(given.values), LARGEST_LIST) if isinstance(given, ListValueNode) else OBJECT


def _argument(field: FieldNode, name: str) -> ValueNode | None:
    return next((one.value for one in field.arguments or () if one.name.value == name), None)


def _bound(value: ValueNode | None) -> int | str | None:
    if isinstance(value, VariableNode):
        return value.name.value
    if isinstance(value, IntValueNode):
        return _small(value.value)
    return None if value is None or isinstance(value, NullValueNode) else LARGEST_PAGE


def _small(digits: str) -> int:
    return int(digits) if len(digits) <= 9 else LARGEST_PAGE  # refused later; not worth reading


def _number(bound: int | str | None, variables: Variables) -> int | None:
    if not isinstance(bound, str):
        return bound
    value = variables.get(bound)
    if value is None:
        return None
    if isinstance(value, int | float) and math.isfinite(value):
        return int(value)
    return LARGEST_PAGE  # not an Int: the execution refuses it


def _clamped(size: int | None, most: int) -> int:
    return min(DEFAULT_PAGE if size is None else max(size, 0), most)
