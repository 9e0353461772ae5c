"""What a debrief does with a key: how it felt, and which story was told."""

from collections.abc import Callable
from dataclasses import replace

from practice.library.interviews import NotedQuestion
from practice.tui.screens.base import PracticeScreen

NO_STORY = "There is no story yet: y on the first screen, then n."


class FeltKeys:
    """The five keys that say how an interview felt."""

    def action_felt_1(self) -> None:
        """It felt 1 of 5."""
        self._feel(1)

    def action_felt_2(self) -> None:
        """It felt 2 of 5."""
        self._feel(2)

    def action_felt_3(self) -> None:
        """It felt 3 of 5."""
        self._feel(3)

    def action_felt_4(self) -> None:
        """It felt 4 of 5."""
        self._feel(4)

    def action_felt_5(self) -> None:
        """It felt 5 of 5."""
        self._feel(5)

    def _feel(self, felt: int) -> None:
        raise NotImplementedError


def ask_for_story(
    screen: PracticeScreen[None], noted: NotedQuestion, then: Callable[[NotedQuestion], None]
) -> None:
    """Let one of the stories be found by its title.

    Args:
        screen: That asks.
        noted: The question that was answered with it.
        then: Called with the question and its story.
    """

    def choose(titles: list[str]) -> None:
        if not titles:
            screen.notify(NO_STORY)
            return

        def take(title: str | None) -> None:
            if title is not None:
                then(replace(noted, story=title))

        options = [(title, title) for title in titles]
        screen.host.navigator.pick("Which story did you tell?", options, take, is_searched=True)

    # In the order of the keys: what is typed before is kept first.
    screen.change(
        lambda: [story.title for story in screen.services.workspace.stories.all()], choose
    )


def describe_asked(noted: NotedQuestion) -> str:
    """A question of a debrief, and the story that was told."""
    return f"{noted.text}\nstory: {noted.story}" if noted.story else noted.text
