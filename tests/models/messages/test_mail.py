"""The form of emails: headers, both texts, and what hostile titles become."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from models.feed.kinds import MessageTemplate
from models.feed.wording.language import CATALOGS
from models.messages.compose import LONGEST_SUBJECT, compose
from models.messages.parcels import Parcel
from tests.support.messages import CONTEXT, FORM
from tests.support.parcels import STARTED, again, make_parcel


def read(parcel: Parcel) -> EmailMessage:
    """Return the email as a mail program reads it."""
    return message_from_bytes(FORM.mail(parcel, STARTED).content, policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text


def test_an_email_has_plain_text_and_html_that_say_the_same() -> None:
    message = read(make_parcel())
    assert message.get_content_type() == "multipart/alternative"
    for kind in ("plain", "html"):
        text = body(message, kind)
        for said in (
            "Hello Vera Lindqvist,",
            "The prospect accepted. Get in touch now.",
            "https://leads.test",
        ):
            assert said in text, (kind, said)


def test_nothing_remote_is_loaded_and_nothing_is_counted() -> None:
    """No picture, style sheet or script, and no link but ours."""
    text = body(read(make_parcel()), "html").lower()
    assert not any(tag in text for tag in ("<img", "<script", "<link", "url(", "src="))
    assert text.count("http") == text.count("https://leads.test")


def test_the_headers_are_those_of_an_automatic_message_in_a_thread() -> None:
    parcel = make_parcel()
    message = read(parcel)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{parcel.id}@mail.leads.test>"
    assert message["References"] == f"<thread.{parcel.message.subject}@mail.leads.test>"
    assert message["Date"].startswith("Tue, 24 Nov 2026 11:00:00")
    assert message["From"] == "Leadgate <hello@leads.test>"
    assert message["To"] == "vera@vendor.example"
    assert message["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("vera@bücher.example", "vera@xn--bcher-kva.example"),  # needs no SMTPUTF8
        ("zoë@bücher.example", "zoë@xn--bcher-kva.example"),
    ],
)
def test_the_domain_of_an_address_is_written_in_ascii(address: str, written: str) -> None:
    mail = FORM.mail(make_parcel(address), STARTED)
    assert mail.recipient == written
    assert f"\r\nTo: {written}\r\n".encode() in mail.content


def test_only_an_optional_email_can_be_unsubscribed_with_one_click() -> None:
    message = read(make_parcel(template=MessageTemplate.LEAD_DELIVERED))
    assert message["List-Unsubscribe"].startswith("<https://leads.test/unsubscribe/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://leads.test/unsubscribe/" in body(message, "plain")


def test_a_repeat_has_the_same_bytes() -> None:
    parcel = make_parcel()
    assert FORM.mail(parcel, STARTED) == FORM.mail(again(parcel), STARTED)


def test_line_ends_and_reordering_marks_of_a_title_never_reach_a_header() -> None:
    title = "Roof\r\nBcc: everybody@else.example\r\n\r\n\u202ehidden\u2066 \x00end"
    message = read(make_parcel(title=title))
    assert message["Bcc"] is None
    assert message["Subject"] == "Roof Bcc: everybody@else.example hidden end"


def test_a_title_of_10_000_characters_is_cut() -> None:
    subject = read(make_parcel(title="Ж" * 10_000))["Subject"]
    assert len(subject) == LONGEST_SUBJECT
    assert subject.endswith("…")


def test_every_line_fits_into_smtp() -> None:
    """At most 998 bytes and CRLF (RFC 5321, 4.5.3.1.6), and only ASCII."""
    content = FORM.mail(make_parcel(title="ß" * 300, body="x" * 5_000), STARTED).content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.isascii()


def test_a_script_in_a_title_is_text() -> None:
    title = "<script>alert(1)</script> & co"
    message = read(make_parcel(title=title, body=title))
    assert title in body(message, "plain")
    assert "<script" not in body(message, "html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in body(message, "html")


@pytest.mark.parametrize("locale", CATALOGS)
def test_a_letter_is_complete_in_each_language(locale: str) -> None:
    parcel = make_parcel(template=MessageTemplate.APPLICATION_RECEIVED, locale=locale)
    content = compose(parcel, CONTEXT)
    assert content.language == locale
    assert len(content.buttons) == 2
    assert all((content.greeting, *content.footer, *(button.label for button in content.buttons)))
    assert "{" not in content.greeting


def test_a_title_cannot_smuggle_characters_in_as_an_encoded_word() -> None:
    """RFC 2047 in a title would be decoded by mail programs, after we have removed what reorders text."""
    title = "=?utf-8?b?4oCuZXZpbA==?="
    assert read(make_parcel(title=title))["Subject"] == title


def test_a_preview_has_neither_addresses_nor_tokens() -> None:
    parcel = make_parcel(template=MessageTemplate.APPLICATION_RECEIVED)
    preview = FORM.preview(parcel)
    everything = "\n".join((preview.subject or "", preview.text, preview.html or "", *preview.headers))
    assert "vera@vendor.example" not in everything
    assert "https://leads.test/answer/…#accept" in preview.text
    link = compose(parcel, CONTEXT).buttons[0].url
    assert link.removesuffix("#accept") not in everything
