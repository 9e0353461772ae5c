"""A review on the stage, and a player that tells how it was asked to play."""

from dataclasses import dataclass
from pathlib import Path

from practice.base.errors import AudioError
from practice.library.takes import QuestionSnapshot, Take
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.services import Services
from practice.tui.widgets.measures_panel import MeasuresPanel
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.transcript_view import TranscriptView
from tests.support.app_harness import SilentPlayer, Stage
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


@dataclass(frozen=True)
class Played:
    """What a player was asked for."""

    start_s: float
    stop_s: float | None
    speed: float


class TellingPlayer(SilentPlayer):
    """Plays nothing, and says how it was asked; its position is what a test makes it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Played] = []
        self.broken = ""
        """Why nothing can be heard; empty when it can."""

    def play(
        self, path: Path, start_s: float = 0.0, stop_s: float | None = None, speed: float = 1.0
    ) -> None:
        if self.broken:
            raise AudioError(self.broken, "connect a loudspeaker")
        self.asked.append(Played(start_s, stop_s, speed))
        self.position_s = start_s
        super().play(path, start_s, stop_s, speed)


def keep_bank(services: Services) -> None:
    """Put the question into a bank of the user's own."""
    services.places.banks.mkdir(parents=True)
    (services.places.banks / "mine.yaml").write_text(BANK, encoding="utf-8")


def keep(services: Services, answer: str = ANSWER) -> Take:
    """Keep a reviewed take of the question."""
    return keep_take(services.workspace, answer, ASKED)


class ReviewStage:
    """A review that is open, with what tests look at."""

    def __init__(self, stage: Stage, screen: ReviewScreen | CompareScreen) -> None:
        self.stage = stage
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
        await self.stage.press(*keys)

    async def go_to(self, word: str) -> None:
        """Put the cursor on the first place that shows `word`."""
        assert self.transcript.text is not None
        shown = ["".join(part.text for part in cell) for cell in self.transcript.text.cells]
        self.transcript.cursor = shown.index(word)
        await self.stage.pilot.pause()


async def open_review(stage: Stage, services: Services, take: Take) -> ReviewStage:
    """Open the review of a take and wait until its words and sound are there."""
    stage.app.navigator.open_review(take.id)
    screen = await stage.on(ReviewScreen)
    opened = ReviewStage(stage, screen)
    await stage.until(lambda: opened.transcript.text is not None and bool(opened.explanation))
    return opened
