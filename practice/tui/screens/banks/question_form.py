"""Every field of one question, judged while it is typed."""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from practice.questions.bank_editing import BankEditing, ChangedElsewhereError, Edited
from practice.questions.draft import Typed, judge, typed_fields
from practice.questions.model import Question
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.screens.form import FormLines, FormScreen
from practice.tui.screens.results import KEEP_BOTH, RELOAD
from practice.tui.services import Services
from practice.tui.widgets.field import Field
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.option_row import OptionRow
from practice.tui.widgets.plain_text import PlainText

ORDER = (
    "text", "kind", "competency", "tags", "rounds", "difficulty", "target_s", "prep_s",
    "follow_ups", "pushbacks", "key_points", "terms", "notes", "source", "url", "licence", "id",
)  # fmt: skip
LISTS_HINT = "One a line; alt+up and alt+down move an item, ctrl+k takes it out."
ID_HINT = "Takes are filed under this id: with another one, those there are stay behind."
LEAVING_COSTS = "Leave this question? What you changed is not saved."
COMMAND_TABLE = (
    Command("question.save", "ctrl+s", "save", "Save the question to its file.", footer=True),
    Command("question.leave", "escape", "leave", "Go back; asks when something was changed.",
            footer=True),
    Command("question.up", "up,shift+tab", "field above", "Go to the field above."),
    Command("question.down", "down,tab,enter", "field below", "Go to the field below."),
)  # fmt: skip


@dataclass
class QuestionSaved(Message):
    """The question is in its file."""

    edited: Edited


@dataclass
class BankReloaded(Message):
    """The file was read again, as another program had left it."""

    has_question: bool


class QuestionFormScreen(FormScreen[Edited]):
    """A form that closes only when the question is in its file, or when it is left.

    Args:
        services: What the screen works with.
        editing: Writes the question.
        bank: The name of its bank.
        question: The one to change, or the one behind which a new one belongs.
        new: Whether it is a new one.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "question_form.tcss"
    AUTO_FOCUS = "#text"
    HELP = "Only the question itself is needed; every other field may stay empty."

    def __init__(
        self,
        services: Services,
        editing: BankEditing,
        bank: str,
        question: Question | None,
        *,
        new: bool,
    ) -> None:
        super().__init__(services)
        self._editing = editing
        self._bank = bank
        self._after = question.id if new and question is not None else None
        self._changing = None if new or question is None else question.id
        begun = Question(text="") if self._changing is None or question is None else question
        fields = typed_fields(begun)
        self._begun: dict[str, Typed] = {key: fields[key] for key in ORDER}
        self._saving = False

    def compose(self) -> ComposeResult:
        """The fields, what the one with the cursor means, keys."""
        title = self._editing.entry(self._bank).title
        what = "A new question in" if self._changing is None else "A question of"
        yield PlainText(f"{what} {title}", classes="title")
        with FormLines(classes="form"):
            for key, value in self._begun.items():
                yield Field(key, value)
        yield PlainText("", "about")
        yield Footer()

    @property
    def leaving_costs(self) -> str:
        """What was typed and is not saved."""
        return LEAVING_COSTS if self._typed != self._begun else ""

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OptionRow.Changed)
    def judge_field(self, message: Message) -> None:
        """Judge what was typed, at its field."""
        assert isinstance(message.control, Widget)
        field = _field_around(message.control)
        assert field is not None
        field.touched = field.touched or field.typed != self._begun[field.key]
        self._judge()

    def on_descendant_focus(self) -> None:
        """Say what the field with the cursor means."""
        if self.focused is not None and (field := _field_around(self.focused)) is not None:
            self.query_one("#about", PlainText).show(self._about(field.key))

    @on(QuestionSaved)
    def close(self, message: QuestionSaved) -> None:
        """Close with what was saved."""
        self.dismiss(message.edited)

    @on(ErrorRaised)
    def show_trouble(self, message: ErrorRaised) -> None:
        """Say why it could not be saved; what was typed stays."""
        message.stop()
        self._saving = False
        error = message.error
        if isinstance(error, ChangedElsewhereError):
            self.host.navigator.ask_about_changed(error, lambda chosen: self._settle(error, chosen))
        else:
            self.host.show_error(error)

    @on(BankReloaded)
    def go_on_typing(self, message: BankReloaded) -> None:
        """Say that the file was read again and what saving does now."""
        self._saving = False
        if not message.has_question:
            self._changing = None
        does = "changes the question there" if message.has_question else "adds it as a new one"
        self.notify(f"what you typed is still here; saving {does}", title="the file was read again")

    def action_up(self) -> None:
        """Go to the field above."""
        self.focus_previous()

    def action_down(self) -> None:
        """Go to the field below."""
        self.focus_next()

    def action_save(self) -> None:
        """Save the question, or go to the first field that is wrong and say what it is for."""
        for field in self.query(Field):
            field.touched = True
        question, problems = self._judge()
        if question is None:
            wrong = next(key for key in ORDER if key in problems)
            field = self.query_one(f"#field-{wrong}", Field)
            field.editor.focus()
            # The box with what is wrong may be below the edge of a small terminal.
            self.notify(
                f"{problems[wrong]}\n{_meanings()[wrong]}",
                title=f"not saved: {field.label}",
                severity="warning",
            )
        elif not self._saving:
            self._saving = True
            in_background(self, lambda: QuestionSaved(self._save(question)), "saving a question")

    def action_leave(self) -> None:
        """Go back; ask first when something was changed."""
        if self._saving:
            return
        if self.leaving_costs:
            self.host.navigator.ask(LEAVING_COSTS, "leave", "go on", self._leave_if)
        else:
            self.dismiss()

    @property
    def _typed(self) -> dict[str, Typed]:
        return {field.key: field.typed for field in self.query(Field)}

    def _judge(self) -> tuple[Question | None, dict[str, str]]:
        """Judge every field; say it at those where something was typed."""
        taken = {known for known in self._editing.ids(self._bank) if known != self._changing}
        question, problems = judge(self._typed, taken)
        for field in self.query(Field):
            field.tell(problems.get(field.key, "") if field.touched else "")
        return question, problems

    def _about(self, key: str) -> str:
        if key == "id" and self._changing is not None:
            return ID_HINT
        meaning = _meanings()[key]
        return f"{meaning} {LISTS_HINT}" if isinstance(self._begun[key], tuple) else meaning

    def _save(self, question: Question) -> Edited:
        if self._changing is None:
            return self._editing.add(self._bank, question, self._after)
        return self._editing.change(self._bank, self._changing, question)

    def _leave_if(self, sure: bool | None) -> None:
        if sure:
            self.dismiss()

    def _settle(self, error: ChangedElsewhereError, chosen: str | None) -> None:
        """Do what was chosen about a file that another program has written."""
        if chosen == KEEP_BOTH:
            kept = self._editing.keep_both
            in_background(self, lambda: QuestionSaved(kept(error)), "keeping both")
        elif chosen == RELOAD:
            in_background(self, self._reload, "reading a bank again")

    def _reload(self) -> BankReloaded:
        self._editing.refresh(self._bank)
        bank = self._editing.look(self._bank)
        has_question = self._changing is None or bank.find(self._changing) is not None
        return BankReloaded(has_question)


def _field_around(widget: Widget) -> Field | None:
    return next((node for node in widget.ancestors if isinstance(node, Field)), None)


@cache
def _meanings() -> dict[str, str]:
    """What the bank's own definition says about each field."""
    info = msgspec.json.schema(Question)["$defs"]["Question"]["properties"]
    return {key: str(info[key].get("description", "")) for key in ORDER}
