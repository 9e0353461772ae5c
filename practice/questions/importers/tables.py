"""Tables: CSV, TSV, Anki's text export, tables in Markdown or HTML; with or without a header."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from practice.questions.importers.blocks import Document
from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.interpretation import Interpretation, strip_status
from practice.questions.importers.prompts import SURE, likelihood
from practice.questions.importers.records import draft_of, field_of

_DIRECTIVE = re.compile(r"#(?P<key>[a-z ]+):(?P<value>.*)$")
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
_WITHOUT_HEADER = ("question", "answer", "tags", "notes")
_PASSED_OVER = {"guid column": "guid", "notetype column": "type of note"}
_NAMED_COLUMNS = {**_PASSED_OVER, "deck column": "deck", "tags column": "tags"}
_HEADER_ROWS = 6
"""How many rows may stand above the header: a title, empty rows, a date."""
_LONGEST_NAME = 60
_SAMPLE_ROWS = 60
_MOST_COLUMNS = 200
"""A row with more cells is prose or code with many separators."""
_LEAST_EVEN = 0.9
"""The share of rows with the same number of cells that makes a text a table by that alone."""
_CELL_END = re.compile(r"(?<!\\)\|")


def read(text: str, extension: str = "") -> Interpretation | None:
    """The questions of a table, or None when `text` is not one."""
    directives, body, first_line = _anki_head(text)
    separator, body, first_line = _separator(directives, body, first_line, extension)
    if separator is None:
        return None
    found = ImportResult("Anki text" if directives else "TSV" if separator == "\t" else "CSV")
    found.title = directives.get("deck", "")
    rows = list(_rows(body, separator, first_line, found))
    if directives.get("columns"):
        names = directives["columns"].split(separator)
        is_named = True
    else:
        names, rows, is_named = _split_header(rows, directives, found)
    _name_columns(names, directives, rows)
    _add_rows(found, names, rows)
    # Directives and a header say what a table is; even rows alone may be prose with commas.
    prior = SURE if directives or is_named else 0.0
    return Interpretation("table", found, prior=prior) if found.drafts else None


def propose(document: Document) -> Iterator[Interpretation]:
    """Tables in the document, one of whose columns is called Question."""
    interpretation = Interpretation(
        "table", ImportResult("tables with a column of questions", document.title)
    )
    names: list[str] | None = None
    before = -1
    for number, block in enumerate(document.blocks):
        if block.kind != "row" or block.is_contents:
            continue
        # The backslash before a bar belongs to the table: it goes in code too.
        cells = [
            cell.strip().replace(r"\|", "|")
            for cell in _CELL_END.split(block.source.strip().strip("|"))
        ]
        if number != before + 1:
            names = None
        before = number
        if names is None:
            names = cells if any(field_of(name) == "text" for name in cells) else []
            if names:
                _settle_names(names, [])
                interpretation.parts.add(number)
        elif names and not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            before_count = len(interpretation.found.drafts)
            _add_row(interpretation.found, names, block.line, cells)
            if len(interpretation.found.drafts) > before_count:
                interpretation.starts.append(number)
        elif names:
            interpretation.parts.add(number)
    if interpretation.found.drafts:
        taken = {*interpretation.starts, *interpretation.parts}
        for number, block in enumerate(document.blocks):
            if (
                number not in taken
                and block.title
                and block.kind != "heading"
                and not block.is_contents
            ):
                interpretation.found.leave_out(block.line, block.text)
        yield interpretation


def _anki_head(text: str) -> tuple[dict[str, str], str, int]:
    """Anki's directives, the text below them and its first line."""
    directives: dict[str, str] = {}
    lines = text.split("\n")
    if not _DIRECTIVE.match(lines[0]):
        return directives, text, 1
    used = 0
    for line in lines:
        if not line.startswith("#"):
            break
        if match := _DIRECTIVE.match(line):
            directives[match["key"].strip()] = match["value"].strip("\r")
        used += 1
    known = {"separator", "html", "columns", "deck", "notetype", "tags", *_NAMED_COLUMNS}
    if not directives.keys() & known:
        return {}, text, 1
    return directives, "\n".join(lines[used:]), used + 1


def _separator(
    directives: dict[str, str], body: str, first_line: int, extension: str
) -> tuple[str | None, str, int]:
    """The sign between cells, the rows, and the line where they begin."""
    if "separator" in directives:
        named = directives["separator"]
        sign = _SEPARATORS.get(named.strip().casefold(), named[:1] or None)
        return sign, body, first_line
    if directives:
        return "\t", body, first_line
    # Excel's own way to say it.
    if match := re.match(r"\s*\"?sep=(?P<sign>[^\n\"])\"?[ \t]*\n", body, re.IGNORECASE):
        return match["sign"], body[match.end() :], first_line + body.count("\n", 0, match.end())
    return _guess_separator(body, extension), body, first_line


