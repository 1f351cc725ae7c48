"""GraphQL types of advice: what is known of a person's ways, which medium is advised, when and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import strawberry

from models.base.refusal import Wording, in_language
from models.contacting.advice_views import AdviceView, AdviceWarning, StatementView
from models.contacting.checklist_words import CHECKLISTS
from models.contacting.cited_advice import advice_id
from models.contacting.markers.kinds import StatementKind
from models.contacting.statement_origin import StatementOrigin
from models.feed.wording.language import language_for
from rules.contacting.channel_for_goal import ContactGoal
from rules.contacting.channel_preference import PersonDays, PersonTemper
from rules.contacting.follow_up import PersonStatus
from schema.contacting.calling_hours import CallingHours
from schema.contacting.media import Medium
from schema.graphql.context import Context, Info
from schema.graphql.decision import Decision
from schema.graphql.enums import describe
from schema.graphql.node import Node, node_id

describe(
    ContactGoal,
    "What a vendor wants to achieve by contacting a person.",
    {
        "NONE": "Nothing in particular.",
        "MEETING": "A meeting.",
        "CONFERENCE": "A conference call.",
        "TRIAL": "A trial of the product.",
        "COUNTER_OFFER": "A quick reply to an offer of the other side.",
        "OBJECTION": "To settle objections.",
        "OFFER": "To make an offer.",
        "CLARIFICATION": "A clarification.",
        "OPINION": "An opinion.",
        "REFERRAL": "A referral to others.",
    },
)
describe(
    PersonStatus,
    "A person's position, in the vendor's judgement. The person is told such judgements on request.",
    {
        "UNKNOWN": "Not known.",
        "SENIOR": "Senior: calls are often taken by an assistant.",
        "EMPLOYEE": "An ordinary employee, who does not call unknown numbers back.",
    },
)
describe(
    PersonDays,
    "How a person spends the working day.",
    {
        "UNKNOWN": "Not known.",
        "AT_DESK": "At a desk.",
        "TRAVELS": "Often on the road.",
        "IN_MEETINGS": "In meetings, or planned by the minute, as in some trades.",
    },
)
describe(
    PersonTemper,
    "How a person comes across, in the vendor's judgement. The person is told such judgements on request.",
    {
        "UNKNOWN": "Not known.",
        "OUTGOING": "Outgoing: likes to talk.",
        "RESERVED": "Reserved: would rather read.",
    },
)
describe(
    StatementKind,
    "What a person said about being contacted.",
    {
        "WRITE": "Send me an email.",
        "CALL": "Call me.",
        "CHAT": "Write to me in the chat.",
        "MEET": "Let us meet.",
        "CANNOT_TALK": "I cannot talk now.",
        "HOUSE_READS_MAIL": "In our company everybody reads email.",
        "CALLBACK_PROMISED": "I will call back.",
        "OUT_OF_OFFICE": "I am away.",
        "STOP_CALLS": "Do not call me.",
        "STOP_MAIL": "Do not write to me.",
        "STOP_ALL": "Leave me alone.",
    },
    name="ContactStatementKind",
)
describe(
    StatementOrigin,
    "Where a statement comes from.",
    {
        "ANSWER": "The person's answer to the direct question.",
        "MARKER": "The marketplace found it in a chat message or in the note of a call.",
        "USER": "It was found in a text that a user passed in.",
    },
    name="ContactStatementOrigin",
)
describe(
    AdviceWarning,
    "What to bear in mind beside an advice.",
    {
        "COMPLEX_BY_MAIL": "The matter suits a call better; in writing, it may be lost.",
        "TRIFLE_BY_PHONE": "The matter is small for a call; the next call may not be taken.",
        "ZONE_UNSURE": "The person may be in several time zones; ask for the place.",
        "GREAT_CAUTION": "The contact was bought; the person did not ask you for anything.",
        "CONTRADICTED_BY_DATA": "Public data contradicts the advice: of 41,188 calls of a bank, those on "
        "Thursdays were more successful than those on Fridays (12.12 % against 10.81 %).",
        "EXPECT_AN_ASSISTANT": "An assistant may take the call; a conversation with the assistant counts.",
        "SENDER_PREFERS_ANOTHER": "Your company does not accept this medium itself; see `lead`.",
    },
)


@strawberry.type(
    description="What your company thinks of a person. These are judgements about a person, who is told "
    "them on request."
)
class PersonProfile:
    """Source: `ProfileView`."""

    version: int = strawberry.field(
        description="The version, for `expectedVersion`; 0 if there is no profile yet."
    )
    status: PersonStatus = strawberry.field(
        description="The person's position; a judgement, of which the person is told on request."
    )
    days: PersonDays = strawberry.field(description="How the person spends the working day.")
    temper: PersonTemper = strawberry.field(
        description="How the person comes across; a judgement, of which the person is told on request."
    )
    knows_number: bool = strawberry.field(description="Whether the person has your number.")


@strawberry.type(
    description="Something that a person said about being contacted. Only its kind is kept, not its words."
)
class ContactStatement(Node):
    """Source: `StatementView`."""

    id: strawberry.ID = node_id("ContactStatement")
    kind: StatementKind = strawberry.field(description="What was said.")
    at: datetime = strawberry.field(description="When it was said.")
    origin: StatementOrigin = strawberry.field(description="Where it comes from.")
    strong: bool = strawberry.field(
        description="Whether it decides alone; of those that do not, two must agree."
    )
    whole_house: bool = strawberry.field(
        description="Whether it is about the person's company, and counts for its other people as well."
    )
    until: date | None = strawberry.field(description="The last day of an absence; null if not said.")
    taken_back_at: datetime | None = strawberry.field(
        description="When it was taken back and ceased to count; null if not."
    )

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a statement."""
        return isinstance(obj, StatementView)


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A line of a checklist in the viewer's language."""

    key: str
    text: str
    reason: str


