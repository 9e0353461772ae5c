"""What an export does with pages for oneself, letters of one's own, and readers' answers."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from practice.base.errors import StorageError
from practice.core.export_folder import export_everything
from practice.core.import_folder import import_everything
from practice.core.letters import adopt_template
from practice.core.workspace import Workspace
from practice.letters.rendering import own_template
from tests.unit.core.test_export_and_import import OWN_PAGE, keep_everything, open_home, rewrite


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Callable[[str], Workspace]]:
    """Opens a home by its name."""
    with ExitStack() as opened:
        yield lambda name: opened.enter_context(open_home(tmp_path / name))


def find_page(folder: Path) -> list[Path]:
    """The files that hold what was written for oneself."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if OWN_PAGE.encode() in path.read_bytes()]


def test_a_page_for_oneself_is_in_an_export_only_if_it_is_asked_for(
    homes: Callable[[str], Workspace], tmp_path: Path
) -> None:
    here, there = homes("here"), homes("there")
    keep_everything(here)
    (interview,) = here.library.interviews.all()
    export = export_everything(here, tmp_path / "export")
    assert find_page(export.folder) == []
    assert [each for each in export.left_out if "1 page that you wrote" in each]
    import_everything(there, export.folder)
    assert there.library.own_pages.read(interview.id) == ""

    export = export_everything(here, tmp_path / "with-pages", with_pages=True)
    assert len(find_page(export.folder)) == 1
    assert export.left_out == ()
    anew = homes("anew")
    import_everything(anew, export.folder)
    assert anew.library.own_pages.read(interview.id) == OWN_PAGE
    done = import_everything(anew, export.folder)
    assert done.counts["interviews"] == {"taken": 0, "here_already": 1, "kept_yours": 0}
    # What is here stays as it is, so the page of an interview that is here is not filled.
    done = import_everything(there, export.folder)
    assert done.counts["interviews"]["kept_yours"] == 1
    assert there.library.own_pages.read(interview.id) == ""


@pytest.mark.parametrize("page", [7, None, {"text": 1}, [{"words": "a"}], [{"text": None}]])
def test_a_page_that_makes_no_sense_is_damage(
    homes: Callable[[str], Workspace], tmp_path: Path, page: object
) -> None:
    here, there = homes("here"), homes("there")
    keep_everything(here)
    export = export_everything(here, tmp_path / "export", with_pages=True)
    (file,) = (export.folder / "interviews").glob("*.json")
    rewrite(
        export.folder,
        f"interviews/{file.name}",
        lambda text: json.dumps(json.loads(text) | {"own_page": page}),
    )
    with pytest.raises(StorageError, match="damaged"):
        import_everything(there, export.folder)
    assert there.library.interviews.all() == []


@pytest.mark.parametrize(
    "document",
    ["", "[]", "7", "{}", '{"replies": 1, "comments": []}', '{"replies": [1], "comments": []}', 5],
)
def test_feedback_that_no_review_could_show_is_damage(
    homes: Callable[[str], Workspace], tmp_path: Path, document: object
) -> None:
    here, there = homes("here"), homes("there")
    take = keep_everything(here)
    export = export_everything(here, tmp_path / "export")

    def replace_document(text: str) -> str:
        content = json.loads(text)
        content["feedback"][0]["document"] = document
        return json.dumps(content)

    rewrite(export.folder, f"takes/{take.id}/take.json", replace_document)
    with pytest.raises(StorageError, match="what a reader answered"):
        import_everything(there, export.folder)
    assert there.library.takes() == []


def test_the_users_templates_of_letters_come_along_and_replace_none(
    homes: Callable[[str], Workspace], tmp_path: Path
) -> None:
    here, there = homes("here"), homes("there")
    adopt_template(here.places, "thanks").write_text("Hello {{ company }}\n")
    export = export_everything(here, tmp_path / "export")
    done = import_everything(there, export.folder)
    assert done.counts["settings"]["taken"] == 1
    mine = own_template(there.places.letters, "thanks")
    assert mine.read_text() == "Hello {{ company }}\n"
    mine.write_text("Mine\n")
    done = import_everything(there, export.folder)
    assert done.counts["settings"]["kept_yours"] == 1
    assert mine.read_text() == "Mine\n"
