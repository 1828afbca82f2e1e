"""A laptop: private PostgreSQL and Redis from wheels unless DATABASE_URL and REDIS_URL are set."""

from config import embedded, env
from config.demo.day import DEMO_DAY
from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, INSTALLED_APPS, cache_from_url, database_from_url, redis_from_url

ENV = env.read()
STATE_DIR = env.state_dir(BASE_DIR)
DEBUG = False
SECRET_KEY = ENV.secret_key or embedded.secret_key(STATE_DIR)
ALLOWED_HOSTS = ENV.allowed_hosts or ["127.0.0.1", "localhost", "testserver"]
INSTALLED_APPS = [*INSTALLED_APPS, "config.demo"]

DATABASES = {"default": database_from_url(ENV.database_url or embedded.database_url(STATE_DIR))}
CELERY_BROKER_URL, _CACHE_URL = redis_from_url(ENV.redis_url or embedded.redis_url(STATE_DIR))
CACHES = {"default": cache_from_url(_CACHE_URL)}

MEDIA_ROOT = ENV.media_root or str(STATE_DIR / "media")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LA_CODE = ENV.la_code or "999"
AUTHORITY_NAME = "Fernshire (a demonstration authority)"
# Pages, worker and commands in another terminal all stand on the day the demonstration was made for.
WAYMARK_TODAY = ENV.today or DEMO_DAY.isoformat()
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
