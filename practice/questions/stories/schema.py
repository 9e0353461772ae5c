"""The JSON Schema of stories; `question_banks/stories.schema.json` is made from it."""

from practice.questions.bank_file.schema import strict_schema
from practice.questions.stories.model import Stories


def stories_schema() -> dict[str, object]:
    """The schema of a file of stories, for editors."""
    return strict_schema(Stories, {"Stories": "A file of stories.", "Story": "One story."})
