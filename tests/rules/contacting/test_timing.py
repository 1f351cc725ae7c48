"""Good times for calls and email (S3.5 to S3.7), at the limits."""

from datetime import UTC, datetime, timedelta

import pytest

from rules import Decision, decide
from rules.contacting.call_time import CallTimeFacts, Moment, RecipientDay, call_time
from rules.contacting.mail_time import MailTimeFacts, mail_time
from tests.rules.support import MICROSECOND, make_policy

POLICY = make_policy()
WORKDAYS = tuple(RecipientDay)[:5]
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
WORK, LUNCH, END = (MIDNIGHT + timedelta(hours=hours) for hours in (9, 13, 17.5))


def call(day: RecipientDay, at: datetime) -> Decision:
    return decide(call_time, POLICY, CallTimeFacts(day, WORK, LUNCH, END), at)


@pytest.mark.parametrize("day", WORKDAYS)
def test_s3_5_afternoons_are_good_until_work_ends(day: RecipientDay) -> None:
    assert call(day, LUNCH - MICROSECOND).verdict is not Moment.GOOD
    assert call(day, LUNCH).verdict is Moment.GOOD
    assert call(day, END - MICROSECOND).verdict is Moment.GOOD
    over = call(day, END)
    assert (over.verdict, over.rule_id, over.requirement) == (Moment.POSTPONE, "after_work", "S3.6")


def test_s3_5_the_end_of_the_week_is_best() -> None:
    said = {day: call(day, LUNCH).rule_id for day in WORKDAYS}
    late = {day for day, rule_id in said.items() if rule_id == "afternoon_late_in_week"}
    assert late == {RecipientDay.THURSDAY, RecipientDay.FRIDAY}
    assert set(said.values()) == {"afternoon", "afternoon_late_in_week"}


def test_s3_5_monday_morning_is_postponed_and_other_mornings_are_fair() -> None:
    for day in WORKDAYS:
        decision = call(day, WORK)
        monday = day is RecipientDay.MONDAY
        assert decision.verdict is (Moment.POSTPONE if monday else Moment.FAIR)
        assert decision.rule_id == ("monday_morning" if monday else "morning")
        assert decision.changes_at == LUNCH
        assert call(day, WORK - MICROSECOND).rule_id == "before_work"


@pytest.mark.parametrize("day", [RecipientDay.WEEKEND, RecipientDay.HOLIDAY])
def test_nobody_is_called_at_weekends_and_on_holidays(day: RecipientDay) -> None:
    for at in (WORK, LUNCH, END, MIDNIGHT):
        assert call(day, at).rule_id == day.lower()


def test_s3_7_email_is_best_around_the_full_hour() -> None:
    hour = MIDNIGHT + timedelta(hours=10)
    edge = timedelta(seconds=POLICY.advice.hour_edge)
    facts = MailTimeFacts(hour - edge, hour + edge)
    said = [
        decide(mail_time, POLICY, facts, at).verdict
        for at in (hour - edge - MICROSECOND, hour - edge, hour, hour + edge - MICROSECOND, hour + edge)
    ]
    assert said == [Moment.FAIR, Moment.GOOD, Moment.GOOD, Moment.GOOD, Moment.FAIR]
    assert decide(mail_time, POLICY, facts, hour - timedelta(minutes=30)).changes_at == hour - edge
