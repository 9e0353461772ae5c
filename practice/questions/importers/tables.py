"""CSV, TSV and Anki's text export, with or without a header; Markdown tables of questions."""

import csv
import re
from collections.abc import Iterator

from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.markdown_file import MarkdownFile
from practice.questions.importers.markdown_lists import strip_status
from practice.questions.importers.records import draft_of, field_of

_DIRECTIVE = re.compile(r"#(?P<key>[a-z ]+):(?P<value>.*)$")
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
_WITHOUT_HEADER = ("question", "answer", "tags", "notes")


def read(text: str, extension: str = "") -> ImportResult | None:
    """The questions of a table, or None when `text` is not one."""
    directives, body, first_line = _anki_head(text)
    separator = _separator(directives, body, extension)
    if separator is None:
        return None
    found = ImportResult("Anki text" if directives else "TSV" if separator == "\t" else "CSV")
    found.title = directives.get("deck", "")
    rows = list(_rows(body, separator, first_line, found))
    header = _header(directives, rows[0][1] if rows else [], separator)
    if header is None:
        names = list(_WITHOUT_HEADER)
    else:
        names, rows = header, rows if directives.get("columns") else rows[1:]
    _name_columns(names, directives)
    for line, cells in rows:
        _add_row(found, names, line, cells)
    return found


def _anki_head(text: str) -> tuple[dict[str, str], str, int]:
    directives: dict[str, str] = {}
    lines = text.split("\n")
    used = 0
    for line in lines:
        match = _DIRECTIVE.match(line.strip("\r"))
        if not match:
            break
        directives[match["key"].strip()] = match["value"].strip("\r")
        used += 1
    return directives, "\n".join(lines[used:]), used + 1


def _separator(directives: dict[str, str], body: str, extension: str) -> str | None:
    if "separator" in directives:
        named = directives["separator"]
        return _SEPARATORS.get(named.strip().casefold(), named[:1] or None)
    lines = [line for line in body.split("\n") if line.strip()]
    if not lines:
        return None
    for separator in ("\t", ",", ";", "|"):
        names = [cell.strip().strip('"') for cell in lines[0].split(separator)]
        if len(names) > 1 and any(field_of(name) == "text" for name in names) and len(lines) > 1:
            return separator
    with_tab = sum("\t" in line.strip() for line in lines)
    if with_tab * 5 >= len(lines) * 4:
        return "\t"
    for separator in (",", ";"):
        if all(re.match(rf'"(?:[^"]|"")+"{separator}', line) for line in lines[:20]):
            return separator
    return {".csv": ",", ".tsv": "\t"}.get(extension)


def _rows(
    body: str, separator: str, first_line: int, found: ImportResult
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(body.splitlines(keepends=True), delimiter=separator, strict=False)
    line = first_line
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found.leave_out(first_line + reader.line_num - 1, str(error))
            continue
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in cells]
        line = first_line + reader.line_num


def _header(directives: dict[str, str], first: list[str], separator: str) -> list[str] | None:
    if directives.get("columns"):
        return directives["columns"].split(separator)
    if any(field_of(cell) == "text" for cell in first) and all(len(cell) < 40 for cell in first):
        return first
    return None


def _name_columns(names: list[str], directives: dict[str, str]) -> None:
    for key, name in (
        ("tags column", "tags"),
        ("deck column", "deck"),
        ("notetype column", "type of note"),
    ):
        number = directives.get(key, "")
        if re.fullmatch("[0-9]{1,2}", number) and int(number) > 0:
            names += [f"column {index + 1}" for index in range(len(names), int(number))]
            names[int(number) - 1] = name


def _add_row(found: ImportResult, names: list[str], line: int, cells: list[str]) -> None:
    record: dict[str, object] = {}
    for index, cell in enumerate(cells):
        name = names[index].strip() if index < len(names) and names[index].strip() else ""
        name = name or f"column {index + 1}"
        record[name if name not in record else f"{name} ({index + 1})"] = cell
    draft = draft_of(record, line)
    if draft is None or not re.search(r"\w", draft.text):
        found.leave_out(line, " | ".join(cells))
        return
    found.drafts.append(_move_status(draft))


def _move_status(draft: Draft) -> Draft:
    for index, note in enumerate(draft.notes):
        if note.casefold().startswith("status:"):
            tags = strip_status(note)[1]
            if tags:
                draft.tags += tags
                del draft.notes[index]
                break
    return draft


def read_markdown_table(file: MarkdownFile) -> ImportResult | None:
    """A table one of whose columns is called Question."""
    found = ImportResult("Markdown table", file.title)
    names: list[str] | None = None
    for line in file.lines:
        is_row = line.kind == "text" and line.text.lstrip().startswith("|")
        if not is_row:
            names = None
            if line.kind in {"text", "code"}:
                found.leave_out(line.number, line.text)
            continue
        # The backslash before a bar belongs to the table: it goes in code too.
        cells = [
            cell.strip().replace(r"\|", "|")
            for cell in re.split(r"(?<!\\)\|", line.text.strip().strip("|"))
        ]
        if names is None:
            names = cells
        elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            if any(field_of(name) == "text" for name in names):
                _add_row(found, names, line.number, cells)
            else:
                found.leave_out(line.number, line.text)
    return found if found.drafts else None
