"""Owns making a vendor's template: its deliveries that it can complain about, with their contact data.

It must not show a contact that the rules hide from the vendor now.
"""

from uuid import UUID

from models.base.clock import CLOCK, database_now
from models.base.database import connection, fetch, transaction
from models.base.public_id import public_id
from models.base.refusal import Refusal, RefusalCode
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.complaints.file import MEDIA_TYPES, TemplateFormat, TemplateRow, write_template
from models.deliveries.list import deliveries_by_id
from models.feed.wording.language import language_for, zone_for
from models.files.store import NewFile, store_template
from models.files.tables import FileKind
from models.files.turns import FileTurns
from models.leads.views import DeliveryView
from models.tabular.file_threads import WRITING

MOST_ROWS = 10_000
TURNS = FileTurns(8, "being made")
LANGUAGES = frozenset({"en", "de", "pl", "ro"})
_BATCH = 200  # so that no batch keeps the server from answering others
# In their window, without a remedy, not in an open complaint: what can be filed now, the newest first.
_OPEN = f"""WITH {CLOCK} SELECT delivery.id FROM delivery
    LEFT JOIN remedy ON remedy.delivery_id = delivery.id
    LEFT JOIN application ON application.id = delivery.application_id
    WHERE delivery.account_id = $1 AND delivery.complaint_until > (SELECT now FROM clock)
      AND delivery.closed = 'NO' AND remedy.id IS NULL AND application.refunded_at IS NULL
      AND NOT EXISTS (SELECT FROM complaint_item WHERE complaint_item.delivery_id = delivery.id
                      AND complaint_item.decided_at IS NULL)
    ORDER BY delivery.received_at DESC, delivery.id DESC LIMIT $2"""


async def create_template(
    viewer: Viewer, format_: TemplateFormat, language: str | None, *, most_stored: int
) -> UUID:
    """Make a template of the newest 10,000 deliveries that can be complained about; returns the file's id.

    Without a language it is the viewer's own. Raises `Refusal`: FORBIDDEN for who acts for no vendor,
    INVALID for a language that we do not have, LIMIT_EXCEEDED while another one of the account is made, or
    too many of others, and when the account's files would have more than `most_stored` bytes.
    """
    account_id = acting_vendor(viewer, "complain")
    wanted = language or viewer.locale
    if language is not None and language[:2].lower() not in LANGUAGES:
        raise Refusal(RefusalCode.INVALID, ("language",), "language: we have en, de, pl and ro.")
    with TURNS.take((), account_id):
        return await _make(viewer, account_id, format_, wanted, most_stored)


async def _make(
    viewer: Viewer, account_id: UUID, format_: TemplateFormat, language: str, most_stored: int
) -> UUID:
    ids: list[UUID] = [row["id"] for row in await fetch(connection(), _OPEN, account_id, MOST_ROWS)]
    rows: dict[UUID, TemplateRow] = {}
    for begin in range(0, len(ids), _BATCH):
        batch = ids[begin : begin + _BATCH]
        # Through the view that the lists use: contact data is there only when the rules say VISIBLE. A person
        # who was erased has no row, or what is uploaded of it would be closed as well.
        found = await deliveries_by_id(connection(), viewer, batch)
        shown = [found[one] for one in batch if one in found]
        rows.update({view.id: _row(view, viewer, language) for view in shown if view.lead.contact})
    content = await WRITING.run(lambda: write_template(rows.values(), language, format_))
    async with transaction() as conn:
        now = await database_now(conn)
        file = NewFile(
            account_id,
            FileKind.COMPLAINT_TEMPLATE,
            f"complaint-template-{now:%Y-%m-%d}.{format_.lower()}",
            MEDIA_TYPES[format_],
            content,
            viewer.user_id,
            list(rows),
        )
        return await store_template(conn, file, now, most_stored)


def _row(view: DeliveryView, viewer: Viewer, language: str) -> TemplateRow:
    contact, words, zone = view.lead.contact, language_for(language), zone_for(viewer.time_zone)
    return TemplateRow(
        public_id("Delivery", view.id),
        view.lead.title,
        view.kind,
        words.moment(view.received_at, zone),
        words.moment(view.complaint_until, zone),
        contact.full_name if contact else "",
        contact.organisation if contact else None,
        contact.phone if contact else None,
        contact.email if contact else None,
    )
