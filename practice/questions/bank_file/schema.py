"""The JSON Schema of a bank, for editors; `question_banks/bank.schema.json` is made from it."""

from collections.abc import Mapping

import msgspec

from practice.questions.model import Bank


def bank_schema() -> dict[str, object]:
    """The schema of a bank."""
    return strict_schema(Bank, {"Bank": "A question bank.", "Question": "One question."})


def strict_schema(whole: type[msgspec.Struct], names: Mapping[str, str]) -> dict[str, object]:
    """The schema that a model states, strict about keys as reading is.

    Args:
        whole: The model of a file.
        names: What it and its items are, by the name of the class.
    """
    schema = msgspec.json.schema(whole)
    definitions = schema.get("$defs", {})
    for name, description in names.items():
        definitions[name]["additionalProperties"] = False
        definitions[name]["description"] = description
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
