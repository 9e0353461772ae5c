"""The JSON Schema of a bank, for editors; `question_banks/bank.schema.json` is made from it."""

import json

import msgspec

from practice.questions.model import Bank


def bank_schema() -> dict[str, object]:
    """The schema that the model states, strict about keys as reading is."""
    schema = msgspec.json.schema(Bank)
    definitions = schema.get("$defs", {})
    for definition in definitions.values():
        definition["additionalProperties"] = False
    definitions["Bank"]["description"] = "A question bank."
    definitions["Question"]["description"] = "One question."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def bank_schema_text() -> str:
    """The schema as the file is written."""
    return json.dumps(bank_schema(), indent=2, ensure_ascii=False) + "\n"
