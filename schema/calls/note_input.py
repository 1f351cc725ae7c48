"""The input of a call's note."""

from datetime import datetime

import strawberry

from models.calls.call_note import NoteDraft
from models.calls.limits import MOST_ASKED_FIELDS
from models.calls.words import BuiltInField
from schema.graphql.limits.lists import at_most

at_most("CallNoteInput.answers", MOST_ASKED_FIELDS)
at_most("CallNoteInput.refused", MOST_ASKED_FIELDS)


@strawberry.input(description="The answer to an asked field.")
class AskedFieldAnswerInput:
    """The answer to an asked field."""

    key: str = strawberry.field(description="The key of the asked field.")
    value: str = strawberry.field(description="The answer, at most 500 characters.")


@strawberry.input(description="What the caller left.")
class CallNoteInput:
    """Read into `NoteDraft`."""

    name: str | None = strawberry.field(
        default=None, description="The caller's name, at most 200 characters."
    )
    company: str | None = strawberry.field(
        default=None, description="The caller's company, at most 200 characters."
    )
    phone: str | None = strawberry.field(
        default=None, description="The number to call back, as the caller said it; at most 64 characters."
    )
    concern: str | None = strawberry.field(
        default=None, description="What the caller wants, at most 5,000 characters."
    )
    answers: list[AskedFieldAnswerInput] | None = strawberry.field(
        default=None, description="Answers to the other fields, each field once."
    )
    refused: list[str] | None = strawberry.field(
        default=None, description="Keys of fields that the caller did not want to answer."
    )
    urgent: bool = strawberry.field(default=False, description="Whether it is urgent.")
    callback_by: datetime | None = strawberry.field(
        default=None, description="By when the caller wants to be called back; within a year after the call."
    )

    def read(self) -> NoteDraft:
        """Return the note, not validated."""
        always = {
            BuiltInField.NAME: self.name,
            BuiltInField.COMPANY: self.company,
            BuiltInField.PHONE: self.phone,
            BuiltInField.CONCERN: self.concern,
        }
        values = [(key.value, value) for key, value in always.items() if value is not None]
        values += [(one.key, one.value) for one in self.answers or ()]
        return NoteDraft(values, self.refused or (), self.urgent, self.callback_by)
