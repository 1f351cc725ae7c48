"""Headings of columns as people and other systems write them, and the fields that they mean.

English, German, Polish and Romanian; the exports of HubSpot, Salesforce, Pipedrive, Zoho, Google Contacts,
Outlook and Meta's lead ads.
"""

import re
from collections.abc import Iterable
from enum import IntEnum

from models.base.spelling import word_key
from models.leads.file.fields import LeadField


class Certainty(IntEnum):
    """How certain the meaning of a heading is; of two columns for one field, the more certain one is used."""

    CLEAR = 0
    USUAL = 1
    LOOSE = 2  # it means something else in many files: `Title` a job, `Region` a state, `Fee` a price


# Without spaces, punctuation and accents: see `word_key`. No "website": a contact has none.
_CLEAR = {
    LeadField.EXTERNAL_ID: """
        externalid leadid leadnumber recordid recordidcontact contactid personid prospectid
        leadnummer datensatzid kontaktid idleada idkontaktu idrekordu idlead idcontact""",
    LeadField.FIRST_NAME: """
        firstname givenname forename fname personfirstname contactfirstname
        vorname imie prenume prenumele""",
    LeadField.LAST_NAME: """
        lastname surname familyname lname personlastname contactlastname
        nachname familienname zuname nazwisko numedefamilie numeledefamilie""",
    LeadField.FULL_NAME: """
        fullname contactname personname contactperson contactfullname displayname
        firstandlastname firstnamelastname lastnamefirstname
        ansprechpartner ansprechpartnerin kontaktperson kontaktname vollstandigername vollstaendigername
        vorundnachname vorundzuname nameundvorname vornameundnachname vornamenachname vornachname
        namevorname nachnamevorname
        imieinazwisko nazwiskoiimie imienazwisko nazwiskoimie osobakontaktowa osobadokontaktu osobanazwa
        numesiprenume prenumesinume numeprenume prenumenume numecomplet numelecomplet
        persoanadecontact persoanacontact persoananume""",
    LeadField.ORGANISATION: """
        organisation organization company companyname organisationname organizationname organization1name
        companyaccount companyorganization accountname businessname
        firma firmenname unternehmen unternehmensname namedesunternehmens namederfirma betrieb
        nazwafirmy przedsiebiorstwo organizacja organizacjanazwa nazwaorganizacji
        companie compania numefirma numelefirmei numecompanie numelecompaniei denumirefirma societate
        organizatie organizatienume""",
    LeadField.PHONE: """
        phone phone1 phonenumber telephone telephonenumber tel mobile mobilephone mobilephonenumber
        mobilenumber cell cellphone cellphonenumber workphone workphonenumber businessphone primaryphone
        directphone workdirectphone contactphone contactphonenumber phonework phonemobile landline
        customerphone clientphone leadphone
        phoneno telephoneno mobileno cellno contactno contactnumber telno tel1
        telefon telefon1 telefonhandy festnetz festnetznummer telefonnummer telefonnr telnr rufnummer mobil
        mobiltelefon mobilnummer mobilfunk
        mobilfunknummer handy handynummer handynr telefongeschaftlich telefongeschaeftlich telefonmobil
        telefonkunde kundentelefon telefonklienta
        telefonkomorkowy telefonstacjonarny komorka numertelefonu nrtelefonu nrtel numertel telefonsluzbowy
        numertelefonukomorkowego telefonkontaktowy
        telefonfix numartelefon numardetelefon nrtelefon nrdetelefon telefondecontact telefonserviciu
        celular telefonclient""",
    LeadField.OTHER_PHONE: """
        otherphone tel2 tel3 mobil2 phone2 phone3 phone4 secondaryphone alternatephone alternativephone
        homephone
        homephonenumber privatephone businessphone2 homephone2 mobile2 mobilephone2 companymainphone
        telefon2 telefon3 telefonprivat privattelefon telefongeschaftlich2 weiteretelefonnummer
        telefondomowy innytelefon dodatkowytelefon telefonacasa telefonacasa2 alttelefon""",
    LeadField.EMAIL: """
        email email1 emailaddress email1address mail mailaddress workemail workemailaddress businessemail
        primaryemail contactemail customeremail clientemail leademail emailwork emailid
        emailadresse mailadresse emailgeschaftlich emailgeschaeftlich kundenemail emailkunde emailklienta
        adresemail adresmailowy emailsluzbowy pocztaelektroniczna
        adresaemail adresadeemail adresamail adresademail
        emailclient""",
    LeadField.OTHER_EMAIL: """
        otheremail email2 email3 email4 secondaryemail alternateemail alternativeemail personalemail
        privateemail homeemail email2address email3address additionalemail additionalemailaddresses
        emailprivat email2adresse email3adresse weitereemailadresse
        innyemail dodatkowyemail emailprywatny altemail emailpersonal""",
    LeadField.LINKEDIN_URL: """
        linkedinurl linkedin linkedinprofile linkedinprofileurl linkedinlink personlinkedinurl
        linkedinprofil profillinkedin profilulinkedin""",
    LeadField.REGISTRATION_NUMBER: """
        registrationnumber companyregistrationnumber registernumber companynumber
        handelsregisternummer handelsregister krs numerkrs nrkrs cui nrregcom
        nrregistrulcomertului""",
    LeadField.PREFERRED_CHANNEL: """
        preferredchannel preferredcontactmethod preferredmethodofcontact bevorzugterkontaktweg kontaktweg
        preferowanykanal preferowanykontakt preferowanysposobkontaktu canalpreferat""",
    LeadField.TIME_ZONE: "timezone tz zeitzone strefaczasowa fusorar",
    LeadField.SOURCE: """
        leadsource originalsource originaltrafficsource leadquelle herkunft
        zrodloleada zrodlopozyskania sursalead sursaleadului""",
    LeadField.TITLE: "subject betreff temat subiect",
    LeadField.BRIEF: """
        brief notes note description notizen notiz beschreibung bemerkung bemerkungen anmerkung anmerkungen
        notatki notatka uwagi opis descriere observatii notite""",
    LeadField.CATEGORY: "category kategorie kategoria categorie",
    LeadField.CITY: """
        city town mailingcity businesscity address1city personcity
        ort stadt wohnort ortgeschaftlich ortgeschaeftlich
        miasto miejscowosc adressluzbowymiasto oras orasul localitate localitatea""",
    LeadField.COUNTRY: """
        country countrycode countryname countryiso isocountrycode countryregion countryterritory
        mailingcountry businesscountry
        businesscountryregion address1country personcountry
        land landregion landercode laendercode landgeschaftlich landregiongeschaftlich
        landregiongeschaeftlich kraj krajregion kodkraju panstwo adressluzbowykrajregion
        tara tararegiune codtara""",
    LeadField.BUDGET_MIN: "budgetmin minbudget budgetfrom budgetvon mindestbudget budzetod bugetminim",
    LeadField.BUDGET_MAX: "budgetmax maxbudget budgetto budgetbis maximalbudget budzetdo bugetmaxim",
    LeadField.CURRENCY: "currency currencycode waehrung wahrung waluta kodwaluty moneda valuta",
}
_USUAL = {
    LeadField.EXTERNAL_ID: """
        id customerid customernumber kundennummer kundennr kdnr kundenid numerklienta nrklienta idklienta
        idclient codclient""",
    LeadField.FULL_NAME: "name nume leadname customername kundenname",
    LeadField.ORGANISATION: "associatedcompany companyentity",
    LeadField.SOURCE: "source quelle zrodlo sursa",
    LeadField.CATEGORY: "branche industry branza industrie",
    LeadField.CITY: "billingcity homecity othercity",
    LeadField.COUNTRY: "billingcountry homecountry homecountryregion othercountry",
}
_LOOSE = {
    LeadField.EXTERNAL_ID: "accountid",
    LeadField.FULL_NAME: "contact kontakt nazwa customer client kunde klient",
    LeadField.PREFERRED_CHANNEL: "channel",
    LeadField.TITLE: "title titel tytul titlu",
    LeadField.REGION: "region",
    LeadField.FEE: "fee",
}
# Headings that no other system uses: next to one of them, ambiguous words have our meaning.
_OURS = frozenset({"brief", "budgetmin", "budgetmax", "preferredchannel"})
# Parts around a heading that change nothing: "Person - Phone - Work", "E-mail 1 - Value", "Name (required)".
_BEFORE = frozenset({"person", "contact", "prospect", "lead", "deal", "kontakt", "osoba", "persoana"})
_AFTER_WORDS = """
    value wert wartosc valoare required optional pflichtfeld wymagane obligatoriu iso
    work home other mobile main primary private personal business office
    arbeit privat andere sonstige mobil geschaftlich buro
    praca dom inny sluzbowy komorka prywatny serviciu acasa alt altul"""
