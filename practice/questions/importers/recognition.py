"""What a text holds: every reading proposes, and the most plausible interpretation comes first."""

import re
from collections.abc import Iterator
from math import sqrt
from statistics import median

from practice.base.errors import BankError
from practice.questions.importers import json_lists, tables
from practice.questions.importers.blocks import Document, read_document
from practice.questions.importers.interpretation import Interpretation
from practice.questions.importers.plausibility import LEAST_FIT, judge, precision
from practice.questions.importers.prompts import SURE, likelihood
from practice.questions.importers.readings import (
    bold,
    details,
    flashcards,
    headings,
    items,
    labels,
    lines,
    titled,
)

MOST_LINES = 50_000
READINGS = (labels, headings, details, bold, titled, flashcards, items, lines)
_FEW, _LEAST_ASKING = 3, 0.3
"""So many texts, and so large a share of them, must ask; of headings of a handbook fewer do."""
_MANY, _LEAST_PRECISION = 30, 0.4
"""So many blocks of one kind are a list, even where they are titles that do not ask."""
_LEAST_ALONE = 0.9
"""A single question ends in a question mark."""
_SHORT_LINE = 60
"""Letters of a line in a list of topics."""
_SURE_FIT = 0.6
"""From here on a reading is right, and every line for itself need not be looked at."""
_NAMED_TABLE = 0.9
"""How plausible a table is that names its column of questions."""
_NAMED_JSON = re.compile(r'"(?:questions|__type__)"\s*:')
_OTHER_KINDS = (
    (re.compile(r"BEGIN:V(CALENDAR|CARD)", re.IGNORECASE), "a calendar or an address book"),
    (re.compile(r"(?:\d+\s*\n)?\d\d:\d\d:\d\d[,.]\d{3} --> |WEBVTT"), "subtitles"),
    (re.compile(r"<\?xml\b(?![^>]*>\s*(?:<!doctype html|<html))|<svg\b", re.IGNORECASE), "XML"),
    (re.compile(r"\\documentclass|\\begin\{document\}"), "LaTeX"),
)


def recognise(text: str, extension: str = "", wanted: str = "") -> list[Interpretation]:
    """The readings of `text`, the most plausible first; empty where nobody finds a question.

    Args:
        text: With line feeds as line ends.
        extension: Of the file, such as `.csv`.
        wanted: The name of a reading that is proposed even where others are sure.

    Raises:
        BankError: It is too long, JSON that is broken, or something that is no list.
    """
    if text.count("\n") > MOST_LINES:
        raise BankError(f"more than {MOST_LINES:,} lines", "split the file into several")
    if found := json_lists.read(text):
        # What calls itself questions, or is a deck, is taken at its word.
        prior = 1.0 if _NAMED_JSON.search(text[:10_000]) else 0.0
        named = Interpretation("json", found, fit=1.0, precision=1.0, prior=prior)
        return [named] if found.drafts else []
    beginning = text[:2000].lstrip()
    for pattern, kind in _OTHER_KINDS:
        if pattern.match(beginning):
            raise BankError(f"this is {kind}, not a list of questions", "import the list as text")
    document = read_document(text)
    interpretations = [*_propose_table(text, extension), *_propose_all(document)]
    is_open = all(one.fit < _SURE_FIT for one in interpretations)
    if is_open or extension == ".txt" or wanted == lines.EVERY_LINE:
        plain = lines.propose_lines(text)
        plain.fit = judge(document, plain) * (1.0 if extension == ".txt" else lines.WITHOUT_NAME)
        interpretations.append(plain)
    return _rank(interpretations, wanted)


def _propose_table(text: str, extension: str) -> Iterator[Interpretation]:
    table = tables.read(text, extension)
    if table:
        table.fit = table.precision = precision(Document([]), table)
        if table.prior:
            table.fit = max(table.fit, _NAMED_TABLE)
        yield table


def _propose_all(document: Document) -> Iterator[Interpretation]:
    for reading in READINGS:
        for interpretation in reading.propose(document):
            interpretation.fit = judge(document, interpretation)
            yield interpretation
    for interpretation in tables.propose(document):
        interpretation.fit = judge(document, interpretation)
        yield interpretation
    yield from _propose_code(document)


def _propose_code(document: Document) -> Iterator[Interpretation]:
    """JSON or a table between the fences of a chat."""
    for block in document.blocks:
        if block.kind != "code" or not re.match(r"\s*[\[{]|[^\n]*[,;\t|][^\n]*\n", block.source):
            continue
        try:
            found = json_lists.read(block.source)
        except BankError:
            found = None
        table = None if found else tables.read(block.source, f".{block.language}")
        interpretation = Interpretation("code", found) if found else table
        if interpretation and interpretation.found.drafts and (found or interpretation.prior):
            interpretation.name = "code"
            for draft in interpretation.found.drafts:
                draft.line += block.line
            interpretation.fit = interpretation.precision = precision(Document([]), interpretation)
            whole = sum(len(one.source) for one in document.blocks)
            interpretation.fit *= sqrt(len(block.source) / whole)
            yield interpretation


def _rank(interpretations: list[Interpretation], wanted: str) -> list[Interpretation]:
    """Best first. Of several that take the same questions, the first and the wanted one stay."""
    ranked = sorted(
        (one for one in interpretations if one.found.drafts),
        key=lambda one: -(one.fit + one.prior / 100),
    )
    seen: set[tuple[str, ...]] = set()
    distinct = []
    for interpretation in ranked:
        texts = tuple(draft.text for draft in interpretation.found.drafts)
        if texts not in seen or interpretation.name == wanted:
            seen.add(texts)
            distinct.append(interpretation)
    return distinct


def refusal(interpretations: list[Interpretation], extension: str = "") -> BankError | None:
    """Why the best interpretation is not offered; None where it is plausible enough."""
    if not interpretations:
        return None
    best = interpretations[0]
    drafts = best.found.drafts
    linked = sum(bool(draft.url) for draft in drafts)
    asking = sum(likelihood(draft.text) >= SURE for draft in drafts)
    if linked >= 5 and linked * 10 >= len(drafts) * 7 and asking * 10 < len(drafts) * 3:
        return BankError(
            f"this is a list of {linked} links to other pages, not of questions",
            "open one of the linked lists, save it as a file, and import that",
        )
    if best.fit < LEAST_FIT or not _is_list(best, asking, extension):
        names = ", ".join(one.name for one in interpretations[:4])
        return BankError(
            "nothing in this file looks like a list of questions",
            f"if it is one, take it with --as NAME: {names}",
        )
    return None


def _is_list(best: Interpretation, asking: int, extension: str) -> bool:
    """Whether so many texts ask, or so much structure repeats, that this is no page of prose."""
    drafts = best.found.drafts
    if best.prior >= SURE or best.is_series:
        return True
    if best.name == lines.EVERY_LINE and extension == ".txt":
        # One topic a line: prose is wrapped at longer lines.
        return median(len(draft.text) for draft in drafts) <= _SHORT_LINE
    if len(drafts) == 1:
        return likelihood(drafts[0].text) > _LEAST_ALONE
    share = asking / len(drafts)
    is_long = len(drafts) >= _MANY and best.precision >= _LEAST_PRECISION
    return share >= SURE or (asking >= _FEW and share >= _LEAST_ASKING) or is_long
