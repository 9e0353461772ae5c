"""Letters from facts: what is not known is left out, and no template can reach anything else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import LetterError, StorageError
from practice.letters.facts import LETTER_KINDS, LetterFacts, LetterKind
from practice.letters.rendering import LONGEST_LETTER, render, shipped_template, write_letter

WHOLE = LetterFacts(
    company="Acme", role="Engineer", round="panel", format="video", day="Thursday 3 December",
    people=("Ana", "Ben"), asked=("Why us?", "How much?"), rough=("Why us?",), wish="Your tests.",
    wish_question="Why us?", went_well="the numbers", outcome="rejected", stage="final",
    reason="none given", feedback="You were clear.",
)  # fmt: skip


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_a_letter_with_no_facts_has_no_holes(kind: LetterKind) -> None:
    letter = render(shipped_template(kind), LetterFacts(), kind)
    assert letter.startswith("Hello,\n\n")
    for hole in ("  ", " ,", " .", "“”", "\n\n\n", "{", "}", "on .", "at ."):
        assert hole not in letter


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (
            "feedback",
            [
                "Dear Ana, Ben,",
                "Thank you for your answer about the Engineer position, and for the conversation"
                " on Thursday 3 December.",
                "When you asked me “Why us?”, what was missing from my answer?",
            ],
        ),
        ("thanks", ["One thing I did not say when you asked “Why us?”:", "Your tests."]),
        (
            "packet",
            [
                "How it was: panel; video; with Ana, Ben.",
                "How it ended: rejected, at this stage: final.",
                "Their reason: none given",
                "Their words: You were clear.",
                "- Why us? (this one was rough)",
                "- How much?",
                "What I wish I had said to “Why us?”:",
            ],
        ),
    ],
)
def test_a_letter_says_what_is_known(kind: LetterKind, lines: list[str]) -> None:
    letter = render(shipped_template(kind), WHOLE, kind).splitlines()
    assert [line for line in lines if line not in letter] == []


@pytest.mark.parametrize("kind", LETTER_KINDS)
@given(text=st.text() | st.sampled_from(["{{ 7*7 }}", "{% for", "\x1b]52;c;aGk=\a", "‮abc", "a\r"]))
def test_whatever_stands_in_the_facts_is_text_and_nothing_else(kind: LetterKind, text: str) -> None:
    facts = LetterFacts(
        company=text, role=text, people=(text,), asked=(text,), rough=(text,), wish=text,
        wish_question=text, reason=text, feedback=text,
    )  # fmt: skip
    letter = render(shipped_template(kind), facts, kind)
    assert not {"\x1b", "\x07", "\r", "\x85", "‮", "\u2028"} & set(letter)
    if "7*7" in text:
        assert "{{ 7*7 }}" in letter
        assert "49" not in letter


def test_the_users_own_template_is_used_where_there_is_one(tmp_path: Path) -> None:
    assert write_letter("thanks", WHOLE, tmp_path).startswith("Dear Ana, Ben,")
    (tmp_path / "thanks.txt.j2").write_text("\ufeffDanke, {{ people|first }}\r\n", "utf-8")
    assert write_letter("thanks", WHOLE, tmp_path) == "Danke, Ana\n"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("\n{{ compny }}", "line 2: there is no fact 'compny'; did you mean 'company'?"),
        ("{{ company.upper() }}", "line 1: a letter cannot use this (call)"),
        ("{{ company.__class__ }}", "“.__class__”: a fact has no parts"),
        ("{{ company['__class__'] }}", "__class__"),
        ("{% for a in asked %}{{ loop['__class__'] }}{% endfor %}", "__class__"),
        ("{{ company|attr('x') }}", "No filter named 'attr'"),
        ("{% include '/etc/passwd' %}", "a letter cannot use this (include)"),
        ("{% extends '/etc/passwd' %}", "a letter cannot use this (extends)"),
        ("{% import 'x' as y %}", "a letter cannot use this (import)"),
        ("{{ range(9) }}", "a letter cannot use this (call)"),
        ("{{ 'x' * 999999999 }}", "a letter cannot use this (mul)"),
        ("{{ 9 ** 9 ** 9 }}", "a letter cannot use this (pow)"),
        ("{% set x = 1 %}", "a letter cannot use this (assign)"),
        ("{{ self }}", "there is no fact 'self'"),
        ("{{ wish|join(wish)|join(wish) }}", "a join in a join is too long"),
        ("{% for a in wish|join(wish) %}{% endfor %}", "a loop can only go through a fact"),
        (
            "{% for a in asked %}{% for b in asked %}{% for c in asked %}{% endfor %}"
            "{% endfor %}{% endfor %}",
            "too deep",
        ),
        ("{% for a in asked recursive %}{% endfor %}", "too deep"),
        ("{% if company %}" * 120 + "{% endif %}" * 120, "nested too deeply"),
        ("{{ " + "not " * 300 + "company }}", "nested too deeply"),
        ("{{ " + "(" * 9_000 + "company" + ")" * 9_000 + " }}", "nested too deeply"),
        ("{{ company", "line 1"),
        ("{{ asked[7] }}", "line 1"),
        ("{{ 5|join }}", "line 1"),
    ],
)
def test_a_template_that_wants_more_than_facts_is_refused_with_its_line(
    template: str, said: str
) -> None:
    with pytest.raises(LetterError) as caught:
        render(template, WHOLE, "mine.txt.j2")
    assert caught.value.message.startswith("mine.txt.j2")
    assert said in caught.value.message
    assert "delete the file" in caught.value.hint


def test_a_mistake_is_found_although_this_interview_has_no_use_for_the_line() -> None:
    with pytest.raises(LetterError, match="there is no fact 'pepole'"):
        render("{% if stage %}{{ pepole }}{% endif %}", LetterFacts(), "mine")


def test_a_letter_without_end_is_refused() -> None:
    many = LetterFacts(asked=("x" * 100,) * 100)
    template = "{% for a in asked %}{% for b in asked %}{{ b }}{% endfor %}{% endfor %}"
    assert LONGEST_LETTER < 100 * 100 * 100
    with pytest.raises(LetterError, match="without end"):
        render(template, many, "mine")


def write_bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (write_bytes(b"Hello\n\xff"), "line 2: it is no UTF-8"),
        (write_bytes(b"x" * 60_000), "too large"),
        (lambda path: path.mkdir(), "cannot read"),
    ],
)
def test_a_template_that_cannot_be_read_is_said_with_what_to_do(
    tmp_path: Path, write: Callable[[Path], object], said: str
) -> None:
    write(tmp_path / "thanks.txt.j2")
    with pytest.raises((LetterError, StorageError), match=said) as caught:
        write_letter("thanks", WHOLE, tmp_path)
    assert caught.value.hint
