"""A review that is open in the app, and the bank and take it is about."""

from practice.library.takes import QuestionSnapshot, Take
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.services import Services
from practice.tui.widgets.measures_panel import MeasuresPanel
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.transcript_view import TranscriptView
from tests.support.app_harness import AppHarness
from tests.support.takes import ANSWER, keep_take

ASKED = QuestionSnapshot("conflict", "mine", "Tell me about a conflict.")
BANK = """\
title: Mine
questions:
  - id: conflict
    text: Tell me about a conflict.
    key_points: [the platform team owned the service, how it ended]
    terms: [trade-off, tokenizer]
"""


def keep_bank(services: Services) -> None:
    """Put the question about a conflict into a bank of the user's own."""
    services.places.banks.mkdir(parents=True)
    (services.places.banks / "mine.yaml").write_text(BANK, encoding="utf-8")


def keep_conflict_take(services: Services, answer: str = ANSWER) -> Take:
    """Keep a reviewed take of the question about a conflict."""
    return keep_take(services.workspace, answer, ASKED)


class ReviewHarness:
    """A review that is open, with what tests look at."""

    def __init__(self, harness: AppHarness, screen: ReviewScreen | CompareScreen) -> None:
        self.harness = harness
        self.screen = screen

    @property
    def transcript(self) -> TranscriptView:
        return self.screen.query(TranscriptView).first()

    @property
    def bar(self) -> PlayBar:
        return self.screen.query(PlayBar).first()

    @property
    def word(self) -> str:
        """What the cursor is on, with its marks."""
        assert self.transcript.text is not None
        cell = self.transcript.text.cells[self.transcript.cursor]
        return "".join(segment.text for segment in cell)

    @property
    def numbers(self) -> str:
        return str(self.screen.query_one(MeasuresPanel).query_one(PlainText).content)

    @property
    def explanation(self) -> str:
        return str(self.screen.query_one("#explanation", PlainText).content)

    async def press(self, *keys: str) -> None:
        await self.harness.press(*keys)

    async def go_to(self, word: str) -> None:
        """Put the cursor on the first place that shows `word`."""
        assert self.transcript.text is not None
        shown = ["".join(part.text for part in cell) for cell in self.transcript.text.cells]
        self.transcript.cursor = shown.index(word)
        await self.harness.pilot.pause()


async def open_review(harness: AppHarness, services: Services, take: Take) -> ReviewHarness:
    """Open the review of a take and wait until its words and sound are there."""
    harness.app.navigator.open_review(take.id)
    screen = await harness.wait_for_screen(ReviewScreen)
    opened = ReviewHarness(harness, screen)
    await harness.wait_until(
        lambda: opened.transcript.text is not None and bool(opened.explanation)
    )
    return opened
