# One image for web, worker, beat and the migrate step; docker-compose.yml says which runs what.

FROM node:24-bookworm-slim AS pages
WORKDIR /pages
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund

FROM python:3.13-slim-bookworm AS packages
WORKDIR /packages
RUN python -m venv /srv/venv
COPY requirements/base.txt .
RUN /srv/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r base.txt

FROM python:3.13-slim-bookworm
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    WAYMARK_MEDIA_ROOT=/srv/waymark/media
RUN useradd --system --uid 10001 --home-dir /srv/waymark --create-home waymark \
    && install -d -o waymark -g waymark /srv/waymark/media /srv/waymark/beat
COPY --from=packages /srv/venv /srv/venv
WORKDIR /srv/waymark/app
COPY . .
COPY --from=pages /pages/node_modules node_modules
# Only to satisfy the settings while files are collected: nothing here is kept or secret.
RUN DATABASE_URL=postgresql://none@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 SECRET_KEY=collecting \
    ALLOWED_HOSTS=none WAYMARK_LA_CODE=000 python manage.py collectstatic --noinput
USER waymark
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "config/probe.py", "/readyz"]
# The log has no query strings: a search holds a child's name.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--access-logfile", "-", "--access-logformat", "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(L)s s"]
