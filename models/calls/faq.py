"""FAQ entries: questions with the answers that callers may be told (S4.23)."""

from dataclasses import dataclass
from uuid import UUID

from models.base.database import fetch, fetch_one
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.edit import Edit, check_may_change, check_version, editing, editing_of, store_changes
from models.calls.limits import LONGEST_ANSWER, LONGEST_QUESTION, MOST_FAQ
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject
from models.contact_data import clean_line
from models.contact_data.checked_text import checked_text

FAQ = ChangeSubject.FAQ_ENTRY
_ACTION = "change the FAQ"


@dataclass(frozen=True, slots=True)
class FaqDraft:
    """An entry as it is written; without a position it is the last one, or stays where it is."""

    question: str
    answer: str
    position: int | None = None


async def create_faq_entry(
    viewer: Viewer,
    *,
    secretariat_id: UUID | None,
    draft: FaqDraft,
    idempotency_key: str | None,
    given: dict[str, object],
) -> UUID:
    """Add an entry. Raises `Refusal`."""
    check_may_change(viewer, _ACTION)
    entry_id = new_id()
    async with editing(viewer, secretariat_id) as edit:
        earlier = await edit.first("faqEntrySet", idempotency_key, given, entry_id)
        if earlier is not None:
            return earlier
        row = await fetch_one(
            edit.conn,
            """SELECT count(*) AS n, coalesce(max(position), 0) AS last
               FROM faq_entry WHERE secretariat_id = $1""",
            edit.secretariat.id,
        )
        count, last = (row["n"], row["last"]) if row else (0, 0)
        if count >= MOST_FAQ:
            raise CallRefusal.TOO_MANY_FAQ_ENTRIES.at(most=MOST_FAQ)
        values = _values(draft)
        await fetch(
            edit.conn,
            """INSERT INTO faq_entry (id, secretariat_id, version, position, question, answer)
               VALUES ($1, $2, 1, $3, $4, $5)""",
            entry_id,
            edit.secretariat.id,
            values.get("position", last + 1),
            values["question"],
            values["answer"],
        )
        await edit.note(FAQ, entry_id, ["created"])
    return entry_id


async def update_faq_entry(
    viewer: Viewer, *, entry_id: UUID, expected_version: int | None, draft: FaqDraft
) -> UUID:
    """Replace an entry. Raises `Refusal`."""
    check_may_change(viewer, _ACTION)
    async with editing_of(viewer, FAQ, entry_id, "faqEntryId") as edit:
        await _check(edit, entry_id, expected_version)
        changed = await store_changes(edit.conn, "faq_entry", entry_id, _values(draft))
        if changed:
            await edit.note(FAQ, entry_id, changed)
    return entry_id


async def delete_faq_entry(viewer: Viewer, *, entry_id: UUID, expected_version: int) -> UUID:
    """Delete an entry. Raises `Refusal`."""
    check_may_change(viewer, _ACTION)
    async with editing_of(viewer, FAQ, entry_id, "faqEntryId") as edit:
        await _check(edit, entry_id, expected_version)
        await fetch(edit.conn, "DELETE FROM faq_entry WHERE id = $1", entry_id)
        await edit.note(FAQ, entry_id, ["deleted"])
    return entry_id


async def _check(edit: Edit, entry_id: UUID, expected_version: int | None) -> None:
    row = await fetch_one(
        edit.conn, "SELECT version FROM faq_entry WHERE id = $1 FOR NO KEY UPDATE", entry_id
    )
    if row is None:
        raise CallRefusal.FAQ_ENTRY_NOT_FOUND.at("faqEntryId")
    check_version(row["version"], expected_version)


def _values(draft: FaqDraft) -> dict[str, object]:
    question = checked_text(
        "question", draft.question, LONGEST_QUESTION, clean=clean_line, missing="enter a question."
    )
    answer = checked_text("answer", draft.answer, LONGEST_ANSWER, missing="enter an answer.")
    values: dict[str, object] = {"question": question, "answer": answer}
    if draft.position is not None:
        values["position"] = max(0, min(draft.position, 1_000_000))
    return values
