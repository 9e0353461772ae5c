"""Any edit of any well-formed bank changes the lines of that edit and no other."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice.questions.bank_file.reading import read_bank
from practice.questions.bank_file.writing import BankFile
from practice.questions.model import Question

WORDS = [
    "tell me",
    "conflict",
    "why Zürich",
    "größte Stärke",
    "日本語",
    "a 😀 b",
    "plain",
    "no",
    "12:30",
]
AWKWARD = [
    "a: b",
    "x # y",
    "- dash",
    "it's",
    'say "so"',
    "[a, b",
    "{",
    "*star",
    "1.0",
    "~",
    "\\n",
    "a\tb",
    ", ",
    "@home",
    "100%",
    "end:",
]

texts = st.lists(st.sampled_from(WORDS + AWKWARD), min_size=1, max_size=4).map(" ".join)
multi_line = (
    st.lists(st.sampled_from([*WORDS, *AWKWARD, "", "  indented"]), min_size=2, max_size=4)
    .map(lambda lines: "\n".join(lines).strip())
    .filter(bool)
)
notes = st.one_of(texts, multi_line).map(str.strip).filter(bool)
lists = st.lists(texts.map(str.strip).filter(bool), min_size=0, max_size=4).map(tuple)

Owner = tuple[int, str] | None


@dataclass(frozen=True)
class Line:
    text: str
    owner: Owner


@dataclass(frozen=True)
class WrittenBank:
    """A bank file as lines of which each knows which key of which question it belongs to."""

    data: bytes
    lines: list[Line]
    eol: str
    first_keys: list[list[str]]

    def kept_without(self, owners: set[Owner]) -> list[str]:
        return [line.text for line in self.lines if line.owner not in owners]


def _inline(draw: st.DrawFn, text: str) -> str:
    simple = text.replace(" ", "").isalpha() and text.lower() not in {"no", "null"}
    styles = ["double", "single", "plain"] if simple else ["double", "single"]
    style = draw(st.sampled_from(styles))
    if style == "plain":
        return text
    return (
        json.dumps(text, ensure_ascii=False)
        if style == "double"
        else "'" + text.replace("'", "''") + "'"
    )


def _field(draw: st.DrawFn, key: str, value: object, indent: str) -> list[str]:
    comment = draw(st.sampled_from(["", "  # why"]))
    if isinstance(value, int):
        return [f"{key}: {value}{comment}"]
    if isinstance(value, tuple):
        style = draw(st.sampled_from(["flow", "block", "lines", "tight"])) if value else "flow"
        if style == "flow":
            return [f"{key}: [{', '.join(_inline(draw, item) for item in value)}]{comment}"]
        if style == "lines":
            items = [f"{indent}    {_inline(draw, item)},{comment}" for item in value]
            return [f"{key}: [", *items, f"{indent}  ]"]
        inner = indent if style == "tight" else indent + "  "
        result = [f"{key}:{comment}"]
        for item in value:
            if draw(st.booleans()):
                result.append(f"{inner}# about the next")
            result.append(f"{inner}- {_inline(draw, item)}{comment}")
        return result
    assert isinstance(value, str)
    if "\n" in value or draw(st.integers(0, 4)) == 0:
        header = draw(st.sampled_from(["|", "|-", "|  # why"]))
        return [
            f"{key}: {header}",
            *(f"{indent}   {line}" if line else "" for line in value.split("\n")),
        ]
    return [f"{key}: {_inline(draw, value)}{comment}"]


@st.composite
def questions(draw: st.DrawFn, number: int) -> Question:
    return Question(
        id=f"q-{number}" if draw(st.booleans()) else "",
        text=f"{number} {draw(texts)}".strip(),
        difficulty=draw(st.sampled_from([None, 1, 2, 3])),
        tags=draw(lists),
        key_points=draw(lists),
        competency=draw(st.sampled_from(["", "teamwork"])),
        notes=draw(st.one_of(st.just(""), notes)),
    )


@st.composite
def banks(draw: st.DrawFn) -> WrittenBank:
    eol = draw(st.sampled_from(["\n", "\r\n"]))
    hyphen = draw(st.sampled_from(["", "  ", "    "]))
    lines = [Line("# my bank", None), Line("title: 'Mine'   # first", None)]
    if draw(st.booleans()):
        lines.append(Line("", None))
    lines.append(Line("questions:  # all", None))
    orders = []
    for number in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            lines.append(Line(draw(st.sampled_from(["", f"{hyphen}# - note", "# left"])), None))
        given_values = msgspec.structs.asdict(draw(questions(number)))
        values = {key: value for key, value in given_values.items() if value not in ("", (), None)}
        order = draw(st.permutations(list(values)))
        orders.append(order)
        for position, key in enumerate(order):
            lead = hyphen + ("- " if not position else "  ")
            written = _field(draw, key, values[key], hyphen + "  ")
            lines.append(Line(lead + written[0], (number, key)))
            lines += [
                Line(line, (number, f"{key} comment" if "# about" in line else key))
                for line in written[1:]
            ]
            if draw(st.integers(0, 5)) == 0:
                lines.append(Line(f"{hyphen}  # between", None))
    if draw(st.booleans()):
        lines += [Line("", None), Line("# the end", None)]
    text = eol.join(line.text for line in lines) + draw(st.sampled_from(["", eol]))
    bom = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return WrittenBank(bom + text.encode(), lines, eol, orders)


def _open_bank(written: WrittenBank) -> BankFile:
    path = Path(tempfile.mkdtemp()) / "mine.yaml"
    path.write_bytes(written.data)
    return BankFile(path)


def _assert_kept(written: WrittenBank, file: BankFile, owners: set[Owner]) -> None:
    data = file.path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == written.data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\n") == written.data.endswith(b"\n")
    after = data.decode("utf-8-sig")
    assert after.count("\n") == after.count(written.eol)
    found = iter(after.split(written.eol))
    missing = [line for line in written.kept_without(owners) if line not in found]
    assert not missing, after
    assert read_bank(file.path) == file.bank


CHANGES = st.one_of(
    st.tuples(st.just("text"), notes),
    st.tuples(st.just("notes"), st.one_of(st.just(""), notes)),
    st.tuples(st.just("competency"), st.sampled_from(["", "teamwork", "a: b", "no"])),
    st.tuples(st.just("difficulty"), st.sampled_from([None, 1, 2, 3])),
    st.tuples(st.sampled_from(["tags", "key_points", "terms"]), lists),
)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(banks(), st.integers(0, 3), CHANGES)
def test_changing_a_field_keeps_every_line_of_the_others(
    written: WrittenBank, number: int, change: tuple[str, object]
) -> None:
    file = _open_bank(written)
    number = min(number, len(file.bank.questions) - 1)
    old = file.bank.questions[number]
    key, value = change
    new = msgspec.structs.replace(old, **{key: value})
    file.change(old.id, new)
    assert file.bank.questions[number] == new
    owners: set[Owner] = {(number, key)}
    if value == ():
        owners.add((number, f"{key} comment"))  # what a list held goes with it
    order = written.first_keys[number]
    if order[0] == key and value in ("", (), None) and len(order) > 1:
        owners.add((number, order[1]))
    _assert_kept(written, file, owners)


@many
@given(banks(), st.integers(0, 3))
def test_deleting_takes_one_question_and_restoring_gives_the_same_bytes(
    written: WrittenBank, number: int
) -> None:
    file = _open_bank(written)
    # The first edit writes the ids that were missing.
    file.duplicate(file.bank.questions[-1].id)
    before = file.path.read_bytes()
    number = min(number, len(file.bank.questions) - 1)
    removed = file.delete(file.bank.questions[number].id)
    assert removed.item not in file.bank.questions
    file.restore(removed)
    assert file.path.read_bytes() == before


@many
@given(banks(), st.integers(0, 3), st.integers(0, 3))
def test_moving_a_question_keeps_every_line(written: WrittenBank, number: int, target: int) -> None:
    file = _open_bank(written)
    number = min(number, len(file.bank.questions) - 1)
    question = file.bank.questions[number]
    file.move(question.id, target)
    assert file.bank.questions.index(question) == min(target, len(file.bank.questions) - 1)
    after = file.path.read_bytes().decode("utf-8-sig").split(written.eol)
    for line in written.lines:
        assert line.text in after


@many
@given(banks(), st.integers(0, 4), texts, notes, lists)
def test_adding_a_question_keeps_every_line(
    written: WrittenBank, index: int, text: str, note: str, points: tuple[str, ...]
) -> None:
    file = _open_bank(written)
    before = len(file.bank.questions)
    added = file.add(Question(text=text, notes=note, key_points=points), index)
    assert file.bank.questions[min(index, before)] == added
    _assert_kept(written, file, set())
