"""Changes a user's own settings: the language and time zone of messages, the name, and the mobile number."""

from collections.abc import Sequence

from models.accounts.refusals import AccountRefusal
from models.base.database import connection, fetch
from models.base.refusal import Refusal, Refusals, Sentence, Wording, Words
from models.base.viewer import Viewer
from models.contact_data import clean_line
from models.contact_data.checked_text import checked_text
from models.contact_data.phone import Phone, parse_phone
from models.contact_data.phone_notation import InvalidPhone
from models.contact_data.place import UnknownPlace, parse_time_zone
from models.contact_data.sms_numbers import may_receive
from models.feed.wording.language import CATALOGS

LONGEST_NAME = 200  # characters


class SettingsNote(Wording):
    """What is accepted, and is probably wrong."""

    MOBILE_NOT_IN_PLAN = Words(
        en="mobile: the number has a possible length, but is not in its country's numbering plan. Check it: "
        "text messages may not arrive.",
        de="Die Nummer hat eine mögliche Länge, gehört aber nicht zum Nummernplan ihres Landes. Bitte prüfen "
        "Sie sie: SMS kommen möglicherweise nicht an.",
        pl="Numer ma możliwą długość, ale nie należy do planu numeracji swojego kraju. Prosimy go sprawdzić: "
        "SMS-y mogą nie dotrzeć.",
        ro="Numărul are o lungime posibilă, dar nu face parte din planul de numerotare al țării sale. "
        "Verificați-l: este posibil ca SMS-urile să nu ajungă.",
    )


def supported_locale(text: str) -> str:
    """Return a supported language of messages. Raises `Refusal` INVALID for any other."""
    if text not in CATALOGS:
        raise AccountRefusal.LANGUAGE_UNSUPPORTED.at("locale", languages=", ".join(sorted(CATALOGS)))
    return text


def known_time_zone(text: str) -> str:
    """Return a time zone's IANA name. Raises `Refusal` INVALID."""
    try:
        return parse_time_zone(text)
    except UnknownPlace as error:
        unknown = AccountRefusal.USER_TIME_ZONE_UNKNOWN
        raise unknown.at("timeZone", given=repr(text[:100]), detail=str(error)) from None


def display_name(text: str, longest: int = LONGEST_NAME) -> str:
    """Return a name in one line. Raises `Refusal` INVALID or REQUIRED."""
    return checked_text("name", text, longest, clean=clean_line, missing="enter a name.")


def mobile_number(text: str) -> str:
    """Return a number for text messages in E.164, "" to have none. Raises `Refusal` INVALID.

    A number of a possible length is accepted, even if its range is not known to be in use.
    """
    if not text.strip():
        return ""
    try:
        phone = parse_phone(text, None)
    except InvalidPhone as error:
        raise AccountRefusal.MOBILE_INVALID.at("mobile") from error
    if phone.extension is not None or not may_receive(phone.e164):
        raise AccountRefusal.MOBILE_INVALID.at("mobile")
    return phone.e164


async def update_settings(
    viewer: Viewer,
    *,
    locale: str | None = None,
    time_zone: str | None = None,
    name: str | None = None,
    mobile: str | None = None,
) -> Sequence[Sentence[Wording]]:
    """Change the viewer's own settings, all or none, and return warnings; a value that is None is not
    changed, and an empty `mobile` removes the number.

    Raises `Refusals` with every invalid value.
    """
    refusals: list[Refusal] = []
    values: list[str | None] = []
    for check, text in (
        (supported_locale, locale),
        (known_time_zone, time_zone),
        (display_name, name),
        (mobile_number, mobile),
    ):
        try:
            values.append(None if text is None else check(text))
        except Refusal as refusal:
            refusals.append(refusal)
    if refusals:
        raise Refusals(refusals)
    await fetch(
        connection(),
        """UPDATE users SET locale = coalesce($2, locale), time_zone = coalesce($3, time_zone),
               name = coalesce($4, name),
               mobile = CASE WHEN $5::text IS NULL THEN mobile ELSE nullif($5::text, '') END
           WHERE id = $1""",
        viewer.user_id,
        *values,
    )
    number = values[-1]
    unknown = number and not Phone(number).in_numbering_plan
    return [SettingsNote.MOBILE_NOT_IN_PLAN.sentence()] if unknown else []
