"""For how many days rows are kept."""

import pytest

from jobs.worker import kept_by
from models.retention.remove_old import Kept
from settings import Settings, SettingsError, load
from settings.retention import RetentionSettings

NAMES = tuple(RetentionSettings.__annotations__)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("days", [1, 6, -1, 36_501])
def test_a_number_of_days_that_is_too_small_or_too_large_is_refused(name: str, days: int) -> None:
    with pytest.raises(SettingsError, match=name.upper()):
        load(**{name: days})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("days", [0, 7, 36_500])
def test_a_worker_keeps_rows_for_as_long_as_the_settings_say(name: str, days: int) -> None:
    settings = load(**{name: days})
    assert kept_by(settings) == Kept(**{other: getattr(settings, other) for other in NAMES})
    assert getattr(kept_by(settings), name) == days


def test_the_defaults_are_those_of_the_settings() -> None:
    defaults = {name: Settings.model_fields[name].default for name in NAMES}
    assert Kept() == Kept(**defaults)
