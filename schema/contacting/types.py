"""GraphQL types of contacting: whether and when a person may be contacted, stops, attempts, opt-out lists."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import strawberry

from models.base.refusal import LANGUAGES, in_language
from models.contacting.advice import advise, preference_of
from models.contacting.advice_views import AdviceInput, AdviceView, ProfileView, StatementView
from models.contacting.advice_words import ContactQuestion
from models.contacting.facts import LOOK_AHEAD, LOOK_BACK, ContactCase
from models.contacting.list import NEWEST_ATTEMPT, attempts_of_lead
from models.contacting.permissions import MediumPermissionView
from models.contacting.tables import ContactOutcome, OptOutListKind, StopOrigin, StopReason, StopScope
from models.contacting.views import AttemptView, OptOutListView, StopView
from models.feed.wording.language import language_for
from models.policies.decisions import RecordedDecision
from rules import Decision as LiveDecision
from rules.contacting.channel_for_goal import ContactGoal
from rules.contacting.terms import ContactPurpose
from schema.contacting.advice_types import ContactAdvice, ContactStatement, PersonProfile
from schema.contacting.calling_hours import CallingHours
from schema.contacting.loaders import ContactingLoaders
from schema.contacting.media import Medium
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.enums import describe
from schema.graphql.errors import PAGE_SIZE_OUT_OF_RANGE, TIME_OUT_OF_REACH, ClientError
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    WITHIN_A_LIST,
    After,
    Connection,
    First,
    PageOf,
    digest,
    nested_size,
    not_counted,
    slice_of,
    within_list,
)
from schema.policies.loaders import PolicyLoaders

describe(
    ContactPurpose,
    "What a person is contacted for.",
    {
        "THE_LEAD": "The request that the lead is about.",
        "OTHER_OFFER": "Another offer, which is advertising.",
        "NEWSLETTER": "A newsletter, which is advertising.",
        "SERVICE": "What law or contract demands.",
    },
)
describe(
    StopScope,
    "Whom a do-not-contact stop binds.",
    {"MARKET": "Everybody.", "ACCOUNT": "One vendor."},
)
describe(
    StopOrigin,
    "Who or what set a do-not-contact stop.",
    {
        "PERSON": "The person.",
        "LINK": "A link in a letter to the person.",
        "OPERATOR": "An operator.",
        "VENDOR": "The vendor, because the person told it so.",
        "MARKER": "What the person wrote or said.",
        "COMPLAINT": 'An upheld complaint with the reason "no consent".',
        "BOUNCE": "Messages that could not be delivered.",
    },
)
describe(
    StopReason,
    "Why a do-not-contact stop is set.",
    {
        "ASKED": "The person asked for it.",
        "REFUSED": "The person refused to talk.",
        "WRONG_NUMBER": "Somebody else was reached.",
        "OTHER": "Another reason.",
    },
)
describe(
    OptOutListKind,
    "What an opt-out list is.",
    {
        "ROBINSON": "A list of people who want no advertising.",
        "DO_NOT_CALL": "A register of numbers that must not be called.",
        "OWN": "The marketplace's own list.",
    },
)
describe(
    ContactOutcome,
    "How an attempt to contact a person ended.",
    {
        "SPOKE": "You spoke with the person.",
        "SPOKE_TO_ASSISTANT": "You spoke with an assistant.",
        "NO_ANSWER": "Nobody answered.",
        "VOICEMAIL": "You left a voicemail.",
        "CALLBACK_PROMISED": "A call back was promised.",
        "WROTE": "You wrote.",
        "ANSWERED": "The person answered what you wrote.",
        "BOUNCED": "What you wrote came back.",
        "REFUSED": "The person wants no contact.",
        "MEETING_AGREED": "A meeting was agreed.",
        "WRONG_NUMBER": "The number or address belongs to somebody else.",
    },
)


@strawberry.type(description="Whether a person may be contacted by one medium.")
class MediumPermission:
    """Source: `MediumPermissionView`."""

    medium: Medium = strawberry.field(description="The medium.")
    right: Decision = strawberry.field(
        description="Whether there is a right to contact the person in this way at all (GIVEN or MISSING)."
    )
    permission: Decision = strawberry.field(
        description="Whether the person may be contacted at the time asked about (ALLOWED, WAIT or FORBIDDEN)"
        " and when that changes."
    )
    hours: CallingHours | None = strawberry.field(
        description="The hours for calls and text messages; null for other media."
    )
    calls_today: int = strawberry.field(description="How often you called the person on the day asked about.")
    calls_this_month: int = strawberry.field(
        description="How often you called the person in the 30 days before."
    )


@strawberry.type(
    description="A do-not-contact stop: nobody, or one vendor, may contact a person, at all or by one medium."
)
class DoNotContact(Node):
    """Source: `StopView`."""

    id: strawberry.ID = node_id("DoNotContact")
    scope: StopScope = strawberry.field(description="Whom it binds.")
    medium: Medium | None = strawberry.field(description="The medium; null: all.")
    since: datetime = strawberry.field(description="Since when it holds.")
    until: datetime | None = strawberry.field(description="When it ends by itself; null: never.")
    origin: StopOrigin = strawberry.field(description="Who or what set it.")
    lifted_at: datetime | None = strawberry.field(description="When it was lifted or ended; null if not.")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a stop."""
        return isinstance(obj, StopView)


