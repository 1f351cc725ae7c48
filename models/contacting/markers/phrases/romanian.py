"""Romanian phrases."""

# ruff: noqa: E501, SIM905 - one line per phrase, to find and compare it
# fmt: off

from models.contacting.markers.kinds import StatementKind as Kind
from models.contacting.markers.kinds import Strength
from models.contacting.markers.phrases.phrase import Phrase, PhraseTable

STRONG, WEAK = Strength.STRONG, Strength.WEAK

_NOW = "acum momentan in_acest_moment in_momentul_acesta chiar_acum azi astazi la_telefon".split()
_MAIL = "email emailul emailuri mail mailul mailuri pe_email pe_mail prin_email prin_mail in_scris".split()
_ASK = (
    "rog poti puteti ati_putea ai_putea vreau as_vrea as_dori as_prefera prefer bine doresc nevoie trebuie va_rugam rugam"
).split()

ROMANIAN = PhraseTable(
    language="ro",
    joiners=("si", "sau", "dar", "iar", "te_rog", "va_rog", "rog"),
    openers=(
        "te_rog va_rog va_rugam rog si sau dar iar deci atunci da nu ok bine multumesc mai mai_bine doar numai eventual daca_se_poate "
        "pentru_detalii pentru_intrebari hai haideti as_vrea vreau prefer as_prefera poate niciodata"
    ).split(),
    slots={
        "now": _NOW,
        "mail": _MAIL,
        "ask": _ASK,
        "then_now": (*_NOW, "si", "dar", "ca", "pentru_ca"),
        "remove": "sterge stergeti scoate scoateti stearga scoata elimina eliminati".split(),
        "polite": ("te_rog", "va_rog", "va_rugam", "mai"),
        "then_again": (
            "mai",
            "niciodata",
            "cand",
            "daca",
            "la",
            "pe_acest",
            "pe_numarul",
            "dupa",
            "inainte",
            "vreodata",
            "din_nou",
            "acasa",
            "aici",
        ),
        "then_meet": (
            "luni marti miercuri joi vineri sambata duminica maine azi la in pe saptamana curand personal si din cand peste fata undeva".split()
        ),
    },
    negators=frozenset("nu niciodata fara nici niciun nicio".split()),
    unneeded=frozenset("trebuie nevoie".split()),
    reversing=frozenset("uita uitati ezita ezitati ezitati-va".split()),
    asking=frozenset({"ce"}),  # "de ce", why
    cuts=frozenset("si dar ci iar".split()),
    phrases=(
        Phrase("ro_suna_ma", Kind.CALL, STRONG, "suna-ma|sunati-ma|suna-ne|sunati-ne|sunama|sunatima|telefonati-mi|telefoneaza-mi|apelati-ma|apeleaza-ma", Kind.STOP_CALLS),
        Phrase("ro_suna_ma_fara_cratima", Kind.CALL, STRONG, "<start> suna|sunati ma|ne", Kind.STOP_CALLS),
        Phrase("ro_rog_sa_ma_suni", Kind.CALL, STRONG, "<ask> <any2> sa ma|ne mai|si? suni|sunati|apelati|apelezi|contactati_telefonic", Kind.STOP_CALLS),
        Phrase("ro_sa_ma_suni", Kind.CALL, STRONG, "<start> sa ma|ne suni|sunati|apelati|apelezi", Kind.STOP_CALLS),
        Phrase("ro_ma_puteti_suna", Kind.CALL, STRONG, "ma|ne poti|puteti suna|apela|contacta_telefonic|contacta_la_telefon", Kind.STOP_CALLS),
        Phrase("ro_dati_mi_un_telefon", Kind.CALL, STRONG, "da-mi|dati-mi|da-ne|dati-ne un telefon|apel|semn_la_telefon", Kind.STOP_CALLS),
        Phrase("ro_astept_telefon", Kind.CALL, STRONG, "astept|asteptam un? telefon|telefonul|apel|apelul|telefonul_dumneavoastra|apelul_dumneavoastra", Kind.STOP_CALLS),
        Phrase("ro_contactati_telefonic", Kind.CALL, STRONG, "contactati-ma|contacteaza-ma|contactati-ne|sa_ma_contactati|sa_ne_contactati <any2> telefonic|la_telefon|prin_telefon", Kind.STOP_CALLS),
        Phrase("ro_prefer_telefon", Kind.CALL, WEAK, "prefer|preferam|as_prefera|mai_bine <any3> telefon|telefonic|la_telefon|sunat|sunata|apelurile", None),
        Phrase("ro_trimite_email", Kind.WRITE, STRONG, "trimite-mi|trimiteti-mi|trimite-ne|trimiteti-ne|trimitemi|trimitetimi|trimite-le|trimiteti-le <any6> <mail>", Kind.STOP_MAIL),
        Phrase("ro_scrie_email", Kind.WRITE, STRONG, "scrie-mi|scrieti-mi|scrie-ne|scrieti-ne|scriemi|scrietimi|da-mi|dati-mi <any5> <mail>", Kind.STOP_MAIL),
        Phrase("ro_sa_mi_scrieti_email", Kind.WRITE, STRONG, "sa-mi|sa_imi|sa-ne|sa_ne scrii|scrieti|trimiti|trimiteti|raspundeti|raspunzi|dati|dai <any6> <mail>", Kind.STOP_MAIL),
        Phrase("ro_imi_puteti_scrie", Kind.WRITE, STRONG, "imi|ne|mi poti|puteti scrie|trimite <any5> <mail>", Kind.STOP_MAIL),
        Phrase("ro_de_ce_nu_email", Kind.WRITE, STRONG, "de_ce_nu imi|mi|ne trimiti|trimiteti|scrii|scrieti <any4> <mail>", fixed=True),
        Phrase("ro_contactati_email", Kind.WRITE, STRONG, "contactati-ma|contacteaza-ma|contactati-ne|sa_ma_contactati|raspundeti-mi|raspunde-mi <any2> <mail>", Kind.STOP_MAIL),
        Phrase("ro_scrie_mi", Kind.WRITE, WEAK, "scrie-mi|scrieti-mi|scrie-ne|scrieti-ne", None),
        Phrase("ro_lasa_mesaj", Kind.WRITE, WEAK, "<start> lasa-mi|lasati-mi|trimite-mi|trimiteti-mi un? mesaj", None),
        Phrase("ro_prefer_email", Kind.WRITE, WEAK, "prefer|preferam|as_prefera|mai_bine|mai_usor|doar|numai|va_rog <any4> <mail>", None),
        Phrase("ro_email_e_mai_bine", Kind.WRITE, WEAK, "<mail> e|este|ar_fi mai_bine|cel_mai_bine|cel_mai_simplu|mai_simplu|mai_comod", None),
        Phrase("ro_pe_chat", Kind.CHAT, STRONG, "scrie-mi|scrieti-mi|scrie-ne|scrieti-ne|sa-mi_scrieti|sa-mi_scrii|raspundeti-mi <any3> pe_chat|in_chat|pe_chatul|prin_chat", None),
        Phrase("ro_prefer_chat", Kind.CHAT, WEAK, "prefer|preferam|as_prefera|mai_bine <any2> chat|chatul|pe_chat|in_chat", None),
        Phrase("ro_sa_ne_intalnim", Kind.MEET, STRONG, "<start> sa ne intalnim|vedem <then_meet>", None),
        Phrase("ro_putem_intalni", Kind.MEET, STRONG, "ne putem|am_putea <any2> intalni|vedea <then_meet>", None),
        Phrase("ro_veniti", Kind.MEET, STRONG, "<start> vino|veniti la|pe mine|noi|birou|sediu|la_birou", None),
        Phrase("ro_prefer_intalnire", Kind.MEET, WEAK, "prefer|preferam|as_prefera <any2> sa_ne_intalnim|o_intalnire|intalnirile|fata_in_fata|personal", None),
        Phrase("ro_nu_pot_vorbi", Kind.CANNOT_TALK, STRONG, "nu pot|putem sa? vorbi|vorbesc|vorbim <now1> <then_now>", fixed=True),
        Phrase("ro_ocupat_acum", Kind.CANNOT_TALK, WEAK, "sunt|suntem <any1> ocupat|ocupata|ocupati|in_sedinta|intr-o_sedinta|la_volan|la_sofat <now>", None),
        Phrase("ro_acum_ocupat", Kind.CANNOT_TALK, WEAK, "<now> sunt|suntem <any1> ocupat|ocupata|ocupati|in_sedinta|intr-o_sedinta|la_volan", None),
        Phrase("ro_sunt_acum_ocupat", Kind.CANNOT_TALK, WEAK, "sunt|suntem <now> <any1> ocupat|ocupata|ocupati|in_sedinta|intr-o_sedinta|la_volan", None),
        Phrase("ro_nu_deranja_acum", Kind.CANNOT_TALK, STRONG, "nu ma|ne deranja|deranjati <now>", fixed=True),
        Phrase("ro_te_sun", Kind.CALLBACK_PROMISED, STRONG, "te|va sun eu|inapoi|mai_tarziu|maine|imediat|diseara|dupa|peste|la|saptamana|luni|cand|in", None),
        Phrase("ro_te_sun_scurt", Kind.CALLBACK_PROMISED, STRONG, "<start> te|va sun <end>", None),
        Phrase("ro_te_voi_suna", Kind.CALLBACK_PROMISED, STRONG, "te|va voi|vom suna|telefona|contacta_telefonic", None),
        Phrase("ro_o_sa_va_sun", Kind.CALLBACK_PROMISED, STRONG, "o|am|vom|vrem sa te|va sun|sunam", None),
        Phrase("ro_sun_eu", Kind.CALLBACK_PROMISED, STRONG, "revin|sun cu_un_telefon|eu|inapoi <any3> <end>", None),
        Phrase("ro_in_concediu", Kind.OUT_OF_OFFICE, STRONG, "sunt|suntem|voi_fi|vom_fi|ma_aflu <any6> in_concediu|in_vacanta|plecat_din_birou|in_delegatie|absent|absenta|plecat_din_localitate|in_afara_biroului", None),
        Phrase("ro_nu_sunt_la_birou", Kind.OUT_OF_OFFICE, STRONG, "nu sunt|voi_fi|suntem la_birou|in_birou|disponibil|disponibila", fixed=True),
        Phrase("ro_toata_lumea_citeste", Kind.HOUSE_READS_MAIL, STRONG, "la_noi|in_firma_noastra|in_compania_noastra|in_firma|la_birou|aici <any3> toti|toata_lumea|fiecare <any4> citeste|citesc|citim|verifica|foloseste|folosesc <any4> email|emailul|emailuri|emailurile|mail|mailul|mailurile|mailuri", None),
        Phrase("ro_toti_citim", Kind.HOUSE_READS_MAIL, STRONG, "toti|toata_lumea|fiecare <any3> la_noi|in_firma|la_birou|aici? isi|ne|si? citeste|citesc|citim|verifica <any3> email|emailul|emailurile|mailul|mailurile", None),
        Phrase("ro_nu_ma_suna", Kind.STOP_CALLS, STRONG, "nu ma|ne mai? suna|sunati|suni|apela|apelati", fixed=True),
        Phrase("ro_sa_nu_ma_sunati", Kind.STOP_CALLS, STRONG, "sa nu ma|ne mai? sunati|suni|apelati|apelezi|suna", fixed=True),
        Phrase("ro_nu_mai_sunati", Kind.STOP_CALLS, STRONG, "<start> nu mai? sunati|suna|apelati <polite1> <then_again>", fixed=True),
        Phrase("ro_fara_apeluri", Kind.STOP_CALLS, STRONG, "fara apeluri|telefoane|telefon|apel", fixed=True),
        Phrase("ro_nu_vreau_apeluri", Kind.STOP_CALLS, STRONG, "nu mai? vreau|doresc|dorim|vrem|accept <any4> apeluri|telefoane|sunat|sunata|apelat|apelata|apelurile|telefonic", fixed=True),
        Phrase("ro_incetati_sa_sunati", Kind.STOP_CALLS, STRONG, "incetati|inceteaza|opriti-va|termina|terminati sa|din|cu <any3> sunati|suni|sunat|apelurile|telefoanele", fixed=True),
        Phrase("ro_sa_nu_mai_sunati", Kind.STOP_CALLS, STRONG, "sa nu mai sunati|suni|apelati", fixed=True),
        Phrase("ro_nu_deranja_cu_telefoane", Kind.STOP_CALLS, STRONG, "nu ma|ne mai? deranja|deranjati cu telefoane|telefoanele|apeluri|apelurile", fixed=True),
        Phrase("ro_opriti_apelurile", Kind.STOP_CALLS, STRONG, "opriti|opreste|incetati|inceteaza|terminati|termina cu? apelurile|telefoanele", None),
        Phrase("ro_opriti_emailurile", Kind.STOP_MAIL, STRONG, "opriti|opreste|incetati|inceteaza|terminati|termina cu? newsletterul|newsletter-ul|newsletterele|emailurile|email-urile|mailurile|mesajele|reclamele|spamul|spam-ul", None),
        Phrase("ro_nu_mi_scrieti", Kind.STOP_MAIL, STRONG, "nu-mi|nu_imi|nu-ne|nu_ne mai? scrie|scrieti|trimite|trimiteti", fixed=True),
        Phrase("ro_sa_nu_mi_scrieti", Kind.STOP_MAIL, STRONG, "sa_nu-mi|sa_nu_imi|sa_nu_ne mai? scrii|scrieti|trimiti|trimiteti", fixed=True),
        Phrase("ro_nu_mai_trimiteti", Kind.STOP_MAIL, STRONG, "nu mai trimite|trimiteti|vreau|doresc|primesc|vrem|dorim <any5> email|emailuri|mailuri|mail|mesaje|newsletter|newslettere|reclame|oferte|spam", fixed=True),
        Phrase("ro_nu_vreau_emailuri", Kind.STOP_MAIL, STRONG, "nu vreau|doresc|vrem|dorim <any4> emailuri|mailuri|newsletter|newslettere|reclame|spam", fixed=True),
        Phrase("ro_fara_emailuri", Kind.STOP_MAIL, STRONG, "fara emailuri|mailuri|newsletter|reclame", fixed=True),
        Phrase("ro_dezabonare", Kind.STOP_MAIL, STRONG, "dezabonati-ma|dezaboneaza-ma|dezabonez|dezabonare|ma_dezabonati|ma_dezabonez", None),
        Phrase("ro_in_pace", Kind.STOP_ALL, STRONG, "lasa-ma|lasati-ma|lasa-ne|lasati-ne|lasama|sa_ma_lasi|sa_ma_lasati|sa_ne_lasati|sa_ne_lasi <any2> in_pace|in_plata_domnului", None),
        Phrase("ro_lasat_in_pace", Kind.STOP_ALL, STRONG, "sa fiu|fim lasat|lasata|lasati in_pace", None),
        Phrase("ro_nu_ma_contacta", Kind.STOP_ALL, STRONG, "nu ma|ne mai? contacta|contactati|deranja|deranjati|cauta|cautati|contactezi|deranjezi <polite2> <then_again>", fixed=True),
        Phrase("ro_sa_nu_ma_contactati", Kind.STOP_ALL, STRONG, "sa nu ma|ne mai? contactati|deranjati|cautati|contactezi|deranjezi|contacta", fixed=True),
        Phrase("ro_nu_vreau_contactat", Kind.STOP_ALL, STRONG, "nu mai? vreau|doresc|dorim|vrem <any3> contactat|contactata|contactati|deranjat|deranjata|deranjati", fixed=True),
        Phrase("ro_sterge_mi_datele", Kind.STOP_ALL, STRONG, "sterge-mi|stergeti-mi|scoate-mi|scoateti-mi|imi_stergeti|imi_stergi|mi_stergeti <any2> datele|numarul|contactul|adresa", None),
        Phrase("ro_sterge_datele_mele", Kind.STOP_ALL, STRONG, "<remove> <any1> datele|numarul|contactul|adresa <any2> meu|mele|mea|nostru|noastre|noastra|personale", None),
        Phrase("ro_scoate_din_lista", Kind.STOP_ALL, STRONG, "<remove> <any4> din|de_pe <any1> baza|lista|listele|evidenta|evidente|sistem|sistemul|agenda", None),
        Phrase("ro_stergerea_datelor", Kind.STOP_ALL, STRONG, "stergerea|eliminarea <any1> datelor|numarului|contactului|adresei <any2> mele|meu|mea|noastre|nostru|personale", None),
        Phrase("ro_scoate_ma", Kind.STOP_ALL, STRONG, "eliminati-ma|elimina-ma|radiati-ma|scoate-ma|scoateti-ma|sterge-ma|stergeti-ma|ma_scoateti|ma_stergeti|ma_scoti|ma_stergi <any3> din|de_pe <any1>", None),
        Phrase("ro_nu_am_de_a_face", Kind.STOP_ALL, STRONG, "nu mai? vreau|doresc|vrem|dorim sa am|avem|am_nimic de-a face", fixed=True),
    ),
)
