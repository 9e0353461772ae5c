import sys
from pathlib import Path

import pytest

from practice.base.errors import BankError
from practice.questions.bank_editing import BankEditing, ChangedElsewhereError
from practice.questions.bank_file.reading import read_bank
from practice.questions.catalogue import Catalogue
from practice.questions.model import Question
from tests.support.small_disk import run_on_small_disk

OWN = """\
# mine, with a comment
title: My questions
questions:
  - id: one   # the first
    text: Why this job?
    tags: [motivation]

  - id: two
    text: Tell me about a conflict.
    competency: teamwork

  - id: three
    text: A project that failed.
"""
OTHER = "title: Others\nquestions:\n  - id: two\n    text: Another two.\n"
SHIPPED = "title: Shipped\nquestions:\n  - id: given\n    text: Given with the program.\n"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    own.mkdir()
    shipped.mkdir()
    (own / "mine.yaml").write_text(OWN)
    (own / "others.yaml").write_text(OTHER)
    (shipped / "basics.yaml").write_text(SHIPPED)
    return own, shipped


@pytest.fixture
def own_bank(folders: tuple[Path, Path]) -> Path:
    return folders[0] / "mine.yaml"


@pytest.fixture
def editing(folders: tuple[Path, Path]) -> BankEditing:
    own, shipped = folders
    made = BankEditing(Catalogue(own, shipped))
    made.read_all()
    return made


def question_ids(path: Path) -> list[str]:
    return [question.id for question in read_bank(path).questions]


def test_own_banks_come_before_shipped_ones(editing: BankEditing) -> None:
    assert [entry.name for entry in editing.entries] == ["mine", "others", "basics"]


def test_an_added_question_stands_behind_the_one_named(
    editing: BankEditing, own_bank: Path
) -> None:
    edited = editing.add("mine", Question(text="New here"), after="one")
    assert question_ids(own_bank) == ["one", "new-here", "two", "three"]
    assert edited.question_id == "new-here"


def test_a_shipped_bank_is_copied_on_the_first_edit_and_only_then(
    editing: BankEditing, folders: tuple[Path, Path]
) -> None:
    own, shipped = folders
    editing.look("basics")
    assert not (own / "basics.yaml").exists()
    first = editing.duplicate("basics", "given")
    second = editing.duplicate("basics", "given")
    assert first.copy == own / "basics.yaml"
    assert second.copy is None
    assert question_ids(own / "basics.yaml") == ["given", "given-3", "given-2"]
    assert (shipped / "basics.yaml").read_text() == SHIPPED


def test_counts_follow_every_edit(editing: BankEditing) -> None:
    editing.duplicate("basics", "given")
    entry = next(entry for entry in editing.entries if entry.name == "basics")
    assert (entry.count, entry.own) == (2, True)


def test_removing_names_the_question_that_takes_the_place(editing: BankEditing) -> None:
    assert editing.remove("mine", "two").question_id == "three"
    assert editing.remove("mine", "three").question_id == "one"
    assert editing.remove("mine", "one").question_id is None


def test_every_edit_is_undone_to_the_byte(editing: BankEditing, own_bank: Path) -> None:
    other = own_bank.with_name("others.yaml")
    changed = Question(id="two", text="CoverageItem otherwise.", tags=("new",))
    editing.change("mine", "two", changed)
    editing.shift("mine", "three", -2)
    editing.duplicate("mine", "one")
    editing.remove("mine", "one")
    editing.move_to("mine", "two", "others")
    editing.add("mine", Question(text="Last"))
    while editing.can_undo:
        editing.undo()
    assert own_bank.read_text(encoding="utf-8") == OWN
    assert other.read_text() == OTHER


def test_undo_says_what_it_took_back(editing: BankEditing) -> None:
    editing.remove("mine", "two")
    undone = editing.undo()
    assert undone.says == "back again: Tell me about a conflict."
    assert (undone.bank, undone.question_id) == ("mine", "two")


def test_nothing_to_undo_is_said(editing: BankEditing) -> None:
    with pytest.raises(BankError, match="nothing to undo"):
        editing.undo()


def test_a_moved_question_is_in_the_other_bank_with_an_id_of_its_own(
    editing: BankEditing, own_bank: Path
) -> None:
    edited = editing.move_to("mine", "two", "others")
    assert question_ids(own_bank) == ["one", "three"]
    assert question_ids(own_bank.with_name("others.yaml")) == ["two", "two-2"]
    assert edited.question_id == "three"


def test_a_move_that_cannot_be_finished_leaves_no_second_copy(
    editing: BankEditing, own_bank: Path
) -> None:
    editing.look("mine")
    own_bank.write_text(OWN + "# from elsewhere\n", encoding="utf-8")
    with pytest.raises(ChangedElsewhereError) as raised:
        editing.move_to("mine", "two", "others")
    assert raised.value.name == "mine"
    assert not raised.value.can_keep
    assert question_ids(own_bank.with_name("others.yaml")) == ["two"]