@strawberry.type(description="A list of people who want no advertising; it holds only hashes of their data.")
class OptOutList(Node):
    """Source: `OptOutListView`."""

    id: strawberry.ID = node_id("OptOutList")
    name: str = strawberry.field(description="The name.")
    country: str = strawberry.field(description="The country that it is for, ISO 3166-1 alpha-2.")
    medium: Medium = strawberry.field(description="The medium that it is about.")
    kind: OptOutListKind = strawberry.field(description="What it is.")
    entries: int = strawberry.field(description="How many numbers or addresses it has.")
    refreshed_at: datetime = strawberry.field(description="As of when it was imported.")
    stale_from: datetime | None = strawberry.field(
        description="From when on it is too old, and calls that need it wait; null if it does not age."
    )

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a list."""
        return isinstance(obj, OptOutListView)


@strawberry.type(description="An attempt of a vendor to contact the person of a lead.")
class ContactAttempt(Node):
    """Source: `AttemptView`."""

    id: strawberry.ID = node_id("ContactAttempt")
    medium: Medium = strawberry.field(description="The medium.")
    goal: ContactGoal | None = strawberry.field(
        description="What the vendor wanted to achieve; null if not said."
    )
    at: datetime = strawberry.field(description="When it was made.")
    outcome: ContactOutcome = strawberry.field(description="How it ended.")
    by_system: bool = strawberry.field(
        description="Whether the marketplace recorded it itself, rather than a user."
    )
    against_stop: bool = strawberry.field(
        description="Whether a do-not-contact stop held at that time; the vendor and operators are told."
    )

    @strawberry.field(
        description="The advice that the attempt cites, as it was decided; null if it cites none, and for "
        "the person.",
        graphql_type=Decision | None,
    )
    async def advice(root: strawberry.Parent[AttemptView], info: Info) -> RecordedDecision | None:
        """Load the recorded decision; its facts have what a vendor thinks of the person."""
        viewer = info.context.viewer
        if root.decision_id is None or not (viewer.operator or viewer.vendor_id):
            return None
        return await info.context.load(PolicyLoaders).decision.load(root.decision_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an attempt."""
        return isinstance(obj, AttemptView)


MOST_SHOWN = 20  # statements of a person; `limits.sizes` charges as many
ADVICE_AHEAD = timedelta(days=2 * 366)
ContactAttemptConnection = PageOf[ContactAttempt]


