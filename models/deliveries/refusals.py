"""Reasons to refuse offering, delivering and buying leads, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import Forms, RefusalCode, RefusalReason, Why

HOLDING = Forms(
    en={"one": "{number} account has", "other": "{number} accounts have"},
    de={"one": "{number} Konto hat ihn erhalten", "other": "{number} Konten haben ihn erhalten"},
    pl={
        "one": "{number} konto już go otrzymało",
        "few": "{number} konta już go otrzymały",
        "many": "{number} kont już go otrzymało",
        "other": "{number} konta już go otrzymało",
    },
    ro={
        "one": "{number} cont l-a primit",
        "few": "{number} conturi l-au primit",
        "other": "{number} de conturi l-au primit",
    },
)
APPLYING = Forms(
    en={"one": "{number} has applied", "other": "{number} have applied"},
    de={"one": "{number} hat sich beworben", "other": "{number} haben sich beworben"},
    pl={
        "one": "{number} wysłało zgłoszenie",
        "few": "{number} wysłały zgłoszenia",
        "many": "{number} wysłało zgłoszenia",
        "other": "{number} wysłało zgłoszenia",
    },
    ro={
        "one": "{number} a trimis o cerere",
        "few": "{number} au trimis cereri",
        "other": "{number} au trimis cereri",
    },
)


@unique
class DeliveryRefusal(RefusalReason):
    """The API's `DeliveryErrorReason`."""

    DELIVERY_NOT_ALLOWED = Why(
        RefusalCode.REFUSED_BY_RULE,
        "A rule does not allow the delivery; see `decision`.",
        en="leadId: this lead cannot be delivered. {decision}",
        de="Dieser Lead kann nicht ausgeliefert werden. {decision}",
        pl="Tego leada nie można dostarczyć. {decision}",
        ro="Acest lead nu poate fi livrat. {decision}",
    )
    KIND_NOT_SOLD = Why(
        RefusalCode.INVALID,
        "A lead cannot be sold as this kind of delivery.",
        en="kind: must be LEAD_CLUB or RECORD; a delivery by APPLICATION results from its reveal.",
        de="Möglich sind LEAD_CLUB und RECORD; eine Lieferung durch APPLICATION entsteht mit der Freigabe der Kontaktdaten.",
        pl="Dozwolone wartości to LEAD_CLUB i RECORD; dostawa typu APPLICATION powstaje z chwilą ujawnienia danych kontaktowych.",
        ro="Sunt permise LEAD_CLUB și RECORD; o livrare prin APPLICATION rezultă din dezvăluirea datelor de contact.",
    )
    PRICE_OUT_OF_RANGE = Why(
        RefusalCode.INVALID,
        "The price is too low or too high.",
        en="points: must be from 0 to {most}.",
        de="Der Preis muss zwischen 0 und {most} Punkten liegen.",
        pl="Cena musi mieścić się w przedziale od 0 do {most} punktów.",
        ro="Prețul trebuie să fie între 0 și {most} de puncte.",
    )
    EXCLUSIVE_CAP_NOT_ONE = Why(
        RefusalCode.INVALID,
        "An exclusive lead can have only one buyer.",
        en="cap: must be 1 for an EXCLUSIVE lead; offer it as SHARED to allow more buyers.",
        de="Ein Lead mit EXCLUSIVE geht an genau einen Käufer. Bieten Sie ihn als SHARED an, um mehrere Käufer zuzulassen.",
        pl="Lead EXCLUSIVE może mieć tylko jednego kupującego. Aby dopuścić więcej kupujących, należy zaoferować go jako SHARED.",
        ro="Un lead EXCLUSIVE are un singur cumpărător. Oferiți-l ca SHARED pentru a permite mai mulți cumpărători.",
    )
    CAP_OUT_OF_RANGE = Why(
        RefusalCode.INVALID,
        "The number of buyers is too small or too large.",
        en="cap: must be from 1 to {most}.",
        de="Die Anzahl der Käufer muss zwischen 1 und {most} liegen.",
        pl="Liczba kupujących musi mieścić się w przedziale od 1 do {most}.",
        ro="Numărul de cumpărători trebuie să fie între 1 și {most}.",
    )
    LEAD_HELD_BY_ACCOUNT = Why(
        RefusalCode.CONFLICT,
        "The account already has the lead's contact data.",
        en="leadId: the account already has this lead's contact data.",
        de="Das Konto hat die Kontaktdaten dieses Leads bereits.",
        pl="Konto ma już dane kontaktowe tego leada.",
        ro="Contul deține deja datele de contact ale acestui lead.",
    )
    LEAD_APPLIED_FOR = Why(
        RefusalCode.CONFLICT,
        "The account has applied for the lead, and can receive it only through its application.",
        en="leadId: the account has applied for this lead, and can receive it only through its application.",
        de="Das Konto hat sich um diesen Lead beworben und kann ihn nur über die Bewerbung erhalten.",
        pl="Konto wysłało zgłoszenie do tego leada i może go otrzymać tylko w ten sposób.",
        ro="Contul a trimis o cerere pentru acest lead și îl poate primi numai prin aceasta.",
    )
    PERSON_NOT_DELIVERABLE = Why(
        RefusalCode.CONFLICT,
        "The lead's prospect must not be contacted.",
        en="leadId: this person must not be contacted.",
        de="Diese Person darf nicht kontaktiert werden.",
        pl="Z tą osobą nie wolno się kontaktować.",
        ro="Această persoană nu trebuie contactată.",
    )
    NO_PLACE_TO_OFFER = Why(
        RefusalCode.CONFLICT,
        "Because of deliveries or applications, there is nothing left to offer.",
        en="leadId: {held} this lead and {applied} for it, so there is nothing left to offer.",
        de="Es kann kein Platz mehr angeboten werden: {held}, {applied}.",
        pl="Nie ma już wolnych miejsc do zaoferowania: {held}, {applied}.",
        ro="Nu mai există locuri de oferit: {held}, {applied}.",
    )
    ALREADY_OFFERED = Why(
        RefusalCode.CONFLICT,
        "The lead is already offered.",
        en="leadId: this lead is already offered.",
        de="Dieser Lead wird bereits angeboten.",
        pl="Ten lead jest już oferowany.",
        ro="Acest lead este deja oferit.",
    )
    NOT_FOR_SALE = Why(
        RefusalCode.CONFLICT,
        "The lead is not for sale.",
        en="leadId: this lead is not for sale.",
        de="Dieser Lead steht nicht zum Verkauf.",
        pl="Ten lead nie jest na sprzedaż.",
        ro="Acest lead nu este de vânzare.",
    )
    SOLD_OUT = Why(
        RefusalCode.CONFLICT,
        "All places of the lead are taken.",
        en="leadId: this lead is no longer for sale: all places have been sold.",
        de="Dieser Lead steht nicht mehr zum Verkauf: Alle Plätze sind vergeben.",
        pl="Ten lead nie jest już na sprzedaż: wszystkie miejsca są zajęte.",
        ro="Acest lead nu mai este de vânzare: toate locurile sunt ocupate.",
    )
