import base64
import csv
import hashlib
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.base.text import one_line
from practice.base.words import Word
from practice.delivery.findings import FillerKind, Finding, FindingKind
from practice.delivery.highlights import Highlight, Highlights
from practice.delivery.measures import FillerCounts, Measures, PauseCounts
from practice.delivery.pace import PaceWindow
from practice.delivery.quality import Judgement
from practice.delivery.transcript.coverage import Coverage, CoverageItem
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TakeFacts,
    TranscriptionFacts,
    UsualRange,
)
from practice.reports import formats, html, markdown, table, terminal, wording
from practice.reports.formats import render
from practice.reports.layout import display_width, plain_line
from practice.reports.marking import SHAPES, mark_words
from practice.reports.report import Report
from practice.reports.wording import measure_rows

HOSTILE = (
    "a [/x] [RED] <script>alert(1)</script> & \x1b]0;x\x07 \x9b31m | `c` =1+1 \u202e http://x.y"
)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
NUMBERS = Measures(
    duration_s=112.0,
    speaking_s=81.0,
    words=276,
    wpm=148.2,
    speaking_wpm=171.4,
    articulation_sps=4.61,
    fillers=FillerCounts(certain=7, possible=2, sounds=5, phrases=2, per_min=3.2),
    pauses=PauseCounts(count=11, long=3, very_long=1, longest_s=3.2),
    repetitions=1,
    longest_run_s=9.4,
    pace=(
        PaceWindow(start_s=0.0, end_s=10.0, wpm=140.0),
        PaceWindow(start_s=10.0, end_s=20.0, wpm=212.0),
        PaceWindow(start_s=20.0, end_s=30.0, wpm=77.0),
    ),
)
KINDS_OF: dict[str, FillerKind] = {"um": "sound", "like": "habit", "you know": "phrase"}
KINDS: tuple[FindingKind, ...] = ("filler", "pause", "repetition", "restart", "hedge", "pace")
NOTHING_WANTED = Coverage()
SOUND = Judgement(ok=True)


def words_of(text: str) -> tuple[Word, ...]:
    """A word every half second, each 0.4 s long."""
    return tuple(Word(word, n / 2, n / 2 + 0.4, 0.9) for n, word in enumerate(text.split()))


def make_finding(
    words: tuple[Word, ...], kind: FindingKind, label: str, first: int, last: int
) -> Finding:
    """A certain finding over the words `first` to `last`."""
    start_s, end_s = words[first].start_s, words[last].end_s
    filler_kind = KINDS_OF[label] if kind == "filler" else None
    return Finding(kind, label, label, start_s, end_s, "certain", "transcript", filler_kind)


def make_pause(start_s: float, end_s: float, label: str = "long pause") -> Finding:
    return Finding("pause", label, None, start_s, end_s, "certain", "signal")


def make_review(
    words: tuple[Word, ...] = (),
    findings: tuple[Finding, ...] = (),
    *,
    question: str | None = "Tell me about a conflict.",
    numbers: Measures = NUMBERS,
    coverage: Coverage = NOTHING_WANTED,
    verdict: Judgement = SOUND,
    path: str | None = "/home/a/answer.flac",
    take: bool = True,
    model: str | None = "base.en",
    status: Literal["ok", "no_model"] = "ok",
    language: str = "en",
) -> ReviewDocument:
    facts = TakeFacts(
        id="20261123-1405-k3f",
        question_id="conflict",
        question=question,
        recorded_at="2026-11-23T14:05:00.000Z",
        number=2,
    )
    return ReviewDocument(
        take=facts if take else None,
        source=SourceFacts(path=path, duration_s=112.0),
        transcription=TranscriptionFacts(status=status, model=model, language=language),
        words=words,
        findings=findings,
        measures=numbers,
        coverage=coverage,
        judgement=verdict,
    )


def render_transcript(words: tuple[Word, ...], *findings: Finding) -> str:
    return " ".join(map(plain_line, mark_words(make_review(words, findings))))


SAID = words_of("So um I was like you know I I went home")


