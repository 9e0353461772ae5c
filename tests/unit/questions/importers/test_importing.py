"""Lists that people share become banks, and nothing in them is lost without a word."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import BankError, NotFoundError
from practice.questions.bank_file.problems import InvalidBankError
from practice.questions.bank_file.reading import read_bank
from practice.questions.importers.blocks import block_text
from practice.questions.importers.plain_text import (
    first_link,
    html_text,
    inline_text,
)
from practice.questions.importers.plan import ImportPlan, plan_import
from practice.questions.importers.recognition import recognise

DATA = Path(__file__).parents[3] / "data" / "imports"

COUNTS = {
    # file: questions, follow-ups, key points, questions with notes, not understood
    "nested-bullets.md": (5, 3, 0, 1, 0),
    "labelled-code.md": (2, 0, 0, 2, 0),
    "docusaurus.md": (5, 1, 0, 0, 1),
    "quoted-bullets.md": (4, 0, 2, 0, 0),
    "details-star.md": (2, 0, 0, 2, 2),
    "details-nested.md": (3, 0, 0, 2, 0),
    "bold-difficulty.md": (3, 0, 0, 3, 1),
    "bold-difficulty-outside.md": (2, 0, 0, 2, 0),
    "numbered-headings.md": (2, 0, 0, 2, 4),
    "numbered-headings-plain.md": (3, 0, 0, 2, 0),
    "titled-prose.md": (3, 0, 0, 2, 1),
    "titled-prose-links.md": (2, 0, 0, 2, 0),
    "one-question.md": (1, 0, 2, 1, 1),
    "one-question-followups.md": (1, 2, 2, 0, 0),
    "cards.md": (1, 0, 2, 1, 0),
    "cards-two.md": (2, 0, 2, 2, 0),
    "cards.json": (2, 0, 2, 2, 1),
    "objects.json": (2, 0, 0, 2, 0),
    "strings.json": (2, 0, 0, 0, 1),
    "categories.json": (3, 0, 0, 0, 0),
    "crowdanki.json": (2, 0, 0, 2, 0),
    "header.csv": (2, 0, 0, 2, 1),
    "headless.csv": (2, 0, 0, 2, 0),
    "front-back.tsv": (2, 0, 0, 2, 0),
    "headless.tsv": (2, 0, 0, 2, 0),
    "anki.txt": (2, 0, 0, 2, 0),
    "anki-columns.txt": (1, 0, 0, 1, 0),
    "session.md": (2, 0, 0, 2, 0),
    "session-short.md": (2, 0, 0, 1, 0),
    "question-status.md": (2, 0, 0, 0, 0),
    "headings-answers.md": (3, 0, 0, 2, 0),
    "labels.md": (2, 0, 0, 2, 0),
    "flashcards.md": (2, 0, 0, 2, 1),
    "page.html": (2, 0, 0, 1, 1),
    "lines.jsonl": (2, 0, 0, 1, 0),
    "lines.txt": (3, 1, 0, 0, 2),
    "sections.txt": (3, 0, 0, 0, 2),
}
REFUSED = {"links.md": 6, "links-numbered.md": 5}


def make_plan(name: str) -> ImportPlan:
    return plan_import(DATA / name)


def test_every_file_of_the_test_data_has_its_counts() -> None:
    assert {path.name for path in DATA.iterdir()} == set(COUNTS) | set(REFUSED)


@pytest.mark.parametrize("name", COUNTS)
def test_a_list_gives_exactly_what_it_holds(name: str) -> None:
    assert tuple(make_plan(name).counts.values()) == COUNTS[name]


@pytest.mark.parametrize("name", COUNTS)
def test_what_is_imported_is_written_as_a_good_bank(name: str, tmp_path: Path) -> None:
    planned = make_plan(name)
    target = planned.write(tmp_path / "new.yaml")
    assert read_bank(target) == planned.bank
    with pytest.raises(BankError, match="already"):
        planned.write(target)


@pytest.mark.parametrize("name", COUNTS)
def test_questions_are_plain_text_with_a_source(name: str) -> None:
    for question in make_plan(name).bank.questions:
        assert question.source
        assert not any(mark in question.text for mark in ("**", "](", "</", "&lt;", "`"))


@pytest.mark.parametrize("name", REFUSED)
def test_a_list_of_links_is_refused_with_its_reason(name: str) -> None:
    with pytest.raises(BankError, match=f"list of {REFUSED[name]} links"):
        make_plan(name)


@pytest.mark.parametrize("name", COUNTS)
def test_every_word_of_the_file_is_in_the_plan_or_listed(name: str) -> None:
    """Words of four letters or more, outside front matter, headings and names of keys."""
    planned = make_plan(name)
    kept = json.dumps(
        [str(planned.bank), [str(left) for left in planned.not_understood]], ensure_ascii=False
    ).casefold()
    text = (DATA / name).read_text(encoding="utf-8").removeprefix("---\n")
    body = text.rpartition("\n---\n")[2] if (DATA / name).suffix == ".md" else text
    body = "\n".join(line for line in body.split("\n") if not line.startswith(("#", "import ")))
    words = {word.strip(".,?!'\"") for word in block_text(body).casefold().split()}
    furniture = {
        *("interviewer", "question", "answer", "answers", "tags", "front", "back", "status"),
        *("source", "fields", "notes", "points", "import", "indocad", "hear", "good", "tests"),
        *("situation", "competency", "name", "follow-up", "questions", "easy", "deck"),
    }
    lost = [
        word
        for word in words
        if word.isalpha() and len(word) > 3 and word not in kept and word not in furniture
    ]
    assert lost == []


def test_source_and_link_of_a_section_are_kept_with_its_questions() -> None:
    last = make_plan("docusaurus.md").bank.questions[-1]
    assert (last.source, last.url) == ("Breadroom", "https://example.org/breadroom")
    assert last.tags == ("Crumb & Co questions",)


def test_a_question_that_is_a_link_keeps_its_address() -> None:
    question = make_plan("nested-bullets.md").bank.questions[2]
    assert question.text == "What happens when you open the oven door?"
    assert question.url == "https://example.org/oven"


def test_difficulty_marks_become_figures() -> None:
    assert [one.difficulty for one in make_plan("bold-difficulty.md").bank.questions] == [1, 2, 3]
    assert [one.difficulty for one in make_plan("cards.json").bank.questions] == [1, 3]


def test_the_contents_row_without_a_question_is_listed_with_its_line() -> None:
    left = [str(one) for one in make_plan("numbered-headings.md").not_understood]
    assert any(one.startswith("line 12:") and "forgotten" in one for one in left)


def test_an_interview_session_tells_where_it_was() -> None:
    planned = make_plan("session.md")
    assert planned.bank.questions[0].source == "Crumb & Co, Baker, 2, 2026-03-01"
    assert planned.bank.questions[0].competency == "resilience"
    assert "We used the third." in planned.bank.questions[0].notes


def test_a_licence_file_beside_the_list_is_noted(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("\nMIT License\n\nCopyright\n")
    (tmp_path / "list.txt").write_text("Why us?\n")
    planned = plan_import(tmp_path / "list.txt")
    assert planned.bank.questions[0].licence == "MIT License"
    assert "no licence named" in make_plan("lines.txt").licence_note


def test_a_sample_spans_the_list() -> None:
    assert [one.id for one in make_plan("nested-bullets.md").sample(2)] == [
        "explain-how-yeast-works",
        "name-three-ways-to-test-for-doneness",
    ]


def test_a_bank_is_recognised_as_one(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("title: Mine\nquestions:\n- {id: a, text: b}\n")
    assert plan_import(path).format == "question bank"


def test_a_text_too_long_for_a_question_goes_whole_into_the_notes() -> None:
    question = recognise("a" * 3000 + "\n")[0].finish().drafts[0].question("x", "")
    assert question.text == "a" * 1997 + "..."
    assert question.notes == "a" * 3000


@pytest.mark.parametrize("data", [b"", b"\n\n---\n", b"a\x00b", b"[]", b"{}"])
def test_a_file_without_questions_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(data)
    with pytest.raises(BankError):
        plan_import(path)


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        plan_import(tmp_path / "none.md")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("Größte Stärke?\r\nWarum wir?\r\n".encode(encoding))
    assert [one.text for one in plan_import(path).bank.questions] == [
        "Größte Stärke?",
        "Warum wir?",
    ]


@given(st.text(max_size=400))
def test_no_text_breaks_an_importer_or_leaves_an_unsafe_character(text: str) -> None:
    try:
        interpretations = recognise(text.replace("\r", "\n"))
    except BankError:
        return
    for draft in [draft for one in interpretations for draft in one.finish().drafts]:
        question = draft.question("x", "")
        assert "\x1b" not in str(question.text) + question.notes
        assert len(question.text) <= 2000


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # code
        ("What is `<div>` for?", "What is <div> for?"),
        ("``a ` b`` and `*c* &amp; [d](e)`", "a ` b and *c* &amp; [d](e)"),
        ("````a ``` b````", "a ``` b"),
        ("`<!-- hidden -->` is a comment", "<!-- hidden --> is a comment"),
        ("over `two\nlines`", "over two lines"),
        # emphasis
        ("a_b_c and _d_ and 2 * 3 * 4", "a_b_c and d and 2 * 3 * 4"),
        ("**a *b* c** ***d*** __e__ ~~f~~", "a b c d e f"),
        ("**a*b*c**", "abc"),
        ("**over\ntwo lines**", "over two lines"),
        # Three pairs of stars: the first two belong together, and the last is text.
        ("**bold**text**", "boldtext**"),
        # links and images
        ("[text](https://x.org/a_(b)) more", "text more"),
        ("[a [nested] link](http://x)", "a [nested] link"),
        ("[*a* `b`](http://x 'title')", "a b"),
        ("[a](<http://x/y z>)", "a"),
        ("[a](javascript:void)", "a"),
        ("<https://x.y> or <me@x.y>", "https://x.y or me@x.y"),
        ("![alt *x*](u.png 'title') and ![](v.png)", "alt x and"),
        ("[![badge](b.png)](http://x)", "badge"),
        ("[ ] done, [see below] a[0]", "[ ] done, [see below] a[0]"),
        # escapes and entities
        (
            r"The \<Router> of **React** \*args 1\. \[x\](y)",
            "The <Router> of React *args 1. [x](y)",
        ),
        ("a &lt;role&gt; <b>now</b> &copy; &#35; &amp;lt; R&D", "a <role> now © # &lt; R&D"),
        # HTML
        ("List<T> or <script>alert(1)</script>b", "List<T> or b"),
        ("What does <script> do in <b>HTML</b>?", "What does <script> do in HTML?"),
        ("a<br>b <img src='c.png'> <img src='d.png' alt='D'>", "a b [image] D"),
        ("a <!-- *b* --> **c**", "a c"),
        ("<svg><svg>a</svg>b</svg>c", "c"),
    ],
)
def test_markdown_becomes_readable(source: str, expected: str) -> None:
    assert inline_text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Some *words\nover two* lines\n\nand more", "Some words\nover two lines\n\nand more"),
        ("# A **head** #\nText\n\n---\n\nmore", "A head\nText\n\nmore"),
        ("* one\n  more\n* two\n  1. deep\n  2. *er*", "- one\n  more\n- two\n  1. deep\n  2. er"),
        ("3) three\n\n   still\n4) four", "3) three\n\n  still\n4) four"),
        ("> quoted\n> **text**", "quoted\ntext"),
        ("```py\nx = **y** # `z`\n\n  w\n```\nend", "x = **y** # `z`\n\n  w\nend"),
        ("~~~\n``` not the end\n~~~\n*a*", "``` not the end\na"),
        ("a:\n\n    *args, **more\n", "a:\n\n*args, **more"),
        ("    all of it\n    is **indented**", "all of it\nis indented"),
        ("See [it](https://x.org/a_b).", "See it (https://x.org/a_b)."),
        ("See <https://x.org> or [it](#there).", "See https://x.org or it."),
        ("[it][1]\n\n[1]: https://x.org", "[it][1]\n\n[1]: https://x.org"),
        ("<div>\n**bold** in <i>it</i>\n</div>\n\nend", "bold in it\n\nend"),
        ("<pre>\na * b * c\n  d\n</pre>", "a * b * c\n  d"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "- a\n- b"),
        ("<!-- hidden\n\nthing -->\n`<!-- shown -->`", "<!-- shown -->"),
        ("| a | *b* |\n|---|---|\n| 1 | `2` |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    ],
)
def test_blocks_of_markdown_become_lines(source: str, expected: str) -> None:
    assert block_text(source) == expected


@given(st.lists(st.sampled_from([*"*_`~[]()<>!#&-.\\\n \t1", "> ", "- ", "    ", "one", "two"])))
def test_no_word_of_markdown_is_lost(pieces: list[str]) -> None:
    source = "".join(pieces)
    # What a comment, a link or a fence says about itself is no word of the text.
    if any(mark in source for mark in ("<", "](", "```", "~~~", "&")):
        return
    for text in (inline_text(source), block_text(source)):
        assert text.count("one") == source.count("one")
        assert text.count("two") == source.count("two")


@pytest.mark.parametrize("marker", ["> ", "- ", ">", "1. "])
def test_text_below_lists_without_end_is_kept(marker: str) -> None:
    assert block_text(marker * 500 + "down here").endswith("down here")


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("[a [nested] link](http://x)", "http://x"),
        ("[![badge](https://b.png)](https://x) [y](https://y)", "https://x"),
        ("`[a](https://code)` <https://x.y>", "https://x.y"),
        ("[a](#here) <a href='https://x.org/?a=1&amp;b=2'>b</a>", "https://x.org/?a=1&b=2"),
        ("![only](https://an.image)", ""),
        ("nothing", ""),
    ],
)
def test_the_first_address_is_that_of_a_link(source: str, address: str) -> None:
    assert first_link(source) == address


def test_html_becomes_lines() -> None:
    html = "<div>a<br>b</div><ul><li>\n <b>c</b></li><li>d</li></ul><!-- x --><style>y</style>"
    assert html_text(html) == "a\nb\n\n- c\n- d"


def test_code_in_html_keeps_its_lines() -> None:
    assert html_text("<p>a\n b</p><pre>if x:\n    y\n</pre>") == "a b\n\nif x:\n    y"


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "&", "<b>", "<script>", "[", "](", "`", "**"]
)
def test_hostile_markup_is_read_to_its_end(piece: str) -> None:
    assert len(html_text(piece * 20_000)) <= 20_000 * len(piece)
    assert len(inline_text(piece * 2_000)) <= 2_000 * len(piece)
    assert len(block_text(piece * 2_000)) <= 2_000 * len(piece)


def test_a_table_mixes_markdown_and_html() -> None:
    head = "# Questions\n\n| Question | Answer |\n|---|---|\n"
    row = r"| What is **`a \| b`**?<br>And *why*? | It **is**<br>`c \| d` |"
    (draft,) = recognise(f"{head}{row}\n")[0].finish().drafts
    assert draft.text == "What is a | b? And why?"
    assert draft.notes == ["It is\nc | d"]


def test_stars_in_html_are_no_emphasis(tmp_path: Path) -> None:
    path = write_deck(tmp_path, [("<b>2*3*4</b> = ?\x1f<div>a_b_ *c*</div>", "")], packed=False)
    (question,) = plan_import(path).bank.questions
    assert (question.text, question.notes) == ("2*3*4 = ?", "a_b_ *c*")


def test_bold_questions_lose_their_stars_and_keep_those_in_code() -> None:
    first, second = (
        recognise(
            "**What does `**kwargs` do in *Python*?** \N{BABY}\n\n**And `*args`? **\N{ROCKET}\n"
        )[0]
        .finish()
        .drafts
    )
    assert (first.text, first.difficulty) == ("What does **kwargs do in Python?", "1")
    assert (second.text, second.difficulty) == ("And *args?", "3")


# Anki packages, made here


def write_deck(folder: Path, notes: list[tuple[str, str]], *, packed: bool) -> Path:
    database = folder / "collection"
    with closing(sqlite3.connect(database)) as db:
        db.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, mid, flds TEXT, tags TEXT)")
        rows = [(number, 7, fields, tags) for number, (fields, tags) in enumerate(notes, 1)]
        db.executemany("INSERT INTO notes VALUES (?, ?, ?, ?)", rows)
        if packed:
            db.execute("CREATE TABLE decks (id INTEGER PRIMARY KEY, name TEXT COLLATE unicase)")
            db.execute("CREATE TABLE fields (ntid, ord, name TEXT COLLATE unicase)")
            db.execute("INSERT INTO decks VALUES (1, 'Default'), (2, 'Bread')")
            db.execute("INSERT INTO fields VALUES (7, 0, 'Front'), (7, 1, 'Back'), (7, 2, 'Where')")
        else:
            models = {"7": {"flds": [{"name": "Front"}, {"name": "Back"}, {"name": "Where"}]}}
            decks = {"1": {"name": "Default"}, "2": {"name": "Bread"}}
            db.execute("CREATE TABLE col (models TEXT, decks TEXT)")
            db.execute("INSERT INTO col VALUES (?, ?)", (json.dumps(models), json.dumps(decks)))
        db.commit()
    data = database.read_bytes()
    package = folder / "deck.apkg"
    with zipfile.ZipFile(package, "w") as file:
        if packed:
            file.writestr("collection.anki21b", zstandard.compress(data))
        file.writestr("collection.anki2", b"please update" if packed else data)
        file.writestr("media", "{}")
    return package


NOTES = [
    (
        "What is <b>steam</b>?<br>And why?\x1f<div>Water</div><img src='a.png'>\x1fOven",
        " oven hot ",
    ),
    ("{{c1::Rye::grain}} is dark [sound:a.mp3]\x1f\x1f", ""),
    ("<img src='x.png' alt=''>\x1f\x1f", ""),
]


@pytest.mark.parametrize("packed", [False, True])
def test_a_deck_gives_its_notes(tmp_path: Path, packed: bool) -> None:
    planned = plan_import(write_deck(tmp_path, NOTES, packed=packed))
    assert planned.bank.title == "Bread"
    first, second = planned.bank.questions[:2]
    assert (first.text, first.tags) == ("What is steam? And why?", ("oven", "hot"))
    assert first.notes == "Water\n[image]\n\nWhere: Oven"
    assert second.text == "Rye is dark"


def test_a_zip_that_is_no_deck_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("x.md", "Why?")
    with pytest.raises(BankError, match="holds no Anki collection"):
        plan_import(tmp_path / "a.zip")


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\x00" * 100, b"PK\x03\x04"])
def test_a_damaged_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.apkg").write_bytes(content)
    with pytest.raises(BankError, match="Anki package cannot be read"):
        plan_import(tmp_path / "a.apkg")


@pytest.mark.parametrize("packed", [False, True])
def test_a_bomb_is_cut_off(tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practice.questions.importers.anki_package.MOST_DATABASE_BYTES", 1_000_000)
    path = tmp_path / "a.apkg"
    zeros = bytes(20_000_000)
    name = "collection.anki21b" if packed else "collection.anki2"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, zstandard.compress(zeros) if packed else zeros)
    with pytest.raises(BankError, match="unpacks to more"):
        plan_import(path)


@pytest.mark.parametrize("number", ["\N{SUPERSCRIPT THREE}", "9" * 5000])
def test_a_column_that_has_no_number_is_passed_over(number: str) -> None:
    head = f"#separator:tab\n#tags column:{number}\n#columns:text\ttarget_s\n"
    (draft,) = recognise(f"{head}Why us?\t{number}\n")[0].finish().drafts
    assert draft.text == "Why us?"


def test_a_deck_with_an_empty_collection_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.apkg", "w") as file:
        file.writestr("collection.anki2", b"")
    with pytest.raises(BankError, match="empty"):
        plan_import(tmp_path / "a.apkg")


def test_a_deck_whose_notes_never_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practice.questions.importers.anki_package._MOST_STEPS", 5)
    database = tmp_path / "collection"
    with closing(sqlite3.connect(database)) as db:
        db.execute("CREATE TABLE col (models, decks)")
        db.execute(
            "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
            " SELECT id, 1 AS mid, 'a' AS flds, '' AS tags FROM n"
        )
        db.commit()
    with zipfile.ZipFile(tmp_path / "a.apkg", "w") as file:
        file.write(database, "collection.anki2")
    with pytest.raises(BankError, match="Anki package cannot be read"):
        plan_import(tmp_path / "a.apkg")


def test_a_name_that_no_file_can_have_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="cannot read"):
        plan_import(tmp_path / ("x" * 300))


def test_a_bank_with_an_unquoted_colon_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "friend.yaml"
    path.write_text("title: Mine\nquestions:\n  - text: Conflict: tell me\n  - text: Why us?\n")
    with pytest.raises(InvalidBankError, match=r"friend\.yaml:3:19: a colon followed by a space"):
        plan_import(path)


def test_what_a_number_sign_cuts_off_in_a_bank_is_said(tmp_path: Path) -> None:
    path = tmp_path / "friend.yaml"
    path.write_text("title: Mine\nquestions:\n  - text: Why #1 in the market?\n")
    plan = plan_import(path)
    assert plan.bank.questions[0].text == "Why"
    assert "#1 in the market?" in plan.not_understood[0].text
