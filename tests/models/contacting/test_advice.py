"""Advice as a chain of decisions (S3.1 to S3.8, S3.14 to S3.29), from what is known of a person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from models.base.ids import new_id
from models.base.refusal import LANGUAGES
from models.contact_data.channel import Channel
from models.contacting.advice import advise, preference_of
from models.contacting.advice_views import (
    AdviceInput,
    AdviceView,
    AdviceWarning,
    Advised,
    KnownWays,
    LastAttempt,
    ProfileView,
    StatementView,
)
from models.contacting.advice_words import ContactQuestion, GentleLead, Meanwhile, VoicemailText
from models.contacting.checklist_words import CHECKLISTS, CallLine, Checklist, EmailLine, EmailReason
from models.contacting.facts import ContactCase
from models.contacting.markers import StatementKind, Strength
from models.contacting.permissions import Decided
from models.contacting.person import Reachable
from models.contacting.statement_origin import StatementOrigin
from models.contacting.tables import ContactOutcome, StopOrigin, StopScope
from models.contacting.views import StopView
from rules.contacting.channel_for_goal import ContactGoal
from rules.contacting.channel_preference import PersonDays, PersonTemper, Preference
from rules.contacting.contact_advice import Advice
from rules.contacting.follow_up import PersonStatus
from rules.contacting.terms import ContactBasis, Medium
from tests.rules.support import make_policy

POLICY = make_policy()
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=BERLIN).astimezone(UTC)  # a Tuesday afternoon
NIGHT = datetime(2026, 11, 24, 21, 0, tzinfo=BERLIN).astimezone(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PERSON = Reachable(
    basis=ContactBasis.OPEN_ASKED,
    market_zone="Europe/Berlin",
    phone="+4930901820",
    email=True,
    chat=True,
    meeting=True,
    country="DE",
)
NOTHING = KnownWays(ProfileView(), (), False, None, NOW - 30 * DAY, None, False, ())


def stop(medium: Medium | None) -> StopView:
    return StopView(new_id(), StopScope.MARKET, medium, NOW - DAY, None, StopOrigin.PERSON, None)


def case(person: Reachable = PERSON, stops: Sequence[StopView] = ()) -> ContactCase:
    return ContactCase(new_id(), new_id(), None, person, POLICY, NOW, stops)


def said(
    kind: StatementKind,
    at: datetime = NOW - HOUR,
    strength: Strength = Strength.STRONG,
    origin: StatementOrigin = StatementOrigin.MARKER,
    until: date | None = None,
    taken_back_at: datetime | None = None,
) -> StatementView:
    return StatementView(new_id(), kind, strength, origin, at, False, until, taken_back_at)


def ask(
    known: KnownWays = NOTHING,
    given: AdviceInput | None = None,
    at: datetime = NOW,
    person: Reachable = PERSON,
    stops: Sequence[StopView] = (),
) -> AdviceView:
    return advise(case(person, stops), known, given or AdviceInput(), at)


def knowing(*statements: StatementView, **changes: object) -> KnownWays:
    newest_first = sorted(statements, key=lambda one: one.at, reverse=True)
    return replace(NOTHING, statements=newest_first, **changes)  # type: ignore[arg-type]


def after(outcome: ContactOutcome, ago: timedelta = HOUR, **changes: object) -> KnownWays:
    return replace(NOTHING, last=LastAttempt(outcome, NOW - ago), **changes)  # type: ignore[arg-type]


TRIAL = AdviceInput(ContactGoal.TRIAL)
ROWS = [
    ("S3.1 said: send me an email", knowing(said(StatementKind.WRITE)), TRIAL, NOW, Advice.WRITE),
    ("S3.1 said: I cannot talk", knowing(said(StatementKind.CANNOT_TALK)), TRIAL, NOW, Advice.WRITE),
    ("S3.1 asked directly", replace(NOTHING, chosen=Channel.PHONE), AdviceInput(), NOW, Advice.CALL),
    (
        "S3.1 travels",
        replace(NOTHING, profile=ProfileView(1, days=PersonDays.TRAVELS)),
        TRIAL,
        NOW,
        Advice.WRITE,
    ),
    (
        "S3.1 outgoing",
        replace(NOTHING, profile=ProfileView(1, temper=PersonTemper.OUTGOING)),
        None,
        NOW,
        Advice.CALL,
    ),
    ("S3.2 nothing is known", NOTHING, AdviceInput(), NOW, Advice.WRITE),
    ("S3.2 their convenience", replace(NOTHING, chosen=Channel.EMAIL), TRIAL, NOW, Advice.WRITE),
    ("S3.3 speed", NOTHING, AdviceInput(urgent=True), NOW, Advice.CALL),
    ("S3.3 emotion", NOTHING, AdviceInput(feelings=True), NOW, Advice.CALL),
    ("S3.3 counter-offer", NOTHING, AdviceInput(ContactGoal.COUNTER_OFFER), NOW, Advice.CALL),
    ("S3.4 a meeting", NOTHING, AdviceInput(ContactGoal.MEETING), NOW, Advice.CALL),
    ("S3.4 a clarification", NOTHING, AdviceInput(ContactGoal.CLARIFICATION), NOW, Advice.WRITE),
    ("S3.6 no answer", after(ContactOutcome.NO_ANSWER), None, NOW, Advice.VOICEMAIL),
    ("S3.8 after a call", after(ContactOutcome.SPOKE), TRIAL, NOW, Advice.WRITE),
    (
        "S3.8, S3.18 an employee",
        after(ContactOutcome.NO_ANSWER, profile=ProfileView(1, status=PersonStatus.EMPLOYEE)),
        None,
        NOW,
        Advice.WRITE,
    ),
    (
        "S3.14 the newest answer",
        knowing(said(StatementKind.CALL, origin=StatementOrigin.ANSWER)),
        None,
        NOW,
        Advice.CALL,
    ),
    ("S3.15 the house", replace(NOTHING, house_reads_mail=True), TRIAL, NOW, Advice.WRITE),
    ("S3.16 will call back", knowing(said(StatementKind.CALLBACK_PROMISED)), TRIAL, NOW, Advice.WAIT),
    ("S3.16 did not", knowing(said(StatementKind.CALLBACK_PROMISED, NOW - DAY)), TRIAL, NOW, Advice.WRITE),
    (
        "S3.17 by the minute",
        replace(NOTHING, profile=ProfileView(1, days=PersonDays.IN_MEETINGS)),
        TRIAL,
        NOW,
        Advice.WRITE,
    ),
    (
        "S3.18 likes calls: a second call",
        after(ContactOutcome.VOICEMAIL, DAY, chosen=Channel.PHONE),
        None,
        NOW,
        Advice.CALL,
    ),
    ("S3.19 heard", NOTHING, AdviceInput(ContactGoal.OFFER, feelings=True), NOW, Advice.CALL),
    ("S3.20 objections", NOTHING, AdviceInput(ContactGoal.OBJECTION), NOW, Advice.CALL),
    ("S3.22 not allowed now", NOTHING, TRIAL, NIGHT, Advice.CALL_LATER),
    ("S3.23 the assistant", after(ContactOutcome.SPOKE_TO_ASSISTANT), TRIAL, NOW, Advice.WRITE),
    ("S3.29 they have time", after(ContactOutcome.WROTE), TRIAL, NOW, Advice.WAIT),
    ("S3.29 another try", after(ContactOutcome.WROTE, DAY), TRIAL, NOW, Advice.CALL),
    ("S3.29 they said no", after(ContactOutcome.REFUSED, 9 * DAY), TRIAL, NOW, Advice.WAIT),
    ("S3.29 a meeting was agreed", after(ContactOutcome.MEETING_AGREED), TRIAL, NOW, Advice.WRITE),
]


def test_leads_of_a_page_are_advised_as_each_alone() -> None:
    """What many of them share is worked out once: twice each, in one zone and another, at two instants."""
    decided: Decided = {}
    advised: Advised = {}
    elsewhere = replace(PERSON, phone="+40212345678", country="RO")
    for _, known, given, at, _ in ROWS + ROWS:
        for person in (PERSON, elsewhere, replace(PERSON, email=False)):
            for when in (at, at + 3 * HOUR):
                alone = case(person)
                on_page = replace(alone, decided=decided, advised=advised)
                goal = given or AdviceInput()
                assert advise(on_page, known, goal, when) == advise(alone, known, goal, when)
    assert 0 < len(advised) < 6 * len(ROWS)


@pytest.mark.parametrize(
    ("known", "given", "at", "advice"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_each_line_of_s3_leads_to_its_advice(
    known: KnownWays, given: AdviceInput | None, at: datetime, advice: Advice
) -> None:
    assert ask(known, given, at).advice.verdict is advice


def test_law_comes_before_advice() -> None:
    """Consent and do-not-contact beat every advice."""
    wants_calls = replace(NOTHING, chosen=Channel.PHONE)
    assert ask(wants_calls, stops=[stop(Medium.CALL)]).advice.verdict is Advice.WRITE
    assert ask(wants_calls, stops=[stop(None)]).advice.verdict is Advice.DO_NOT_CONTACT
    assert ask(wants_calls, person=replace(PERSON, erased=True)).advice.verdict is Advice.DO_NOT_CONTACT
    only_phone = replace(PERSON, email=False, chat=False, meeting=False)
    assert ask(NOTHING, person=only_phone).advice.verdict is Advice.CALL


def test_the_chain_names_each_decision_in_order() -> None:
    rulesets = [decision.ruleset for decision in ask().because]
    assert rulesets[:3] == ["channel_preference", "channel_for_goal", "follow_up"]
    assert rulesets[3:] == ["contact_right", "contact_permission"] * len(Medium)


def test_a_newer_word_beats_the_answer_and_at_one_instant_the_answer_counts() -> None:
    answer = said(StatementKind.CALL, NOW - 2 * HOUR, origin=StatementOrigin.ANSWER)
    newer = said(StatementKind.WRITE, NOW - HOUR)
    same = said(StatementKind.WRITE, NOW - 2 * HOUR)
    older = said(StatementKind.WRITE, NOW - 3 * HOUR)
    for other, verdict in ((newer, Preference.WRITE), (same, Preference.CALL), (older, Preference.CALL)):
        assert preference_of(knowing(answer, other), case(), NOW).verdict is verdict


def test_weak_words_count_only_if_two_agree() -> None:
    weak = [said(StatementKind.WRITE, NOW - ago * HOUR, Strength.WEAK) for ago in (1, 2)]
    other = said(StatementKind.CALL, NOW - 3 * HOUR, Strength.WEAK)
    assert preference_of(knowing(weak[0]), case(), NOW).verdict is Preference.OPEN
    assert preference_of(knowing(weak[0], other), case(), NOW).verdict is Preference.OPEN
    assert preference_of(knowing(*weak), case(), NOW).verdict is Preference.WRITE
    assert preference_of(knowing(*weak, other), case(), NOW).verdict is Preference.WRITE
    strong = said(StatementKind.CALL, NOW - 4 * HOUR)
    assert preference_of(knowing(weak[0], strong), case(), NOW).verdict is Preference.CALL


def test_what_was_taken_back_or_said_later_does_not_count() -> None:
    for statement in (
        said(StatementKind.CALL, taken_back_at=NOW),
        said(StatementKind.CALL, NOW + timedelta(microseconds=1)),
    ):
        assert preference_of(knowing(statement), case(), NOW).verdict is Preference.OPEN


def test_a_word_of_the_person_ends_the_wait() -> None:
    wrote = LastAttempt(ContactOutcome.WROTE, NOW - 2 * HOUR)
    known = replace(knowing(said(StatementKind.CALL)), last=wrote)
    assert ask(known).because[2].rule_id == "person_reacted"
    assert ask(known).advice.verdict is Advice.CALL
    earlier = replace(known, last=LastAttempt(ContactOutcome.WROTE, NOW))
    assert ask(earlier).advice.verdict is Advice.WAIT


def test_s3_5_the_best_time_is_part_of_the_advice() -> None:
    good = ask(NOTHING, TRIAL)
    assert (good.best_from, good.meanwhile) == (NOW, None)
    assert good.moment.verdict == "GOOD"
    morning = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)  # a Monday
    later = ask(NOTHING, TRIAL, morning.astimezone(UTC))
    assert later.moment.rule_id == "monday_morning"
    assert later.best_from == datetime(2026, 11, 25, 13, 0, tzinfo=BERLIN)
    assert later.best_until == datetime(2026, 11, 25, 17, 30, tzinfo=BERLIN)


def test_s3_22_while_a_call_waits_the_proposal_is_written() -> None:
    found = ask(NOTHING, TRIAL, NIGHT)
    assert found.meanwhile is Meanwhile.WRITE_PROPOSAL
    opens = found.hours.opens_at
    assert opens is not None
    assert found.best_from is not None
    assert found.best_from >= opens > NIGHT


@pytest.mark.parametrize(
    ("known", "at", "meanwhile"),
    [
        (after(ContactOutcome.NO_ANSWER), NOW, Meanwhile.PREPARE_VOICEMAIL),
        (after(ContactOutcome.WROTE), NOW, Meanwhile.READ_UP),
        (NOTHING, NOW + HOUR / 2, Meanwhile.DRAFT_EMAIL),
        (NOTHING, NOW, None),
    ],
)
def test_s3_22_there_is_always_something_to_do_now(
    known: KnownWays, at: datetime, meanwhile: Meanwhile | None
) -> None:
    assert ask(known, at=at).meanwhile is meanwhile
    assert ask(stops=[stop(None)]).meanwhile is Meanwhile.LEAVE_ALONE


def test_s3_6_a_voicemail_is_left_in_the_evening() -> None:
    found = ask(after(ContactOutcome.NO_ANSWER))
    assert found.best_from == datetime(2026, 11, 24, 17, 30, tzinfo=BERLIN)
    assert found.checklist is Checklist.VOICEMAIL


def test_s3_7_an_email_is_sent_around_the_full_hour() -> None:
    assert ask(at=NOW + HOUR / 2).moment.rule_id == "between_the_hours"
    assert ask(at=NOW + HOUR / 2).best_from == NOW + timedelta(minutes=50)


def test_an_absence_moves_the_best_time_behind_it() -> None:
    away = knowing(said(StatementKind.OUT_OF_OFFICE, until=date(2026, 11, 30)))
    found = ask(away, TRIAL)
    assert found.best_from == datetime(2026, 12, 1, 13, 0, tzinfo=BERLIN)


def test_a_wait_says_when_it_ends() -> None:
    found = ask(after(ContactOutcome.WROTE))
    assert found.because[2].changes_at == NOW - HOUR + DAY
    assert found.best_from == datetime(2026, 11, 25, 13, 0, tzinfo=BERLIN)
    assert ask(after(ContactOutcome.REFUSED)).best_from is None


@pytest.mark.parametrize(
    ("known", "given", "at", "warning"),
    [
        (replace(NOTHING, chosen=Channel.EMAIL), TRIAL, NOW, AdviceWarning.COMPLEX_BY_MAIL),
        (
            replace(NOTHING, chosen=Channel.PHONE),
            AdviceInput(ContactGoal.OPINION),
            NOW,
            AdviceWarning.TRIFLE_BY_PHONE,
        ),
        (replace(NOTHING, bought=True), TRIAL, NOW, AdviceWarning.GREAT_CAUTION),
        (NOTHING, TRIAL, NOW + 3 * DAY, AdviceWarning.CONTRADICTED_BY_DATA),
        (
            replace(NOTHING, profile=ProfileView(1, status=PersonStatus.SENIOR)),
            TRIAL,
            NOW,
            AdviceWarning.EXPECT_AN_ASSISTANT,
        ),
        (replace(NOTHING, accepts=(Medium.EMAIL,)), TRIAL, NOW, AdviceWarning.SENDER_PREFERS_ANOTHER),
    ],
)
def test_s3_8_s3_21_warnings(
    known: KnownWays, given: AdviceInput, at: datetime, warning: AdviceWarning
) -> None:
    assert ask(known, given, at).warnings == (warning,)
    assert warning not in ask(NOTHING, TRIAL).warnings


def test_an_unsure_place_is_a_warning() -> None:
    american = replace(PERSON, phone="+12125550176", country="US")
    assert AdviceWarning.ZONE_UNSURE in ask(person=american).warnings


def test_s3_2_a_sender_who_accepts_one_medium_leads_there_gently() -> None:
    """S3.42: it is named by the sender."""
    found = ask(replace(NOTHING, accepts=(Medium.EMAIL, Medium.CHAT)), TRIAL)
    assert found.lead is GentleLead.EMAIL
    assert "would that suit you too?" in GentleLead.EMAIL.words.en
    assert ask(replace(NOTHING, accepts=(Medium.CALL,)), TRIAL).lead is None
    assert ask(NOTHING, TRIAL).lead is None
    assert {lead.name for lead in GentleLead} == {medium.name for medium in Medium}


def test_s3_9_s3_27_a_call_has_a_checklist() -> None:
    assert ask(NOTHING, TRIAL).checklist is Checklist.CALL
    assert [line.name for line in CallLine] == [
        "INTRODUCE_YOURSELF",
        "NO_APOLOGY",
        "ASK_WHETHER_IT_SUITS",
        "COME_TO_THE_POINT",
        "MATCH_THE_PACE",
        "ASK_BEFORE_HOLDING",
        "MUTE_WHILE_HOLDING",
        "HEAR_OUT",
    ]


@pytest.mark.parametrize(
    ("requirement", "line", "words"),
    [
        ("S3.10", EmailLine.MEANINGFUL_SUBJECT, "subject"),
        ("S3.10", EmailLine.EVERYTHING_NEEDED, "links and attachments"),
        ("S3.10", EmailLine.QUOTE, "Quote"),
        ("S3.10", EmailLine.READ_CAREFULLY, "Read carefully"),
        ("S3.10, S3.26", EmailLine.SHORT_SIGNATURE, "short signature"),
        ("S3.24", EmailLine.ONE_CLICK_REFUSAL, "one click"),
        ("S3.25", EmailLine.SAY_WHO_YOU_ARE, "name, role, company and website"),
        ("S3.26", EmailLine.EVERYTHING_NEEDED, "no further question"),
        ("S3.26", EmailLine.MEANINGFUL_SUBJECT, "keep to it"),
        ("S3.28", EmailReason.MEANINGFUL_SUBJECT, "21% were read early in 2013, and 51% in December 2013"),
    ],
)
def test_an_email_has_a_checklist(requirement: str, line: EmailLine | EmailReason, words: str) -> None:
    assert words in line.words.en, requirement
    assert ask(at=NOW).checklist is Checklist.EMAIL


def test_s3_14_the_direct_question_has_its_own_words() -> None:
    assert (
        ContactQuestion.HOW_TO_KEEP_IN_TOUCH.words.en == "How would it suit you to keep in touch from now on?"
    )


def test_texts_are_short_and_every_line_has_its_reason() -> None:
    for lines in CHECKLISTS.values():
        assert all(line.name == reason.name for line, reason in lines)
        for language in LANGUAGES:
            texts = [getattr(wording.words, language) for pair in lines for wording in pair]
            assert len(texts) == len(set(texts))
    assert all(len(CHECKLISTS[checklist]) < 15 for checklist in Checklist)
    assert all(
        getattr(VoicemailText.SHORT.words, one) != getattr(VoicemailText.SHORT.words, two)
        for one, two in pairwise(LANGUAGES)
    )
