"""The viewer that every action and list receives: the user who asks, with its account, prospect and roles."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.role import Role
from rules.visibility import ViewerKind

_ACTS_FOR_ACCOUNT = frozenset({Role.OWNER, Role.MEMBER})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A user who asks, or nobody (`ANONYMOUS`); `token_ends_at` is when the token expires.

    A user belongs to an account, or is a prospect, an agent or an operator, never two of these: the database
    enforces it.
    """

    user_id: UUID | None = None
    account_id: UUID | None = None
    prospect_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    locale: str = "en"
    time_zone: str = "UTC"
    home_market_id: UUID | None = None
    token_ends_at: datetime | None = None
    request_id: str | None = None

    @property
    def operator(self) -> bool:
        """Whether the user is staff of the marketplace."""
        return Role.OPERATOR in self.roles

    @property
    def vendor_id(self) -> UUID | None:
        """The account that the user acts for: owners and members act for it, an employee does not."""
        return self.account_id if self.roles & _ACTS_FOR_ACCOUNT else None

    @property
    def recipient(self) -> UUID | None:
        """The recipient whose feed the user reads: the account, the prospect, or else the user."""
        return self.vendor_id or self.prospect_id or self.user_id

    def kind_for(self, lead_prospect_id: UUID) -> ViewerKind:
        """Return what the user is to a lead: the fact `viewer` of the visibility rules."""
        if self.operator:
            return ViewerKind.OPERATOR
        if self.prospect_id is not None and self.prospect_id == lead_prospect_id:
            return ViewerKind.PROSPECT_OWNER
        return ViewerKind.VENDOR if self.vendor_id is not None else ViewerKind.OTHER


ANONYMOUS = Viewer()
