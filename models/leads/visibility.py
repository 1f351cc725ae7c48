"""When silence opens what was applied for, as the visibility rules say."""

from datetime import datetime

from rules import Policy, decide
from rules.visibility import Basis, Closed, Response, Viewer, VisibilityFacts, visibility


def opens_at(policy: Policy, received_at: datetime) -> datetime | None:
    """Return when an application opens by itself if nobody answers it; None if the rules do not say."""
    waiting = VisibilityFacts(
        viewer=Viewer.VENDOR,
        basis=Basis.APPLICATION,
        response=Response.NONE,
        waited=received_at,
        responded_after=0,
        closed=Closed.NO,
    )
    return decide(visibility, policy, waiting, received_at).changes_at
