"""Files with a fixed plan: one question with key points, 30-seconds cards, interview sessions."""

import re

from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.markdown_file import MarkdownFile, MarkdownLine
from practice.questions.importers.plain_text import block_text, inline_text

_COMMENT = re.compile(r"<!--\s*(?P<key>\w+)\s*:\s*(?P<value>.*?)\s*-->")
_SPEAKER = re.compile(r"\s*\*\*(?P<who>[A-Z][\w ]{0,30}):?\*\*:?\s*(?P<words>.*)$")
_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?P<words>\S.*)$")
_PLACEHOLDER = re.compile(r"\s*_?\[[^\]]*\]_?\s*$")
_KEY_POINTS = ("key points", "good to hear", "what to listen for", "strong answer")
_FOLLOW_UPS = ("follow-up", "follow up", "followup", "probes")


def _sections(lines: list[MarkdownLine]) -> list[tuple[MarkdownLine, list[MarkdownLine]]]:
    """Each heading with the lines below it."""
    sections: list[tuple[MarkdownLine, list[MarkdownLine]]] = []
    for line in lines:
        if line.heading:
            sections.append((line, []))
        elif sections:
            sections[-1][1].append(line)
    return sections


def read_one(file: MarkdownFile) -> ImportResult | None:
    """`# Question` with `## Key Points to Cover` and other sections about it."""
    sections = _sections(file.lines)
    names = [line.heading[1].casefold() for line, _ in sections if line.heading]
    if not any(name.startswith("key points") for name in names[1:]):
        return None
    found = ImportResult("Markdown, one question with key points")
    _list_before(file, found)
    for line, below in sections:
        assert line.heading
        if line.heading[0] == 1:
            found.drafts.append(Draft(line.heading[1], line.number))
            _add_section(found, "Introduction", below)
        elif found.drafts:
            _add_section(found, line.heading[1], below)
    found.title = file.front.get("title", "")
    return found if found.drafts else None


def _list_before(file: MarkdownFile, found: ImportResult) -> None:
    for line in file.lines:
        if line.heading:
            return
        if line.kind in {"text", "code"}:
            found.leave_out(line.number, line.text)


def _add_section(found: ImportResult, name: str, below: list[MarkdownLine]) -> None:
    draft = found.drafts[-1]
    lines = [line for line in below if not _apply_comment(draft, line.text)]
    for line in lines:
        if _PLACEHOLDER.match(line.text):
            found.leave_out(line.number, line.text)
    lines = [line for line in lines if not _PLACEHOLDER.match(line.text)]
    heading = name.casefold()
    if heading.startswith(_KEY_POINTS):
        rest = _move_bullets(lines, draft.key_points)
    elif heading.startswith(_FOLLOW_UPS):
        rest = _move_bullets(lines, draft.follow_ups)
    else:
        rest = [line.text for line in lines]
    text = block_text("\n".join(rest))
    if text:
        draft.notes.append(text if heading in {"answer", "introduction"} else f"{name}:\n{text}")


def _move_bullets(lines: list[MarkdownLine], items: list[str]) -> list[str]:
    """Move list items to `items`; the other lines are returned."""
    rest: list[str] = []
    for line in lines:
        bullet = _BULLET.match(line.text) if line.kind == "text" else None
        if bullet:
            items.append(inline_text(bullet["words"]))
        elif items and line.kind == "text" and line.text[:1].isspace():
            items[-1] += f" {inline_text(line.text)}"
        else:
            rest.append(line.text)
    return rest


def _apply_comment(draft: Draft, text: str) -> bool:
    match = _COMMENT.match(text.strip())
    if not match:
        return False
    key = match["key"].casefold()
    values = [value.strip() for value in match["value"].strip("() ").split(",") if value.strip()]
    if key in {"tags", "tag"}:
        draft.tags += values
    elif key == "competency":
        draft.competency, more = (values or [""])[0], values[1:]
        draft.tags += more
    elif key in {"expertise", "difficulty", "level"} and values:
        number = values[0]
        is_from_zero = key == "expertise" and number in {"0", "1", "2"}
        draft.difficulty = str(int(number) + 1) if is_from_zero else number
    else:
        return False
    return True


def read_cards(file: MarkdownFile) -> ImportResult | None:
    """`### Question`, `#### Answer`, `#### Good to hear`, tags in comments."""
    sections = _sections(file.lines)
    names = {line.heading[1].casefold() for line, _ in sections if line.heading}
    if "answer" not in names or not any(name.startswith("good to hear") for name in names):
        return None
    found = ImportResult("Markdown, question cards with what is good to hear", file.title)
    _list_before(file, found)
    for line, below in sections:
        assert line.heading
        depth, words = line.heading
        is_part = words.casefold() in {"answer", "additional links"} or words.casefold().startswith(
            _KEY_POINTS
        )
        if depth <= 3 and not is_part:
            draft = Draft(words, line.number)
            found.drafts.append(draft)
            draft.notes.append(
                block_text(
                    "\n".join(one.text for one in below if not _apply_comment(draft, one.text))
                )
            )
        elif found.drafts:
            _add_section(found, words, below)
    return found


def read_session(file: MarkdownFile) -> ImportResult | None:
    """`## Q1`, `**Interviewer:** question`, `**Candidate:** answer`: a session as written down."""
    found = ImportResult("interview session", file.title)
    draft: Draft | None = None
    answer: list[str] = []
    for line in file.lines:
        speaker = _SPEAKER.match(line.text) if line.kind == "text" else None
        who = speaker["who"].casefold() if speaker else ""
        if speaker and who in {"interviewer", "question", "recruiter"}:
            _end_answer(draft, answer)
            answer = []
            draft = Draft(inline_text(speaker["words"]), line.number)
            found.drafts.append(draft)
        elif line.heading:
            _end_answer(draft, answer)
            answer, draft = [], None
        elif draft and (_apply_comment(draft, line.text) or line.kind == "blank"):
            answer.append("")
        elif draft and (speaker or (answer and any(answer))):
            answer.append(line.text)
        elif draft and line.kind == "text":
            draft.text += f" {inline_text(line.text)}"
        elif line.kind in {"text", "code"}:
            found.leave_out(line.number, line.text)
    _end_answer(draft, answer)
    found.source = _origin(file.front)
    if not found.title:
        found.title = found.source
    return found if len(found.drafts) > 0 else None


def _end_answer(draft: Draft | None, answer: list[str]) -> None:
    if draft and any(answer):
        draft.notes.append(block_text("\n".join(answer)))


def _origin(front: dict[str, str]) -> str:
    keys = ("company", "role", "round", "date", "source")
    return ", ".join(front[key] for key in keys if front.get(key))
