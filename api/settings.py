"""Settings: from the environment (``STEGET_...``) or files; no default for a secret."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_DATABASE = "sqlite:///steget-demo.db"
DEMO_SECRET = "of the demonstration, and of nothing else"  # noqa: S105 -- refused elsewhere
DEMO_KEYS = "1:b2YgdGhlIGRlbW9uc3RyYXRpb24sIG5vdGhpbmcgZWw="
"""What a demonstration (``demo``) runs on; refused outside of it."""
SECRET_CHARACTERS = 32
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(Exception):
    """The service cannot start on these settings; the sentence is in ``api.texts.starting``.

    Args:
        code: what is wrong, as the texts know it.
        params: names and numbers for the sentence; never a value of a secret.
    """

    def __init__(self, code: str, **params: object) -> None:
        """Keep what is said."""
        super().__init__(code, params)
        self.code, self.params = code, params


class Settings(BaseSettings):
    """What a service needs to know before it starts.

    ``keys``: what needs are sealed with, ``1:BASE64,2:BASE64``; ``secret``: what links and forms
    are signed with, at least 32 characters. Each may stand in a file (``STEGET_KEYS_FILE``).
    ``travel_store``: the file of computed travel times; what is asked for them are the other
    ``travel_...``, of which none is unless it is set. ``travel_resrobot...`` and ``travel_sl...``
    are of the command that shows one journey, and of no service.
    ``contact_...`` and ``service_level``: what the API's document says of whoever runs it.
    """

    model_config = SettingsConfigDict(env_prefix="STEGET_", extra="ignore", frozen=True)

    database_url: str = "sqlite:///steget.db"
    keys: SecretStr | None = None
    keys_file: Path | None = None
    secret: SecretStr | None = None
    secret_file: Path | None = None
    demo: bool = False
    public_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    session_idle_minutes: int = Field(default=60, ge=1)
    session_hours: int = Field(default=10, ge=1)
    offer_days: int = Field(default=14, ge=1)
    confirm_days: int = Field(default=30, ge=1)
    retention_days: int = Field(default=730, ge=1)
    login_failures: int = Field(default=10, ge=1)
    login_window_minutes: int = Field(default=15, ge=1)
    requests_per_minute: int = Field(default=600, ge=1)
    max_body_bytes: int = Field(default=1 << 20, ge=1)
    max_upload_bytes: int = Field(default=20 << 20, ge=1)
    metrics_token: SecretStr | None = None
    contact_name: str = "Steget"
    contact_url: str = ""
    contact_email: str = "steget@example.org"
    service_level: str = ""
    travel_store: Path | None = None
    travel_sources: str | None = None
    travel_arrive_by: str | None = None
    travel_gtfs: Path | None = None
    travel_curve: Path | None = None
    travel_motis: str | None = None
    travel_otp: str | None = None
    travel_valhalla: str | None = None
    travel_osrm_walk: str | None = None
    travel_resrobot: str | None = None
    travel_resrobot_key: SecretStr | None = None
    travel_resrobot_key_file: Path | None = None
    travel_sl: str | None = None
    travel_sl_contact: str | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None


def checked(settings: Settings) -> Settings:
    """Settings that the service may start on, with secrets and keys read from their files.

    In a demonstration what is missing is filled in; outside of it nothing is.

    Raises:
        SettingsError: a secret or the keys are missing, too short, those of the demonstration, or
            in a file that cannot be read; the address that people use is not behind TLS; or the
            settings of the identity provider are not whole.
    """
    secret = _from_file(settings.secret, settings.secret_file, "SECRET")
    keys = _from_file(settings.keys, settings.keys_file, "KEYS")
    if settings.demo:
        secret, keys = secret or DEMO_SECRET, keys or DEMO_KEYS
    for name, value, demo in (("SECRET", secret, DEMO_SECRET), ("KEYS", keys, DEMO_KEYS)):
        if not value:
            raise SettingsError(f"{name.lower()}_missing")
        if value == demo and not settings.demo:
            raise SettingsError("of_the_demo", setting=f"STEGET_{name}")
    if len(secret) < SECRET_CHARACTERS or len(set(secret)) < SECRET_CHARACTERS // 4:
        raise SettingsError("secret_weak", characters=SECRET_CHARACTERS)
    _check_addresses(settings)
    return settings.model_copy(update={"secret": SecretStr(secret), "keys": SecretStr(keys)})


def resrobot_key(settings: Settings) -> str:
    """The key of ResRobot; empty where there is none.

    Raises:
        SettingsError: the file that it should be in cannot be read.
    """
    key, file = settings.travel_resrobot_key, settings.travel_resrobot_key_file
    return _from_file(key, file, "TRAVEL_RESROBOT_KEY")


def _from_file(value: SecretStr | None, file: Path | None, name: str) -> str:
    """A secret from the environment, else from its file; empty where neither is given."""
    if value is not None:
        return value.get_secret_value().strip()
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError("file_unreadable", setting=f"STEGET_{name}_FILE") from None


def _check_addresses(settings: Settings) -> None:
    local = urlsplit(settings.public_url).hostname in LOOPBACK
    if not local and not settings.public_url.startswith("https://"):
        raise SettingsError("not_behind_tls")
    if settings.public_url.startswith("https://") and not settings.secure_cookies:
        raise SettingsError("cookies_not_secure")
    if (settings.oidc_issuer is None) != (settings.oidc_client_id is None):
        raise SettingsError("oidc_half")
    if settings.oidc_issuer is not None:
        issuer = urlsplit(settings.oidc_issuer)
        if issuer.scheme != "https" and issuer.hostname not in LOOPBACK:
            raise SettingsError("oidc_not_behind_tls")
