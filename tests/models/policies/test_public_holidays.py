"""The public holidays of a contract's place, and which places are valid."""

from datetime import date
from typing import Any

import pytest

from models.policies.public_holidays import holidays_of, public_holidays
from rules import PolicyError
from tests.rules.support import make_policy

GOOD_FRIDAY, CORPUS_CHRISTI, WOMENS_DAY = date(2026, 4, 3), date(2026, 6, 4), date(2027, 3, 8)


@pytest.mark.parametrize(
    ("place", "day", "free"),
    [
        ("DE", GOOD_FRIDAY, True),
        ("DE", CORPUS_CHRISTI, False),
        ("DE-BY", CORPUS_CHRISTI, True),
        ("DE-BE", WOMENS_DAY, True),
        ("DE", WOMENS_DAY, False),
        ("PL", CORPUS_CHRISTI, True),
        ("DE", date(2099, 12, 25), True),
    ],
)
def test_each_place_has_its_own_holidays(place: str, day: date, free: bool) -> None:
    assert (day in holidays_of(place)) == free


@pytest.mark.parametrize("place", ["XX", "DE-XX"])
def test_an_unknown_place_is_refused_when_its_holidays_are_needed(place: str) -> None:
    """When the policy is read, before a case begins under it."""
    assert public_holidays(make_policy(complaint={"holidays_of": place})) is None
    with pytest.raises(PolicyError, match=r"^complaint\.holidays_of"):
        public_holidays(make_policy(complaint={"holidays_of": place, "move_holidays": True}))


@pytest.mark.parametrize("place", ["", "de", "DEU", "DE-", "DE-BERLIN", "DE_BE", None, 49])
def test_an_invalid_place_is_refused(place: Any) -> None:
    with pytest.raises(PolicyError, match=r"^complaint\.holidays_of.*such as DE or DE-BE"):
        make_policy(complaint={"holidays_of": place})
