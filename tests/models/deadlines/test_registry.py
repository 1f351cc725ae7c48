"""An incomplete kind of deadline is refused on registration; the error includes its name."""

from datetime import datetime
from uuid import UUID

import pytest

from models.applications.case import Case
from models.applications.deadlines import APPLICATION
from models.base.ids import new_id
from models.deadlines.registry import SUBJECTS, descriptions, timed
from models.deadlines.settle import start
from models.feed.journal import Journal
from rules import Policy, production_parameters
from tests.support.marketplace import START

PRODUCTION = Policy.from_parameters(
    version="v1", market="main", effective_from=START, parameters=production_parameters()
)


def _never(_: Policy, __: datetime) -> list[datetime | None]:
    return [None]


def _effect(_: Case, __: datetime, ___: Journal) -> str:
    return "done"


@pytest.mark.parametrize(
    ("kind", "description", "message"),
    [
        ("REVEAL", "Twice.", "REVEAL: this kind of deadline is already registered"),
        (
            "COMPLAINT_DECISION",
            "Of another subject.",
            "COMPLAINT_DECISION: this kind",
        ),
        ("NEW_KIND", "", "NEW_KIND: describe what becomes due"),
        ("x' OR true", "No name.", "capital letters"),
        ("A" * 31, "Too long for its column.", "up to 30"),
    ],
)
def test_an_incomplete_or_repeated_kind_is_refused(kind: str, description: str, message: str) -> None:
    before = dict(descriptions())
    with pytest.raises(ValueError, match=message):
        timed(kind, APPLICATION, description=description, starts=_never)(_effect)
    assert descriptions() == before


def test_every_subject_is_registered_once() -> None:
    tables = [about.table for about in SUBJECTS]
    others = ["call", "secretariat", "complaint", "remedy", "webhook_endpoint"]
    others += ["do_not_contact", "opt_out_list", "smart_search"]
    assert sorted(tables) == sorted(["application", "application", *others]), "the second one is its chat"


def test_a_case_that_never_becomes_due_does_not_begin() -> None:
    case_id: UUID = new_id()
    timed("NEVER", APPLICATION, description="Never.", starts=_never)(_effect)
    try:
        with pytest.raises(RuntimeError, match="do not say when NEVER is due"):
            start(APPLICATION, case_id, PRODUCTION, START)
    finally:
        del APPLICATION.kinds["NEVER"]
    begun = {row.kind for row in start(APPLICATION, case_id, PRODUCTION, START)}
    assert begun == {"REVIEW_REMINDER", "REVEAL"}
