"""Settings of text messages: the provider's URL and the sender."""

import pytest

from settings import SettingsError, load


@pytest.mark.parametrize(
    "given",
    [
        {"sms_url": "seven://:hidden-key@host"},  # without a sender
        {"sms_url": "https://:hidden-key@host", "sms_from": "Leadgate"},
        {"sms_url": "seven://user:hidden-key@host", "sms_from": "Leadgate"},
        {"sms_url": "twilio://:hidden-key@host", "sms_from": "Leadgate"},
        {"sms_url": "seven://:hidden-key@host:port", "sms_from": "Leadgate"},
    ],
)
def test_a_wrong_provider_is_refused_without_repeating_its_key(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"SMS_URL: ") as caught:
        load(**given)
    assert "hidden-key" not in str(caught.value)


@pytest.mark.parametrize("sender", ["", "a\r\nb", "-x", "x" * 60])
def test_a_wrong_sender_is_refused(sender: str) -> None:
    with pytest.raises(SettingsError, match=r"SMS_FROM: "):
        load(sms_from=sender)


def test_a_provider_with_a_sender_is_accepted_and_not_shown() -> None:
    settings = load(sms_url="seven://:hidden-key@", sms_from="Leadgate")
    assert "hidden-key" not in repr(settings)
