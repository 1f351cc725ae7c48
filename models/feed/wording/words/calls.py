"""Words of notifications about the phone secretariat."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "SECRETARIAT_CHECK": {
        "en": Notice(
            "Please check your phone secretariat",
            (
                "You confirmed the data of your phone secretariat some time ago.",
                "Check the greeting, numbers, employees and extensions, and confirm them again.",
            ),
        ),
        "de": Notice(
            "Bitte prüfen Sie Ihr Telefonsekretariat",
            (
                "Sie haben die Angaben zu Ihrem Telefonsekretariat vor einiger Zeit bestätigt.",
                "Prüfen Sie Begrüßung, Nummern, Mitarbeiter und Durchwahlen und bestätigen Sie sie erneut.",
            ),
        ),
        "pl": Notice(
            "Prosimy sprawdzić sekretariat telefoniczny",
            (
                "Dane sekretariatu telefonicznego zostały potwierdzone jakiś czas temu.",
                "Prosimy sprawdzić powitanie, numery, pracowników i numery bezpośrednie oraz potwierdzić je ponownie.",
            ),
        ),
        "ro": Notice(
            "Verificați secretariatul telefonic",
            (
                "Ați confirmat datele secretariatului telefonic acum ceva timp.",
                "Verificați salutul, numerele, angajații și numerele directe și confirmați-le din nou.",
            ),
        ),
    },
    "CALENDAR_STALE": {
        "en": Notice(
            "A calendar of an employee cannot be read",
            (
                "Reading it has failed for some time. The appointments that were read last still count.",
                "Check the address of the calendar in the data of the employee, and enter it again if it has changed.",
            ),
        ),
        "de": Notice(
            "Ein Kalender eines Mitarbeiters ist nicht lesbar",
            (
                "Das Lesen schlägt seit einiger Zeit fehl. Es gelten weiter die zuletzt gelesenen Termine.",
                "Prüfen Sie die Adresse des Kalenders in den Angaben zum Mitarbeiter und geben Sie sie erneut ein, falls sie sich geändert hat.",
            ),
        ),
        "pl": Notice(
            "Nie można odczytać kalendarza pracownika",
            (
                "Odczyt od pewnego czasu się nie udaje. Nadal obowiązują ostatnio odczytane terminy.",
                "Prosimy sprawdzić adres kalendarza w danych pracownika i podać go ponownie, jeśli się zmienił.",
            ),
        ),
        "ro": Notice(
            "Un calendar al unui angajat nu poate fi citit",
            (
                "Citirea eșuează de ceva timp. Sunt valabile în continuare programările citite ultima dată.",
                "Verificați adresa calendarului în datele angajatului și introduceți-o din nou dacă s-a schimbat.",
            ),
        ),
    },
    "CALL_TAKEN.MESSAGE_TAKEN": {
        "en": Notice(
            "An agent took a message for your company",
            (
                "The employee who was asked for gets the note by email.",
                "It is also in the list of calls.",
            ),
        ),
        "de": Notice(
            "Für Ihr Unternehmen wurde eine Nachricht aufgenommen",
            (
                "Der gewünschte Mitarbeiter erhält die Notiz per E-Mail.",
                "Sie steht auch in der Anrufliste.",
            ),
        ),
        "pl": Notice(
            "Przyjęto wiadomość dla Państwa firmy",
            (
                "Pracownik, z którym chciano rozmawiać, otrzyma notatkę e-mailem.",
                "Notatka jest też na liście połączeń.",
            ),
        ),
        "ro": Notice(
            "A fost preluat un mesaj pentru compania dumneavoastră",
            (
                "Angajatul căutat primește nota prin e-mail.",
                "Nota se află și în lista apelurilor.",
            ),
        ),
    },
    "CALL_TAKEN.TRANSFERRED": {
        "en": Notice(
            "A call was put through",
            (
                "The employee who accepted it gets the caller's name and number by email.",
                "The call is also in the list of calls.",
            ),
        ),
        "de": Notice(
            "Ein Anruf wurde durchgestellt",
            (
                "Der Mitarbeiter, der ihn angenommen hat, erhält Name und Nummer des Anrufers per E-Mail.",
                "Der Anruf steht auch in der Anrufliste.",
            ),
        ),
        "pl": Notice(
            "Połączenie zostało przekazane",
            (
                "Pracownik, który je przyjął, otrzyma e-mailem nazwisko i numer osoby dzwoniącej.",
                "Połączenie jest też na liście połączeń.",
            ),
        ),
        "ro": Notice(
            "Un apel a fost transferat",
            (
                "Angajatul care l-a preluat primește prin e-mail numele și numărul apelantului.",
                "Apelul se află și în lista apelurilor.",
            ),
        ),
    },
    "CALL_TAKEN.FAQ_ANSWERED": {
        "en": Notice(
            "An agent answered a caller's question",
            (
                "The answer comes from your frequently asked questions.",
                "The note is in the list of calls.",
            ),
        ),
        "de": Notice(
            "Die Frage eines Anrufers wurde beantwortet",
            (
                "Die Antwort stammt aus Ihren häufigen Fragen.",
                "Die Notiz steht in der Anrufliste.",
            ),
        ),
        "pl": Notice(
            "Udzielono odpowiedzi na pytanie osoby dzwoniącej",
            (
                "Odpowiedź pochodzi z Państwa listy częstych pytań.",
                "Notatka jest na liście połączeń.",
            ),
        ),
        "ro": Notice(
            "S-a răspuns la întrebarea unui apelant",
            (
                "Răspunsul provine din lista dumneavoastră de întrebări frecvente.",
                "Nota se află în lista apelurilor.",
            ),
        ),
    },
    "CALL_TAKEN.ABANDONED": {
        "en": Notice(
            "A caller hung up while talking to an agent",
            ("What is known of the call is in the list of calls.",),
        ),
        "de": Notice(
            "Ein Anrufer hat während des Gesprächs aufgelegt",
            ("Was zu dem Anruf bekannt ist, steht in der Anrufliste.",),
        ),
        "pl": Notice(
            "Osoba dzwoniąca rozłączyła się podczas rozmowy",
            ("Znane informacje o połączeniu są na liście połączeń.",),
        ),
        "ro": Notice(
            "Un apelant a închis în timpul convorbirii",
            ("Ce se știe despre apel se află în lista apelurilor.",),
        ),
    },
    "CALL_FLAGGED": {
        "en": Notice(
            "A call was closed without a note",
            (
                "Its agent did not finish it in time. The company gets an email with what is known.",
                "The agent can add the note by correcting the call.",
            ),
        ),
        "de": Notice(
            "Ein Anruf wurde ohne Notiz abgeschlossen",
            (
                "Er wurde nicht rechtzeitig abgeschlossen. Das Unternehmen erhält eine E-Mail mit dem, was bekannt ist.",
                "Die Notiz kann durch eine Berichtigung des Anrufs ergänzt werden.",
            ),
        ),
        "pl": Notice(
            "Połączenie zamknięto bez notatki",
            (
                "Nie zakończono go w terminie. Firma otrzyma e-mail ze znanymi informacjami.",
                "Notatkę można dodać, poprawiając połączenie.",
            ),
        ),
        "ro": Notice(
            "Un apel a fost închis fără notă",
            (
                "Apelul nu a fost încheiat la timp. Compania primește un e-mail cu informațiile cunoscute.",
                "Nota poate fi adăugată prin corectarea apelului.",
            ),
        ),
    },
}
