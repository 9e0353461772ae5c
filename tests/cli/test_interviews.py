"""Interviews, debriefs, open questions and what is due, on the command line."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from practice.base.paths import places
from practice.questions.bank_file.reading import read_bank
from tests.support.cli import finish, run, start

pytestmark = pytest.mark.usefixtures("home")

TODAY = datetime.now(UTC).date()
YESTERDAY = TODAY - timedelta(days=1)
LINES = """the numbers
4
Why do you want to work here of all places?

r
the team size
Where is the door?
o

clear

"""
"""What a person types in a debrief: what went well, how it felt, two questions, what they said."""


@pytest.fixture(autouse=True)
def in_one_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


def add(company: str, day: date, *options: str) -> str:
    done = run("interviews", "add", company, "--when", f"{day} 10:00", *options, "--json")
    assert done.code == 0, done.err
    interview = done.document["interview"]
    assert interview["when"] == f"{day} 10:00"
    return str(interview["id"])


def test_interviews_are_kept_changed_listed_and_deleted() -> None:
    assert run("interviews", "list").err.startswith("there is no interview yet")
    known = add("Acme", TODAY + timedelta(days=3), "--round", "panel", "--person", "Ana")
    done = run("interviews", "edit", "next", "--role", "Engineer", "--when", "none", "--json")
    assert done.document["interview"]["role"] == "Engineer"
    assert done.document["interview"]["when"] is None
    assert done.document["interview"]["people"] == ["Ana"]
    (listed,) = run("interviews", "list", "--json").document["interviews"]
    assert listed["id"] == known
    assert run("interviews", "delete", "acme", "--yes").code == 0
    assert run("interviews", "list", "--json").document["interviews"] == []
    assert run("interviews", "show", "acme").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "  "), "needs a company"),
        (("add", "Acme", "--when", "soon"), "not understood as a day or time"),
        (("add", "Acme", "--round", "tea"), "tea"),
        (("show", "next"), "there is no interview"),
        (("debrief", "Acme", "--asked", "r:"), "there is no interview"),
    ],
)
def test_what_makes_no_sense_is_said_with_a_remedy(arguments: tuple[str, ...], said: str) -> None:
    done = run("interviews", *arguments)
    assert done.code in {1, 2}
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_debrief_is_asked_line_by_line_and_ends_with_a_plan() -> None:
    add("Acme", YESTERDAY, "--round", "panel")
    done = finish(start("interviews", "debrief"), LINES)
    assert done.code == 0, done.err
    assert done.out == "1 question to say well: tomorrow, 3 minutes.\n"
    shown = run("interviews", "show", "last", "--json").document
    assert shown["debrief"]["went_well"] == "the numbers"
    assert shown["debrief"]["felt"] == 4
    assert shown["debrief"]["said_about_me"] == "clear"
    assert [(each["text"], each["rating"], each["wish"]) for each in shown["asked"]] == [
        ("Why do you want to work here of all places?", "rough", "the team size"),
        ("Where is the door?", "okay", ""),
    ]
    bank = read_bank(places().banks / "asked.yaml")
    assert "Where is the door?" in {question.text for question in bank.questions}
    assert bank.questions[0].source.startswith("Acme, panel, ")
    assert "I wish I had said: the team size" in run("interviews", "show", "last").out


def test_what_was_typed_before_an_end_is_kept_and_gone_on_with() -> None:
    add("Acme", YESTERDAY)
    process = start("interviews", "debrief")
    assert process.stdin is not None
    process.stdin.write("the numbers\n2\nWhy us, of all?\n")
    process.stdin.flush()
    while "How was your answer" not in _kept(process):
        pass
    process.kill()
    process.communicate()
    shown = run("interviews", "show", "last", "--json").document
    assert shown["debrief"]["went_well"] == "the numbers"
    assert [each["text"] for each in shown["asked"]] == ["Why us, of all?"]
    assert shown["debrief"]["finished_at"] is None
    done = finish(start("interviews", "debrief"), "\n\n\n\n\n")
    assert "kept: Why us, of all?" in done.err
    assert run("interviews", "show", "last", "--json").document["debrief"]["felt"] == 2


def _kept(process: object, seen: list[str] = []) -> str:  # noqa: B006 - what was read so far
    seen.append(process.stderr.read(1))  # type: ignore[attr-defined]
    return "".join(seen)


def test_a_script_gives_everything_at_once() -> None:
    add("Acme", YESTERDAY)
    done = run(
        "interviews", "debrief", "acme", "--felt", "2", "--asked", "r: Why us, of all?",
        "--asked", "And the salary?", "--json",
    )  # fmt: skip
    (opened,) = done.document["plan"]["opened"]
    assert opened["text"] == "Why us, of all?"
    (listed,) = run("open", "list", "--json").document["open_questions"]
    assert listed["id"] == opened["id"]
    assert run("due", "--json").document["due"] == []  # the first comes tomorrow
    judged = run("open", "say", str(opened["id"]), "well", "--json").document["open_question"]
    assert judged["said_well_on"] == [TODAY.isoformat()]
    assert judged["closed_at"] is None
    assert run("open", "close", str(opened["id"])).code == 0
    assert run("open", "list").err == "No question is open.\n"


def test_what_belongs_to_the_next_interview_is_due_until_one_rests() -> None:
    add("Acme", TODAY + timedelta(days=3), "--round", "panel")
    due = run("due", "--minutes", "5", "--json").document["due"]
    assert due
    assert {item["why"] for item in due} == {"for Acme, panel"}
    assert sum(item["target_s"] + 60 for item in due) < 5 * 60 + 180
    done = run("interviews", "outcome", "acme", "rejected", "--reason", "none given", "--rest", "2")
    assert done.code == 0
    assert "Resting until" in run("due").err
    shown = run("interviews", "show", "acme", "--json").document
    assert shown["outcome"]["reason"] == "none given"
    assert run("interviews", "outcome", "acme", "waiting", "--rest", "0").code == 0
    assert run("due", "--minutes", "5", "--json").document["due"] == due


def test_no_word_of_a_deleted_interview_is_left_in_the_home(home: Path) -> None:
    add("Zwetschgenkuchen", YESTERDAY, "--notes", "Zwetschgenkuchen")
    run("interviews", "debrief", "last", "--went-well", "Zwetschgenkuchen")
    assert run("interviews", "delete", "last", "--yes").code == 0
    for file in home.rglob("*"):
        assert not file.is_file() or b"Zwetschgenkuchen" not in file.read_bytes(), file


TRANSCRIPT = "[00:05] Anna: Hello, can you hear me?\n[01:10] Anna: Why did you leave Initech?\n"
TRANSCRIPT += "[02:00] Me: It was time.\n[03:00] Anna: Tell me about a time you failed.\n"


def test_questions_of_a_transcript_are_listed_for_a_script(tmp_path: Path) -> None:
    add("Acme", YESTERDAY)
    file = tmp_path / "talk.txt"
    file.write_text(TRANSCRIPT)
    done = run("interviews", "debrief", "acme", "--from", str(file), "--json")
    assert done.document["plan"] is None
    assert done.document["offered"] == [
        {"text": "Why did you leave Initech?", "start_s": 70.0},
        {"text": "Tell me about a time you failed.", "start_s": 180.0},
    ]
    assert not run("interviews", "show", "acme", "--json").document["interview"]["debriefed"]
    run("interviews", "debrief", "acme", "--asked", "r: Why did you leave Initech?")
    again = run("interviews", "debrief", "acme", "--from", str(file), "--json").document
    assert [each["text"] for each in again["offered"]] == ["Tell me about a time you failed."]


def test_questions_of_a_transcript_are_taken_or_left_line_by_line(tmp_path: Path) -> None:
    add("Acme", YESTERDAY)
    file = tmp_path / "talk.txt"
    file.write_text(TRANSCRIPT.replace("Tell me about a time you failed.", "Is the zebra yours?"))
    # What went well, how it felt; y, rough, a wish; no; no more; said; surprised.
    lines = "\n\ny\nr\nmore calm\n\n\n\n\n"
    done = finish(start("interviews", "debrief", "acme", "--from", str(file)), lines)
    assert done.code == 0, done.err
    assert "only if everybody agreed" in done.err
    assert "1 of 2 1:10  Why did you leave Initech?" in done.err
    (asked,) = run("interviews", "show", "acme", "--json").document["asked"]
    assert asked["text"] == "Why did you leave Initech?"
    assert (asked["rating"], asked["wish"]) == ("rough", "more calm")


def test_a_file_without_sound_or_text_is_refused_with_what_is_wanted(tmp_path: Path) -> None:
    add("Acme", YESTERDAY)
    file = tmp_path / "talk.mp3"
    file.write_bytes(b"ID3")
    done = run("interviews", "debrief", "acme", "--from", str(file), "--model", "demo")
    assert done.code == 1
    assert "talk.mp3" in done.err
    assert "give a recording, or a transcript as .txt" in done.err
    gone = run("interviews", "debrief", "acme", "--from", "gone.mp3", "--model", "demo")
    assert gone.code == 1
    assert "give a recording" not in gone.err


def test_a_recording_without_a_model_is_refused_before_it_is_read(tmp_path: Path) -> None:
    add("Acme", YESTERDAY)
    file = tmp_path / "talk.wav"
    soundfile.write(file, np.zeros(8000), 8000)
    done = run("interviews", "debrief", "acme", "--from", str(file))
    assert done.code == 4
    assert "practice models get" in done.err


@pytest.mark.parametrize("other", [("--felt", "3"), ("--voice",), ("--take", "last")])
def test_one_way_is_taken_at_a_time(other: tuple[str, ...]) -> None:
    add("Acme", YESTERDAY)
    assert run("interviews", "debrief", "acme", "--from", "talk.txt", *other).code == 2


def test_an_advert_in_an_older_encoding_is_read_and_what_is_no_text_is_refused(
    tmp_path: Path,
) -> None:
    add("Acme", TODAY + timedelta(days=3))
    advert = tmp_path / "advert.txt"
    text = (
        "Développeur confirmé à Orléans. Vous êtes autonome, vous aimez les défis et vous avez déjà"
        " travaillé dans une équipe où l'on décide ensemble. Télétravail possible, après l'été."
    )
    advert.write_bytes(text.encode("cp1252"))
    assert run("interviews", "edit", "acme", "--advert", str(advert)).code == 0
    shown = run("interviews", "show", "acme", "--json").document["interview"]
    assert shown["advert"].startswith("Développeur confirmé à Orléans")
    advert.write_bytes(bytes(range(256)) * 20)
    refused = run("interviews", "edit", "acme", "--advert", str(advert), "--json")
    assert refused.code == 2
    assert "Traceback" not in refused.err
    assert run("interviews", "edit", "acme", "--advert", str(tmp_path)).code == 1


@pytest.mark.parametrize("ending", ["rejected", "withdrew", "offer"])
def test_nothing_is_due_for_an_interview_that_ended_before_its_day(ending: str) -> None:
    add("Acme", TODAY + timedelta(days=3), "--round", "panel")
    assert "Acme" in run("due").out
    run("interviews", "outcome", "acme", ending)
    assert "Acme" not in run("due").out


def test_an_answer_that_is_none_is_asked_for_again_and_none_is_made_up() -> None:
    add("Acme", YESTERDAY)
    # What went well, how it felt; a question, how it went; no more; said, surprised.
    done = finish(start("interviews", "debrief", "acme"), "\nabc\n9\n4\nWhy us?\nzebra\n\n\n\n\n")
    assert done.code == 0, done.err
    assert done.err.count("is none of these") == 3
    shown = run("interviews", "show", "acme", "--json").document
    assert shown["debrief"]["felt"] == 4
    assert [each["rating"] for each in shown["asked"]] == [None]


LIST = """1. Why do you want to leave Initech?
2) Tell me about a zeppelin that you built.
- How do you test a zeppelin?
"""


def test_a_list_that_is_pasted_becomes_a_question_a_line() -> None:
    add("Acme", YESTERDAY)
    # Behind the list nothing but Enter: not rated, yes, none of the known ones, no more.
    typed = f"\n4\n{LIST}" + "\n" * 12
    done = finish(start("interviews", "debrief", "acme"), typed)
    assert done.code == 0, done.err
    asked = run("interviews", "show", "acme", "--json").document["asked"]
    assert [each["text"] for each in asked] == [
        "Why do you want to leave Initech?",
        "Tell me about a zeppelin that you built.",
        "How do you test a zeppelin?",
    ]
    assert "pasted too: How do you test a zeppelin?" in done.err


def test_what_has_several_lines_is_shown_in_lines() -> None:
    add("Acme", YESTERDAY, "--notes", "bring the keys\nask for Ana\n\nbe early")
    run("interviews", "debrief", "acme", "--surprises", "one\ntwo", "--felt", "3")
    shown = run("interviews", "show", "acme").out
    assert "  notes          bring the keys\n                 ask for Ana\n\n" in shown
    assert "\n                 be early\n" in shown
    assert "  surprises      one\n                 two\n" in shown


def test_a_list_cuts_a_very_long_text_and_show_has_it_whole() -> None:
    long = "why " * 2_500
    add(f"Acme {long}", YESTERDAY)
    run("interviews", "debrief", "last", "--asked", f"r:{long}?")
    for command in (("interviews", "list"), ("open", "list"), ("search", "why")):
        for line in run(*command).out.splitlines():
            assert len(line) < 2_100, command
    assert len(run("interviews", "list").out) < 600
    assert long.strip() in run("interviews", "show", "last").out
    (listed,) = run("open", "list", "--json").document["open_questions"]
    assert len(listed["text"]) > 9_000


def test_the_list_is_in_the_order_of_the_app_and_no_name_is_suggested_twice() -> None:
    for company, days in (("Old", -9), ("Acme", 2), ("Last", -1), ("Acme", 5)):
        add(company, TODAY + timedelta(days=days))
    assert run("interviews", "add", "Dayless").code == 0
    listed = run("interviews", "list", "--json").document["interviews"]
    names = [each["company"] for each in listed]
    assert names == ["Acme", "Acme", "Dayless", "Last", "Old"]
    assert listed[0]["when"] == f"{TODAY + timedelta(days=2)} 10:00"
    assert run("interviews", "show", "acne").err.count("acme") == 1


@pytest.mark.parametrize("name", ["gone", "."])
def test_a_recording_that_is_not_there_is_said_before_a_model_is_asked_for(name: str) -> None:
    add("Acme", YESTERDAY)
    done = run("interviews", "debrief", "acme", "--from", name)
    assert done.code == 1
    assert "models get" not in done.err


def test_commands_at_once_lose_nothing_of_each_other(home: Path) -> None:
    add("Acme", YESTERDAY)
    asked = [f"Why number {number}?" for number in range(4)]
    running = [start("interviews", "debrief", "acme", "--asked", f"r:{text}") for text in asked]
    running.append(start("interviews", "debrief", "acme", "--went-well", "the numbers"))
    running.append(start("interviews", "edit", "acme", "--role", "Cook"))
    running.append(start("interviews", "edit", "acme", "--notes", "be early"))
    running += [start("interviews", "add", f"Globex {number}") for number in range(2)]
    for done in map(finish, running):
        assert (done.code, "Traceback" in done.err) == (0, False), done.err
    shown = run("interviews", "show", "acme", "--json").document
    assert sorted(each["text"] for each in shown["asked"]) == asked
    assert {each["bank"] for each in shown["asked"]} == {"asked"}
    assert shown["debrief"]["went_well"] == "the numbers"
    facts = shown["interview"]
    assert (facts["role"], facts["notes"]) == ("Cook", "be early")
    assert len(run("interviews", "list", "--json").document["interviews"]) == 3
    bank = read_bank(places().banks / "asked.yaml")
    assert sorted(question.text for question in bank.questions) == asked
    assert len(run("open", "list", "--json").document["open_questions"]) == 4


def test_terms_are_offered_chosen_in_lines_and_printed(tmp_path: Path) -> None:
    advert = tmp_path / "advert.txt"
    advert.write_text("Requirements\n- wound care\n- triage\nWe do wound care \x1b[2J[red]daily.\n")
    add("Acme", TODAY + timedelta(days=3), "--advert", str(advert))
    shown = run("interviews", "terms", "next")
    assert "  wound care (2 times, asked for)" in shown.out.splitlines()
    assert "\x1b" not in shown.out
    done = finish(start("interviews", "terms", "next", "--choose", "--add", "SBAR"), "y\n\nq\n")
    assert "1 of" in done.err
    assert "  wound care: no take yet" in done.out.splitlines()
    kept = run("interviews", "terms", "next", "--remove", "sbar", "--remove", "tea", "--json")
    assert "'tea' was not among them" in kept.err
    assert [use["term"] for use in kept.document["terms"]] == ["wound care"]
    assert "wound care" not in [each["text"] for each in kept.document["offered"]]
    without = add("Globex", TODAY + timedelta(days=9))
    assert f"there is no advert yet: practice interviews edit {without}" in (
        run("interviews", "terms", "globex").err
    )


def test_what_fits_into_the_minutes_is_done_and_more_is_offered(tmp_path: Path) -> None:
    add("Acme", TODAY + timedelta(days=3), "--round", "panel")
    first = run("due", "--minutes", "1", "--json").document["due"]
    assert len(first) == 1
    where = f"{first[0]['bank']}/{first[0]['question_id']}"
    sound = tmp_path / "answer.wav"
    soundfile.write(sound, np.random.default_rng(0).normal(0, 0.1, 16_000 * 8), 16_000)
    run("add", str(sound), "--question", where)
    said = run("due", "--minutes", "1")
    assert "What fits into today's minutes is practised" in said.err
    assert "practice due --minutes 11" in said.err
