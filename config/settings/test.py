"""Tests: real PostgreSQL and Redis, quick password hashing, nothing else different."""

from config.settings.local import *  # noqa: F403

SECRET_KEY = "test-only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LA_CODE = "999"
WAYMARK_TODAY = ""
ACCOUNT_RATE_LIMITS = False
