"""The query `emailDraftCheck`: what is wrong with an email before it is sent."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from models.base.refusal import Refusal
from models.contacting.draft.check_for_viewer import check_for_viewer
from models.contacting.draft.email_draft import MOST_ATTACHMENTS, MOST_CHARS, MOST_LINKS, EmailDraft
from models.contacting.draft.finding_words import finding_message
from models.contacting.draft.findings import DraftFinding as Finding
from models.contacting.draft.findings import DraftSeverity
from rules.contacting.terms import ContactPurpose
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.errors import ClientError
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most

at_most("EmailDraftInput.attachmentNames", MOST_ATTACHMENTS)
at_most("EmailDraftInput.links", MOST_LINKS)

describe(
    DraftSeverity,
    "How serious a finding is.",
    {
        "REFUSED": "The email must not be sent like this.",
        "WARNING": "Correct it before you send the email.",
        "HINT": "The email would be better without it.",
    },
)


@strawberry.input(description="An email that is about to be sent. Nothing of it is stored.")
class EmailDraftInput:
    """Input of `emailDraftCheck`."""

    lead_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The lead whose person it is for. Then the right to write to them is checked, too.",
    )
    purpose: ContactPurpose = strawberry.field(description="What the person is contacted for.")
    subject: str = strawberry.field(description="The subject.")
    text: str = strawberry.field(description="The plain text, with the signature and what is quoted.")
    html: str | None = strawberry.field(
        default=None, description="The same as HTML, if it is sent; its links are checked."
    )
    attachment_names: list[str] = strawberry.field(
        default_factory=list, description=f"The names of attached files, at most {MOST_ATTACHMENTS}."
    )
    answering: str | None = strawberry.field(
        default=None, description="The text of the email that is answered, if it is an answer."
    )
    links: list[str] = strawberry.field(
        default_factory=list,
        description=f"Links that are in neither text, such as a link to unsubscribe in the header; at most "
        f"{MOST_LINKS}.",
    )


@strawberry.type(description="Something that is wrong with an email draft.")
class DraftFinding:
    """Source: `models.contacting.draft.findings.DraftFinding`."""

    code: str = strawberry.field(
        description="What was found, such as SUBJECT_EMPTY. New codes may be added: show `message` for them."
    )
    field: str = strawberry.field(description="The field of the input that it is about.")
    severity: DraftSeverity = strawberry.field(description="How serious it is.")

    @strawberry.field(description="What is wrong and what to do, in the viewer's language.")
    def message(root: strawberry.Parent[Finding], info: Info) -> str:
        """Say it in the viewer's language."""
        context = info.context
        return finding_message(root, context.locale, context.viewer.time_zone)


@strawberry.type
class DraftCheckQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="What is wrong with an email before it is sent, the most serious first; empty if nothing "
        "is. For owners and members of a vendor's account. Nothing is stored. The texts have at most "
        f"{MOST_CHARS:,} characters together.",
        graphql_type=list[DraftFinding] | None,
    )
    async def email_draft_check(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmailDraftInput, strawberry.argument(description="The email.")
        ],
    ) -> Sequence[Finding]:
        """Check a draft."""
        context = info.context
        viewer = context.signed_in()
        draft = EmailDraft(
            purpose=input.purpose,
            subject=input.subject,
            text=input.text,
            html=input.html,
            attachment_names=tuple(input.attachment_names),
            answering=input.answering,
            links=tuple(input.links),
        )
        try:
            lead_id = read_id(input.lead_id, "Lead", "leadId") if input.lead_id is not None else None
            hashes = context.services.sending.hashes
            return await check_for_viewer(context.conn, viewer, hashes, draft, lead_id)
        except Refusal as error:
            raise ClientError.of(error) from error