@strawberry.type(
    description="Whether and how the person of a lead may be contacted, and what is known about contacting "
    "them."
)
class Contacting:
    """Source: `ContactCase`."""

    @strawberry.field(
        description="Whether the person may be contacted by each medium, for a purpose and at a time.",
        graphql_type=list[MediumPermission],
    )
    def permissions(
        root: strawberry.Parent[ContactCase],
        purpose: Annotated[
            ContactPurpose, strawberry.argument(description="What the person is contacted for.")
        ] = ContactPurpose.THE_LEAD,
        at: Annotated[
            datetime | None,
            strawberry.argument(
                description="The time; now if omitted. From 30 days ago to 366 days from now."
            ),
        ] = None,
    ) -> Sequence[MediumPermissionView]:
        """Decide for all media."""
        when = _within_reach(root, at)
        return root.permissions(purpose, when)

    @strawberry.field(
        description="The do-not-contact stops that hold now and bind you; for operators and the person, all.",
        graphql_type=list[DoNotContact],
    )
    def stops(root: strawberry.Parent[ContactCase]) -> Sequence[StopView]:
        """Return the stops."""
        return root.stops

    @strawberry.field(
        description="The attempts of your account for this lead, newest first; for operators and the person, "
        "those of all vendors. " + WITHIN_A_LIST,
        graphql_type=ContactAttemptConnection,
    )
    async def attempts(
        root: strawberry.Parent[ContactCase], info: Info, first: First = 25, after: After = None
    ) -> Connection[AttemptView]:
        """Load a page; inside a list, one statement loads the pages of all leads."""
        context = info.context
        list_digest = digest("contact-attempts", root.lead_id)
        part = slice_of(NEWEST_ATTEMPT, list_digest, first, after)
        if within_list(info):
            size = nested_size(info, part, first)
            page = await ContactingLoaders.of(context).attempts.load((root.lead_id, size))
        else:
            page = await attempts_of_lead(context.conn, context.viewer, root.lead_id, part)
        return Connection(page, list_digest, not_counted)

    @strawberry.field(
        description="What your company thinks of the person; for others than its owners and members, empty.",
        graphql_type=PersonProfile,
    )
    async def profile(root: strawberry.Parent[ContactCase], info: Info) -> ProfileView:
        """Load what is known of the person."""
        return (await ContactingLoaders.of(info.context).ways.load(root.lead_id)).profile

    @strawberry.field(
        description="What the person said about being contacted, newest first: to your company or to "
        "everybody; for the person, to everybody; for operators, all.",
        graphql_type=list[ContactStatement],
    )
    async def statements(
        root: strawberry.Parent[ContactCase],
        info: Info,
        first: Annotated[
            int, strawberry.argument(description=f"The number of statements, 1 to {MOST_SHOWN}.")
        ] = MOST_SHOWN,
    ) -> Sequence[StatementView]:
        """Load what is known of the person."""
        if not 1 <= first <= MOST_SHOWN:
            message = f"first: must be from 1 to {MOST_SHOWN}."
            raise ClientError("INVALID", message, ("first",), reason=PAGE_SIZE_OUT_OF_RANGE)
        return (await ContactingLoaders.of(info.context).ways.load(root.lead_id)).statements[:first]

    @strawberry.field(
        description="Which medium the person prefers (CALL, WRITE, CHAT, MEET or OPEN).",
        graphql_type=Decision,
    )
    async def preference(root: strawberry.Parent[ContactCase], info: Info) -> LiveDecision:
        """Decide by what is known of the person."""
        known = await ContactingLoaders.of(info.context).ways.load(root.lead_id)
        return preference_of(known, root, root.now)

    @strawberry.field(
        description="Which medium is advised, when and how; with `at`, what would be advised then.",
        graphql_type=ContactAdvice,
    )
    async def advice(
        root: strawberry.Parent[ContactCase],
        info: Info,
        goal: Annotated[
            ContactGoal, strawberry.argument(description="What you want to achieve.")
        ] = ContactGoal.NONE,
        urgent: Annotated[bool, strawberry.argument(description="Whether speed counts.")] = False,
        feelings: Annotated[
            bool, strawberry.argument(description="Whether trust, competence or emotion matters.")
        ] = False,
        at: Annotated[
            datetime | None,
            strawberry.argument(
                description="The time; now if omitted. From 30 days ago to two years from now."
            ),
        ] = None,
    ) -> AdviceView:
        """Decide by what is known of the person."""
        when = _within_reach(root, at, ADVICE_AHEAD, "30 days ago to two years from now")
        known = await ContactingLoaders.of(info.context).ways.load(root.lead_id)
        return advise(root, known, AdviceInput(goal, urgent, feelings), when)

    @strawberry.field(description="The direct question, to ask the person how to keep in touch.")
    def question(
        root: strawberry.Parent[ContactCase],
        info: Info,
        language: Annotated[
            str | None,
            strawberry.argument(description="en, de, pl or ro; your own language for others or if omitted."),
        ] = None,
    ) -> str:
        """Say it in the language."""
        own = language_for(info.context.locale).catalog.language
        return in_language(ContactQuestion.HOW_TO_KEEP_IN_TOUCH, language if language in LANGUAGES else own)


def _within_reach(
    case: ContactCase,
    at: datetime | None,
    ahead: timedelta = LOOK_AHEAD,
    reach: str = "30 days ago to 366 days from now",
) -> datetime:
    """Return the time that is asked about. Raises `ClientError` INVALID if it is too far away."""
    if at is None:
        return case.now
    if not case.now - LOOK_BACK <= at <= case.now + ahead:
        message = f"at: must be from {reach}."
        raise ClientError("INVALID", message, ("at",), reason=TIME_OUT_OF_REACH)
    return at