@pytest.mark.parametrize(
    ("finding", "shown"),
    [
        (make_finding(SAID, "filler", "um", 1, 1), "So ⟨um⟩ I was"),
        (make_finding(SAID, "filler", "like", 4, 4), "was ‹like› you"),
        (make_finding(SAID, "filler", "you know", 5, 6), "like ‹you know› I"),
        (make_finding(SAID, "hedge", "you know", 5, 6), "like ‹you know› I"),
        (make_finding(SAID, "repetition", "i", 7, 8), "know [I I] went"),
        (make_finding(SAID, "restart", "new start", 2, 3), "um {I was} like"),
        (make_finding(SAID, "pace", "hurried", 7, 9), "know ≫ I I went ≪ home"),
        (make_finding(SAID, "pace", "slow", 7, 9), "know ≈ I I went ≈ home"),
        (make_pause(0.41, 1.81), "um ·1.4s· I"),
        (make_pause(0.41, 3.61, "very long pause"), "was ··3.2s·· like"),
    ],
    ids=lambda value: value.label if isinstance(value, Finding) else "",
)
def test_every_finding_is_marked_in_its_place_and_shape(finding: Finding, shown: str) -> None:
    assert shown in render_transcript(SAID, finding)


def test_what_is_only_possible_is_marked_so() -> None:
    heard = Finding("filler", "um/uh", None, 0.42, 0.48, "possible", "signal", "sound")
    said = Finding(
        "filler", "like", "like", 2.0, 2.4, "possible", "transcript", filler_kind="habit"
    )
    assert render_transcript(SAID, heard, said).startswith("So ⟨um/uh⟩? um I was ‹like›? you")


def test_a_filler_inside_a_hurried_stretch_keeps_both_marks() -> None:
    hurried, filler = (
        make_finding(SAID, "pace", "hurried", 1, 4),
        make_finding(SAID, "filler", "um", 1, 1),
    )
    assert render_transcript(SAID, hurried, filler).startswith("So ≫ ⟨um⟩ I was like ≪ you")
    end = make_finding(SAID, "filler", "like", 4, 4)
    assert "‹like› ≪ you" in render_transcript(SAID, end, hurried)


def test_a_bracket_closes_before_the_punctuation_and_a_stretch_after_it() -> None:
    words = words_of("So, um, well. Yes")
    marked = make_finding(words, "filler", "um", 1, 1), make_finding(words, "pace", "hurried", 0, 2)
    assert render_transcript(words, *marked) == "≫ So, ⟨um⟩, well. ≪ Yes"


def test_a_finding_without_any_word_stands_alone() -> None:
    late = Finding("filler", "um", "um", 90.0, 90.2, "certain", "transcript", "sound")
    assert render_transcript(SAID, late).endswith("home ⟨um⟩")


def test_times_that_were_rounded_still_find_their_words() -> None:
    finding = Finding("repetition", "i", "I I", 3.501, 4.399, "certain", "transcript")
    assert "[I I]" in render_transcript(SAID, finding)


def test_without_words_the_findings_stand_at_their_times() -> None:
    text = terminal.render(
        make_review(
            (),
            (make_pause(61.0, 62.4),),
            status="no_model",
            model=None,
            numbers=Measures(duration_s=0.0),
        )
    )
    assert "no speech model heard this take" in text
    assert "1:01 ·1.4s·" in text


def test_the_plain_review_names_the_question_take_length_and_model() -> None:
    text = terminal.render(make_review(SAID))
    first, second, *_ = text.splitlines()
    assert first == "Tell me about a conflict."
    for fact in ("take 2", "2026-11-23", "1:52", "model base.en", "20261123-1405-k3f"):
        assert fact in second


def test_a_review_for_listening_has_no_drawing_and_not_the_question_that_was_just_asked() -> None:
    text = terminal.render_summary(make_review(SAID))
    assert not set(text) & set("▁▂▃▄▅▆▇█")
    assert "Tell me about a conflict." not in text
    assert "fastest 212 from 0:10 to 0:20" in " ".join(text.split())


def test_the_words_are_a_part_of_their_own_for_listening() -> None:
    document = make_review(SAID, (make_finding(SAID, "filler", "um", 1, 1),))
    said = terminal.render_words(document).splitlines()[0]
    assert "⟨um⟩" in said
    assert "⟨um⟩" not in terminal.render_summary(document)
    assert said in terminal.render(document)


