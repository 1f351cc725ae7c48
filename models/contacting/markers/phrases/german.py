"""German phrases."""

# ruff: noqa: E501, SIM905 - one line per phrase, to find and compare it
# fmt: off

from models.contacting.markers.kinds import StatementKind as Kind
from models.contacting.markers.kinds import Strength
from models.contacting.markers.phrases.phrase import Phrase, PhraseTable

STRONG, WEAK = Strength.STRONG, Strength.WEAK

_WHEN = (
    "mal doch bitte noch noch_einmal nochmal nochmals wieder gern gerne einfach lieber besser morgen heute spater "
    "nachher gleich bald jederzeit irgendwann kurz abend fruh vormittag nachmittag demnachst dann auch nur"
).split()
_NOW = "gerade jetzt im_moment momentan zurzeit derzeit grade eben zur_zeit heute".split()

GERMAN = PhraseTable(
    language="de",
    joiners=("bitte", "und", "oder", "aber", "dann"),
    openers=(
        "bitte bitte_gerne und oder aber dann also nein ja ok okay danke hallo gerne gern einfach lieber doch am_besten am_liebsten "
        "besser sonst ansonsten bei_fragen bei_ruckfragen bei_interesse bei_bedarf wenn_moglich so nun nur kunftig in_zukunft"
    ).split(),
    slots={
        "when": _WHEN,
        "now": _NOW,
        "object": ("mich", "uns"),
        "then_end": (
            "und",
            "oder",
            "wenn",
            "sobald",
            "falls",
            "weil",
            "denn",
            "am",
            "bis",
            "ab",
            "vor",
            "nach",
            "um",
            "mit",
            "von",
            "aus",
            "auf",
        ),
    },
    negators=frozenset("nicht nie niemals nimmer kein keine keinen keinem keinerlei ohne".split()),
    unneeded=frozenset("brauchen brauchst musst mussen notig".split()),
    reversing=frozenset("vergessen vergiss zogern zogere".split()),
    asking=frozenset("warum wieso weshalb".split()),
    to_clause_end=True,
    cuts=frozenset("und aber sondern".split()),
    phrases=(
        Phrase("de_ruf_mich_an", Kind.CALL, STRONG, "<start> ruf|rufe|rufen|ruft sie? mich|uns <any7> an|zuruck|durch", Kind.STOP_CALLS),
        Phrase("de_ruf_noch_einmal_an", Kind.CALL, STRONG, "<start> ruf|rufe|rufen sie? <when4> an|zuruck|durch <end>", Kind.STOP_CALLS),
        Phrase("de_konnen_sie_anrufen", Kind.CALL, STRONG, "konnen|konnten|wurden|kannst|konntest|wurdest|wollen|mochten sie|du|ihr mich|uns <any6> anrufen|zuruckrufen|telefonieren", Kind.STOP_CALLS),
        Phrase("de_sie_konnen_anrufen", Kind.CALL, STRONG, "sie|du|ihr konnen|kannst|konnt|durfen|darfst|durft|sollten|solltest mich|uns <any6> anrufen|zuruckrufen", Kind.STOP_CALLS),
        Phrase("de_bitte_anrufen", Kind.CALL, STRONG, "bitte <when3> mich|uns? <when3> nicht? <when3> anrufen|zuruckrufen <end>", Kind.STOP_CALLS),
        Phrase("de_bitte_um_anruf", Kind.CALL, STRONG, "bitte|bitten|bate|wunsche|mochte|hatte|freue|freuen|erwarte <any4> anruf|ruckruf|telefonat|telefongesprach|telefontermin", Kind.STOP_CALLS),
        Phrase("de_melden_telefonisch", Kind.CALL, STRONG, "<start> melde|melden|meldet|kontaktiere|kontaktieren|erreichen sie? mich|uns|sich|dich|euch? <any4> telefonisch|per_telefon", Kind.STOP_CALLS),
        Phrase("de_lieber_telefonisch", Kind.CALL, WEAK, "lieber|besser|liebsten|bevorzuge|bevorzugen|gerne|besten <any3> telefonisch|telefonieren|anrufe|telefonate|telefon|anruf", None),
        Phrase("de_schick_email", Kind.WRITE, STRONG, "<start> schick|schicke|schicken|schickt|send|sende|senden|sendet sie? mir|uns|es|das|alles|ihr|ihre|die|den <any8> email|mail|emails|mails|schriftlich", Kind.STOP_MAIL),
        Phrase("de_schreib_email", Kind.WRITE, STRONG, "<start> schreib|schreibe|schreiben|schreibt sie? mir|uns|an <any6> email|mail|emails|mails", Kind.STOP_MAIL),
        Phrase("de_mail_mir", Kind.WRITE, STRONG, "<start> mail|maile|mailen|mailt sie? mir|uns|es|das", Kind.STOP_MAIL),
        Phrase("de_antworte_per_mail", Kind.WRITE, STRONG, "<start> antworte|antworten|antwortet|kontaktiere|kontaktieren|melde|melden|erreichen sie? <any4> per email|mail", Kind.STOP_MAIL),
        Phrase("de_konnen_sie_mailen", Kind.WRITE, STRONG, "konnen|konnten|wurden|kannst|konntest|sie|du mir|uns <any6> email|mail|emails|mails|schriftlich <any2> schicken|senden|schreiben|zusenden|zuschicken|geben|zukommen_lassen|bestatigen", Kind.STOP_MAIL),
        Phrase("de_bitte_um_email", Kind.WRITE, STRONG, "bitte|bitten um <any4> email|mail|nachricht_per_mail|schriftliche_antwort|schriftliches_angebot", Kind.STOP_MAIL),
        Phrase("de_schreib_mir", Kind.WRITE, WEAK, "<start> schreib|schreibe|schreiben|schreibt sie? mir|uns <when4> <then_end>", None),
        Phrase("de_schreib_nachricht", Kind.WRITE, WEAK, "<start> schreib|schreibe|schreiben|schreibt sie? mir|uns <when4> eine|ne? kurze? nachricht|zeilen|brief", None),
        Phrase("de_lieber_per_mail", Kind.WRITE, WEAK, "lieber|besser|liebsten|bevorzuge|bevorzugen|gerne|nur|bitte|besten <any3> email|mail|emails|mails|per_mail|schriftlich", Kind.STOP_MAIL),
        Phrase("de_mail_ist_besser", Kind.WRITE, WEAK, "email|mail ist|ware|passt <any3> besser|lieber|am_besten|am_liebsten|einfacher", None),
        Phrase("de_chat", Kind.CHAT, STRONG, "<start> schreib|schreibe|schreiben|schreibt|antworten|antworte sie? mir|uns <when3> im|in_den|uber_den|per chat", None),
        Phrase("de_lieber_chat", Kind.CHAT, WEAK, "lieber|besser|liebsten|bevorzuge|gerne <any3> im_chat|per_chat|den_chat|uber_den_chat|chatten", None),
        Phrase("de_treffen_wir_uns", Kind.MEET, STRONG, "<start> treffen wir uns <when3> <then_end>", None),
        Phrase("de_wollen_wir_treffen", Kind.MEET, STRONG, "wollen|konnen|konnten|sollen|sollten wir uns <any6> treffen|zusammensetzen|sehen", None),
        Phrase("de_lass_uns_treffen", Kind.MEET, STRONG, "<start> lass|lassen|lasst sie? uns <when4> treffen|zusammensetzen", None),
        Phrase("de_kommen_sie", Kind.MEET, STRONG, "<start> komm|kommen|kommt sie? <when3> bei_mir|bei_uns|zu_mir|zu_uns|vorbei|ins_buro", None),
        Phrase("de_lieber_personlich", Kind.MEET, WEAK, "lieber|besser|liebsten|bevorzuge|gerne|gern <any3> personlich|treffen|ein_treffen", None),
        Phrase("de_kann_nicht_sprechen", Kind.CANNOT_TALK, STRONG, "ich|wir kann|konnen leider? <now2> leider? nicht <now1> lange? reden|sprechen|telefonieren <end>", fixed=True),
        Phrase("de_jetzt_nicht_sprechen", Kind.CANNOT_TALK, STRONG, "<now> kann|konnen ich|wir leider? nicht lange? reden|sprechen|telefonieren <end>", fixed=True),
        Phrase("de_passt_nicht", Kind.CANNOT_TALK, STRONG, "passt|ist <any3> gerade|jetzt|momentan|im_moment <any3> nicht|schlecht|ungunstig <any1> <end>", fixed=True),
        Phrase("de_bin_beschaftigt", Kind.CANNOT_TALK, WEAK, "ich|wir bin|sind <now> <any1> beschaftigt|in_einer_besprechung|im_meeting|in_einem_meeting|in_einem_termin|unterwegs|im_auto|am_steuer <end>", None),
        Phrase("de_nicht_jetzt_storen", Kind.CANNOT_TALK, STRONG, "<start> stor|store|storen sie? mich|uns <now> nicht", fixed=True),
        Phrase("de_rufe_sie_an", Kind.CALLBACK_PROMISED, STRONG, "ich|wir ruf|rufe|rufen sie|dich|euch|ihnen <any4> an|zuruck|durch <end>", None),
        Phrase("de_rufe_zuruck", Kind.CALLBACK_PROMISED, STRONG, "ich|wir ruf|rufe|rufen <any3> zuruck", None),
        Phrase("de_rufe_spater_an", Kind.CALLBACK_PROMISED, STRONG, "ich|wir ruf|rufe|rufen spater|bald|gleich|morgen|nachher|dann|nochmal|noch_einmal|wieder|heute <any3> an|durch <end>", None),
        Phrase("de_rufe_inversion", Kind.CALLBACK_PROMISED, STRONG, "rufe|ruf|rufen ich|wir sie|dich|euch <any4> an|zuruck", None),
        Phrase("de_werde_anrufen", Kind.CALLBACK_PROMISED, STRONG, "ich|wir|werde|werden werde|werden|ich|wir sie|dich|euch <any5> anrufen|zuruckrufen", None),
        Phrase("de_im_urlaub", Kind.OUT_OF_OFFICE, STRONG, "ich|wir bin|sind|befinde_mich <any9> im_urlaub|nicht_im_buro|nicht_im_haus|ausser_haus|abwesend|auf_dienstreise|in_elternzeit|krankgeschrieben|verreist", fixed=True),
        Phrase("de_bin_ich_im_urlaub", Kind.OUT_OF_OFFICE, STRONG, "bin|sind ich|wir <any8> im_urlaub|nicht_im_buro|nicht_im_haus|ausser_haus|abwesend|auf_dienstreise|in_elternzeit|nicht_erreichbar|wieder_im_buro|wieder_erreichbar", fixed=True),
        Phrase("de_alle_lesen", Kind.HOUSE_READS_MAIL, STRONG, "bei_uns|hier|unserer_firma|unserem_haus|unserem_unternehmen|unserem_betrieb <any3> lesen|liest|checken|checkt|schauen|schaut|nutzen|nutzt <any2> alle|jeder|jede <any5> email|emails|mail|mails|postfach", None),
        Phrase("de_jeder_liest", Kind.HOUSE_READS_MAIL, STRONG, "alle|jeder|jede hier|bei_uns|im_haus|in_der_firma? <any2> lesen|liest|checken|checkt|nutzen|nutzt <any4> email|emails|mail|mails", None),
        Phrase("de_nicht_anrufen", Kind.STOP_CALLS, STRONG, "<start> nicht|nie|niemals mehr|wieder|ohne_absprache? anrufen <end>", fixed=True),
        Phrase("de_mich_nicht_anrufen", Kind.STOP_CALLS, STRONG, "mich|uns|hier bitte? nicht|nie|niemals mehr|wieder? anrufen|angerufen", fixed=True),
        Phrase("de_rufen_sie_nicht_an", Kind.STOP_CALLS, STRONG, "<start> ruf|rufe|rufen|ruft sie? bitte? hier? nicht|nie|niemals mehr|wieder <any3> an", fixed=True),
        Phrase("de_keine_anrufe", Kind.STOP_CALLS, STRONG, "<start> keine weiteren|unangemeldeten? anrufe|werbeanrufe|telefonate|telefonanrufe <any3> <end>", fixed=True),
        Phrase("de_wunsche_keine_anrufe", Kind.STOP_CALLS, STRONG, "mochte|mochten|will|wollen|wunsche|wunschen|bitte|brauche|brauchen|dulde <any4> keine|keinen <any1> anrufe|anruf|werbeanrufe|telefonate|telefonanrufe", fixed=True),
        Phrase("de_unterlassen_sie_anrufe", Kind.STOP_CALLS, STRONG, "verbitte|unterlassen|unterlasse|verzichten|verzichte|einstellen|stellen <any4> anrufe|anruf|anrufen|werbeanrufe|telefonate", None),
        Phrase("de_nicht_angerufen_werden", Kind.STOP_CALLS, STRONG, "nicht|nie|niemals mehr|wieder|weiter? <any2> angerufen_werden", fixed=True),
        Phrase("de_hor_auf_anzurufen", Kind.STOP_CALLS, STRONG, "auf|damit ,? mich|uns <any2> anzurufen", fixed=True),
        Phrase("de_nicht_telefonisch", Kind.STOP_CALLS, STRONG, "nicht|keinesfalls telefonisch <any3> kontaktieren|kontaktiert|melden|erreichbar_sein <end>", fixed=True),
        Phrase("de_schreib_nicht_mehr", Kind.STOP_MAIL, STRONG, "<start> schreib|schreibe|schreiben|schreibt sie? mir|uns <any2> nicht|nie|niemals|keine <any2> <end>", fixed=True),
        Phrase("de_hor_auf_zu_schreiben", Kind.STOP_MAIL, STRONG, "auf|damit ,? mir|uns <any2> zu_schreiben|zu_schicken|zu_senden|zu_mailen|zuzusenden", fixed=True),
        Phrase("de_keine_mails", Kind.STOP_MAIL, STRONG, "keine weiteren|mehr? emails|mails|newsletter|werbung|werbemails|nachrichten|werbeemails <any2> mehr|erhalten|bekommen|schicken|senden|zusenden|bitte|zu", fixed=True),
        Phrase("de_nur_keine_mails", Kind.STOP_MAIL, STRONG, "<start> keine weiteren? emails|mails|newsletter|werbung|werbemails <end>", fixed=True),
        Phrase("de_mails_nicht", Kind.STOP_MAIL, STRONG, "<start> schick|schicke|schicken|schickt|send|sende|senden|sendet sie? mir|uns <any4> keine|keinen <any2> werbung|newsletter|angebote|nachrichten|post|prospekte", fixed=True),
        Phrase("de_abbestellen", Kind.STOP_MAIL, STRONG, "newsletter|mails|emails|werbung <any3> abbestellen|abbestelle|abmelden|kundigen", None),
        Phrase("de_in_ruhe", Kind.STOP_ALL, STRONG, "lass|lasse|lassen|lasst sie? mich|uns <any5> in_ruhe|in_frieden <end>", None),
        Phrase("de_auf_zu_belastigen", Kind.STOP_ALL, STRONG, "auf|damit ,? mich|uns <any2> zu belastigen|storen|nerven|kontaktieren|bedrangen", fixed=True),
        Phrase("de_stor_mich_nicht", Kind.STOP_ALL, STRONG, "<start> stor|store|storen|stort|belastige|belastigen|kontaktiere|kontaktieren|kontaktiert sie? mich|uns bitte? nicht|nie|niemals <any2> <end>", fixed=True),
        Phrase("de_kein_kontakt", Kind.STOP_ALL, STRONG, "keinen|keine|keinerlei weiteren|weitere|werblichen? kontakt|kontaktaufnahme|kontakte|kontaktaufnahmen <any4> <end>", fixed=True),
        Phrase("de_nicht_kontaktiert", Kind.STOP_ALL, STRONG, "nicht|nie mehr|weiter|langer|wieder? kontaktiert|belastigt|angeschrieben_oder_angerufen werden", fixed=True),
        Phrase("de_nicht_mehr_melden", Kind.STOP_ALL, STRONG, "<start> melde|melden|meldet sie? sich|dich|euch <any2> nicht|nie mehr|wieder", fixed=True),
        Phrase("de_daten_loschen", Kind.STOP_ALL, STRONG, "losch|losche|loschen|loscht|entfernen|entferne sie? bitte? alle? meine|unsere <any2> daten|nummer|telefonnummer|kontaktdaten|adresse|rufnummer|email-adresse|emailadresse", None),
        Phrase("de_aus_der_liste", Kind.STOP_ALL, STRONG, "streich|streiche|streichen|nimm|nehmen|entferne|entfernen|losche|loschen sie? bitte? mich|uns|meine_nummer|meinen_namen|meine_adresse <any2> aus|von <any3> liste|verteiler|kartei|datenbank|listen|system", None),
        Phrase("de_daten_sollen_weg", Kind.STOP_ALL, STRONG, "meine|unsere daten|nummer|telefonnummer|kontaktdaten <any4> loschen <end>", None),
    ),
)
