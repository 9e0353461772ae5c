"""The keys of the banks screen."""

from practice.tui.commands import BACK, Command

COMMAND_TABLE = (
    Command("banks.open", "enter,right", "open", "Go to the questions of this bank.", footer=True),
    Command("banks.edit", "enter,e", "edit", "Change this question, or open the editor at this "
            "problem.", footer=True),
    Command("banks.add", "a", "add", "Write a new question behind this one.", footer=True),
    Command("banks.find", "slash", "find", "Show only questions that hold what you type."),
    Command("banks.remove", "delete,backspace", "remove",
            "Take this question out; u brings it back.", footer=True),
    Command("banks.new", "N", "new bank", "Begin a bank of your own.", footer=True),
    Command("banks.rename", "f2", "rename", "Give this bank another title."),
    Command("banks.delete", "delete,backspace", "delete",
            "Delete this bank of yours; u brings it back."),
    Command("banks.import", "I", "import", "Make a bank of a list in any common format.",
            footer=True),
    Command("banks.session", "s", "session", "Begin a session with this bank.", footer=True),
    Command("banks.undo", "u", "undo", "Take back the last edit; again for the one before.",
            footer=True),
    Command("banks.duplicate", "ctrl+d", "duplicate", "Put a copy of this question behind it."),
    Command("banks.move", "M", "move", "Move this question to another bank."),
    Command("banks.earlier", "shift+up", "earlier", "Move this question up in its bank."),
    Command("banks.later", "shift+down", "later", "Move this question down in its bank."),
    Command("banks.open-question", "o", "open it",
            "Let this question come back until you have said it well on two days."),
    Command("banks.preview", "p", "preview", "See this question as it will be asked."),
    Command("banks.editor", "E", "editor", "Open the file in your own editor, at this place."),
    Command("banks.export", "X", "export", "Export or share this bank as Markdown, CSV or JSON."),
    BACK,
)  # fmt: skip

OF_A_QUESTION = {"remove", "duplicate", "move", "earlier", "later", "preview", "open_question"}
"""Actions that need a question under the cursor."""
OF_THE_LIST = {"open", "new", "import", "rename", "delete"}
"""Actions of the list of banks."""
