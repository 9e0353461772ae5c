"""Which banks there are, and which question is meant."""

import os
from pathlib import Path

import pytest

from practice.base.errors import BankError, NotFoundError
from practice.base.files import write_atomic
from practice.library.tellings import STORY_BANK
from practice.questions.bank_file.reading import check_bank
from practice.questions.catalogue import OF_STORIES, Catalogue, shipped_banks
from practice.questions.model import Question


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    own.mkdir()
    (shipped / "basics.yaml").write_text(
        "title: Basics\nquestions:\n- {id: a, text: A}\n- {id: b, text: B}\n"
    )
    (shipped / "web.yaml").write_text("title: Web\nquestions:\n- {id: caching, text: C}\n")
    (own / "broken.yaml").write_text("titel: x\nquestions:\n- {text: x}\n")
    (own / "mine.yaml").write_text("title: Mine\nquestions:\n- {id: a, text: D}\n")
    (own / ".hidden.yaml").write_text("title: x\n")
    return Catalogue(own, shipped)


def test_all_banks_are_listed_and_a_broken_one_hides_no_other(catalogue: Catalogue) -> None:
    entries = [
        (one.name, one.title, one.count, one.own, len(one.problems)) for one in catalogue.banks()
    ]
    assert entries == [
        ("basics", "Basics", 2, False, 0),
        ("broken", "broken", 0, True, 1),
        ("mine", "Mine", 1, True, 0),
        ("web", "Web", 1, False, 0),
    ]


def test_an_own_bank_hides_the_shipped_one_of_its_name(catalogue: Catalogue) -> None:
    (catalogue.own / "web.yaml").write_text("title: My web\n")
    assert catalogue.bank("web").title == "My web"
    assert len(catalogue.banks()) == 4


def test_a_shipped_bank_is_copied_on_its_first_edit(catalogue: Catalogue) -> None:
    file = catalogue.open("web")
    file.change("caching", Question(text="Changed"))
    assert catalogue.bank("web").questions[0].text == "Changed"
    assert (catalogue.shipped / "web.yaml").read_text().startswith("title: Web")
    assert catalogue.is_own("web")


@pytest.mark.parametrize(
    ("reference", "bank"), [("caching", "web"), ("web/caching", "web"), ("mine/a", "mine")]
)
def test_a_question_is_found_by_id_or_by_bank_and_id(
    catalogue: Catalogue, reference: str, bank: str
) -> None:
    name, question = catalogue.question(reference)
    assert (name, question.id) == (bank, reference.rpartition("/")[2])


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("cachin", "did you mean 'caching'?"),
        ("web/chaching", "did you mean 'caching'?"),
        ("webb/caching", "did you mean 'web'?"),
        ("a", "name one: basics/a or mine/a"),
        ("zzz", "`practice banks show NAME` lists the ids of a bank"),
    ],
)
def test_a_question_that_is_not_there_gets_near_matches(
    catalogue: Catalogue, reference: str, hint: str
) -> None:
    with pytest.raises(NotFoundError) as raised:
        catalogue.question(reference)
    assert raised.value.hint == hint


def test_a_new_bank_is_a_good_bank_with_a_safe_name(catalogue: Catalogue) -> None:
    path = catalogue.create("../My Bänk", "Tricky: *title*")
    assert path == catalogue.own / "my-bank.yaml"
    assert check_bank(path) == []
    assert catalogue.bank("my-bank").title == "Tricky: *title*"
    with pytest.raises(BankError):
        catalogue.create("My bänk")


@pytest.mark.parametrize(
    ("title", "name"), [("CON", "con-"), ("Aux", "aux-"), ("Con man", "con-man")]
)
def test_a_title_that_windows_takes_for_a_device_gets_a_name_that_is_a_file(
    catalogue: Catalogue, title: str, name: str
) -> None:
    assert catalogue.create(title).name == f"{name}.yaml"


def test_a_bank_is_not_written_over_one_whose_name_differs_in_case_alone(
    catalogue: Catalogue,
) -> None:
    write_atomic(catalogue.own / "Teams.yaml", catalogue.create("other").read_bytes())
    with pytest.raises(BankError, match="already"):
        catalogue.create("teams")


def test_no_bank_takes_the_name_under_which_stories_are_filed(catalogue: Catalogue) -> None:
    assert OF_STORIES == STORY_BANK
    with pytest.raises(BankError, match="takes of your stories"):
        catalogue.create("Stories")
    assert catalogue.create("my stories").stem == "my-stories"


def test_a_bank_that_changed_is_read_again(catalogue: Catalogue) -> None:
    assert catalogue.bank("mine") is catalogue.bank("mine")
    (catalogue.own / "mine.yaml").write_text("title: Mine now\nquestions: []\n")
    assert catalogue.bank("mine").title == "Mine now"


def test_a_bank_that_was_replaced_within_one_tick_of_the_clock_is_read_again(
    catalogue: Catalogue,
) -> None:
    path = catalogue.path("mine")
    before = path.stat()
    assert catalogue.bank("mine").title == "Mine"
    write_atomic(path, path.read_bytes().replace(b"Mine", b"Ours"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert catalogue.bank("mine").title == "Ours"


def test_folders_that_are_not_there_hold_no_banks(tmp_path: Path) -> None:
    assert Catalogue(tmp_path / "a", tmp_path / "b").banks() == []


def test_the_shipped_folder_is_found_from_here() -> None:
    assert (shipped_banks() / "bank.schema.json").is_file()
