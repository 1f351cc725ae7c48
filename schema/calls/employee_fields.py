"""What is written about an employee: the fields that creating and changing one have in common."""

import strawberry

import schema.calls.enums  # noqa: F401 - describes the enums
from rules.calls.call_route import TransferWish
from schema.graphql.scalars import EmailAddress


@strawberry.input
class EmployeeFields:
    """The base of both inputs. A field that is not sent stays as it is."""

    name: str | None = strawberry.field(
        default=strawberry.UNSET, description="The name, as First Last or Last, First."
    )
    first_name: str | None = strawberry.field(
        default=strawberry.UNSET, description="The first name, if the name is in parts."
    )
    last_name: str | None = strawberry.field(
        default=strawberry.UNSET, description="The last name, if the name is in parts."
    )
    cc: list[EmailAddress] | None = strawberry.field(
        default=strawberry.UNSET, description="Who gets copies of the notes, at most 10."
    )
    position: str | None = strawberry.field(default=strawberry.UNSET, description="The position.")
    responsibility: str | None = strawberry.field(default=strawberry.UNSET, description="The responsibility.")
    mobile: str | None = strawberry.field(
        default=strawberry.UNSET, description="The mobile number for text messages."
    )
    sms_notification: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether a text message follows each call; EUR 0.10 each."
    )
    vip_sms_notification: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="Whether a text message follows the call of a VIP; EUR 0.10 each.",
    )
    extension: str | None = strawberry.field(
        default=strawberry.UNSET, description="The number to which calls are put through."
    )
    transfer: TransferWish | None = strawberry.field(
        default=strawberry.UNSET, description="Which calls are put through."
    )
    deputy_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Who is tried when the employee cannot be reached."
    )
