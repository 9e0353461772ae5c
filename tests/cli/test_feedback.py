"""`practice feedback`: a reader's answer from the page to beside its take, and gone with it."""

from pathlib import Path

import pytest

from practice import demo
from practice.base.paths import places
from tests.support.cli import run

pytestmark = pytest.mark.usefixtures("home")

TEXT = """\
--- practice feedback 1 ---
from: Ana
take: {take}
question: Where did you lose me?
  When the zeppelin came.
word at 0.4: um
  <script>alert(1)</script> \x1b[31mred
--- end ---
"""


@pytest.fixture
def take() -> str:
    """A take of the sample answer."""
    run("settings", "model", "demo")
    done = run("add", str(demo.SAMPLE_ANSWER), "--json")
    assert done.code == 0, done.err
    return str(done.document["take"]["id"])


def test_an_answer_is_put_beside_its_take_once_and_goes_with_it(take: str, tmp_path: Path) -> None:
    file = tmp_path / "from-ana.txt"
    file.write_text(TEXT.format(take=take), encoding="utf-8")
    done = run("feedback", "add", str(file))
    assert done.code == 0, done.err
    assert "Ana, about the take" in done.out
    assert "kept already" in run("feedback", "add", str(file)).out
    (listed,) = run("feedback", "list", "--json").document["feedback"]
    assert listed["reader"] == "Ana"
    assert listed["replies"][0]["text"] == "When the zeppelin came."
    shown = run("takes", "show", take)
    assert "zeppelin" in shown.out
    assert "\x1b" not in shown.out
    beside = run("takes", "show", take, "--json").document["feedback"]
    assert [each["id"] for each in beside] == [listed["id"]]

    run("takes", "delete", take, "--yes")

    assert run("feedback", "list", "--json").document["feedback"] == []
    kept = [path for path in places().data.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"zeppelin" in path.read_bytes()]


def test_one_answer_is_deleted_for_good(take: str, tmp_path: Path) -> None:
    file = tmp_path / "from-ana.txt"
    file.write_text(TEXT.format(take=take), encoding="utf-8")
    (added,) = run("feedback", "add", str(file), "--json").document["feedback"]
    number = str(added["id"])
    assert "zeppelin" in run("feedback", "show", number).out
    assert run("feedback", "delete", number, "--yes").code == 0
    assert run("feedback", "show", number).code != 0
    kept = [path for path in places().data.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"zeppelin" in path.read_bytes()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dear Ana", "there is no reader's answer in it"),
        (TEXT.format(take="20200101-0000-abc"), "there is no take 20200101-0000-abc"),
        ("\xff\xfe\xff", "no reader's answer"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    file.write_text(text, encoding="utf-8")
    done = run("feedback", "add", str(file))
    assert done.code != 0
    assert said in done.err


def test_a_comment_behind_the_end_is_kept_and_said(take: str, tmp_path: Path) -> None:
    file = tmp_path / "from-ana.txt"
    file.write_text(TEXT.format(take=take).replace("0.4: um", "599: zeppelin"), encoding="utf-8")
    done = run("feedback", "add", str(file))
    assert done.code == 0, done.err
    assert "the comment on “zeppelin” at 9:59 lies after the end of the take" in done.err
    assert "9:59  “zeppelin”  (after the end of the take)" in run("takes", "show", take).out
    (kept,) = run("feedback", "list", "--json").document["feedback"]
    assert kept["comments"][0]["at_s"] == 599
