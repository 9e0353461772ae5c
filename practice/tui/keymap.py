"""Every command of every screen together: what `practice keys` lists, and the user's own keys.

A screen or widget with commands of its own gets a line in `_TABLES`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from practice.tui.commands import APP_TABLE, BACK, Command

_TABLES = {
    "today": "screens.session.today",
    "set up": "screens.session.session_setup",
    "session": "screens.session.session",
    "a guess": "screens.session.guess",
    "summary": "screens.session.summary",
    "review": "screens.review.review",
    "compare": "screens.review.compare",
    "review boxes": "screens.review.dialogs",
    "a transcript": "widgets.transcript_view",
    "numbers of a review": "widgets.measures_panel",
    "microphone": "screens.setup.microphone",
    "models": "screens.setup.models",
    "a model folder": "screens.setup.model_folder",
    "what is caught": "screens.setup.calibration",
    "settings": "screens.setup.settings",
    "export and import": "screens.setup.everything",
    "banks": "screens.banks.bank_commands",
    "a question of a bank": "screens.banks.question_form",
    "items of a list": "widgets.text_box",
    "import": "screens.banks.bank_import",
    "export of a bank": "screens.banks.bank_export",
    "a new bank": "screens.banks.new_bank",
    "one of several": "screens.dialogs.pick",
    "a title": "screens.dialogs.title",
    "library": "screens.library.library",
    "export": "screens.review.export",
    "one question": "screens.library.question_history",
    "trends": "screens.library.trends",
    "interviews": "screens.weeks.interviews",
    "what interviews have in common": "screens.weeks.in_common",
    "an interview": "screens.weeks.interview_form",
    "debrief": "screens.weeks.debrief",
    "questions-in-file": "screens.weeks.questions_in_file",
    "telling": "screens.weeks.telling",
    "how it ended": "screens.weeks.outcome",
    "words to say": "screens.weeks.terms",
    "a page for yourself": "screens.weeks.own_page",
    "a letter": "screens.weeks.letter",
    "feedback": "screens.review.feedback",
    "open questions": "screens.weeks.open_questions",
    "stories": "screens.stories.stories",
    "a story": "screens.stories.story",
    "writing a story": "screens.stories.story_form",
    "a question": "screens.dialogs.ask",
    "help": "screens.dialogs.help",
    "a choice": "widgets.option_row",
    "an entry": "widgets.link_row",
    "a list": "widgets.cursor_list",
    "a table of takes": "widgets.take_table",
    "a list of takes": "widgets.take_list",
    "a line to type into": "widgets.plain_input",
    "the name of a file": "widgets.path_input",
}
"""Modules with commands of their own, in the order in which `practice keys` prints them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A command as `practice keys` prints it."""

    id: str
    keys: tuple[str, ...]
    help: str
    place: str
    """Where it works: `everywhere`, or the screen."""


def _tables() -> dict[str, tuple[Command, ...]]:
    """Every table by the name of its place."""
    # By name, because all screens together take longer to import than a start may.
    tables = {
        name: import_module(f"practice.tui.{module}").COMMAND_TABLE
        for name, module in _TABLES.items()
    }
    return {"everywhere": (*APP_TABLE, BACK), **tables}


def list_commands(keymap: Mapping[str, str] | None = None) -> list[Listed]:
    """Every command of every screen with the keys it has now.

    A command that several screens share is listed once.

    Args:
        keymap: The user's own keys by command id.
    """
    own = keymap or {}
    listed: dict[str, Listed] = {}
    for place, table in _tables().items():
        for command in table:
            keys = tuple(own.get(command.id, command.keys).split(","))
            listed.setdefault(command.id, Listed(command.id, keys, command.help, place))
    return list(listed.values())


def unknown_ids(keymap: Mapping[str, str]) -> list[str]:
    """The ids in a keymap that name no command."""
    known = {listed.id for listed in list_commands()}
    return [name for name in keymap if name not in known]


def complete_keymap(own: Mapping[str, str]) -> dict[str, str]:
    """The keymap to give to Textual for the user's `own` keys.

    Where Textual moves one command of a table it takes its old key from all that share it, and
    moves the command behind the others. So every command of such a table is named, in its order.
    """
    return {
        command.id: own.get(command.id, command.keys)
        for table in (_tables() if own else {}).values()
        if any(command.id in own for command in table)
        for command in table
    }


def find_clashes(own: Mapping[str, str]) -> list[str]:
    """Where a key of the user's own belongs to another command of the same place, in words."""
    found: dict[str, None] = {}
    for table in (_tables() if own else {}).values():
        for command in table:
            keys = set(own.get(command.id, "").split(",")) - {""}
            for other in table:
                taken = keys & set(own.get(other.id, other.keys).split(","))
                if other is not command and taken:
                    found[f"{', '.join(sorted(taken))} is {command.id} and {other.id}"] = None
    return list(found)
