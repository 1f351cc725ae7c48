"""The console has words, in each language, for names that the API gives as texts."""

import re
from pathlib import Path

from models.contact_data.place import countries
from models.contacting.advice_views import AdviceWarning
from models.feed.kinds import MessageTemplate
from models.messages.channels.channel import Code
from models.outside.sources.source import FoundKind, OutsideOutcome, OutsideSource
from models.smart_data.tables import AddressStatus
from rules.complaint import REASONS, AcceptedFor

APP = Path(__file__).parents[3] / "clients/console/app"
LANGUAGES = 4


def in_each_language(file: str, name: str = "") -> list[set[str]]:
    """Return the names of a file of words, or of its blocks of this name, for each language."""
    text = (APP / file).read_text(encoding="utf-8")
    blocks = re.findall(rf"^ +{name or '(?:de|pl|ro)'}: {{\n(.*?)^ +}}", text, re.MULTILINE | re.DOTALL)
    if not name:  # English comes first, without a name
        blocks.insert(0, text.partition("catalog(")[2].partition("},")[0])
    return [set(re.findall(r"^ +(\w+): \"", block, re.MULTILINE)) for block in blocks]


def test_each_template_of_messages_is_called_something_in_each_language() -> None:
    assert in_each_language("parts/templates.ts") == [set(MessageTemplate)] * LANGUAGES


def test_each_end_of_an_attempt_is_said_in_each_language() -> None:
    assert in_each_language("screens/operator/outbox/words.ts", "codes") == [set(Code)] * LANGUAGES


def test_what_is_publicly_known_is_called_something_in_each_language() -> None:
    for name, members in (
        ("kinds", FoundKind),
        ("sources", OutsideSource),
        ("outcomes", OutsideOutcome),
        ("addresses", AddressStatus),
    ):
        assert in_each_language("parts/knownWords.ts", name) == [set(members)] * LANGUAGES


def test_each_warning_beside_an_advice_is_said_in_each_language() -> None:
    assert in_each_language("parts/adviceWords.ts", "warnings") == [set(AdviceWarning)] * LANGUAGES


def test_who_sends_messages_is_not_called_what_vendors_are_called() -> None:
    text = (APP / "screens/operator/outbox/words.ts").read_text(encoding="utf-8")
    for block in re.findall(r"^ +codes: {\n(.*?)^ +}", text, re.MULTILINE | re.DOTALL):
        assert not re.search("anbieter|usługodawc|furnizor", block, re.IGNORECASE)


def test_each_country_that_the_api_knows_can_be_chosen() -> None:
    codes = (APP / "words/countries.ts").read_text(encoding="utf-8").split("`")[1].split()
    assert codes == sorted(countries())


def test_reasons_that_cannot_be_accepted_are_those_of_the_rules() -> None:
    text = (APP / "screens/vendor/complain/accepted.ts").read_text(encoding="utf-8")
    for name, accepted in (("BOUGHT", AcceptedFor.LEAD_CLUB), ("NEVER", AcceptedFor.NEVER)):
        listed = re.search(rf"{name}: .*\(\[(.*)\]\)", text)
        assert listed is not None
        reasons = {reason for reason, one in REASONS.items() if one.accepted_for is accepted}
        assert set(re.findall(r"\w+", listed[1])) == reasons
