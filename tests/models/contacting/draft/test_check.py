"""What is found in a draft, in four languages: each finding, and drafts that are in order."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.refusal import LANGUAGES, Refusal, RefusalCode
from models.contacting.draft.check import check_draft
from models.contacting.draft.email_draft import MOST_CHARS, EmailDraft, Sender
from models.contacting.draft.finding_words import WORDS, finding_message
from models.contacting.draft.findings import SEVERITY, DraftCode, DraftFinding, DraftSeverity
from models.contacting.draft.reading import fold
from rules.contacting.terms import ContactPurpose

TEXTS = st.text(max_size=300)
SENDER = Sender("Vera Vogel", "Vogel Solar GmbH")
SIGNATURE = """

Vera Vogel
Sales manager, Vogel Solar GmbH
+49 30 901820, https://vogel-solar.example
"""
TEXT = f"Dear Mr Meier,\n\nthe solar panels for your roof can be delivered in March.{SIGNATURE}"


def _found(**changes: Any) -> dict[DraftCode, str]:
    """Return the findings about a good draft with some fields changed, with their fields."""
    good: dict[str, Any] = {
        "purpose": ContactPurpose.THE_LEAD,
        "subject": "Solar panels for your roof",
        "text": TEXT,
    }
    found = check_draft(EmailDraft(**(good | changes)), SENDER)
    return {finding.code: finding.field for finding in found}


def _signed(
    signature: str, text: str = "the solar panels for your roof can be delivered."
) -> dict[DraftCode, str]:
    return _found(text=f"{text}\n\n{signature}")


def test_a_good_draft_has_no_finding() -> None:
    assert _found() == {}


@pytest.mark.parametrize("subject", ["", "  ", "?!", "\u200b", "- -"])
def test_a_subject_without_a_word_is_empty(subject: str) -> None:
    assert _found(subject=subject) == {DraftCode.SUBJECT_EMPTY: "subject"}


@pytest.mark.parametrize(
    "subject", ["Re:", "RE: ", "AW:", "Odp:", "Re: AW: Re:", "Fwd:", "RE[2]:", "Răsp:", "WG:", "re : ?"]
)
def test_a_subject_that_only_says_answer_says_nothing(subject: str) -> None:
    assert _found(subject=subject) == {DraftCode.SUBJECT_ONLY_REPLY: "subject"}


@pytest.mark.parametrize(
    "subject",
    [
        *("Hello", "Question", "Re: Question", "Our offer for you", "IMPORTANT!!!", "Meeting request"),
        *(
            "Angebot",
            "Unser Angebot für Sie",
            "Wichtige Information".replace("ige", "ig"),
            "Guten Tag",
            "AW: Frage",
        ),
        *("Oferta", "Zapytanie", "Dzień dobry", "Ważne", "Nasza oferta dla Państwa"),
        *("Ofertă", "Întrebare", "Bună ziua", "Oferta noastră pentru dumneavoastră"),
    ],
)
def test_a_subject_that_fits_any_email_is_generic(subject: str) -> None:
    assert DraftCode.SUBJECT_GENERIC in _found(subject=subject)


@pytest.mark.parametrize("subject", ["Offer 4711: solar panels", "Angebot Solardach", "Solar", "Your roof"])
def test_a_subject_that_names_the_matter_is_not_generic(subject: str) -> None:
    assert DraftCode.SUBJECT_GENERIC not in _found(subject=subject)


def test_a_subject_of_78_characters_is_not_too_long() -> None:
    subject = "Solar panels for your roof".ljust(78, "x")
    assert _found(subject=subject) == {}
    assert _found(subject=f"{subject}x") == {DraftCode.SUBJECT_TOO_LONG: "subject"}


@pytest.mark.parametrize(
    ("subject", "text", "related"),
    [
        ("Invoice 2231", "The solar panels can be delivered in March.", False),
        ("Invoice 2231", "Please find the invoices of March below.", True),
        ("Angebot für Ihre Photovoltaik", "Die Photovoltaikanlage liefern wir im März.", True),
        ("Remont łazienki", "W sprawie remontu: zaczynamy w maju.", True),
        ("Renovarea băii", "Putem începe renovări în mai.", True),
        ("Renovarea băii", "Putem începe în mai.", False),
        ("Kündigung", "Putem începe în mai.", False),
        ("Re: roof", "The ROOF is done.", True),
    ],
)
def test_a_subject_shares_a_word_with_the_text_in_any_of_its_forms(
    subject: str, text: str, related: bool
) -> None:
    found = _found(subject=subject, text=f"{text}\n\nVera Vogel")
    assert (DraftCode.SUBJECT_UNRELATED not in found) == related


@pytest.mark.parametrize("text", ["", "   \n", "> only a quote\n> of theirs"])
def test_a_text_needs_words_of_its_own(text: str) -> None:
    assert _found(text=text)[DraftCode.TEXT_EMPTY] == "text"


ATTACHED = [
    "Please find the offer attached.",
    "See the attachment for the panels.",
    "Anbei erhalten Sie das Angebot.",
    "Im Anhang finden Sie die Unterlagen.",
    "Das Angebot ist beigefügt.",
    "W załączniku przesyłam ofertę.",
    "Załączam cennik.",
    "Am atașat oferta.",
    "Vă trimit oferta în anexă, ca fișier atașat.",
]


@pytest.mark.parametrize("sentence", ATTACHED)
def test_a_text_that_mentions_an_attachment_needs_one(sentence: str) -> None:
    text = f"Solar roof. {sentence}{SIGNATURE}"
    assert _found(text=text) == {DraftCode.ATTACHMENT_MISSING: "attachmentNames"}
    assert _found(text=text, attachment_names=("offer.pdf",)) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "I send no attachment with this.",
        "Ich sende Ihnen das ohne Anhang.",
        "Nie załączam cennika.",
        "Nu am atașat nimic.",
        "> Please find the offer attached.",
        "The reattachmentless roof.",
    ],
)
def test_what_is_not_attached_on_purpose_is_not_missing(sentence: str) -> None:
    assert DraftCode.ATTACHMENT_MISSING not in _found(text=f"Solar roof.\n{sentence}{SIGNATURE}")


ANSWERED = "Hello,\nwhen can the panels be delivered?\nKarl Meier"


@pytest.mark.parametrize(
    "quote",
    [
        "> when can the panels be delivered?\nIn March.",
        "when can the panels be delivered?\nIn March.",
        "In March.\n\nOn 2 March 2026 at 10:00, Karl Meier wrote:\nHello",
        "Im März.\n\nAm 02.03.2026 um 10:00 schrieb Karl Meier:\n> Hallo".replace(
            "schrieb Karl Meier", "schrieb"
        ),
        "W marcu.\n\nW dniu 2.03.2026 o 10:00 Karl Meier napisał(a):\n> Hej",
        "În martie.\n\nÎn data de 2 martie 2026, Karl Meier a scris:\n> Salut",
    ],
)
def test_an_answer_quotes_what_it_answers(quote: str) -> None:
    text = f"The solar roof.{SIGNATURE}\n{quote}"
    assert DraftCode.QUOTE_MISSING not in _found(text=text, answering=ANSWERED)


def test_an_answer_without_a_quote_is_found() -> None:
    assert _found(answering=ANSWERED) == {DraftCode.QUOTE_MISSING: "text"}
    assert _found(answering="  ") == {}
    assert _found(answering=None) == {}


def test_an_anonymous_draft_is_refused_and_nothing_else_is_said_about_the_sender() -> None:
    """S3, readings: anonymous commercial senders are refused."""
    found = check_draft(
        EmailDraft(ContactPurpose.THE_LEAD, "Solar roof", "a solar roof is cheap now, answer soon"), SENDER
    )
    assert [(finding.code, finding.severity) for finding in found] == [
        (DraftCode.SENDER_ANONYMOUS, DraftSeverity.REFUSED)
    ]


@pytest.mark.parametrize(
    ("signature", "missing"),
    [
        (SIGNATURE, set()),
        ("Vera Vogel", {"ROLE_MISSING", "COMPANY_MISSING", "SITE_MISSING", "OTHER_CHANNEL_MISSING"}),
        ("Vogel Solar, vogel-solar.example, +49 30 901820, Vertrieb", set()),
        (
            "Anna Müller\nVertriebsleiterin\nSonne AG\nwww.sonne.example\nTel. 030 901821",
            set(),
        ),
        ("Jan Kowalski\nKierownik sprzedaży, Słońce sp. z o.o.\nslonce.example, tel. 22 123 45 67", set()),
        ("Ion Popescu\nDirector vânzări, Soare S.R.L.\nsoare.example\n+40 21 123 4567", set()),
        ("Vera Vogel\nSales, Vogel Solar\nwww.vogel.example", {"OTHER_CHANNEL_MISSING"}),
        ("Vera Vogel\nSales, Vogel Solar\nwww.vogel.example, WhatsApp", set()),
        ("Vera Vogel\nVogel Solar\nwww.vogel.example\n030 901820", {"ROLE_MISSING"}),
        ("Vera Vogel\nSales\nwww.sun.example\n030 901820", {"COMPANY_MISSING"}),
        ("Vera Vogel\nSales, Vogel Solar\n030 901820", {"SITE_MISSING"}),
        ("v@vogel.example\nSales, Sonne GmbH\n030 901820", {"NAME_MISSING", "SITE_MISSING"}),
    ],
)
def test_the_recipient_can_look_the_sender_up(signature: str, missing: set[str]) -> None:
    """S3.25: name, role, company and site; S3.10: other channels."""
    assert {code.value for code in _signed(signature)} == missing


@pytest.mark.parametrize(
    "way_out",
    [
        "Unsubscribe: https://vogel-solar.example/u",
        "Abmelden: https://vogel-solar.example/u",
        "To opt out, click https://vogel-solar.example/u",
        "Wypisz się: https://vogel-solar.example/u",
        "Dezabonare: https://vogel-solar.example/u",
    ],
)
@pytest.mark.parametrize("purpose", [ContactPurpose.OTHER_OFFER, ContactPurpose.NEWSLETTER])
def test_advertising_can_be_refused_by_one_click(way_out: str, purpose: ContactPurpose) -> None:
    """S3.24."""
    assert _found(purpose=purpose, text=f"{TEXT}\n{way_out}") == {}
    assert _found(purpose=purpose) == {DraftCode.REFUSAL_MISSING: "text"}


def test_a_way_to_refuse_without_a_link_is_none() -> None:
    text = TEXT.replace("https://vogel-solar.example", "www.vogel-solar.example") + "\nUnsubscribe by email."
    assert _found(purpose=ContactPurpose.NEWSLETTER, text=text) == {DraftCode.REFUSAL_MISSING: "text"}
    assert _found(purpose=ContactPurpose.NEWSLETTER, text=text, links=("https://vogel.example/u",)) == {}


def test_a_link_to_refuse_may_be_in_the_html() -> None:
    html = '<p>Solar</p><a class=x href="https://vogel-solar.example/u">Unsubscribe</a>'
    assert _found(purpose=ContactPurpose.NEWSLETTER, html=html) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"links": ("http://vogel.example",)}, "links"),
        ({"text": f"{TEXT} http://vogel.example/a."}, "text"),
        ({"html": "<a href='http://vogel.example'>Panels</a>"}, "html"),
        ({"html": "<A HREF=HTTP://vogel.example>Panels</A>"}, "html"),
    ],
)
def test_links_are_encrypted(changes: dict[str, Any], field: str) -> None:
    assert _found(**changes) == {DraftCode.LINK_NOT_HTTPS: field}


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://evil.example/x">https://bank.example</a>',
        '<a href="https://evil.example/x"><b>www.bank.example</b>/login</a>',
        "<a href='https://evil.example'>bank.example</a>",
        '<a href="https://bank.example.evil.example">bank.example</a>',
        '<a href="https://bank.example@evil.example/">Panels</a>',
        '<a href="mailto:x@evil.example">info@bank.example</a>',
        '<a href="https&#58;//evil.example">bank.example</a>',
    ],
)
def test_links_lead_where_they_say(html: str) -> None:
    assert _found(html=html) == {DraftCode.LINK_DECEIVES: "html"}


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://www.bank.example/login">bank.example</a>',
        '<a href="https://shop.bank.example/login">https://bank.example/</a>',
        '<a href="https://evil.example">Our panels</a>',
        '<a href="mailto:info@bank.example">INFO@bank.example</a>',
        '<a href="tel:+4930901820">030 901820</a>',
        "<a name=top>bank.example</a>",
        "<a href=https://[oops>bank.example</a>",
        "<abbr>bank.example</abbr> <a",
    ],
)
def test_honest_links_are_left_alone(html: str) -> None:
    assert _found(html=html) == {}


def test_the_most_serious_findings_come_first() -> None:
    draft = EmailDraft(
        ContactPurpose.NEWSLETTER, "x" * 90, "attached you find it", links=("http://a.example",)
    )
    found = check_draft(draft, Sender("", ""))
    order = list(DraftSeverity)
    ranks = [order.index(finding.severity) for finding in found]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1


def test_a_draft_of_100000_characters_is_checked_and_one_more_is_refused() -> None:
    room = MOST_CHARS - len("Solar panels for your roof") - len(TEXT)
    assert _found(html="x" * room) == {}
    with pytest.raises(Refusal) as refused:
        _found(html="x" * (room + 1))
    assert refused.value.code is RefusalCode.INVALID
    assert refused.value.field == ("input", "html")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<a ",
            '<a href="',
            "<",
            "> ",
            "a.",
            "a@",
            "attached ",
            "1 ",
            "-- ",
            "\u0300",
            "https://",
            "no ",
            "\n",
            " ",
            "re ",
            "re:",
            "re[1] ",
        ),
        *(
            "Vera Vogel\n",
            "on x wrote:",
            "</a>",
            "<a href=https://a.example>b.example</a>",
            "w dniu ",
            "sp. z ",
        ),
    ],
)
def test_no_text_is_read_for_seconds(piece: str) -> None:
    """Reading them takes a tenth of a second of CPU; what takes the square of a length takes minutes."""
    subject, text = ((piece * length)[:length] for length in (39_000, 20_000))
    draft = EmailDraft(ContactPurpose.NEWSLETTER, f"x{subject}x", text, html=text, answering=text)
    began = time.thread_time()
    check_draft(draft, SENDER)
    assert time.thread_time() - began < 5


def test_a_folded_text_is_at_most_three_times_as_long() -> None:
    """One character can stand for 18."""
    assert 0 < len(fold("\ufdfa" * 100)) <= 300


@pytest.mark.parametrize(
    "subject", ["Re:   Solar panels", " AW :\tRe[2]  : Solar panels", "Odp:Solar panels"]
)
def test_answers_keep_their_matter_whatever_blanks_stand_in_the_subject(subject: str) -> None:
    assert _found(subject=subject) == {}


@given(
    st.text(max_size=300),
    st.text(max_size=300),
    st.none() | st.text(max_size=300),
    st.none() | st.text(max_size=99),
)
def test_no_text_makes_the_check_fail(
    subject: str, text: str, html: str | None, answering: str | None
) -> None:
    for purpose in ContactPurpose:
        for finding in check_draft(EmailDraft(purpose, subject, text, html, (), answering, (text,)), SENDER):
            assert finding.field in {"subject", "text", "html", "links", "attachmentNames"}


def test_every_finding_has_a_severity_and_different_words_in_four_languages() -> None:
    assert SEVERITY.keys() == set(DraftCode)
    for code, words in WORDS.items():
        assert len(set(words.values())) == len(LANGUAGES), code
    for language in LANGUAGES:
        said = {finding_message(DraftFinding(code, "text"), language, "UTC") for code in DraftCode}
        assert len(said) == len(DraftCode)


def test_no_contact_data_is_in_the_text_of_a_draft() -> None:
    draft = EmailDraft(ContactPurpose.THE_LEAD, "Karl Meier", "030 901820")
    assert "Meier" not in f"{draft!r} {draft}"
    assert "Vogel" not in f"{SENDER!r} {SENDER}"
