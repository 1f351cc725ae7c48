"""Public holidays at the place of the contract, for windows that holidays extend."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

import holidays

from rules import Policy, PolicyError
from rules.parameter_problems import ParameterProblem, ProblemKind


@lru_cache(maxsize=256)
def holidays_of(place: str) -> Collection[date]:
    """Return the public holidays of a country or a part of it (`DE`, `DE-BE`), of all years.

    Raises PolicyError for a place whose holidays are unknown.
    """
    country, _, part = place.partition("-")
    try:
        return holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError as error:
        found = {"path": "complaint.holidays_of", "value": place, "other": "complaint.move_holidays"}
        raise PolicyError(ParameterProblem(ProblemKind.HOLIDAYS_UNKNOWN, found)) from error


def public_holidays(policy: Policy) -> Collection[date] | None:
    """Return the holidays that move the ends of a policy's windows; None if the policy ignores holidays."""
    return holidays_of(policy.complaint.holidays_of) if policy.complaint.move_holidays else None
