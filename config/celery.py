"""The Celery application: queues and schedule, reviewed like code."""

import os

from celery import Celery
from celery.schedules import crontab
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("waymark")
app.config_from_object("django.conf:settings", namespace="CELERY")

# Two queues, so that a long snapshot never keeps a reminder waiting where there is a worker for each.
app.conf.task_queues = [Queue("default", routing_key="default"), Queue("reports", routing_key="reports")]
app.conf.task_default_queue = "default"
app.conf.task_routes = {"reporting.tasks.*": {"queue": "reports"}}

# What beat sends, London time. Each task is safe to run twice and to miss once.
app.conf.beat_schedule = {
    "nightly snapshot of every indicator": {
        "task": "reporting.tasks.snapshot_nightly",
        "schedule": crontab(hour="2", minute="0"),
    },
    "nightly removal of expired access tokens": {
        "task": "casework.tasks.clear_tokens",
        "schedule": crontab(hour="3", minute="30"),
    },
    "morning look for the next review of every plan": {
        "task": "casework.tasks.settle_reviews",
        "schedule": crontab(hour="5", minute="0"),
    },
    "nightly sweep of uploaded files": {
        "task": "casework.tasks.sweep_files",
        "schedule": crontab(hour="4", minute="0"),
    },
    "morning reminder of advice to chase": {
        "task": "casework.tasks.remind_of_advice",
        "schedule": crontab(hour="5", minute="30"),
    },
    "morning check of the statutory clocks": {
        "task": "casework.tasks.check_clocks",
        "schedule": crontab(hour="6", minute="0"),
    },
}

app.autodiscover_tasks()
