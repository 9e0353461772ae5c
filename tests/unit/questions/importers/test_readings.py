"""The forms in which people keep questions, each in a small list of our own, in several "
"languages."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import BankError
from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.recognition import recognise, refusal


def read(text: str, extension: str = ".md") -> ImportResult:
    """What the most plausible reading makes of `text`."""
    interpretations = recognise(text, extension)
    assert refusal(interpretations, extension) is None
    return interpretations[0].finish()


def texts(found: ImportResult) -> list[str]:
    return [draft.text for draft in found.drafts]


def notes(draft: Draft) -> str:
    return "\n\n".join(note for note in draft.notes if note)


FAMILIES = {
    "headings with numbers and answers": (
        "# 面试题\n\n## 1. 什么是酵母？\n\n一种真菌。\n\n- 干的\n- 湿的\n\n"
        "## 2. 为什么面团会发起来？\n\n因为气体。\n",
        ["什么是酵母？", "为什么面团会发起来？"],
        ["一种真菌。\n\n- 干的\n- 湿的", "因为气体。"],
    ),
    "headings without numbers": (
        "# Brot\n\n### Was ist Sauerteig?\n\nMehl und Wasser.\n\n### Erklären Sie das Falten.\n"
        "\nZiehen.\n",
        ["Was ist Sauerteig?", "Erklären Sie das Falten."],
        ["Mehl und Wasser.", "Ziehen."],
    ),
    "headings of two levels": (
        "## Why rye?\n\nTaste.\n\n### Why wheat?\n\nGluten.\n\n## What is spelt?\n\nA grain.\n",
        ["Why rye?", "Why wheat?", "What is spelt?"],
        ["Taste.", "Gluten.", "A grain."],
    ),
    "headings with a heading for each answer": (
        "## Qu'est-ce que le levain ?\n\n### Réponse\n\nDe la farine.\n\n"
        "## Comment pétrir ?\n\n### Réponse\n\nÀ la main.\n",
        ["Qu'est-ce que le levain ?", "Comment pétrir ?"],
        ["De la farine.", "À la main."],
    ),
    "numbered items that hold headings": (
        "1. ### What is crumb?\n\n    The inside.\n\n    1. soft\n    2. open\n\n"
        "2. ### What is crust?\n\n    The outside.\n",
        ["What is crumb?", "What is crust?"],
        ["The inside.\n\n1. soft\n2. open", "The outside."],
    ),
    "titles with the question below": (
        "# Backen\n\n- [Ofen](#ofen)\n- [Zeit](#zeit)\n\n#### Ofen\n\nWie heiß muss er sein?\n\n"
        "#### Zeit\n\nWie lange backt ein Laib?\n",
        ["Wie heiß muss er sein?", "Wie lange backt ein Laib?"],
        ["Title: Ofen", "Title: Zeit"],
    ),
    "details with the question": (
        "<details>\n<summary>Что такое опара?</summary>\n\nЖидкое *тесто*.\n</details>\n\n"
        "<details>\n<summary>Зачем соль?</summary>\nДля вкуса.\n\n- и клейковины\n</details>\n",
        ["Что такое опара?", "Зачем соль?"],
        ["Жидкое тесто.", "Для вкуса.\n\n- и клейковины"],
    ),
    "details with the answer": (
        "### 1. 何が焼けますか?\n\n<details><summary>答え</summary>\n\nパン\n</details>\n\n"
        "### 2. 何度ですか?\n\n<details><summary>答え</summary>\n\n230度\n</details>\n",
        ["何が焼けますか?", "何度ですか?"],
        ["パン", "230度"],
    ),
    "questions in bold": (
        "**1. What is a banneton?**\n\nA basket.\n\n**2. Explain scoring**\nA cut with a blade.\n",
        ["What is a banneton?", "Explain scoring"],
        ["A basket.", "A cut with a blade."],
    ),
    "Q and A": (
        "Q: Why steam?\nA: For the crust.\nAnd for the rise.\n\nQ: Tell me about salt.\n"
        "A: Two percent.\n",
        ["Why steam?", "Tell me about salt."],
        ["For the crust.\nAnd for the rise.", "Two percent."],
    ),
    "bold Q and A in Spanish": (
        "**Pregunta:** ¿Qué es la masa madre?\n**Respuesta:** Harina y agua.\n\n"
        "**Pregunta:** Hábleme de un fracaso.\n**Respuesta:** Quemé el pan.\n",
        ["¿Qué es la masa madre?", "Hábleme de un fracaso."],
        ["Harina y agua.", "Quemé el pan."],
    ),
    "labels in a language that nobody listed": (
        "Kws: Zer da ogia\nErz: Irina eta ura.\n\nKws: Nola egiten da\nErz: Labean.\n\n"
        "Kws: Zenbat denbora\nErz: Ordubete.\n",
        ["Zer da ogia", "Nola egiten da", "Zenbat denbora"],
        ["Irina eta ura.", "Labean.", "Ordubete."],
    ),
    "numbers with the answer on the next line": (
        "1. 사워도우가 무엇인가요?\n   밀가루와 물입니다.\n2. 왜 소금을 넣나요?\n"
        "   맛 때문입니다.\n",
        ["사워도우가 무엇인가요?", "왜 소금을 넣나요?"],
        ["밀가루와 물입니다.", "맛 때문입니다."],
    ),
    "numbers with the answer not indented": (
        "1. Cos'è il lievito?\n\nUn fungo.\n\n- secco\n- fresco\n\n2. Perché il sale?\n\n"
        "Per il gusto.\n",
        ["Cos'è il lievito?", "Perché il sale?"],
        ["Un fungo.\n\n- secco\n- fresco", "Per il gusto."],
    ),
    "paragraphs with numbers": (
        "Write a query for:\n\n**1)** The number of ovens.\n\n`select 1`\n\n"
        "**2)** The number of bakers.\n\n"
        "`select 2`\n\n**3)** The number of loaves.\n\n`select 3`\n",
        ["The number of ovens.", "The number of bakers.", "The number of loaves."],
        ["select 1", "select 2", "select 3"],
    ),
    "multiple choice": (
        "#### Q1. Which flour is strong?\n\n- [ ] rice\n- [x] wheat\n\n"
        "#### Q2. Which is sweet?\n\n- [ ] salt\n- [x] honey\n",
        ["Which flour is strong?", "Which is sweet?"],
        ["- [ ] rice\n- [x] wheat", "- [ ] salt\n- [x] honey"],
    ),
    "links to answers": (
        "# 問題\n\n- [パンとは何ですか](https://example.org/1)\n"
        "- [酵母を説明してください](https://example.org/2)\n",
        ["パンとは何ですか", "酵母を説明してください"],
        ["", ""],
    ),
    "bullets below categories": (
        "- Ofen\n  - Wie heiß?\n  - Wie groß?\n- Teig\n  - Wie nass?\n  - Wie alt?\n",
        ["Wie heiß?", "Wie groß?", "Wie nass?", "Wie alt?"],
        ["", "", "", ""],
    ),
    "wrapped lines": (
        "- Tell me about a loaf that you had to\nthrow away in the morning.\n"
        "- Describe an oven which you\n  repaired yourself.\n",
        [
            "Tell me about a loaf that you had to throw away in the morning.",
            "Describe an oven which you repaired yourself.",
        ],
        ["", ""],
    ),
    "bullets and numbers of other programs": (
        "• Warum wir?\n◦ Warum jetzt?\n– Warum du?\n",
        ["Warum wir?", "Warum jetzt?", "Warum du?"],
        ["", "", ""],
    ),
    "full-width numbers": (
        "##基础\n1、什么是盐？\n（2）什么是糖？\n③什么是水？\n",
        ["什么是盐？", "什么是糖？", "什么是水？"],
        ["", "", ""],
    ),
    "a toggle of Notion": (
        "- Why bread?\n    \n    Because of the smell.\n    \n    - warm\n- Why us?\n    \n"
        "    Because of you.\n",
        ["Why bread?", "Why us?"],
        ["Because of the smell.\n\n- warm", "Because of you."],
    ),
    "flashcards of Obsidian": (
        "---\ntags: [cards]\n---\nWhat is rye?::A grain\n\nWhat is spelt?\n?\nAn old grain\n\n"
        "Why us? ::: Bread\n",
        ["What is rye?", "What is spelt?", "Why us?"],
        ["A grain", "An old grain", "Bread"],
    ),
    "callouts and marks of Obsidian": (
        "## Bread\n- [ ] How do you ==bake== it? ^b1\n- [x] Who is [[Ada|she]]? %%private%%\n\n"
        "> [!question]- What burns?\n> The crust.\n",
        ["How do you bake it?", "Who is she?", "What burns?"],
        ["", "", "The crust."],
    ),
    "cards of Logseq": (
        "- Bread\n\t- What is rye? #card\n\t  id:: 64-aa\n\t\t- A grain\n"
        "\t- What is oat? #card\n\t\t- Another\n",
        ["What is rye?", "What is oat?"],
        ["- A grain", "- Another"],
    ),
    "an answer of a chat": (
        "Sure! Here are 2 questions:\n\n### 1. **Ovens**\n**Question:** Tell me about an oven.\n"
        "*What they look for:* heat\n\n---\n\n### 2. **Flour**\n**Question:** Describe a flour.\n"
        "*What they look for:* gluten\n\n---\n\nWould you like more?\n",
        ["Tell me about an oven.", "Describe a flour."],
        ["What they look for: heat", "What they look for: gluten"],
    ),
    "an answer with a label below a numbered question": (
        "1. Что такое опара?\n   Ответ: жидкое тесто.\n2. Зачем соль?\nОтвет: для вкуса.\n",
        ["Что такое опара?", "Зачем соль?"],
        ["жидкое тесто.", "для вкуса."],
    ),
    "numbers with a letter of another language": (
        "#### P1. Elige la harina.\n\nTrigo.\n\n#### P2. Elige la sal.\n\nMarina.\n\n"
        "#### P3. Elige el agua.\n\nFría.\n",
        ["Elige la harina.", "Elige la sal.", "Elige el agua."],
        ["Trigo.", "Marina.", "Fría."],
    ),
    "JSON in a chat": (
        'Here:\n\n```json\n[{"question": "Why?", "answer": "So."}, {"question": "Who?"}]\n```\n',
        ["Why?", "Who?"],
        ["So.", ""],
    ),
    "a page of HTML": (
        "<!DOCTYPE "
        "html><html><head><title>Fragen</title><style>a{}</style></head><body><nav>Start</nav>\n"
        "<ol><li>Warum wir?</li>\n<li>Was ist <b>Teig</b>?</li></ol></body></html>\n",
        ["Warum wir?", "Was ist Teig?"],
        ["", ""],
    ),
    "HTML in Markdown": (
        '<h2 dir="rtl">شبکه</h2>\n\n<ul dir="rtl">\n   <li>نان چیست؟</li>\n'
        "   <li>چرا نمک؟</li>\n</ul>\n",
        ["نان چیست؟", "چرا نمک؟"],
        ["", ""],
    ),
    "a glossary": (
        "<dl>\n<dt>What is rye?</dt><dd>A grain.</dd>\n<dt>What is oat?</dt><dd>Another.</dd>\n"
        "</dl>\n",
        ["What is rye?", "What is oat?"],
        ["A grain.", "Another."],
    ),
    "a question in front matter": (
        "---\nquestion: Why us?\nanswer: Bread\ntags: [fit]\n---\n",
        ["Why us?"],
        ["Bread"],
    ),
    "JSON Lines": (
        '{"question": "Why us?", "answer": "Bread"}\n{"question": "Why now?"}\n',
        ["Why us?", "Why now?"],
        ["Bread", ""],
    ),
    "lists and questions with labels": (
        "### 一般\n\n* パンは何ですか？\n* 塩は何ですか？\n* 水は何ですか？\n\n### コード\n\n"
        "*質問: 値は何ですか？*\n\n```js\n1 + 1\n```\n",
        ["パンは何ですか？", "塩は何ですか？", "水は何ですか？", "値は何ですか？"],
        ["", "", "", "1 + 1"],
    ),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_each_form_gives_its_questions_and_answers(family: str) -> None:
    text, questions, answers = FAMILIES[family]
    found = read(text)
    assert texts(found) == questions
    assert [notes(draft) for draft in found.drafts] == answers


@pytest.mark.parametrize("family", FAMILIES)
def test_reading_twice_gives_the_same(family: str) -> None:
    text = FAMILIES[family][0]
    assert [one.finish() for one in recognise(text, ".md")] == [
        one.finish() for one in recognise(text, ".md")
    ]


def test_a_linked_question_keeps_its_address() -> None:
    found = read(FAMILIES["links to answers"][0])
    assert [draft.url for draft in found.drafts] == [
        "https://example.org/1",
        "https://example.org/2",
    ]


def test_categories_become_tags() -> None:
    found = read(FAMILIES["bullets below categories"][0])
    assert [draft.tags for draft in found.drafts] == [["Ofen"], ["Ofen"], ["Teig"], ["Teig"]]


def test_a_table_of_contents_is_left_out() -> None:
    found = read(
        "## Contents\n\n- [Why?](#why)\n- [Who?](#who)\n\n## Why?\n\nSo.\n\n## Who?\n\nMe.\n"
    )
    assert texts(found) == ["Why?", "Who?"]
    assert found.not_understood == []


def test_a_word_for_an_answer_is_never_a_question() -> None:
    blocks = "".join(
        f"**{word}**\n\n{number}\n\n"
        for number, word in enumerate(["Answer", "Antwort", "Ответ", "答え", "Solución"])
    )
    interpretations = recognise(f"## Why rye?\n\n{blocks}## Why oat?\n\n{blocks}", ".md")
    assert texts(interpretations[0].finish()) == ["Why rye?", "Why oat?"]


def test_lists_of_the_same_file_that_do_not_ask_are_left_out() -> None:
    found = read(
        "## Links\n\n- [English](https://example.org/en)\n- [Polski](https://example.org/pl)\n\n"
        "## Rolle\n\n- Was mache ich am ersten Tag?\n- Wer ist im Team?\n- Gibt es Bereitschaft?\n"
    )
    assert texts(found) == [
        "Was mache ich am ersten Tag?",
        "Wer ist im Team?",
        "Gibt es Bereitschaft?",
    ]
    assert [left.line for left in found.not_understood] == [3, 4]


def test_questions_may_share_their_words_when_they_have_numbers() -> None:
    text = "".join(f"###### {n}. What's the output?\n\n```js\n{n}\n```\n\n" for n in range(1, 6))
    found = read(text)
    assert len(found.drafts) == 5
    assert notes(found.drafts[4]) == "5"


def test_several_readings_are_offered_and_named_apart() -> None:
    interpretations = recognise(
        "## Ovens\n\n- Why hot?\n- Why big?\n\n## Flour\n\n- Why white?\n", ".md"
    )
    names = [one.name for one in interpretations]
    assert len(names) == len(set(names))
    assert names[0] in {"items", "asking-lists"}
    assert "headings-2" in names


def test_topics_one_a_line_are_a_list_and_wrapped_prose_is_none() -> None:
    assert texts(read("Leadership\nTeamwork\nConflict\n", ".txt")) == [
        "Leadership",
        "Teamwork",
        "Conflict",
    ]
    line = (
        "Permission is granted to any person who obtains a copy of this bread recipe and its notes"
    )
    assert refusal(recognise(f"{line}\n" * 3 + f"{line} again\n", ".txt"), ".txt") is not None


def test_many_titles_of_one_kind_are_a_list() -> None:
    text = "".join(f"## {name}线程全局锁\n\nText.\n\n" for name in map(chr, range(0x4E00, 0x4E28)))
    assert len(read(text).drafts) == 40


def test_every_line_can_be_asked_for() -> None:
    names = [one.name for one in recognise("## Why?\n\nSo.\n\n## Who?\n\nMe.\n", ".md", "lines")]
    assert "lines" in names


REFUSED = {
    "a page about a program": (
        "# Loaf\n\nA small library for bread.\n\n## Installation\n\n```sh\npip install loaf\n"
        "```\n\n"
        "## Usage\n\nImport it, then call bake.\n\n## License\n\nMIT\n",
        "nothing in this file looks like a list",
    ),
    "links": (
        "".join(f"- [A list {number}](https://example.org/{number})\n" for number in range(6)),
        "list of 6 links",
    ),
    "subtitles": ("1\n00:00:01,000 --> 00:00:02,000\nHello?\n", "subtitles"),
    "a calendar": ("BEGIN:VCALENDAR\nSUMMARY:Why?\n", "calendar"),
    "broken JSON": ('[{"question": "Why us?"}, {"question": "Why?"},]', "broken in line 1"),
    "broken JSON over lines": ('{\n"a": 1,\n"b" 2\n}', "broken in line 3"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_list_is_refused_in_words(kind: str) -> None:
    text, reason = REFUSED[kind]
    with pytest.raises(BankError, match=reason):
        raise refusal(recognise(text, ".md")) or AssertionError("it was read")


PIECES = [
    *(
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "\n",
        "\n\n",
        "**",
        "`",
        "```\n",
        "|",
        "| a | b |\n",
        "::",
        "?",
    ),
    *(
        "Q: ",
        "A: ",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<ul>",
        "<li>",
        "</li>",
        "[",
        "](#a)",
    ),
    *(
        "](http://x) ",
        "==",
        "%%",
        "---\n",
        "one ",
        "two?",
        "三？",
        "答え",
        "\t",
        ",",
        ";",
        '"',
        "{",
        "}",
        "&amp;",
    ),
    *(
        "<td>",
        "<tr>",
        "<pre>",
        "</pre>",
        "<!-- ",
        " -->",
        "[!question] ",
        "①",
        "1、",
        "#card",
        "\u2028",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_whatever_is_written_is_read_or_refused(pieces: list[str]) -> None:
    try:
        interpretations = recognise("".join(pieces), ".md")
    except BankError:
        return
    for interpretation in interpretations:
        for draft in interpretation.finish().drafts:
            assert draft.question("x", "").text


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_every_imported_word_is_in_the_file(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        interpretations = recognise(text, ".md")
    except BankError:
        return
    written = re.sub(r"[\W_]+", "", text.casefold())
    for draft in [draft for one in interpretations for draft in one.finish().drafts]:
        for word in re.findall(r"one|two|三", json.dumps(draft.text, ensure_ascii=False)):
            assert word in written
