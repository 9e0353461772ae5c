from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.library.library import Library
from practice.library.search import (
    HELP,
    KINDS,
    Order,
    find_takes,
    parse_filter,
    sort_takes,
)
from practice.library.takes import QuestionSnapshot, RecordingFacts, Take, TakeMeasures, TakeState
from tests.support.clock import FakeClock

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
SPOKEN = ["we split the service", "i asked the customer", "the deadline moved today"]
TYPED = (
    "deadline today yesterday 2026-11 >2026-10-01 <=2026 > 2026-13 bank:care bank: "
    "is:starred is:failed is: is:x customer !!"
)
PIECES = st.sampled_from(TYPED.split())


def make_take(moment: datetime, **known: object) -> Take:
    values: dict[str, Any] = dict.fromkeys(Take.__dataclass_fields__)
    values |= {"id": f"{moment:%Y%m%d-%H%M}-abc", "number": 1, "state": TakeState.REVIEWED}
    values |= {"recorded_at": moment, "starred": False, "notes": "", "model": "base.en"}
    return Take(**(values | known))


def make_measures(**known: float | bool | None) -> TakeMeasures:
    values: dict[str, Any] = dict.fromkeys(TakeMeasures.__dataclass_fields__)
    return TakeMeasures(**(values | {"judged": True} | known))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three spoken takes of two banks, one a day, and a failed one."""
    folder, clock = tmp_path_factory.mktemp("library"), FakeClock()
    with Library(folder / "library.db", folder / "recordings", clock) as opened:
        for days, said in enumerate([*SPOKEN, None]):
            clock.set(NOON - timedelta(days=days))
            save_take(opened, days, said)
        yield opened


def save_take(library: Library, number: int, said: str | None) -> None:
    bank, text = ("care", "Night shifts?") if number % 2 else ("basics", "A conflict?")
    take = library.begin_take(QuestionSnapshot(f"q{number}", bank, text))
    audio = library.recordings / f"{take.id}.flac"
    audio.touch()
    library.save_recording(
        take.id,
        RecordingFacts(
            audio=audio,
            duration_s=60.0,
            sample_rate_hz=48_000,
            peak_dbfs=-6.0,
            clipped_s=0.0,
            overflows=0,
            device="microphone",
        ),
    )
    if said is None:
        library.fail(take.id, "the worker stopped")
        return
    document = {"model": "base.en", "words": [{"text": word} for word in said.split()]}
    library.save_transcript(take.id, document)
    library.save_review(take.id, {**document, "judgement": {"ok": True}})
    library.annotations.star(take.id, starred=number == 1)


def find_questions(library: Library, typed: str) -> list[str | None]:
    takes = find_takes(library, parse_filter(typed, TODAY), library.takes(), UTC)
    return [take.question_id for take in takes]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["q0", "q1", "q2", "q3"]),
        ("customer", ["q1"]),
        ("CUSTOMER asked", ["q1"]),
        ('"asked customer"', []),
        ('"asked the customer', ["q1"]),
        ("conflict", ["q0", "q2"]),
        ("night", ["q1", "q3"]),
        ("care", ["q1", "q3"]),
        ("bank:basics the", ["q0", "q2"]),
        ("today", ["q0"]),
        ('"today"', ["q2"]),
        ("yesterday", ["q1"]),
        ("2026-11-21", ["q2"]),
        ("2026-11", ["q0", "q1", "q2", "q3"]),
        ("2025", []),
        (">2026-11-21", ["q0", "q1"]),
        (">=2026-11-21 <today", ["q1", "q2"]),
        ("<=yesterday", ["q1", "q2", "q3"]),
        ("is:failed", ["q3"]),
        ("is:starred", ["q1"]),
        ("IS:Starred BANK:Care", ["q1"]),
    ],
)
def test_a_filter_keeps_what_it_says(library: Library, typed: str, expected: list[str]) -> None:
    assert find_questions(library, typed) == expected


@pytest.mark.parametrize("typed", ["bank:", "is:", "!!", '""', ">", "is:nonsense", "2026-13"])
def test_what_is_half_typed_keeps_nothing_out(library: Library, typed: str) -> None:
    assert len(find_questions(library, typed)) == 4


def test_what_looks_like_the_language_and_is_not_is_told() -> None:
    wanted = parse_filter("is:red 2026-02-30 conflict", TODAY)
    assert wanted.not_understood == ("is:red", "2026-02-30")
    assert wanted.phrases == ("conflict",)


def test_what_was_not_understood_is_harmless_to_a_terminal() -> None:
    assert parse_filter("is:\x1b]0;x\x07", TODAY).not_understood == ("is:�]0;x�",)


@given(st.text())
def test_no_text_is_refused(typed: str) -> None:
    wanted = parse_filter(typed, TODAY)
    wanted.fits(make_take(NOON), UTC)


@given(st.lists(PIECES, max_size=4), PIECES)
def test_another_demand_never_finds_more(pieces: list[str], another: str) -> None:
    takes = [make_take(NOON - timedelta(days=n), bank=bank) for n, bank in enumerate("abc")]

    def fitting(typed: list[str]) -> set[str]:
        wanted = parse_filter(" ".join(typed), TODAY)
        return {take.id for take in takes if wanted.fits(take, UTC)}

    assert fitting([another, *pieces]) <= fitting(pieces)


@given(DAYS, DAYS)
def test_a_day_is_before_in_or_after_another_one(named: date, recorded: date) -> None:
    take = make_take(datetime(recorded.year, recorded.month, recorded.day, 12, tzinfo=UTC))
    fits = {
        sign: parse_filter(f"{sign}{named}", TODAY).fits(take, UTC)
        for sign in ("", "<", ">", "<=", ">=")
    }
    assert [fits["<"], fits[""], fits[">"]].count(True) == 1
    assert fits["<="] == (fits["<"] or fits[""])
    assert fits[">="] == (fits[">"] or fits[""])


@given(DAYS)
def test_a_month_and_a_year_hold_their_days(day: date) -> None:
    take = make_take(datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC))
    for typed in (f"{day:%Y-%m}", f"{day.year}", f"{day.year}-{day.month}"):
        assert parse_filter(typed, TODAY).fits(take, UTC)


def test_a_day_begins_where_the_user_is() -> None:
    late = make_take(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert parse_filter("today", TODAY).fits(late, timezone(timedelta(hours=2)))
    assert not parse_filter("today", TODAY).fits(late, UTC)


def test_every_kind_is_told_in_words() -> None:
    assert all(f"is:{kind}" in HELP for kind in KINDS)


def test_waiting_are_takes_that_may_still_get_words_but_not_those_that_failed() -> None:
    waiting = parse_filter("is:waiting", TODAY)
    sound = Path("t.flac")
    assert waiting.fits(make_take(NOON, state=TakeState.RECORDED, audio=sound), UTC)
    assert not waiting.fits(make_take(NOON, state=TakeState.RECORDED, audio=None), UTC)
    assert not waiting.fits(make_take(NOON, state=TakeState.FAILED, audio=sound), UTC)


TAKES = st.lists(
    st.builds(
        lambda minutes, duration, rating, wpm, question: make_take(
            NOON - timedelta(minutes=minutes),
            id=f"t{minutes}",
            duration_s=duration,
            rating=rating,
            question=question,
            measures=make_measures(wpm=wpm, fillers_per_min=wpm),
        ),
        st.integers(0, 10_000),
        st.none() | st.floats(0, 1000),
        st.none() | st.integers(1, 4),
        st.none() | st.floats(0, 300),
        st.none() | st.text(max_size=3),
    ),
    max_size=12,
)


@given(TAKES, st.sampled_from(Order), st.booleans())
def test_every_order_keeps_every_take(takes: list[Take], order: Order, is_reversed: bool) -> None:
    ordered = sort_takes(takes, order, is_reversed=is_reversed)
    assert sorted(t.id for t in ordered) == sorted(t.id for t in takes)


@given(TAKES, st.booleans())
def test_takes_without_a_rating_come_last_either_way(takes: list[Take], is_reversed: bool) -> None:
    ratings = [t.rating for t in sort_takes(takes, Order.RATING, is_reversed=is_reversed)]
    rated = [rating for rating in ratings if rating is not None]
    assert ratings[: len(rated)] == sorted(rated, reverse=not is_reversed)


def test_numbers_that_cannot_be_trusted_do_not_sort_a_take() -> None:
    doubtful = make_take(NOON, measures=make_measures(judged=False, wpm=400.0))
    plain = make_take(NOON, measures=make_measures(wpm=100.0))
    assert sort_takes([doubtful, plain], Order.PACE) == [plain, doubtful]


def test_the_orders_go_round() -> None:
    seen = [Order.DATE]
    while (following := seen[-1].following) is not Order.DATE:
        seen.append(following)
    assert seen == list(Order)


def test_what_is_written_without_spaces_is_found_without_them(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db", tmp_path / "recordings", FakeClock()) as library:
        save_take(library, 1, "わ た し は back-end")
        assert find_questions(library, "わたし") == find_questions(library, "back-end") == ["q1"]
