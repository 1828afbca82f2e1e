"""The commands and the nightly task."""

import datetime
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from casework import tasks
from casework.models import Clock, NonWorkingDay, SentForm
from tests.factories.cases import SentFormFactory


def test_check_clocks_finds_what_rebuild_clocks_mends(log_request, capsys):
    case = log_request()
    call_command("check_clocks")
    Clock.objects.filter(case=case, rule_code="A1").update(due_on=datetime.date(2025, 1, 1))
    with pytest.raises(CommandError, match="1 differences"):
        call_command("check_clocks")
    assert tasks.check_clocks() == 1
    call_command("rebuild_clocks")
    assert "1 clocks and 0 requests changed" in capsys.readouterr().out
    assert tasks.check_clocks() == 0


def test_the_nightly_task_forgets_old_forms(db):
    old, fresh = SentFormFactory(), SentFormFactory()
    SentForm.objects.filter(pk=old.pk).update(sent_at=timezone.now() - datetime.timedelta(days=3))
    tasks.check_clocks()
    assert list(SentForm.objects.all()) == [fresh]


def test_bank_holidays_come_from_a_file(db, tmp_path, capsys):
    file = tmp_path / "bank-holidays.json"
    events = [{"date": "2026-12-25", "title": "Christmas Day"}, {"date": "2026-12-28", "title": "Boxing Day"}]
    file.write_text(json.dumps({"england-and-wales": {"events": events}, "scotland": {"events": []}}))
    call_command("load_bank_holidays", str(file))
    call_command("load_bank_holidays", str(file))
    assert "2 days added or changed" in capsys.readouterr().out
    assert set(NonWorkingDay.objects.values_list("day", "source")) == {
        (datetime.date(2026, 12, 25), "bank-holidays.json"),
        (datetime.date(2026, 12, 28), "bank-holidays.json"),
    }


@pytest.mark.parametrize("content", ["", "[]", '{"england-and-wales": {"events": [{"date": "soon"}]}}'])
def test_another_file_is_refused_and_nothing_loaded(db, tmp_path, content):
    file = tmp_path / "other.json"
    file.write_text(content)
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_bank_holidays", str(file))
    assert not NonWorkingDay.objects.exists()
