"""The JSON documents that commands print, as types: what docs/reference.md tells of them.

A shape that `practice` has a type for is that type. One that a command puts together by hand is
described here, and a test compares every one of them with what the commands really print.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from practice.audio.devices import InputDevice
from practice.base.settings import Settings
from practice.cli.doctor import Check
from practice.documents.review import Calibration, ReviewDocument
from practice.questions.model import Bank
from tools.everything_shapes import (
    ExportDocument,
    ImportEverythingDocument,
    InCommonDocument,
    SearchDocument,
)
from tools.feedback_shapes import FeedbackDocument, FeedbackListDocument, ShownReviewDocument
from tools.format_shapes import FormatDocument, FormatProblemsDocument, FormatsDocument
from tools.json_document import Document
from tools.story_shapes import (
    ShownStoryDocument,
    StoriesDocument,
    StoryDocument,
    TellingDocument,
)
from tools.week_shapes import (
    DebriefDocument,
    DueDocument,
    InterviewDocument,
    InterviewsDocument,
    LetterDocument,
    OpenQuestionDocument,
    OpenQuestionsDocument,
    OutcomeDocument,
    PageDocument,
    TemplatesDocument,
    TermsDocument,
    WholeInterviewDocument,
)


class Failure(msgspec.Struct, kw_only=True):
    """Why something could not be done."""

    code: str
    """One of the codes above."""
    message: str
    """One line that says what is wrong, and where."""
    hint: str
    """One line that says what to do next; may be empty."""


class FailureOf(Failure, kw_only=True):
    """One of several things that could not be done."""

    name: str
    """The file or take."""


class ErrorDocument(Document, kw_only=True):
    """Printed instead of the document of the command where the command fails."""

    error: Failure
    """What went wrong."""


class ReviewsDocument(Document, kw_only=True):
    """Several reviews; what fails stops none of the others."""

    reviews: list[ReviewDocument]
    """Each as the review of one answer, above."""
    errors: list[FailureOf]
    """What could not be reviewed."""


class TakeRow(msgspec.Struct, kw_only=True):
    """A take in short."""

    id: str
    """Its name for other commands."""
    number: int
    """The nth take of its question, from 1."""
    question_id: str | None
    question: str | None
    """The text as it was asked."""
    recorded_at: str
    """When the recording began, in UTC, such as `2026-11-29T15:33:07Z`."""
    duration_s: float | None
    """How long the recording is."""
    state: Literal["recording", "recorded", "transcribed", "reviewed", "failed"]
    """How far it has come; `failed` can be tried again."""
    failure: str | None
    """Why the last step failed, in words."""
    model: str | None
    """The speech model that wrote its words."""
    starred: bool
    """You marked it as one of your best."""
    rating: int | None
    """Your own, 1 to 4."""
    wpm: float | None
    """Words a minute."""
    fillers_certain: int | None
    """Certain fillers, at least."""


class TakesDocument(Document, kw_only=True):
    """Your takes, newest first."""

    takes: list[TakeRow]
    """Each with what lists need; `practice takes show` has the rest."""


class Problem(msgspec.Struct, kw_only=True):
    """Something wrong in a bank."""

    path: str
    """The file."""
    line: int
    """From 1."""
    column: int
    """From 1."""
    message: str
    """What is wrong, and what was meant."""


class BankRow(msgspec.Struct, kw_only=True):
    """A bank in short."""

    name: str
    """Its name for other commands."""
    title: str
    """What it is called."""
    path: str
    """The file."""
    questions: int
    """How many there are; 0 where the file cannot be read."""
    own: bool
    """It is yours; else it came with the program."""
    problems: list[Problem]
    """What is wrong in it."""
    warnings: list[Problem]
    """Texts that `#` may cut off; the bank is used as it is."""


class BanksDocument(Document, kw_only=True):
    """Every bank."""

    banks: list[BankRow]
    """Yours and those that came with the program."""


class BankDocument(Document, kw_only=True):
    """One bank with its questions. A key that is empty is left out, and so is `language` for en."""

    bank: Bank
    """As [bank-format.md](bank-format.md) says."""


class ProblemsDocument(Document, kw_only=True):
    """Every problem of the files; the exit code is 1 where there is one."""

    problems: list[Problem]
    """In the order of the files and lines."""
    warnings: list[Problem]
    """What is no fault, and yet may not be what was meant."""


class ImportCounts(msgspec.Struct, kw_only=True):
    """How much was found."""

    questions: int
    """Questions."""
    follow_ups: int
    """Follow-ups of them."""
    key_points: int
    """Key points of them."""
    with_notes: int
    """Questions with notes."""
    not_understood: int
    """Parts of the file that became no question."""


class LineLeftOut(msgspec.Struct, kw_only=True):
    """A part of the file that became no question."""

    line: int
    """From 1."""
    text: str
    """What stands there."""


class OtherReading(msgspec.Struct, kw_only=True):
    """Another way to read the file."""

    name: str
    """What `--as` takes it by."""
    format: str
    """What the file would be read as, in words."""
    questions: int
    """How many it finds."""


class FoundInFile(msgspec.Struct, kw_only=True):
    """What a list of questions holds."""

    path: str
    """The file."""
    format: str
    """What it was read as, in words."""
    reading: str
    """The same as a name for `--as`."""
    other_readings: list[OtherReading]
    """Other ways to read it, the most plausible first."""
    encoding_guess: str | None
    """The encoding where it had to be guessed."""
    counts: ImportCounts
    """How much was found."""
    bank: Bank
    """The bank that is made of it, as `practice banks show` has it."""
    not_understood: list[LineLeftOut]
    """Every part of the file that became no question."""
    licence_note: str
    """What is said about its licence."""


class ImportDocument(Document, kw_only=True):
    """What was imported, or would be."""

    found: FoundInFile = msgspec.field(name="import")
    written: str | None
    """The new file; null with --dry-run."""


class Hearing(msgspec.Struct, kw_only=True):
    """How well a model heard 12 clips of real people; parts, 0 to 1."""

    recall: float
    """Of the ums."""
    precision: float
    """Of what it marked as one."""
    words_wrong: float
    """Of the words."""


class ModelRow(msgspec.Struct, kw_only=True):
    """A speech model."""

    name: str
    """What it is asked for by."""
    size_bytes: int
    """What it takes on the disk; where it is not here, what its download takes, rounded."""
    installed: bool
    """It is on this machine."""
    path: str | None
    """Its folder."""
    origin: Literal["demo", "own", "package", "hub cache", "folder"] | None
    """Where it comes from: this program, the folder of models (downloaded or put there), a package
    of pip, the cache of the hub, or a folder of yours; null for one that is not here."""
    note: str
    """Which languages it knows."""
    hearing: Hearing | None
    """null where we did not measure it."""
    pace: float | None
    """Seconds of work for a second of an answer here; null before `practice models advise`."""
    pace_measured: bool | None
    """False where it was told from the pace of another size."""


class ModelDocument(Document, kw_only=True):
    """One speech model."""

    model: ModelRow
    """As in the list."""


class ModelsDocument(Document, kw_only=True):
    """The speech models, those on this machine first."""

    models: list[ModelRow]
    """The model that comes with the program among them."""


class MeasuredSize(msgspec.Struct, kw_only=True):
    """How fast a size of model is here."""

    size: str
    """`tiny` stands for tiny and tiny.en."""
    pace: float
    """Seconds of work for a second of an answer."""
    keeps_up: bool
    """At 0.70 or less: the rest of the time is for the recording."""
    measured: bool
    """False where it was told from the pace of another size."""


class AdviceDocument(Document, kw_only=True):
    """Which model keeps up with speech here."""

    proposed: str | None
    """The largest that keeps up; null where none does."""
    measured_with: str | None
    """The model that was timed; null where it was invented weights."""
    sizes: list[MeasuredSize]
    """The smallest first."""


class PlannedFiller(msgspec.Struct, kw_only=True):
    """A filler of the script that is read aloud."""

    text: str
    """The filler."""
    kind: Literal["sound", "phrase"]
    """um is a sound, you know is a phrase."""
    line: int
    """The line of the script, from 1."""
    found: Literal["caught", "possible", "missed", "unread"]
    """Counted, shown as possible only, not found, or in a line that was not heard."""


class CalibrationDocument(Document, kw_only=True):
    """What a check of microphone and model found."""

    calibration: Calibration | None
    """null where nothing can be told; the exit code is 1 then."""
    planned: list[PlannedFiller]
    """Every filler of the script, in its order."""
    reasons: list[str]
    """Why nothing can be told, or what to keep in mind."""


class DevicesDocument(Document, kw_only=True):
    """The microphones."""

    devices: list[InputDevice]
    """In the order of the sound system."""


class ChecksDocument(Document, kw_only=True):
    """What was looked at, in order; the exit code is 1 where something fails."""

    checks: list[Check]
    """One for each thing."""


class Paths(msgspec.Struct, kw_only=True):
    """Where everything lies."""

    settings: str
    """The file of settings."""
    stories: str
    """The file of your stories."""
    fillers: str
    """Your changes to the lists of fillers."""
    library: str
    """The database of takes, words and reviews."""
    recordings: str
    """Recordings, a file for each take."""
    banks: str
    """Your own question banks."""
    models: str
    """Speech models."""
    log: str
    """What went wrong; it holds no word of yours."""


class PathsDocument(Document, kw_only=True):
    """Where everything lies; a file or folder is made when it is needed."""

    paths: Paths
    """Full paths."""


class SettingsDocument(Document, kw_only=True):
    """The settings; where a key was named, only that one."""

    settings: Settings
    """As in the section on settings."""
    path: str
    """The file."""


class KeyRow(msgspec.Struct, kw_only=True):
    """A command of the app."""

    id: str
    """What a line under `[keys]` in the settings names."""
    keys: list[str]
    """As they are now, by the names that Textual has for them."""
    help: str
    """What it does."""
    place: str
    """Where it works."""


class KeysDocument(Document, kw_only=True):
    """The keys of the app."""

    keys: list[KeyRow]
    """One for each command of the app."""


DOCUMENTS: Mapping[type, tuple[str, ...]] = {
    ReviewDocument: (
        "practice demo",
        "practice record",
        "practice add",
        "practice analyze",
        "practice takes retry",
    ),
    ShownReviewDocument: ("practice takes show",),
    ReviewsDocument: ("practice analyze FILE FILE...", "practice takes retry --all"),
    TakesDocument: ("practice takes list",),
    BanksDocument: ("practice banks list",),
    BankDocument: ("practice banks show",),
    ProblemsDocument: ("practice banks check", "practice stories check"),
    ImportDocument: ("practice banks import",),
    FormatsDocument: ("practice formats list",),
    FormatDocument: ("practice formats show",),
    FormatProblemsDocument: ("practice formats check",),
    StoriesDocument: ("practice stories list",),
    ShownStoryDocument: ("practice stories show",),
    StoryDocument: ("practice stories new", "practice stories edit"),
    TellingDocument: ("practice stories say",),
    InterviewsDocument: ("practice interviews list",),
    InterviewDocument: ("practice interviews add", "practice interviews edit"),
    WholeInterviewDocument: ("practice interviews show",),
    DebriefDocument: ("practice interviews debrief",),
    OutcomeDocument: ("practice interviews outcome",),
    PageDocument: ("practice interviews page",),
    TermsDocument: ("practice interviews terms",),
    LetterDocument: ("practice interviews letter",),
    TemplatesDocument: ("practice interviews templates",),
    InCommonDocument: ("practice interviews report",),
    SearchDocument: ("practice search",),
    FeedbackListDocument: ("practice feedback add", "practice feedback list"),
    FeedbackDocument: ("practice feedback show",),
    ExportDocument: ("practice export",),
    ImportEverythingDocument: ("practice import",),
    DueDocument: ("practice due",),
    OpenQuestionsDocument: ("practice open list",),
    OpenQuestionDocument: ("practice open add", "practice open say", "practice open close"),
    ModelsDocument: ("practice models list",),
    ModelDocument: ("practice models show", "practice models add"),
    AdviceDocument: ("practice models advise",),
    CalibrationDocument: ("practice calibrate",),
    DevicesDocument: ("practice devices",),
    ChecksDocument: ("practice doctor",),
    PathsDocument: ("practice paths",),
    SettingsDocument: ("practice settings",),
    KeysDocument: ("practice keys",),
    ErrorDocument: ("any of them that fails",),
}
"""Each document with the commands that print it when they are given --json."""
