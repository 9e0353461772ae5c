"""One story in a form that keeps what was typed when it is left."""

from collections.abc import Iterator
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from practice.base.errors import NotFoundError, PracticeError
from practice.base.text import one_line
from practice.questions.stories.model import StoriesChangedError, Story
from practice.tui.commands import Command, bindings
from practice.tui.screens.form import FORM_TABLE, FormLines, FormScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.option_row import LABEL_WIDTH
from practice.tui.widgets.plain_input import FormInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.text_box import TextBox

COMMAND_TABLE = (
    Command("story-form.save", "ctrl+s", "save", "Keep the story and go back.", footer=True),
    Command("story-form.leave", "escape", "keep, back", "Go back; what you typed is kept.",
            footer=True),
    *FORM_TABLE,
)  # fmt: skip
BOXES = ("situation", "task", "action", "result")
NO_TITLE = "Without a title nothing is kept. Leave?"
NEEDS_TITLE = "A story needs a title; everything else may stay empty."
WRONG_TARGET = "The target is a whole number of seconds from 5 to 3600, or empty."
SHORTEST_S, LONGEST_S = 5, 3600
CHANGED = "This story was changed or deleted elsewhere meanwhile."


class StoryFormScreen(FormScreen[str]):
    """Every field of a story; the result is the id of the one that was kept.

    Args:
        services: What the screen works with.
        story: The one to change; None for a new one.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "story_form.tcss"
    AUTO_FOCUS = "#title"
    HELP = (
        "Only the title is needed. Write as you would tell it: the list and the warm-up show the "
        "first sentence of the situation. Esc keeps everything and goes back."
    )

    def __init__(self, services: Services, story: Story | None) -> None:
        super().__init__(services)
        self._story = story
        self._begun = story or Story(title="")
        self._saving = False

    def compose(self) -> ComposeResult:
        """One field a line."""
        story = self._begun
        yield PlainText("A story" if self._story else "A new story", classes="title")
        with FormLines(classes="form"):
            yield from _line("title", "title", story.title)
            for name in BOXES:
                yield from _box(name, getattr(story, name))
            yield from _line("number", "number", story.number, "from 9 to 4 hours a week")
            named = ", ".join(map(one_line, story.competencies))
            yield from _line("competencies", "for", named, "teamwork, conflict: with commas")
            target = f"{story.target_s or ''}"
            yield from _line("target", "target", target, "seconds; two minutes when empty")
        yield Footer()

    @property
    def leaving_costs(self) -> str:
        """What was typed and cannot be kept."""
        return NO_TITLE if self._is_changed and not self._value("title") else ""

    def finish_for_leaving(self) -> None:
        """What has no title is let go; that was asked about."""

    def action_save(self) -> None:
        """Keep it, or say at which field something is wrong."""
        if not self._value("title"):
            self.query_one("#title").focus()
            self.notify(NEEDS_TITLE)
        elif self._target() is None:
            self.query_one("#target").focus()
            self.notify(WRONG_TARGET, severity="warning")
        else:
            self._keep()

    def action_leave(self) -> None:
        """Keep it and go back; ask where nothing can be kept."""
        if not self._is_changed:
            self.dismiss(self._story.id if self._story else None)
        elif not self._value("title"):
            self.host.navigator.ask(NO_TITLE, "leave", "go on", self._leave_if)
        else:
            self.action_save()

    def _leave_if(self, is_sure: bool | None) -> None:
        if is_sure:
            self.dismiss(None)

    def _keep(self) -> None:
        if self._saving:
            return
        self._saving = True
        typed, known = self._typed(), self._story

        def keep() -> str:
            stories = self.services.workspace.stories
            if known is None:
                return stories.add(typed).id
            return stories.change(known, typed).id

        def allow_again(error: PracticeError) -> None:
            self._saving = False
            if known is not None and isinstance(error, StoriesChangedError | NotFoundError):
                ask = self.host.navigator.ask
                ask(CHANGED, "keep yours as a new one", "go on", self._keep_anew_if)

        self.change(keep, self.dismiss, allow_again)

    def _keep_anew_if(self, is_sure: bool | None) -> None:
        if is_sure:
            self._story = None
            self._keep()

    @property
    def _is_changed(self) -> bool:
        return self._target() is None or self._typed() != self._begun

    def _typed(self) -> Story:
        """The story as it is typed now."""
        begun = self._begun
        texts = {name: self.query_one(f"#{name}", TextBox).text.strip() for name in BOXES}
        named = self._value("competencies")
        # A list that was left alone stays as it is, commas inside its items and all.
        is_same = named == ", ".join(map(one_line, begun.competencies))
        items = tuple(filter(None, (one_line(each) for each in named.split(","))))
        return msgspec.structs.replace(
            begun,
            title=self._value("title"),
            number=self._value("number"),
            competencies=begun.competencies if is_same else items,
            target_s=self._target() or None,
            **texts,
        )

    def _target(self) -> int | None:
        """The seconds that are typed, 0 for none; None for what is no target."""
        typed = self._value("target")
        if not typed:
            return 0
        seconds = int(typed) if typed.isdecimal() and len(typed) <= len(f"{LONGEST_S}") else 0
        return seconds if SHORTEST_S <= seconds <= LONGEST_S else None

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()


def _line(name: str, label: str, value: str, hint: str = "") -> Iterator[Widget]:
    line = FormInput(value, hint)
    line.id = name
    yield Horizontal(PlainText(label.ljust(LABEL_WIDTH), classes="label"), line)


def _box(name: str, value: str) -> Iterator[Widget]:
    yield Horizontal(PlainText(name.ljust(LABEL_WIDTH), classes="label"), TextBox(value, name))
