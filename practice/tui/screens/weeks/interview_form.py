"""What is known of one interview: a form that keeps what was typed when it is left."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from practice.base.errors import NotFoundError, PracticeError, UsageError
from practice.base.wall_time import WallTime, parse_wall_time
from practice.core.stories import choose_stories
from practice.library.interviews import (
    ROUNDS,
    Interview,
    InterviewChangedError,
    InterviewFacts,
    Round,
)
from practice.tui.commands import Command, bindings
from practice.tui.presentation.interview_text import spell_out_when
from practice.tui.screens.form import FORM_TABLE, FormLines, FormScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.option_row import LABEL_WIDTH, Option, OptionRow
from practice.tui.widgets.plain_input import FormInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.text_box import TextBox

COMMAND_TABLE = (
    Command("interview.save", "ctrl+s", "save", "Keep the interview and go back.", footer=True),
    Command("interview.leave", "escape", "keep, back", "Go back; what you typed is kept.",
            footer=True),
    *FORM_TABLE,
)  # fmt: skip
HOW = "Thursday 14:00, 3 Dec 2pm, 2026-12-03, tomorrow 9:30"
"""What may be typed as a time."""
NO_COMPANY = "Without a company nothing is kept. Leave?"
DELETED = "This interview was deleted elsewhere meanwhile."
NO_STORY = "No story of yours has that name. Keep the rest without it?"
NO_TIME = "The time is not understood. Keep the rest without it?"


class InterviewFormScreen(FormScreen[str]):
    """Every field of an interview; the result is the id of the one that was kept.

    Args:
        services: What the screen works with.
        interview: The one to change; None for a new one.
        now: In the user's own zone.
        zone: Of the user.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "interview_form.tcss"
    AUTO_FOCUS = "#company"
    HELP = (
        "Only the company is needed. The time may be typed as you would say it; below it stands "
        "how it was understood. Esc keeps everything and goes back."
    )

    def __init__(
        self, services: Services, interview: Interview | None, now: datetime, zone: str
    ) -> None:
        super().__init__(services)
        self._interview = interview
        self._now, self._zone = now, zone
        self._begun = interview.facts if interview is not None else InterviewFacts("")
        self._saving = False

    def compose(self) -> ComposeResult:
        """One field a line, and below the time how it was understood."""
        facts = self._begun
        yield PlainText("An interview" if self._interview else "A new interview", classes="title")
        rounds = [Option(value, value or "not said") for value in ROUNDS]
        with FormLines(classes="form"):
            yield from _line("company", "company", facts.company)
            yield from _line("role", "role", facts.role)
            yield OptionRow("round", rounds, facts.round, "round")
            yield from _line("format", "format", facts.format, "video, phone, on site")
            yield from _line("when", "when", self._typed_when(facts.when), HOW)
            yield PlainText("", "understood")
            yield from _line("people", "people", ", ".join(facts.people), "names, with commas")
            yield from _box("advert", facts.advert)
            yield from _box("notes", facts.notes)
            chosen = ", ".join(facts.stories)
            yield from _line("stories", "stories", chosen, "with commas; all of them when empty")
        yield Footer()

    def on_mount(self) -> None:
        """Say how the time is understood that is there already."""
        self._show_when()

    @on(Input.Changed, "#when")
    def follow_when(self) -> None:
        """Say how the time is understood, at every key."""
        self._show_when()

    @property
    def leaving_costs(self) -> str:
        """What was typed and cannot be kept."""
        return NO_COMPANY if self._facts() != self._begun and not self._value("company") else ""

    def finish_for_leaving(self) -> None:
        """What has no company is let go; that was asked about."""

    def action_save(self) -> None:
        """Keep it, or say at which field something is wrong."""
        if not self._value("company"):
            self.query_one("#company").focus()
            self.notify("An interview needs a company; everything else may stay empty.")
        elif problem := self._problem():
            self.query_one("#when").focus()
            self.notify(problem, severity="warning")
        else:
            self._keep()

    def action_leave(self) -> None:
        """Keep it and go back; ask where something cannot be kept."""
        ask = self.host.navigator.ask
        if self._facts() == self._begun and not self._problem():
            self.dismiss(self._interview.id if self._interview else None)
        elif not self._value("company"):
            ask(NO_COMPANY, "leave", "go on", self._leave_if)
        elif self._problem():
            ask(NO_TIME, "keep the rest", "go on", lambda sure: self._keep() if sure else None)
        else:
            self._keep()

    def _leave_if(self, is_sure: bool | None) -> None:
        if is_sure:
            self.dismiss(None)

    def _keep(self) -> None:
        if self._saving:
            return
        self._saving = True
        facts, known, begun = self._facts(), self._interview, self._begun

        def keep() -> str:
            workspace = self.services.workspace
            interviews = workspace.library.interviews
            stories = choose_stories(workspace, facts.stories, begun.stories)
            kept = replace(facts, stories=stories)
            if known is None:
                return interviews.add(kept, self._zone).id
            return interviews.edit(known.id, kept, begun).id

        def allow_again(error: PracticeError) -> None:
            self._saving = False
            if isinstance(error, InterviewChangedError):
                # That was said; saved again, what stands here counts.
                self._begun = replace(self._begun, **error.overwritten)  # type: ignore[arg-type]
            elif isinstance(error, NotFoundError):
                ask = self.host.navigator.ask
                ask(DELETED, "keep it as a new one", "let it go", self._keep_anew_if)
            elif isinstance(error, UsageError):
                ask = self.host.navigator.ask
                ask(NO_STORY, "keep the rest", "go on", self._keep_without_stories_if)

        self.change(keep, self.dismiss, allow_again)

    def _keep_without_stories_if(self, is_sure: bool | None) -> None:
        line = self.query_one("#stories", Input)
        if is_sure:
            line.value = ", ".join(self._begun.stories)
            self._keep()
        else:
            line.focus()

    def _keep_anew_if(self, is_sure: bool | None) -> None:
        if is_sure:
            self._interview = None
            self._keep()
        else:
            self.dismiss(None)

    def _facts(self) -> InterviewFacts:
        """What is typed now; a time that is not understood is none."""
        chosen = self.query_one("#round", OptionRow).value
        people = (name.strip() for name in self._value("people").split(","))
        return InterviewFacts(
            self._value("company"),
            self._value("role"),
            _as_round(chosen),
            self._value("format"),
            self._when(),
            tuple(filter(None, people)),
            self.query_one("#advert", TextBox).text,
            self.query_one("#notes", TextBox).text,
            tuple(filter(None, (name.strip() for name in self._value("stories").split(",")))),
        )

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _when(self) -> WallTime | None:
        with suppress(UsageError):
            return self._parse_when()
        return None

    def _parse_when(self) -> WallTime | None:
        """The time that is typed; raises UsageError where it is not understood."""
        typed = self._value("when")
        return parse_wall_time(typed, self._now.date(), self._zone) if typed else None

    def _problem(self) -> str:
        """What is wrong with the time; empty where nothing is."""
        try:
            self._parse_when()
        except UsageError as error:
            return f"{error.message}: {error.hint}"
        return ""

    def _typed_when(self, when: WallTime | None) -> str:
        """A time as it can be typed."""
        if when is None:
            return ""
        return f"{when}" if when.zone == self._zone else f"{when} {when.zone}"

    def _show_when(self) -> None:
        when, problem = self._when(), self._problem()
        understood = self.query_one("#understood", PlainText)
        understood.show(spell_out_when(when) if when else problem)
        understood.set_class(bool(problem), "-wrong")
        understood.display = bool(when or problem)
        # The two belong together.
        line = self.query_one("#when").parent
        assert isinstance(line, Horizontal)
        line.set_class(bool(when or problem), "-close")


def _as_round(value: str) -> Round:
    return next(known for known in ROUNDS if known == value)


def _line(name: str, label: str, value: str, hint: str = "") -> Iterator[Widget]:
    line = FormInput(value, hint)
    line.id = name
    yield Horizontal(PlainText(label.ljust(LABEL_WIDTH), classes="label"), line)


def _box(name: str, value: str) -> Iterator[Widget]:
    yield Horizontal(PlainText(name.ljust(LABEL_WIDTH), classes="label"), TextBox(value, name))
