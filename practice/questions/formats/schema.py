"""The JSON Schema of a session format, for editors; `format.schema.json` is made from it."""

import msgspec

from practice.questions.formats.model import SessionFormat


def format_schema() -> dict[str, object]:
    """The schema that the model states, strict about keys as reading is."""
    schema = msgspec.json.schema(SessionFormat)
    definition = schema["$defs"]["SessionFormat"]
    definition["additionalProperties"] = False
    definition["description"] = "How a practice session is held."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
