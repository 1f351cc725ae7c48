"""Creating a vendor's complaint template: the deliveries eligible for a complaint, with their contact data.

A template contains only contact data that the rules let the vendor see at that time.
"""

from uuid import UUID

from models.base.clock import CLOCK, NOW, database_now
from models.base.database import connection, fetch, transaction
from models.base.public_id import public_id
from models.base.refusal import LANGUAGES
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.complaints.file import MEDIA_TYPES, TemplateFormat, TemplateRow, write_template
from models.complaints.refusals import ComplaintRefusal
from models.deliveries.list import deliveries_by_id
from models.feed.wording.language import language_for, zone_for
from models.files.store import NewFile, store_short_lived
from models.files.tables import FileKind
from models.files.turns import FileTurns
from models.leads.views import DeliveryView
from models.tabular.file_threads import WRITING

MOST_ROWS = 10_000
TURNS = FileTurns(8, "being created")
_BATCH = 200  # small enough that a batch does not block other requests
# What can be filed now, newest first: within the window, not remedied, not in an open complaint.
_OPEN = f"""WITH {CLOCK} SELECT delivery.id FROM delivery
    LEFT JOIN remedy ON remedy.delivery_id = delivery.id
    LEFT JOIN application ON application.id = delivery.application_id
    WHERE delivery.account_id = $1 AND delivery.complaint_until > {NOW}
      AND delivery.closed = 'NO' AND remedy.id IS NULL AND application.refunded_at IS NULL
      AND NOT EXISTS (SELECT FROM complaint_item WHERE complaint_item.delivery_id = delivery.id
                      AND complaint_item.decided_at IS NULL)
    ORDER BY delivery.received_at DESC, delivery.id DESC LIMIT $2"""


async def create_template(
    viewer: Viewer, format_: TemplateFormat, language: str | None, *, most_stored: int
) -> UUID:
    """Create a template of the newest 10,000 deliveries eligible for a complaint; return the file's id.

    The default language is the viewer's. Raises `Refusal`: FORBIDDEN for viewers who do not act for a vendor;
    INVALID for an unsupported language; LIMIT_EXCEEDED while another template of the account is being
    created, while too many others are, or if the account's files would exceed `most_stored` bytes.
    """
    account_id = acting_vendor(viewer, "complain")
    wanted = language or viewer.locale
    if language is not None and language[:2].lower() not in LANGUAGES:
        raise ComplaintRefusal.TEMPLATE_LANGUAGE_UNSUPPORTED.at("language")
    with TURNS.take((), account_id):
        return await _make(viewer, account_id, format_, wanted, most_stored)


async def _make(
    viewer: Viewer, account_id: UUID, format_: TemplateFormat, language: str, most_stored: int
) -> UUID:
    ids: list[UUID] = [row["id"] for row in await fetch(connection(), _OPEN, account_id, MOST_ROWS)]
    rows: dict[UUID, TemplateRow] = {}
    for begin in range(0, len(ids), _BATCH):
        batch = ids[begin : begin + _BATCH]
        # Through the view that the lists use: it has contact data only if the rules say VISIBLE. An erased
        # person gets no row, because an upload of the template would then be closed as well.
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
        remedy = "Send the complaint with `items`, or ask the marketplace for more storage."
        return await store_short_lived(conn, file, now, most_stored, remedy)


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
