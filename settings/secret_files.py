"""Secret settings in files: `SECRET_KEY_FILE` is the path of a file with the value of `SECRET_KEY`.

So they can be mounted into containers or passed by systemd, and stay out of the environment.
"""

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

from settings.errors import SettingsError
from settings.words import IN_FILE, is_secret

LARGEST = 65_536  # bytes


class SecretFiles(PydanticBaseSettingsSource):
    """Reads the files that the environment names. Raises `SettingsError`, which quotes no content."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the value of one setting; None if there is no file with it."""
        variable = field_name.upper()
        path = os.environ.get(variable + IN_FILE) if is_secret(field) else None
        if not path:
            return None, field_name, False
        if os.environ.get(variable):
            raise SettingsError(f"{variable}{IN_FILE}: {variable} is set as well; set only one of them")
        return _content(variable + IN_FILE, Path(path)), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return the values of all settings that are in files."""
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}


def _content(variable: str, path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise SettingsError(f"{variable}: cannot read {path}: {error.strerror}") from None
    try:
        text = content.decode().rstrip("\r\n")  # editors and `echo` end the last line
    except UnicodeDecodeError:
        raise SettingsError(f"{variable}: {path} must be text in UTF-8") from None
    if not text or len(content) > LARGEST:
        raise SettingsError(f"{variable}: {path} must contain the value, at most {LARGEST} bytes")
    return text
