"""How the viewer's company is contacted, as the API shows it."""

from models.contacting.set_sender_profile import sender_profile
from schema.contacting.advice_types import SenderProfileSource, SignatureView
from schema.graphql.context import Context


async def own_sender_profile(context: Context) -> SenderProfileSource | None:
    """Return the profile of the account that the viewer acts for; None for others."""
    found = await sender_profile(context.conn, context.viewer)
    if found is None:
        return None
    signatures = [SignatureView(language, text) for language, text in sorted(found.signatures.items())]
    return SenderProfileSource(found.version, found.accepts, signatures)
