"""What was asked in an interview and how it went, noted in about three minutes.

One thing is asked at a time. Whatever is typed is kept at once as a draft, so that a kill costs no
more than a key; opened again, the screen goes on where it was left.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import TextArea

from practice.base.text import one_line
from practice.core.debrief_draft import DebriefDraft
from practice.core.weeks import (
    DebriefPlan,
    describe_plan,
    finish_debrief,
    match_questions,
    now_in_zone,
)
from practice.library.interviews import Debrief, Interview, NotedQuestion, Rating
from practice.questions.pasted_list import split_questions
from practice.tui.commands import bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import interview_text
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.weeks.debrief_keys import FeltKeys, ask_for_story, describe_asked
from practice.tui.screens.weeks.debrief_steps import (
    BEFORE_RATING,
    COMMAND_TABLE,
    ELSEWHERE,
    FIELDS,
    KNOWN,
    LOW,
    SPLIT,
    WITHOUT_TEXT,
    DraftRead,
    Note,
    QuestionsRead,
    Step,
    choose_hint,
    list_last_steps,
    parse_minutes,
    read_typed,
)
from practice.tui.services import Services
from practice.tui.widgets.answer_box import AnswerBox
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.suggestions import Suggestion, Suggestions

if TYPE_CHECKING:
    from datetime import date

    from practice.core.offered_questions import Offer
    from practice.questions.matching import QuestionMatcher


class DebriefScreen(FeltKeys, PracticeScreen[None]):
    """Asks one thing after the other.

    Args:
        services: What the screen works with.
        interview: The interview.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "debrief.tcss"
    AUTO_FOCUS = ""
    LEADS_ELSEWHERE = False
    HELP = (
        "Note what was asked while you remember it. Every key is kept at once: Esc leaves at any "
        "time, and d goes on where you were. ↑ goes back to what was asked before."
    )

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview
        self._debrief = Debrief()
        self._notes: list[Note] = []
        self._note: Note | None = None
        """The question that is typed or rated now; None before its first letter."""
        self._draft: DebriefDraft | None = None
        """None until it was read."""
        self._split: list[Note] = []
        self._to_rate: list[Note] = []
        """The questions that several lines became, and those of them that come next."""
        self._step = Step.WENT_WELL
        self._matcher: QuestionMatcher | None = None
        self._offer: Offer | None = None
        """What was found in a recording, a transcript or a telling."""
        self._today: date | None = None
        """None until the draft was read."""
        self._finishing = False

    def compose(self) -> ComposeResult:
        """What is noted already, what is asked now, keys."""
        yield PlainText(f"After {self._interview.name}", classes="title")
        with VerticalScroll(id="noted", can_focus=False):
            yield PlainText("", "noted-lines")
        yield PlainText("", "about")
        yield PlainText("", "prompt", classes="asked")
        yield AnswerBox("answer")
        yield Suggestions("suggestions")
        yield PlainText("", "hint")
        yield Footer()

    def on_mount(self) -> None:
        """Read the draft, then the questions that are known."""
        self._box.display = False
        in_background(self, self._read_draft, "reading the debrief")
        in_background(self, self._read_questions, "reading the known questions")

    def on_resize(self, event: Resize) -> None:
        """In a very low terminal every line counts."""
        self.set_class(event.size.height < LOW, "-low")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key only where it answers what is asked."""
        if action in {"strong", "okay", "rough", "wish", "story"}:
            return self._step is Step.RATING
        if action == "undo":
            return self._step is Step.RATING and bool(self._split)
        if action.startswith("felt_"):
            return self._step is Step.FELT
        if action in {"file", "tell"}:
            return self._today is not None and self._step in BEFORE_RATING
        return action != "before" or self._step is not Step.PLAN

    @on(DraftRead)
    def go_on_where_it_was_left(self, message: DraftRead) -> None:
        """Show what is noted and ask what comes next."""
        self._debrief, self._today = message.debrief, message.today
        self._draft = message.draft
        self._notes = [Note(noted, noted.id) for noted in message.noted]
        last = self._notes[-1] if self._notes else None
        left_at = next((s for s in reversed(self._last_steps) if self._typed(s)), None)
        if left_at is not None and not self._debrief.finished_at:
            self._ask(left_at)
        elif last is not None and last.noted.rating is None and not self._debrief.finished_at:
            self._note = last
            self._ask(Step.QUESTION)
        elif last is not None or self._debrief.felt is not None:
            self._ask(Step.QUESTION)
        else:
            self._ask(Step.WENT_WELL)

    @on(QuestionsRead)
    def look_for_known_ones(self, message: QuestionsRead) -> None:
        """Show what is like what was typed meanwhile."""
        self._matcher = message.matcher
        self._suggest()

    @on(TextArea.Changed, "#answer")
    def keep_typed(self) -> None:
        """Keep what was typed, at every key."""
        text = self._box.text
        if self._step is Step.QUESTION:
            self._keep_question(one_line(text).strip())
            self._suggest()
            self._show_hint()
        elif self._step is Step.WISH and self._note is not None:
            self._change_note(replace(self._note.noted, wish=text))
        elif self._step is Step.MINUTES:
            self._change_debrief(replace(self._debrief, task_minutes=parse_minutes(text)))
        elif self._step in FIELDS:
            # Each of the fields that are left holds a text.
            self._change_debrief(replace(self._debrief, **{FIELDS[self._step]: text}))  # type: ignore[arg-type]

    @on(AnswerBox.Submitted)
    def submit(self) -> None:
        """Enter in a text goes on; one that arrives when the text is gone answers nothing."""
        if self._step not in WITHOUT_TEXT:
            self.action_next()

    @on(AnswerBox.LeftUp)
    def go_up(self) -> None:
        """Go up among the suggestions, else back to what was asked before."""
        if not self._suggestions.go_up():
            self.action_before()

    @on(AnswerBox.LeftDown)
    def go_down(self) -> None:
        """Go down among the suggestions."""
        self._suggestions.go_down()

    def action_next(self) -> None:
        """Go on to what is asked next."""
        step = self._step
        if self._today is None:
            return
        if step is Step.WENT_WELL:
            self._ask(Step.FELT)
        elif step is Step.QUESTION:
            self._end_question()
        elif step in {Step.RATING, Step.WISH} and self._to_rate:
            self._note = self._to_rate.pop(0)
            self._ask(Step.RATING)
        elif step in {Step.FELT, Step.RATING, Step.WISH}:
            self._note, self._split = None, []
            self._ask(Step.QUESTION)
        elif step is Step.PLAN:
            # Of two keys that were waiting the first one leaves.
            if self.is_current:
                self.dismiss()
        elif step is self._last_steps[-1]:
            self._finish()
        else:
            self._ask(self._last_steps[self._last_steps.index(step) + 1])

    def action_before(self) -> None:
        """Go back to what was asked before."""
        step = self._step
        if step is Step.FELT:
            self._ask(Step.WENT_WELL)
        elif step in {Step.RATING, Step.WISH}:
            self._ask(Step.QUESTION if step is Step.RATING else Step.RATING)
        elif step is Step.QUESTION:
            at = self._notes.index(self._note) if self._note else len(self._notes)
            self._drop_empty()
            self._note = self._notes[at - 1] if at else None
            self._ask(Step.QUESTION if at else Step.FELT)
        elif step in self._last_steps:
            at = self._last_steps.index(step)
            self._note = None
            self._ask(self._last_steps[at - 1] if at else Step.QUESTION)

    def action_strong(self) -> None:
        """It went well."""
        self._rate("strong")

    def action_okay(self) -> None:
        """It went all right."""
        self._rate("okay")

    def action_rough(self) -> None:
        """It went badly."""
        self._rate("rough")

    def action_wish(self) -> None:
        """Add what one wishes to have said."""
        self._ask(Step.WISH)

    def action_undo(self) -> None:
        """Make one question of the pasted lines again."""
        first, *others = self._split
        text = " ".join(note.noted.text for note in self._split)
        self._split, self._to_rate = [], []
        for note in others:
            self._remove(note)
        self._note = first
        self._change_note(replace(first.noted, text=text))
        self._ask(Step.QUESTION)

    def action_story(self) -> None:
        """Choose the story that was told."""
        if (note := self._note) is not None:
            ask_for_story(self, note.noted, self._keep_story)

    def _keep_story(self, noted: NotedQuestion) -> None:
        self._change_note(noted)
        self._show_step()

    def action_file(self) -> None:
        """Look for questions in a recording or a transcript."""
        self.host.navigator.open_questions_in_file(self._interview, self._take_offer)

    def action_tell(self) -> None:
        """Tell it aloud, and look for questions in that."""
        self.host.navigator.open_telling(self._interview, self._take_offer)

    def _take_offer(self, offer: "Offer | None") -> None:
        if offer is None:
            return
        # It was imported when the questions were looked for.
        from practice.core.offered_questions import describe_offer  # lazy: it brings NumPy

        self._offer = offer
        if offer.trouble or not offer.questions:
            self.notify(describe_offer(offer))
        if self._note is None:
            self._ask(Step.QUESTION)

    def _feel(self, felt: int) -> None:
        self._change_debrief(replace(self._debrief, felt=felt))
        self.action_next()

    def _rate(self, rating: Rating) -> None:
        if self._note is not None:
            self._change_note(replace(self._note.noted, rating=rating))
            self._show_step()

    def _end_question(self) -> None:
        """Take the text as it is or the suggestion that is chosen; nothing typed ends them."""
        chosen = self._suggestions.chosen
        if chosen is not None and chosen.known is None:
            # Into the box, where it can be changed, and where known ones like it are shown.
            self._box.show(chosen.text)
            return
        if self._note is None or not self._note.noted.text:
            self._drop_empty()
            self._note = None
            self._ask(self._last_steps[0])
            return
        if chosen is None and len(texts := split_questions(self._box.text)) > 1:
            self._note_each(self._note, texts)
            return
        if chosen is not None and chosen.known is not None:
            asked = chosen.known
            self._change_note(
                replace(
                    self._note.noted,
                    text=asked.question.text,
                    bank=asked.bank,
                    question_id=asked.question.id,
                )
            )
        self._ask(Step.RATING)

    def _note_each(self, first: Note, texts: Sequence[str]) -> None:
        """Make a question of each line that was pasted, and have them rated one by one."""
        self._change_note(replace(first.noted, text=texts[0], bank=None, question_id=None))
        self._split = [first]
        for text in texts[1:]:
            self._note = Note(NotedQuestion(""))
            self._notes.append(self._note)
            self._split.append(self._note)
            self._change_note(NotedQuestion(text))
        self._note, self._to_rate = first, self._split[1:]
        self.notify(SPLIT.format(len(texts)))
        self._ask(Step.RATING)

    def _keep_question(self, text: str) -> None:
        if self._note is None and text:
            self._note = Note(NotedQuestion(""))
            self._notes.append(self._note)
        if self._note is not None and self._note.noted.text != text:
            # What it was joined to was another text.
            self._change_note(replace(self._note.noted, text=text, bank=None, question_id=None))

    def _drop_empty(self) -> None:
        """Take out a question of which nothing is left."""
        note = self._note
        if note is not None and not note.noted.text:
            self._note = None
            self._remove(note)

    def _remove(self, note: Note) -> None:
        self._notes.remove(note)
        self.change(
            lambda: self.services.workspace.library.interviews.remove_asked(
                self._interview.id, note.kept_id
            )
        )

    def _change_note(self, noted: NotedQuestion) -> None:
        note = self._note
        if note is None or note.noted == noted:
            return
        note.noted = noted
        draft = self._draft
        assert draft is not None

        def keep() -> None:
            note.kept_id = draft.save_question(replace(noted, id=note.kept_id))

        self.change(keep)

    def _change_debrief(self, debrief: Debrief) -> None:
        if debrief == self._debrief:
            return
        self._debrief = debrief
        draft = self._draft
        assert draft is not None
        self.change(lambda: draft.save(debrief), self._show_elsewhere)

    def _show_elsewhere(self, elsewhere: dict[str, str]) -> None:
        """Put what was written elsewhere before what is typed."""
        theirs = elsewhere.get(FIELDS.get(self._step, ""), "")
        if theirs and not self._box.text.startswith(theirs):
            self._box.show(f"{theirs}\n{self._box.text}")
            self.notify(ELSEWHERE)

    def _finish(self) -> None:
        if self._finishing:
            return
        self._finishing = True

        def allow_again(_: object) -> None:
            self._finishing = False

        self.change(
            lambda: finish_debrief(self.services.workspace, self._interview.id),
            self._show_plan,
            allow_again,
        )

    def _show_plan(self, plan: DebriefPlan) -> None:
        assert self._today is not None
        self._ask(Step.PLAN)
        self.query_one("#prompt", PlainText).show(describe_plan(plan, self._today))

    @property
    def _last_steps(self) -> tuple[Step, ...]:
        """What is asked after the questions."""
        return list_last_steps(self._interview.facts.round)

    @property
    def _suggestions(self) -> Suggestions:
        return self.query_one(Suggestions)

    @property
    def _box(self) -> AnswerBox:
        return self.query_one(AnswerBox)

    def _typed(self, step: Step) -> str:
        """What was typed at a step before."""
        return read_typed(step, self._debrief, self._note)

    def _ask(self, step: Step) -> None:
        self._step = step
        self._suggestions.choose_none()
        has_text = step not in WITHOUT_TEXT
        self._box.display = has_text
        if has_text:
            self._box.show(self._typed(step))
            self.set_focus(self._box)
        else:
            self.set_focus(None)
        self._suggest()
        self._show_step()
        self.refresh_bindings()

    def _show_step(self) -> None:
        note = self._note.noted if self._note else None
        is_rating = self._step in {Step.RATING, Step.WISH}
        self.query_one("#about", PlainText).show(describe_asked(note) if note and is_rating else "")
        self.query_one("#about").display = is_rating
        asked = "What else were you asked?" if self._notes else Step.QUESTION.value
        if self._step is Step.RATING and note and note.rating:
            asked = note.rating.capitalize()
        elif self._step is not Step.QUESTION:
            asked = self._step.value
        self.query_one("#prompt", PlainText).show(asked)
        self._show_hint()
        # The one that is typed or rated now stands below, larger.
        shown = [each.noted for each in self._notes if each is not self._note]
        lines = "\n".join(interview_text.describe_noted(noted) for noted in shown)
        self.query_one("#noted-lines", PlainText).show(lines)
        self.query_one("#noted", VerticalScroll).scroll_end(animate=False)

    def _show_hint(self) -> None:
        is_rated = self._note is not None and self._note.noted.rating is not None
        hint = choose_hint(self._step, self._box.text, is_rated=is_rated, is_first=not self._notes)
        self.query_one("#hint", PlainText).show(hint)

    def _suggest(self) -> None:
        """Show what is known and like what is typed; while nothing is, what was found."""
        typed = self._box.text if self._step is Step.QUESTION else ""
        is_joined = self._note is not None and self._note.noted.question_id is not None
        if typed:
            is_one = "\n" not in typed.strip() and not is_joined
            found = self._matcher.find(typed) if self._matcher and is_one else []
            known = [Suggestion(each.asked.question.text, each.asked) for each in found]
            self._suggestions.offer(KNOWN, known)
        elif self._step is Step.QUESTION and self._offer is not None:
            noted = {each.noted.text.casefold() for each in self._notes}
            left = [q for q in self._offer.questions if q.text.casefold() not in noted]
            heading = f"{len(left)} found in {self._offer.source}; ↓ and Enter takes one"
            self._suggestions.offer(heading, [Suggestion.found(each) for each in left])
        else:
            self._suggestions.offer("", ())

    def _read_draft(self) -> DraftRead:
        workspace = self.services.workspace
        interviews = workspace.library.interviews
        noted = [each for each in interviews.asked(self._interview.id) if each.text]
        begun = interviews.debrief(self._interview.id) or Debrief()
        draft = DebriefDraft(workspace, self._interview.id, begun)
        return DraftRead(begun, draft, noted, now_in_zone(workspace).date())

    def _read_questions(self) -> QuestionsRead:
        return QuestionsRead(match_questions(self.services.workspace))
