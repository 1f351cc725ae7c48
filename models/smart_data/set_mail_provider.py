"""What operators say of a domain: a mail provider, a disposable one, or neither, whatever the lists say."""

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.outside.names import registrable_domain
from models.smart_data.refusals import SmartDataRefusal
from models.smart_data.tables import MailProviderKind


async def set_mail_provider(viewer: Viewer, domain: str, kind: MailProviderKind) -> str:
    """Say what a domain is, and return it as it is stored. Idempotent.

    Raises `Refusal`: FORBIDDEN except for operators, INVALID for what is no registrable domain.
    """
    if not viewer.operator:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action="say which domains are mail providers")
    given = domain.strip().rstrip(".").lower()
    registrable = registrable_domain(given)
    if registrable is None or "@" in given or "/" in given:
        raise SmartDataRefusal.DOMAIN_INVALID.at("domain")
    async with transaction() as conn:
        await fetch(
            conn,
            """INSERT INTO mail_provider (domain, kind, set_at, set_by_id) VALUES ($1, $2, $3, $4)
               ON CONFLICT (domain) DO UPDATE
               SET kind = EXCLUDED.kind, set_at = EXCLUDED.set_at, set_by_id = EXCLUDED.set_by_id""",
            registrable,
            kind,
            await database_now(conn),
            viewer.user_id,
        )
    return registrable
