"""All languages have the same texts with the same placeholders and the right plural forms."""

import dataclasses
from datetime import UTC, datetime
from hashlib import sha256
from itertools import product

import pytest

from models.base.ids import new_id
from models.feed.events import FeedEventView
from models.feed.kinds import NOTIFICATIONS, MessageTemplate
from models.feed.kinds import NotificationKind as Kind
from models.feed.list import NotificationView
from models.feed.wording import decision_message, notice
from models.feed.wording.catalog import Catalog
from models.feed.wording.language import CATALOGS, language_for
from models.feed.wording.notices import check_words
from models.feed.wording.words import WORDS
from models.policies.decisions import RecordedDecision
from rules import Policy, production_parameters, refund, review_reminder, visibility
from rules.calls.call_closing import call_closing
from rules.calls.call_mail import call_mail
from rules.calls.call_route import call_route
from rules.calls.call_sms import call_sms
from rules.calls.presence import presence
from rules.chat.chat_access import chat_access
from rules.chat.chat_nudge import chat_nudge
from rules.chat.chat_view import chat_view
from rules.complaint import complaint
from rules.contacting.call_time import call_time
from rules.contacting.channel_for_goal import channel_for_goal
from rules.contacting.channel_preference import channel_preference
from rules.contacting.contact_advice import contact_advice
from rules.contacting.contact_permission import contact_permission
from rules.contacting.contact_right import contact_right
from rules.contacting.follow_up import follow_up
from rules.contacting.mail_time import mail_time
from rules.engine.dsl import RulesetDefinition
from rules.engine.wording import placeholders
from rules.messages.bounce import bounce
from rules.messages.dispatch import dispatch
from rules.messages.retry import retry
from rules.messages.webhook_endpoint import webhook_endpoint
from rules.placements.complaint_placement import complaint_placement
from rules.placements.placement import placement
from rules.placements.terms import Placement
from rules.registry import ALL
from rules.smart_data.smart_data_access import smart_data_access
from rules.smart_data.smart_data_search import smart_data_search

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
PRODUCTION = Policy.from_parameters(
    version="v1", market="main", effective_from=AT, parameters=production_parameters()
)
# The hashes of the English sentences that the translations were made from. If one differs, read the
# translations of the changed rules, correct them, and enter the new value here.
TRANSLATED_FROM = {
    visibility: "6d125c13a7c79b53",
    refund: "c48bdd529d9f6ae6",
    review_reminder: "11d842f43c351d77",
    complaint: "fd2485e521d1227e",
    dispatch: "35a4b03e3549e096",
    retry: "72f320b74609624e",
    bounce: "67eb9bec0ed1e83c",
    webhook_endpoint: "229a83072b0e6eff",
    presence: "412875fef81123cb",
    call_route: "1acce0b7f532af1b",
    call_mail: "c3c78ccfbbdd7383",
    call_sms: "66950f73b54c222e",
    call_closing: "70fa20744540a49b",
    chat_access: "1465be2b4e6c75ed",
    chat_view: "bfed936d09e70219",
    chat_nudge: "46bd4453b0bfa38f",
    placement: "486b100a8eb03771",
    complaint_placement: "ec06179ee350c19c",
    contact_right: "03e4fcf674c33de6",
    contact_permission: "bc270d3169cac774",
    channel_preference: "4785b6c8b48004be",
    channel_for_goal: "1b1c5e72d4542b11",
    follow_up: "a98ebfed3bf90f1a",
    contact_advice: "0ee8d79cf12bb2d3",
    call_time: "2e3098354fd94e6d",
    mail_time: "2ba9bdbda0cd01d8",
    smart_data_access: "354b9aac460fe69c",
    smart_data_search: "13a6224c8d5c50e8",
}
# The rule ids recorded if a person decided; the English catalog must have sentences for them too.
BY_PEOPLE = {"complaint": {"operator_decided", "operator_overrode"}}
FOREIGN = [CATALOGS[language] for language in ("de", "pl", "ro")]
RULESETS = pytest.mark.parametrize("ruleset", TRANSLATED_FROM, ids=lambda ruleset: ruleset.name)
BY_LANGUAGE = pytest.mark.parametrize("catalog", FOREIGN, ids=lambda catalog: catalog.language)


@BY_LANGUAGE
@RULESETS
def test_every_rule_is_translated_with_the_same_placeholders(
    catalog: Catalog, ruleset: RulesetDefinition[object]
) -> None:
    rules = {rule.id: placeholders(rule.sentence) for rule in ruleset.rules(PRODUCTION)}
    said = {name: placeholders(text) for name, text in catalog.sentences[ruleset.name].items()}
    assert said == rules | {name: frozenset[str]() for name in BY_PEOPLE.get(ruleset.name, ())}


def test_the_english_catalog_has_only_the_decisions_of_people() -> None:
    said = CATALOGS["en"].sentences
    assert {name: set(sentences) for name, sentences in said.items()} == BY_PEOPLE
    assert not any(placeholders(text) for sentences in said.values() for text in sentences.values())


