"""What `leadgate run` prints when everything is ready."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from cli.launch import _banner
from settings import Settings


def _printed(**given: object) -> str:
    console = Console(file=StringIO(), width=200)
    _banner(console, "http://127.0.0.1:8000", Settings.model_validate(given), demo=False)
    shown = console.file
    assert isinstance(shown, StringIO)
    return shown.getvalue()


def test_it_says_where_emails_are_written(tmp_path: Path) -> None:
    assert f"Email     {tmp_path}/mail/*.eml" in _printed(var_dir=tmp_path)


def test_it_says_where_text_messages_are_written_unless_there_is_a_provider(tmp_path: Path) -> None:
    assert f"SMS       {tmp_path}/sms/*.txt" in _printed(var_dir=tmp_path)
    assert "SMS" not in _printed(var_dir=tmp_path, sms_url="seven://:key@", sms_from="Leadgate")


def test_with_a_mail_server_it_says_nothing_about_files(tmp_path: Path) -> None:
    assert "Email" not in _printed(var_dir=tmp_path, mail_url="smtp://mail.example")
