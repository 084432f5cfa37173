"""Settings: from the environment (``STEGET_...``) or files; no default for a secret."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_DATABASE = "sqlite:///steget-demo.db"


class Settings(BaseSettings):
    """What a service needs to know before it starts.

    ``keys``: what needs are sealed with, ``1:BASE64,2:BASE64``; ``secret``: what links and forms
    are signed with, at least 32 characters. Each may stand in a file (``STEGET_KEYS_FILE``).
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
    max_body_bytes: int = Field(default=1 << 20, ge=1)
    max_upload_bytes: int = Field(default=20 << 20, ge=1)
    metrics_token: SecretStr | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
