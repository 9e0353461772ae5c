"""The schema for editors stays in step with what reading accepts."""

import json

from practice.questions.bank_file.reading import check_bytes
from practice.questions.bank_file.schema import bank_schema
from practice.questions.catalogue import shipped_banks
from practice.questions.model import Bank, Question


def test_the_schema_file_is_the_one_that_the_model_makes() -> None:
    written = (shipped_banks() / "bank.schema.json").read_text(encoding="utf-8")
    assert written == json.dumps(bank_schema(), indent=2, ensure_ascii=False) + "\n"


def test_the_schema_knows_every_key_and_no_other() -> None:
    definitions = json.loads(json.dumps(bank_schema()))["$defs"]
    assert set(definitions["Question"]["properties"]) == set(Question.__struct_fields__)
    assert set(definitions["Bank"]["properties"]) == set(Bank.__struct_fields__)
    assert definitions["Question"]["additionalProperties"] is False
    assert definitions["Question"]["required"] == ["text"]


def test_every_key_is_described_for_who_edits() -> None:
    definitions = json.loads(json.dumps(bank_schema()))["$defs"]
    for definition in definitions.values():
        for name, value in definition["properties"].items():
            assert value.get("description"), name


def test_every_shipped_bank_names_the_schema_and_has_no_problem() -> None:
    banks = sorted(shipped_banks().glob("*.yaml"))
    assert banks
    for path in banks:
        data = path.read_bytes()
        assert data.startswith(b"# yaml-language-server: $schema=bank.schema.json\n"), path
        assert check_bytes(path, data).problems == [], path
