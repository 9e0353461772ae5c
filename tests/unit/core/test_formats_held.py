"""A session held in a format: hard stops, rehearsals, reading aloud, slides."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from practice.base.paths import places
from practice.base.settings import Settings
from practice.base.words import Word
from practice.core.occasions import place_in_session
from practice.core.session import DueAction, Mode, SessionPhase, SessionRun
from practice.core.sitting import Sitting, prepare_sitting
from practice.core.workspace import Workspace
from practice.delivery.findings import Finding
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TranscriptionFacts,
    assemble_document,
    kept_form,
    take_facts,
)
from practice.library.interviews import InterviewFacts
from practice.library.takes import Take
from practice.questions.model import AskedQuestion, Question
from tests.support.clock import FakeMonotonicClock
from tests.support.fake_microphone import FakeMicrophone
from tests.support.fake_reader import FakeReader
from tests.support.virtual_microphone import wait_until

QUESTIONS = [
    AskedQuestion("basics", Question(id=name, text=f"Why {name}?", follow_ups=("And then?",)))
    for name in ("one", "two", "three", "four", "five")
]


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace(places(), Settings(model="demo")) as opened:
        yield opened


class Held:
    """A session in a format, with its microphones, its clock and what is read aloud."""

    def __init__(self, workspace: Workspace, sitting: Sitting, questions: int = 5) -> None:
        self.microphones: list[FakeMicrophone] = []
        self.clock = FakeMonotonicClock()
        self.aloud = FakeReader()
        self.run = SessionRun(
            workspace,
            QUESTIONS[:questions],
            Mode.PRACTICE,
            self._microphone,
            self.clock,
            sitting=sitting,
            aloud=self.aloud,
        )

    def _microphone(self) -> FakeMicrophone:
        self.microphones.append(FakeMicrophone())
        return self.microphones[-1]

    def begin(self) -> None:
        self.run.open_microphone()
        self.aloud.reach_the_end()
        self.run.begin()

    def say(self, seconds: float) -> None:
        self.microphones[-1].say(seconds)

    def answer(self, seconds: float = 6.0) -> None:
        self.begin()
        self.say(seconds)
        wait_until(lambda: self.run.elapsed_s >= min(seconds, self.run.target_s) - 0.01)
        self.run.finish()

    def answer_all(self) -> None:
        self.answer()
        while self.run.ask_next():
            self.answer()
        self.run.close()


def test_a_hard_stop_ends_it_to_the_block_and_what_was_said_is_kept(workspace: Workspace) -> None:
    held = Held(workspace, prepare_sitting(workspace, "one-way"))
    assert (held.run.prep_left_s, held.run.target_s, held.run.can_skip) == (30, 120, False)
    held.begin()
    for _ in range(1300):
        held.say(0.1)
    wait_until(lambda: held.run.due() is DueAction.FINISH)
    take = held.run.finish().take
    assert take.duration_s == pytest.approx(120, abs=0.001)
    assert take.interrupted is None
    assert held.run.follow_up is None
    assert not held.run.is_fragment


def test_a_session_that_was_held_to_its_end_is_a_rehearsal_for_its_interview(
    workspace: Workspace,
) -> None:
    acme = workspace.library.interviews.add(InterviewFacts("Acme", round="one-way"), "UTC")
    held = Held(workspace, prepare_sitting(workspace, "one-way", "Acme"))
    held.answer_all()
    (session,) = workspace.library.sessions()
    assert (session.format, session.interview_id) == ("one-way", acme.id)
    assert session.completed
    assert workspace.library.rehearsals.count(acme.id) == 1
    rehearsals = held.run.summary().rehearsals
    assert rehearsals is not None
    assert rehearsals.words == "Rehearsals for Acme, one-way: 1 of 9."


def test_a_session_in_which_nothing_was_heard_is_no_rehearsal(workspace: Workspace) -> None:
    acme = workspace.library.interviews.add(InterviewFacts("Acme", round="one-way"), "UTC")
    Held(workspace, prepare_sitting(workspace, "one-way", "Acme")).answer_all()
    library = workspace.library
    takes = library.takes()
    for number, take in enumerate(takes, start=1):
        assert library.rehearsals.count_each() == {acme.id: 1}
        keep_review_of_silence(workspace, take)
        if number < len(takes):
            assert library.rehearsals.count(acme.id) == 1
    assert (library.rehearsals.count(), library.rehearsals.count_each()) == (0, {})
    for take in takes:
        library.delete(take.id)
    assert library.rehearsals.count(acme.id) == 1


def keep_review_of_silence(workspace: Workspace, take: Take) -> None:
    facts = TranscriptionFacts(status="no_speech", language="en")
    found = review([], Circumstances(None, load_lexicon("en")))
    document = kept_form(assemble_document(take_facts(take), SourceFacts(), facts, found))
    workspace.library.save_transcript(take.id, document)
    workspace.library.save_review(take.id, document)


def test_a_session_that_was_broken_off_does_not_count(workspace: Workspace) -> None:
    held = Held(workspace, prepare_sitting(workspace, "one-way"))
    held.answer()
    held.run.close()
    in_the_last = Held(workspace, prepare_sitting(workspace, "one-way"))
    in_the_last.answer()
    while in_the_last.run.ask_next():
        if in_the_last.run.next_question is not None:
            in_the_last.answer()
    in_the_last.begin()
    in_the_last.say(6)
    in_the_last.run.leave()
    too_few = Held(workspace, prepare_sitting(workspace, "one-way"), questions=4)
    too_few.answer_all()
    assert workspace.library.rehearsals.count() == 0
    assert [each.completed for each in workspace.library.sessions()] == [True, False, False]
    rehearsals = too_few.run.summary().rehearsals
    assert rehearsals is not None
    assert rehearsals.words.startswith("Fewer questions were found than the format asks")


def test_nothing_is_recorded_while_the_question_can_be_heard(workspace: Workspace) -> None:
    held = Held(workspace, prepare_sitting(workspace, "phone"))
    held.run.open_microphone()
    assert held.aloud.said == [("Why one?", "en", 0)]
    assert held.run.is_reading_aloud
    held.clock.advance(600)
    assert held.run.due() is None
    held.aloud.reach_the_end()
    assert (held.run.prep_left_s, held.run.due()) == (5, None)
    held.clock.advance(5)
    assert held.run.due() is DueAction.BEGIN


def test_whoever_begins_early_cuts_the_reading_off_before_the_first_sample(
    workspace: Workspace,
) -> None:
    held = Held(workspace, prepare_sitting(workspace, "phone"))
    held.run.open_microphone()
    held.run.skip()
    assert held.aloud.is_cut_off
    assert held.run.due() is None  # it has not drained yet
    held.say(3)
    held.run.begin()
    assert held.aloud.is_silent
    held.say(6)
    wait_until(lambda: held.run.phase is SessionPhase.RECORDING)
    wait_until(lambda: held.run.elapsed_s >= 5.9)
    assert held.run.finish().take.duration_s == pytest.approx(6, abs=0.01)


def test_whoever_begins_before_the_microphone_is_open_hears_nothing(workspace: Workspace) -> None:
    held = Held(workspace, prepare_sitting(workspace, "phone"))
    held.run.skip()
    held.run.open_microphone()
    assert held.aloud.said == []
    assert held.run.due() is DueAction.BEGIN


@pytest.mark.parametrize(
    ("setting", "name", "is_read"),
    [
        ("formats", "one-way", False),
        ("formats", "panel", True),
        ("never", "panel", False),
        ("always", "one-way", True),
    ],
)
def test_what_is_read_aloud_follows_the_format_and_the_setting(
    workspace: Workspace, setting: str, name: str, is_read: bool
) -> None:
    workspace.use(msgspec.structs.replace(workspace.settings, read_aloud=setting))
    held = Held(workspace, prepare_sitting(workspace, name))
    held.run.open_microphone()
    assert bool(held.aloud.said) is is_read
    held.run.hear_question()
    assert held.aloud.said[-1][0] == "Why one?"
    held.run.close()
    assert held.aloud.is_cut_off


def test_slides_keep_their_times_and_the_questions_their_share(workspace: Workspace) -> None:
    sitting = prepare_sitting(workspace, "presentation", slides=3)
    held = Held(workspace, sitting, questions=3)
    assert held.run.target_s == 900
    held.begin()
    for seconds in (10, 20, 30):
        held.say(seconds)
        wait_until(lambda: held.run.elapsed_s % 10 < 0.01 and held.run.elapsed_s > 0)
        wait_until(lambda: not held.microphones[-1].open or held.run.due() is None)
        held.run.next_slide()
    held.run.next_slide()
    talk = held.run.finish().take
    starts_s = workspace.library.rehearsals.slides(talk.id)
    assert len(starts_s) == 3
    assert starts_s == tuple(sorted(starts_s))
    assert held.run.ask_next()
    held.answer()
    held.run.next_slide()
    assert held.run.target_s == 100
    assert workspace.library.rehearsals.slides(held.run.take_ids[-1]) == ()


def test_a_review_stands_in_its_session_and_is_kept_without_it(workspace: Workspace) -> None:
    held = Held(workspace, prepare_sitting(workspace, "thinking-aloud"), questions=1)
    held.answer(30)
    take = workspace.library.take(held.run.take_ids[0])
    document = make_review_with_pause(11.0)
    placed = place_in_session(workspace.library, workspace.formats, take, document)
    assert placed.occasion is not None
    assert placed.occasion.format == "thinking-aloud"
    assert [one.before for one in placed.occasion.silences] == ["we waited"]
    assert kept_form(placed)["occasion"] is None
    alone = workspace.library.begin_take(None)
    assert place_in_session(workspace.library, workspace.formats, alone, document) == document


def make_review_with_pause(length_s: float) -> ReviewDocument:
    words = (Word("we", 0.1, 0.4), Word("waited", 0.5, 1.0), Word("so", 1 + length_s, 2 + length_s))
    found = review(list(words), Circumstances(None, load_lexicon("en")))
    pause = Finding("pause", "long pause", None, 1.0, 1.0 + length_s, "certain", "signal")
    found = replace(found, findings=(pause,))
    transcription = TranscriptionFacts(status="ok", language="en")
    return assemble_document(None, SourceFacts(), transcription, found)
