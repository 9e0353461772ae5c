from pathlib import Path

import numpy as np
import pytest

from tools.demo_model.corpus import read_corpus, write_shard
from tools.demo_model.speech import SILENCE
from tools.demo_model.tokens import PROTECTING_MERGES, Vocabulary, train_tokenizer
from tools.demo_model.windows import (
    AUDIO_POSITIONS,
    IGNORED,
    PADDING_POSITIONS,
    Batch,
    Course,
    WindowMaker,
)

COURSE = Course(150, 700, 0.4, 60, 0.2, 4000)


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path = tmp_path_factory.mktemp("tokens") / "tokenizer.json"
    train_tokenizer(text_tokens=600, texts=300).save(str(path))
    return Vocabulary.read(path)


@pytest.fixture(scope="module")
def shard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    try:
        return write_shard(folder, duration_s=60, seed=1)
    except OSError as error:
        pytest.skip(f"a voice of the demo is not installed: {error}")


@pytest.fixture(scope="module")
def maker(shard: Path, vocabulary: Vocabulary) -> WindowMaker:
    corpus = read_corpus(shard.parent)
    labels = sorted({label for u in corpus.utterances for label, _ in u.phones} | {SILENCE})
    return WindowMaker(corpus, vocabulary, {label: i for i, label in enumerate(labels)})


def make_batches(maker: WindowMaker, count: int = 12) -> list[Batch]:
    return [maker.batch(7, step, COURSE) for step in range(count)]


def test_the_same_seed_and_step_give_the_same_batch(maker: WindowMaker) -> None:
    first, again = maker.batch(7, 3, COURSE), maker.batch(7, 3, COURSE)
    assert np.array_equal(first.features, again.features)
    assert np.array_equal(first.tokens, again.tokens)


def test_the_sampled_positions_stand_for_all_of_the_padding(maker: WindowMaker) -> None:
    for batch in make_batches(maker):
        shown = len(batch.positions) - PADDING_POSITIONS
        stood_for = np.exp(batch.mask[shown:]).sum()
        assert stood_for == pytest.approx(AUDIO_POSITIONS - shown, rel=1e-5)
        assert batch.positions[-1] < AUDIO_POSITIONS


def test_each_target_is_the_token_that_follows(maker: WindowMaker) -> None:
    for batch in make_batches(maker):
        known = batch.targets[:, :-1] != IGNORED
        assert np.array_equal(batch.targets[:, :-1][known], batch.tokens[:, 1:][known])


def test_every_word_lies_within_the_sound(maker: WindowMaker) -> None:
    for batch in make_batches(maker):
        assert batch.spans.max() <= len(batch.positions) - PADDING_POSITIONS


def test_timestamps_never_go_back(maker: WindowMaker, vocabulary: Vocabulary) -> None:
    first = vocabulary.timestamp(0)
    for batch in make_batches(maker):
        for row in batch.tokens:
            times = row[row >= first]
            assert (np.diff(times) >= 0).all()


def test_sound_is_louder_where_words_are(maker: WindowMaker) -> None:
    inside, outside = [], []
    for batch in make_batches(maker):
        for features, spans in zip(batch.features, batch.spans, strict=True):
            spoken = np.zeros(features.shape[1], bool)
            for start, end in spans:
                spoken[max(2 * start, 0) : max(2 * end, 0)] = True
            heard = features.any(axis=0)
            inside.append(features[:, spoken & heard].mean() if spoken.any() else 0.0)
            outside.append(features[:, ~spoken & heard].mean() if (~spoken & heard).any() else 0.0)
    assert np.mean(inside) > np.mean(outside) + 0.2


def test_words_come_back_from_their_tokens(vocabulary: Vocabulary) -> None:
    for word in ("um,", "I'm", "yesterday.", "zyzzyva"):
        assert vocabulary.tokenizer.decode(vocabulary.encode(word)) == f" {word}"


def test_the_bare_space_is_not_what_faster_whisper_suppresses(vocabulary: Vocabulary) -> None:
    suppressed = [vocabulary.tokenizer.encode(text).ids[0] for text in (" -", " '", " ♩")]
    bare = vocabulary.tokenizer.token_to_id("Ġ")
    assert bare not in suppressed
    assert len(PROTECTING_MERGES) == len(set(suppressed))


def test_every_token_has_its_own_name(vocabulary: Vocabulary) -> None:
    names = vocabulary.names()
    assert len(names) == len(set(names)) == len(vocabulary)


def test_a_shard_that_is_there_is_not_written_again(shard: Path) -> None:
    before = (shard / "mel.npy").stat().st_mtime_ns
    write_shard(shard.parent, duration_s=60, seed=1)
    assert (shard / "mel.npy").stat().st_mtime_ns == before