def test_shifting_beyond_the_end_changes_nothing_and_is_no_step(
    editing: BankEditing, own_bank: Path
) -> None:
    editing.shift("mine", "three", 1)
    assert own_bank.read_text(encoding="utf-8") == OWN
    assert not editing.can_undo


def test_a_bank_that_changed_underneath_is_not_written(
    editing: BankEditing, own_bank: Path
) -> None:
    editing.look("mine")
    theirs = OWN.replace("Why this job?", "Why us?")
    own_bank.write_text(theirs, encoding="utf-8")
    with pytest.raises(ChangedElsewhereError):
        editing.remove("mine", "two")
    assert own_bank.read_text(encoding="utf-8") == theirs


def test_what_was_refused_can_be_kept_beside(editing: BankEditing, own_bank: Path) -> None:
    editing.look("mine")
    own_bank.write_text(OWN.replace("Why this job?", "Why us?"), encoding="utf-8")
    with pytest.raises(ChangedElsewhereError) as raised:
        editing.remove("mine", "two")
    kept = editing.keep_both(raised.value)
    assert kept.bank == "mine-2"
    assert question_ids(own_bank.with_name("mine-2.yaml")) == ["one", "three"]
    assert [entry.name for entry in editing.entries if entry.own] == ["mine", "mine-2", "others"]


def test_reloading_shows_the_file_and_lets_edits_go_on(
    editing: BankEditing, own_bank: Path
) -> None:
    editing.look("mine")
    own_bank.write_text(OWN.replace("Why this job?", "Why us?"), encoding="utf-8")
    editing.refresh("mine")
    assert editing.look("mine").questions[0].text == "Why us?"
    editing.remove("mine", "two")
    assert question_ids(own_bank) == ["one", "three"]


def test_a_bank_that_was_left_and_changed_is_read_again(
    editing: BankEditing, own_bank: Path
) -> None:
    editing.look("mine")
    own_bank.write_text(OWN.replace("Why this job?", "Why us, of all?"), encoding="utf-8")
    assert editing.look("mine").questions[0].text == "Why us, of all?"


def test_a_removed_question_comes_back_into_a_file_changed_elsewhere(
    editing: BankEditing, own_bank: Path
) -> None:
    editing.remove("mine", "two")
    own_bank.write_text(
        own_bank.read_text(encoding="utf-8").replace("Why this job?", "Why us?"), encoding="utf-8"
    )
    editing.undo()
    assert question_ids(own_bank) == ["one", "two", "three"]
    assert read_bank(own_bank).questions[0].text == "Why us?"


def test_undoing_a_change_of_a_file_changed_elsewhere_is_refused(
    editing: BankEditing, own_bank: Path
) -> None:
    editing.change("mine", "two", Question(id="two", text="CoverageItem otherwise."))
    theirs = own_bank.read_text(encoding="utf-8").replace("Why this job?", "Why us?")
    own_bank.write_text(theirs, encoding="utf-8")
    with pytest.raises(BankError, match="changed by another program"):
        editing.undo()
    assert own_bank.read_text(encoding="utf-8") == theirs
    assert not editing.can_undo


def test_an_editor_begins_at_the_question(editing: BankEditing, own_bank: Path) -> None:
    assert editing.prepare_editor("mine", "two") == (own_bank, 8)


def test_an_editor_begins_at_the_first_problem(editing: BankEditing, own_bank: Path) -> None:
    own_bank.write_text(OWN.replace("text: Tell", "txt: Tell"), encoding="utf-8")
    assert editing.prepare_editor("mine", "one") == (own_bank, 9)


def test_an_editor_begins_at_the_first_text_that_may_be_cut_off(
    editing: BankEditing, own_bank: Path
) -> None:
    own_bank.write_text(OWN.replace("about a conflict", "about conflict #1"), encoding="utf-8")
    assert editing.prepare_editor("mine") == (own_bank, 9)
    assert editing.prepare_editor("mine", "one")[1] < 9


def test_what_an_editor_did_is_one_step(editing: BankEditing, own_bank: Path) -> None:
    own_bank.write_text("title: [", encoding="utf-8")
    assert editing.accept_editor("mine", OWN.encode())
    assert editing.entry("mine").problems
    editing.undo()
    assert own_bank.read_text(encoding="utf-8") == OWN


def test_an_editor_that_changed_nothing_is_no_step(editing: BankEditing) -> None:
    assert not editing.accept_editor("mine", OWN.encode())
    assert not editing.can_undo


def test_a_copy_that_an_editor_left_as_it_was_is_taken_away(
    editing: BankEditing, folders: tuple[Path, Path]
) -> None:
    path, _ = editing.prepare_editor("basics")
    assert path == folders[0] / "basics.yaml"
    editing.accept_editor("basics", SHIPPED.encode(), copied=True)
    assert not path.exists()
    assert not editing.entry("basics").own


