"""How a review is heard: playhead, pointer and cursor go together, from place to place."""

from collections.abc import Sequence

from practice.delivery.highlights import Highlight
from practice.tui.presentation.marked_text import MarkedText
from practice.tui.screens.base import PracticeScreen
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.timeline import Timeline
from practice.tui.widgets.transcript_view import TranscriptView

SEEK_S = 5.0
NO_FURTHER = "That was the last mark that way."


class Listening:
    """Plays what commands ask for and keeps transcript, play bar and timeline in step.

    The places worth hearing are a round through the take: Enter begins it, the brackets go on.
    Whoever moves the cursor has left it, and the brackets go from finding to finding.

    Args:
        screen: Holds the three widgets and shows notices.
    """

    def __init__(self, screen: PracticeScreen[None]) -> None:
        self._screen = screen
        self._follows = False
        """Whether the cursor goes along with the sound; else only the pointer does."""
        self._places: Sequence[Highlight] = ()
        self._at: int | None = None
        """The place of the round that was heard last; None before the first."""
        self._round_cursor = 0
        """Where the round left the cursor: elsewhere, the user has moved it."""

    def show_places(self, places: Sequence[Highlight]) -> None:
        """Take up the places of a review; other ones begin a new round."""
        if tuple(places) != tuple(self._places):
            self._places, self._at = places, None
            self._round_cursor = self._transcript.cursor

    def play(self) -> None:
        """Play or pause."""
        self._restart_following()
        self._bar.toggle()

    def play_from_cursor(self) -> None:
        """Play the present place of the round, else from the cursor, else from the playhead."""
        if self._is_on_round:
            self._play_place(self._at or 0)
            return
        self._restart_following()
        # A take without words and marks has no places to be at, only its sound.
        if len(self._text):
            self._bar.play_from(self._text.span_s(self._transcript.cursor)[0])
        else:
            self._bar.play_on()

    def play_next(self) -> None:
        """Go to the next place of the round, behind its last one to the next finding."""
        if self._is_on_round and self._at is not None and self._at + 1 < len(self._places):
            self._play_place(self._at + 1)
        else:
            self._play_mark(self._text.next_mark(self._transcript.cursor))

    def play_previous(self) -> None:
        """Go to the place or finding before."""
        if self._is_on_round and self._at:
            self._play_place(self._at - 1)
        else:
            self._play_mark(self._text.previous_mark(self._transcript.cursor))

    def seek(self, time_s: float) -> None:
        """Go to a moment; the cursor goes along."""
        self._restart_following()
        self._bar.seek(time_s)
        if not self._bar.playing and len(self._text):
            self._transcript.cursor = self._text.at(self._bar.playhead_s)

    def play_at(self, time_s: float | None) -> None:
        """Go to a moment and play from there; None leaves everything as it is."""
        if time_s is not None:
            self.seek(time_s)
            self._bar.play_from(time_s)

    def follow_sound(self, time_s: float) -> None:
        """Let playhead, pointer and, while the take is played on, the cursor follow the sound."""
        self._timeline.show_playhead(time_s)
        text = self._transcript.text
        if text is None or not len(text) or not self._bar.playing:
            return
        # Where the cursor has left the pointer, the user has moved it and it is let go. Asked here,
        # before both move: a message of the cursor's move may still be on its way.
        if self._transcript.now not in {None, self._transcript.cursor}:
            self._follows = False
        place = text.at(time_s)
        self._transcript.follow(place)
        if self._follows:
            self._transcript.cursor = place

    def rest(self) -> None:
        """Take the pointer away."""
        self._follows = False
        self._transcript.now = None

    def go_along(self, place: int) -> None:
        """A resting playhead goes where the cursor goes."""
        if not self._bar.playing:
            time_s = self._text.span_s(place)[0]
            self._bar.place(time_s)
            self._timeline.show_playhead(time_s)

    @property
    def _is_on_round(self) -> bool:
        return bool(self._places) and self._transcript.cursor == self._round_cursor

    def _play_place(self, number: int) -> None:
        highlight = self._places[number]
        self._at = number
        self._round_cursor = self._text.place_of(highlight.start_s)
        # The cursor stays on the place while what is around it plays.
        self._follows = False
        self._transcript.cursor = self._round_cursor
        self._bar.play_around(highlight.start_s, highlight.end_s)

    def _play_mark(self, place: int | None) -> None:
        if place is None:
            self._screen.notify(NO_FURTHER)
            return
        self._follows = False
        self._transcript.cursor = place
        finding = self._text.findings(place)[0]
        self._bar.play_around(finding.start_s, finding.end_s)

    def _restart_following(self) -> None:
        """Let the cursor go along with the sound from wherever the sound is next."""
        self._follows = True
        self._transcript.now = None

    @property
    def _transcript(self) -> TranscriptView:
        return self._screen.query_one(TranscriptView)

    @property
    def _bar(self) -> PlayBar:
        return self._screen.query_one(PlayBar)

    @property
    def _timeline(self) -> Timeline:
        return self._screen.query_one(Timeline)

    @property
    def _text(self) -> MarkedText:
        text = self._transcript.text
        assert text is not None, "commands wait until there is a review"
        return text
