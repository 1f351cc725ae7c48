"""Reasons to refuse changes to notifications, in four languages."""

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