def test_a_file_that_is_no_take_is_named_by_its_file() -> None:
    assert terminal.render(make_review(SAID, take=False)).startswith("answer.flac\n1:52")
    assert terminal.render(make_review(SAID, take=False, path=None)).startswith(
        "Words without sound"
    )


def test_numbers_come_with_their_meaning() -> None:
    said = (make_finding(SAID, "filler", "um", 1, 1), make_finding(SAID, "filler", "like", 4, 4))
    text = " ".join(terminal.render(make_review(SAID, said)).split())
    for part in (
        "words a minute 148, over the whole take, 276 words",
        "while speaking 171, pauses left out",
        "fillers about 7, um 1, like 1, and 2 possible, 3.2 a minute of speech",
        "pauses 11, longest 3.2 s, 3 of 1 s or more, 1 of 2 s or more",
        "fastest 212 from 0:10 to 0:20; slowest 77 from 0:20 to 0:30",
        "speaking time 1:21 of 1:52",
    ):
        assert part in text


def test_a_number_that_cannot_be_given_is_not_shown() -> None:
    text = terminal.render(make_review(SAID, numbers=Measures(duration_s=3.0)))
    for name in ("minute", "fillers", "pauses", "pace", "longest run", "None"):
        assert name not in text


def test_a_doubtful_take_is_told_in_words_before_anything_else() -> None:
    verdict = Judgement(ok=False, reasons=("the microphone clipped for 9.0 s",))
    text = terminal.render(make_review(SAID, verdict=verdict))
    sentence = "Some numbers are missing: the microphone clipped for 9.0 s."
    assert sentence in text
    assert text.index(sentence) < text.index("words a minute")
    assert text.index(sentence) < text.index("So um")


def test_key_points_and_terms_say_which_were_said_and_where() -> None:
    points = (
        CoverageItem(text="how it ended", said=False),
        CoverageItem(text="the disagreement", said=True, at_s=12.0),
    )
    text = terminal.render(
        make_review(SAID, coverage=Coverage(key_points=points, terms=(points[0],)))
    )
    assert "Key points: 1 of 2 found" in text
    assert "Key points: 1 of 2 found. Missing: how it ended." in text
    assert "✓ the disagreement (0:12)" in text
    assert "Terms: 0 of 1 said. Missing: how it ended." in text
    assert "✗ how it ended" in text


def test_the_legend_explains_the_marks_that_are_used_and_no_other() -> None:
    text = terminal.render(make_review(SAID, (make_finding(SAID, "filler", "um", 1, 1),)))
    assert "⟨um⟩ filler sound" in text
    for meaning in ("habit", "pause of", "repeated words;", "possible, not", "faster"):
        assert meaning not in text
    assert "marks:" not in terminal.render(make_review(SAID))


def test_colour_adds_nothing_but_colour() -> None:
    marked = make_review(SAID, (make_finding(SAID, "filler", "um", 1, 1), make_pause(1.0, 2.4)))
    plain, coloured = terminal.render(marked), terminal.render(marked, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[33m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_long_take_has_its_pace_in_several_lines() -> None:
    pace = tuple(PaceWindow(start_s=10.0 * n, end_s=10.0 * n + 10, wpm=150.0) for n in range(180))
    text = terminal.render(make_review(SAID, numbers=Measures(duration_s=0.0, pace=pace)))
    strip = re.findall(r"^ *\d+:\d\d (▃+)$", text, re.MULTILINE)
    assert sum(map(len, strip)) == 360
    assert len(strip) > 1


_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("abc漢字👩\u200d\u0301é\ufe0f⟨⟩[]·≫\u00ad\x1b\n "),
    ),
    max_size=60,
)
_TIMES = st.floats(min_value=0, max_value=60, allow_nan=False)


