"""A list of questions that was pasted or piped in, rather than named as a file."""

import re
from pathlib import Path

from practice.base.files import write_atomic
from practice.base.scratch import ScratchFolder
from practice.base.text import one_line
from practice.questions.importers.plan import ImportPlan, plan_import
from practice.questions.importers.prompts import numbering

FILE_NAME = "pasted list.txt"
"""Its bank is called so until it gets another name."""
_BULLET = re.compile(r"(?:[>|\s]*(?:[-*+–—•◦▪▫●○■□‣⁃·∙➢➤►▶◆❖☐☑✓](?=\s)|[•◦▪●○■‣►▶◆❖]))+\s*")


def plan_pasted(content: bytes, scratch: Path, reading: str = "") -> ImportPlan:
    """As `plan_import`, for the content of a list.

    Args:
        content: Text in any encoding that a file may have.
        scratch: Where it lies while it is read.
        reading: As for `plan_import`.
    """
    with ScratchFolder(scratch) as folder:
        file = folder.path / FILE_NAME
        write_atomic(file, content)
        return plan_import(file, reading)


def split_questions(text: str) -> list[str]:
    """The questions of a list that has one a line, without the bullet or number before each."""
    found = []
    for line in text.splitlines():
        line = _BULLET.sub("", line.strip(), count=1) if _BULLET.match(line.strip()) else line
        numbered = numbering(line)
        words = one_line(numbered.words if numbered else line)
        if any(each.isalpha() for each in words):
            found.append(words)
    return found
