"""Checks of an email before it is sent; pure, and nothing of it is kept."""

from collections.abc import Sequence

from models.contacting.draft.body import check_body
from models.contacting.draft.email_draft import EmailDraft, Sender
from models.contacting.draft.findings import DraftFinding, DraftSeverity
from models.contacting.draft.links import check_links
from models.contacting.draft.reading import own_text
from models.contacting.draft.signature import check_sender
from models.contacting.draft.subject import check_subject

_ORDER = list(DraftSeverity)


def check_draft(draft: EmailDraft, sender: Sender) -> Sequence[DraftFinding]:
    """Return what is wrong with a draft, the most serious first; it takes time linear in the draft's length.

    Raises `Refusal` INVALID for a draft that is too long.
    """
    draft.check_size()
    own = own_text(draft.text)
    found = [
        *check_subject(draft),
        *check_body(draft, own),
        *check_sender(draft, own, sender),
        *check_links(draft, own),
    ]
    return sorted(found, key=lambda finding: _ORDER.index(finding.severity))
