"""Ordinary briefs in four languages are published: amounts, dates, codes and words are not identities."""

import csv
from pathlib import Path

import pytest

from models.contact_data import ContactData, Phone, find_identity, find_identity_in, parse_email
from models.contact_data.channel import Channel
from models.contact_data.invalid import InvalidValue
from models.contact_data.phone import parse_phone
from models.seed.leads import DEFAULT_LEADS, DEMO_LEADS

SAMPLE = Path(__file__).parents[2] / "data" / "leads-1000.csv"
CONTACTS = (
    ("Delphine Armitage", "Ninth Row Theatre", "delphine@ninthrow.example", "+12125550176"),
    ("Jürgen Müller-Lüdenscheidt", "Acme Garten GmbH", "jm@loriot.museum", "+493023125068"),
    ("Anna Koch", "Koch & Partner Steuerberatung", "info@kanzlei-koch.example", "+493023125093"),
    ("Jadwiga Sosnowiecka", "Granit Demo Sp. z o.o.", "biuro@granit.example", "+48226284520"),
    ("Andrei Vulturescu", "Pompe Demo SRL", "office@pompe.example", "+40213100000"),
    ("Lee Young", "Fresh Design Studio Ltd", "hello@freshdesign.example", "+442079460321"),
)
BRIEFS = (  # ordinary contacts, with text that looks like numbers
    "We need a website with 12 pages by 15 March 2026, budget 8,000 to 12,000 EUR, 3 rounds of changes.",
    "Our shop has 1,500 products (SKU AB-1200-300, AB-1200-310) and 250 orders a day; see RAL 7016 "
    "and DIN 912.",
    "Two or three designers, one of them senior, for six months from 1.2.2026, Monday to Friday, 9 to 17.",
    "Invoice with VAT ID DE136695976 and order number PO-2026-00417; the offer is due at 12:00 on "
    "01/02/2026.",
    "One, two, three, four, five, six, seven: the alphabet of our kindergarten, on posters of 100 x 70 cm.",
    "It took us twenty years to sell thirty thousand machines; we want five hundred more in two years.",
    "Advertising on Instagram and Telegram, 10 to 20 posts a month, a campaign for our theatre in spring.",
    "ISBN 978-3-16-148410-0, edition of 3000, 240 pages, thread-stitched, delivered on 12 pallets.",
    "Buro 120 m², 3. OG, Miete bis 2.400 € warm, Einzug zum 01.04.2026, gern Nähe Hauptbahnhof, PLZ 10115.",
    "Wir suchen einen Steuerberater für eine GmbH mit zwölf Mitarbeitern, Umsatz 1,2 Mio. EUR, USt-"
    "IdNr. vorhanden.",
    "Ein bis zwei Termine im Monat, je vier Stunden, ab 01.09.2026; Artikelnummern 4711-0815 und 1002-0030.",
    "Fünfundzwanzig Stühle, zwei Tische und ein Regal, Lieferung in zwei Teilen, Rechnung 30 Tage netto.",
    "Der Garten hat 1.200 m², eine alte Eiche und viel Schatten; Pflege einmal im Monat, März bis Oktober.",
    "Kampagne für B2B und B2C, 10l-Kanister 50l-Fässer 100l-Tanks, Artikel IO-200 bis IO-450, Preise "
    "ab 19,90 €.",
    "Potrzebujemy strony w trzech językach, budżet 15 000 - 20 000 zł, termin do 30.06.2026, NIP "
    "526-10-40-828.",
    "Sklep internetowy: 2 500 produktów, dwa magazyny, jeden jest pod Krakowem; start 1 września 2026 r.",
    "Szukamy księgowej dla dziewięciu osób, raz w miesiącu, około dwudziestu faktur, kwota 600 zł netto.",
    "Traducere a 220 de pagini din germană în română, buget 3.000 - 4.500 lei, termen 15.05.2026, CUI"
    " RO18547290.",
    "Avem nevoie de două sute de scaune, șase mese și patru lumini; livrare în două etape, plata la "
    "30 de zile.",
    "Căutăm o firmă pentru site, trei pagini, una sau două limbi, un buget de 1.500 EUR plus TVA.",
    "Потрібен сайт для театру. Два роки підтримки, 10 сторінок, бюджет 2 000 EUR.",
    "IP phones for 40 desks, model T46U-SIP, firmware 108.86.0.20, PoE 802.3af, cabling Cat 6a, rack "
    "of 42 HE.",
    "Room II on floor III, Louis XIV chairs, chapter IV of volume VII, and I have a V8 engine to restore.",
    "Sizes S, M, L; shelves A to F, I and K, vitamins A, B, C, D, E, K; the letters o n e, t w o on a sign.",
    "Ein Logo aus den Buchstaben a c h t und e i n s, Gr. S - M - L, Klasse A b i s C, Trakt A, B und C.",
    "Napis: d w a k r o k i, litery a, i, o, u, w, z; hala A i B, rozmiary S/M/L, klasa A i B.",
    "24/7 support, SLA 99.95 %, response in 15 min, ISO 27001:2022, GDPR Art. 28, 3 x 8 h shifts, 365 days.",
)


@pytest.mark.parametrize("text", BRIEFS)
def test_an_ordinary_brief_passes_for_any_contact(text: str) -> None:
    for name, organisation, email, phone in CONTACTS:
        contact = ContactData(name, Channel.EMAIL, "UTC", organisation, parse_email(email), Phone(phone))
        for region in ("DE", "US", "GB", "PL", "RO", None):
            fields = {"title": "Help wanted for a new project", "category": "Services", "brief": text}
            assert find_identity_in(fields, contact, region) == []


def test_no_row_of_the_sample_and_no_lead_of_the_demo_is_refused() -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    refused = []
    for row in rows:
        contact = ContactData(
            f"{row['First Name']} {row['Last Name']}",
            Channel.PHONE,
            "UTC",
            row["Company"],
            row["Email 1"],
            _phone(row["Phone 1"]),
            other_emails=(row["Email 2"],),
        )
        fields = {"title": f"Sales leads in {row['Deal Stage']}", "brief": row["Notes"]}
        refused += [row["Index"]] if find_identity_in(fields, contact, "US") else []
    assert (len(rows), refused) == (1000, [])
    for lead in (*DEMO_LEADS, *DEFAULT_LEADS):
        given = lead.contact
        contact = ContactData(
            given.full_name, Channel.CHAT, "UTC", given.organisation, given.email, _phone(given.phone or "")
        )
        assert find_identity_in({"title": lead.title, "brief": lead.brief}, contact, lead.country) == []
        assert find_identity(lead.brief, contact, lead.country) == []


def _phone(text: str) -> Phone | None:
    try:
        return parse_phone(text, "US")
    except InvalidValue:
        return None
