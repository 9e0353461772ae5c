"""JSON: arrays of texts or objects, objects with such arrays inside, CrowdAnki decks."""

import json
import re

from practice.base.errors import BankError
from practice.questions.importers.import_result import (
    MOST_QUESTIONS,
    Draft,
    ImportResult,
    too_many_error,
)
from practice.questions.importers.records import (
    draft_of,
    readable_line,
    readable_text,
    texts_of,
)

_HELD_IN = ("questions", "items", "data", "cards", "entries", "results", "list")
_DEEPEST = 6


def read(text: str) -> ImportResult | None:
    """The questions of a JSON document or of lines of JSON, or None when `text` is neither.

    Raises:
        BankError: It is meant to be JSON and is broken, or holds too many questions.
    """
    if text.lstrip()[:1] not in {"[", "{"}:
        return None
    try:
        document = json.loads(text)
    except RecursionError:
        return None
    except ValueError as error:
        if found := _read_lines(text):
            return found
        _refuse_broken(text, error)
        return None
    reader = _JsonReader(text)
    if isinstance(document, dict) and document.get("__type__") == "Deck":
        reader.add_deck(document, [])
    else:
        reader.collect(document, [], 0)
    return reader.found


def _read_lines(text: str) -> ImportResult | None:
    """JSON Lines: a document on each line. One broken line is listed, and the others are read."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not all(
        line.lstrip().startswith("{") and line.rstrip().endswith("}") for _, line in lines[:3]
    ):
        return None
    reader = _JsonReader(text)
    reader.found.format = "JSON Lines"
    read = 0
    for number, line in lines:
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):
            reader.found.leave_out(number, line)
            continue
        read += 1
        reader.collect(document, [], 1)
    return reader.found if read * 2 > len(lines) else None


def _refuse_broken(text: str, error: ValueError) -> None:
    """Refuse what looks like JSON and is broken; brackets also begin lines of prose."""
    if re.match(r"\s*(?:\[\s*)?(?:\{\s*)?\"(?:[^\"\\]|\\.)*\"\s*[:,\]]", text[:2000]) is None:
        return
    line = getattr(error, "lineno", 1)
    reason = getattr(error, "msg", str(error))
    raise BankError(
        f"this JSON is broken in line {line}: {reason[:1].lower()}{reason[1:]}",
        "correct that line (often it is a comma too many, or one that is missing)",
    )


class _JsonReader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.counted, self.lines = 0, 1
        self.found = ImportResult("JSON")

    def line_of(self, text: str) -> int:
        """The line of the next place where `text` is written; places are asked for in order."""
        # The reader of JSON forgets places. A text is found again in one of two spellings, and one
        # that is spelt in another way gets the line of the text before it.
        written = json.dumps(text, ensure_ascii=False)
        place = self.text.find(written, self.position)
        if place < 0:
            place = self.text.find(json.dumps(text), self.position)
        if place >= 0:
            self.position = place
        return self.line()

    def line(self) -> int:
        """The line of the last place that was found."""
        self.lines += self.text.count("\n", self.counted, self.position)
        self.counted = self.position
        return self.lines

    def collect(self, value: object, tags: list[str], depth: int) -> None:
        """Look for questions in one value of the document."""
        if len(self.found.drafts) + len(self.found.not_understood) > MOST_QUESTIONS:
            raise too_many_error()
        if isinstance(value, str):
            self._add_text(value, tags)
        elif isinstance(value, list) and depth < _DEEPEST:
            for item in value:
                self.collect(item, tags, depth + 1)
        elif isinstance(value, dict) and depth < _DEEPEST:
            self._add_object(value, tags, depth)
        elif value is not None:
            self._leave_out(value)

    def _add_text(self, value: str, tags: list[str]) -> None:
        words = readable_line(value)
        line = self.line_of(value)
        if re.search(r"\w", words):
            self.found.drafts.append(Draft(words, line, tags=[*tags]))
        else:
            self.found.leave_out(line, value)

    def _add_object(self, value: dict[str, object], tags: list[str], depth: int) -> None:
        held = {key: item for key, item in value.items() if isinstance(item, list | dict) and item}
        named = [key for key in held if key.casefold() in _HELD_IN]
        first = next(iter(texts_of({key: value[key] for key in value if key not in held})), "")
        if named:
            self._describe(value, depth)
            title = value.get("title") or value.get("name") or value.get("category")
            inner = [*tags, title] if depth and isinstance(title, str) else tags
            for key in named:
                self.collect(held[key], inner, depth + 1)
            return
        texts = [item for item in value.values() if isinstance(item, str)]
        line = self.line_of(texts[0]) if texts else self.line()
        draft = draft_of(value, line)
        if draft:
            draft.tags += tags
            self.found.drafts.append(draft)
        elif held and not first:
            for key, item in held.items():
                self.collect(item, [*tags, key], depth + 1)
        else:
            self._leave_out(value)

    def _describe(self, value: dict[str, object], depth: int) -> None:
        if depth:
            return
        for key, target in (
            ("title", "title"),
            ("name", "title"),
            ("licence", "licence"),
            ("license", "licence"),
            ("source", "source"),
            ("language", "language"),
        ):
            text = value.get(key)
            if isinstance(text, str) and not getattr(self.found, target):
                setattr(self.found, target, text)

    def _leave_out(self, value: object) -> None:
        self.found.leave_out(self.line(), json.dumps(value, ensure_ascii=False)[:200])

    def add_deck(self, deck: dict[str, object], tags: list[str]) -> None:
        """A CrowdAnki deck and the decks in it."""
        self.found.format = "CrowdAnki JSON"
        name = deck.get("name")
        self.found.title = self.found.title or (name if isinstance(name, str) else "")
        notes, children = deck.get("notes"), deck.get("children")
        for note in notes if isinstance(notes, list) else []:
            fields = texts_of(note.get("fields")) if isinstance(note, dict) else []
            if not fields:
                self._leave_out(note)
                continue
            draft = Draft(readable_line(fields[0]), self.line_of(fields[0]))
            draft.notes += [readable_text(field) for field in fields[1:]]
            draft.tags = [*tags, *texts_of(note.get("tags"))]
            self.found.drafts.append(draft)
        for child in children if isinstance(children, list) else []:
            if isinstance(child, dict):
                child_name = child.get("name")
                self.add_deck(child, [*tags, child_name] if isinstance(child_name, str) else tags)
