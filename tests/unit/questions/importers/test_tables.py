"""Tables of questions from spreadsheets and from Anki, with whatever their export adds."""

from itertools import product

import pytest

from practice.questions.importers import tables
from practice.questions.importers.import_result import ImportResult

ASKED = ["Why rye?", "Tell me about a loaf, please."]
ANSWERED = ["Taste; and colour", "It rose"]


def read(text: str, extension: str = ".csv") -> ImportResult:
    interpretation = tables.read(text, extension)
    assert interpretation
    return interpretation.found


@pytest.mark.parametrize(
    ("guid", "note_type", "deck", "tags", "separator"),
    list(
        product(
            [False, True],
            [False, True],
            [False, True],
            [False, True],
            ["tab", "Comma", ";", "pipe"],
        )
    ),
)
def test_every_combination_of_the_boxes_of_anki_is_read(
    guid: bool, note_type: bool, deck: bool, tags: bool, separator: str
) -> None:
    sign = {"tab": "\t", "Comma": ",", ";": ";", "pipe": "|"}[separator]
    names = [
        name
        for name, is_there in (("guid", guid), ("notetype", note_type), ("deck", deck))
        if is_there
    ]
    head = [f"#separator:{separator}", "#html:true"]
    head += [f"#{name} column:{number}" for number, name in enumerate(names, 1)]
    if tags:
        head.append(f"#tags column:{len(names) + 3}")
    rows = []
    for number, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True)):
        special = {"guid": f"q#9{number}%P~", "notetype": "Basic", "deck": "Bread::Rye flour"}
        cells = [*(special[name] for name in names), f"<b>{question}</b>", answer]
        cells += ["grain old"] if tags else []
        rows.append(sign.join(f'"{cell}"' if sign in cell else cell for cell in cells))
    found = read("\n".join([*head, *rows]) + "\n", ".txt")
    assert [draft.text for draft in found.drafts] == ASKED
    assert [draft.notes for draft in found.drafts] == [[answer] for answer in ANSWERED]
    expected = (["Bread::Rye flour"] if deck else []) + (["grain", "old"] if tags else [])
    assert [draft.tags for draft in found.drafts] == [expected, expected]


def test_the_names_of_columns_in_anki_are_used() -> None:
    found = read("#separator:tab\n#columns:Back\tFront\nA grain\tWhat is rye?\n", ".txt")
    assert (found.drafts[0].text, found.drafts[0].notes) == ("What is rye?", ["A grain"])


@pytest.mark.parametrize(
    "header",
    [
        "Question,Answer",
        "Interview Question,Sample Answer",
        "Pregunta,Respuesta",
        "Frage,Antwort",
        "Question (FR),Réponse",
        "質問,回答",
        "面试题目,参考答案",
        "Вопрос,Ответ",
        "질문,답변",
        "Soru,Cevap",
    ],
)
def test_a_header_in_other_words_names_the_columns(header: str) -> None:
    found = read(f"{header}\nWhy rye?,Taste\nWhy oat?,Health\n")
    assert [draft.text for draft in found.drafts] == ["Why rye?", "Why oat?"]
    assert [draft.notes for draft in found.drafts] == [["Taste"], ["Health"]]


def test_the_line_by_which_excel_names_its_separator_is_no_row() -> None:
    found = read('sep=;\nQuestion;Answer\nWhy rye?;"Taste, colour"\nWhy oat?;Health\n')
    assert [draft.text for draft in found.drafts] == ["Why rye?", "Why oat?"]
    assert found.drafts[0].notes == ["Taste, colour"]


def test_semicolons_are_found_without_a_header() -> None:
    found = read("Why rye?;Taste, mostly;grain\nTell me more.;Rye, too;grain\n")
    assert [draft.text for draft in found.drafts] == ["Why rye?", "Tell me more."]
    assert found.drafts[0].tags == ["grain"]


def test_a_title_and_empty_rows_may_stand_above_the_header() -> None:
    found = read("My bread questions,,\n,,\nQuestion,Answer,Tags\nWhy rye?,Taste,grain\n")
    assert found.title == "My bread questions"
    assert [(draft.text, draft.line) for draft in found.drafts] == [("Why rye?", 4)]


def test_a_column_of_numbers_is_no_question() -> None:
    found = read("Q#\tQuestion (EN)\tAnswer\n1\tWhy rye?\tTaste\n2\tWhy oat?\tHealth\n", ".tsv")
    assert [draft.text for draft in found.drafts] == ["Why rye?", "Why oat?"]
    assert found.drafts[0].notes == ["Taste"]


def test_numbers_before_questions_without_a_header_are_passed_over() -> None:
    found = read("1,Why rye?,Taste\n2,Why oat?,Health\n")
    assert [draft.text for draft in found.drafts] == ["Why rye?", "Why oat?"]


def test_a_line_of_a_cell_may_begin_with_a_hash() -> None:
    found = read('Question,Answer\n"What is\n# in a recipe?",a number\nWhy rye?,Taste\n')
    assert [draft.text for draft in found.drafts] == ["What is # in a recipe?", "Why rye?"]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x0c", "\x85"])
def test_no_other_sign_than_a_line_end_ends_a_row(sign: str) -> None:
    found = read(f"Question,Answer\nWhy rye?,Taste{sign}colour\nWhy oat?,Health\n")
    assert len(found.drafts) == 2


def test_what_kind_of_question_it_is_is_no_question() -> None:
    found = read("Question type,Question\ntechnical,Why rye?\ntechnical,Why oat?\n")
    assert [draft.text for draft in found.drafts] == ["Why rye?", "Why oat?"]


def test_prose_with_commas_is_no_table() -> None:
    assert tables.read("First, we bake.\nThen, we eat.\nAfter that, we sleep.\n", ".md") is None
