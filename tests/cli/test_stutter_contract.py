"""With the profile for people who stutter no command tells of what it leaves out.

Every command of the tree is run on a library full of it; a command that is not named here fails
`test_every_command_is_run`.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from practice.audio.file_source import FileSource
from practice.base.paths import places
from practice.base.settings import change_setting, load_settings
from practice.cli.main import cli
from practice.core.workspace import Workspace
from practice.library.takes import QuestionSnapshot
from practice.reports.formats import FORMATS, SESSION_FORMATS
from tests.support.app_harness import FakeSpeechWorker
from tests.support.stuttering import find_told, keep_stuttered, numbers_of, stuttered_words

BANK = """\
title: Mine
questions:
  - id: animals
    text: Tell me about an animal.
    prep_s: 0
    target_s: 60
    key_points: [the panther went on, it was long ago]
    terms: [zebra, panther]
"""
COMMANDS = """
session --plain --bank mine --count 1 --device none
record animals --device none
record animals --device none --json
analyze answer.flac
analyze answer.flac --json
analyze --words words.json
analyze --words words.json --json
add answer.flac --question animals
add answer.flac --json
takes list
takes list --json
takes list --containing zebra
takes show last
takes show TAKE
takes show TAKE --json
takes retry TAKE
takes retry TAKE --json
takes move TAKE mine/other
takes rename LOOSE zoo
stories new Zoo --competency zoology
stories edit zoo --number 4
stories say TAKE without --story zoo
stories list
stories list --json
stories show zoo
stories show zoo --json
stories check
warm-up
warm-up --json
drill retrieval
drill retrieval --json
stories delete zoo --yes
formats list --json
formats show panel
formats check panel
banks list --json
banks show mine
banks check mine
banks new fresh
banks rename fresh Fresher
banks export mine
banks import list.md -o listed --yes
banks delete listed --yes
due
due --json
open add animals
open list --json
open say 1 well --take TAKE
open close 1
open delete 1 --yes
interviews add Acme --when 2026-12-03
interviews list --json
interviews show acme --json
interviews edit acme --role zoologist
interviews debrief acme --felt 3 --asked Why?
interviews outcome acme rejected
interviews terms acme --add zebra
interviews terms acme --json
interviews letter acme feedback
interviews page acme --from list.md
interviews report
interviews report --json
interviews report --html common.html
interviews templates
search zebra
search zebra --json
feedback list --json
models list
models show base
models advise
calibrate --file answer.flac
calibrate --file answer.flac --json
doctor
paths
settings
settings --json
keys
completion bash
interviews delete acme --yes
takes delete last --yes
"""
REPORTS = [
    *(f"report TAKE --format {form}" for form in FORMATS),
    *(f"report TAKE --share --mask zebra --format {form}" for form in FORMATS),
    *(f"report --session last --format {form}" for form in SESSION_FORMATS),
    *(f"report --all --format {form} -o all-{form}" for form in FORMATS),
]
SHOW = "takes show TAKE --json"
OWN_COPY = "export"
"""The user's own copy of everything is complete: docs/measures.md says so."""
NOT_RUN = {
    "demo": "its sample is not the user's, and its library has a profile of its own",
    "drill habit": "it plays and records; test_drills reads what it tells of a review",
    "drill ladder": "it is a session, which is run here",
    "stories tell": "it is a session, which is run here",
    "takes play": "it prints nothing, and plays the sound",
    "banks edit": "it opens an editor on a bank",
    "feedback add": "it needs what somebody answered",
    "feedback show": "likewise",
    "feedback delete": "likewise",
    "models add": "it takes a model from elsewhere",
    "models get": "it downloads",
    "models remove": "it removes a model",
    "devices": "it lists microphones",
    "import": "it takes back what export wrote, and shows counts",
    OWN_COPY: "it has a test of its own",
}
"""Commands that show no take."""


