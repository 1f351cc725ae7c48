"""Reasons to refuse drafts of policies, their publication and trials, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class PolicyRefusal(RefusalReason):
    """The API's `PolicyErrorReason`."""

    POLICY_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "There is no policy with this id.",
        en="Policy not found.",
        de="Richtlinie nicht gefunden.",
        pl="Nie znaleziono zasad.",
        ro="Politica nu a fost găsită.",
    )
    POLICY_MARKET_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "No market has this code.",
        en="market: no market has this code. Query `markets`.",
        de="Kein Markt hat diesen Code.",
        pl="Żaden rynek nie ma tego kodu.",
        ro="Nicio piață nu are acest cod.",
    )
    PARAMETER_INVALID = Why(
        RefusalCode.INVALID,
        "A parameter is unknown, missing, of another type or outside its bounds; the path is in `field`.",
        en="{problem}",
        de="Ungültiger Parameter: {problem}",
        pl="Nieprawidłowy parametr: {problem}",
        ro="Parametru nevalid: {problem}",
    )
    RULES_DO_NOT_HOLD = Why(
        RefusalCode.INVALID,
        "With these parameters, the rules have a gap or a conflict; see `check.counterexamples`.",
        en="With these parameters, the rules no longer decide every case: {example}. Change the parameters that it names.",
        de="Mit diesen Parametern entscheiden die Regeln nicht mehr jeden Fall: {example}. Ändern Sie die genannten Parameter.",
        pl="Przy tych parametrach reguły nie rozstrzygają już każdego przypadku: {example}. Należy zmienić wskazane parametry.",
        ro="Cu acești parametri, regulile nu mai decid fiecare caz: {example}. Modificați parametrii indicați.",
    )
    CHECK_UNAVAILABLE = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The check of the rules took too long, because the server is busy.",
        en="The check of the rules took too long. Try again in a minute.",
        de="Die Prüfung der Regeln hat zu lange gedauert. Versuchen Sie es in einer Minute erneut.",
        pl="Sprawdzenie reguł trwało zbyt długo. Prosimy spróbować ponownie za minutę.",
        ro="Verificarea regulilor a durat prea mult. Încercați din nou peste un minut.",
    )
    VERSION_INVALID = Why(
        RefusalCode.INVALID,
        "The name of the version is not a short plain name.",
        en="version: must have 1 to 64 letters, digits, dots, dashes or underscores.",
        de="Der Name der Version muss aus 1 bis 64 Buchstaben, Ziffern, Punkten, Binde- oder Unterstrichen bestehen.",
        pl="Nazwa wersji musi mieć od 1 do 64 liter, cyfr, kropek, myślników lub podkreśleń.",
        ro="Numele versiunii trebuie să aibă între 1 și 64 de litere, cifre, puncte, cratime sau liniuțe de subliniere.",
    )
    VERSION_TAKEN = Why(
        RefusalCode.CONFLICT,
        "A policy with this version exists already.",
        en="version: a policy with this name exists already. Choose another one.",
        de="Eine Richtlinie mit diesem Namen gibt es bereits. Wählen Sie einen anderen.",
        pl="Zasady o tej nazwie już istnieją. Prosimy wybrać inną nazwę.",
        ro="Există deja o politică cu acest nume. Alegeți altul.",
    )
    LATEST_VERSION_CHANGED = Why(
        RefusalCode.CONFLICT,
        "Another version of the market's policy was published since.",
        en="expectedLatestVersion: the latest version is {latest}. Look at its changes, then publish again.",
        de="Die neueste Version ist inzwischen {latest}. Sehen Sie sich deren Änderungen an und veröffentlichen Sie dann erneut.",
        pl="Najnowsza wersja to teraz {latest}. Prosimy obejrzeć jej zmiany i opublikować ponownie.",
        ro="Cea mai recentă versiune este acum {latest}. Consultați modificările ei, apoi publicați din nou.",
    )
    EFFECTIVE_IN_THE_PAST = Why(
        RefusalCode.INVALID,
        "A policy takes effect now or in the future.",
        en="effectiveFrom: must not be in the past; cases that began since have another policy. Send a later time.",
        de="Eine Richtlinie kann nicht rückwirkend gelten. Senden Sie einen späteren Zeitpunkt.",
        pl="Zasady nie mogą obowiązywać wstecz. Prosimy podać późniejszy termin.",
        ro="O politică nu se poate aplica retroactiv. Trimiteți un moment ulterior.",
    )
    EFFECTIVE_BEFORE_LATEST = Why(
        RefusalCode.INVALID,
        "A policy takes effect after the market's latest version.",
        en="effectiveFrom: must be after {at}, when the latest version takes effect. Send a later time.",
        de="Der Zeitpunkt muss nach {at} liegen, wenn die neueste Version in Kraft tritt.",
        pl="Termin musi przypadać po {at}, gdy zaczyna obowiązywać najnowsza wersja.",
        ro="Momentul trebuie să fie după {at}, când intră în vigoare cea mai recentă versiune.",
    )
    TRIAL_PERIOD_INVALID = Why(
        RefusalCode.INVALID,
        "The period of a trial is empty.",
        en="period.to: must be after `from`. Send a later time.",
        de="Das Ende des Zeitraums muss nach seinem Anfang liegen.",
        pl="Koniec okresu musi przypadać po jego początku.",
        ro="Sfârșitul perioadei trebuie să fie după începutul ei.",
    )
    TRIAL_SAMPLE_INVALID = Why(
        RefusalCode.INVALID,
        "The sample of a trial is out of range.",
        en="sample: must be from 1 to {most}. Omit it to try all decisions.",
        de="Die Stichprobe muss zwischen 1 und {most} liegen. Ohne Angabe werden alle Entscheidungen geprüft.",
        pl="Próba musi mieć od 1 do {most} decyzji. Bez niej sprawdzane są wszystkie.",
        ro="Eșantionul trebuie să fie între 1 și {most}. Fără el sunt verificate toate deciziile.",
    )
    TOO_MANY_TRIALS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "Too many trials are waiting or running.",
        en="{most} trials are waiting or running. Wait until one of them is done.",
        de="{most} Probeläufe warten oder laufen bereits. Warten Sie, bis einer davon fertig ist.",
        pl="{most} prób już czeka lub trwa. Prosimy poczekać, aż któraś się zakończy.",
        ro="{most} probe așteaptă sau rulează deja. Așteptați să se termine una dintre ele.",
    )
