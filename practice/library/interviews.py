"""Real interviews: when they are, what was asked in them, how it ended, and rest after them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any, Literal, get_args

from practice.base import rounds
from practice.base.clock import Clock, from_iso, iso_utc
from practice.base.errors import NotFoundError, PracticeError, UsageError
from practice.base.text import near_names, one_line, plain
from practice.base.wall_time import WallTime
from practice.library.database import Database
from practice.library.sql import make_unique_id, plain_or_none

Round = rounds.Round | Literal[""]
"""Which of them it is; empty where it was not said."""
ROUNDS: tuple[Round, ...] = ("", *rounds.ROUNDS)
Rating = Literal["strong", "okay", "rough"]
RATINGS: tuple[Rating, ...] = get_args(Rating)
OutcomeState = Literal["waiting", "next round", "rejected", "offer", "withdrew", "no answer"]
OUTCOMES: tuple[OutcomeState, ...] = get_args(OutcomeState)
LAST = "last"
NEXT = "next"
"""Name the newest interview that is over, and the one that comes next."""


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    """What the user says of an interview; everything but the company may stay empty."""

    company: str
    role: str = ""
    round: Round = ""
    format: str = ""
    """How it is held, in the user's words: video, phone, on site."""
    when: WallTime | None = None
    people: tuple[str, ...] = ()
    advert: str = ""
    notes: str = ""
    stories: tuple[str, ...] = ()
    """The ids of those chosen for it; none stands for all."""


@dataclass(frozen=True, slots=True)
class Interview:
    """A real interview."""

    id: str
    facts: InterviewFacts
    zone: str
    """In which its times are meant, also while it has none."""
    added_at: datetime
    outcome: OutcomeState | None = None
    debriefed: bool = False
    """Its debrief was finished."""
    asked: int = 0
    """How many questions its debrief has."""

    @property
    def name(self) -> str:
        """What it is called in one line: `Acme, panel`."""
        return ", ".join(filter(None, (self.facts.company, self.facts.round)))

    def is_over(self, now: datetime) -> bool:
        """Whether its hour has passed, or its day where only that is known."""
        return self.facts.when is not None and self.facts.when.ends <= now

    @property
    def is_open(self) -> bool:
        """Nobody has noted how it ended."""
        return self.outcome in {None, "waiting"}


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the user wrote down after an interview, beside its questions."""

    felt: int | None = None
    """1 to 5."""
    went_well: str = ""
    said_about_me: str = ""
    """In their words."""
    surprises: str = ""
    task: str = ""
    """Of a test: what it was."""
    task_minutes: int | None = None
    task_trouble: str = ""
    """Of a test: where it went wrong."""
    finished_at: datetime | None = None
    """None while it is a draft."""


@dataclass(frozen=True, slots=True)
class NotedQuestion:
    """A question that was asked in an interview."""

    text: str
    bank: str | None = None
    question_id: str | None = None
    """The known question that it is; None until it was joined to one."""
    rating: Rating | None = None
    wish: str = ""
    """What the user wishes to have said."""
    story: str = ""
    """Which story was told."""
    id: int = 0
    """0 until it is kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended. Reason and feedback are theirs, the guess is the user's, and kept apart."""

    state: OutcomeState
    stage: str = ""
    reason: str = ""
    feedback: str = ""
    guess: str = ""


class InterviewChangedError(PracticeError):
    """What is to be kept of an interview would overwrite what was written elsewhere meanwhile."""

    code = "interview_changed"

    def __init__(self, stored: InterviewFacts, names: Sequence[str]) -> None:
        super().__init__(
            f"changed elsewhere meanwhile: {', '.join(names)}",
            "save again to put yours in its place",
        )
        self.overwritten: dict[str, object] = {name: getattr(stored, name) for name in names}
        """The fields that both have changed, as they are kept."""


