"""Reading a person's words that a user passes in: signs are noted, the text is not kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from models.base.clock import database_now
from models.base.database import transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.contact_data.refusals import ContactDataRefusal
from models.contact_data.text import InvalidText
from models.contacting.held_lead import check_said_at, held_lead
from models.contacting.markers import find_markers
from models.contacting.note_markers import Heard, note_markers
from models.contacting.statement_origin import StatementOrigin
from models.feed.journal import Journal
from models.process.wake import Wake
from rules.contacting.terms import Medium

LONGEST_WORDS = 20_000  # characters


@dataclass(frozen=True, slots=True)
class WordsInput:
    """What a person wrote or said, and how; `language` (such as "de") if it is known."""

    lead_id: UUID
    text: str
    at: datetime
    medium: Medium
    language: str | None = None

    @property
    def digest(self) -> dict[str, object]:
        """The input as JSON types, for idempotency keys, which are kept as hashes."""
        return {
            "lead": str(self.lead_id),
            "text": self.text,
            "at": self.at.isoformat(),
            "medium": self.medium,
            "language": self.language,
        }


def _readable(text: str, most_chars: int) -> str:
    """Return a text that can be read; whatever characters it has, because nothing of it is stored."""
    if len(text) > most_chars:
        raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=most_chars)
    return text.encode("utf-8", "replace").decode().strip()


async def read_statements(viewer: Viewer, wake: Wake, given: WordsInput, idempotency_key: str) -> UUID:
    """Note the signs in a text, once per key; return the id that its statements share.

    A sign that forbids contact sets a stop for the account at once. Raises `Refusal`: FORBIDDEN for others
    than owners and members, NOT_FOUND, REFUSED_BY_RULE for hidden contact data, REQUIRED without a text,
    INVALID for a text or an instant that cannot be.
    """
    account_id = acting_vendor(viewer, "record what a person said")
    text = checked_text(
        "text", given.text, LONGEST_WORDS, clean=_readable, missing="required. Send what the person said."
    )
    language = (given.language or "").partition("-")[0].lower() or None
    markers = find_markers(text, given.at, language)
    act_id = new_id()
    async with transaction() as conn:
        lead = await held_lead(conn, viewer, given.lead_id)
        journal = Journal(await database_now(conn), viewer.user_id)
        check_said_at(given.at, journal.now)
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or act_id,
            operation="contactStatementRead",
            key=idempotency_key,
            given=replace(given, text=text).digest,
            result=act_id,
            now=journal.now,
        )
        if earlier is not None:
            return earlier
        heard = Heard(account_id, lead.id, lead.prospect_id, given.medium, given.at, StatementOrigin.USER)
        await note_markers(conn, journal, heard, markers, act_id=act_id)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return act_id
