"""Importing: what a file holds is shown first, and written only when asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from practice.base.errors import BankError, NotFoundError
from practice.base.files import private_folder
from practice.base.text import one_line
from practice.questions.bank_file.problems import InvalidBankError
from practice.questions.bank_file.reading import check_bytes, load_bytes
from practice.questions.bank_file.rendering import bank_text
from practice.questions.bank_file.writing import write_new
from practice.questions.importers import (
    anki_package,
    json_lists,
    markdown_cards,
    markdown_headings,
    markdown_lists,
    plain_lines,
    tables,
)
from practice.questions.importers.import_result import (
    MOST_QUESTIONS,
    ImportResult,
    NotUnderstood,
    too_many_error,
)
from practice.questions.importers.markdown_file import MarkdownFile, read_markdown
from practice.questions.model import Bank, Question, assign_ids

MOST_PACKAGE_BYTES = 200_000_000
MOST_LINES = 50_000
_UNKNOWN_LICENCE = "no licence named; fine for your own use"
_LICENCE_FILES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.md", "COPYING")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would write; nothing has been written yet."""

    path: Path
    format: str
    bank: Bank
    not_understood: tuple[NotUnderstood, ...]
    licence_note: str

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
                f"what was imported makes no good bank: {checked.problems[0].message}",
                "split the file into smaller ones, or correct it and import again",
            )
        private_folder(target.parent)
        return write_new(target, text)


def plan_import(path: Path) -> ImportPlan:
    """Find out what `path` holds, by its content; writes nothing.

    Raises:
        NotFoundError: There is no such file.
        BankError: It is a list of links, holds no question, or cannot be read.
    """
    try:
        if not path.exists():
            raise NotFoundError(f"there is no file {path}", "check the name of the file to import")
        if path.is_file() and _is_zip(path):
            if path.stat().st_size > MOST_PACKAGE_BYTES:
                raise BankError(
                    f"{path.name} is larger than {MOST_PACKAGE_BYTES // 1_000_000} MB",
                    "export the deck without media",
                )
            return _make_plan(path, anki_package.read(path))
        text = _load_text(path)
        return _native_plan(path, text) or _make_plan(path, recognise(text, path.suffix.casefold()))
    except OSError as error:
        raise BankError(
            f"cannot read {one_line(str(path))}: {error.strerror}", "check its name and permissions"
        ) from error


def recognise(text: str, extension: str = "") -> ImportResult:
    """The questions in `text` by the first family of formats that fits.

    Raises:
        BankError: It is a list of links, or too long to be a list of questions.
    """
    if text.count("\n") > MOST_LINES:
        raise BankError(f"more than {MOST_LINES:,} lines", "split the file into several")
    found = json_lists.read(text)
    if found:
        return found
    file = read_markdown(text)
    _refuse_links(text)
    for fits, read in _families(text, file, extension):
        if fits and (found := read()) and found.drafts:
            return found
    return plain_lines.read(text)


def _families(
    text: str, file: MarkdownFile, extension: str
) -> list[tuple[bool, Callable[[], ImportResult | None]]]:
    """The families in the order of how sure their marks are.

    Each is tried only where its marks are there often enough, and passed over again when it finds
    no question.
    """
    marks = re.compile(
        r"(?P<session>^\s*\*\*Interviewer:?\*\*)|(?P<details><summary)"
        r"|(?P<numbered>^\s{0,3}\d+[.)]\s+#{2,5}\s)|(?P<bold>^\s{0,3}\*\*.+\*\*)"
        r"|(?P<titled>^#{4}\s+\S)|(?P<item>^\s*(?:[-*+]|\d+[.)])\s+\S|^Question:\s)"
        r"|(?P<table>^\s*\|.*\|)|(?P<heading>^#{1,6}\s)",
        re.MULTILINE | re.IGNORECASE,
    )
    seen = [match.lastgroup or "" for match in marks.finditer(text)]
    count = {name: seen.count(name) for name in set(seen)}
    titled = count.get("titled", 0)
    return [
        (text.startswith("#separator:"), lambda: tables.read(text)),
        (count.get("session", 0) > 0, lambda: markdown_cards.read_session(file)),
        (count.get("details", 0) > 0, lambda: markdown_headings.read_details(text, file)),
        (count.get("heading", 0) + titled > 1, lambda: markdown_cards.read_cards(file)),
        (count.get("heading", 0) > 1, lambda: markdown_cards.read_one(file)),
        (count.get("numbered", 0) > 1, lambda: markdown_headings.read_numbered(file)),
        (count.get("bold", 0) > 1, lambda: markdown_headings.read_bold(file)),
        (titled > count.get("item", 0), lambda: markdown_headings.read_titled(file)),
        (not titled and "heading" not in count, lambda: tables.read(text, extension)),
        (count.get("table", 0) > 2, lambda: tables.read_markdown_table(file)),
        (count.get("item", 0) > 0 and extension != ".txt", lambda: markdown_lists.read(file)),
        (titled > 1, lambda: markdown_headings.read_titled(file)),
    ]


def _refuse_links(text: str) -> None:
    items = re.findall(r"^\s*(?:[-*+]|\d+[.)])\s+(\S.*)$", text, re.MULTILINE)
    links = [
        item
        for item in items
        if (match := re.match(r"\**\[([^\]]+)\]\(<?https?://", item)) and "?" not in match[1]
    ]
    if len(links) >= 5 and len(links) * 10 >= len(items) * 7:
        raise BankError(
            f"this is a list of {len(links)} links to other pages, not of questions",
            "open one of the linked lists, save it as a file, and import that",
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
    """The plan for a file that is a question bank itself; None for any other."""
    has_keys = all(re.search(rf"^{key}:", text, re.MULTILINE) for key in ("title", "questions"))
    checked = check_bytes(path, text.encode("utf-8")) if has_keys else None
    if checked is None or checked.bank is None:
        return None
    left = tuple(NotUnderstood(problem.line, problem.message) for problem in checked.problems)
    licence_note = _licence_note(checked.bank.licence)
    return ImportPlan(path, "question bank", checked.bank, left, licence_note)


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


def _load_text(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 or the encoding of old Windows programs."""
    try:
        data = load_bytes(path)
    except InvalidBankError as error:
        raise BankError(
            f"{path.name}: {error.problems[0].message}", "export the list again in smaller parts"
        ) from error
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise BankError(f"{path.name} is not a file of text", "import text, Markdown, CSV or .apkg")
    return text.replace("\r\n", "\n").replace("\r", "\n")
