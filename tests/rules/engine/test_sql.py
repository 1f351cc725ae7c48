"""The form of the generated SQL: conditions that an index can serve, and what is refused."""

import pytest

from rules import Refund, ViewerKind, Visibility, refund, visibility
from tests.rules.support import make_policy

POLICY = make_policy()
COLUMNS: dict[str, str | bool | int] = {
    "viewer": ViewerKind.VENDOR,
    "basis": "d.basis",
    "response": "a.response",
    "waited": "a.received_at",
    "responded_after": "a.answered_after",
    "closed": "d.closed",
}


def test_a_time_fact_compares_the_plain_column_so_that_an_index_can_be_used() -> None:
    sql = visibility.for_policy(POLICY).sql(Visibility.VISIBLE, COLUMNS, "$1::timestamptz")
    assert "a.received_at <= $1::timestamptz - interval '172800 seconds'" in sql


def test_fixed_values_and_switches_are_folded_away() -> None:
    rules = visibility.for_policy(POLICY)
    sql = rules.sql(Visibility.VISIBLE, COLUMNS, "now()")
    assert "VENDOR" not in sql
    assert "true" not in sql
    assert "false" not in sql
    assert rules.sql(Visibility.HIDDEN, COLUMNS | {"viewer": ViewerKind.OTHER}, "now()") == "true"
    assert rules.sql(Visibility.VISIBLE, COLUMNS | {"viewer": ViewerKind.OTHER}, "now()") == "false"


def test_no_caller_can_set_a_switch() -> None:
    names = {field.name: field.name for field in refund.fields}
    off = refund.for_policy(make_policy("off", refund={"withdrawals": False}))
    assert "withdrawals_refund" not in off.sql(Refund.REFUNDABLE, names, "now()")
    assert off.sql(Refund.REFUNDABLE, names | {"withdrawals_refund": True}, "now()") == off.sql(
        Refund.REFUNDABLE, names, "now()"
    )


def test_there_is_no_negation_so_a_null_never_makes_anything_visible() -> None:
    for verdict in Visibility:
        assert " not " not in visibility.for_policy(POLICY).sql(verdict, COLUMNS, "now()")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"viewer": Visibility.VISIBLE}, TypeError),
        ({"responded_after": True}, TypeError),
        ({"waited": 5}, TypeError),
    ],
)
def test_a_fixed_value_of_another_type_is_refused(change: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        visibility.for_policy(POLICY).sql(Visibility.VISIBLE, COLUMNS | change, "now()")


def test_a_fact_without_a_column_is_refused() -> None:
    columns = {name: column for name, column in COLUMNS.items() if name != "closed"}
    with pytest.raises(KeyError, match="closed"):
        visibility.for_policy(POLICY).sql(Visibility.VISIBLE, columns, "now()")


def test_a_verdict_of_another_ruleset_is_refused() -> None:
    with pytest.raises(TypeError):
        visibility.for_policy(POLICY).sql(Refund.REFUNDABLE, COLUMNS, "now()")
