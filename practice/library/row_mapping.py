"""Makes the values of `takes` from rows of the database, and rows from documents."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any, cast

from msgspec import UNSET

from practice.base.clock import from_iso
from practice.base.errors import StorageError
from practice.base.spacing import join_words
from practice.base.text import one_line, plain
from practice.base.words import Word
from practice.library.takes import Session, Take, TakeMeasures, TakeState, is_take_id

# The columns are named like the fields, so neither can change without the other.
_MEASURES = tuple(field.name for field in fields(TakeMeasures))
_TAKE = tuple(field.name for field in fields(Take) if field.name != "measures")

_WORD = re.compile(r"\w+(?:['’]\w+)*")

SELECT_TAKE = (
    f"SELECT {', '.join(f'take.{name}' for name in _TAKE)}, "
    f"{', '.join(f'measures.{name}' for name in _MEASURES)} "
    "FROM take LEFT JOIN measures ON measures.take_id = take.id"
)
"""Every column that `take_of` needs, in its order; to be followed by WHERE and ORDER BY."""

SELECT_SESSION = (
    "SELECT id, mode, bank, began_at, ended_at, "
    "(SELECT count(*) FROM take WHERE take.session_id = session.id), "
    "format, interview_id, completed, is_rehearsal FROM session"
)
"""Every column that `session_of` needs, in its order."""

SAVE_MEASURES = (
    f"INSERT INTO measures (take_id, {', '.join(_MEASURES)}) "
    f"VALUES (?{', ?' * len(_MEASURES)}) ON CONFLICT (take_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _MEASURES)
)
"""Its parameters are those of `measures_row`."""


def take_of(row: tuple[Any, ...], recordings: Path) -> Take:
    """The take in a row of SELECT_TAKE; its recording lies directly in `recordings`.

    Raises:
        StorageError: The stored file name points elsewhere, or the row is damaged.
    """
    known: dict[str, Any] = dict(zip(_TAKE, row[: len(_TAKE)], strict=True))
    judged, *measured = row[len(_TAKE) :]
    with _damage_errors(f"the take {one_line(str(known['id']))}"):
        if not is_take_id(known["id"]):
            raise ValueError("its id can name no file")
        known["state"] = TakeState(known["state"])
        known["recorded_at"] = from_iso(known["recorded_at"])
    known["starred"] = bool(known["starred"])
    if known["audio"] is not None:
        known["audio"] = path_of_recording(recordings, known["audio"])
    known["measures"] = None if judged is None else TakeMeasures(bool(judged), *measured)
    return Take(**known)


def session_of(row: tuple[Any, ...]) -> Session:
    """The session in a row of SELECT_SESSION.

    Raises:
        StorageError: The row is damaged.
    """
    session_id, mode, bank, began_at, ended_at, takes, form, interview_id, *flags = row
    with _damage_errors(f"the session {one_line(str(session_id))}"):
        ended = from_iso(ended_at) if ended_at else None
        began = from_iso(began_at)
        completed, is_rehearsal = map(bool, flags)
        return Session(
            session_id, mode, bank, began, ended, takes, form, interview_id, completed, is_rehearsal
        )


def path_of_recording(recordings: Path, name: str) -> Path:
    """The file called `name` in `recordings`.

    Raises:
        StorageError: `name` is not a plain file name.
    """
    if "/" in name or "\\" in name or "\0" in name or name in {"", ".", ".."}:
        raise StorageError(
            "the library names a recording outside its folder", "run practice doctor"
        )
    return recordings / name


def measures_of(document: Mapping[str, object]) -> TakeMeasures:
    """The numbers of a review document; a missing or unusable one is None."""
    measures = _get_mapping(document, "measures")
    fillers = _get_mapping(measures, "fillers")
    pauses = _get_mapping(measures, "pauses")
    return TakeMeasures(
        judged=_get_mapping(document, "judgement").get("ok") is True,
        words=_get_count(measures, "words"),
        speaking_s=_get_number(measures, "speaking_s"),
        wpm=_get_number(measures, "wpm"),
        speaking_wpm=_get_number(measures, "speaking_wpm"),
        articulation_sps=_get_number(measures, "articulation_sps"),
        fillers_certain=_get_count(fillers, "certain"),
        fillers_possible=_get_count(fillers, "possible"),
        fillers_per_min=_get_number(fillers, "per_min"),
        pauses=_get_count(pauses, "count"),
        pauses_long=_get_count(pauses, "long"),
        pauses_very_long=_get_count(pauses, "very_long"),
        longest_pause_s=_get_number(pauses, "longest_s"),
        repetitions=_get_count(measures, "repetitions"),
        longest_run_s=_get_number(measures, "longest_run_s"),
        doubt=_get_doubt(_get_mapping(document, "judgement")),
        language=_get_text(_get_mapping(document, "transcription"), "language"),
    )


def _get_doubt(judgement: Mapping[str, object]) -> str | None:
    """The first reason of a judgement that is no good one."""
    reasons = judgement.get("reasons")
    first = reasons[0] if isinstance(reasons, list | tuple) and reasons else None
    return first if isinstance(first, str) and judgement.get("ok") is not True else None


def measures_row(take_id: str, measures: TakeMeasures) -> tuple[object, ...]:
    """The parameters of SAVE_MEASURES."""
    return (take_id, *astuple(measures))


def model_of(document: Mapping[str, object]) -> str | None:
    """The speech model that a transcript or review names."""
    for place in (document, _get_mapping(document, "transcription")):
        model = place.get("model")
        if isinstance(model, str):
            return plain(model)
    return None


def search_text(question: str | None, document: Mapping[str, object]) -> str:
    """What a take is found by: its question and what was said, each a line of folded words.

    No phrase has a line feed, so none is found across the end of the question.
    """
    said = join_words(_words_of(document.get("words")))
    return "\n".join((fold_words(question or ""), fold_words(said)))


def fold_words(text: str) -> str:
    """The words of `text` as they are searched: no case, no punctuation, single spaces.

    Letters that look the same are made the same (NFKC), such as a full-width A and an A.
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def encode_document(document: Mapping[str, object]) -> str:
    """`document` as the JSON that the database keeps."""
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


