"""Reasons to refuse applications, answers and meetings, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class ApplicationRefusal(RefusalReason):
    """The API's `ApplicationErrorReason`."""

    APPLICATION_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The application does not exist, or you may not see it.",
        en="Application not found.",
        de="Bewerbung nicht gefunden.",
        pl="Nie znaleziono zgłoszenia.",
        ro="Cererea nu a fost găsită.",
    )
    ALREADY_APPLIED = Why(
        RefusalCode.CONFLICT,
        "The account has already applied for the lead.",
        en="Your account has already applied for this lead.",
        de="Ihr Konto hat sich bereits um diesen Lead beworben.",
        pl="Państwa konto wysłało już zgłoszenie do tego leada.",
        ro="Contul dumneavoastră a trimis deja o cerere pentru acest lead.",
    )
    ALREADY_HELD = Why(
        RefusalCode.CONFLICT,
        "The account already has the lead's contact data.",
        en="Your account already has this lead's contact data.",
        de="Ihr Konto hat die Kontaktdaten dieses Leads bereits.",
        pl="Państwa konto ma już dane kontaktowe tego leada.",
        ro="Contul dumneavoastră deține deja datele de contact ale acestui lead.",
    )
    EXCLUSIVE_FOR_SALE = Why(
        RefusalCode.CONFLICT,
        "The lead is sold to one vendor only; buy it instead of applying.",
        en="This lead is sold to one vendor only. Buy it instead of applying.",
        de="Dieser Lead geht nur an einen Anbieter. Kaufen Sie ihn, statt sich zu bewerben.",
        pl="Ten lead trafi tylko do jednego usługodawcy. Zamiast wysyłać zgłoszenie, prosimy go kupić.",
        ro="Acest lead revine unui singur furnizor. Cumpărați-l în loc să trimiteți o cerere.",
    )
    EXCLUSIVE_SOLD = Why(
        RefusalCode.CONFLICT,
        "The lead is sold to one vendor only and is no longer for sale.",
        en="This lead is sold to one vendor only and is no longer for sale. Choose another lead.",
        de="Dieser Lead geht nur an einen Anbieter und steht nicht mehr zum Verkauf. Wählen Sie einen anderen.",
        pl="Ten lead trafi tylko do jednego usługodawcy i nie jest już na sprzedaż. Prosimy wybrać inny.",
        ro="Acest lead revine unui singur furnizor și nu mai este de vânzare. Alegeți altul.",
    )
    LEAD_CLOSED = Why(
        RefusalCode.CONFLICT,
        "The lead no longer accepts applications.",
        en="This lead closed at {closed_at}.",
        de="Für diesen Lead kann man sich nicht mehr bewerben. Er wurde geschlossen: {closed_at}.",
        pl="Do tego leada nie można już wysyłać zgłoszeń. Zamknięto go: {closed_at}.",
        ro="Pentru acest lead nu se mai pot trimite cereri. S-a închis: {closed_at}.",
    )
    ONLY_THE_PROSPECT = Why(
        RefusalCode.FORBIDDEN,
        "Only the prospect of the lead can answer its applications.",
        en="Only the prospect can {verb} an application.",
        de="Nur der Interessent kann eine Bewerbung beantworten.",
        pl="Tylko klient może odpowiedzieć na zgłoszenie.",
        ro="Numai clientul poate răspunde la o cerere.",
    )
    APPLICATION_ENDED = Why(
        RefusalCode.REFUSED_BY_RULE,
        "The application has ended; see `decision`.",
        en="This application has ended and can no longer be answered. {decision}",
        de="Diese Bewerbung ist beendet und kann nicht mehr beantwortet werden. {decision}",
        pl="To zgłoszenie zostało zakończone i nie można już na nie odpowiedzieć. {decision}",
        ro="Această cerere s-a încheiat și nu i se mai poate răspunde. {decision}",
    )
    DECLINE_IS_FINAL = Why(
        RefusalCode.REFUSED_BY_RULE,
        "The prospect has declined the application.",
        en="You have already declined this application, and a decline is final.",
        de="Sie haben diese Bewerbung bereits abgelehnt; eine Ablehnung ist endgültig.",
        pl="To zgłoszenie zostało już przez Państwa odrzucone, a odrzucenie jest ostateczne.",
        ro="Ați refuzat deja această cerere, iar un refuz este definitiv.",
    )
    ACCEPTANCE_NOT_ALLOWED = Why(
        RefusalCode.REFUSED_BY_RULE,
        "A rule does not allow the application to be accepted; see `decision`.",
        en="This application can no longer be accepted. {decision}",
        de="Diese Bewerbung kann nicht mehr angenommen werden. {decision}",
        pl="Tego zgłoszenia nie można już zaakceptować. {decision}",
        ro="Această cerere nu mai poate fi acceptată. {decision}",
    )
    APPLICATION_CHANGED = Why(
        RefusalCode.STALE_VERSION,
        "The application has changed since it was read.",
        en="The application is at version {version}, not {expected}. Read it again, then retry.",
        de="Die Bewerbung wurde inzwischen geändert. Laden Sie sie neu und versuchen Sie es erneut.",
        pl="Zgłoszenie zostało w międzyczasie zmienione. Prosimy wczytać je ponownie i spróbować jeszcze raz.",
        ro="Cererea a fost modificată între timp. Reîncărcați-o și încercați din nou.",
    )
    MESSAGE_IDENTIFIES_YOU = Why(
        RefusalCode.INVALID,
        "The message contains contact data, which stays hidden after a decline.",
        en="{detail}. Your contact data stays hidden when you decline; remove it from the message.",
        de="Die Nachricht enthält Kontaktdaten oder einen Namen. Ihre Kontaktdaten bleiben bei einer Ablehnung verborgen; entfernen Sie sie aus der Nachricht.",
        pl="Wiadomość zawiera dane kontaktowe lub nazwisko. Po odrzuceniu Państwa dane kontaktowe pozostają ukryte; prosimy usunąć je z wiadomości.",
        ro="Mesajul conține date de contact sau un nume. Datele dumneavoastră de contact rămân ascunse când refuzați; eliminați-le din mesaj.",
    )
    ACCOUNT_BEING_CHANGED = Why(
        RefusalCode.CONFLICT,
        "Another change to the account is being saved; retry.",
        en="Another change to this account is being saved. Retry with the same idempotencyKey.",
        de="Eine andere Änderung dieses Kontos wird gerade gespeichert. Versuchen Sie es erneut.",
        pl="Trwa zapisywanie innej zmiany tego konta. Prosimy spróbować ponownie.",
        ro="Se salvează o altă modificare a acestui cont. Încercați din nou.",
    )
    MEETING_RECORD_NOT_YOURS = Why(
        RefusalCode.FORBIDDEN,
        "Only the prospect or an operator can record this.",
        en="kind: only the prospect or an operator can record {kind}.",
        de="Nur der Interessent oder ein Betreiber kann das festhalten.",
        pl="Może to odnotować tylko klient lub operator.",
        ro="Numai clientul sau un operator poate înregistra acest lucru.",
    )
    TOO_MANY_MEETING_RECORDS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "This kind of record was made too often for the application.",
        en="kind: {kind} was recorded {most} times in 24 hours for this application. Try again after {again}, or agree to the time that the other side proposed.",
        de="Für diese Bewerbung wurde das innerhalb von 24 Stunden zu oft festgehalten. Möglich ist es wieder ab: {again}. Dem Terminvorschlag der anderen Seite können Sie weiterhin zustimmen.",
        pl="Dla tego zgłoszenia odnotowano to zbyt wiele razy w ciągu 24 godzin. Ponownie będzie to możliwe: {again}. Można nadal zaakceptować termin zaproponowany przez drugą stronę.",
        ro="Pentru această cerere s-a înregistrat acest lucru de prea multe ori în 24 de ore. Va fi posibil din nou: {again}. Puteți accepta în continuare data propusă de cealaltă parte.",
    )
    NO_MEETING_AFTER_DECLINE = Why(
        RefusalCode.CONFLICT,
        "The application was declined, so it has no meeting.",
        en="The application was declined, so it has no meeting.",
        de="Die Bewerbung wurde abgelehnt, daher gibt es keinen Termin.",
        pl="Zgłoszenie zostało odrzucone, więc nie ma spotkania.",
        ro="Cererea a fost refuzată, așa că nu există o întâlnire.",
    )
    NO_MEETING_AFTER_END = Why(
        RefusalCode.CONFLICT,
        "The application has ended, so it has no meeting.",
        en="The application has ended, so it has no meeting.",
        de="Die Bewerbung ist beendet, daher gibt es keinen Termin.",
        pl="Zgłoszenie zostało zakończone, więc nie ma spotkania.",
        ro="Cererea s-a încheiat, așa că nu există o întâlnire.",
    )
    MEETING_TIME_MISSING = Why(
        RefusalCode.REQUIRED,
        "The new time of the meeting is missing.",
        en="at: specify the new time of the meeting.",
        de="Geben Sie die neue Zeit des Termins an.",
        pl="Prosimy podać nowy termin spotkania.",
        ro="Indicați noua dată a întâlnirii.",
    )
    MEETING_TIME_OUT_OF_RANGE = Why(
        RefusalCode.INVALID,
        "The time of the meeting is in the past, or more than a year ahead.",
        en="{named}: must be after the current time ({now}) and within a year.",
        de="Der Termin muss in der Zukunft und innerhalb eines Jahres liegen. Aktuelle Zeit: {now}.",
        pl="Termin musi przypadać w przyszłości, w ciągu roku. Aktualny czas: {now}.",
        ro="Data trebuie să fie în viitor, în termen de un an. Ora actuală: {now}.",
    )
    NO_MEETING_TO_CANCEL = Why(
        RefusalCode.CONFLICT,
        "There is no meeting to cancel.",
        en="There is no meeting to cancel.",
        de="Es gibt keinen Termin, der abgesagt werden könnte.",
        pl="Nie ma spotkania, które można odwołać.",
        ro="Nu există nicio întâlnire de anulat.",
    )
    MEETING_IS_OVER = Why(
        RefusalCode.CONFLICT,
        "The time of the meeting has passed.",
        en="The meeting time, {at}, has passed. It can no longer be cancelled.",
        de="Der Termin ({at}) ist vorbei und kann nicht mehr abgesagt werden.",
        pl="Termin spotkania ({at}) minął, więc nie można go już odwołać.",
        ro="Data întâlnirii ({at}) a trecut, așa că nu mai poate fi anulată.",
    )
    RECORD_IN_FUTURE = Why(
        RefusalCode.INVALID,
        "The recorded time is in the future.",
        en="at: must not be in the future; specify when it happened.",
        de="Der Zeitpunkt darf nicht in der Zukunft liegen. Geben Sie an, wann es war.",
        pl="Termin nie może przypadać w przyszłości. Prosimy podać, kiedy to nastąpiło.",
        ro="Data nu poate fi în viitor. Indicați când a avut loc.",
    )
    MEETING_NOT_YET = Why(
        RefusalCode.CONFLICT,
        "The meeting is still in the future.",
        en="kind: the meeting is not until {at}; cancel or reschedule it instead.",
        de="Der Termin ist erst am {at}. Sagen Sie ihn ab oder verschieben Sie ihn.",
        pl="Spotkanie jest zaplanowane dopiero na: {at}. Można je odwołać lub przełożyć.",
        ro="Întâlnirea are loc abia pe {at}. O puteți anula sau reprograma.",
    )
