"""The JSON Schema of a bank, for editors; `question_banks/bank.schema.json` is made from it."""

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
