from practice.core.corrections import review_corrected
from practice.delivery.findings import Finding
from practice.delivery.review import Circumstances, Review, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.library.takes import Correction
from tests.support.takes import words_of

ENGLISH = load_lexicon("en")
SAID = (
    "We, um, wanted to split it and like, both teams said no because the service was theirs"
    " and we had to ask them first"
)


def review_with(*corrections: Correction, answer: str = SAID) -> Review:
    return review_corrected(words_of(answer), Circumstances(None, ENGLISH), corrections)


def finding_labels(made: Review) -> list[tuple[str, str]]:
    return [(f.label, f.certainty) for f in made.findings if f.kind in {"filler", "hedge"}]


def find_finding(made: Review, label: str) -> Finding:
    return next(finding for finding in made.findings if finding.label == label)


def find_word(text: str, answer: str = SAID) -> tuple[float, float]:
    word = next(word for word in words_of(answer) if word.text == text)
    return word.start_s, word.end_s


def test_without_corrections_it_is_the_machines_own_review() -> None:
    assert review_with() == review(words_of(SAID), Circumstances(None, ENGLISH))


def test_a_filler_that_is_none_becomes_a_word_that_counts() -> None:
    um = find_finding(review_with(), "um")
    made = review_with(Correction("not_filler", um.start_s, um.end_s, "um"))
    assert ("um", "certain") not in finding_labels(made)
    before = review_with().measures
    assert made.measures.words == (before.words or 0) + 1
    assert made.measures.fillers.certain == (before.fillers.certain or 0) - 1


def test_a_ruling_counts_in_its_own_place_only() -> None:
    answer = f"{SAID} um, and um, then"
    first = find_finding(review_with(answer=answer), "um")
    made = review_with(Correction("not_filler", first.start_s, first.end_s, "um"), answer=answer)
    assert finding_labels(made).count(("um", "certain")) == 2


def test_a_filler_that_was_missed_is_put_between_the_words() -> None:
    at_s = find_word("service")[0]
    made = review_with(Correction("filler", at_s, at_s, "uh"))
    texts = [word.text for word in made.words]
    assert texts[texts.index("service") - 1] == "uh"
    assert ("uh", "certain") in finding_labels(made)
    assert made.measures.words == review_with().measures.words


def test_a_word_that_was_heard_can_itself_be_the_filler() -> None:
    made = review_with(Correction("filler", *find_word("theirs"), "theirs"))
    assert ("theirs", "certain") in finding_labels(made)
    assert len(made.words) == len(review_with().words)
    assert made.measures.fillers.phrases == (review_with().measures.fillers.phrases or 0) + 1


def test_a_word_inside_an_ordinary_phrase_can_be_the_filler() -> None:
    answer = f"{SAID} as well"
    assert ("well", "possible") not in finding_labels(review_with(answer=answer))
    made = review_with(Correction("filler", *find_word("well", answer), "well"), answer=answer)
    assert ("well", "certain") in finding_labels(made)


def test_a_possible_filler_is_confirmed() -> None:
    answer = f"{SAID} it took like a week"
    possible = [f for f in review_with(answer=answer).findings if f.certainty == "possible"]
    assert possible, "the answer has a doubtful filler"
    found = possible[-1]
    made = review_with(Correction("filler", found.start_s, found.end_s, found.label), answer=answer)
    assert (found.label, "certain") in finding_labels(made)


def test_a_filler_the_user_put_in_and_then_denies_is_gone() -> None:
    at_s = find_word("both")[0]
    told, denied = Correction("filler", at_s, at_s, "uh"), Correction("not_filler", at_s, at_s)
    made = review_with(told, denied)
    assert [word.text for word in made.words] == [word.text for word in review_with().words]


def test_the_later_ruling_on_a_place_counts() -> None:
    um = find_finding(review_with(), "um")
    place = (um.start_s, um.end_s)
    made = review_with(Correction("not_filler", *place), Correction("filler", *place, "um"))
    assert made == review_with()


def test_a_word_is_replaced_where_it_stands() -> None:
    made = review_with(Correction("word", *find_word("service"), "server"))
    word = next(word for word in made.words if word.text == "server")
    assert (word.start_s, word.end_s) == find_word("service")
    assert word.probability is None
    assert "service" not in [word.text for word in made.words]


def test_a_word_may_become_several_that_share_its_time() -> None:
    start_s, end_s = find_word("service")
    made = review_with(Correction("word", start_s, end_s, "web server farm"))
    parts = [word for word in made.words if start_s - 0.01 <= word.start_s < end_s - 0.01]
    assert [part.text for part in parts] == ["web", "server", "farm"]
    assert parts[-1].end_s == end_s


def test_an_empty_text_takes_the_word_out() -> None:
    made = review_with(Correction("word", *find_word("service"), ""))
    assert len(made.words) == len(review_with().words) - 1


def test_several_words_of_a_second_transcription_are_replaced_by_the_corrected_one() -> None:
    answer = "we built it on cube ernetes and it was fine for all of the teams there"
    start_s = find_word("cube", answer)[0]
    made = review_with(
        Correction("word", start_s, find_word("ernetes", answer)[1], "Kubernetes"), answer=answer
    )
    assert "Kubernetes" in [word.text for word in made.words]
    assert "ernetes" not in [word.text for word in made.words]


def test_a_correction_that_lies_on_nothing_changes_nothing() -> None:
    far = 500.0
    assert review_with(Correction("word", far, far, "x"), Correction("not_filler", far, far)) == (
        review_with()
    )


def test_a_filler_without_letters_is_not_put_in() -> None:
    assert review_with(Correction("filler", 1.0, 1.0, "...")) == review_with()


def test_a_hedge_can_be_ruled_out() -> None:
    answer = f"{SAID} maybe"
    hedge = find_finding(review_with(answer=answer), "maybe")
    made = review_with(Correction("not_filler", hedge.start_s, hedge.end_s, "maybe"), answer=answer)
    assert ("maybe", "certain") not in finding_labels(made)


def test_a_filler_of_several_characters_is_confirmed_where_it_stands() -> None:
    answer = "そ れ は え ー と 会 議 で す が あ の 人 の こ と で す"
    given = Circumstances(None, load_lexicon("ja"))
    (filler,) = [f for f in review(words_of(answer), given).findings if f.kind == "filler"][:1]
    right = Correction("filler", filler.start_s, filler.end_s, filler.label)
    made = review_corrected(words_of(answer), given, [right])
    assert [word.text for word in made.words] == answer.split()
    assert [f.label for f in made.findings if f.kind == "filler"][:1] == ["えーと"]
