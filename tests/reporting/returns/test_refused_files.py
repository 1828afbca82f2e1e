"""A file that cannot be trusted is refused as a whole, in words, with nothing written."""

import json

import pytest
from django.core.management import call_command

from tests.reporting.returns import factory as f

GOOD = f.document([f.person(1, f.refused())])
PERSONS = GOOD.index("<Persons>")


def _bytes(text: str) -> bytes:
    return text.encode()


BROKEN = {
    "not_xml": (b"Surname,Forename\nTestfield,Ada\n", "not an XML file"),
    "empty": (b"", "The file is empty"),
    "dtd": (
        _bytes(GOOD.replace("<Message>", '<!DOCTYPE Message SYSTEM "sen2.dtd">\n<Message>')),
        "document type",
    ),
    "entity_bomb": (
        _bytes(
            GOOD.replace(
                "<Message>", '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<Message>'
            ).replace("Testfield", "&b;")
        ),
        "document type",
    ),
    "undeclared_entity": (_bytes(GOOD.replace("Testfield", "&secret;")), "entity"),
    "wrong_root": (_bytes(GOOD.replace("Message>", "Letter>")), "not a SEN2 return"),
    "unknown_year": (_bytes(f.document([f.person(1, f.refused())], Year=2031)), "2031"),
    "year_of_another_form": (_bytes(f.document([f.person(1, f.refused())], Year=2022)), "2023 to 2026"),
    "other_authority": (_bytes(f.document([f.person(1, f.refused())], LEA="201")), "number 201"),
    "no_authority": (_bytes(f.document([f.person(1, f.refused())], LEA=None)), "no number"),
    "other_collection": (_bytes(f.document([f.person(1, f.refused())], Collection="CIN")), "CIN"),
    "truncated": (_bytes(GOOD)[: GOOD.index("</Person>")], "stops before its end"),
    "long_value": (_bytes(GOOD.replace("Testfield", "x" * 20_000_000)), "far longer"),
    "wrong_encoding": (GOOD.replace("Testfield", "Zoë").encode("latin-1"), "encoding"),
    "no_persons": (_bytes(f.document([])), "no <Person>"),
    "no_header": (_bytes(GOOD[: GOOD.index("<Header>")] + GOOD[PERSONS:]), "no <Header>"),
    "endless_person": (
        _bytes(GOOD.replace("<Sex>F</Sex>", "<Sex>F</Sex>" + "<Note>xxxxxxxxxxxxxxxx</Note>" * 200_000)),
        "larger than 4 MB",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.django_db
def test_refused_with_clear_words_and_nothing_written(name, tmp_path, rows, capsys):
    content, words = BROKEN[name]
    path = tmp_path / f"{name}.xml"
    path.write_bytes(content)
    before = rows()

    for options in (["--check"], []):
        with pytest.raises(SystemExit) as stopped:
            call_command("import_sen2", str(path), *options)
        assert stopped.value.code == 1

    said = capsys.readouterr().err
    assert f"{name}.xml was refused and nothing was written" in said
    assert words in said
    assert rows() == before


@pytest.mark.django_db
def test_refusal_as_json(tmp_path, capsys):
    path = tmp_path / "a.xml"
    path.write_bytes(BROKEN["other_authority"][0])
    with pytest.raises(SystemExit):
        call_command("import_sen2", str(path), "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["written"] is False
    assert "201" in report["refused"]


@pytest.mark.django_db
def test_a_file_outside_is_never_read(tmp_path, capsys):
    """An external entity in an attribute-free place: the secret must not reach the report."""
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    path = tmp_path / "xxe.xml"
    path.write_text(
        GOOD.replace("<Message>", f'<!DOCTYPE m [<!ENTITY x SYSTEM "file://{secret}">]>\n<Message>').replace(
            "Testfield", "&x;"
        )
    )
    with pytest.raises(SystemExit):
        call_command("import_sen2", str(path), "--check")
    said = capsys.readouterr()
    assert "hunter2" not in said.out + said.err
