from practice.documents.review import (
    Fillers,
    Mention,
    Mentions,
    Numbers,
    Pauses,
    ReviewDocument,
    SourceFacts,
    TranscriptionFacts,
    Verdict,
)
from practice.reports.comparison import UNKNOWN, Compared, compared


def review(numbers: Numbers, key_points: tuple[Mention, ...] = ()) -> ReviewDocument:
    return ReviewDocument(
        take=None,
        source=SourceFacts(),
        transcription=TranscriptionFacts(status="ok"),
        words=(),
        findings=(),
        measures=numbers,
        coverage=Mentions(key_points=key_points),
        judgement=Verdict(ok=True),
    )


def row(first: Numbers, second: Numbers, name: str) -> Compared:
    return next(r for r in compared(review(first), review(second)) if r.name == name)


def test_a_difference_goes_from_the_first_take_to_the_second() -> None:
    found = row(Numbers(wpm=193.2), Numbers(wpm=148.4), "words a minute")
    assert (found.first, found.second, found.difference) == ("193", "148", "−45")


def test_what_is_shown_is_what_is_compared() -> None:
    assert row(Numbers(wpm=147.6), Numbers(wpm=148.4), "words a minute").difference == "same"


def test_lengths_keep_their_unit() -> None:
    first, second = (Numbers(pauses=Pauses(longest_s=s)) for s in (0.9, 3.2))
    found = row(first, second, "longest pause")
    assert (found.first, found.second, found.difference) == ("0.9 s", "3.2 s", "+2.3 s")


def test_a_number_that_only_one_take_has_has_no_difference() -> None:
    found = row(Numbers(fillers=Fillers(certain=3)), Numbers(), "fillers, at least")
    assert (found.first, found.second, found.difference) == ("3", UNKNOWN, "")


def test_a_number_that_neither_has_is_left_out() -> None:
    assert compared(review(Numbers()), review(Numbers())) == []


def test_key_points_are_counted() -> None:
    said, missed = Mention(text="how it ended", said=True, at_s=3.0), Mention(text="x", said=False)
    found = compared(review(Numbers(), (missed, missed)), review(Numbers(), (said, missed)))
    assert found == [Compared("key points", "0 of 2", "1 of 2", "+1")]
