"""Contact data in a text is replaced whole, also in disguise and divided among messages (S1.8)."""

from dataclasses import replace

import pytest

from models.base.refusal import LANGUAGES
from models.contact_data.channel import Channel
from models.contact_data.contact import ContactData
from models.contact_data.masking import MaskedKind, MaskedSpan, mask_messages, masked_text
from models.contact_data.masking.kinds import REPLACEMENTS
from tests.models.contact_data.support import ANNA, mask_spans


def shown(text: str, region: str | None = "DE") -> str:
    """Return the text as a reader sees it, in English."""
    return masked_text(text, mask_spans(text, region, names=ANNA), "en")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Telegram: somebody", "Telegram: [handle]"),
        ("Call +49 170 1234567 ext. 12 or petra.k@example.com.", "Call [phone] or [e-mail]."),
        ("name at domain dot com, please", "[e-mail], please"),
        ("name klammeraffe domain punkt de", "[e-mail]"),
        ("mój mail: petra małpa domena kropka pl", "mój mail: [e-mail]"),
        ("petra arond domeniu punct ro", "[e-mail]"),
        ("petra coadă de maimuță domeniu punct ro", "[e-mail]"),
        ("petra punkt kowalska ät example punkt com", "[e-mail]"),
        ("petra underscore kowalska (at) example [dot] com", "[e-mail]"),
        ("p e t r a @ e x a m p l e . c o m ok", "[e-mail] ok"),
        ("p e t r a @ n o w a k - b a u . d e ok", "[e-mail] ok"),
        ("anna @ e x a m p l e . d e ok", "[e-mail] ok"),
        ("anna@e x a m p l e.de ok", "[e-mail] ok"),
        ("a n n a at g m a i l dot c o m ok", "[e-mail] ok"),
        ("a n n a  a t  g m a i l  d o t  c o m", "[e-mail]"),
        ("see w w w . e x a m p l e . d e ok", "see [link] ok"),
        ("see example . d e ok", "see [link] ok"),
        ("anna@gmail.c o m ok", "[e-mail] ok"),
        ("anna@gmail.c.o.m ok", "[e-mail] ok"),
        ("anna@gmail.c-o-m ok", "[e-mail] ok"),
        ("anna@gmail.c ok", "[e-mail] ok"),
        ("anna@gmail.1 ok", "[e-mail] ok"),
        ("anna@firma.d ok", "[e-mail] ok"),
        ("anna@example . d e ok", "[e-mail] ok"),
        ("anna @ example . c o m ok", "[e-mail] ok"),
        ("anna@example dot d e ok", "[e-mail] ok"),
        ("anna@example. de ok", "[e-mail] ok"),
        ("anna@firma. example. de ok", "[e-mail] ok"),
        ("anna@firma. nowak. de ok", "[e-mail] ok"),
        ("write to anna@firma. We come", "write to [e-mail]. We come"),
        ("write to anna@example.com. At noon", "write to [e-mail]. At noon"),
        ("see https://example.com/petra?x=1 (and www.example.org/a).", "see [link] (and [link])."),
        ("null eins sieben null eins zwei drei vier fünf sechs sieben", "[phone]"),
        ("petra@example,com", "[e-mail]"),
        ("petra&#64;example.com", "[e-mail]"),
        ('"much more"@example.com', "[e-mail]"),
        ("\uff10\uff11\uff17\uff10 \uff11\uff12\uff13\uff14\uff15\uff16\uff17", "[phone]"),
        ("\u0660\u0661\u0667\u0660 \u0661\u0662\u0663\u0664\u0665\u0666\u0667", "[phone]"),
        ("pe\u200btra@exam\u200bple.com\u200b!", "[e-mail]!"),
        ("".join(f"{char}\u0337\u0353" for char in "petra@example.com") + " ok", "[e-mail] ok"),
        ("@petra_k on insta", "[handle] on insta"),
        ("Best, Jürgen Müller-Lüdenscheidt from ACME Garten GmbH", "Best, [name] from [name] GmbH"),
    ],
)
def test_a_finding_is_replaced_whole(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("name", ["Nowak", "M\u00fcller", "Braun", "Kowal", "Bauer"])
@pytest.mark.parametrize("sign", [" ", ".", "-", "_"])
def test_a_name_in_separate_letters_is_replaced(name: str, sign: str) -> None:
    contact = replace(ANNA, full_name=f"Petra {name}", organisation=None)
    for before, after in (("Here is ", " from Bonn"), ("Jestem ", " i w domu")):
        text = before + sign.join(name) + after
        spans = mask_spans(text, "DE", names=contact)
        assert masked_text(text, spans, "en")[0] == f"{before}[name]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "Budget 12.000 EUR bis 12.03.2027 um 14:30, USt-IdNr. DE136695976",
        "IBAN DE89 3704 0044 0532 0130 00, 3 x 8 h, PLZ 10115, Version 2.10.4",
        "Size 3 @ 5 . 5 0 or a b, see p. 5, z. B. i. d. R. at 3 . 5 m",
        "Skype or Telegram are both fine for us; see you at 5.",
    ],
)
def test_what_is_not_contact_data_stays(text: str) -> None:
    assert mask_spans(text, "DE", names=ANNA) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["0170", "1234567"], ["[phone]", "[phone]"]),
        (
            ["my number: 0170", "123", "45", "67 ok?"],
            ["my number: [phone]", "[phone]", "[phone]", "[phone] ok?"],
        ),
        (["petra@", "example.com"], ["[e-mail]", "[e-mail]"]),
        (["petra", "@", "example", ".com"], ["[e-mail]"] * 4),
        (["ok", "petra@example.com"], ["ok", "[e-mail]"]),
        (["write to petra@EXAMPLE.com", "Thanks"], ["write to [e-mail]", "Thanks"]),
        (["petra@example.d", "e"], ["[e-mail]", "[e-mail]"]),
        (["That is good.", "de nada"], ["That is good.", "de nada"]),
        (["price 5000", "2000 pieces, 15000 Euro"], ["price 5000", "2000 pieces, 15000 Euro"]),
        (["null eins sieben", "null eins zwei drei vier fünf sechs"], ["[phone]", "[phone]"]),
        (["Telegram:", "somebody99"], ["Telegram:", "[handle]"]),
        (["I am on Telegram", "somebody99 is me"], ["I am on Telegram", "[handle] is me"]),
        (["Telegram:", "somebody"], ["Telegram:", "[handle]"]),
        (["Telegram:", "sure, that works"], ["Telegram:", "sure, that works"]),
        (["We are on Telegram", "Shall we meet at 10?"], ["We are on Telegram", "Shall we meet at 10?"]),
        (["x" * 300 + " 0170", "1234567"], ["x" * 300 + " [phone]", "[phone]"]),
    ],
)
def test_what_is_divided_among_messages_is_replaced_in_each(texts: list[str], expected: list[str]) -> None:
    spans = mask_messages(texts, "DE")
    assert [masked_text(text, one, "en")[0] for text, one in zip(texts, spans, strict=True)] == expected
    for index, text in enumerate(texts):
        assert mask_spans(text, "DE", texts[:index], later=texts[index + 1 :]) == spans[index]


