"""Which agents may answer a company's calls; for operators."""

from collections.abc import Collection
from uuid import UUID

from models.base.database import fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.edit import check_operator, check_version, editing
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject


async def set_agents(
    viewer: Viewer, *, secretariat_id: UUID, expected_version: int, agent_ids: Collection[UUID]
) -> UUID:
    """Replace the agents of a company; with none, every agent may answer. Raises `Refusal`."""
    check_operator(viewer, "choose the agents of a secretariat")
    agents = sorted(set(agent_ids))
    async with editing(viewer, secretariat_id) as edit:
        made = edit.secretariat
        check_version(made.version, expected_version)
        known = await fetch(edit.conn, "SELECT id FROM users WHERE agent AND id = ANY($1::uuid[])", agents)
        if len(known) < len(agents):
            raise CallRefusal.AGENT_NOT_FOUND.at("agentIds")
        await fetch(edit.conn, "DELETE FROM agent_of WHERE secretariat_id = $1", made.id)
        await fetch(
            edit.conn,
            """INSERT INTO agent_of (id, secretariat_id, user_id)
               SELECT new.id, $1, new.user_id FROM unnest($2::uuid[], $3::uuid[]) AS new (id, user_id)""",
            made.id,
            [new_id() for _ in agents],
            agents,
        )
        await fetch(edit.conn, "UPDATE secretariat SET version = version + 1 WHERE id = $1", made.id)
        await edit.note(ChangeSubject.SECRETARIAT, made.id, ["agents"])
        return made.id