@pytest.fixture
def takes(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Takes of a question and one of none, kept before the profile was switched on."""
    here = places()
    here.banks.mkdir(parents=True)
    bank = BANK + "  - {id: other, text: Tell me about another one., prep_s: 0}\n"
    (here.banks / "mine.yaml").write_text(bank)
    change_setting(here.settings_file, "model", "demo")
    asked = QuestionSnapshot("animals", "mine", "Tell me about an animal.")
    with Workspace(here, load_settings(here.settings_file)) as workspace:
        loose = keep_stuttered(workspace)
        session_id = workspace.library.begin_session("practice", "mine")
        for _ in range(6):
            take = keep_stuttered(workspace, asked, session_id)
        assert take.audio is not None
        shutil.copy(take.audio, tmp_path / "answer.flac")
    worker = FakeSpeechWorker()
    worker.words = stuttered_words()
    monkeypatch.setattr("practice.core.workspace.SpeechWorker", lambda _: worker)
    monkeypatch.setattr("practice.cli.lines.wait_for_input", lambda _: b"")
    monkeypatch.chdir(tmp_path)
    for module in ("record", "session"):
        monkeypatch.setattr(
            f"practice.cli.{module}.choose_microphone", lambda _: FileSource(Path("answer.flac"))
        )
    words = [
        {"text": word.text, "start_s": word.start_s, "end_s": word.end_s} for word in worker.words
    ]
    (tmp_path / "words.json").write_text(json.dumps(words))
    (tmp_path / "list.md").write_text("- Why us?\n- Why now?\n")
    return {"TAKE": take.id, "LOOSE": loose.id}


def leaves(command: click.Command, path: str = "") -> Iterator[str]:
    """The name of every command that does something itself."""
    if not isinstance(command, click.Group):
        yield path.strip()
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        part = command.get_command(context, name)
        assert part is not None
        yield from leaves(part, f"{path} {name}")


def run_line(line: str, named: dict[str, str]) -> str:
    """Run a command in this process; everything that it said, wrote and left in files."""
    before = {path for path in Path().rglob("*") if path.is_file()}
    words = [named.get(word, word) for word in line.split()]
    done = CliRunner().invoke(cli, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), (line, done.exception)
    said = [done.stdout, done.stderr]
    made = {path for path in Path().rglob("*") if path.is_file()} - before
    own = [path for path in made if "home" not in path.parts]
    return "\n".join([*said, *(path.read_text("utf-8") for path in own)])


def told_numbers(named: dict[str, str]) -> set[str]:
    with Workspace(places(), load_settings(places().settings_file)) as workspace:
        return numbers_of(workspace.kept_review_of(workspace.library.take(named["TAKE"])))


def test_every_command_is_run() -> None:
    lines = [*COMMANDS.strip().splitlines(), *REPORTS]
    run_here = {
        name for name in leaves(cli) if any(f"{line} ".startswith(f"{name} ") for line in lines)
    }
    assert set(leaves(cli)) - run_here - set(NOT_RUN) == set()


def switch(profile: str) -> None:
    change_setting(places().settings_file, "stutter", profile)


def find_told_by(lines: Sequence[str], named: dict[str, str], numbers: set[str]) -> set[str]:
    """Those of the commands that tell of it, each with what it tells."""
    found = {line: find_told(run_line(line, named), numbers) for line in lines}
    return {f"{line}: {told}" for line, told in found.items() if told}


def test_no_command_tells_of_what_the_profile_leaves_out(takes: dict[str, str]) -> None:
    numbers = told_numbers(takes)
    complete = run_line(SHOW, takes)
    assert len(find_told_by(REPORTS, takes, numbers)) == len(REPORTS)
    for path in Path().glob("all-*/*"):
        path.unlink()
    switch("yes")
    assert find_told_by(REPORTS, takes, numbers) == set()
    assert run_line(SHOW, takes) != complete
    switch("no")
    assert run_line(SHOW, takes) == complete
    switch("yes")
    assert find_told_by(COMMANDS.strip().splitlines(), takes, numbers) == set()


def test_the_copy_of_everything_is_complete(takes: dict[str, str]) -> None:
    switch("yes")
    assert CliRunner().invoke(cli, ["export", "everything"]).exit_code == 0
    assert find_told(
        "".join(path.read_text("utf-8") for path in Path("everything").rglob("*.json"))
    )
