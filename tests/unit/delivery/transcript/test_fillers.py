from collections.abc import Callable

import pytest

from practice.base.words import Word
from practice.delivery.transcript.fillers import find_occurrences
from practice.delivery.transcript.lexicon import Lexicon, lexicon_languages, load_lexicon
from practice.delivery.transcript.tokens import tokens_of
from practice.delivery.transcript.transcript import Transcript

Say = Callable[[str], list[Word]]


def find_labels(words: list[Word], lexicon: Lexicon) -> list[tuple[str, str]]:
    return [(o.entry.label, o.certainty) for o in find_occurrences(tokens_of(words), lexicon)]


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Um, hello", "um"),
        ("so uhm hello", "um"),
        ("hello ummmmm there", "um"),
        ("hello UH... there", "uh"),
        ("hello, er, there", "er"),
        ("hello Hmm. there", "hmm"),
        ("it was hard , you , know , really", "you know"),
        ("I would, you know, ask for help", "you know"),
        ("it was, I mean, hard", "i mean"),
        ("it was hard, y\N{RIGHT SINGLE QUOTATION MARK}know", "y'know"),
        ("we shipped it at the end of the day though", "at the end of the day"),
    ],
)
def test_a_filler_is_certain(make_words: Say, english: Lexicon, sentence: str, label: str) -> None:
    assert (label, "certain") in find_labels(make_words(sentence), english)


@pytest.mark.parametrize(
    "sentence",
    [
        "we would like to help",
        "it looks like rain",
        "it went very well",
        "they came as well",
        "a well -known bank",
        "Well done everyone",
        "so much work",
        "do you know him",
        "if you know the answer",
        "that is what I mean",
        "turn right here",
        "mhm",
        "uh-huh",
        "uh -huh",
        "mm-hmm",
        "we'll see",
        "it went well I think",
        "I hope so",
        "that sort of bridge",
        "let you know",
        "what kind of work",
        "the drummer hummed",
        "you. Know your users",
    ],
)
def test_ordinary_speech_is_no_filler(make_words: Say, english: Lexicon, sentence: str) -> None:
    assert [
        label for label, _ in find_labels(make_words(sentence), english) if label != "i think"
    ] == []


@pytest.mark.parametrize("sentence", ["I would, like, go", "it was not |0.3 so we left"])
def test_a_comma_or_a_pause_inside_makes_it_no_ordinary_phrase(
    make_words: Say, english: Lexicon, sentence: str
) -> None:
    assert len(find_labels(make_words(sentence), english)) == 1


def test_a_longer_entry_goes_before_an_ordinary_phrase(make_words: Say, english: Lexicon) -> None:
    assert find_labels(make_words("do you know what I mean"), english) == [
        ("do you know what i mean", "certain")
    ]


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("we had like a meeting", "like"),
        ("there were like twenty people", "like"),
        ("and like we left", "like"),
        ("So, the plan was good", "so"),
        ("it broke so we fixed it", "so"),
        ("Well the plan was good", "well"),
        ("Actually, I left", "actually"),
        ("it was good, right?", "right"),
        ("It was, like, a disaster", "like"),
        ("it was |0.3 like |0.3 a disaster", "like"),
        ("Well, I tried", "well"),
        ("I like that", "like"),
        ("it is actually a bridge", "actually"),
        ("it was kind of hard", "kind of"),
        ("you know what it is", "you know what"),
    ],
)
def test_a_word_that_may_be_ordinary_is_only_possible(
    make_words: Say, english: Lexicon, sentence: str, label: str
) -> None:
    assert find_labels(make_words(sentence), english) == [(label, "possible")]


@pytest.mark.parametrize("language", lexicon_languages())
def test_no_habit_word_is_ever_certain(make_words: Say, language: str) -> None:
    lexicon = load_lexicon(language)
    habits = {key: entry for key, entry in lexicon.entries.items() if entry.kind == "habit"}
    for key, entry in habits.items():
        # Between commas and said again at once: as clear as any place of it can be.
        said = make_words(f"xxx, {' '.join(key)}, {' '.join(key)}, xxx yyy zzz")
        assert {(entry.label, "certain")}.isdisjoint(find_labels(said, lexicon))


def test_a_silence_counts_like_a_comma(make_words: Say) -> None:
    spanish = load_lexicon("es")
    assert find_labels(make_words("fue |0.3 digamos |0.3 bonito"), spanish) == [
        ("digamos", "certain")
    ]
    assert find_labels(make_words("fue digamos bonito"), spanish) == []


def test_a_phrase_does_not_reach_over_a_long_silence(make_words: Say, english: Lexicon) -> None:
    assert find_labels(make_words("I told you |2.5 know your users"), english) == []


def test_a_hedge_is_found_apart_from_fillers(make_words: Say, english: Lexicon) -> None:
    hits = find_occurrences(tokens_of(make_words("it was kind of hard I guess")), english)
    assert [(o.entry.kind, o.entry.label) for o in hits] == [
        ("hedge", "kind of"),
        ("hedge", "i guess"),
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "es geht um er und sie"),
        ("pt", "é um dia bom para um homem"),
        ("es", "no sé este año"),
        ("fr", "un hommage"),
        ("xx", "um uh er"),
    ],
)
def test_a_word_of_one_language_is_no_filler_of_another(
    make_words: Say, language: str, sentence: str
) -> None:
    assert find_labels(make_words(sentence), load_lexicon(language)) == []


