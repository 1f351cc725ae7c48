"""Words that are tried first in guessing a password: lower case, without look-alike characters."""

# The stems of the most common leaked passwords, in the product's four languages.
COMMON_WORDS = frozenset(
    """
    abc abcd abcdef abcdefgh access account admin administrator andrea asdf asdfgh asdfghjkl
    baseball batman changeme charlie company contrasena daniel default demo dragon football freedom
    geheim haslo hallo hello hunter iloveyou internet jordan kennwort killer leadgate letmein login
    london master michael monkey mynoob operator parola pass passwd password passwort pokemon polska
    princess qaz qazwsx qwe qwer qwert qwerty qwertyuiop qwertz robert romania root sample schalke
    secret server shadow soccer sommer start starwars summer sunshine superman system temp temporary
    test tester thomas trustno user vendor welcome whatever willkommen winter wsx zaq zxcvb zxcvbn
    zxcvbnm
    """.split()  # noqa: SIM905
)
