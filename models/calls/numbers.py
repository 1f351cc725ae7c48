"""The numbers that a company's calls come in on; for operators."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.edit import Edit, check_operator, check_version, editing
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject
from models.calls.typed_number import read_block, read_typed_number
from models.contact_data import InvalidPhone

# A number is taken if another company has it, a block that it begins with, or a number within the block.
_TAKEN = """SELECT FROM secretariat_number AS theirs
    JOIN unnest($2::text[], $3::boolean[]) AS ours (number, block) ON theirs.number = ours.number
        OR (theirs.block AND starts_with(ours.number, theirs.number))
        OR (ours.block AND starts_with(theirs.number, ours.number))
    WHERE theirs.until IS NULL AND theirs.secretariat_id <> $1 LIMIT 1"""


async def set_numbers(
    viewer: Viewer,
    *,
    secretariat_id: UUID,
    expected_version: int,
    phone_numbers: Sequence[str],
    number_blocks: Sequence[str],
) -> UUID:
    """Replace a company's numbers and blocks of numbers; for operators. Raises `Refusal`."""
    check_operator(viewer, "change the numbers of a secretariat")
    async with editing(viewer, secretariat_id) as edit:
        check_version(edit.secretariat.version, expected_version)
        if await write_numbers(edit, phone_numbers, number_blocks):
            await fetch(
                edit.conn, "UPDATE secretariat SET version = version + 1 WHERE id = $1", edit.secretariat.id
            )
            await edit.note(ChangeSubject.SECRETARIAT, edit.secretariat.id, ["phoneNumbers"])
        return edit.secretariat.id


async def write_numbers(edit: Edit, phone_numbers: Sequence[str], number_blocks: Sequence[str]) -> bool:
    """Store a company's numbers, end those that it no longer has, and return whether anything changed.

    Raises `Refusal`: INVALID for a number, CONFLICT for one of another company, without saying whose.
    """
    made = edit.secretariat
    wanted = {_read(number, made.region, block=True): True for number in number_blocks}
    wanted |= {_read(number, made.region, block=False): False for number in phone_numbers}
    # Two operators could give two companies overlapping blocks, which no index finds.
    await fetch(edit.conn, "LOCK TABLE secretariat_number IN SHARE ROW EXCLUSIVE MODE")
    numbers, blocks = list(wanted), list(wanted.values())
    if await fetch(edit.conn, _TAKEN, made.id, numbers, blocks):
        raise CallRefusal.NUMBER_TAKEN.at("phoneNumbers")
    ended = await fetch(
        edit.conn,
        """UPDATE secretariat_number SET until = $2 WHERE secretariat_id = $1 AND until IS NULL
           AND (number, block) NOT IN (SELECT * FROM unnest($3::text[], $4::boolean[])) RETURNING id""",
        made.id,
        edit.now,
        numbers,
        blocks,
    )
    added = await fetch(
        edit.conn,
        """INSERT INTO secretariat_number (id, secretariat_id, number, block, since)
           SELECT new.id, $1, new.number, new.block, $2
           FROM unnest($3::uuid[], $4::text[], $5::boolean[]) AS new (id, number, block)
           ON CONFLICT (number) WHERE until IS NULL DO NOTHING RETURNING id""",
        made.id,
        edit.now,
        [new_id() for _ in numbers],
        numbers,
        blocks,
    )
    return bool(ended or added)


def _read(text: str, region: str, *, block: bool) -> str:
    try:
        return (read_block if block else read_typed_number)(text, region).e164
    except InvalidPhone as error:
        raise error.refusal("numberBlocks" if block else "phoneNumbers") from error
