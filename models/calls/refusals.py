"""Reasons to refuse changes to a secretariat and its employees, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why

INVALID, REQUIRED, CONFLICT = RefusalCode.INVALID, RefusalCode.REQUIRED, RefusalCode.CONFLICT
NOT_FOUND, FORBIDDEN, LIMIT = RefusalCode.NOT_FOUND, RefusalCode.FORBIDDEN, RefusalCode.LIMIT_EXCEEDED


@unique
class CallRefusal(RefusalReason):
    """The API's `CallErrorReason`."""

    NUMBER_IS_SHORT = Why(
        INVALID,
        "The number is an emergency number or another short number, which cannot be a caller or an extension.",
        en="is an emergency or short number; enter a number with its area code",
        de="Das ist eine Notruf- oder Kurznummer. Geben Sie eine Nummer mit Vorwahl ein.",
        pl="To jest numer alarmowy lub skrócony. Prosimy podać pełny numer telefonu.",
        ro="Acesta este un număr de urgență sau scurt. Introduceți un număr complet, cu prefix.",
    )
    NUMBER_HAS_EXTENSION = Why(
        INVALID,
        "The number is followed by an extension, which a caller ID never contains.",
        en="has an extension after the number; enter the complete number that is shown or dialled",
        de="Auf die Nummer folgt eine Nebenstelle. Geben Sie die vollständige Nummer ein, die angezeigt oder gewählt wird.",
        pl="Po numerze podano numer wewnętrzny. Prosimy podać pełny numer, który jest wyświetlany lub wybierany.",
        ro="După număr urmează un interior. Introduceți numărul complet, care este afișat sau format.",
    )
    NUMBER_NOT_MOBILE = Why(
        INVALID,
        "The numbering plan knows the number as a fixed line, a shared-cost, premium or other number that receives no text messages.",
        en="is not a mobile number; enter one in the form +491701234567",
        de="Das ist keine Mobilnummer. Geben Sie eine in der Form +491701234567 ein.",
        pl="To nie jest numer komórkowy. Prosimy podać numer w postaci +48600100200.",
        ro="Acesta nu este un număr de mobil. Introduceți unul sub forma +40712345678.",
    )
    BLOCK_TOO_SHORT = Why(
        INVALID,
        "The block of numbers has fewer than five digits after the country code.",
        en="has fewer than {least} digits after the country code, which would match too many callers; add digits",
        de="Der Nummernblock hat weniger als {least} Ziffern nach der Ländervorwahl und träfe auf zu viele Anrufer zu. Ergänzen Sie Ziffern.",
        pl="Blok numerów ma mniej niż {least} cyfr po numerze kierunkowym kraju i obejmowałby zbyt wielu dzwoniących. Prosimy dodać cyfry.",
        ro="Blocul de numere are mai puțin de {least} cifre după prefixul țării și ar cuprinde prea mulți apelanți. Adăugați cifre.",
    )
    GREETING_WITHOUT_NAME = Why(
        INVALID,
        "The greeting has no placeholder for the agent's name.",
        en="The greeting has no placeholder for the agent's name. Add one of {placeholders}.",
        de="Der Begrüßung fehlt der Platzhalter für den Namen. Ergänzen Sie einen davon: {placeholders}.",
        pl="W powitaniu brakuje miejsca na imię i nazwisko. Prosimy dodać jedno z: {placeholders}.",
        ro="Din salut lipsește locul pentru numele agentului. Adăugați una dintre variante: {placeholders}.",
    )
    GREETING_UNKNOWN_PLACEHOLDER = Why(
        INVALID,
        "The greeting has brackets that are not one of the three placeholders.",
        en="The greeting has “{found}”, which is not a placeholder. Write {nearest} instead, or leave out the brackets.",
        de="In der Begrüßung steht „{found}“; das ist kein Platzhalter. Schreiben Sie stattdessen {nearest} oder lassen Sie die Klammern weg.",
        pl="W powitaniu jest „{found}”, co nie jest znanym symbolem. Prosimy wpisać {nearest} albo pominąć nawiasy.",
        ro="În salut apare „{found}”, care nu este un marcaj cunoscut. Scrieți {nearest} sau renunțați la paranteze.",
    )
    SECRETARIAT_NOT_FOUND = Why(
        NOT_FOUND,
        "The secretariat does not exist, or the viewer may not see it.",
        en="Secretariat not found.",
        de="Sekretariat nicht gefunden.",
        pl="Nie znaleziono sekretariatu.",
        ro="Secretariatul nu a fost găsit.",
    )
    EMPLOYEE_NOT_FOUND = Why(
        NOT_FOUND,
        "The employee does not exist, was removed, or belongs to another company.",
        en="Employee not found.",
        de="Mitarbeiter nicht gefunden.",
        pl="Nie znaleziono pracownika.",
        ro="Angajatul nu a fost găsit.",
    )
    APPOINTMENT_NOT_FOUND = Why(
        NOT_FOUND,
        "The appointment does not exist, or the viewer may not see it.",
        en="Appointment not found.",
        de="Termin nicht gefunden.",
        pl="Nie znaleziono wpisu w kalendarzu.",
        ro="Programarea nu a fost găsită.",
    )
    VIP_CALLER_NOT_FOUND = Why(
        NOT_FOUND,
        "The VIP entry does not exist, or the viewer may not see it.",
        en="VIP entry not found.",
        de="VIP-Eintrag nicht gefunden.",
        pl="Nie znaleziono wpisu VIP.",
        ro="Intrarea VIP nu a fost găsită.",
    )
    FAQ_ENTRY_NOT_FOUND = Why(
        NOT_FOUND,
        "The FAQ entry does not exist, or the viewer may not see it.",
        en="FAQ entry not found.",
        de="FAQ-Eintrag nicht gefunden.",
        pl="Nie znaleziono wpisu FAQ.",
        ro="Intrarea FAQ nu a fost găsită.",
    )
    AGENT_NOT_FOUND = Why(
        NOT_FOUND,
        "One of the users is not an agent.",
        en="One of the users is not an agent. Specify agents only.",
        de="Einer der Benutzer ist kein Agent. Geben Sie nur Agenten an.",
        pl="Jeden z użytkowników nie jest agentem. Prosimy wskazać tylko agentów.",
        ro="Unul dintre utilizatori nu este agent. Indicați numai agenți.",
    )
    SECRETARIAT_UNSPECIFIED = Why(
        REQUIRED,
        "An operator has to specify the secretariat.",
        en="secretariatId: operators specify the secretariat.",
        de="Geben Sie das Sekretariat an.",
        pl="Prosimy wskazać sekretariat.",
        ro="Indicați secretariatul.",
    )
    SECRETARIAT_EXISTS = Why(
        CONFLICT,
        "The account has a secretariat already.",
        en="The account already has a secretariat.",
        de="Das Konto hat bereits ein Sekretariat.",
        pl="Konto ma już sekretariat.",
        ro="Contul are deja un secretariat.",
    )
    ACCOUNT_HAS_NO_OWNER = Why(
        CONFLICT,
        "The account has no owner, from whom the set-up is prefilled.",
        en="The account has no owner. Add one first.",
        de="Das Konto hat keinen Inhaber. Fügen Sie zuerst einen hinzu.",
        pl="Konto nie ma właściciela. Prosimy go najpierw dodać.",
        ro="Contul nu are proprietar. Adăugați mai întâi unul.",
    )
    CALL_DATA_CHANGED = Why(
        RefusalCode.STALE_VERSION,
        "The object has changed since the client read it.",
        en="It has changed since you read it. Read it again.",
        de="Die Daten wurden inzwischen geändert. Lesen Sie sie erneut.",
        pl="Dane zostały w międzyczasie zmienione. Prosimy odczytać je ponownie.",
        ro="Datele s-au schimbat între timp. Citiți-le din nou.",
    )
    KEY_MISSING = Why(
        REQUIRED,
        "Something new needs an idempotencyKey.",
        en="idempotencyKey: required for a new entry. Generate one, such as a UUID.",
        de="Für einen neuen Eintrag ist ein idempotencyKey erforderlich, etwa eine UUID.",
        pl="Nowy wpis wymaga klucza idempotencyKey, np. UUID.",
        ro="O intrare nouă necesită un idempotencyKey, de exemplu un UUID.",
    )
    VERSION_MISSING = Why(
        REQUIRED,
        "A change needs the version that the client read.",
        en="expectedVersion: required for a change. Send the version that you read.",
        de="Für eine Änderung ist expectedVersion erforderlich.",
        pl="Zmiana wymaga podania expectedVersion.",
        ro="O modificare necesită expectedVersion.",
    )
    LANGUAGE_UNKNOWN = Why(
        INVALID,
        "The language is not supported.",
        en="language: must be one of {languages}.",
        de="Diese Sprache wird nicht unterstützt (möglich: {languages}).",
        pl="Ten język nie jest obsługiwany (możliwe: {languages}).",
        ro="Această limbă nu este acceptată (posibile: {languages}).",
    )
    HOLIDAYS_UNKNOWN = Why(
        INVALID,
        "The public holidays of this place are not known.",
        en="holidaysOf: the public holidays of this place are not known. Specify a country or a part of it, such as DE or DE-BE.",
        de="Die Feiertage dieses Ortes sind nicht bekannt. Geben Sie ein Land oder einen Teil davon an, etwa DE oder DE-BE.",
        pl="Święta w tym miejscu nie są znane. Prosimy podać kraj lub jego część, np. PL.",
        ro="Sărbătorile legale din acest loc nu sunt cunoscute. Indicați o țară sau o parte a ei, de exemplu RO.",
    )
    RETENTION_OUT_OF_RANGE = Why(
        INVALID,
        "The number of days is out of range.",
        en="retentionDays: must be from {least} to {most}.",
        de="Die Zahl der Tage muss zwischen {least} und {most} liegen.",
        pl="Liczba dni musi wynosić od {least} do {most}.",
        ro="Numărul de zile trebuie să fie între {least} și {most}.",
    )
    TRANSFER_BY_OPERATOR = Why(
        FORBIDDEN,
        "Only operators change what the plan includes.",
        en="transferIncluded: only operators can change the plan.",
        de="Den Tarif kann nur der Betreiber ändern.",
        pl="Plan może zmienić tylko operator.",
        ro="Numai operatorul poate schimba abonamentul.",
    )
    NUMBER_TAKEN = Why(
        CONFLICT,
        "A number, or a number of a block, belongs to another company.",
        en="A number is already in use by another company. Check the numbers.",
        de="Eine Nummer wird bereits von einem anderen Unternehmen verwendet. Prüfen Sie die Nummern.",
        pl="Jeden z numerów jest już używany przez inną firmę. Prosimy sprawdzić numery.",
        ro="Un număr este deja folosit de altă companie. Verificați numerele.",
    )
    EMPLOYEE_NAME_MISSING = Why(
        REQUIRED,
        "The employee has no name.",
        en="name: enter a name, or a last name.",
        de="Geben Sie einen Namen oder einen Nachnamen ein.",
        pl="Prosimy podać imię i nazwisko lub nazwisko.",
        ro="Introduceți numele complet sau numele de familie.",
    )
    EMPLOYEE_NAMED_TWICE = Why(
        INVALID,
        "The name is given in one text and in parts.",
        en="name: send either name, or firstName and lastName.",
        de="Geben Sie den Namen entweder ganz oder in Teilen an.",
        pl="Prosimy podać albo pełne nazwisko, albo jego części.",
        ro="Indicați fie numele complet, fie părțile lui.",
    )
    SMS_NEEDS_MOBILE = Why(
        REQUIRED,
        "Text messages need a mobile number.",
        en="mobile: required for text messages. Enter a number in the form +491701234567.",
        de="Für SMS ist eine Mobilnummer erforderlich. Geben Sie eine in der Form +491701234567 ein.",
        pl="Do wysyłania SMS-ów potrzebny jest numer komórkowy. Prosimy podać go w postaci +48600100200.",
        ro="Pentru SMS este necesar un număr de mobil. Introduceți unul sub forma +40712345678.",
    )
    DEPUTIES_IN_A_CIRCLE = Why(
        CONFLICT,
        "The deputies would form a circle.",
        en="The deputies would form a circle: {names}. Choose another deputy.",
        de="Die Vertreter würden einen Kreis bilden: {names}. Wählen Sie einen anderen Vertreter.",
        pl="Zastępstwa tworzyłyby zamknięte koło: {names}. Prosimy wybrać innego zastępcę.",
        ro="Înlocuitorii ar forma un cerc: {names}. Alegeți alt înlocuitor.",
    )
    DEPUTY_REMOVED = Why(
        CONFLICT,
        "The deputy is an employee who was removed.",
        en="{name} was removed and cannot be a deputy. Choose somebody else.",
        de="{name} wurde entfernt und kann niemanden vertreten. Wählen Sie jemand anderen.",
        pl="{name}: ta osoba została usunięta i nie może być zastępcą. Prosimy wybrać kogoś innego.",
        ro="{name}: această persoană a fost ștearsă și nu poate fi înlocuitor. Alegeți pe altcineva.",
    )
    TOO_MANY_EMPLOYEES = Why(
        LIMIT,
        "The company has too many employees.",
        en="A company has at most {most} employees.",
        de="Ein Unternehmen hat höchstens {most} Mitarbeiter.",
        pl="Firma może mieć najwyżej {most} pracowników.",
        ro="O companie poate avea cel mult {most} de angajați.",
    )
    EMPLOYEE_COLUMNS_MISSING = Why(
        INVALID,
        "No column of the file says whom a row is about.",
        en="has no column with the IDs, names or email addresses of employees; export the employees to see the columns",
        de="Die Datei hat keine Spalte mit Kennungen, Namen oder E-Mail-Adressen von Mitarbeitern. Exportieren Sie die Mitarbeiter, um die Spalten zu sehen.",
        pl="W pliku nie ma kolumny z identyfikatorami, nazwiskami ani adresami e-mail pracowników. Kolumny są widoczne w eksporcie pracowników.",
        ro="Fișierul nu are nicio coloană cu identificatorii, numele sau adresele de e-mail ale angajaților. Exportați angajații pentru a vedea coloanele.",
    )
    EMPLOYEE_EMAIL_MISSING = Why(
        REQUIRED,
        "The row has no email address.",
        en="is required; enter the email address to which notes of calls are sent",
        de="Geben Sie die E-Mail-Adresse ein, an die Gesprächsnotizen gesendet werden.",
        pl="Prosimy podać adres e-mail, na który wysyłane są notatki z rozmów.",
        ro="Introduceți adresa de e-mail la care se trimit notele despre apeluri.",
    )
    EMPLOYEE_REPEATED = Why(
        CONFLICT,
        "Two rows of the file are about the same employee.",
        en="Row {row} is about the same employee. Delete one of the two rows.",
        de="Zeile {row} betrifft denselben Mitarbeiter. Löschen Sie eine der beiden Zeilen.",
        pl="Wiersz {row} dotyczy tego samego pracownika. Prosimy usunąć jeden z tych dwóch wierszy.",
        ro="Rândul {row} se referă la același angajat. Ștergeți unul dintre cele două rânduri.",
    )
    EMPLOYEE_NOT_UNIQUE = Why(
        CONFLICT,
        "Several employees have the row's email address and name.",
        en="Several employees have this email address and name. Enter the ID of one of them.",
        de="Mehrere Mitarbeiter haben diese E-Mail-Adresse und diesen Namen. Geben Sie die Kennung des richtigen ein.",
        pl="Kilku pracowników ma ten adres e-mail i to nazwisko. Prosimy podać identyfikator właściwego.",
        ro="Mai mulți angajați au această adresă de e-mail și acest nume. Introduceți identificatorul celui potrivit.",
    )
    DEPUTY_NOT_UNIQUE = Why(
        CONFLICT,
        "Several employees have the deputy's name or email address.",
        en="fits several employees; enter the ID of the deputy",
        de="Die Angabe passt auf mehrere Mitarbeiter. Geben Sie die Kennung des Vertreters ein.",
        pl="Ta informacja pasuje do kilku pracowników. Prosimy podać identyfikator zastępcy.",
        ro="Textul se potrivește mai multor angajați. Introduceți identificatorul înlocuitorului.",
    )
    CELL_IS_FORMULA = Why(
        INVALID,
        "The text begins like a formula.",
        en="begins with =, like a formula; enter the text itself, or put an apostrophe before it",
        de="Der Text beginnt wie eine Formel mit =. Geben Sie den Text selbst ein oder stellen Sie ein Apostroph voran.",
        pl="Tekst zaczyna się od =, jak formuła. Prosimy wpisać sam tekst albo poprzedzić go apostrofem.",
        ro="Textul începe cu =, ca o formulă. Introduceți textul propriu-zis sau puneți un apostrof înaintea lui.",
    )
    ANSWER_UNKNOWN = Why(
        INVALID,
        "The cell says neither yes nor no.",
        en="is neither yes nor no; enter one of them",
        de="Die Angabe ist weder „ja“ noch „nein“. Geben Sie eines von beiden ein.",
        pl="Wpis nie oznacza ani „tak”, ani „nie”. Prosimy wpisać jedno z nich.",
        ro="Valoarea nu este nici „da”, nici „nu”. Introduceți una dintre ele.",
    )
    TRANSFER_UNKNOWN = Why(
        INVALID,
        "The cell does not say which calls are put through.",
        en="is not one of none, all and VIP; enter one of them",
        de="Geben Sie „nein“, „alle“ oder „VIP“ ein.",
        pl="Prosimy wpisać „nie”, „wszystkie” lub „VIP”.",
        ro="Introduceți „nu”, „toate” sau „VIP”.",
    )
    HOURS_INVALID = Why(
        INVALID,
        "A span of weekly hours is invalid.",
        en="hours: write a weekday from 1 to 7 and times such as 08:00 and 24:00, the second later than the first.",
        de="Geben Sie einen Wochentag von 1 bis 7 und Zeiten wie 08:00 und 24:00 an, die zweite nach der ersten.",
        pl="Prosimy podać dzień tygodnia od 1 do 7 i godziny, np. 08:00 i 24:00, druga późniejsza od pierwszej.",
        ro="Indicați o zi a săptămânii de la 1 la 7 și ore precum 08:00 și 24:00, a doua mai târzie decât prima.",
    )
    HOURS_OVERLAP = Why(
        INVALID,
        "Two spans of one day overlap.",
        en="hours: two spans of one day overlap. Join them.",
        de="Zwei Zeiträume eines Tages überschneiden sich. Fassen Sie sie zusammen.",
        pl="Dwa przedziały jednego dnia nakładają się. Prosimy je połączyć.",
        ro="Două intervale din aceeași zi se suprapun. Uniți-le.",
    )
    APPOINTMENT_TIMES_MIXED = Why(
        INVALID,
        "The appointment has days and instants, or only one end.",
        en="Send either firstDay and lastDay, or startsAt and endsAt.",
        de="Geben Sie entweder ganze Tage oder Beginn und Ende an.",
        pl="Prosimy podać albo całe dni, albo początek i koniec.",
        ro="Indicați fie zile întregi, fie începutul și sfârșitul.",
    )
    APPOINTMENT_OF_CALENDAR = Why(
        INVALID,
        "The appointment comes from a calendar, where it has to be changed.",
        en="This appointment comes from a calendar. Change it there.",
        de="Dieser Termin stammt aus einem Kalender. Ändern Sie ihn dort.",
        pl="Ten wpis pochodzi z kalendarza. Prosimy zmienić go w kalendarzu.",
        ro="Această programare provine dintr-un calendar. Modificați-o acolo.",
    )
    APPOINTMENT_ENDS_TOO_EARLY = Why(
        INVALID,
        "The appointment ends before it starts.",
        en="The appointment ends before it starts. Correct its end.",
        de="Der Termin endet vor seinem Beginn. Korrigieren Sie das Ende.",
        pl="Wpis kończy się przed swoim początkiem. Prosimy poprawić koniec.",
        ro="Programarea se termină înainte de a începe. Corectați sfârșitul.",
    )
    APPOINTMENT_TOO_LONG = Why(
        INVALID,
        "The appointment is longer than two years.",
        en="An appointment lasts at most two years. Use the absence text for longer.",
        de="Ein Termin dauert höchstens zwei Jahre. Verwenden Sie für länger die Abwesenheitsinfo.",
        pl="Wpis trwa najwyżej dwa lata. Na dłużej służy informacja o nieobecności.",
        ro="O programare durează cel mult doi ani. Pentru mai mult, folosiți textul de absență.",
    )
    APPOINTMENT_LONG_OVER = Why(
        INVALID,
        "The appointment ended more than a year ago.",
        en="The appointment ended more than a year ago. Check its dates.",
        de="Der Termin endete vor mehr als einem Jahr. Prüfen Sie die Daten.",
        pl="Wpis zakończył się ponad rok temu. Prosimy sprawdzić daty.",
        ro="Programarea s-a încheiat cu peste un an în urmă. Verificați datele.",
    )
    VIP_CALLER_EXISTS = Why(
        CONFLICT,
        "There is an entry for this number already.",
        en="There is already an entry for this number: {id}. Change that one.",
        de="Für diese Nummer gibt es bereits einen Eintrag: {id}. Ändern Sie diesen.",
        pl="Dla tego numeru istnieje już wpis: {id}. Prosimy go zmienić.",
        ro="Pentru acest număr există deja o intrare: {id}. Modificați-o pe aceea.",
    )
    TOO_MANY_VIP_CALLERS = Why(
        LIMIT,
        "The company has too many VIP entries.",
        en="A company has at most {most} VIP entries.",
        de="Ein Unternehmen hat höchstens {most} VIP-Einträge.",
        pl="Firma może mieć najwyżej {most} wpisów VIP.",
        ro="O companie poate avea cel mult {most} de intrări VIP.",
    )
    WAIVED_FIELD_UNKNOWN = Why(
        INVALID,
        "An entry waives a field that is not asked.",
        en="waives: {key} is not the key of an asked field.",
        de="{key} ist kein Schlüssel eines abgefragten Feldes.",
        pl="{key} nie jest kluczem żadnego z pytań.",
        ro="{key} nu este cheia niciunei întrebări.",
    )
    ASKED_FIELD_KEY_INVALID = Why(
        INVALID,
        "The key of an asked field is invalid or used twice.",
        en="fields: {key} is not a key of 1 to 40 capital letters, digits and underscores, or is used twice.",
        de="{key} ist kein Schlüssel aus 1 bis 40 Großbuchstaben, Ziffern und Unterstrichen oder kommt doppelt vor.",
        pl="{key} nie jest kluczem z 1 do 40 wielkich liter, cyfr i podkreśleń albo występuje dwukrotnie.",
        ro="{key} nu este o cheie din 1 până la 40 de majuscule, cifre și liniuțe de subliniere sau apare de două ori.",
    )
    ASKED_FIELD_CHOICES_WRONG = Why(
        INVALID,
        "Only a field of the kind CHOICE has choices, and it has at least two.",
        en="fields: only CHOICE has choices, and it needs at least two different ones.",
        de="Nur CHOICE hat Auswahlmöglichkeiten, und zwar mindestens zwei verschiedene.",
        pl="Tylko CHOICE ma opcje do wyboru, co najmniej dwie różne.",
        ro="Numai CHOICE are opțiuni, cel puțin două diferite.",
    )
    TOO_MANY_APPOINTMENTS = Why(
        LIMIT,
        "The employee has too many appointments.",
        en="An employee has at most {most} appointments. Delete some first.",
        de="Eine Person hat höchstens {most} Termine. Löschen Sie zuerst einige.",
        pl="Pracownik może mieć najwyżej {most} wpisów w kalendarzu. Najpierw należy usunąć część z nich.",
        ro="Un angajat poate avea cel mult {most} de programări. Ștergeți mai întâi câteva.",
    )
    CALENDAR_NOT_FOUND = Why(
        NOT_FOUND,
        "There is no such calendar, or the viewer may not see it.",
        en="No such calendar. Use an id that the API returned for your company.",
        de="Diesen Kalender gibt es nicht. Verwenden Sie eine Kennung, die die API für Ihr Unternehmen liefert.",
        pl="Nie ma takiego kalendarza. Prosimy użyć identyfikatora, który API zwróciło dla Państwa firmy.",
        ro="Acest calendar nu există. Folosiți un identificator pe care API-ul l-a returnat pentru compania dvs.",
    )
    CALENDAR_URL_INVALID = Why(
        INVALID,
        "The address of a calendar may not be requested, or its host cannot be resolved.",
        en="is not an address that can be requested; enter the public https address of a calendar",
        de="Diese Adresse kann nicht abgerufen werden. Geben Sie die öffentliche https-Adresse eines Kalenders ein.",
        pl="Tego adresu nie można pobrać. Prosimy podać publiczny adres https kalendarza.",
        ro="Această adresă nu poate fi accesată. Introduceți adresa https publică a unui calendar.",
    )
    CALENDAR_URL_MISSING = Why(
        REQUIRED,
        "A new calendar has no address.",
        en="is required for a new calendar; enter its https address, or import a file",
        de="Ein neuer Kalender braucht eine Adresse. Geben Sie seine https-Adresse ein oder importieren Sie eine Datei.",
        pl="Nowy kalendarz wymaga adresu. Prosimy podać jego adres https lub zaimportować plik.",
        ro="Un calendar nou are nevoie de o adresă. Introduceți adresa lui https sau importați un fișier.",
    )
    CALENDAR_IS_A_FILE = Why(
        INVALID,
        "The calendar was imported from a file, which was not kept and cannot be read again.",
        en="cannot be changed, because the calendar was imported from a file; import the file again",
        de="Der Kalender wurde aus einer Datei importiert und kann so nicht geändert werden. Importieren Sie die Datei erneut.",
        pl="Kalendarz zaimportowano z pliku, więc nie można go tak zmienić. Prosimy ponownie zaimportować plik.",
        ro="Calendarul a fost importat dintr-un fișier și nu poate fi modificat astfel. Importați fișierul din nou.",
    )
    CALENDAR_UNREADABLE = Why(
        INVALID,
        "The file is not an iCalendar file, is too large, or takes too long to read.",
        en="cannot be read: it is not an iCalendar file of at most 5 MB, or is too complex; export the calendar again",
        de="Die Datei ist nicht lesbar: keine iCalendar-Datei bis 5 MB oder zu umfangreich. Exportieren Sie den Kalender erneut.",
        pl="Nie można odczytać pliku: to nie jest plik iCalendar do 5 MB lub jest zbyt złożony. Prosimy ponownie wyeksportować kalendarz.",
        ro="Fișierul nu poate fi citit: nu este un fișier iCalendar de cel mult 5 MB sau este prea complex. Exportați din nou calendarul.",
    )
    CALENDAR_ASKED_TOO_SOON = Why(
        LIMIT,
        "The calendar was asked for less than a minute ago.",
        en="was asked for less than {seconds} seconds ago; wait, it is read soon",
        de="Der Kalender wurde vor weniger als {seconds} Sekunden angefordert. Warten Sie; er wird bald gelesen.",
        pl="O kalendarz poproszono mniej niż {seconds} sekund temu. Prosimy poczekać; zostanie wkrótce odczytany.",
        ro="Calendarul a fost cerut acum mai puțin de {seconds} secunde. Așteptați; va fi citit în curând.",
    )
    TOO_MANY_CALENDARS = Why(
        LIMIT,
        "The employee has as many calendars as an employee may have.",
        en="has {most} calendars, the most that an employee may have; delete one first",
        de="Der Mitarbeiter hat bereits {most} Kalender, mehr sind nicht möglich. Löschen Sie zuerst einen.",
        pl="Pracownik ma już {most} kalendarzy, więcej mieć nie może. Prosimy najpierw usunąć jeden z nich.",
        ro="Angajatul are deja {most} calendare, numărul maxim. Ștergeți mai întâi unul.",
    )
    TOO_MANY_FAQ_ENTRIES = Why(
        LIMIT,
        "The company has too many FAQ entries.",
        en="A company has at most {most} FAQ entries.",
        de="Ein Unternehmen hat höchstens {most} FAQ-Einträge.",
        pl="Firma może mieć najwyżej {most} wpisów FAQ.",
        ro="O companie poate avea cel mult {most} de intrări FAQ.",
    )
    EMPLOYEE_HAS_ACCESS = Why(
        CONFLICT,
        "The employee has a sub-account already, and has set a password.",
        en="The employee already has access.",
        de="Der Mitarbeiter hat bereits einen Zugang.",
        pl="Pracownik ma już dostęp.",
        ro="Angajatul are deja acces.",
    )
    TOO_MANY_INVITATIONS = Why(
        LIMIT,
        "The employee was invited too often within 24 hours.",
        en="An employee can be invited {most} times in 24 hours. Try again tomorrow.",
        de="Ein Mitarbeiter kann innerhalb von 24 Stunden höchstens {most}-mal eingeladen werden. Versuchen Sie es morgen erneut.",
        pl="Pracownika można zaprosić najwyżej {most} razy w ciągu 24 godzin. Prosimy spróbować jutro.",
        ro="Un angajat poate fi invitat de cel mult {most} ori în 24 de ore. Încercați din nou mâine.",
    )
    EMPLOYEE_HAS_NO_ACCESS = Why(
        CONFLICT,
        "The employee has no sub-account.",
        en="The employee has no access.",
        de="Der Mitarbeiter hat keinen Zugang.",
        pl="Pracownik nie ma dostępu.",
        ro="Angajatul nu are acces.",
    )
    PREVIEW_TOO_FAR = Why(
        INVALID,
        "The instant is more than two years away.",
        en="The time must be at most two years from now.",
        de="Der Zeitpunkt darf höchstens zwei Jahre vor oder nach dem heutigen Tag liegen.",
        pl="Podany moment może być odległy od dzisiaj najwyżej o dwa lata.",
        ro="Momentul poate fi cu cel mult doi ani înainte sau după ziua de azi.",
    )
    COVERAGE_PERIOD_INVALID = Why(
        INVALID,
        "The period ends before it starts.",
        en="period: ends before it starts. Correct it.",
        de="Der Zeitraum endet vor seinem Beginn. Korrigieren Sie ihn.",
        pl="Okres kończy się przed swoim początkiem. Prosimy go poprawić.",
        ro="Perioada se termină înainte de a începe. Corectați-o.",
    )
    COVERAGE_TOO_LARGE = Why(
        LIMIT,
        "The period is too long, or there are too many employees.",
        en="Coverage is computed for at most {days} days and {most} employees. Choose a shorter period or fewer employees.",
        de="Die Abdeckung wird für höchstens {days} Tage und {most} Mitarbeiter berechnet. Wählen Sie einen kürzeren Zeitraum oder weniger Mitarbeiter.",
        pl="Dostępność jest obliczana najwyżej dla {days} dni i {most} pracowników. Prosimy wybrać krótszy okres lub mniej pracowników.",
        ro="Acoperirea se calculează pentru cel mult {days} de zile și {most} de angajați. Alegeți o perioadă mai scurtă sau mai puțini angajați.",
    )
    STATISTICS_PERIOD_INVALID = Why(
        INVALID,
        "The period of the statistics ends before it starts, or is too long.",
        en="period: must end after it starts and be at most {days} days long.",
        de="Der Zeitraum muss nach seinem Beginn enden und darf höchstens {days} Tage lang sein.",
        pl="Koniec okresu musi przypadać po jego początku, a okres może trwać najwyżej {days} dni.",
        ro="Perioada trebuie să se încheie după ce începe și să aibă cel mult {days} de zile.",
    )
    SEARCH_NEEDS_PERIOD = Why(
        REQUIRED,
        "A search for text in notes has no period, or one that is too long.",
        en="period: a search for text needs a period of at most {days} days. Add one, or shorten it.",
        de="Für die Suche nach Text ist ein Zeitraum von höchstens {days} Tagen nötig. Geben Sie einen an, oder verkürzen Sie ihn.",
        pl="Wyszukiwanie tekstu wymaga okresu nie dłuższego niż {days} dni. Prosimy go podać lub skrócić.",
        ro="Căutarea după text necesită o perioadă de cel mult {days} de zile. Indicați una sau scurtați-o.",
    )
    CALLS_TOO_MANY = Why(
        LIMIT,
        "An export has too many calls.",
        en="period: has more than {most} calls. Export a shorter one.",
        de="Der Zeitraum enthält mehr als {most} Anrufe. Exportieren Sie einen kürzeren.",
        pl="W tym okresie jest więcej niż {most} połączeń. Prosimy wyeksportować krótszy.",
        ro="Perioada conține peste {most} de apeluri. Exportați una mai scurtă.",
    )
    ONLY_FOR_AGENTS = Why(
        FORBIDDEN,
        "Only phone agents may do this.",
        en="Only phone agents can do this.",
        de="Das dürfen nur Telefonagenten.",
        pl="Mogą to zrobić tylko agenci telefoniczni.",
        ro="Numai agenții telefonici pot face acest lucru.",
    )
    CALL_NOT_FOUND = Why(
        NOT_FOUND,
        "The call does not exist, or the viewer may not see it.",
        en="Call not found.",
        de="Anruf nicht gefunden.",
        pl="Nie znaleziono połączenia.",
        ro="Apelul nu a fost găsit.",
    )
    CALL_UNSPECIFIED = Why(
        REQUIRED,
        "Neither a call nor a dialled number is given, or both are.",
        en="callId: send either callId, or dialled with an idempotencyKey.",
        de="Geben Sie entweder den Anruf oder die gewählte Nummer an.",
        pl="Prosimy podać albo połączenie, albo wybrany numer.",
        ro="Indicați fie apelul, fie numărul format.",
    )
    DIALLED_UNKNOWN = Why(
        NOT_FOUND,
        "The number is nobody's, or belongs to a company whose calls the agent does not answer.",
        en="No company that you answer for has this number. Check it.",
        de="Kein Unternehmen, für das Sie Anrufe annehmen, hat diese Nummer. Prüfen Sie sie.",
        pl="Żadna firma, której połączenia Państwo odbierają, nie ma tego numeru. Prosimy go sprawdzić.",
        ro="Nicio companie pentru care răspundeți nu are acest număr. Verificați-l.",
    )
    CALL_TAKEN = Why(
        CONFLICT,
        "Another agent has the call.",
        en="{name} has taken this call.",
        de="{name} hat diesen Anruf angenommen.",
        pl="To połączenie przyjęła osoba: {name}.",
        ro="Acest apel a fost preluat de {name}.",
    )
    CALL_NOT_ANSWERED = Why(
        CONFLICT,
        "No agent has answered the call yet.",
        en="Nobody has answered this call yet. Answer it with callAnswer.",
        de="Diesen Anruf hat noch niemand angenommen. Nehmen Sie ihn zuerst an.",
        pl="Nikt jeszcze nie odebrał tego połączenia. Prosimy je najpierw odebrać.",
        ro="Nimeni nu a răspuns încă la acest apel. Răspundeți mai întâi.",
    )
    CALL_ENDED = Why(
        CONFLICT,
        "The call was finished, or its deadline has closed it.",
        en="The call has ended. Correct its note with callCorrect.",
        de="Der Anruf ist beendet. Korrigieren Sie die Notiz mit callCorrect.",
        pl="Połączenie jest zakończone. Notatkę można poprawić za pomocą callCorrect.",
        ro="Apelul s-a încheiat. Corectați nota cu callCorrect.",
    )
    CALL_NOT_ENDED = Why(
        CONFLICT,
        "The call has not ended yet.",
        en="The call has not ended yet. Finish it with callFinish.",
        de="Der Anruf ist noch nicht beendet. Schließen Sie ihn mit callFinish ab.",
        pl="Połączenie jeszcze trwa. Prosimy je zakończyć za pomocą callFinish.",
        ro="Apelul nu s-a încheiat încă. Încheiați-l cu callFinish.",
    )
    CALL_HUNG_UP = Why(
        CONFLICT,
        "The caller has hung up, so nobody can be put through.",
        en="The caller has hung up. Finish the call with callFinish.",
        de="Der Anrufer hat aufgelegt. Schließen Sie den Anruf mit callFinish ab.",
        pl="Dzwoniący się rozłączył. Prosimy zakończyć połączenie za pomocą callFinish.",
        ro="Apelantul a închis. Încheiați apelul cu callFinish.",
    )
    CALL_PUT_THROUGH = Why(
        CONFLICT,
        "An employee has accepted the call already.",
        en="An employee has already accepted this call.",
        de="Ein Mitarbeiter hat diesen Anruf bereits angenommen.",
        pl="Pracownik już przyjął to połączenie.",
        ro="Un angajat a acceptat deja acest apel.",
    )
    CALL_NOT_YOURS = Why(
        FORBIDDEN,
        "Only the call's agent and operators may correct its note.",
        en="Only the agent who has the call, and operators, can correct its note.",
        de="Die Notiz können nur der Agent des Anrufs und Betreiber korrigieren.",
        pl="Notatkę może poprawić tylko agent, który prowadził połączenie, oraz operator.",
        ro="Nota poate fi corectată numai de agentul care a preluat apelul și de operatori.",
    )
    CALL_FORGOTTEN = Why(
        CONFLICT,
        "The caller was forgotten, so nothing may be written about them any more.",
        en="The caller's data was erased. The note can no longer be changed.",
        de="Die Daten des Anrufers wurden gelöscht. Die Notiz kann nicht mehr geändert werden.",
        pl="Dane dzwoniącego usunięto. Notatki nie można już zmienić.",
        ro="Datele apelantului au fost șterse. Nota nu mai poate fi modificată.",
    )
    CORRECTION_TOO_LATE = Why(
        CONFLICT,
        "The time in which the agent may correct the note is over.",
        en="The note could be corrected until {until}. Ask an operator.",
        de="Die Notiz konnte bis {until} korrigiert werden. Wenden Sie sich an einen Betreiber.",
        pl="Notatkę można było poprawić do {until}. Prosimy zwrócić się do operatora.",
        ro="Nota putea fi corectată până la {until}. Adresați-vă unui operator.",
    )
    TRANSFER_NOT_ALLOWED = Why(
        RefusalCode.REFUSED_BY_RULE,
        "The rules do not put the call through to this employee now.",
        en="employeeId: the call is not put through to this employee now. {decision}",
        de="Der Anruf wird jetzt nicht zu diesem Mitarbeiter durchgestellt. {decision}",
        pl="Połączenia nie można teraz przekazać temu pracownikowi. {decision}",
        ro="Apelul nu poate fi transferat acum acestui angajat. {decision}",
    )
    MESSAGE_FOR_CALLER_MISSING = Why(
        REQUIRED,
        "The employee left a message for the caller, but it is not given.",
        en="messageForCaller: enter the employee's message for the caller.",
        de="Geben Sie ein, was dem Anrufer ausgerichtet werden soll.",
        pl="Prosimy wpisać wiadomość pracownika dla osoby dzwoniącej.",
        ro="Introduceți mesajul pe care angajatul îl lasă apelantului.",
    )
    OUTCOME_NOT_SAID = Why(
        INVALID,
        "An agent does not finish a call with this outcome.",
        en="outcome: UNFINISHED is only for calls that nobody finishes in time.",
        de="Dieses Ergebnis gilt nur für Anrufe, die niemand rechtzeitig abschließt.",
        pl="Ten wynik dotyczy tylko połączeń, których nikt nie zakończył na czas.",
        ro="Acest rezultat este numai pentru apelurile pe care nimeni nu le încheie la timp.",
    )
    OUTCOME_NEEDS_TRANSFER = Why(
        CONFLICT,
        "No employee has accepted the call.",
        en="outcome: no employee has accepted this call. Record that with callTransferRecord first.",
        de="Kein Mitarbeiter hat diesen Anruf angenommen. Halten Sie das zuerst mit callTransferRecord fest.",
        pl="Żaden pracownik nie przyjął tego połączenia. Prosimy najpierw to zapisać za pomocą callTransferRecord.",
        ro="Niciun angajat nu a acceptat acest apel. Înregistrați mai întâi acest lucru cu callTransferRecord.",
    )
    FAQ_ENTRY_MISSING = Why(
        REQUIRED,
        "The FAQ entry that answered the caller's question is not given.",
        en="faqEntryId: specify the FAQ entry that answered the question.",
        de="Geben Sie den FAQ-Eintrag an, der die Frage beantwortet hat.",
        pl="Prosimy wskazać wpis FAQ z odpowiedzią na to pytanie.",
        ro="Indicați intrarea FAQ care a răspuns la întrebare.",
    )
    CALL_SECONDS_OUT_OF_RANGE = Why(
        INVALID,
        "The duration is out of range.",
        en="durationSeconds: must be from 0 to {most}.",
        de="Die Dauer muss zwischen 0 und {most} Sekunden liegen.",
        pl="Czas trwania musi wynosić od 0 do {most} sekund.",
        ro="Durata trebuie să fie între 0 și {most} de secunde.",
    )
    NOTE_CALLBACK_OUT_OF_RANGE = Why(
        INVALID,
        "The time to call back is before the call or more than a year after it.",
        en="callbackBy: must be within a year after the call. Check the date.",
        de="Der Rückruf muss innerhalb eines Jahres nach dem Anruf liegen. Prüfen Sie das Datum.",
        pl="Termin oddzwonienia musi przypadać w ciągu roku po rozmowie. Prosimy sprawdzić datę.",
        ro="Termenul de apelare înapoi trebuie să fie în decurs de un an de la apel. Verificați data.",
    )
    NOTE_FIELD_MISSING = Why(
        REQUIRED,
        "A field that is asked has no answer.",
        en="{label}: ask the caller, or state that the caller did not want to say.",
        de="{label}: Fragen Sie den Anrufer, oder geben Sie an, dass er dazu nichts sagen wollte.",
        pl="{label}: prosimy zapytać dzwoniącego albo zaznaczyć, że nie chciał odpowiedzieć.",
        ro="{label}: întrebați apelantul sau indicați că nu a dorit să răspundă.",
    )
    NOTE_CALLER_MISSING = Why(
        REQUIRED,
        "Neither the name nor a number of the caller is known.",
        en="note.name: enter the caller's name or number.",
        de="Geben Sie den Namen oder die Nummer des Anrufers ein.",
        pl="Prosimy podać imię i nazwisko lub numer dzwoniącego.",
        ro="Introduceți numele sau numărul apelantului.",
    )
    NOTE_ANSWER_INVALID = Why(
        INVALID,
        "An answer is not one of the choices, is not a date, is given twice, or is to a field that is not asked.",
        en="{key}: answer fields that are asked, once each, with one of the choices, or a date such as 2026-03-31.",
        de="{key}: Beantworten Sie nur abgefragte Felder, jedes einmal, mit einer der Möglichkeiten oder einem Datum wie 2026-03-31.",
        pl="{key}: prosimy odpowiadać tylko na zadawane pytania, na każde raz, jedną z opcji lub datą, np. 2026-03-31.",
        ro="{key}: răspundeți numai la întrebările puse, la fiecare o singură dată, cu una dintre opțiuni sau cu o dată precum 2026-03-31.",
    )
    REASON_HAS_NUMBER = Why(
        INVALID,
        "The reason for erasing a caller contains the number, which would be stored with it.",
        en="reason: contains the number that is erased. Say why without it.",
        de="Die Begründung enthält die Nummer, die gelöscht wird. Bitte begründen Sie ohne sie.",
        pl="Uzasadnienie zawiera usuwany numer. Prosimy je podać bez tego numeru.",
        ro="Motivul conține numărul care se șterge. Scrieți motivul fără acest număr.",
    )
