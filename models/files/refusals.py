"""Reasons to refuse files, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class FileRefusal(RefusalReason):
    """The API's `FileErrorReason`."""

    FILE_MISSING = Why(
        RefusalCode.REQUIRED,
        "The request has no file.",
        en="file: upload the file as multipart/form-data (graphql-multipart-request-spec).",
        de="Die Datei fehlt. Laden Sie eine Datei hoch.",
        pl="Brak pliku. Prosimy przesłać plik.",
        ro="Fișierul lipsește. Încărcați un fișier.",
    )
    FILE_OF_ACCOUNT_IN_PROGRESS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "Another file of the account is being processed.",
        en="{named}another file of your account is currently {doing}. Wait until it is finished, then retry.",
        de="Eine andere Datei Ihres Kontos wird gerade verarbeitet. Warten Sie, bis das abgeschlossen ist, und versuchen Sie es dann erneut.",
        pl="Trwa przetwarzanie innego pliku Państwa konta. Prosimy zaczekać na zakończenie i spróbować ponownie.",
        ro="Se prelucrează deja un alt fișier al contului dumneavoastră. Așteptați până se termină, apoi încercați din nou.",
    )
    TOO_MANY_FILES_IN_PROGRESS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The maximum number of files is being processed.",
        en="{named}{most} files are currently {doing}, which is the maximum. Retry in a few seconds.",
        de="Zurzeit werden zu viele Dateien verarbeitet. Versuchen Sie es in einigen Sekunden erneut.",
        pl="Obecnie przetwarzanych jest zbyt wiele plików. Prosimy spróbować ponownie za kilka sekund.",
        ro="În acest moment se prelucrează prea multe fișiere. Încercați din nou peste câteva secunde.",
    )
    STORAGE_FULL = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The account does not have enough storage left for the file.",
        en="{named}not enough storage for {size:.1f} MB: your account's files use {stored:.1f} of {most:.1f} MB. {remedy}",
        de="Der Speicherplatz reicht nicht: Die Datei hat {size} MB, belegt sind {stored} von {most} MB. Bitten Sie den Betreiber um mehr Speicherplatz.",
        pl="Za mało miejsca: plik ma {size} MB, a zajęte jest {stored} z {most} MB. O więcej miejsca można poprosić operatora.",
        ro="Spațiu insuficient: fișierul are {size} MB și sunt ocupați {stored} din {most} MB. Solicitați operatorului mai mult spațiu.",
    )
