"""Production: real servers only, secrets from the environment, secure cookies and transport."""

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import cache_from_url, database_from_url, redis_from_url

ENV = env.read(
    required=(
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "WAYMARK_LA_CODE",
        "WAYMARK_MEDIA_ROOT",
    )
)
DEBUG = False
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.csrf_trusted_origins
DATABASES = {"default": database_from_url(ENV.database_url)}
CELERY_BROKER_URL, _CACHE_URL = redis_from_url(ENV.redis_url)
CACHES = {"default": cache_from_url(_CACHE_URL)}
MEDIA_ROOT = ENV.media_root
LA_CODE = ENV.la_code

STATIC_ROOT = "/srv/waymark/static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = True
# Probes come from inside, without the proxy that speaks TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_IDLE_SECONDS = 15 * 60
