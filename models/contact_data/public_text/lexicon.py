"""Words that distinguish names, links and numbers from prose. All are in lower case."""

import phonenumbers


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Top-level domains. Not all of the thousand or more, only those that small companies use.
_GENERIC_ENDINGS = _words(
    "com net org info biz edu gov mil int name pro eu uk su app dev shop store online site website web"
    " xyz tech agency cloud email digital solutions services systems software studio design group"
    " company consulting business ventures capital finance expert immo haus gmbh berlin hamburg koeln"
    " bayern wien nrw saarland ruhr tirol club blog live news media page link space world today life"
    " jobs work works team network top vip icu cc tv ws example"
)
ALL_HOST_ENDINGS = _GENERIC_ENDINGS | {region.lower() for region in phonenumbers.SUPPORTED_REGIONS}
# Words of everyday prose: a missing space after a full stop must not turn them into a link.
HOST_ENDINGS = ALL_HOST_ENDINGS - _words(
    "in is to so no do as am an my la li es pm id sa se si st va ms mr dr ma ne er"
)
# Endings that are also first words of sentences, then capitalised.
SENTENCE_STARTS = _words("it at be me us de ai by")
# Only before these is a spelled-out or spaced dot rare in prose.
SPOKEN_ENDINGS = _words("com net org info biz eu de at ch pl ro io uk fr nl co dev app shop online example")
# Romanian "din punct de vedere", English "a trial period at".
NO_ENDINGS = frozenset((("punct", "de"), ("period", "at"), ("period", "de")))
# "anna at gmail" is an address without its ending.
MAIL_BRANDS = _words("gmail googlemail gmx hotmail protonmail")
# Names of software that look like hosts.
NO_HOSTS = _words("asp.net ado.net vb.net ml.net paint.net")

TITLES = _words(
    "mr mrs ms miss mx sir dr prof professor herr herrn hr frau fr fräulein pan pani pana panem panią"
    " domnul doamna domnului doamnei dl dna dipl ing mag msc bsc mba phd jr sr ii iii"
)
# Words with which people introduce themselves.
GREETINGS = _words(
    "regards greetings cheers sincerely yours gruß gruss grüße grüßen grüsse vg lg mfg pozdrawiam salut"
    " name heiße heisse nazywam numesc contact kontakt ansprechpartner attn"
)
LEGAL_FORMS = _words(
    "gmbh mbh ag kg ohg ug gbr ev eg se kgaa co cie llc llp lp plc ltd limited inc incorporated corp"
    " corporation company sa sas sarl spa srl bv nv oy ab as aps sp zoo z o spolka and und"
)
