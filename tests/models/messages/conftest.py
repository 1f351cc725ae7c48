"""Fixtures of the tests of sending."""

from collections.abc import Iterator

import pytest

from tests.support.mail_servers import MailServers, running_mail_servers
from tests.support.messages import leave_out_events


@pytest.fixture
def without_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """No calendar events are sent, for tests that count what is."""
    leave_out_events(monkeypatch)


@pytest.fixture(scope="session")
def mail_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServers]:
    """The mail server, once per session."""
    with running_mail_servers(tmp_path_factory.mktemp("smtp")) as running:
        yield running


@pytest.fixture
def mail(mail_process: MailServers) -> MailServers:
    """The mail server, without messages."""
    mail_process.forget()
    return mail_process
