"""Stories on the command line: the file, what is known of each, and a telling."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from practice.base.paths import places
from tests.support.cli import finish, read_until, run, start
from tests.support.virtual_microphone import VirtualMicrophone

TODAY = datetime.now(UTC).date()
BANK = """title: Mine
questions:
  - {id: lead, text: Tell me about a time you led., kind: behavioural, competency: leading}
"""


@pytest.fixture(autouse=True)
def in_one_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


@pytest.mark.usefixtures("home")
def test_stories_are_written_changed_listed_and_deleted() -> None:
    assert "there is no story yet" in run("stories", "list").err
    done = run(
        "stories", "new", "The night shift", "--situation", "In 2021 it was loud. It got worse.",
        "--number", "from 9 to 4", "--competency", "Teamwork", "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert done.document["story"]["id"] == "the-night-shift"
    path = places().stories
    path.write_text(path.read_text().replace("    number:", "    # a week\n    number:"))
    assert run("stories", "edit", "The Night Shift", "--result", "Fewer calls: 5").code == 0
    assert "    # a week\n    number: from 9 to 4\n" in path.read_text()
    shown = run("stories", "show", "the-night-shift", "--json").document["story"]
    assert shown["first_sentence"] == "In 2021 it was loud."
    assert (shown["result"], shown["without_notes"], shown["takes"]) == ("Fewer calls: 5", 0, [])
    assert "not told yet" in run("stories", "show", "the night shift").out
    # What is asked about in the next round and has no story is a gap.
    (places().banks).mkdir(parents=True)
    (places().banks / "mine.yaml").write_text(BANK)
    when = f"{TODAY + timedelta(days=5)} 10:00"
    done = run(
        "interviews", "add", "Acme", "--round", "panel", "--when", when,
        "--story", "the night shift", "--json",
    )  # fmt: skip
    assert done.document["interview"]["stories"] == ["the-night-shift"]
    listed = run("stories", "list", "--json").document
    gaps = [row["competency"] for row in listed["competencies"] if row["is_gap"]]
    assert "leading" in gaps
    assert "leading (1)" in run("stories", "list").err or len(gaps) > 8
    due = run("due", "--minutes", "240", "--json").document["due"]
    assert [(item["question_id"], item["why"]) for item in due if item["kind"] == "story"] == [
        ("the-night-shift", "a story for Acme, panel")
    ]
    done = run("stories", "delete", "the-night-shift", "--yes")
    assert "its takes stay" in done.err
    assert run("stories", "list", "--json").document["stories"] == []


@pytest.mark.usefixtures("home")
def test_problems_are_listed_with_their_lines_and_nothing_is_overwritten(tmp_path: Path) -> None:
    assert run("stories", "check").err == "no problems\n"
    path = places().stories
    path.parent.mkdir(parents=True, exist_ok=True)
    wrong = "stories:\n  - titel: One\n  - title: Two\n    target_s: long\n"
    path.write_text(wrong)
    done = run("stories", "check", "--json")
    assert done.code == 1
    assert [each["line"] for each in done.document["problems"]] == [2, 4]
    for command in (("new", "Three"), ("list",), ("delete", "two", "--yes")):
        done = run("stories", *command)
        assert done.code == 1
        assert f"{path}:2:5" in done.err
        assert "practice stories check" in done.err
    assert path.read_text() == wrong
    other = tmp_path / "other.yaml"
    other.write_text("questions: []\n")
    assert "unknown key" in run("stories", "check", str(other)).out


@pytest.mark.sound_server
def test_a_story_is_told_without_notes_and_is_due_no_more(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    environment = virtual_microphone.environment
    speech = tmp_path / "speech.wav"
    text = "it was on a small team at the bank, and we had a problem, and then I worked on it. " * 2
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(speech), text], check=True)
    assert run("stories", "new", "The bank", environment=environment).code == 0
    due = run("due", "--minutes", "240", "--json", environment=environment).document["due"]
    assert [item["question_id"] for item in due if item["kind"] == "story"] == ["the-bank"]
    process = start(
        "stories", "tell", "the-bank", "--plain", "--device", "pulse", "--model", "demo",
        environment=environment,
    )  # fmt: skip
    assert process.stdin is not None
    for awaited, typed in (
        ("seconds to think", ""), ("recording; Enter", None), ("v review", ""),
        ("told without notes?", "n"),
    ):  # fmt: skip
        read_until(process, awaited)
        if typed is None:
            virtual_microphone.speak(speech)
        process.stdin.write(f"{typed or ''}\n")
        process.stdin.flush()
    done = finish(process)
    assert done.code == 0, done.err
    (story,) = run("stories", "list", "--json", environment=environment).document["stories"]
    assert (story["without_notes"], len(story["takes"])) == (1, 1)
    assert story["best_s"] == story["takes"][0]["duration_s"]
    assert run("due", "--minutes", "240", "--json", environment=environment).document["due"] == []
    take = story["takes"][0]["take_id"]
    said = run("stories", "say", take, "with", "--json", environment=environment).document
    assert said["telling"]["notes"] == "with"
    shown = run("takes", "show", take, environment=environment).out
    assert "Tells the story “The bank”, with notes." in shown
    # The take stays where its story goes.
    assert run("stories", "delete", "the-bank", "--yes", environment=environment).code == 0
    assert take in run("takes", "list", environment=environment).out
