"""Takes full of repetitions, broken words, long sounds and pauses, and what tells of them."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from practice.base.words import Word
from practice.core.workspace import Workspace
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument, parse_review, to_builtins
from practice.library.takes import QuestionSnapshot, Take
from tests.support.takes import keep_take, words_of

STUTTERED = (
    "|0.5 The zebra zebra zebra wanted to panthe- panther on, um, the quokka quokka |2.4 you know"
    " it was, |1.7 my lemur my lemur in the gazel- |0.9 where I-I think we had five people, |3.6 um"
    " and we went, we were going to the tapir |1.2 in the end, and um it was good, so that is all"
    " |0.7 that I would like to say of it today, |2.9 for it was long ago and I have told it often."
)
"""Every kind of finding that a profile for people who stutter leaves out."""
REPEATED = ("zebra", "quokka", "lemur", "i")
BROKEN = ("panthe-", "gazel-")

_NUMBERS = "wpm|speaking_wpm|articulation_sps|speaking_s|repetitions|restarts|longest_run_s"
_NUMBERS += "|long|very_long|longest_s|inside|before_first_s|after_pause|longest_pause_s"
_TELLING = (
    *(rf"\b{word}\b[^\w]{{1,6}}(my )?{word}\b" for word in REPEATED),
    *(re.escape(word) for word in BROKEN),
    r"um/uh",
    r"broken word\b|cut-off word|new start|begun again",
    r"repeated( words|: )",
    r"\bpauses?\b[^.\n]{0,14}\d",
    r"\d[^.\n,;]{0,14}\bpauses?\b",
    r"longest (pause|run)",
    r"words a minute|\bwpm\b\D{0,6}\d|\d+ wpm|syllables a second",
    r"(while speaking|speaking time)\W*\d",
    r"of speech\b",
    r"hurried|(slower|faster) than the rest|slowest|fastest \d",
    r"·+\d|[≫≈]",
    r"[\[{][a-z]+ [^\n\"]{0,20}[\]}]|\[i-i",
    rf'"({_NUMBERS})": *\d',
    r'"kind": *"(pause|repetition|restart|pace)"',
    r"(^|\n)(pause|repetition|restart|pace),",
)
_CSV = set(_NUMBERS.split("|")) | {"words", "pauses", "pauses_long", "pauses_very_long"}
_SOUND = re.compile(r"data:[a-z]+/[a-z]+;base64,[A-Za-z0-9+/=]+")
_STYLE = re.compile(r"<(style|script)\b.*?</\1>|<path[^>]*>|<line[^>]*>", re.DOTALL)


def stuttered_words() -> tuple[Word, ...]:
    """The words of `STUTTERED` with their times."""
    return tuple(words_of(STUTTERED))


def keep_stuttered(
    workspace: Workspace, asked: QuestionSnapshot | None = None, session_id: str | None = None
) -> Take:
    """A take as an earlier version kept it: every mark that there is, and every number."""
    take = keep_take(workspace, STUTTERED, asked, session_id=session_id)
    document = parse_review(workspace.library.review(take.id) or {})
    by_sound = Finding("filler", "um/uh", None, 5.0, 5.4, "possible", "signal", "sound")
    slow = Finding("pace", "slow", "on, um, the", 3.0, 4.7, "certain", "transcript")
    hurried = Finding("pace", "hurried", "it was good", 15.0, 16.6, "certain", "transcript")
    findings = sorted(
        (*document.findings, by_sound, slow, hurried), key=lambda finding: finding.start_s
    )
    kept = replace(document, findings=tuple(findings))
    return workspace.library.save_review(take.id, to_builtins(kept))


def numbers_of(document: ReviewDocument) -> set[str]:
    """The numbers that tell of pauses and repetitions, as JSON and reports would write them."""
    measures, pauses = document.measures, document.measures.pauses
    exact = [
        *(measures.speaking_s, measures.wpm, measures.speaking_wpm, measures.articulation_sps),
        *(measures.longest_run_s, pauses.longest_s, pauses.before_first_s),
        *(window.wpm for window in measures.pace),
    ]
    lengths = [f.end_s - f.start_s for f in document.findings if f.kind == "pause"]
    # Three decimals are no other number by chance.
    written = {repr(n) for n in exact if n and len(repr(n).partition(".")[2]) == 3}
    return written | {f"{length:.1f} s" for length in lengths if length > 1}


def find_told(text: str, numbers: set[str] = frozenset()) -> list[str]:  # type: ignore[assignment]
    """What `text` tells of repetitions, broken words, long sounds, pauses and pace."""
    bare = _STYLE.sub(" ", _SOUND.sub("", text))
    found = [
        match.group().strip()
        for pattern in _TELLING
        for match in re.finditer(pattern, bare, re.IGNORECASE)
    ]
    found += [number for number in numbers if re.search(rf"(?<![\d.]){re.escape(number)}", bare)]
    return [*found, *_told_in_table(text)]


def _told_in_table(text: str) -> Iterator[str]:
    if text.startswith("take,recorded_at"):
        for row in csv.DictReader(io.StringIO(text)):
            yield from (f"{name} {row[name]}" for name in _CSV & row.keys() if row[name])
