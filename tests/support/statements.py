"""Statements of persons that a vendor notes, by the action."""

from uuid import UUID

from models.base.database import connection
from models.base.ids import new_id
from models.contacting.read_statements import WordsInput, read_statements
from models.contacting.statement_list import statements_of_act
from models.process.wake import Silence
from rules.contacting.terms import Medium
from tests.support.marketplace import START, Marketplace


async def make_statement(place: Marketplace, lead_id: UUID, text: str = "Please send me an email.") -> UUID:
    """Let the vendor note what the person of a lead said, and return the statement."""
    given = WordsInput(lead_id, text, START, Medium.CALL)
    act_id = await read_statements(place.vendor.owner, Silence(), given, new_id().hex)
    (statement,) = await statements_of_act(connection(), place.vendor.owner, act_id)
    return statement.id