class Interviews:
    """The interviews of the library.

    Every method raises StorageError when the database refuses, and NotFoundError where it is given
    the id of no interview; methods that change something do so wholly or not at all.

    Args:
        database: The library's.
        clock: Tells when something is noted.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, facts: InterviewFacts, zone: str) -> Interview:
        """Keep a new interview.

        Args:
            facts: What is known of it.
            zone: Of times that are added later.

        Raises:
            UsageError: It has no company.
        """
        now = self._clock.now()
        with self._database.writing() as db:
            interview_id = make_unique_id(db, "interview", now)
            db.execute(
                "INSERT INTO interview (id, company, role, round, format, day, at, zone, people,"
                " advert, notes, stories, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (interview_id, *_to_columns(facts, zone), iso_utc(now)),
            )
        return self.get(interview_id)

    def edit(
        self, interview_id: str, facts: InterviewFacts, begun: InterviewFacts | None = None
    ) -> Interview:
        """Replace what is known of an interview.

        Args:
            interview_id: Which one.
            facts: What is known now.
            begun: What was known when the change was begun: a field that is the same in both stays
                as somebody else may have written it meanwhile.

        Raises:
            UsageError: It has no company.
            InterviewChangedError: A field was changed here and elsewhere; nothing is kept.
        """
        known = self.get(interview_id)
        with self._database.writing() as db:
            row = db.execute(f"{_SELECT} WHERE interview.id = ?", (known.id,)).fetchone()
            if row is None:
                raise NotFoundError("that interview was deleted", "add it again")
            if begun is not None:
                facts = _merge(begun, _read_interview(row).facts, facts)
            db.execute(
                "UPDATE interview SET company = ?, role = ?, round = ?, format = ?, day = ?,"
                " at = ?, zone = ?, people = ?, advert = ?, notes = ?, stories = ? WHERE id = ?",
                (*_to_columns(facts, known.zone), known.id),
            )
        return self.get(known.id)

    def all(self) -> list[Interview]:
        """Every interview: the one that comes first of all, then those without a day."""
        with self._database.reading() as db:
            rows = db.execute(_SELECT).fetchall()
        found = [_read_interview(row) for row in rows]
        return sorted(found, key=_by_time)

    def get(self, named: str) -> Interview:
        """The interview with this id, `next`, `last`, or the only one of this company.

        Raises:
            NotFoundError: There is none, or several.
        """
        interviews = self.all()
        now = self._clock.now()
        if named == NEXT and (ahead := find_next(interviews, now)):
            return ahead
        if named == LAST and (over := [each for each in interviews if each.is_over(now)]):
            return over[-1]
        wanted = one_line(named).casefold()
        same = [each for each in interviews if each.id == named]
        same = same or [each for each in interviews if each.facts.company.casefold() == wanted]
        if len(same) == 1:
            return same[0]
        if same:
            ids = ", ".join(each.id for each in same)
            raise NotFoundError(f"there are {len(same)} interviews at {one_line(named)}", ids)
        near = near_names(wanted, {each.facts.company.casefold() for each in interviews})
        hint = f"near are {', '.join(near)}" if near else "practice interviews list shows them all"
        raise NotFoundError(f"there is no interview {one_line(named)!r}", hint)

    def delete(self, interview_id: str) -> None:
        """Delete an interview for good, with its debrief, its outcome and what it opened."""
        known = self.get(interview_id)
        with self._database.writing() as db:
            db.execute("DELETE FROM interview WHERE id = ?", (known.id,))
        self._database.forget_deleted()

    def debrief(self, interview_id: str) -> Debrief | None:
        """The debrief of an interview, finished or a draft; None before it is begun."""
        known = self.get(interview_id)
        with self._database.reading() as db:
            row = db.execute(f"{_SELECT_DEBRIEF} WHERE interview_id = ?", (known.id,)).fetchone()
        return _read_debrief(row[1:]) if row else None

    def all_debriefs(self) -> dict[str, Debrief]:
        """Every debrief by the id of its interview."""
        with self._database.reading() as db:
            rows = db.execute(_SELECT_DEBRIEF).fetchall()
        return {row[0]: _read_debrief(row[1:]) for row in rows}

    def save_debrief(self, interview_id: str, debrief: Debrief) -> None:
        """Keep what was typed so far; meant to be called at every pause of typing.

        Raises:
            UsageError: `felt` is not 1 to 5.
        """
        self.change_debrief(interview_id, lambda _: debrief)

    def change_debrief(self, interview_id: str, change: Callable[[Debrief], Debrief]) -> Debrief:
        """Keep what `change` makes of the debrief, which nobody else can write meanwhile.

        Raises:
            UsageError: `felt` is not 1 to 5.
        """
        known = self.get(interview_id)
        with self._database.writing() as db:
            row = db.execute(f"{_SELECT_DEBRIEF} WHERE interview_id = ?", (known.id,)).fetchone()
            debrief = change(_read_debrief(row[1:]) if row else Debrief())
            if debrief.felt is not None and not 1 <= debrief.felt <= 5:
                raise UsageError(f"how it felt is 1 to 5, not {debrief.felt}")
            finished_at = iso_utc(debrief.finished_at) if debrief.finished_at else None
            answers = [
                plain(value) if isinstance(value, str) else value
                for field in fields(debrief)
                if field.name != "finished_at"
                for value in (getattr(debrief, field.name),)
            ]
            db.execute(
                "INSERT INTO debrief (interview_id, felt, went_well, said_about_me, surprises,"
                " task, task_minutes, task_trouble, finished_at, began_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (interview_id) DO UPDATE SET felt = excluded.felt,"
                " went_well = excluded.went_well, said_about_me = excluded.said_about_me,"
                " surprises = excluded.surprises, task = excluded.task,"
                " task_minutes = excluded.task_minutes, task_trouble = excluded.task_trouble,"
                " finished_at = excluded.finished_at",
                (known.id, *answers, finished_at, iso_utc(self._clock.now())),
            )
        return debrief

    def asked(self, interview_id: str) -> list[NotedQuestion]:
        """The questions of a debrief, in the order in which they were written down."""
        known = self.get(interview_id)
        with self._database.reading() as db:
            rows = db.execute(
                f"{_SELECT_ASKED} WHERE interview_id = ? ORDER BY id", (known.id,)
            ).fetchall()
        return [NotedQuestion(*row[1:]) for row in rows]

    def all_asked(self) -> dict[str, list[NotedQuestion]]:
        """The questions of every debrief by the id of its interview."""
        with self._database.reading() as db:
            rows = db.execute(f"{_SELECT_ASKED} ORDER BY id").fetchall()
        found: dict[str, list[NotedQuestion]] = {}
        for interview_id, *row in rows:
            found.setdefault(interview_id, []).append(NotedQuestion(*row))
        return found

    def save_asked(self, interview_id: str, asked: NotedQuestion) -> NotedQuestion:
        """Keep a question of a debrief: a new one where its id is 0, else in the place it has.

        Raises:
            NotFoundError: It was removed.
        """
        known = self.get(interview_id)
        values = (
            plain(asked.text), plain_or_none(asked.bank), plain_or_none(asked.question_id),
            asked.rating, plain(asked.wish), plain(asked.story),
        )  # fmt: skip
        with self._database.writing() as db:
            if asked.id:
                row = db.execute(
                    "UPDATE asked SET text = ?, bank = ?, question_id = ?, rating = ?, wish = ?,"
                    " story = ? WHERE id = ? AND interview_id = ? RETURNING id",
                    (*values, asked.id, known.id),
                ).fetchone()
            else:
                row = db.execute(
                    "INSERT INTO asked (text, bank, question_id, rating, wish, story,"
                    " interview_id) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                    (*values, known.id),
                ).fetchone()
        if row is None:
            raise NotFoundError("that question was removed", "write it down again")
        return replace(asked, id=row[0])

    def remove_asked(self, interview_id: str, asked_id: int) -> None:
        """Take a question out of a debrief; nothing happens where it is gone."""
        known = self.get(interview_id)
        with self._database.writing() as db:
            db.execute("DELETE FROM asked WHERE id = ? AND interview_id = ?", (asked_id, known.id))
        self._database.forget_deleted()

    def outcome(self, interview_id: str) -> Outcome | None:
        """How it ended; None where nothing was noted."""
        known = self.get(interview_id)
        with self._database.reading() as db:
            row = db.execute(f"{_SELECT_OUTCOME} WHERE interview_id = ?", (known.id,)).fetchone()
        return Outcome(*row[1:]) if row else None

    def all_outcomes(self) -> dict[str, Outcome]:
        """Every outcome by the id of its interview."""
        with self._database.reading() as db:
            rows = db.execute(_SELECT_OUTCOME).fetchall()
        return {row[0]: Outcome(*row[1:]) for row in rows}

    def outcome_since(self, interview_id: str) -> datetime | None:
        """When it was first noted that it ended as it did; None where nothing was noted."""
        known = self.get(interview_id)
        with self._database.reading() as db:
            row = db.execute(
                "SELECT noted_at FROM outcome WHERE interview_id = ?", (known.id,)
            ).fetchone()
        return from_iso(row[0]) if row else None

    def note_outcome(self, interview_id: str, outcome: Outcome) -> None:
        """Keep how it ended, in place of what was noted before."""
        known = self.get(interview_id)
        with self._database.writing() as db:
            db.execute(
                "INSERT INTO outcome"
                " (interview_id, state, stage, reason, feedback, guess, noted_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (interview_id) DO UPDATE SET"
                " noted_at = iif(state = excluded.state, noted_at, excluded.noted_at),"
                " state = excluded.state, stage = excluded.stage, reason = excluded.reason,"
                " feedback = excluded.feedback, guess = excluded.guess",
                (
                    known.id,
                    outcome.state,
                    plain(outcome.stage),
                    plain(outcome.reason),
                    plain(outcome.feedback),
                    plain(outcome.guess),
                    iso_utc(self._clock.now()),
                ),
            )

    def rest_until(self) -> date | None:
        """The day on which rest ends; None where none was asked for."""
        with self._database.reading() as db:
            row = db.execute("SELECT until FROM rest").fetchone()
        return date.fromisoformat(row[0]) if row else None

    def rest(self, until: date | None) -> None:
        """Let nothing be due before `until`; None ends the rest."""
        with self._database.writing() as db:
            db.execute("DELETE FROM rest")
            if until is not None:
                db.execute("INSERT INTO rest (only, until) VALUES (1, ?)", (until.isoformat(),))


def _merge(begun: InterviewFacts, stored: InterviewFacts, mine: InterviewFacts) -> InterviewFacts:
    """`stored` with the fields in which `mine` differs from `begun`."""
    changed = {
        field.name: value
        for field in fields(InterviewFacts)
        if (value := getattr(mine, field.name)) != getattr(begun, field.name)
    }
    both = [
        name
        for name, value in changed.items()
        if getattr(stored, name) not in (getattr(begun, name), value)
    ]
    if both:
        raise InterviewChangedError(stored, both)
    return replace(stored, **changed)


def sort_for_list(interviews: Sequence[Interview], now: datetime) -> list[Interview]:
    """As a list shows them: those ahead, the next first, the dayless, the past backwards."""
    ahead = [each for each in interviews if each.facts.when and not each.is_over(now)]
    dayless = [each for each in interviews if each.facts.when is None]
    over = [each for each in reversed(interviews) if each.is_over(now)]
    return [*ahead, *dayless, *over]


def find_next(interviews: Sequence[Interview], now: datetime) -> Interview | None:
    """The interview that comes next; None where none has a day ahead.

    One that was called off, or has ended otherwise before its day, is none.
    """
    ahead = [
        each for each in interviews if each.facts.when and each.is_open and not each.is_over(now)
    ]
    return min(ahead, key=_by_time, default=None)


_SELECT = """
    SELECT interview.id, company, role, round, format, day, at, zone, people, advert, notes,
        stories, added_at, outcome.state, debrief.finished_at IS NOT NULL,
        (SELECT count(*) FROM asked WHERE asked.interview_id = interview.id)
    FROM interview
    LEFT JOIN outcome ON outcome.interview_id = interview.id
    LEFT JOIN debrief ON debrief.interview_id = interview.id
