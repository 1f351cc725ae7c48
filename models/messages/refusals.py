"""Reasons to refuse actions on dispatches, preferences, devices and calendar feeds, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class MessageRefusal(RefusalReason):
    """The API's `DispatchErrorReason`."""

    DISPATCH_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The dispatch does not exist, or was sent to somebody else.",
        en="Dispatch not found.",
        de="Sendung nicht gefunden.",
        pl="Nie znaleziono wysyłki.",
        ro="Expedierea nu a fost găsită.",
    )
    DISPATCHES_MISSING = Why(
        RefusalCode.REQUIRED,
        "No dispatches were specified.",
        en="ids: specify the dispatches.",
        de="Geben Sie die Sendungen an.",
        pl="Prosimy wskazać wysyłki.",
        ro="Indicați expedierile.",
    )
    TOO_MANY_DISPATCHES = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The request has too many dispatches.",
        en="ids: at most {most} per request.",
        de="Zu viele Sendungen auf einmal (höchstens {most}).",
        pl="Zbyt wiele wysyłek naraz (maksymalnie {most}).",
        ro="Prea multe expedieri deodată (maximum {most}).",
    )
    NOT_RETRIABLE = Why(
        RefusalCode.CONFLICT,
        "Only dispatches that are dead, uncertain, or suppressed after a bounce can be retried.",
        en="ids: only dispatches that are DEAD, UNCERTAIN, or SUPPRESSED after a bounce can be retried. This one is {state}.",
        de="Wiederholt werden können nur aufgegebene, unklare oder nach einer Unzustellbarkeit unterdrückte Sendungen.",
        pl="Ponowić można tylko wysyłki porzucone, niepewne albo wstrzymane po niedoręczeniu.",
        ro="Se pot repeta numai expedierile abandonate, incerte sau oprite după o returnare.",
    )
    NOT_UNCERTAIN = Why(
        RefusalCode.CONFLICT,
        "Only an uncertain dispatch can be settled.",
        en="dispatchId: only an UNCERTAIN dispatch can be settled. This one is {state}.",
        de="Nur eine unklare Sendung kann geklärt werden.",
        pl="Rozstrzygnąć można tylko wysyłkę niepewną.",
        ro="Numai o expediere incertă poate fi clarificată.",
    )
    NOT_WAITING = Why(
        RefusalCode.CONFLICT,
        "Only a waiting dispatch can be cancelled.",
        en="ids: only WAITING dispatches can be cancelled. This one is {state}.",
        de="Nur wartende Sendungen können abgebrochen werden.",
        pl="Anulować można tylko wysyłki oczekujące.",
        ro="Se pot anula numai expedierile în așteptare.",
    )
    REQUIRED_BY_LAW = Why(
        RefusalCode.CONFLICT,
        "A message that the law requires cannot be cancelled.",
        en="ids: a message that the law requires cannot be cancelled.",
        de="Eine gesetzlich vorgeschriebene Nachricht kann nicht abgebrochen werden.",
        pl="Nie można anulować wiadomości wymaganej przez prawo.",
        ro="Un mesaj cerut de lege nu poate fi anulat.",
    )
    NOT_SUPPRESSED = Why(
        RefusalCode.CONFLICT,
        "The address of the dispatch is not suppressed.",
        en="dispatchId: the address of this dispatch is not suppressed.",
        de="Die Adresse dieser Sendung ist nicht unterdrückt.",
        pl="Adres tej wysyłki nie jest wstrzymany.",
        ro="Adresa acestei expedieri nu este oprită.",
    )
    DISPATCH_CHANGED = Why(
        RefusalCode.STALE_VERSION,
        "The dispatch has changed since the client read it.",
        en="expectedVersion: the dispatch has version {version}, not {expected}. Read it again.",
        de="Die Sendung wurde inzwischen geändert. Lesen Sie sie erneut.",
        pl="Wysyłka została w międzyczasie zmieniona. Prosimy odczytać ją ponownie.",
        ro="Expedierea s-a modificat între timp. Citiți-o din nou.",
    )
    DEVICE_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The device does not exist, or belongs to another user.",
        en="Device not found.",
        de="Gerät nicht gefunden.",
        pl="Nie znaleziono urządzenia.",
        ro="Dispozitivul nu a fost găsit.",
    )
    DEVICE_KIND_NOT_SUPPORTED = Why(
        RefusalCode.INVALID,
        "Devices of this kind are not supported yet; only browsers are.",
        en="kind: {kind} is not supported yet. Register a browser (WEB).",
        de="Geräte dieser Art werden noch nicht unterstützt. Registrieren Sie einen Browser (WEB).",
        pl="Urządzenia tego rodzaju nie są jeszcze obsługiwane. Prosimy zarejestrować przeglądarkę (WEB).",
        ro="Dispozitivele de acest fel nu sunt încă acceptate. Înregistrați un browser (WEB).",
    )
    DEVICE_ADDRESS_INVALID = Why(
        RefusalCode.INVALID,
        "The address is not the HTTPS address of a push service on the internet.",
        en="address: not the address of a push service. Send the `endpoint` of the browser's subscription.",
        de="Das ist keine Adresse eines Push-Dienstes. Senden Sie den `endpoint` des Browser-Abonnements.",
        pl="To nie jest adres usługi push. Prosimy przesłać `endpoint` subskrypcji przeglądarki.",
        ro="Aceasta nu este adresa unui serviciu push. Trimiteți `endpoint` din abonamentul browserului.",
    )
    DEVICE_KEY_MISSING = Why(
        RefusalCode.REQUIRED,
        "A browser is registered with both keys of its subscription.",
        en="{field}: required for a browser. Send the `keys` of its subscription.",
        de="Für einen Browser sind beide Schlüssel nötig. Senden Sie die `keys` des Abonnements.",
        pl="Dla przeglądarki wymagane są oba klucze. Prosimy przesłać `keys` subskrypcji.",
        ro="Pentru un browser sunt necesare ambele chei. Trimiteți `keys` din abonament.",
    )
    DEVICE_KEYS_INVALID = Why(
        RefusalCode.INVALID,
        "The keys are not those of a browser's subscription.",
        en="p256dh, auth: not the keys of a subscription. Send its `keys` as they are.",
        de="Das sind keine Schlüssel eines Abonnements. Senden Sie dessen `keys` unverändert.",
        pl="To nie są klucze subskrypcji. Prosimy przesłać jej `keys` bez zmian.",
        ro="Acestea nu sunt cheile unui abonament. Trimiteți `keys` așa cum sunt.",
    )
    TOO_MANY_DEVICES = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The user has too many devices.",
        en="You already have {most} devices. Remove one that you no longer use.",
        de="Sie haben bereits {most} Geräte. Entfernen Sie eines, das Sie nicht mehr benutzen.",
        pl="Zarejestrowano już {most} urządzeń. Prosimy usunąć nieużywane.",
        ro="Aveți deja {most} dispozitive. Eliminați unul pe care nu îl mai folosiți.",
    )
    ENDPOINT_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The webhook endpoint does not exist, or belongs to somebody else.",
        en="Webhook endpoint not found.",
        de="Webhook-Endpunkt nicht gefunden.",
        pl="Nie znaleziono punktu końcowego webhooka.",
        ro="Endpointul webhook nu a fost găsit.",
    )
    ENDPOINT_URL_INVALID = Why(
        RefusalCode.INVALID,
        "The address of the webhook endpoint is not a public https address, or its name cannot be resolved.",
        en="url: must be an https address of a public host whose name can be resolved, without a user name. Check the address.",
        de="Die Adresse muss mit https beginnen und zu einem öffentlichen, auflösbaren Host gehören, ohne Benutzernamen.",
        pl="Adres musi zaczynać się od https i wskazywać publiczny host, którego nazwę da się rozwiązać, bez nazwy użytkownika.",
        ro="Adresa trebuie să înceapă cu https și să aparțină unui host public, cu un nume care poate fi rezolvat, fără nume de utilizator.",
    )
    EVENTS_MISSING = Why(
        RefusalCode.REQUIRED,
        "No events were specified.",
        en="events: specify at least one event.",
        de="Geben Sie mindestens ein Ereignis an.",
        pl="Prosimy wskazać co najmniej jedno zdarzenie.",
        ro="Indicați cel puțin un eveniment.",
    )
    TOO_MANY_ENDPOINTS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The account has the maximum number of webhook endpoints.",
        en="An account can have at most {most} webhook endpoints. Delete one first.",
        de="Ein Konto kann höchstens {most} Webhook-Endpunkte haben. Löschen Sie zuerst einen.",
        pl="Konto może mieć najwyżej {most} punktów końcowych webhooków. Najpierw należy usunąć jeden z nich.",
        ro="Un cont poate avea cel mult {most} endpointuri webhook. Ștergeți mai întâi unul.",
    )
    ENDPOINT_DISABLED = Why(
        RefusalCode.CONFLICT,
        "The webhook endpoint is disabled.",
        en="endpointId: this endpoint is disabled. Enable it first.",
        de="Dieser Endpunkt ist deaktiviert. Aktivieren Sie ihn zuerst.",
        pl="Ten punkt końcowy jest wyłączony. Najpierw należy go włączyć.",
        ro="Acest endpoint este dezactivat. Activați-l mai întâi.",
    )
    ENDPOINT_CHANGED = Why(
        RefusalCode.STALE_VERSION,
        "The webhook endpoint has changed since the client read it.",
        en="expectedVersion: the endpoint has version {version}, not {expected}. Read it again.",
        de="Der Endpunkt wurde inzwischen geändert. Lesen Sie ihn erneut.",
        pl="Punkt końcowy został w międzyczasie zmieniony. Prosimy odczytać go ponownie.",
        ro="Endpointul s-a modificat între timp. Citiți-l din nou.",
    )
    TOO_MANY_EVENTS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The period has too many events for one replay.",
        en="period: has more than {most} events to send. Choose a shorter one.",
        de="Der Zeitraum enthält mehr als {most} Ereignisse. Wählen Sie einen kürzeren.",
        pl="Okres obejmuje więcej zdarzeń niż {most}. Prosimy wybrać krótszy.",
        ro="Perioada conține mai mult de {most} de evenimente. Alegeți una mai scurtă.",
    )
    PERIOD_BACKWARDS = Why(
        RefusalCode.INVALID,
        "The period ends before it begins.",
        en="period: must not end before it begins. Send a later end.",
        de="Der Zeitraum darf nicht vor seinem Beginn enden.",
        pl="Okres nie może kończyć się przed swoim początkiem.",
        ro="Perioada nu se poate încheia înainte de a începe.",
    )
    OVERLAP_OUT_OF_RANGE = Why(
        RefusalCode.INVALID,
        "The overlap of two secrets is out of range.",
        en="overlapHours: must be from 0 to {most}.",
        de="Die Überlappung muss zwischen 0 und {most} Stunden liegen.",
        pl="Okres nakładania się musi wynosić od 0 do {most} godzin.",
        ro="Suprapunerea trebuie să fie între 0 și {most} de ore.",
    )
    NOT_SWITCHABLE = Why(
        RefusalCode.CONFLICT,
        "The messages of this group are part of the contract or required by law, or are not sent on this channel.",
        en="group: these messages cannot be switched on or off on this channel: the contract or the law requires them, or none are sent.",
        de="Diese Nachrichten können auf diesem Kanal weder ein- noch abgeschaltet werden: Vertrag oder Gesetz verlangen sie, oder es werden keine gesendet.",
        pl="Tych wiadomości nie można włączyć ani wyłączyć w tym kanale: wymaga ich umowa lub prawo albo nie są wysyłane.",
        ro="Aceste mesaje nu pot fi pornite sau oprite pe acest canal: sunt cerute de contract sau de lege ori nu se trimit.",
    )
    MOBILE_MISSING = Why(
        RefusalCode.REQUIRED,
        "Text messages need a mobile number.",
        en="channel: you have no mobile number. Enter it in your settings first.",
        de="Sie haben keine Mobilnummer. Tragen Sie sie zuerst in Ihren Einstellungen ein.",
        pl="Brak numeru telefonu komórkowego. Prosimy najpierw podać go w ustawieniach.",
        ro="Nu aveți un număr de telefon mobil. Introduceți-l mai întâi în setări.",
    )
    CALENDAR_NOT_FOR_ROLE = Why(
        RefusalCode.FORBIDDEN,
        "Only owners and members of an account, prospects and operators can subscribe to a calendar.",
        en="Only owners and members of a vendor's account, prospects and operators can subscribe to a calendar.",
        de="Nur Inhaber und Mitglieder eines Anbieterkontos, Interessenten und Betreiber können einen Kalender abonnieren.",
        pl="Kalendarz mogą subskrybować tylko właściciele i członkowie konta usługodawcy, klienci i operatorzy.",
        ro="Numai proprietarii și membrii contului unui furnizor, clienții și operatorii se pot abona la un calendar.",
    )
