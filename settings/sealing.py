"""The setting of the key that seals stored secrets."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings


class SealingSettings(BaseSettings):
    """A part of `settings.Settings`."""

    key_file: Path | None = Field(
        default=None,
        description="File with the key that seals stored secrets, 32 bytes or more; keep it, and a copy "
        "apart from the database's backups; if empty, one is generated in `var/key-encryption-key`",
    )