@st.composite
def _findings(draw: st.DrawFn) -> Finding:
    start_s, end_s = sorted((draw(_TIMES), draw(_TIMES)))
    kinds = st.sampled_from(KINDS)
    labels = st.sampled_from(["um", "like", "very long pause", "hurried", "slow", "i"])
    return Finding(
        draw(kinds),
        draw(labels),
        draw(st.sampled_from([None, "x"])),
        start_s,
        end_s,
        draw(st.sampled_from(["certain", "possible"])),
        "transcript",
    )


@st.composite
def _documents(draw: st.DrawFn) -> ReviewDocument:
    starts = sorted(draw(st.lists(_TIMES, max_size=25)))
    words = tuple(Word(draw(_TEXT), s, s + draw(st.floats(0, 2)), None) for s in starts)
    return make_review(
        words,
        tuple(sorted(draw(st.lists(_findings(), max_size=8)), key=lambda f: f.start_s)),
        question=draw(_TEXT),
        model=draw(_TEXT),
        coverage=Coverage(key_points=(CoverageItem(text=draw(_TEXT), said=True, at_s=1.0),)),
        verdict=Judgement(ok=draw(st.booleans()), reasons=(draw(_TEXT),)),
    )


@given(review=_documents(), width=st.integers(24, 130))
def test_no_line_is_wider_than_asked(review: ReviewDocument, width: int) -> None:
    text = terminal.render(review, width=width)
    assert [line for line in text.split("\n") if display_width(line) > width] == []


@settings(deadline=None)
@given(review=_documents())
def test_no_control_character_reaches_the_terminal(review: ReviewDocument) -> None:
    for form in ("txt", "md", "html", "srt", "vtt", "csv", "json"):
        assert not CONTROL.search(formats.render(Report(review=review), form)), form


@given(review=_documents())
def test_the_words_stand_in_the_transcript_in_their_order(review: ReviewDocument) -> None:
    shapes = {shape + more for pair in SHAPES.values() for shape in pair for more in ("", "?")}
    said = iter(
        "".join(segment.text for segment in cell if segment.text not in shapes)
        for cell in mark_words(review)
    )
    wanted = [one_line(word.text) for word in review.words]
    assert all(any(word == found for found in said) for word in wanted if word not in shapes)


class _Page(HTMLParser):
    """Collects what a browser would act on, and whether every tag is closed."""

    VOID = ("meta", "br", "input")

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def render_page(review: ReviewDocument) -> _Page:
    page = _Page()
    page.feed(html.render(Report(review=review, notes=HOSTILE, to_reader=HOSTILE)))
    page.close()
    assert page.open == []
    return page


def make_hostile_review() -> ReviewDocument:
    words = (Word(HOSTILE, 0.0, 0.4), Word('" onmouseover="x', 0.5, 0.9))
    return make_review(
        words,
        (Finding("filler", HOSTILE, HOSTILE, 0.0, 0.4, "possible", "transcript"),),
        question=HOSTILE,
        path=HOSTILE,
        model=HOSTILE,
        language='en" onload="x',
        coverage=Coverage(key_points=(CoverageItem(text=HOSTILE, said=False),)),
        verdict=Judgement(ok=False, reasons=(HOSTILE,)),
    )


def test_nothing_that_was_said_becomes_a_tag_an_attribute_or_an_address() -> None:
    page = render_page(make_hostile_review())
    assert not {"img", "link", "iframe", "object", "base", "form"} & set(page.tags)
    assert page.tags.count("script") == 1
    names = {name for name, _ in page.attributes}
    assert not {name for name in names if name.startswith("on")}
    assert not {"src", "style"} & names
    assert {value for name, value in page.attributes if name == "href"} == {"#take-1-words"}
    assert "<script>alert(1)</script>" in "".join(page.text)


def test_the_policy_of_the_page_allows_its_own_style_and_script_alone() -> None:
    text = html.render(Report(review=make_hostile_review()))
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', text)
    for kind in ("style", "script"):
        (own,) = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
        assert f"{kind}-src &#39;sha256-{digest}&#39;" in policy
    assert policy.startswith("default-src &#39;none&#39;;")
    assert "unsafe" not in policy
    assert not re.search(r"url\((?!#)|@import|https?:", text.replace("http://x.y", ""))


