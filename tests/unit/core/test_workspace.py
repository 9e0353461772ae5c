"""What a take could be heard anew with."""

import shutil
from dataclasses import replace
from pathlib import Path

from practice import demo
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.workspace import Workspace
from practice.documents.review import TranscriptionFacts
from practice.library.takes import TakeState
from tests.support.takes import keep_take

BEFORE = TranscriptionFacts(status="ok", model="base.en", language="en", text="So we left.")


def test_a_take_heard_without_asking_for_ums_can_be_heard_anew(home: Path) -> None:
    model = home / "mine"
    shutil.copytree(demo.MODEL_FOLDER, model)
    with Workspace(places(), Settings(), model=str(model)) as workspace:
        take = replace(keep_take(workspace, "So we left"), audio=home / "take.flac")
        assert take.state is TakeState.REVIEWED
        assert workspace.hears_more_now(take, BEFORE)
        assert not workspace.hears_more_now(take, replace(BEFORE, verbatim=True))
        assert not workspace.hears_more_now(take, replace(BEFORE, model=None))
        assert not workspace.hears_more_now(replace(take, audio=None), BEFORE)


def test_the_terms_of_a_question_are_named_to_the_model(home: Path) -> None:
    model = home / "mine"
    shutil.copytree(demo.MODEL_FOLDER, model)
    with Workspace(places(), Settings(), model=str(model)) as workspace:
        prompt = workspace.transcription_options(terms=["tokenizer"]).prompt
    assert prompt is not None
    assert prompt.startswith("tokenizer. Um")


def test_the_demo_model_is_asked_for_nothing(home: Path) -> None:
    with Workspace(places(), Settings(model="demo")) as workspace:
        assert workspace.transcription_options().prompt is None
        assert not workspace.hears_more_now(keep_take(workspace, "So we left"), BEFORE)
