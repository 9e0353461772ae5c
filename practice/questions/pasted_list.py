"""A list of questions that was pasted or piped in, rather than named as a file."""

from pathlib import Path

from practice.base.files import write_atomic
from practice.base.scratch import ScratchFolder
from practice.questions.importers.plan import ImportPlan, plan_import

FILE_NAME = "pasted list.txt"
"""Its bank is called so until it gets another name."""


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
