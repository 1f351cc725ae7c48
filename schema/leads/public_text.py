"""The query `publicTextCheck`: what in a title and a brief would be refused, before the lead is published."""

from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.contact_data import find_identity_in, finding_refusal, parse_country
from models.contact_data.invalid import InvalidValue
from models.contact_data.masking.kinds import KIND_OF, MaskedKind
from models.feed.wording.refusals import refusal_message
from models.leads.file.defaults import MAX_TITLE_CHARS
from models.leads.file.rows import MAX_BRIEF_CHARS
from schema.graphql.context import Info
from schema.graphql.errors import ClientError, forbidden


@dataclass(frozen=True, slots=True)
class TextFindingView:
    """A place in a text that would be refused; the words found are not quoted."""

    field: str
    start: int
    end: int
    kind: MaskedKind
    message: str


@strawberry.type(description="A place in a public text with what looks like contact data.")
class TextFinding:
    """Source: `TextFindingView`."""

    field: str = strawberry.field(description="`title` or `brief`.")
    start: int = strawberry.field(description="Where it begins, in Unicode code points from 0.")
    end: int = strawberry.field(description="Where it ends, exclusive.")
    kind: MaskedKind = strawberry.field(description="What it looks like.")
    message: str = strawberry.field(description="What it is and what to do, in the viewer's language.")


@strawberry.type
class PublicTextQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="What in the public texts of a lead would be refused because it looks like contact data; "
        "`leadPublish` also looks for the contact's own name. For prospects and operators.",
        graphql_type=list[TextFinding] | None,
    )
    async def public_text_check(
        self,
        info: Info,
        title: Annotated[
            str, strawberry.argument(description=f"The title, at most {MAX_TITLE_CHARS} characters.")
        ],
        brief: Annotated[
            str, strawberry.argument(description=f"The brief, at most {MAX_BRIEF_CHARS:,} characters.")
        ],
        country: Annotated[str, strawberry.argument(description="The country, ISO 3166-1, such as DE.")],
    ) -> list[TextFindingView]:
        """Search the texts."""
        viewer = info.context.signed_in()
        if viewer.prospect_id is None and not viewer.operator:
            raise forbidden("Only prospects and operators can check public texts.")
        for name, text, most in (("title", title, MAX_TITLE_CHARS), ("brief", brief, MAX_BRIEF_CHARS)):
            if len(text) > most:
                raise ClientError("INVALID", f"{name}: must have at most {most} characters.", (name,))
        try:
            region = parse_country(country)
        except InvalidValue as error:
            raise ClientError.of(error.refusal("country")) from error
        return [
            TextFindingView(
                field,
                finding.start,
                finding.end,
                KIND_OF[finding.kind],
                refusal_message(finding_refusal(field, finding), viewer.locale, viewer.time_zone),
            )
            for field, finding in find_identity_in({"title": title, "brief": brief}, None, region)
        ]
