"""The input of a period of time."""

from datetime import datetime

import strawberry


@strawberry.input(description="A period; the end is exclusive.")
class PeriodInput:
    """From one instant to another."""

    from_: datetime = strawberry.field(name="from", description="The start of the period, inclusive.")
    to: datetime = strawberry.field(description="The end of the period, exclusive.")