def test_a_shipped_bank_is_never_written_even_by_undo(
    editing: BankEditing, folders: tuple[Path, Path]
) -> None:
    own, shipped = folders
    editing.duplicate("basics", "given")
    editing.remove("basics", "given")
    (own / "basics.yaml").unlink()
    editing.undo()
    assert sorted(question_ids(own / "basics.yaml")) == ["given", "given-2"]
    (own / "basics.yaml").unlink()
    with pytest.raises(BankError, match="changed by another program"):
        editing.undo()
    assert (shipped / "basics.yaml").read_text() == SHIPPED


def test_moving_at_the_end_of_a_shipped_bank_makes_no_copy(
    editing: BankEditing, folders: tuple[Path, Path]
) -> None:
    editing.look("basics")
    assert editing.shift("basics", "given", 1).says == ""
    assert not (folders[0] / "basics.yaml").exists()


def test_a_bank_gets_another_title_and_keeps_its_file(editing: BankEditing, own_bank: Path) -> None:
    edited = editing.rename("mine", "Panel: what they asked")
    assert edited.says == "renamed: Panel: what they asked"
    assert editing.entry("mine").title == "Panel: what they asked"
    assert own_bank.read_text(encoding="utf-8") == OWN.replace(
        "My questions", '"Panel: what they asked"'
    )
    editing.undo()
    assert own_bank.read_text(encoding="utf-8") == OWN


def test_a_title_that_a_terminal_would_act_on_is_refused(
    editing: BankEditing, own_bank: Path
) -> None:
    with pytest.raises(BankError, match="control character"):
        editing.rename("mine", "\x1b]0;owned\x07")
    assert own_bank.read_text(encoding="utf-8") == OWN


def test_a_deleted_bank_comes_back_to_the_byte(editing: BankEditing, own_bank: Path) -> None:
    own_bank.chmod(0o640)
    editing.change("mine", "one", Question(text="Why us?"))
    before = own_bank.read_bytes()
    assert editing.delete("mine") == "deleted: My questions"
    assert not own_bank.exists()
    assert "mine" not in [entry.name for entry in editing.read_all()]
    assert editing.undo().says == "back again: My questions"
    assert own_bank.read_bytes() == before
    assert own_bank.stat().st_mode & 0o777 == 0o640
    editing.undo()
    assert own_bank.read_text(encoding="utf-8") == OWN


def test_a_deleted_link_leaves_the_file_that_it_leads_to(
    editing: BankEditing, own_bank: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    own_bank.rename(elsewhere)
    own_bank.symlink_to(elsewhere)
    editing.read_all()
    editing.delete("mine")
    assert not own_bank.is_symlink()
    assert elsewhere.read_text() == OWN
    editing.undo()
    assert own_bank.readlink() == elsewhere


def test_a_deleted_bank_does_not_come_back_over_another_one(
    editing: BankEditing, own_bank: Path
) -> None:
    editing.delete("mine")
    own_bank.write_text(OTHER, encoding="utf-8")
    with pytest.raises(BankError, match="another bank mine"):
        editing.undo()
    assert own_bank.read_text(encoding="utf-8") == OTHER
    own_bank.unlink()
    editing.undo()
    assert own_bank.read_text(encoding="utf-8") == OWN


def test_a_shipped_bank_is_not_deleted(editing: BankEditing, folders: tuple[Path, Path]) -> None:
    with pytest.raises(BankError, match="comes with practice"):
        editing.delete("basics")
    assert (folders[1] / "basics.yaml").exists()
    editing.remove("basics", "given")
    assert editing.catalogue.hides_shipped("basics")
    editing.delete("basics")
    assert [entry.own for entry in editing.read_all() if entry.name == "basics"] == [False]


UNDO_ON_A_FULL_DISK = """
import sys
from pathlib import Path
from practice.base.errors import StorageError
from practice.questions.bank_editing import BankEditing
from practice.questions.catalogue import Catalogue

own = Path(sys.argv[1])
path = own / "mine.yaml"
lines = "".join(f"  - text: {'x' * 900} {n}\\n" for n in range(30))
path.write_text("title: Mine\\nquestions:\\n" + lines)
before = path.read_bytes()
editing = BankEditing(Catalogue(own, own / "none"))
editing.read_all()
editing.remove("mine", editing.look("mine").questions[3].id)
ballast = own / "ballast"
try:
    ballast.write_bytes(bytes(1_000_000))
except OSError:
    pass
try:
    editing.undo()
    print("it had room")
except StorageError:
    print("refused", editing.can_undo)
ballast.unlink()
editing.undo()
print(path.read_bytes() == before, editing.can_undo)
"""


@pytest.mark.posix
def test_an_undo_that_a_full_disk_refuses_can_be_undone_once_there_is_room(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    done = run_on_small_disk(
        folder, "96k", [sys.executable, "-c", UNDO_ON_A_FULL_DISK, str(folder)]
    )
    assert done.stdout.splitlines() == ["refused True", "True False"], done.stderr
