"""`practice doctor`."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

import click

from practice import __version__, demo
from practice.audio.devices import list_inputs
from practice.audio.microphone import choose_microphone
from practice.audio.sound_check import MUTED, OpenMicrophone, Sample
from practice.audio.stderr_redirect import redirect_stderr
from practice.base.clock import SystemClock
from practice.base.errors import PracticeError
from practice.base.exit_codes import ExitCode
from practice.base.paths import Places, places
from practice.base.settings import Settings, load_settings
from practice.base.system.microphone_access import way_to_allow
from practice.base.system.privacy import is_private, privacy_remedy
from practice.base.text import format_size
from practice.cli import options, output
from practice.delivery.transcript.lexicon import load_lexicon
from practice.library.database import sqlite_version
from practice.library.library import Library
from practice.questions.catalogue import Catalogue
from practice.speech.models import DEMO, DEMO_NOTE, ModelStore, short_name

Verdict = Literal["ok", "warn", "fail"]
LEAST_FREE_BYTES = 500_000_000
TRIAL_S = 1.0
TRIAL_LIMIT_S = 5.0
MUTED_REMEDY = (
    "unmute it, or let the terminal program use it; another one: practice settings microphone NAME"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    verdict: Verdict
    found: str
    remedy: str = ""


@click.command()
@options.as_json
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Check this machine: microphone, model, library, banks, disk.

    It records one second to see whether the microphone delivers sound, and throws it away.
    """
    here = places()
    with redirect_stderr(here.log):
        checks = list(check_machine(here))
    if as_json:
        output.print_document({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            output.print_data(f"{check.verdict:<5} {check.name}: {check.found}")
            if check.remedy:
                output.print_data(f"        → {check.remedy}")
    if any(check.verdict == "fail" for check in checks):
        ctx.exit(ExitCode.FAILED)


def check_machine(here: Places) -> Iterator[Check]:
    """Every check, in the order in which one would look."""
    yield Check("practice", "ok", f"{__version__}, Python {platform.python_version()}")
    yield Check("machine", "ok", f"{platform.platform()}, {os.cpu_count()} processors")
    yield _check_terminal()
    yield _try_check("settings", lambda: _check_settings(here))
    settings = _load_usable_settings(here)
    yield _try_check("fillers", lambda: _check_fillers(here, settings))
    yield _try_check("microphone", lambda: _check_microphone(settings))
    yield _try_check("speech model", lambda: _check_model(here, settings))
    yield _try_check("library", lambda: _check_library(here))
    yield _try_check("question banks", lambda: _check_banks(here))
    yield _check_disk(here)
    yield _check_privacy(here)


def _try_check(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except PracticeError as error:
        return Check(name, "fail", error.message, error.hint)


def _check_terminal() -> Check:
    size = shutil.get_terminal_size()
    kind = os.environ.get("TERM_PROGRAM") or os.environ.get("TERM") or "none"
    colour = "no colour" if not output.colour_choice(sys.stdout) else "colour"
    return Check("terminal", "ok", f"{kind}, {size.columns}x{size.lines}, {colour}")


def _check_settings(here: Places) -> Check:
    load_settings(here.settings_file)
    there = "" if here.settings_file.exists() else " (not there yet: the defaults)"
    return Check("settings", "ok", f"{here.settings_file}{there}")


def _check_fillers(here: Places, settings: Settings) -> Check:
    load_lexicon(settings.language, here.lexicon)
    whose = f", changed by {here.lexicon}" if here.lexicon.exists() else ""
    return Check("fillers", "ok", f"the list of {settings.language!r}{whose}")


def _load_usable_settings(here: Places) -> Settings:
    try:
        return load_settings(here.settings_file)
    except PracticeError:
        return Settings()


def _check_microphone(settings: Settings) -> Check:
    names = ", ".join(device.name for device in list_inputs()) or "none"
    microphone = OpenMicrophone(choose_microphone(settings.microphone))
    microphone.open()
    try:
        sample = Sample(microphone, TRIAL_S)
        sample.start()
        sample.wait(TRIAL_LIMIT_S)
    finally:
        microphone.stop()
    heard = sample.verdict()
    found = f"{microphone.name}: {heard}; microphones: {names}"
    if heard == MUTED:
        # macOS gives zeros alone to a program that may not use it, and says nothing.
        allow = way_to_allow()
        return Check(
            "microphone", "warn", found, f"{allow}; or {MUTED_REMEDY}" if allow else MUTED_REMEDY
        )
    return Check("microphone", "ok", found)


def _check_model(here: Places, settings: Settings) -> Check:
    store = ModelStore(here.models, demo.MODEL_FOLDER)
    try:
        folder = store.find(settings.model).absolute()
        called = short_name(settings.model)
        note = f"; it {DEMO_NOTE}" if settings.model == DEMO else ""
        return Check("speech model", "ok", f"{called}, in {folder}{note}")
    except PracticeError as error:
        return Check("speech model", "warn", f"{error.message}; takes get no words yet", error.hint)


def _check_library(here: Places) -> Check:
    if not here.database.exists():
        return Check("library", "ok", f"none yet; SQLite {sqlite_version()}")
    with Library(here.database, here.recordings, SystemClock()) as library:
        problems = library.check()
        count = len(library.takes())
    if problems:
        return Check("library", "fail", "; ".join(problems), f"keep a copy of {here.database}")
    return Check("library", "ok", f"{count} takes; SQLite {sqlite_version()}")


def _check_banks(here: Places) -> Check:
    banks = Catalogue(here.banks).banks()
    broken = [bank.name for bank in banks if bank.problems]
    if broken:
        hint = "practice banks check " + " ".join(broken)
        return Check("question banks", "warn", f"problems in {', '.join(broken)}", hint)
    questions = sum(bank.count for bank in banks)
    return Check("question banks", "ok", f"{len(banks)} banks, {questions} questions")


def _check_disk(here: Places) -> Check:
    folder = next(path for path in (here.data, *here.data.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    found = f"{format_size(free)} free for {here.data}"
    if free < LEAST_FREE_BYTES:
        return Check("disk", "warn", found, "an hour of recording takes about 200 MB")
    return Check("disk", "ok", found)


def _check_privacy(here: Places) -> Check:
    open_ones = [
        path for path in (here.data, here.recordings) if path.exists() and not is_private(path)
    ]
    if open_ones:
        found = f"others can read {', '.join(map(str, open_ones))}"
        return Check("privacy", "warn", found, privacy_remedy(open_ones))
    return Check("privacy", "ok", "nobody else can read your recordings")
