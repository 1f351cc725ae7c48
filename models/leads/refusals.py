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
        en="is greater than the maximum; swap the two",
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
    COLUMN_NOT_IN_FILE = Why(
        RefusalCode.INVALID,
        "The mapping has a column that the file does not have.",
        en='mapping: the file has no column "{column}"; it has: {columns}.',
        de="Die Datei hat keine Spalte „{column}“. Ihre Spalten sind: {columns}.",
        pl="Plik nie ma kolumny „{column}”. Dostępne kolumny: {columns}.",
        ro="Fișierul nu are coloana „{column}”. Coloanele sale sunt: {columns}.",
    )
    FIELD_UNKNOWN = Why(
        RefusalCode.INVALID,
        "The mapping has a field that a lead does not have.",
        en='mapping: "{field}" is not a field of a lead; choose one of: {choices}.',
        de="„{field}“ ist kein Feld eines Leads. Wählen Sie eines der folgenden: {choices}.",
        pl="„{field}” nie jest polem leada. Prosimy wybrać jedno z następujących: {choices}.",
        ro="„{field}” nu este un câmp al unui lead. Alegeți unul dintre următoarele: {choices}.",
    )
    FIELD_MAPPED_TWICE = Why(
        RefusalCode.INVALID,
        "Two columns are mapped to one field, which accepts only one.",
        en="mapping: two columns are mapped to {field}; only other_phone and other_email accept several.",
        de="Zwei Spalten sind dem Feld „{field}“ zugeordnet; mehrere sind nur bei other_phone und other_email möglich.",
        pl="Do pola „{field}” przypisano dwie kolumny; kilka kolumn przyjmują tylko other_phone i other_email.",
        ro="Două coloane sunt asociate câmpului „{field}”; numai other_phone și other_email acceptă mai multe.",
    )
    NAME_COLUMN_MISSING = Why(
        RefusalCode.INVALID,
        "No column has the names of prospects.",
        en="mapping: no column contains the prospect's name; map one to full_name, or to first_name and last_name.",
        de="Keine Spalte enthält den Namen des Interessenten. Ordnen Sie eine Spalte full_name oder zwei Spalten first_name und last_name zu.",
        pl="Żadna kolumna nie zawiera imienia i nazwiska klienta. Prosimy przypisać kolumnę do pola full_name lub dwie kolumny do pól first_name i last_name.",
        ro="Nicio coloană nu conține numele clientului. Asociați o coloană câmpului full_name sau două coloane câmpurilor first_name și last_name.",
    )
    CONTACT_COLUMN_MISSING = Why(
        RefusalCode.INVALID,
        "No column has a way to contact prospects.",
        en="mapping: no column contains a way to contact the prospect; map one to phone or email.",
        de="Keine Spalte enthält einen Kontaktweg. Ordnen Sie eine Spalte phone oder email zu.",
        pl="Żadna kolumna nie zawiera sposobu kontaktu z klientem. Prosimy przypisać kolumnę do pola phone lub email.",
        ro="Nicio coloană nu conține o modalitate de contact. Asociați o coloană câmpului phone sau email.",
    )
    LEAD_VALUE_MISSING = Why(
        RefusalCode.REQUIRED,
        "The row lacks a value that a lead needs, and there is no default.",
        en="is required; map a column or set a default",
        de="Diese Angabe ist erforderlich. Ordnen Sie eine Spalte zu oder legen Sie einen Standardwert fest.",
        pl="Ta wartość jest wymagana. Prosimy przypisać kolumnę lub ustawić wartość domyślną.",
        ro="Această valoare este obligatorie. Asociați o coloană sau stabiliți o valoare implicită.",
    )
    EXTERNAL_ID_SHORTENED = Why(
        RefusalCode.INVALID,
        "A spreadsheet shortened the id of the row.",
        en="was shortened by a spreadsheet and may no longer be unique; format the column as text",
        de="Die Tabellenkalkulation hat die ID gekürzt, sodass sie möglicherweise nicht mehr eindeutig ist. Formatieren Sie die Spalte als Text.",
        pl="Arkusz kalkulacyjny skrócił ID, które może nie być już unikalne. Prosimy sformatować kolumnę jako tekst.",
        ro="Foaia de calcul a scurtat ID-ul, care poate să nu mai fie unic. Formatați coloana ca text.",
    )
    AMOUNT_INVALID = Why(
        RefusalCode.INVALID,
        "The text is not an amount.",
        en="is not an amount; use only digits, such as 10000",
        de="Das ist kein Betrag. Verwenden Sie nur Ziffern, etwa 10000.",
        pl="To nie jest kwota. Prosimy użyć samych cyfr, np. 10000.",
        ro="Aceasta nu este o sumă. Folosiți numai cifre, de exemplu 10000.",
    )
    FEE_INVALID = Why(
        RefusalCode.INVALID,
        "The text is not a number of points.",
        en="is not a number of points; use only digits, at most {most}",
        de="Das ist keine Punktzahl. Verwenden Sie nur Ziffern, höchstens {most}.",
        pl="To nie jest liczba punktów. Prosimy użyć samych cyfr (maksymalnie {most}).",
        ro="Acesta nu este un număr de puncte. Folosiți numai cifre (maximum {most}).",
    )
    STOPPED_PERSON_IN_FILE = Why(
        RefusalCode.CONFLICT,
        "A do-not-contact stop exists for the person in the row.",
        en="this belongs to a person who must not be contacted; remove the row from the file",
        de="Diese Angabe gehört zu einer Person, die nicht kontaktiert werden darf. Entfernen Sie die Zeile aus der Datei.",
        pl="Te dane należą do osoby, z którą nie wolno się kontaktować. Prosimy usunąć ten wiersz z pliku.",
        ro="Aceste date aparțin unei persoane care nu trebuie contactată. Eliminați rândul din fișier.",
    )
    COLUMN_MISSING = Why(
        RefusalCode.REQUIRED,
        "No column of the file contains the field, and there is no default.",
        en="{field}: no column of the file contains it; map a column to it, or set a default for all rows",
        de="Keine Spalte der Datei enthält das Feld „{field}“. Ordnen Sie ihm eine Spalte zu oder legen Sie einen Wert für alle Zeilen fest.",
        pl="Żadna kolumna pliku nie zawiera pola „{field}”. Prosimy przypisać kolumnę lub ustawić wartość dla wszystkich wierszy.",
        ro="Nicio coloană a fișierului nu conține câmpul „{field}”. Asociați-i o coloană sau stabiliți o valoare pentru toate rândurile.",
    )