_AFTER = frozenset(_AFTER_WORDS.split())
_PARTS = re.compile(r"\s[-\u2013\u2014]\s|[()\[\]:]")


def recognise(name: str) -> tuple[LeadField, Certainty] | None:
    """Return the field that a heading means, or None."""
    found = _KNOWN.get(word_key(name))
    if found is not None:
        return found
    parts = [key for key in map(word_key, _PARTS.split(name)) if key]
    if len(parts) > 1 and parts[0] in _BEFORE:
        del parts[0]
    if len(parts) > 1 and parts[-1] in _AFTER:
        del parts[-1]
    return _KNOWN.get("".join(parts))


def count_recognised(cells: Iterable[str]) -> int:
    """Return how many cells of a row are known headings."""
    return sum(1 for cell in cells if recognise(cell) is not None)


def language_of(heading: str) -> str | None:
    """Return the language of a heading that is known in only one of our languages, otherwise None."""
    return _LANGUAGES.get(word_key(heading))


def is_ours(header: Iterable[str]) -> bool:
    """Return whether the file was written in this product's words."""
    return any(word_key(name) in _OURS for name in header)


_KNOWN = {
    word: (field, certainty)
    for certainty, table in zip(Certainty, (_CLEAR, _USUAL, _LOOSE), strict=True)
    for field, words in table.items()
    for word in words.split()
}
# They indicate which letters to expect in a file.
_LANGUAGES = {
    word: language
    for language, words in {
        "de": "vorname nachname unternehmen ort stadt strasse telefonnummer",
        "pl": "imie nazwisko miasto kraj ulica wojewodztwo nazwafirmy uwagi",
        "ro": "prenume nume oras tara localitate judet companie",
    }.items()
    for word in words.split()
}
