"""Words of notifications about do-not-contact stops, attempts against them, and opt-out lists."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "CONTACT_STOPPED.all": {
        "en": Notice(
            "Do not contact the person behind “{lead}” any more",
            ("The person must not be contacted in any way. You keep the contact data, but do not use it.",),
        ),
        "de": Notice(
            "Bitte nehmen Sie keinen Kontakt mehr auf: „{lead}“",
            (
                "Die Person darf auf keinem Weg mehr kontaktiert werden. Die Kontaktdaten bleiben bei Ihnen, aber verwenden Sie sie nicht.",
            ),
        ),
        "pl": Notice(
            "Prosimy więcej się nie kontaktować: „{lead}”",
            (
                "Z tą osobą nie wolno się już kontaktować w żaden sposób. Dane kontaktowe pozostają u Państwa, ale nie należy ich używać.",
            ),
        ),
        "ro": Notice(
            "Nu mai contactați persoana: „{lead}”",
            (
                "Persoana nu mai poate fi contactată în niciun fel. Datele de contact rămân la dumneavoastră, dar nu le folosiți.",
            ),
        ),
    },
    "CONTACT_STOPPED.CALL": {
        "en": Notice(
            "Do not call the person behind “{lead}” any more",
            ("The person wants no more calls. Other ways are not affected.",),
        ),
        "de": Notice(
            "Bitte rufen Sie nicht mehr an: „{lead}“",
            ("Die Person wünscht keine Anrufe mehr. Andere Wege sind nicht betroffen.",),
        ),
        "pl": Notice(
            "Prosimy więcej nie dzwonić: „{lead}”",
            ("Ta osoba nie życzy sobie więcej telefonów. Inne sposoby kontaktu pozostają bez zmian.",),
        ),
        "ro": Notice(
            "Nu mai sunați persoana: „{lead}”",
            ("Persoana nu mai dorește apeluri. Celelalte căi de contact nu sunt afectate.",),
        ),
    },
    "CONTACT_STOPPED.SMS": {
        "en": Notice(
            "Do not send text messages to the person behind “{lead}” any more",
            ("The person wants no more text messages. Other ways are not affected.",),
        ),
        "de": Notice(
            "Bitte senden Sie keine SMS mehr: „{lead}“",
            ("Die Person wünscht keine SMS mehr. Andere Wege sind nicht betroffen.",),
        ),
        "pl": Notice(
            "Prosimy nie wysyłać więcej SMS-ów: „{lead}”",
            ("Ta osoba nie życzy sobie więcej SMS-ów. Inne sposoby kontaktu pozostają bez zmian.",),
        ),
        "ro": Notice(
            "Nu mai trimiteți SMS-uri persoanei: „{lead}”",
            ("Persoana nu mai dorește SMS-uri. Celelalte căi de contact nu sunt afectate.",),
        ),
    },
    "CONTACT_STOPPED.EMAIL": {
        "en": Notice(
            "Do not email the person behind “{lead}” any more",
            ("The person wants no more emails. Other ways are not affected.",),
        ),
        "de": Notice(
            "Bitte senden Sie keine E-Mails mehr: „{lead}“",
            ("Die Person wünscht keine E-Mails mehr. Andere Wege sind nicht betroffen.",),
        ),
        "pl": Notice(
            "Prosimy nie wysyłać więcej e-maili: „{lead}”",
            ("Ta osoba nie życzy sobie więcej e-maili. Inne sposoby kontaktu pozostają bez zmian.",),
        ),
        "ro": Notice(
            "Nu mai trimiteți e-mailuri persoanei: „{lead}”",
            ("Persoana nu mai dorește e-mailuri. Celelalte căi de contact nu sunt afectate.",),
        ),
    },
    "CONTACT_STOPPED.CHAT": {
        "en": Notice(
            "Do not chat with the person behind “{lead}” any more",
            ("The person wants no more chat messages. Other ways are not affected.",),
        ),
        "de": Notice(
            "Bitte schreiben Sie nicht mehr im Chat: „{lead}“",
            ("Die Person wünscht keine Chatnachrichten mehr. Andere Wege sind nicht betroffen.",),
        ),
        "pl": Notice(
            "Prosimy nie pisać więcej na czacie: „{lead}”",
            (
                "Ta osoba nie życzy sobie więcej wiadomości na czacie. Inne sposoby kontaktu pozostają bez zmian.",
            ),
        ),
        "ro": Notice(
            "Nu mai scrieți persoanei în chat: „{lead}”",
            ("Persoana nu mai dorește mesaje în chat. Celelalte căi de contact nu sunt afectate.",),
        ),
    },
    "CONTACT_STOPPED.MEETING": {
        "en": Notice(
            "Do not propose meetings to the person behind “{lead}” any more",
            ("The person wants no more meetings. Other ways are not affected.",),
        ),
        "de": Notice(
            "Bitte schlagen Sie keine Treffen mehr vor: „{lead}“",
            ("Die Person wünscht keine Treffen mehr. Andere Wege sind nicht betroffen.",),
        ),
        "pl": Notice(
            "Prosimy nie proponować więcej spotkań: „{lead}”",
            ("Ta osoba nie życzy sobie więcej spotkań. Inne sposoby kontaktu pozostają bez zmian.",),
        ),
        "ro": Notice(
            "Nu mai propuneți întâlniri persoanei: „{lead}”",
            ("Persoana nu mai dorește întâlniri. Celelalte căi de contact nu sunt afectate.",),
        ),
    },
    "CONTACT_STOPPED.prospect": {
        "en": Notice(
            "We no longer send you emails that you can do without",
            (
                "A link in one of our letters stopped them. You still get what the law or a contract requires.",
                "If this was not you, for example because you forwarded the letter, you can lift the stop.",
            ),
        ),
        "de": Notice(
            "Wir senden Ihnen keine verzichtbaren E-Mails mehr",
            (
                "Ein Link in einem unserer Schreiben hat sie abbestellt. Sie erhalten weiterhin, was Gesetz oder Vertrag verlangen.",
                "Wenn Sie das nicht waren, etwa weil Sie das Schreiben weitergeleitet haben, können Sie die Sperre aufheben.",
            ),
        ),
        "pl": Notice(
            "Nie wysyłamy już Państwu e-maili, które nie są konieczne",
            (
                "Zrezygnowano z nich za pomocą linku w jednej z naszych wiadomości. Nadal będą przychodzić te, których wymaga prawo lub umowa.",
                "Jeśli to pomyłka, na przykład wiadomość została przekazana dalej, blokadę można znieść.",
            ),
        ),
        "ro": Notice(
            "Nu vă mai trimitem e-mailuri de care vă puteți lipsi",
            (
                "Au fost oprite printr-un link dintr-o scrisoare a noastră. Veți primi în continuare ceea ce cere legea sau un contract.",
                "Dacă nu ați fost dumneavoastră, de exemplu pentru că ați redirecționat scrisoarea, puteți ridica blocarea.",
            ),
        ),
    },
    "ATTEMPT_AGAINST_STOP.vendor": {
        "en": Notice(
            "Contact despite a stop: “{lead}”",
            (
                "Your company contacted a person who must not be contacted in this way. The operators were told.",
                "Make sure that it does not happen again.",
            ),
        ),
        "de": Notice(
            "Kontakt trotz Sperre: „{lead}“",
            (
                "Ihr Unternehmen hat eine Person kontaktiert, die auf diesem Weg nicht kontaktiert werden darf. Die Betreiber wurden informiert.",
                "Sorgen Sie dafür, dass das nicht wieder vorkommt.",
            ),
        ),
        "pl": Notice(
            "Kontakt pomimo blokady: „{lead}”",
            (
                "Państwa firma skontaktowała się z osobą, z którą nie wolno się w ten sposób kontaktować. Operatorzy zostali o tym poinformowani.",
                "Prosimy zadbać o to, by się to nie powtórzyło.",
            ),
        ),
        "ro": Notice(
            "Contact în ciuda blocării: „{lead}”",
            (
                "Firma dumneavoastră a contactat o persoană care nu poate fi contactată în acest fel. Operatorii au fost informați.",
                "Asigurați-vă că acest lucru nu se repetă.",
            ),
        ),
    },
    "ATTEMPT_AGAINST_STOP.operator": {
        "en": Notice(
            "A vendor contacted a person despite a stop: “{lead}”",
            (
                "A do-not-contact stop held at the time that the vendor recorded.",
                "Please look at the attempt and talk to the vendor.",
            ),
        ),
        "de": Notice(
            "Ein Anbieter hat trotz Sperre Kontakt aufgenommen: „{lead}“",
            (
                "Zu der Zeit, die der Anbieter angegeben hat, galt eine Kontaktsperre.",
                "Bitte sehen Sie sich den Kontaktversuch an und sprechen Sie mit dem Anbieter.",
            ),
        ),
        "pl": Notice(
            "Usługodawca skontaktował się pomimo blokady: „{lead}”",
            (
                "W chwili podanej przez usługodawcę obowiązywała blokada kontaktu.",
                "Prosimy przyjrzeć się tej próbie i porozmawiać z usługodawcą.",
            ),
        ),
        "ro": Notice(
            "Un furnizor a contactat o persoană în ciuda blocării: „{lead}”",
            (
                "La momentul indicat de furnizor era în vigoare o blocare a contactului.",
                "Verificați încercarea și discutați cu furnizorul.",
            ),
        ),
    },
    "OPT_OUT_LIST_STALE": {
        "en": Notice("An opt-out list is too old", ("Calls that need it wait until you import it again.",)),
        "de": Notice(
            "Eine Sperrliste ist veraltet",
            ("Anrufe, für die sie gebraucht wird, warten, bis Sie die Liste erneut importieren.",),
        ),
        "pl": Notice(
            "Lista sprzeciwów jest nieaktualna",
            ("Połączenia, do których jest potrzebna, czekają na jej ponowny import.",),
        ),
        "ro": Notice(
            "O listă de opoziție este prea veche",
            ("Apelurile pentru care este necesară așteaptă până când o importați din nou.",),
        ),
    },
}
