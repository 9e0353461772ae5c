"""5,000 takes and 300 interviews against 50 and 3: `python -m benchmarks.weeks`.

Prints medians over several runs, in milliseconds of processor time, which a busy machine does not
stretch: what Today reads, what is due, the list of interviews, a search of both, the open
questions; and how many times the small library each takes. Target: at most 3 times. What reads
everything, as the list and the search do, grows with what there is; then the ratio is at most that
of the interviews, and the time is what counts.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from benchmarks.library_screen import TERM, fill
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.base.wall_time import WallTime
from practice.core.in_common import read_accounts
from practice.core.search import find_everywhere
from practice.core.weeks import list_due, now_in_zone
from practice.core.workspace import Workspace
from practice.library.interviews import (
    Debrief,
    InterviewFacts,
    NotedQuestion,
    Outcome,
    sort_for_list,
)
from practice.schedule.serving import offer
from practice.tui.jobs.weeks_today import read_weeks

SIZES = ((50, 3), (5_000, 300))
"""Takes and interviews."""
RUNS = 7
ASKED = 6
"""Questions of a debrief."""
ADVERT = "We look for somebody who likes clear words and patient work. " * 40
MINUTES = 10
ZONE = "UTC"


def fill_interviews(workspace: Workspace, size: int) -> None:
    """Keep `size` interviews, one a week until yesterday, each debriefed, the last few open."""
    store, opened = workspace.library.interviews, workspace.library.open_questions
    today = now_in_zone(workspace).date()
    for number in range(size):
        when = WallTime(today - timedelta(days=7 * (size - number) - 6), None, ZONE)
        facts = InterviewFacts(
            f"Company {number}", "Engineer", "panel", "video", when, ("Ana",), ADVERT,
            TERM if number % 10 == 0 else "bring water",
        )  # fmt: skip
        interview = store.add(facts, ZONE)
        store.save_debrief(interview.id, Debrief(3, "the start", "clear", "the dog"))
        for asked in range(ASKED):
            question = f"q{(number + asked) % 40}"
            noted = NotedQuestion(
                f"Question {question} about work?", f"bank-{asked % 5}", question, "okay"
            )
            store.save_asked(interview.id, noted)
            if asked == 0 and number % 3 == 0:
                opened.open(noted.bank, question, noted.text, interview_id=interview.id)
        store.note_outcome(interview.id, Outcome("rejected", "panel", "none given"))


def list_jobs(workspace: Workspace) -> Mapping[str, Callable[[], object]]:
    """What is measured, by its name."""
    now = now_in_zone(workspace)

    def list_interviews() -> object:
        accounts = read_accounts(workspace)
        return sort_for_list([each.interview for each in accounts], now)

    return {
        "today": lambda: read_weeks(
            workspace, MINUTES, offer(workspace.catalogue, workspace.library, workspace.clock)
        ),
        "due": lambda: list_due(workspace, MINUTES, ZONE),
        "interviews": list_interviews,
        "search": lambda: find_everywhere(workspace, TERM),
        "open": workspace.library.open_questions.all,
    }


def measure(workspace: Workspace) -> dict[str, float]:
    """Processor time of each job, in milliseconds; the median of `RUNS`."""
    found = {}
    for name, job in list_jobs(workspace).items():
        taken = []
        for _ in range(RUNS):
            began = time.process_time()
            job()
            taken.append(1000 * (time.process_time() - began))
        found[name] = statistics.median(taken)
    return found


def main() -> None:
    """Measure and print the table."""
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="practice-") as folder:
        for takes, interviews in SIZES:
            home = Path(folder) / str(takes)
            places = Places(home, home, home, home / "models")
            fill(places, takes)
            with Workspace(places, Settings()) as workspace:
                fill_interviews(workspace, interviews)
                rows.append(measure(workspace))
    print(f"{'takes':>6}{'interviews':>12}" + "".join(f"{name:>12}" for name in rows[0]))
    for (takes, interviews), row in zip(SIZES, rows, strict=True):
        print(f"{takes:>6}{interviews:>12}" + "".join(f"{ms:>12.1f}" for ms in row.values()))
    small, large = rows
    ratios = "".join(f"{large[name] / max(small[name], 0.01):>12.1f}" for name in small)
    print(f"{'ratio':>6}{'':>12}{ratios}")


if __name__ == "__main__":
    main()
