"""Tests: real PostgreSQL and Redis, beside a running demonstration; quick password hashing."""

import os

from config import embedded, env
from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, INSTALLED_APPS, cache_from_url, database_from_url, redis_from_url

ENV = env.read()
# Servers of their own: a demonstration may be running, and these may lose data in a power cut for speed.
STATE_DIR = env.state_dir(BASE_DIR) / "test"
DEBUG = False
SECRET_KEY = "test-only"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
INSTALLED_APPS = [*INSTALLED_APPS, "config.demo"]

DATABASES = {
    "default": database_from_url(ENV.database_url or embedded.database_url(STATE_DIR, durable=False)),
}
# Each process of a parallel run has its own broker and cache; pytest-django gives it its own database.
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CELERY_BROKER_URL, _CACHE_URL = redis_from_url(
    ENV.redis_url or embedded.redis_url(STATE_DIR, durable=False), shift=2 * _WORKER
)
CACHES = {"default": cache_from_url(_CACHE_URL)}

MEDIA_ROOT = ENV.media_root or str(STATE_DIR / "media")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LA_CODE = "999"
AUTHORITY_NAME = "Fernshire (a demonstration authority)"
ACCOUNT_RATE_LIMITS = False
