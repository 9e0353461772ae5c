"""`practice report` as it is typed."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.workspace import Workspace
from practice.library.takes import QuestionSnapshot, Take
from tests.support.cli import run
from tests.support.takes import keep_take, words_of

QUESTION = "Why did you leave Acme Corp?"
ANSWER = "So um I left Acme Corp because |0.7 my manager Jane um moved on"


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace(places(), Settings()) as opened:
        yield opened


def keep_answer(workspace: Workspace, answer: str = ANSWER, session_id: str | None = None) -> Take:
    asked = QuestionSnapshot("why-leave-acme-corp", "mine", QUESTION)
    return keep_take(workspace, answer, asked, session_id=session_id)


def keep_session(workspace: Workspace, *answers: str) -> list[Take]:
    session_id = workspace.library.begin_session("practice", None)
    return [keep_answer(workspace, answer, session_id) for answer in answers]


def visible_text(text: str) -> str:
    """What is left of a page without its sound, for a search."""
    return re.sub(r"[\W_]", "", re.sub('data:audio[^"]*', "", text)).lower()


def test_a_page_holds_the_sound_unless_it_is_left_out(workspace: Workspace, tmp_path: Path) -> None:
    keep_answer(workspace)
    whole, quiet = tmp_path / "whole.html", tmp_path / "quiet.html"
    assert run("report", "last", "--format", "html", "-o", str(whole)).code == 0
    assert run("report", "last", "--format", "html", "-o", str(quiet), "--no-audio").code == 0
    assert 'src="data:audio/webm;base64,' in whole.read_text()
    assert "data:audio" not in quiet.read_text()
    assert whole.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("form", ["html", "md", "json", "txt", "srt", "vtt", "csv"])
def test_no_form_that_is_shared_holds_a_name(workspace: Workspace, form: str) -> None:
    take = keep_answer(workspace)
    workspace.library.annotations.note(take.id, "Jane would like this; never say Acme.")
    workspace.close()
    assert run("settings", "masked_names", "Acme Corp, Acme").code == 0
    done = run("report", "last", "--format", form, "--share", "--mask", "jane")
    assert done.code == 0
    assert not re.search("acme|jane", visible_text(done.out))
    assert "(masked)" in done.out
    assert "look and listen before you send it" in done.err


def test_a_reader_is_asked_what_the_user_wants_to_know(workspace: Workspace) -> None:
    keep_answer(workspace)
    assert "Where did you lose me?" in run("report", "last", "--share").out
    asked = run("report", "last", "--share", "--ask", "Did I sound calm?").out
    assert "Did I sound calm?" in asked
    assert "lose me" not in asked
    assert "question to you" not in run("report", "last", "--share", "--ask", " ").out


def test_names_without_share_are_refused_rather_than_forgotten(workspace: Workspace) -> None:
    keep_answer(workspace)
    done = run("report", "last", "--mask", "Acme")
    assert done.code == 2
    assert "add --share" in done.err


def test_a_report_that_is_shared_without_a_name_says_that_none_is_masked(
    workspace: Workspace,
) -> None:
    keep_answer(workspace)
    assert "no name is masked" in run("report", "last", "--share", "--mask", " , ").err


def test_markdown_begins_with_properties_that_a_vault_can_sort_by(workspace: Workspace) -> None:
    keep_answer(workspace)
    keep_answer(workspace)
    text = run("report", "last", "--format", "md").out
    _, head, body = text.split("---\n", 2)
    facts = yaml.safe_load(head)
    assert facts["title"] == QUESTION
    assert facts["question_id"] == "why-leave-acme-corp"
    assert facts["take"] == 2
    assert facts["fillers_at_least"] == 2
    assert facts["tags"] == ["practice"]
    assert "## Takes of this question so far" in body


def test_subtitles_can_go_without_fillers(workspace: Workspace) -> None:
    keep_answer(workspace)
    assert "So um I left" in run("report", "last", "--format", "srt").out
    assert "So I left" in run("report", "last", "--format", "vtt", "--no-fillers").out


def test_every_take_is_written_and_one_that_cannot_be_stops_none(
    workspace: Workspace, tmp_path: Path
) -> None:
    takes = [keep_answer(workspace) for _ in range(3)]
    workspace.library.save_review(takes[1].id, {})
    done = run("report", "--all", "--format", "md", "-o", str(tmp_path / "notes"))
    assert done.code == 5
    assert "2 of 3 takes" in done.err
    assert "the review cannot be read" in done.err
    names = {path.name for path in (tmp_path / "notes").iterdir()}
    assert names == {f"{takes[0].id}.md", f"{takes[2].id}.md", "measures.csv"}
    rows = list(csv.DictReader(io.StringIO((tmp_path / "notes" / "measures.csv").read_text())))
    assert [row["number"] for row in rows] == ["1", "3"]
    assert {row["fillers_certain"] for row in rows} == {"2"}


def test_a_session_is_one_page_with_a_player_for_each_answer(workspace: Workspace) -> None:
    keep_session(workspace, ANSWER, "I said it in fewer words this time and stopped")
    text = run("report", "--session", "last", "--format", "html").out
    assert text.count("<article") == 2
    assert text.count("<audio") == 2
    assert "Practice session of" in text


def test_the_measures_of_a_session_are_a_table_over_time(workspace: Workspace) -> None:
    first, second = keep_session(workspace, ANSWER, "I said it in fewer words")
    rows = list(
        csv.DictReader(io.StringIO(run("report", "--session", "last", "--format", "csv").out))
    )
    assert [row["take"] for row in rows] == [first.id, second.id]
    assert [int(row["words"]) for row in rows] == [len(words_of(ANSWER)) - 2, 6]


def test_a_session_as_json_holds_every_review(workspace: Workspace) -> None:
    takes = keep_session(workspace, ANSWER, "I said it in fewer words")
    document = json.loads(run("report", "--session", "last", "--format", "json").out)
    assert document["schema"] == 1
    assert document["session"]["mode"] == "practice"
    assert [review["take"]["id"] for review in document["reviews"]] == [take.id for take in takes]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name one take"),
        (("last", "--all"), "name one take"),
        (("--all",), "writes a folder"),
        (("--session", "last", "--format", "srt"), "a session has no srt"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(
    workspace: Workspace, arguments: tuple[str, ...], said: str
) -> None:
    done = run("report", *arguments)
    assert done.code == 2
    assert said in done.err


def test_a_session_that_is_not_there_is_said(workspace: Workspace) -> None:
    done = run("report", "--session", "last")
    assert done.code == 1
    assert "no session" in done.err


def test_the_ending_of_the_file_says_its_form(workspace: Workspace, tmp_path: Path) -> None:
    keep_answer(workspace)
    page, notes = tmp_path / "x.html", tmp_path / "x.MD"
    assert run("report", "last", "-o", str(page)).code == 0
    assert page.read_text().startswith("<!doctype html>")
    assert run("report", "last", "-o", str(notes)).code == 0
    assert notes.read_text().startswith("---\n")
    assert run("report", "last", "-o", str(tmp_path / "bare")).code == 0
    assert "speaking time" in (tmp_path / "bare").read_text()


def test_an_ending_that_means_nothing_is_refused_in_words(
    workspace: Workspace, tmp_path: Path
) -> None:
    keep_answer(workspace)
    done = run("report", "last", "-o", str(tmp_path / "x.docx"))
    assert done.code == 2
    assert "a report cannot be written as .docx" in done.err
    assert ".html, .md" in done.err
    assert list(tmp_path.glob("x.*")) == []
    given = run("report", "last", "--format", "txt", "-o", str(tmp_path / "x.docx"))
    assert given.code == 0


@pytest.mark.parametrize("form", ["html", "md", "json", "txt", "csv"])
def test_what_is_shared_holds_no_notes_and_no_rating(workspace: Workspace, form: str) -> None:
    take = keep_answer(workspace)
    workspace.library.annotations.note(take.id, "Forgot the result.")
    workspace.library.annotations.rate(take.id, 3)
    workspace.library.annotations.star(take.id, starred=True)
    workspace.close()
    shared = run("report", "last", "--format", form, "--share").out
    assert "Forgot the result" not in shared
    assert not re.search(r"3 of 4|[Rr]ated|one of the best|rating: 3|starred: true", shared)
    assert "Test" not in shared
    assert "recordings" not in shared
    if form in {"html", "md", "txt"}:
        whole = run("report", "last", "--format", form, "--share", "--notes").out
        assert "Forgot the result" in whole
        assert "3 of 4" in whole