@pytest.mark.parametrize(
    ("language", "sentence", "label"),
    [
        ("de", "das war ähm gut", "ähm"),
        ("de", "das war ehm gut", "ähm"),
        ("fr", "c'est heu bien", "euh"),
        ("es", "es emm bueno", "eh"),
        ("it", "era ehm bello", "eh"),
        ("pt", "era hã bonito", "hã"),
        ("nl", "dat was uhm goed", "uhm"),
    ],
)
def test_each_language_has_its_hesitations(
    make_words: Say, language: str, sentence: str, label: str
) -> None:
    assert (label, "certain") in find_labels(make_words(sentence), load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "sentence", "hit"),
    [
        ("ja", "えーと 今日は 会議です", ("えーと", "certain")),
        ("ja", "えっと 今日は", ("えーと", "certain")),
        ("ja", "昨日、んーーー、休み", ("んー", "certain")),
        ("ja", "あの、会議です", ("あの", "possible")),
        ("zh", "我 嗯 同意", ("嗯", "certain")),
        ("zh", "我们那个，那个项目", ("那个", "possible")),
        ("zh", "這個這個項目", ("這個", "possible")),
        ("zh", "他，额，同意", ("额", "possible")),
        ("it", "e... non so", ("e", "certain")),
        ("de", "Ja, ich habe das damals gemacht.", ("ja", "possible")),
        ("fr", "c'est ben difficile", ("ben", "certain")),
    ],
)
def test_each_language_has_its_own_rules(
    make_words: Say, language: str, sentence: str, hit: tuple[str, str]
) -> None:
    assert hit in find_labels(make_words(sentence), load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "その人は会議に来ました"),
        ("ja", "あの本を読みました"),
        ("zh", "那个项目的金额是这个"),
        ("zh", "好啊我同意"),
        ("it", "io e te"),
        ("de", "Ja, genau. Gut."),
        ("fr", "il est bon"),
        ("pt", "um homem bem cansado"),
        ("nl", "er was om een uur"),
    ],
)
def test_ordinary_speech_of_a_language_is_no_filler(
    make_words: Say, language: str, sentence: str
) -> None:
    assert find_labels(make_words(sentence), load_lexicon(language)) == []


@pytest.mark.parametrize("written", ["[UH]", "[uh]", "uh-", "uh...", "Uh\N{HORIZONTAL ELLIPSIS}"])
def test_the_spellings_of_verbatim_models_are_understood(
    make_words: Say, english: Lexicon, written: str
) -> None:
    assert find_labels(make_words(f"we {written} went"), english) == [("uh", "certain")]


def test_a_hesitation_without_a_word_is_a_possible_sound_and_no_word(
    make_words: Say, english: Lexicon
) -> None:
    transcript = Transcript.of(tuple(make_words("we [*] went")), english)
    assert [(o.entry.label, o.certainty) for o in transcript.found] == [("um/uh", "possible")]
    assert [token.text for token in transcript.spoken] == ["we", "went"]


def test_who_counts_no_sounds_is_shown_no_hesitation(make_words: Say) -> None:
    transcript = Transcript.of(tuple(make_words("we [*] went")), Lexicon("xx", {}))
    assert not transcript.found


@pytest.mark.parametrize("noise", ["[laughter]", "<noise>", "[**]", "*sighs*"])
def test_a_noise_in_brackets_is_no_word(make_words: Say, noise: str) -> None:
    assert [token.text for token in tokens_of(make_words(f"we {noise} went"))] == ["we", "went"]


def test_dots_break_a_clause_and_not_a_sentence(make_words: Say) -> None:
    ahead, trailing = tokens_of(make_words("so ...we went")), tokens_of(make_words("so... we went"))
    assert [token.before.name for token in ahead] == ["STRETCH", "CLAUSE", "NONE"]
    assert [token.before.name for token in trailing] == ["STRETCH", "CLAUSE", "NONE"]


def test_the_characters_of_a_word_share_its_time() -> None:
    tokens = tokens_of([Word("今日は。", 1.0, 2.6)])
    assert [(t.written, round(t.start_s, 2)) for t in tokens] == [
        ("今", 1.0),
        ("日", 1.4),
        ("は。", 1.8),
    ]


@pytest.mark.parametrize(
    ("language", "pieces", "hit"),
    [
        ("ja", "え ー と 今 日 は", ("えーと", "certain")),
        ("ja", "え っ と 今日 は", ("えーと", "certain")),
        ("zh", "我 们 那 个， 那 个 项 目", ("那个", "possible")),
        ("fr", "c'est peut -être bien", ("peut-être", "certain")),
        ("en", "so—um—I went", ("um", "certain")),
    ],
)
def test_a_filler_is_found_however_the_recogniser_cut_it(
    make_words: Say, language: str, pieces: str, hit: tuple[str, str]
) -> None:
    assert hit in find_labels(make_words(pieces), load_lexicon(language))
