"""One of several takes on a screen: its marked words, and its sound."""

from collections.abc import Iterator

from textual import on
from textual.containers import Vertical
from textual.widget import Widget

from practice.documents.review import ReviewDocument
from practice.library.takes import Take
from practice.tui.services import Devices
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.transcript_view import TranscriptView


class TakeColumn(Vertical):
    """A heading, a transcript and a play bar that follow each other.

    Args:
        devices: The way to sound.
        name: The widget's id.
    """

    def __init__(self, devices: Devices, name: str) -> None:
        super().__init__(id=name)
        self._devices = devices
        self.take: Take | None = None

    def compose(self) -> Iterator[Widget]:
        """From top to bottom."""
        yield PlainText("", classes="heading")
        yield TranscriptView()
        yield PlayBar(self._devices)

    @property
    def transcript(self) -> TranscriptView:
        """The words."""
        return self.query_one(TranscriptView)

    @property
    def bar(self) -> PlayBar:
        """The sound."""
        return self.query_one(PlayBar)

    def show(self, take: Take, document: ReviewDocument, heading: str) -> None:
        """Show a take and its review."""
        if self.take is None or self.take.id != take.id:
            self.bar.pause()
            self.bar.load(take.audio, take.duration_s or 0.0)
            self.transcript.show(document)
        self.take = take
        self.query_one(".heading", PlainText).show(heading)

    def play(self) -> None:
        """Play or pause."""
        self.bar.toggle()

    def play_from_cursor(self) -> None:
        """Play from the word under the cursor; without words, from the playhead."""
        text = self.transcript.text
        if text is not None and len(text):
            self.bar.play_from(text.span_s(self.transcript.cursor)[0])
        elif text is not None:
            self.bar.play_on()

    def play_mark(self, forward: bool) -> bool:
        """Go to the next finding, or the one before, and play around it; False without one."""
        text, cursor = self.transcript.text, self.transcript.cursor
        if text is None:
            return False
        place = text.next_mark(cursor) if forward else text.previous_mark(cursor)
        if place is None:
            return False
        self.transcript.cursor = place
        finding = text.findings(place)[0]
        self.bar.play_around(finding.start_s, finding.end_s)
        return True

    @on(PlayBar.PlayheadMoved)
    def follow_sound(self, message: PlayBar.PlayheadMoved) -> None:
        """Point at the word that is heard."""
        text = self.transcript.text
        if text is not None and len(text) and self.bar.playing:
            self.transcript.follow(text.at(message.time_s))

    @on(PlayBar.PlayingEnded)
    def rest(self) -> None:
        """Leave the cursor where the sound ended."""
        if self.transcript.now is not None:
            self.transcript.cursor, self.transcript.now = self.transcript.now, None

    @on(TranscriptView.PlaceReached)
    def go_along(self, message: TranscriptView.PlaceReached) -> None:
        """A resting playhead goes where the cursor goes."""
        text = self.transcript.text
        if text is not None and not self.bar.playing:
            self.bar.place(text.span_s(message.place)[0])

    @on(TranscriptView.PlaceChosen)
    def play_chosen(self) -> None:
        """Play from the word that was clicked twice."""
        self.play_from_cursor()