def _guess_separator(body: str, extension: str) -> str | None:
    best, evenness = None, (0.0, 0)
    for sign in ("\t", ",", ";", "|"):
        # A table whose lines begin with a bar is one of Markdown.
        if sign not in body or (sign == "|" and re.search(r"^\s*\|", body, re.MULTILINE)):
            continue
        rows = [row for _, row in islice(_rows(body, sign, 1, ImportResult("")), _SAMPLE_ROWS)]
        if not rows:
            continue
        header = _header_row(rows) if len(rows) > 1 else None
        if header is not None:
            below = [len(row) == len(rows[header]) for row in rows[header + 1 :]]
            if sum(below) >= len(below) * (0.5 if extension in {".csv", ".tsv"} else _LEAST_EVEN):
                return sign
        counts = Counter(len(row) for row in rows)
        width, same = counts.most_common(1)[0]
        share = same / len(rows) if width > 1 else 0.0
        # A comma is a part of many sentences: a table of them is believed when its cells are quoted
        # or its name says so.
        is_sure = sign in "\t;" or extension in {".csv", ".tsv"} or body.lstrip().startswith('"')
        if is_sure and (share, width) > evenness and (len(rows) > 1 or extension):
            best, evenness = sign, (share, width)
    if best and evenness[0] >= (_LEAST_EVEN if extension not in {".csv", ".tsv"} else 0.5):
        return best
    return {".csv": ",", ".tsv": "\t"}.get(extension)


def _rows(
    body: str, separator: str, first_line: int, found: ImportResult
) -> Iterator[tuple[int, list[str]]]:
    # A file object with newline="" ends lines where the file does: not at U+2028 or a form feed.
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=False)
    line = first_line
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found.leave_out(first_line + reader.line_num - 1, str(error))
            continue
        if len(cells) > _MOST_COLUMNS:
            found.leave_out(line, f"a row of {len(cells):,} cells")
        elif any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in cells]
        line = first_line + reader.line_num


def _header_row(rows: list[list[str]]) -> int | None:
    """Which of the first rows names the columns; a cell of it means the question."""
    for number, cells in enumerate(rows[:_HEADER_ROWS]):
        filled = [cell for cell in cells if cell]
        is_names = len(filled) > 1 and all(len(cell) < _LONGEST_NAME for cell in filled)
        if is_names and any(
            field_of(cell) == "text" and likelihood(cell) < SURE for cell in filled
        ):
            return number
    return None


def _split_header(
    rows: list[tuple[int, list[str]]], directives: dict[str, str], found: ImportResult
) -> tuple[list[str], list[tuple[int, list[str]]], bool]:
    """The names of the columns, the rows below them, and whether the file names them."""
    header = _header_row([cells for _, cells in rows]) if not directives else None
    if directives and rows and any(field_of(cell) == "text" for cell in rows[0][1][:1]):
        header = 0
    single = len(rows) > 1 and len(rows[0][1]) == 1 and field_of(rows[0][1][0]) == "text"
    if header is None and single:
        header = 0
    if header is None:
        return _names_by_content(rows, directives), rows, False
    for line, cells in rows[:header]:
        words = " ".join(filter(None, cells))
        found.title = found.title or words
        if words != found.title:
            found.leave_out(line, words)
    return list(rows[header][1]), rows[header + 1 :], True


def _names_by_content(rows: list[tuple[int, list[str]]], directives: dict[str, str]) -> list[str]:
    """Names for columns without a header: in the usual order, numbers passed over."""
    names = iter(_WITHOUT_HEADER)
    taken = _special_columns(directives)
    result = []
    for index in range(max((len(cells) for _, cells in rows), default=0)):
        cells = [cells[index] for _, cells in rows[:_SAMPLE_ROWS] if index < len(cells)]
        is_number = all(re.fullmatch(r"#?\d{1,5}[.)]?", cell) for cell in cells if cell)
        if index in taken:
            result.append(taken[index])
        elif is_number and any(cells):
            result.append("number")
        else:
            name = next(names, f"column {index + 1}")
            # In Anki what follows the back is another field: tags have a column of their own.
            if directives and name == "tags" and "tags column" in directives:
                name = next(names, f"column {index + 1}")
            result.append(name)
    return result


def _special_columns(directives: dict[str, str]) -> dict[int, str]:
    special = {}
    for key, name in _NAMED_COLUMNS.items():
        number = directives.get(key, "").strip()
        if re.fullmatch("[0-9]{1,2}", number) and int(number) > 0:
            special[int(number) - 1] = name
    return special


def _name_columns(
    names: list[str], directives: dict[str, str], rows: list[tuple[int, list[str]]]
) -> None:
    for index, name in _special_columns(directives).items():
        names += [f"column {number + 1}" for number in range(len(names), index + 1)]
        names[index] = name
    _settle_names(names, rows)


def _settle_names(names: list[str], rows: list[tuple[int, list[str]]]) -> None:
    """Leave the name of the question to one column: the one whose cells look like questions."""
    candidates = [index for index, name in enumerate(names) if field_of(name) == "text"]
    if len(candidates) < 2:
        return

    def share(index: int) -> float:
        cells = [cells[index] for _, cells in rows[:_SAMPLE_ROWS] if index < len(cells)]
        filled = [cell for cell in cells if cell and not re.fullmatch(r"#?\d+[.)]?", cell)]
        return sum(likelihood(cell) for cell in filled) / max(1, len(cells))

    best = max(candidates, key=lambda index: (share(index), -index))
    for index in candidates:
        if index != best and share(index) == 0 and rows:
            names[index] = "number"


def _add_rows(found: ImportResult, names: list[str], rows: list[tuple[int, list[str]]]) -> None:
    for line, cells in rows:
        _add_row(found, names, line, cells)


def _add_row(found: ImportResult, names: list[str], line: int, cells: list[str]) -> None:
    record: dict[str, object] = {}
    for index, cell in enumerate(cells):
        name = names[index].strip() if index < len(names) and names[index].strip() else ""
        name = name or f"column {index + 1}"
        if name in _PASSED_OVER.values():
            continue
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
