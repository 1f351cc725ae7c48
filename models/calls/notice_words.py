"""Words of the emails and text messages about a call, in the company's language."""

from models.base.refusal import Wording, Words


class NoticeTitle(Wording):
    """Subjects of emails, and beginnings of text messages."""

    CALL = Words(
        en="Call from {caller}", de="Anruf von {caller}", pl="Telefon od: {caller}", ro="Apel de la {caller}"
    )
    THROUGH = Words(
        en="Call put through: {caller}",
        de="Durchgestellter Anruf: {caller}",
        pl="Przekazane połączenie: {caller}",
        ro="Apel transferat: {caller}",
    )
    MISSED = Words(
        en="Missed call: {caller}",
        de="Verpasster Anruf: {caller}",
        pl="Nieodebrane połączenie: {caller}",
        ro="Apel pierdut: {caller}",
    )
    AMENDED = Words(
        en="Corrected note: {caller}",
        de="Berichtigte Notiz: {caller}",
        pl="Poprawiona notatka: {caller}",
        ro="Notă corectată: {caller}",
    )
    VIP = Words(
        en="VIP call: {caller}",
        de="VIP-Anruf: {caller}",
        pl="Połączenie VIP: {caller}",
        ro="Apel VIP: {caller}",
    )
    URGENT = Words(en="Urgent: {title}", de="Dringend: {title}", pl="Pilne: {title}", ro="Urgent! {title}")
    UNKNOWN = Words(en="unknown number", de="Unbekannt", pl="nieznany numer", ro="număr necunoscut")


class NoticeBody(Wording):
    """What happened."""

    MESSAGE_TAKEN = Words(
        en="An agent answered the call and took this message.",
        de="Der Anruf wurde angenommen und diese Nachricht aufgenommen.",
        pl="Połączenie odebrano i przyjęto tę wiadomość.",
        ro="Apelul a fost preluat și a fost notat acest mesaj.",
    )
    FAQ_ANSWERED = Words(
        en="An agent answered the caller's question from your frequently asked questions.",
        de="Die Frage wurde anhand Ihrer häufigen Fragen beantwortet.",
        pl="Udzielono odpowiedzi na podstawie Państwa listy częstych pytań.",
        ro="S-a răspuns la întrebare pe baza listei dumneavoastră de întrebări frecvente.",
    )
    HUNG_UP = Words(
        en="The caller hung up before a message was taken. This is what is known.",
        de="Es wurde aufgelegt, bevor eine Nachricht aufgenommen war. Bekannt ist:",
        pl="Osoba dzwoniąca rozłączyła się, zanim przyjęto wiadomość. Znane informacje:",
        ro="Apelantul a închis înainte să fie notat un mesaj. Iată ce se știe.",
    )
    UNFINISHED = Words(
        en="An agent answered the call, but did not write a note in time. This is what is known.",
        de="Der Anruf wurde angenommen, aber die Notiz nicht rechtzeitig geschrieben. Bekannt ist:",
        pl="Połączenie odebrano, ale nie zapisano notatki na czas. Znane informacje:",
        ro="Apelul a fost preluat, dar nota nu a fost scrisă la timp. Iată ce se știe.",
    )
    TRANSFERRED = Words(
        en="The call was put through to {employee}.",
        de="Der Anruf wurde durchgestellt zu: {employee}.",
        pl="Połączenie przekazano do: {employee}.",
        ro="Apelul a fost transferat către {employee}.",
    )
    MISSED = Words(
        en="Nobody answered the call.",
        de="Niemand hat den Anruf angenommen.",
        pl="Nikt nie odebrał połączenia.",
        ro="Nimeni nu a răspuns la apel.",
    )
    AMENDED = Words(
        en="The note on this call was corrected. This version replaces the earlier one.",
        de="Die Notiz zu diesem Anruf wurde berichtigt. Diese Fassung ersetzt die frühere.",
        pl="Notatka o tym połączeniu została poprawiona. Ta wersja zastępuje poprzednią.",
        ro="Nota despre acest apel a fost corectată. Această versiune o înlocuiește pe cea anterioară.",
    )


class NoticeLabel(Wording):
    """Labels of what is known of the call; those of the asked fields are the company's."""

    CALLED_AT = Words(
        en="Time of the call", de="Zeitpunkt des Anrufs", pl="Czas połączenia", ro="Ora apelului"
    )
    CALLER_ID = Words(en="Caller ID", de="Angezeigte Nummer", pl="Wyświetlony numer", ro="Numărul afișat")
    VIP = Words(en="VIP entry", de="VIP-Eintrag", pl="Wpis VIP", ro="Intrare VIP")
    WANTED = Words(en="Asked for", de="Gewünscht", pl="Połączenie do", ro="Persoana căutată")
    QUESTION = Words(en="Question", de="Frage", pl="Pytanie", ro="Întrebare")
    URGENT = Words(en="Urgent", de="Dringend", pl="Pilne", ro="Este urgent")
    CALL_BACK = Words(en="Call back by", de="Rückruf bis", pl="Oddzwonić do", ro="De sunat până la")
    AGENT = Words(en="Answered by", de="Angenommen von", pl="Odebrane przez", ro="Preluat de")


class NoticeValue(Wording):
    """Values that are not the caller's own."""

    YES = Words(en="yes", de="ja", pl="tak", ro="da")
    NOT_GIVEN = Words(en="not given", de="nicht genannt", pl="nie podano", ro="nu a fost comunicat")