def test_replacements_are_placed_in_the_shown_text_in_the_readers_language() -> None:
    text = "\U0001f600 a@b.example, 0170 1234567"
    spans = mask_spans(text, "DE")
    assert spans == [MaskedSpan(2, 13, MaskedKind.EMAIL), MaskedSpan(15, 27, MaskedKind.PHONE)]
    for language in (*LANGUAGES, "fr"):
        words = [
            getattr(REPLACEMENTS[span.kind], language if language in LANGUAGES else "en") for span in spans
        ]
        result, replaced = masked_text(text, spans, language)
        assert result == f"\U0001f600 {words[0]}, {words[1]}"
        assert [result[span.start : span.end] for span in replaced] == words
        assert [span.kind for span in replaced] == [span.kind for span in spans]
        assert mask_spans(result, "DE") == []


PETRA = ContactData(
    "Petra Halloran",
    Channel.EMAIL,
    "Europe/Berlin",
    organisation="Halloran Bakeries",
    email="petra@x.example",
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["Sounds good. Petra Halloran", "The one at the harbour."],
            ["Sounds good. [name]", "The one at the harbour."],
        ),
        (["It is for Halloran Bakeries", "Thursday suits us."], ["It is for [name]", "Thursday suits us."]),
        (["Petra Hallo", "ran"], ["[name]", "[name]"]),
        (["Petra", "Hallo", "ran"], ["[name]"] * 3),
    ],
)
def test_after_a_signature_the_first_word_of_the_next_message_stays(
    texts: list[str], expected: list[str]
) -> None:
    spans = mask_messages(texts, "DE", names=PETRA)
    assert [masked_text(text, one, "en")[0] for text, one in zip(texts, spans, strict=True)] == expected


def test_a_signature_does_not_show_the_rest_of_an_organisation_that_begins_with_it() -> None:
    """Each name must be whole by itself."""
    harbour = replace(PETRA, organisation="Petra Halloran Harbour Freight")
    texts = ["Sounds good. Petra Halloran", "Harbour Freight"]
    spans = mask_messages(texts, "DE", names=harbour)
    shown = [masked_text(text, one, "en")[0] for text, one in zip(texts, spans, strict=True)]
    assert shown == ["Sounds good. [name]", "[name]"]


@pytest.mark.parametrize(
    ("name", "organisation", "texts", "expected"),
    [
        ("Max Maxwell", None, ["Max Maxwell Max Maxwel", "lMaxwe", "ll"], ["[name]"] * 3),
        (
            "Anna Schmidt",
            "Anna Schmidt Immobilien",
            ["Anna Schmidt Immobilien Imm", "obilien"],
            ["[name]"] * 2,
        ),
        ("Tom Berg", "Bergwerk Nord AG", ["Bergwerk Nord", "AGThursdayN", "ord"], ["[name]"] * 3),
        ("Anna Li", "Li Trading", ["It is Li Trading", "Li"], ["It is [name]", "[name]"]),
    ],
)
def test_a_name_that_is_written_once_more_is_masked_to_its_end(
    name: str, organisation: str | None, texts: list[str], expected: list[str]
) -> None:
    """After the whole name, a part of it in the next message is no other sentence."""
    contact = replace(PETRA, full_name=name, organisation=organisation)
    spans = mask_messages(texts, "DE", names=contact)
    assert [masked_text(text, one, "en")[0] for text, one in zip(texts, spans, strict=True)] == expected
