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
def editor(workspace: Workspace, take: Take) -> ReviewEditor:
    return ReviewEditor(workspace, take.id)


def find_finding(document: ReviewDocument, label: str) -> Finding:
    return next(finding for finding in document.findings if finding.label == label)


def finding_labels(document: ReviewDocument) -> list[str]:
    return [finding.label for finding in document.findings]


def test_measures_follow_a_correction_and_are_kept(
    workspace: Workspace, editor: ReviewEditor
) -> None:
    before = editor.document.measures
    after = editor.reject_filler(find_finding(editor.document, "um"))
    assert after.measures.fillers.certain == (before.fillers.certain or 0) - 1
    assert after.measures.words == (before.words or 0) + 1
    kept = workspace.library.review(editor.take.id)
    assert kept is not None
    assert parse_review(kept) == after == editor.document
    measured = workspace.library.take(editor.take.id).measures
    assert measured is not None
    assert measured.fillers_certain == after.measures.fillers.certain


def test_the_machines_own_review_and_words_stay(workspace: Workspace, editor: ReviewEditor) -> None:
    original = editor.document
    heard = workspace.library.transcript(editor.take.id)
    editor.replace_word(original.words[3], "server")
    editor.add_filler(2.0, "uh")
    assert editor.compute_original() == original
    assert workspace.library.transcript(editor.take.id) == heard


def test_a_correction_is_there_when_the_take_is_opened_again(
    workspace: Workspace, editor: ReviewEditor
) -> None:
    corrected = editor.replace_word(editor.document.words[3], "server")
    again = ReviewEditor(workspace, editor.take.id)
    assert again.document == corrected
    assert again.can_undo
    assert "server" not in [word.text for word in again.undo().words]


def test_a_ruling_for_always_reaches_the_next_take(
    workspace: Workspace, editor: ReviewEditor
) -> None:
    after = editor.reject_filler_everywhere(find_finding(editor.document, "um"))
    assert "um" not in finding_labels(after)
    later = keep_take(workspace, SHORT)
    assert "um" not in finding_labels(ReviewEditor(workspace, later.id).document)


def test_a_ruling_for_always_is_taken_back_with_the_users_file(
    workspace: Workspace, editor: ReviewEditor
) -> None:
    file = workspace.places.lexicon
    before = editor.document
    editor.reject_filler_everywhere(find_finding(before, "um"))
    assert file.exists()
    assert editor.undo() == before
    assert not file.exists()


def test_steps_of_both_kinds_are_taken_back_in_their_order(editor: ReviewEditor) -> None:
    first = editor.document
    second = editor.reject_filler(find_finding(first, "uh"))
    third = editor.reject_filler_everywhere(find_finding(second, "um"))
    fourth = editor.add_filler(1.0, "er")
    assert len({id(document) for document in (first, second, third, fourth)}) == 4
    assert [editor.undo(), editor.undo(), editor.undo()] == [third, second, first]
    assert not editor.can_undo


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
    assert find_finding(after, "um").certainty == "certain"
    assert find_finding(after, "um").start_s == pytest.approx(hidden.start_s + 0.1, abs=0.5)


def test_without_sound_nothing_is_worked_out_again(
    workspace: Workspace, editor: ReviewEditor, take: Take
) -> None:
    workspace.library.delete_audio(take.id)
    opened = ReviewEditor(workspace, take.id)
    assert opened.document == editor.document
    with pytest.raises(NotFoundError, match="no recording"):
        opened.replace_word(opened.document.words[0], "Then")
    assert workspace.library.annotations.corrections(take.id) == []


def test_a_take_without_a_review_cannot_be_opened(workspace: Workspace) -> None:
    waiting = workspace.library.begin_take(None)
    with pytest.raises(NotFoundError, match="no review yet"):
        ReviewEditor(workspace, waiting.id)


def test_a_second_transcription_keeps_the_corrections(
    workspace: Workspace, editor: ReviewEditor
) -> None:
    word = editor.document.words[3]
    editor.replace_word(word, "server")
    workspace.library.save_transcript(
        editor.take.id, workspace.library.transcript(editor.take.id) or {}
    )
    assert "server" in [word.text for word in review_again(workspace, editor.take.id).words]


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
    editor: ReviewEditor, made: list[Correction]
) -> None:
    original = editor.document
    steps = [original, *(editor.correct(correction) for correction in made)]
    for before in reversed(steps[:-1]):
        assert editor.undo() == before
    assert editor.document == original == editor.compute_original()
