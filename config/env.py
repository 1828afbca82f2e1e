"""The environment, read and typed once; one error names everything that is missing."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Environment:
    """What Waymark reads from the process environment."""

    database_url: str
    redis_url: str
    secret_key: str
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    la_code: str
    today: str
    media_root: str
    email_url: str


def read(*, required: tuple[str, ...] = ()) -> Environment:
    """Read the environment. Raises ImproperlyConfigured naming every missing required variable."""
    missing = [name for name in required if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(
            f"Set these environment variables before starting Waymark: {', '.join(missing)}. "
            "docs/operations/run.md says what each is for."
        )
    return Environment(
        database_url=os.environ.get("DATABASE_URL", ""),
        redis_url=os.environ.get("REDIS_URL", ""),
        secret_key=os.environ.get("SECRET_KEY", ""),
        allowed_hosts=_words("ALLOWED_HOSTS"),
        csrf_trusted_origins=_words("CSRF_TRUSTED_ORIGINS"),
        la_code=os.environ.get("WAYMARK_LA_CODE", ""),
        today=os.environ.get("WAYMARK_TODAY", ""),
        media_root=os.environ.get("WAYMARK_MEDIA_ROOT", ""),
        email_url=os.environ.get("EMAIL_URL", ""),
    )


def state_dir(base: Path) -> Path:
    """Where a laptop keeps its private servers and uploads: WAYMARK_STATE, or .local/ in the checkout."""
    return Path(os.environ.get("WAYMARK_STATE") or base / ".local").resolve()


def _words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
