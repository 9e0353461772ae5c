"""Questions found in the transcript of an interview, offered for its debrief."""

from pathlib import Path

from practice.base.sentences import Sentence
from practice.base.text import one_line
from practice.core.workspace import Workspace
from practice.documents.interview_transcript import read_transcript
from practice.library.interviews import Interview
from practice.questions.spoken_questions import pick_questions


def find_offered(workspace: Workspace, interview: Interview, source: Path) -> list[Sentence]:
    """The questions in a transcript that are not noted yet.

    Raises:
        UnreadableTranscriptError: The file cannot be read as one.
    """
    noted = workspace.library.interviews.asked(interview.id)
    known = {one_line(each.text).casefold() for each in noted}
    found = pick_questions(read_transcript(source))
    return [each for each in found if each.text.casefold() not in known]


def describe_offered(offered: list[Sentence], source: Path) -> str:
    """How many there are, and what to know before one takes any."""
    name = one_line(source.name)
    if not offered:
        return f"No new question was found in {name}."
    count = f"{len(offered)} question{'s' if len(offered) > 1 else ''}"
    return (
        f"{count} found in {name}. Speakers are not told apart: take those that you were asked.\n"
        "Record an interview only if everybody agreed."
    )