@pytest.mark.parametrize("catalog", CATALOGS.values(), ids=lambda catalog: catalog.language)
def test_the_operators_decisions_have_sentences(catalog: Catalog) -> None:
    for rule_id in BY_PEOPLE["complaint"]:
        decision = RecordedDecision(
            new_id(), new_id(), "complaint", "REJECTED", rule_id, PRODUCTION, {}, AT, AT, new_id()
        )
        message = decision_message(decision, catalog.language, "UTC")
        assert message == catalog.sentences["complaint"][rule_id]
        assert message.endswith(".")


def test_the_sentences_of_every_ruleset_are_translated() -> None:
    """A ruleset that is not listed above would be shown in English."""
    assert set(TRANSLATED_FROM) == set(ALL)


@RULESETS
def test_translations_are_of_the_current_sentences(ruleset: RulesetDefinition[object]) -> None:
    text = "\n".join(f"{rule.id}: {rule.sentence}" for rule in ruleset.rules(PRODUCTION))
    assert sha256(text.encode()).hexdigest()[:16] == TRANSLATED_FROM[ruleset]


@BY_LANGUAGE
def test_every_notification_is_translated_with_the_same_placeholders(catalog: Catalog) -> None:
    english = CATALOGS["en"]

    def shape(language: str) -> dict[str, list[list[str]]]:
        said = {key: words[language] for key, words in WORDS.items()}
        return {
            key: sorted(sorted(placeholders(text)) for text in (n.title, *n.body)) for key, n in said.items()
        }

    assert shape(catalog.language) == shape("en")
    assert catalog.changes.keys() == english.changes.keys()
    assert all(placeholders(text) == {"at"} for text in catalog.changes.values())
    assert placeholders(catalog.moment) == placeholders(catalog.start) == {"date", "time", "zone"}


@pytest.mark.parametrize("catalog", CATALOGS.values(), ids=lambda catalog: catalog.language)
def test_points_have_a_form_for_every_number(catalog: Catalog) -> None:
    language = language_for(catalog.language)
    forms = {language.locale.plural_form(number) for number in range(1000)}
    assert forms <= catalog.points.keys()
    assert all(placeholders(form) == {"number"} for form in catalog.points.values())


def test_every_placement_is_used_and_all_but_changes_of_calls_are_in_the_list() -> None:
    assert {kind for kind in Kind if Placement.NOTIFICATION in kind.placements} == NOTIFICATIONS
    assert set(Kind) - NOTIFICATIONS == {Kind.CALL_CHANGED, Kind.CHAT_MESSAGE, Kind.CHAT_READ}
    assert {place for kind in Kind for place in kind.placements} == set(Placement)


@pytest.mark.parametrize("language", CATALOGS)
def test_a_kind_without_words_in_a_language_is_an_error_with_its_name(language: str) -> None:
    unsaid = {name: text for name, text in WORDS["POINTS_PURCHASED"].items() if name != language}
    with pytest.raises(LookupError, match=f"POINTS_PURCHASED: has no words in {language}"):
        check_words({**WORDS, "POINTS_PURCHASED": unsaid}, CATALOGS)


def test_words_without_a_kind_and_a_kind_without_words_are_errors() -> None:
    without = {key: words for key, words in WORDS.items() if key != "MEETING_RECORDED.NO_SHOW"}
    with pytest.raises(LookupError, match=r"MEETING_RECORDED\.NO_SHOW: has no words"):
        check_words(without, CATALOGS)
    with pytest.raises(LookupError, match=r"NO_SUCH\.variant: is not a kind of notification"):
        check_words({**WORDS, "NO_SUCH.variant": WORDS["POINTS_PURCHASED"]}, CATALOGS)
    with pytest.raises(LookupError, match="POINTS_PURCHASED: has no words"):
        check_words({key: words for key, words in WORDS.items() if key != "POINTS_PURCHASED"}, CATALOGS)


def test_a_kind_without_description_or_outside_the_list_is_an_error_with_its_name() -> None:
    with pytest.raises(ValueError, match="NEW_KIND: describe"):
        Kind.__new_member__(Kind, "NEW_KIND", (Placement.NOTIFICATION,))  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="NEW_KIND: must be shown in the list"):
        Kind.__new_member__(Kind, "NEW_KIND", (Placement.BANNER,), "New.")  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="new_template: describe"):
        MessageTemplate.__new_member__(MessageTemplate, "new_template")  # type: ignore[attr-defined]


def _view(kind: Kind, **details: object) -> NotificationView:
    parameters = {"points": 22, "items": 5, "checked": 500, "total": 1_000}
    event = FeedEventView(
        new_id(), new_id(), 1, kind, new_id(), new_id(), new_id(), None, parameters, AT, None
    )
    view = NotificationView(
        event=event,
        for_vendor=True,
        lead_title="A {title} 100% <b>",
        vendor_name="Vendor {0}",
        fee=5,
        opens_at=AT,
        complaint_until=AT,
        complaint_number="C-000042",
        decide_by=AT,
        meeting_at=AT,
        policy=PRODUCTION,
    )
    return dataclasses.replace(view, **details)  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", CATALOGS)