@strawberry.type(description="A line of a checklist.")
class ChecklistItem:
    """Source: `ChecklistLine`."""

    key: str = strawberry.field(description="A name for the line, such as INTRODUCE_YOURSELF.")
    text: str = strawberry.field(description="What to do, in the viewer's language.")
    reason: str = strawberry.field(description="Why, in the viewer's language.")


@strawberry.type(
    description="Which medium is advised, when and how. Permission comes first, then the last contact, the "
    "person's convenience and your goal."
)
class ContactAdvice:
    """Source: `AdviceView`."""

    @strawberry.field(
        description="Cite it as `adviceId` of `contactAttemptRecord`; the advice is then kept as a decision."
    )
    def id(root: strawberry.Parent[AdviceView], info: Info) -> strawberry.ID:
        """Make the id from the facts."""
        hashes = info.context.services.sending.hashes
        return strawberry.ID(advice_id(hashes, root.lead_id, root.advice))

    advice: Decision = strawberry.field(
        description="The advice: CALL, VOICEMAIL, WRITE, CHAT, MEET, CALL_LATER, WAIT or DO_NOT_CONTACT."
    )
    because: list[Decision] = strawberry.field(
        description="The decisions that it rests on: the person's preference, what the goal asks for, what "
        "the last contact asks for, then the right and the permission of each medium."
    )
    moment: Decision = strawberry.field(
        description="Whether it is a good time where the person is: GOOD, FAIR or POSTPONE."
    )
    best_from: datetime | None = strawberry.field(
        description="When the next good time begins, within 14 days; null if there is none."
    )
    best_until: datetime | None = strawberry.field(description="When that time ends.")
    hours: CallingHours = strawberry.field(description="The hours in which the person may be called.")
    warnings: list[AdviceWarning] = strawberry.field(description="What to bear in mind.")

    @strawberry.field(description="What can be done now, until the time is good; null if it is good.")
    def meanwhile(root: strawberry.Parent[AdviceView], info: Info) -> str | None:
        """Say it in the viewer's language."""
        return None if root.meanwhile is None else _said(root.meanwhile, info.context)

    @strawberry.field(
        description="A sentence that gently leads the person to a medium that suits your company; null if "
        "the advised one does."
    )
    def lead(root: strawberry.Parent[AdviceView], info: Info) -> str | None:
        """Say it in the viewer's language."""
        return None if root.lead is None else _said(root.lead, info.context)

    @strawberry.field(
        description="How to go about it, for calls, voicemails and emails.", graphql_type=list[ChecklistItem]
    )
    def checklist(root: strawberry.Parent[AdviceView], info: Info) -> Sequence[ChecklistLine]:
        """Say each line in the viewer's language."""
        if root.checklist is None:
            return ()
        context = info.context
        return [
            ChecklistLine(line.name, _said(line, context), _said(reason, context))
            for line, reason in CHECKLISTS[root.checklist]
        ]


@strawberry.type(description="A signature of a company.")
class Signature:
    """Source: `SignatureView`."""

    language: str = strawberry.field(description="Its language: en, de, pl or ro.")
    text: str = strawberry.field(description="The signature.")


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class SenderProfileSource:
    """How a company is contacted."""

    version: int
    accepts: Sequence[Medium]
    signatures: Sequence[SignatureView]


@strawberry.type(description="How your company itself is contacted.")
class SenderProfile:
    """Source: `SenderProfileSource`."""

    version: int = strawberry.field(
        description="The version, for `expectedVersion`; 0 if nothing has been set yet."
    )
    accepts: list[Medium] = strawberry.field(
        description="The media by which your company wants to be contacted, the preferred one first; empty: "
        "all."
    )
    signatures: list[Signature] = strawberry.field(description="The signatures, one per language.")


def _said(wording: Wording, context: Context) -> str:
    return in_language(wording, language_for(context.locale).catalog.language)
