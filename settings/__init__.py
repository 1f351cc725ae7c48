"""Settings from the environment: names, types, limits, defaults and the messages for invalid values.

Business numbers are not settings: they are in the policies of `rules`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from settings.addresses import is_loopback
from settings.calendars import CalendarSettings
from settings.connections import ConnectionSettings
from settings.database import Pooler, tortoise_config
from settings.database_url import read_database_url
from settings.errors import SettingsError
from settings.evidence import EvidenceSettings
from settings.external_issuers import IssuerSettings, OidcIssuer
from settings.lists import separated
from settings.mail import MailSettings
from settings.outside import OutsideSettings
from settings.push import PushSettings, new_push_key
from settings.redis_url import check_redis_url
from settings.request_limits import LimitSettings
from settings.retention import RetentionSettings
from settings.sealing import SealingSettings
from settings.secret_files import SecretFiles
from settings.sms import SmsSettings
from settings.stored_key import random_key, stored_key
from settings.webhooks import WebhookSettings
from settings.words import table_of, wrong_value

__all__ = ["OidcIssuer", "Settings", "SettingsError", "load", "settings_table", "tortoise_config"]

SECRET_BYTES = 32
# With these, clients identify themselves and trace requests: Apollo, Hive, OpenTelemetry, Sentry, Datadog.
TELEMETRY_HEADERS = (
    "apollographql-client-name",
    "apollographql-client-version",
    "graphql-client-name",
    "graphql-client-version",
    "x-apollo-operation-id",
    "x-apollo-operation-name",
    "traceparent",
    "tracestate",
    "baggage",
    "b3",
    "sentry-trace",
    "x-datadog-origin",
    "x-datadog-parent-id",
    "x-datadog-sampling-priority",
    "x-datadog-trace-id",
)
# No `*`: it would also allow headers that are introduced in the future.
_HEADER_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")


def _var_dir() -> Path:
    here = Path(__file__).parents[1]
    return (here if (here / "pyproject.toml").exists() else Path.cwd()) / "var"


class Settings(
    IssuerSettings,
    LimitSettings,
    ConnectionSettings,
    EvidenceSettings,
    OutsideSettings,
    MailSettings,
    SmsSettings,
    SealingSettings,
    PushSettings,
    WebhookSettings,
    CalendarSettings,
    RetentionSettings,
):
    """One frozen set of settings; the environment variables are the field names in capitals."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, extra="ignore")

    database_url: str | None = Field(
        default=None,
        repr=False,
        description="PostgreSQL URL, `postgres://…`, with one host or several; if empty, an embedded "
        "PostgreSQL is started",
    )
    database_url_direct: str | None = Field(
        default=None,
        repr=False,
        description="PostgreSQL URL without a pooler, for `migrate`, `seed`, `reconcile` and "
        "`upgrade-check`; if empty, `DATABASE_URL`; required if `DATABASE_POOLER` is `transaction`",
    )
    database_pooler: Pooler = Field(
        default="none",
        description="Pooler such as PgBouncer that `DATABASE_URL` leads to, by its mode: none or transaction",
    )
    redis_url: str | None = Field(
        default=None,
        repr=False,
        description="Redis or Valkey URL, `redis://…`, `unix://…` or `redis+sentinel://…`; if empty, an "
        "embedded Valkey is started",
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="Port the server listens on")
    var_dir: Path = Field(default_factory=_var_dir, description="Folder for runtime data (default `var`)")
    secret_key: str | None = Field(
        default=None,
        repr=False,
        description=f"Key that signs tokens, {SECRET_BYTES} bytes or more; if empty, one is generated "
        f"in `var/secret`",
    )
    access_token_minutes: int = Field(
        default=15, ge=1, le=1440, description="Lifetime of access tokens, in minutes"
    )
    refresh_token_days: int = Field(
        default=30, ge=1, le=365, description="Lifetime of refresh tokens, in days"
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Allowed browser origins in addition to the server's own, comma-separated"
    )
    allowed_headers: Annotated[tuple[str, ...], NoDecode] = Field(
        default=TELEMETRY_HEADERS,
        description="Request headers that pages of ALLOWED_ORIGINS may send in addition to those the API "
        "reads, comma-separated",
    )
    allow_credentials: bool = Field(
        default=False,
        description="Whether pages of ALLOWED_ORIGINS may send cookies; needed for sessions in a cookie",
    )
    demo_hour_seconds: int = Field(
        default=1, ge=1, le=3600, description="Length of one hour of the demo market's policy, in seconds"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Minimum log level: debug, info, warning or error"
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="Log format: console or json"
    )
    graphiql: bool = Field(default=True, description="Whether `/graphql` serves GraphiQL to browsers")
    console: bool = Field(default=True, description="Whether `/console/` serves the console")
    database_pool_size: int = Field(
        default=20, ge=1, le=1000, description="Maximum number of PostgreSQL connections per process"
    )
    worker_metrics_port: int = Field(
        default=0, ge=0, le=65535, description="Port for a worker's metrics on 127.0.0.1; 0 disables it"
    )
    sweep_batch_size: int = Field(
        default=1000, ge=1, le=2000, description="Number of deadlines a worker settles per transaction"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is given, then the environment, then the files that it names."""
        del dotenv_settings, file_secret_settings  # there is no such file or folder
        return init_settings, env_settings, SecretFiles(settings_cls)

    @field_validator("database_url", "database_url_direct")
    @classmethod
    def _a_database(cls, value: str | None) -> str | None:
        if value is not None:
            read_database_url(value)
        return value

    @field_validator("database_url_direct", "database_pooler")
    @classmethod
    def _beside_a_database(cls, value: str | None, info: ValidationInfo) -> str | None:
        # An invalid DATABASE_URL is not in the data, and reported by itself.
        if value not in {None, "none"} and info.data.get("database_url", "") is None:
            raise ValueError("needs DATABASE_URL: the embedded PostgreSQL has one address and no pooler")
        return value

    @field_validator("redis_url")
    @classmethod
    def _a_redis(cls, value: str | None) -> str | None:
        if value is not None:
            check_redis_url(value)
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str | None) -> str | None:
        if value is None or len(value.encode()) >= SECRET_BYTES:
            return value
        raise ValueError(f"must have at least {SECRET_BYTES} bytes")

    @field_validator("host")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9._:-]+", value):
            raise ValueError("must be a host name or an IP address")
        return value

    @field_validator("log_level", "log_format", "trusted_documents", "database_pooler", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        origins = separated(value)
        for origin in origins if isinstance(origins, tuple) else ():
            parts = urlsplit(str(origin))
            usual = {"http": ":80", "https": ":443"}.get(parts.scheme)
            # As browsers write them, because the comparison is exact.
            if usual is None or f"{parts.scheme}://{parts.netloc.lower().removesuffix(usual)}" != origin:
                raise ValueError("must be origins such as https://app.example, without a path")
        return origins

    @field_validator("allowed_headers", mode="before")
    @classmethod
    def _header_names(cls, value: object) -> object:
        names = separated(value)
        for name in names if isinstance(names, tuple) else ():
            if not _HEADER_NAME.fullmatch(str(name)):
                raise ValueError("must be names of headers, such as x-client-version")
        return names

    @field_validator("var_dir")
    @classmethod
    def _whole_path(cls, value: Path) -> Path:
        return value.absolute()

    @property
    def database_dsn(self) -> str:
        """The database's URL; commands set it for embedded services."""
        return _known(self.database_url, "DATABASE_URL")

    @property
    def direct_dsn(self) -> str:
        """The database's URL without a pooler, for what needs a session of its own."""
        if self.database_url_direct is not None:
            return self.database_url_direct
        if self.database_pooler == "transaction":
            raise SettingsError(
                "DATABASE_URL_DIRECT: must lead to PostgreSQL itself, because DATABASE_POOLER is transaction"
            )
        return self.database_dsn

    @property
    def redis_dsn(self) -> str:
        """The URL of Redis; commands set it for embedded services."""
        return _known(self.redis_url, "REDIS_URL")

    def locate_world(self) -> Callable[[], tuple[int, int] | None] | None:
        """What says where the demo world listens now, for HTTP and for DNS: nowhere while it is not running.

        None if there is no world: it belongs to the demo in the embedded database, not to any other one.
        """
        import embedded  # noqa: PLC0415 - few processes need it
        from embedded.world.place import expected, ports  # noqa: PLC0415

        if self.database_url not in {None, embedded.address(self.var_dir)[0]} or not expected(self.var_dir):
            return None
        return lambda: ports(self.var_dir)

    @property
    def only_here(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)

    def connected(self, database_url: str, redis_url: str) -> Self:
        """A copy of the settings with the addresses of embedded services where none are configured."""
        urls = {"database_url": self.database_url or database_url, "redis_url": self.redis_url or redis_url}
        return self.model_copy(update=urls)

    def signing_key(self) -> bytes:
        """The key that signs tokens; generated once, for this user only, if not configured."""
        return self._key(self.secret_key, "secret", "SECRET_KEY")

    def hashing_key(self) -> bytes:
        """The key of stored hashes; generated once, for this user only, if not configured."""
        return self._key(self.hash_key, "hash-key", "HASH_KEY")

    def sealing_key(self) -> bytes:
        """The key that seals stored secrets, from KEY_FILE; generated once if that is not configured."""
        if self.key_file is None:
            return self._key(None, "key-encryption-key", "KEY_FILE")
        try:
            key = self.key_file.read_bytes()
        except OSError as error:
            raise SettingsError(f"KEY_FILE: cannot read {self.key_file}: {error.strerror}") from None
        if len(key) < SECRET_BYTES:
            raise SettingsError(f"KEY_FILE: {self.key_file} must have at least {SECRET_BYTES} bytes")
        return key

    def push_private_key(self) -> str:
        """The private key of push messages, in base64url; generated once if not configured."""
        return self._key(self.push_key, "push-key", "PUSH_KEY", new_push_key).decode()

    @property
    def push_sender(self) -> str:
        """Whom push services write to about our messages: PUSH_CONTACT, else the sender of emails."""
        return self.push_contact or f"mailto:{self.mail_from}"

    def _key(
        self, configured: str | None, file: str, name: str, new: Callable[[], str] = random_key
    ) -> bytes:
        if configured is not None:
            return configured.encode()
        try:
            return stored_key(self.var_dir / file, new)
        except OSError as error:
            reason = f"cannot store a key in {self.var_dir}: {error.strerror}; fix that or set {name}"
            raise SettingsError(f"VAR_DIR: {reason}") from None

    @property
    def origin(self) -> str:
        """The address of all links in messages: PUBLIC_URL, else where the server listens."""
        if self.public_url is not None:
            return self.public_url
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared only
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def load(**given: Any) -> Settings:
    """Read the settings from `given` and the environment. Raises `SettingsError` with each invalid one."""
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = [wrong_value(detail, Settings.model_fields) for detail in error.errors(include_url=False)]
    raise SettingsError("\n".join(lines))


def settings_table() -> str:
    """The README's table of all settings, in Markdown: what every process needs first, then by subject."""
    kinds = (Settings, *Settings.__bases__)
    return table_of(
        {
            name: Settings.model_fields[name]
            for kind in kinds
            for name in kind.__annotations__
            if name in Settings.model_fields
        }
    )


def __getattr__(name: str) -> dict[str, Any]:
    """Build `settings.TORTOISE_ORM`, which Tortoise's command line reads, on first access."""
    if name != "TORTOISE_ORM":
        raise AttributeError(name)
    import embedded  # noqa: PLC0415 - only this command needs it

    settings = load()
    return tortoise_config(settings.database_url or embedded.address(settings.var_dir)[0])


def _known(value: str | None, name: str) -> str:
    if value is None:
        raise SettingsError(f"{name}: not set, and no embedded service was started")
    return value