def test_no_placeholder_is_left_when_all_values_are_known(locale: str) -> None:
    known: tuple[dict[str, object], ...] = (
        {},
        {"for_vendor": False},
        {"meeting_statement": "NO_SHOW"},
        {"refunded": True},
    )
    for kind, details in product(NOTIFICATIONS, known):
        text = notice(_view(kind, **details), locale, "Europe/Berlin")
        left = (text.title + text.body).replace("{title}", "").replace("{0}", "")
        assert "{" not in left
        assert "…" not in left
        assert text.body.endswith(".")


@pytest.mark.parametrize("locale", CATALOGS)
def test_a_text_without_known_values_is_not_empty(locale: str) -> None:
    for kind in NOTIFICATIONS:
        view = NotificationView(event=_view(kind).event, for_vendor=False)
        text = notice(view, locale, "nowhere")
        assert text.title, kind
        assert "{" not in text.title + text.body, kind


COMPLAINTS = [
    (
        Kind.COMPLAINT_FILED,
        True,
        "Complaint C-000042 filed",
        ["Contacts: 5.", "before 24 November 2026, 12:00 CET"],
    ),
    (Kind.COMPLAINT_FILED, False, "Vendor {0} filed complaint C-000042", ["must be decided before 24 Nov"]),
    (
        Kind.COMPLAINT_PROGRESS,
        False,
        "Your complaint is being checked",
        ["500 of 1,000", "No action is needed"],
    ),
    (
        Kind.COMPLAINT_DECIDED,
        True,
        "Complaint C-000042 decided",
        ["answer file", "points are credited", "chat"],
    ),
    (
        Kind.COMPLAINT_DUE,
        False,
        "Complaint C-000042 awaits a decision",
        ["Vendor {0}", "decide it before"],
    ),
    (
        Kind.COMPLAINT_OVERDUE,
        True,
        "The decision on complaint C-000042 is late",
        ["due before", "decided automatically", "ask"],
    ),
    (Kind.COMPLAINT_OVERDUE, False, "Complaint C-000042 is overdue", ["before 24 November", "decide it now"]),
    (
        Kind.COMPLAINT_MESSAGE,
        True,
        "New message about complaint C-000042",
        ["The operator wrote", "answer the message"],
    ),
    (Kind.COMPLAINT_MESSAGE, False, "New message about complaint C-000042", ["written by Vendor {0}"]),
    (
        Kind.REMEDY_POINTS,
        False,
        "Credited for a complaint: 22 points",
        ["back in your account", "Faulty contact"],
    ),
    (
        Kind.REPLACEMENT_DELIVERED,
        False,
        "Replacement: “A {title} 100% <b>”",
        ["faulty", "Get in touch", "before"],
    ),
]


@pytest.mark.parametrize(("kind", "for_vendor", "title", "parts"), COMPLAINTS)
def test_s1_11_each_side_of_a_complaint_learns_what_to_do_until_when(
    kind: Kind, for_vendor: bool, title: str, parts: list[str]
) -> None:
    text = notice(_view(kind, for_vendor=for_vendor), "en", "Europe/Berlin")
    assert text.title == title
    assert [part for part in parts if part not in text.body] == []


@pytest.mark.parametrize("locale", CATALOGS)
def test_points_for_several_contacts_mention_none_of_them(locale: str) -> None:
    view = _view(Kind.REMEDY_POINTS, lead_title=None)
    text = notice(view, locale, "UTC")
    assert "22" in text.title
    assert "…" not in text.title + text.body
    assert "„" not in text.body


@pytest.mark.parametrize("locale", CATALOGS)
def test_a_replacement_without_a_complaint_window_mentions_none(locale: str) -> None:
    sentences = [
        notice(_view(Kind.REPLACEMENT_DELIVERED, complaint_until=until), locale, "UTC").body
        for until in (AT, None)
    ]
    assert sentences[0].startswith(sentences[1])
    assert "2026" in sentences[0].removeprefix(sentences[1])


@pytest.mark.parametrize("locale", CATALOGS)
@pytest.mark.parametrize(("points", "variant"), [(22, "waited"), (0, "free")])
def test_points_after_a_wait_say_that_no_replacement_arrived(locale: str, points: int, variant: str) -> None:
    """It does not say who decided the complaint, or that points came back if nothing was charged."""
    view = _view(Kind.REMEDY_POINTS)
    event = dataclasses.replace(view.event, parameters={"points": points, "waited": True})
    text = notice(dataclasses.replace(view, event=event), locale, "UTC")
    said = WORDS[f"REMEDY_POINTS.{variant}"][locale]
    assert text.body.startswith(said.body[0])
    assert ("22" in text.title) is (points > 0)
