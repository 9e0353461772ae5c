"""Real people, heard with a real model: OpenAI's smallest, on the clips of tests/data/speech.

The bounds leave room for a filler or so: other versions of the libraries add numbers up in another
order, and a segment may then read a little differently.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
from numpy.typing import NDArray

from benchmarks.findings.clips import read_labels
from benchmarks.findings.real_speech import match_fillers, read_clips, transcribe
from practice.base.words import Span
from practice.delivery.transcript.lexicon import load_lexicon
from practice.speech.child.whisper import Recogniser, WindowedModel
from practice.speech.transcription import SAMPLE_RATE_HZ, TranscriptionOptions
from practice.speech.worker import SpeechWorker
from tests.support import cli

CLIPS = Path(__file__).parents[1] / "data" / "speech"
FAST_THEN_SLOW = CLIPS / "mfa_acoustic_corpus.flac"
ASTRONAUT = CLIPS / "fillers" / "spacewalk.flac"
BATCHLINE = CLIPS / "fillers" / "ba_test.flac"
"""Somebody says "batchline" twice, a word that no model knows."""
ROOM = CLIPS / "ami_trn01.flac"
EDGE_S = 0.25
UM_AND_UH_S = 17
"""The first two fillers of `FAST_THEN_SLOW` are over by then."""
MINUTE = 60 * SAMPLE_RATE_HZ
BLOCK_BYTES = 99_999
"""An odd number: a block may end in the middle of a sample."""


@pytest.fixture
def options(tiny_en: Path) -> TranscriptionOptions:
    """As a take is transcribed: asked for fillers."""
    return TranscriptionOptions(tiny_en, prompt=load_lexicon("en").verbatim_prompt)


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpeechWorker]:
    """One speech process, so that the model is loaded once."""
    with SpeechWorker(tmp_path_factory.mktemp("log") / "speech.log") as warm:
        yield warm


def find_certain_fillers(clip: Path, model: Path) -> list[Span]:
    """Where `practice analyze` is certain of a sound such as um."""
    found = cli.run("analyze", str(clip), "--json", "--model", str(model))
    assert found.document["transcription"]["status"] in {"ok", "no_speech"}, found.err
    return [
        Span(finding["start_s"], finding["end_s"])
        for finding in found.document["findings"]
        if finding["filler_kind"] == "sound" and finding["certainty"] == "certain"
    ]


def read_fillers(clip: Path, key: str) -> list[Span]:
    """The labelled ones."""
    return [Span(filler["s"], filler["e"]) for filler in read_labels(clip)[key]]


def test_each_um_of_a_talk_is_marked_from_its_beginning_to_its_end(tiny_en: Path) -> None:
    found = find_certain_fillers(FAST_THEN_SLOW, tiny_en)
    pairs, elsewhere = match_fillers(read_fillers(FAST_THEN_SLOW, "fillers"), [], found)
    assert len(pairs) >= 2
    assert elsewhere <= 1
    for labelled, marked in pairs:
        assert marked.start_s == pytest.approx(labelled.start_s, abs=EDGE_S)
        assert marked.end_s == pytest.approx(labelled.end_s, abs=EDGE_S)


def test_most_ums_of_a_spontaneous_answer_are_marked_and_little_else(tiny_en: Path) -> None:
    found = find_certain_fillers(ASTRONAUT, tiny_en)
    in_doubt = read_fillers(ASTRONAUT, "doubtful_fillers")
    pairs, elsewhere = match_fillers(read_fillers(ASTRONAUT, "fillers"), in_doubt, found)
    assert len(pairs) >= 6
    assert elsewhere <= 2


def test_a_room_in_which_people_laugh_holds_no_certain_um(tiny_en: Path) -> None:
    assert find_certain_fillers(ROOM, tiny_en) == []


def test_an_answer_has_the_same_words_heard_while_it_grows_and_as_a_file(
    worker: SpeechWorker, options: TranscriptionOptions, tmp_path: Path
) -> None:
    samples, rate_hz = sf.read(FAST_THEN_SLOW, frames=UM_AND_UH_S * SAMPLE_RATE_HZ, dtype="int16")
    recording = tmp_path / "answer.flac"
    sf.write(recording, samples, rate_hz)
    spool = tmp_path / "samples.s16"
    data = samples.astype("<i2").tobytes()
    with spool.open("wb") as growing:
        live = worker.follow(spool, rate_hz, options)
        for start in range(0, len(data), BLOCK_BYTES):
            growing.write(data[start : start + BLOCK_BYTES])
            growing.flush()
    followed = live.finish()
    assert {"um", "uh"} <= {word.text.strip(",.").lower() for word in followed.words}
    assert followed.words == worker.transcribe(recording, options).words


@pytest.mark.parametrize(
    "samples",
    [
        pytest.param(np.zeros(MINUTE, np.float32), id="digital silence"),
        pytest.param(
            np.random.default_rng(0).normal(0, 0.1, MINUTE).astype(np.float32), id="white noise"
        ),
    ],
)
def test_a_minute_without_a_voice_has_no_words(
    samples: NDArray[np.float32],
    worker: SpeechWorker,
    options: TranscriptionOptions,
    tmp_path: Path,
) -> None:
    recording = tmp_path / "minute.wav"
    sf.write(recording, samples, SAMPLE_RATE_HZ)
    heard = worker.transcribe(recording, options)
    assert (heard.status, heard.words) == ("no_speech", ())


def test_a_rare_word_is_spelled_right_once_it_is_named_and_never_written_unsaid(
    worker: SpeechWorker, tiny_en: Path
) -> None:
    lexicon = load_lexicon("en")

    def hear(*terms: str) -> str:
        options = TranscriptionOptions(tiny_en, prompt=lexicon.prompt_with(terms))
        return worker.transcribe(BATCHLINE, options).text.casefold()

    assert "batchline" not in hear()
    assert hear("batchline").count("batchline") == 2
    assert "tokenizer" not in hear("tokenizer", "idempotent")


def test_a_segment_is_heard_once_though_a_model_ends_it_a_little_early(
    tiny_en: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = Counter[str]()

    def count(name: str) -> None:
        method = getattr(WindowedModel, name)

        def counted(*given: object, **named: object) -> object:
            made = method(*given, **named)
            counts[name] += 1
            return made

        monkeypatch.setattr(WindowedModel, name, counted)

    count("transcribe")
    count("encode")
    clip = next(each for each in read_clips(CLIPS) if each.name == FAST_THEN_SLOW.stem)
    recogniser = Recogniser(tiny_en)
    words, _, _ = transcribe(clip, recogniser, load_lexicon("en").verbatim_prompt)
    assert len(words) > 20
    assert counts["encode"] == counts["transcribe"]
