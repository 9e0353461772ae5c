"""Importing: what a file holds is shown first, and written only when asked."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from practice.base.errors import BankError, NotFoundError
from practice.base.files import private_folder
from practice.base.text import one_line
from practice.questions.bank_file.problems import InvalidBankError
from practice.questions.bank_file.reading import check_bytes, load_bytes
from practice.questions.bank_file.rendering import bank_text
from practice.questions.bank_file.shape import BANK
from practice.questions.bank_file.writing import write_new
from practice.questions.importers import anki_package
from practice.questions.importers.encodings import DecodedText, decode
from practice.questions.importers.import_result import (
    MOST_QUESTIONS,
    ImportResult,
    NotUnderstood,
    too_many_error,
)
from practice.questions.importers.interpretation import Interpretation
from practice.questions.importers.recognition import recognise, refusal
from practice.questions.model import Bank, Question, assign_ids

MOST_PACKAGE_BYTES = 200_000_000
MOST_OTHERS = 3
"""Readings that are named beside the one that was taken."""
_LEAST_OTHER = 0.1
"""How plausible another reading must be, as a share of the one that is taken, to be named."""
_FEW = 3
"""Where a reading finds as many questions, another one that finds a single one is not named."""
_NO_LISTS = (
    (b"%PDF", "a PDF", "copy its text into a text file"),
    (b"{\\rtf", "a rich text file (RTF)", "save it as plain text or Markdown"),
    (b"\xd0\xcf\x11\xe0", "an old office file", "save it as CSV or plain text"),
    (b"\x89PNG", "a picture", "type or copy its text into a text file"),
    (b"\xff\xd8\xff", "a picture", "type or copy its text into a text file"),
    (b"\x1f\x8b", "a packed file", "unpack it and import what is inside"),
    (b"SQLite format 3", "a database", "export what is in it as CSV"),
)
_OFFICE = re.compile(rb"word/|xl/|ppt/|mimetypeapplication/|\[Content_Types\]")
_UNKNOWN_LICENCE = "no licence named; fine for your own use"
_LICENCE_FILES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.md", "COPYING")


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A reading that was not taken: its name, what it takes for questions, and how many."""

    name: str
    format: str
    questions: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would write; nothing has been written yet.

    Args:
        path: The file.
        format: What kind of list it is, for people.
        bank: What would be written.
        not_understood: The parts that became no question.
        licence_note: What is known of its licence.
        reading: The name of the reading that was taken; empty where the format leaves no choice.
        others: Other readings of the same file, the most plausible first.
        encoding: The encoding that was guessed; empty where the file says it.
    """

    path: Path
    format: str
    bank: Bank
    not_understood: tuple[NotUnderstood, ...]
    licence_note: str
    reading: str = ""
    others: tuple[OtherReading, ...] = ()
    encoding: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many questions, follow-ups, key points and notes there are, by name."""
        questions = self.bank.questions
        return {
            "questions": len(questions),
            "follow_ups": sum(len(question.follow_ups) for question in questions),
            "key_points": sum(len(question.key_points) for question in questions),
            "with_notes": sum(bool(question.notes) for question in questions),
            "not_understood": len(self.not_understood),
        }

    def sample(self, count: int = 3) -> tuple[Question, ...]:
        """Questions from the beginning, the middle and the end of the bank."""
        questions = self.bank.questions
        if len(questions) <= count:
            return questions
        step = (len(questions) - 1) / max(1, count - 1)
        return tuple(questions[round(number * step)] for number in range(count))

    def write(self, target: Path) -> Path:
        """Write the bank as a new file at `target`, which is returned.

        Raises:
            BankError: There is such a file already, or the bank would have problems.
            StorageError: The disk refused.
        """
        text = bank_text(self.bank)
        checked = check_bytes(target, text.encode("utf-8"))
        if checked.problems:
            raise BankError(
                f"what was imported does not make a valid bank: {checked.problems[0].message}",
                "split the file into smaller ones, or correct it and import again",
            )
        private_folder(target.parent)
        return write_new(target, text)


def plan_import(path: Path, reading: str = "") -> ImportPlan:
    """Find out what `path` holds, by its content; writes nothing.

    Args:
        path: The file.
        reading: The name of the reading to take; the most plausible one when it is left out.

    Raises:
        NotFoundError: There is no such file, or no such reading of it.
        BankError: It is a list of links, holds no question, or cannot be read.
    """
    try:
        if not path.exists():
            raise NotFoundError(f"there is no file {path}", "check the name of the file to import")
        if path.is_file():
            _refuse_other_files(path)
            if _is_zip(path):
                return _plan_package(path)
        decoded = _load_text(path)
        return _native_plan(path, decoded.text) or _plan_text(path, decoded, reading)
    except OSError as error:
        raise BankError(
            f"cannot read {one_line(str(path))}: {error.strerror}", "check its name and permissions"
        ) from error


def _plan_package(path: Path) -> ImportPlan:
    if path.stat().st_size > MOST_PACKAGE_BYTES:
        raise BankError(
            f"{path.name} is larger than {MOST_PACKAGE_BYTES // 1_000_000} MB",
            "export the deck without media",
        )
    return _make_plan(path, anki_package.read(path))


