"""Plain text: one question a line, what is indented below it asks further."""

import re

from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.plain_text import first_link, inline_text


def read(text: str) -> ImportResult:
    """Every line with words; comments and lines of signs alone are listed as not understood."""
    found = ImportResult("plain text, one question a line")
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        words = inline_text(re.sub(r"^\s*(?:[-*+•]|\d+[.)])\s+", "", line))
        if not line.strip():
            continue
        if line.startswith("#") or not re.search(r"\w", words):
            found.leave_out(number, line)
        elif line[:1].isspace() and found.drafts:
            found.drafts[-1].follow_ups.append(words)
        elif words.endswith(":") and len(words) < 60:
            section = words.rstrip(": ")
            found.leave_out(number, line)
        else:
            tags = [section] if section else []
            found.drafts.append(Draft(words, number, tags=tags, url=first_link(line)))
    return found
