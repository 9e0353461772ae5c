from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice.base.errors import NotFoundError
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.correcting import ReviewEditor
from practice.core.reviewing import compute_review
from practice.core.workspace import Workspace
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument, parse_review
from practice.library.takes import Correction, Take
from tests.support.takes import keep_take

SHORT = (
    "|0.4 So, um, when I worked there we had like a week |0.9 and, uh, they all said no to us in"
    " the end, maybe because I I asked"
)
Change = Callable[[ReviewEditor], ReviewDocument]


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace(places(), Settings(model="demo")) as opened:
        yield opened


@pytest.fixture
def take(workspace: Workspace) -> Take:
    return keep_take(workspace, SHORT)


@pytest.fixture
def revision(workspace: Workspace, take: Take) -> ReviewEditor:
    return ReviewEditor(workspace, take.id)


def found(document: ReviewDocument, label: str) -> Finding:
    return next(finding for finding in document.findings if finding.label == label)


def labels(document: ReviewDocument) -> list[str]:
    return [finding.label for finding in document.findings]


def test_measures_follow_a_correction_and_are_kept(
    workspace: Workspace, revision: ReviewEditor
) -> None:
    before = revision.document.measures
    after = revision.reject_filler(found(revision.document, "um"))
    assert after.measures.fillers.certain == (before.fillers.certain or 0) - 1
    assert after.measures.words == (before.words or 0) + 1
    kept = workspace.library.review(revision.take.id)
    assert kept is not None
    assert parse_review(kept) == after == revision.document
    measured = workspace.library.take(revision.take.id).measures
    assert measured is not None
    assert measured.fillers_certain == after.measures.fillers.certain


def test_the_machines_own_review_and_words_stay(
    workspace: Workspace, revision: ReviewEditor
) -> None:
    original = revision.document
    heard = workspace.library.transcript(revision.take.id)
    revision.replace_word(original.words[3], "server")
    revision.add_filler(2.0, "uh")
    assert revision.compute_original() == original
    assert workspace.library.transcript(revision.take.id) == heard


def test_a_correction_is_there_when_the_take_is_opened_again(
    workspace: Workspace, revision: ReviewEditor
) -> None:
    corrected = revision.replace_word(revision.document.words[3], "server")
    again = ReviewEditor(workspace, revision.take.id)
    assert again.document == corrected
    assert again.can_undo
    assert "server" not in [word.text for word in again.undo().words]


def test_a_ruling_for_always_reaches_the_next_take(
    workspace: Workspace, revision: ReviewEditor
) -> None:
    after = revision.reject_filler_everywhere(found(revision.document, "um"))
    assert "um" not in labels(after)
    later = keep_take(workspace, SHORT)
    assert "um" not in labels(ReviewEditor(workspace, later.id).document)


def test_a_ruling_for_always_is_taken_back_with_the_users_file(
    workspace: Workspace, revision: ReviewEditor
) -> None:
    file = workspace.places.lexicon
    before = revision.document
    revision.reject_filler_everywhere(found(before, "um"))
    assert file.exists()
    assert revision.undo() == before
    assert not file.exists()


def test_steps_of_both_kinds_are_taken_back_in_their_order(revision: ReviewEditor) -> None:
    first = revision.document
    second = revision.reject_filler(found(first, "uh"))
    third = revision.reject_filler_everywhere(found(second, "um"))
    fourth = revision.add_filler(1.0, "er")
    assert len({id(document) for document in (first, second, third, fourth)}) == 4
    assert [revision.undo(), revision.undo(), revision.undo()] == [third, second, first]
    assert not revision.can_undo


def test_a_possible_filler_of_the_sound_is_confirmed_where_it_was_heard(
    workspace: Workspace,
) -> None:
    from tests.support.takes import words_of

    spoken = words_of(
        "|0.4 we built it |0.3 um |0.3 for the team and they used it for a year or so"
    )
    take = keep_take(workspace, words=[word for word in spoken if word.text != "um"])
    hidden = next(word for word in spoken if word.text == "um")
    revision = ReviewEditor(workspace, take.id)
    after = revision.add_filler(hidden.start_s + 0.1, "um")
    assert found(after, "um").certainty == "certain"
    assert found(after, "um").start_s == pytest.approx(hidden.start_s + 0.1, abs=0.5)


def test_without_sound_nothing_is_worked_out_again(
    workspace: Workspace, revision: ReviewEditor, take: Take
) -> None:
    workspace.library.delete_audio(take.id)
    opened = ReviewEditor(workspace, take.id)
    assert opened.document == revision.document
    with pytest.raises(NotFoundError, match="no recording"):
        opened.replace_word(opened.document.words[0], "Then")
    assert workspace.library.annotations.corrections(take.id) == []


def test_a_take_without_a_review_cannot_be_opened(workspace: Workspace) -> None:
    waiting = workspace.library.begin_take(None)
    with pytest.raises(NotFoundError, match="no review yet"):
        ReviewEditor(workspace, waiting.id)


def test_a_second_transcription_keeps_the_corrections(
    workspace: Workspace, revision: ReviewEditor
) -> None:
    word = revision.document.words[3]
    revision.replace_word(word, "server")
    workspace.library.save_transcript(
        revision.take.id, workspace.library.transcript(revision.take.id) or {}
    )
    assert "server" in [word.text for word in review_again(workspace, revision.take.id).words]


def review_again(workspace: Workspace, take_id: str) -> ReviewDocument:
    """What a retry judges, without hearing again."""
    from practice.audio import codec
    from practice.delivery.signal.features import extract_features
    from practice.documents import transcript
    from practice.library.takes import sound_of

    take = workspace.library.take(take_id)
    kept = workspace.library.transcript(take_id)
    assert kept is not None
    hearing = transcript.from_document(kept)
    sound = extract_features(codec.decode(sound_of(take)), hearing.speech_probability)
    corrections = workspace.library.annotations.corrections(take_id)
    return compute_review(workspace, take, sound_of(take), hearing, sound, corrections)


times_s = st.floats(0, 12, allow_nan=False)
corrections = st.builds(
    lambda kind, start_s, length_s, text: Correction(kind, start_s, start_s + length_s, text),
    st.sampled_from(["not_filler", "filler", "word"]),
    times_s,
    st.floats(0, 1.5),
    st.sampled_from(["", "um", "like", "you know", "a [/x] \x1b[31m", "ß  é", "..."]),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=st.lists(corrections, min_size=1, max_size=4))
def test_whatever_is_corrected_undoing_all_of_it_gives_the_original_review(
    revision: ReviewEditor, made: list[Correction]
) -> None:
    original = revision.document
    steps = [original, *(revision.correct(correction) for correction in made)]
    for before in reversed(steps[:-1]):
        assert revision.undo() == before
    assert revision.document == original == revision.compute_original()