def _plan_text(path: Path, decoded: DecodedText, reading: str) -> ImportPlan:
    interpretations = recognise(decoded.text, path.suffix.casefold(), reading)
    if reading:
        chosen = next((one for one in interpretations if one.name == reading), None)
        if chosen is None:
            names = [one.name for one in interpretations]
            raise NotFoundError(
                f"{path.name} cannot be read as {one_line(reading)!r}",
                f"its readings are: {', '.join(names)}" if names else "no question was found in it",
            )
    elif error := refusal(interpretations, path.suffix.casefold()):
        raise error
    else:
        chosen = interpretations[0] if interpretations else Interpretation("", ImportResult("text"))
    plan = _make_plan(path, chosen.finish())
    others = tuple(
        OtherReading(one.name, one.found.format, len(one.found.drafts))
        for one in interpretations
        if one is not chosen
        and one.fit >= chosen.fit * _LEAST_OTHER
        and (len(one.found.drafts) > 1 or len(chosen.found.drafts) < _FEW)
    )[:MOST_OTHERS]
    return replace(plan, reading=chosen.name, others=others, encoding=decoded.guess)


def _refuse_other_files(path: Path) -> None:
    """Refuse what other programs write and what holds no text, in words.

    Raises:
        BankError: It is such a file.
    """
    with path.open("rb") as file:
        beginning = file.read(4000)
    for sign, kind, remedy in _NO_LISTS:
        if beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(sign):
            raise BankError(f"{path.name} is {kind}, which cannot be imported", remedy)
    if beginning.startswith(b"PK\x03\x04") and _OFFICE.search(beginning):
        raise BankError(
            f"{path.name} is an office file or a book, which cannot be imported",
            "save it as CSV (a table) or as plain text or Markdown (a document)",
        )


def _make_plan(path: Path, found: ImportResult) -> ImportPlan:
    if not found.drafts:
        raise BankError(
            f"no question was found in {path.name} (read as {found.format})",
            "put one question on each line of a text file, or see docs/bank-format.md",
        )
    if len(found.drafts) > MOST_QUESTIONS:
        raise too_many_error()
    licence = one_line(found.licence)[:200] or _licence_beside(path)
    source = one_line(found.source)[:2000] or path.name
    # Of equal ids the first stays; the others are made again from their texts.
    seen: set[str] = set()
    for draft in found.drafts:
        draft.id = "" if draft.id in seen else draft.id
        seen.add(draft.id)
    questions = tuple(draft.question(source, licence) for draft in found.drafts)
    name = one_line(re.sub(r"[-_.]+", " ", path.stem))
    title = one_line(found.title) or name.capitalize() or "Imported questions"
    language = found.language if re.fullmatch(r"[A-Za-z]{2,3}", found.language) else "en"
    bank = Bank(
        title=title[:200], language=language, licence=licence, questions=assign_ids(questions)
    )
    return ImportPlan(path, found.format, bank, tuple(found.not_understood), _licence_note(licence))


def _native_plan(path: Path, text: str) -> ImportPlan | None:
    """The plan for a file that is a question bank itself; None for any other.

    Raises:
        InvalidBankError: It has problems. What could not be read of it would be left out, or stand
            in for itself, and nobody would notice that words of somebody are gone.
    """
    has_keys = all(re.search(rf"^{key}:", text, re.MULTILINE) for key in ("title", "questions"))
    checked = check_bytes(path, text.encode("utf-8")) if has_keys else None
    if checked is None or checked.whole is None:
        return None
    if checked.problems:
        raise BANK.invalid(checked.problems)
    left = tuple(NotUnderstood(warning.line, warning.message) for warning in checked.warnings)
    licence_note = _licence_note(checked.whole.licence)
    return ImportPlan(path, "question bank", checked.whole, left, licence_note)


def _licence_note(licence: str) -> str:
    return f"licence: {licence}; it is kept with each question" if licence else _UNKNOWN_LICENCE


def _licence_beside(path: Path) -> str:
    """The first line of the licence file in the folder of `path`, which names most licences."""
    for name in _LICENCE_FILES:
        file = path.parent / name
        if file.is_file():
            with file.open("rb") as opened:
                beginning = opened.read(2000).decode("utf-8", "replace")
            lines = [one_line(line) for line in beginning.split("\n")]
            return next((line[:200] for line in lines if line), "")
    return ""


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _load_text(path: Path) -> DecodedText:
    """The text of a file, with one kind of line ends."""
    if path.is_dir():
        raise BankError(f"{path.name} is a folder", "name a file in it")
    try:
        data = load_bytes(path)
    except InvalidBankError as error:
        raise BankError(
            f"{path.name}: {error.problems[0].message}", "export the list again in smaller parts"
        ) from error
    try:
        decoded = decode(data)
    except BankError as error:
        raise BankError(f"{path.name}: {error.message}", error.hint) from error
    return replace(decoded, text=decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
