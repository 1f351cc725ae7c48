"""The values that the words of placed messages mention, read when they are written."""

from datetime import datetime

from models.complaints.list import ComplaintView
from models.leads.views import ApplicationView
from rules import Decision
from rules.placements.placement import PlacementFacts


class ApplicationValues:
    """The values of an application."""

    __slots__ = ("_facts", "_view")

    complaint: str | None = None
    decide_by: datetime | None = None

    def __init__(self, view: ApplicationView, facts: PlacementFacts) -> None:
        """Take the application, and the facts that were made from it."""
        self._view, self._facts = view, facts

    @property
    def vendor(self) -> str:
        """The name of the vendor."""
        return self._view.vendor.name

    @property
    def lead(self) -> str:
        """The title of the lead."""
        return self._view.lead.title

    @property
    def opens_at(self) -> datetime:
        """When silence reveals the contact data; only mentioned before."""
        return self._facts.settled

    @property
    def meeting_at(self) -> datetime:
        """The meeting time; only mentioned if there is one."""
        return self._facts.meeting_at

    @property
    def complaint_until(self) -> datetime:
        """The end of the complaint window; only mentioned after the reveal."""
        return self._facts.window

    @property
    def returned(self) -> int | None:
        """The fee, if it was returned."""
        return self._view.fee if self._facts.refunded else None

    @property
    def captured(self) -> int | None:
        """The fee, if it was not returned."""
        return None if self._facts.refunded else self._view.fee

    @property
    def refund(self) -> Decision:
        """The decision on the fee."""
        return self._view.refund


class ComplaintValues:
    """The values of a complaint."""

    __slots__ = ("_view",)

    lead: str | None = None
    opens_at: datetime | None = None
    meeting_at: datetime | None = None
    complaint_until: datetime | None = None
    returned: int | None = None
    captured: int | None = None
    refund: Decision | None = None

    def __init__(self, view: ComplaintView) -> None:
        """Take the complaint."""
        self._view = view

    @property
    def vendor(self) -> str:
        """The name of the vendor."""
        return self._view.vendor.name

    @property
    def complaint(self) -> str:
        """The number of the complaint."""
        return self._view.number

    @property
    def decide_by(self) -> datetime:
        """The deadline of the complaint."""
        return self._view.decide_by