@settings(deadline=None)
@given(review=_documents())
def test_the_page_is_well_formed_however_findings_cross(review: ReviewDocument) -> None:
    render_page(review)


def test_the_page_has_a_language_headings_and_marks_by_shape_and_class() -> None:
    page = render_page(
        make_review(SAID, (make_finding(SAID, "filler", "um", 1, 1), make_pause(1.0, 2.4)))
    )
    assert ("lang", "en") in page.attributes
    assert {"h1", "h2", "main", "title", "dl"} <= set(page.tags)
    assert {("class", "filler"), ("class", "pause")} <= set(page.attributes)
    said = "".join(page.text)
    assert "⟨um (filler sound) ⟩" not in said
    assert "⟨um⟩ (filler sound)" in said
    assert "·1.4s· (pause)" in said


def test_markdown_shows_what_was_said_without_acting_on_it() -> None:
    text = markdown.render(Report(review=make_hostile_review()))
    assert not re.search(r"[<>`\[\]*]", text)
    assert "http://" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {4}


def test_the_table_holds_every_word_and_finding_in_order_of_time() -> None:
    rows = list(
        csv.DictReader(io.StringIO(table.render(make_review(SAID, (make_pause(1.0, 2.4),)))))
    )
    assert [row["text"] for row in rows if row["kind"] == "word"] == [w.text for w in SAID]
    (found,) = [row for row in rows if row["kind"] != "word"]
    assert (found["kind"], found["label"], found["start_s"]) == ("pause", "long pause", "1.0")
    times = [float(row["start_s"]) for row in rows]
    assert times == sorted(times)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_the_table_holds_no_formula(text: str) -> None:
    words = (Word(text, 0.0, 0.4),)
    (row,) = csv.DictReader(io.StringIO(table.render(make_review(words))))
    assert row["text"] == f"'{text}"


def test_the_pace_says_where_it_lies_in_the_users_own_band() -> None:
    band = UsualRange(key="wpm", low=150.0, high=171.0, place="below")
    first = measure_rows(replace(make_review(), usual=(band,)))[0]
    assert first.meaning == "over the whole take, 276 words, below your usual range 150-171"


@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_words_stand_in_every_report_with_the_spaces_that_were_written(form: str) -> None:
    said = (
        Word("わ", 0.0, 0.1),
        Word("た", 0.1, 0.2),
        Word("えー", 0.2, 0.4),
        Word("と", 0.4, 0.5),
        Word("し", 0.5, 0.6),
        Word("そう", 0.6, 0.7, space_before=True),
    )
    filler = Finding("filler", "えーと", "えーと", 0.2, 0.5, "certain", "transcript")
    made = make_review(said, (replace(filler, filler_kind="sound"),), language="ja")
    shown = formats.render(Report(review=made), form)
    if form == "html":
        (shown,) = re.findall(r'<p class="words" lang="ja">(.*?)</p>', shown, re.DOTALL)
        shown = re.sub(r'<span class="aloud".*?</span>', "", shown)
        shown = " ".join(re.sub(r"<.*?>", "", shown).split())
    assert "わた⟨えーと⟩し そう" in shown


@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_the_places_worth_hearing_come_before_words_and_numbers(form: str) -> None:
    found = (make_pause(31.0, 34.2),)
    places = (Highlight("pause", 31.0, 34.2, "a pause of 3.2 s"),)
    first = Highlights("Listen to 0:31 (a pause of 3.2 s).", places)
    points = Coverage(key_points=(CoverageItem(text="how it ended", said=False),))
    made = replace(make_review(SAID, found, coverage=points), highlights=first)
    text = render(Report(review=made), form)
    line = text.index("Listen to 0:31 (a pause of 3.2 s).")
    missing = text.index("Key points: 0 of 1 found. Missing: how it ended.")
    assert line < missing < text.index("longest run")


def test_the_numbers_stand_in_groups_with_air_between() -> None:
    lines = terminal.render(make_review(SAID)).splitlines()
    titles = [line for line in lines if line in wording.GROUPS]
    assert titles == ["how fast", "fillers", "pauses", "more"]
    assert all(lines[lines.index(title) - 1] == "" for title in titles)
