"""`practice session`."""

from dataclasses import replace

import click

from practice.audio.microphone import choose_microphone
from practice.audio.source import Source
from practice.base.errors import NotFoundError, UsageError
from practice.base.paths import places
from practice.base.system.reading_aloud import AloudReader
from practice.cli import options, output
from practice.cli.plain_session import PlainSession
from practice.cli.services import open_workspace, say_model
from practice.core.session import Mode, SessionRun
from practice.core.session_plan import SessionPlan, TakesWanted
from practice.core.sitting import prepare_sitting
from practice.core.workspace import Workspace
from practice.questions.catalogue import Catalogue
from practice.questions.model import AskedQuestion
from practice.schedule.serving import offer

USUAL_COUNT = 5


@click.command()
@click.option("--bank", metavar="NAME", help="Only questions of this bank.")
@click.option(
    "--count", type=click.IntRange(min=1), metavar="N", help="How many questions; 5 if left out."
)
@click.option("--all", "every", is_flag=True, help="Every question that fits.")
@click.option(
    "--topic", default="", metavar="NAME", help="Only questions of this competency or tag."
)
@click.option(
    "--find", "words", default="", metavar="WORDS", help="Only questions with these words."
)
@click.option(
    "--takes",
    type=click.Choice([wanted.value for wanted in TakesWanted]),
    default="any",
    show_default=True,
    help="Only questions you last rated 1 or 2, or with a starred take.",
)
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default="practice",
    show_default=True,
    help="Practise freely, or as in an interview.",
)
@click.option(
    "--format",
    "form",
    metavar="NAME",
    help="Hold it by the rules of a format: practice formats list.",
)
@click.option(
    "--interview", metavar="ID", help="With --format: the interview it prepares for, or next."
)
@click.option(
    "--slides",
    type=click.IntRange(min=1, max=200),
    metavar="N",
    help="With a format that has slides: how many there are.",
)
@click.option("--plain", is_flag=True, help="Lines of text, for a screen reader or a pipe.")
@options.device
@options.model
@options.language
@click.pass_context
def session(
    ctx: click.Context,
    bank: str | None,
    count: int | None,
    every: bool,
    topic: str,
    words: str,
    takes: str,
    mode: str,
    form: str | None,
    interview: str | None,
    slides: int | None,
    plain: bool,
    device: str | None,
    model: str | None,
    language: str | None,
) -> None:
    """Answer several questions in a row.

    In interview mode the time to think cannot be cut short, each answer is one take with a hard
    stop, and nothing is reviewed until the end.

    \b
    practice session --count 3
    practice session --topic teamwork --all
    practice session --bank leadership --mode interview
    practice session --format panel --interview next
    practice session --plain
    """
    if form is None and (interview or slides):
        raise UsageError("--interview and --slides need a --format", "practice formats list")
    if form is not None and (every or count):
        raise UsageError("a format says how many questions it asks", "leave out --count and --all")
    if form is not None and mode != Mode.PRACTICE:
        raise UsageError("a format says how it is held", "leave out --mode")
    asked = None if every or form is not None else count or USUAL_COUNT
    plan = SessionPlan(Mode(mode), asked, bank, topic, TakesWanted(takes), words)
    if form is not None:
        with open_workspace(model, language) as workspace:
            sitting = prepare_sitting(workspace, form, interview, slides)
        if slides and not sitting.rules.slides:
            raise UsageError(f"the format {form} has no slides", "leave out --slides")
        plan = replace(plan, sitting=sitting)
    if plain or not output.can_show_the_app():
        _as_lines(plan, device, model, language)
        return
    from practice.cli.app import open_app  # lazy: the app

    if bank is not None:
        Catalogue(places().banks).bank(bank)
    ctx.exit(open_app(model=model, language=language, microphone=device, plan=plan))


def _as_lines(
    plan: SessionPlan, device: str | None, model: str | None, language: str | None
) -> None:
    with open_workspace(model, language, records=True) as workspace:
        say_model(workspace)

        def microphone() -> Source:
            return choose_microphone(device or workspace.settings.microphone)

        session_run = SessionRun(
            workspace,
            _questions(workspace, plan),
            plan.mode,
            microphone,
            sitting=plan.sitting,
            aloud=AloudReader(),
        )
        PlainSession(workspace, session_run).run()


def _questions(workspace: Workspace, plan: SessionPlan) -> list[AskedQuestion]:
    if plan.bank is not None:
        workspace.catalogue.bank(plan.bank)
    offered = offer(workspace.catalogue, workspace.library, workspace.clock, plan.bank)
    for name in offered.unreadable:
        output.narrate(f"the bank {name} has problems and is left out: practice banks check {name}")
    candidates = plan.candidates(offered.proposals)
    if not candidates:
        hint = (
            "practice banks list" if plan == SessionPlan(plan.mode, plan.count) else "ask for less"
        )
        raise NotFoundError("no question matches", hint)
    sitting = plan.sitting
    if sitting is not None and sitting.rules.rehearsal and not sitting.is_full(len(candidates)):
        found, wanted = len(candidates), sitting.rules.questions
        output.narrate(f"only {found} of {wanted} questions fit, so this is no whole rehearsal")
    return [AskedQuestion(candidate.bank, candidate.question) for candidate in candidates]
