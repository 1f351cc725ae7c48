"""Reasons to refuse publishing, importing and finding leads, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class LeadRefusal(RefusalReason):
    """The API's `LeadErrorReason`."""

    LEAD_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The lead does not exist, or you may not see it.",
        en="Lead not found.",
        de="Lead nicht gefunden.",
        pl="Nie znaleziono leada.",
        ro="Leadul nu a fost găsit.",
    )
    PROSPECT_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The prospect does not exist, or was erased.",
        en="Prospect not found.",
        de="Interessent nicht gefunden.",
        pl="Nie znaleziono klienta.",
        ro="Clientul nu a fost găsit.",
    )
    MARKET_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The market does not exist.",
        en="{named}: market not found.",
        de="Markt nicht gefunden.",
        pl="Nie znaleziono rynku.",
        ro="Piața nu a fost găsită.",
    )
    ONLY_PUBLISHERS = Why(
        RefusalCode.FORBIDDEN,
        "Only prospects and operators can publish leads.",
        en="Only prospects and operators can publish leads.",
        de="Nur Interessenten und Betreiber können Leads veröffentlichen.",
        pl="Tylko klienci i operatorzy mogą publikować leady.",
        ro="Numai clienții și operatorii pot publica leaduri.",
    )
    FEE_SET_BY_MARKET = Why(
        RefusalCode.FORBIDDEN,
        "The market sets the fee; only operators can choose another.",
        en="fee: set by the market; only operators can choose another.",
        de="Die Gebühr legt der Markt fest; nur Betreiber können eine andere wählen.",
        pl="Opłatę ustala rynek; inną może wybrać tylko operator.",
        ro="Taxa este stabilită de piață; numai operatorii pot alege alta.",
    )
    PUBLISHED_FOR_OTHERS = Why(
        RefusalCode.FORBIDDEN,
        "Only operators can publish leads for other people.",
        en="prospectId: only operators can publish for others.",
        de="Nur Betreiber können Leads für andere veröffentlichen.",
        pl="Tylko operator może publikować leady w imieniu innych osób.",
        ro="Numai operatorii pot publica leaduri pentru alte persoane.",
    )
    PERSON_MUST_NOT_BE_CONTACTED = Why(
        RefusalCode.CONFLICT,
        "A do-not-contact stop exists for the person.",
        en="{detail}",
        de="Diese Person darf nicht kontaktiert werden. Veröffentlichen Sie diesen Lead nicht. Wer wieder kontaktiert werden möchte, kann sich anmelden und den Lead selbst veröffentlichen.",
        pl="Z tą osobą nie wolno się kontaktować. Prosimy nie publikować tego leada. Osoba, która znów życzy sobie kontaktu, może się zalogować i opublikować go samodzielnie.",
        ro="Această persoană nu trebuie contactată. Nu publicați acest lead. O persoană care dorește din nou să fie contactată se poate autentifica și îl poate publica singură.",
    )
    AMOUNT_OUT_OF_RANGE = Why(
        RefusalCode.INVALID,
        "The amount is too small or too large.",
        en="must be from 0 to {most}",
        de="Der Betrag muss zwischen 0 und {most} liegen.",
        pl="Kwota musi mieścić się w przedziale od 0 do {most}.",
        ro="Suma trebuie să fie între 0 și {most}.",
    )
    BUDGET_REVERSED = Why(
        RefusalCode.INVALID,
        "The minimum budget is greater than the maximum.",
        en="is greater than budgetMax; swap the two",
        de="Das Mindestbudget ist größer als das Höchstbudget. Tauschen Sie die beiden Werte.",
        pl="Budżet minimalny jest większy od maksymalnego. Prosimy zamienić te wartości.",
        ro="Bugetul minim este mai mare decât cel maxim. Inversați cele două valori.",
    )
    IMPORT_FEE_OUT_OF_RANGE = Why(
        RefusalCode.INVALID,
        "The default fee of an import is too small or too large.",
        en="fee: must be from 0 to {most} points",
        de="Die Gebühr muss zwischen 0 und {most} Punkten liegen.",
        pl="Opłata musi mieścić się w przedziale od 0 do {most} punktów.",
        ro="Taxa trebuie să fie între 0 și {most} de puncte.",
    )
    COLUMN_MAPPING_INVALID = Why(
        RefusalCode.INVALID,
        "The columns of the file cannot be mapped to the fields of a lead; the message says why.",
        en="mapping: {detail}",
        de="Die Spalten der Datei passen nicht zu den Feldern eines Leads. Ordnen Sie mindestens den Namen und einen Kontaktweg zu.",
        pl="Kolumny pliku nie pasują do pól leada. Prosimy przypisać co najmniej imię i nazwisko oraz sposób kontaktu.",
        ro="Coloanele fișierului nu corespund câmpurilor unui lead. Asociați cel puțin numele și o modalitate de contact.",
    )
    COLUMN_MISSING = Why(
        RefusalCode.REQUIRED,
        "No column of the file contains the field, and there is no default.",
        en="{field}: no column of the file contains it; map a column to it, or set a default for all rows",
        de="Keine Spalte der Datei enthält das Feld „{field}“. Ordnen Sie ihm eine Spalte zu oder legen Sie einen Wert für alle Zeilen fest.",
        pl="Żadna kolumna pliku nie zawiera pola „{field}”. Prosimy przypisać kolumnę lub ustawić wartość dla wszystkich wierszy.",
        ro="Nicio coloană a fișierului nu conține câmpul „{field}”. Asociați-i o coloană sau stabiliți o valoare pentru toate rândurile.",
    )
