"""Reads a draft of a policy: all problems of its parameters together, each with the path of the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch_one
from models.base.refusal import Refusal, Refusals
from models.policies.draft.words import problem_sentence
from models.policies.public_holidays import public_holidays
from models.policies.refusals import PolicyRefusal
from models.policies.versions import policies_by_id
from rules import Policy, PolicyError
from rules.parameter_problems import ParameterProblem

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft without problems, and the latest version of its market, which may not be in force yet."""

    market_id: UUID
    policy: Policy
    latest: Policy | None


async def read_draft(conn: Connection, market: str, parameters: Mapping[str, object], *path: str) -> Draft:
    """Return the draft of a market's policy.

    Raises `Refusals` with all problems; their fields begin with `path`, the place of the draft in the input.
    """
    if len(market) > LONGEST_CODE or not market.isprintable():
        raise Refusals([PolicyRefusal.POLICY_MARKET_NOT_FOUND.at(*path, "market")])
    row = await fetch_one(
        conn,
        """SELECT market.id, (SELECT policy.id FROM policy WHERE policy.market_id = market.id
               ORDER BY effective_from DESC LIMIT 1) AS latest_id
           FROM market WHERE code = $1""",
        market,
    )
    if row is None:
        raise Refusals([PolicyRefusal.POLICY_MARKET_NOT_FOUND.at(*path, "market")])
    if problems := Policy.problems(parameters):
        raise Refusals([_refusal(problem, *path) for problem in problems])
    policy = Policy.unpublished(parameters, market=market)
    try:
        public_holidays(policy)
    except PolicyError as error:
        if error.problem is None:
            raise
        raise Refusals([_refusal(error.problem, *path)]) from error
    latest_id: UUID | None = row["latest_id"]
    latest = None if latest_id is None else (await policies_by_id(conn, [latest_id]))[latest_id]
    return Draft(row["id"], policy, latest)


def _refusal(problem: ParameterProblem, *path: str) -> Refusal:
    field = problem.path.split(".")
    said = problem_sentence(problem)
    return PolicyRefusal.PARAMETER_INVALID.at(*path, "parameters", *field, problem=said)