"""
_SELECT_DEBRIEF = """
    SELECT interview_id, felt, went_well, said_about_me, surprises, task, task_minutes,
        task_trouble, finished_at
    FROM debrief
"""
_SELECT_ASKED = "SELECT interview_id, text, bank, question_id, rating, wish, story, id FROM asked"
_SELECT_OUTCOME = "SELECT interview_id, state, stage, reason, feedback, guess FROM outcome"


def _read_debrief(row: tuple[Any, ...]) -> Debrief:
    felt, went_well, said, surprises, task, minutes, trouble, finished_at = row
    finished = from_iso(finished_at) if finished_at else None
    return Debrief(felt, went_well, said, surprises, task, minutes, trouble, finished)


def _read_interview(row: tuple[Any, ...]) -> Interview:
    company, role, kind, form, day, at, zone, people, advert, notes, stories = row[1:12]
    clock = time.fromisoformat(at) if at else None
    when = WallTime(date.fromisoformat(day), clock, zone) if day is not None else None
    lists = tuple(people.splitlines()), advert, notes, tuple(stories.split())
    facts = InterviewFacts(company, role, kind, form, when, *lists)
    added_at, outcome, debriefed, asked = row[12:]
    return Interview(row[0], facts, zone, from_iso(added_at), outcome, bool(debriefed), asked)


def _to_columns(facts: InterviewFacts, zone: str) -> tuple[str | None, ...]:
    company = one_line(facts.company)
    if not company:
        raise UsageError("an interview needs a company", "name it; everything else may stay empty")
    if facts.round not in ROUNDS:
        raise UsageError(
            f"there is no round {one_line(facts.round)!r}",
            f"choose one of: {', '.join(filter(None, ROUNDS))}",
        )
    when = facts.when
    return (
        company,
        one_line(facts.role),
        facts.round,
        one_line(facts.format),
        when.day.isoformat() if when else None,
        when.at.isoformat("minutes") if when and when.at else None,
        when.zone if when else zone,
        "\n".join(filter(None, map(one_line, facts.people))),
        plain(facts.advert),
        plain(facts.notes),
        "\n".join(facts.stories),
    )


def _by_time(interview: Interview) -> tuple[bool, datetime, str]:
    when = interview.facts.when
    return when is None, when.begins if when else interview.added_at, interview.id