def decode_document(text: str) -> dict[str, object]:
    """The document that `encode_document` wrote.

    Raises:
        StorageError: It is damaged.
    """
    with _damage_errors("a document"):
        document = json.loads(text)
        if not isinstance(document, dict):
            raise TypeError("it is not an object")
        return cast("dict[str, object]", document)


@contextmanager
def _damage_errors(what: str) -> Iterator[None]:
    """Turn what is wrong with a row into a StorageError.

    Nothing but a failing disk or another program writes a row that makes no sense.
    """
    try:
        yield
    except (ValueError, TypeError, RecursionError) as error:
        raise StorageError(
            f"{what} in the library is damaged: {one_line(str(error))}", "run practice doctor"
        ) from error


def _words_of(words: object) -> Iterator[Word]:
    """The words of a document without their times."""
    for word in words if isinstance(words, list | tuple) else ():
        text = word.get("text") if isinstance(word, Mapping) else None
        if isinstance(text, str):
            space = word.get("space_before")
            yield Word(text, 0.0, 0.0, space_before=space if isinstance(space, bool) else UNSET)


def _get_mapping(document: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = document.get(key)
    return value if isinstance(value, Mapping) else {}


def _get_number(document: Mapping[str, object], key: str) -> float | None:
    value = document.get(key)
    return float(value) if isinstance(value, int | float) else None


def _get_text(document: Mapping[str, object], key: str) -> str | None:
    value = document.get(key)
    return plain(value) if isinstance(value, str) else None


def _get_count(document: Mapping[str, object], key: str) -> int | None:
    value = document.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
