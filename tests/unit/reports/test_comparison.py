from practice.delivery.measures import FillerCounts, Measures, PauseCounts
from practice.delivery.quality import Judgement
from practice.delivery.transcript.coverage import Coverage, CoverageItem
from practice.documents.review import ReviewDocument, SourceFacts, TranscriptionFacts
from practice.reports.comparison import UNKNOWN, ComparedNumber, compare_reviews


def make_review(numbers: Measures, key_points: tuple[CoverageItem, ...] = ()) -> ReviewDocument:
    return ReviewDocument(
        take=None,
        source=SourceFacts(),
        transcription=TranscriptionFacts(status="ok"),
        words=(),
        findings=(),
        measures=numbers,
        coverage=Coverage(key_points=key_points),
        judgement=Judgement(ok=True),
    )


def find_row(first: Measures, second: Measures, name: str) -> ComparedNumber:
    return next(
        r for r in compare_reviews(make_review(first), make_review(second)) if r.name == name
    )


def test_a_difference_goes_from_the_first_take_to_the_second() -> None:
    found = find_row(
        Measures(duration_s=0.0, wpm=193.2), Measures(duration_s=0.0, wpm=148.4), "words a minute"
    )
    assert (found.first, found.second, found.difference) == ("193", "148", "−45")


def test_what_is_shown_is_what_is_compared() -> None:
    assert (
        find_row(
            Measures(duration_s=0.0, wpm=147.6),
            Measures(duration_s=0.0, wpm=148.4),
            "words a minute",
        ).difference
        == "same"
    )


def test_lengths_keep_their_unit() -> None:
    first, second = (Measures(duration_s=0.0, pauses=PauseCounts(longest_s=s)) for s in (0.9, 3.2))
    found = find_row(first, second, "longest pause")
    assert (found.first, found.second, found.difference) == ("0.9 s", "3.2 s", "+2.3 s")


def test_a_number_that_only_one_take_has_has_no_difference() -> None:
    found = find_row(
        Measures(duration_s=0.0, fillers=FillerCounts(certain=3)),
        Measures(duration_s=0.0),
        "fillers",
    )
    assert (found.first, found.second, found.difference) == ("about 3", UNKNOWN, "")


def test_a_number_that_neither_has_is_left_out() -> None:
    assert (
        compare_reviews(
            make_review(Measures(duration_s=0.0)), make_review(Measures(duration_s=0.0))
        )
        == []
    )


def test_key_points_are_counted() -> None:
    said, missed = (
        CoverageItem(text="how it ended", said=True, at_s=3.0),
        CoverageItem(text="x", said=False),
    )
    found = compare_reviews(
        make_review(Measures(duration_s=0.0), (missed, missed)),
        make_review(Measures(duration_s=0.0), (said, missed)),
    )
    assert found == [ComparedNumber("coverage.key_points", "key points", "0 of 2", "1 of 2", "+1")]
