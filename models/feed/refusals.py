"""Reasons to refuse changes to notifications and banners, in four languages."""

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class NotificationRefusal(RefusalReason):
    """The API's `NotificationErrorReason`."""

    NOTIFICATION_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The notification does not exist, or belongs to another recipient.",
        en="Notification not found.",
        de="Benachrichtigung nicht gefunden.",
        pl="Nie znaleziono powiadomienia.",
        ro="Notificarea nu a fost găsită.",
    )
    NOTIFICATIONS_MISSING = Why(
        RefusalCode.REQUIRED,
        "No notifications were specified.",
        en="ids: specify the notifications to mark as read.",
        de="Geben Sie die Benachrichtigungen an, die als gelesen markiert werden sollen.",
        pl="Prosimy wskazać powiadomienia, które mają zostać oznaczone jako przeczytane.",
        ro="Indicați notificările care trebuie marcate ca citite.",
    )
    TOO_MANY_NOTIFICATIONS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The request has too many notifications.",
        en="ids: at most {most} per request.",
        de="Zu viele Benachrichtigungen auf einmal (höchstens {most}).",
        pl="Zbyt wiele powiadomień naraz (maksymalnie {most}).",
        ro="Prea multe notificări deodată (maximum {most}).",
    )
    BANNER_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The viewer is not, or no longer, shown this banner about the object.",
        en="This banner is not, or no longer, shown to you. Query `banners` again.",
        de="Dieses Banner wird Ihnen nicht oder nicht mehr angezeigt. Laden Sie die Banner neu.",
        pl="Ten baner nie jest lub nie jest już wyświetlany. Prosimy wczytać banery ponownie.",
        ro="Acest banner nu vă este afișat sau nu mai este afișat. Citiți din nou bannerele.",
    )
    BANNER_NOT_DISMISSIBLE = Why(
        RefusalCode.REFUSED_BY_RULE,
        "The banner is waiting for your answer, so it cannot be dismissed; see `decision`.",
        en="This banner is waiting for your answer and cannot be dismissed. {decision}",
        de="Dieses Banner wartet auf Ihre Antwort und kann nicht ausgeblendet werden. {decision}",
        pl="Ten baner czeka na odpowiedź i nie można go ukryć. {decision}",
        ro="Acest banner așteaptă răspunsul dumneavoastră și nu poate fi ascuns. {decision}",
    )
