"""The GraphQL type of calling hours."""

from datetime import date, datetime

import strawberry

from models.contacting.law_words import law_text
from models.contacting.permissions import CallingHoursView
from models.contacting.zones import ZoneSource
from schema.graphql.context import Info
from schema.graphql.enums import describe

describe(
    ZoneSource,
    "What says where a person is, and so which clock and which law apply.",
    {
        "PERSON": "The person gave the time zone.",
        "ADDRESS": "The postal address.",
        "PHONE": "The phone number.",
        "COUNTRY": "The country of the address, the number or the request; several time zones are possible.",
        "MARKET": "The market, because nothing else is known.",
    },
)


@strawberry.type(
    description="The hours in which a person may be called and sent text messages, by the law of their place."
)
class CallingHours:
    """Source: `CallingHoursView`."""

    opens_at: datetime | None = strawberry.field(
        description="When the hours that are open began, or the next ones begin; null if the person may be "
        "in time zones that share no hours: ask for the place."
    )
    closes_at: datetime | None = strawberry.field(description="When these hours end; null as `opensAt`.")
    local_time: str = strawberry.field(
        description="The time at the person's place, such as 14:05; where several time zones are possible, "
        "the earliest and the latest, such as 07:05\u201312:05."
    )
    zones: list[str] = strawberry.field(description="The time zones in which the person may be, IANA names.")
    zone_from: ZoneSource = strawberry.field(description="What the time zones are derived from.")
    checked_on: date = strawberry.field(
        description="When these hours were last compared with the law, before counsel has checked them."
    )

    @strawberry.field(
        description="What the hours rest on, in the viewer's language. It is not legal advice: have counsel "
        "check it."
    )
    def law(root: strawberry.Parent[CallingHoursView], info: Info) -> str:
        """Say it in the viewer's language."""
        return law_text(root.basis, info.context.locale)
