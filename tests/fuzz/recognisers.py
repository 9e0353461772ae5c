"""Words of other recognisers in every form that is read, with structure and numbers changed.

Every word that comes in has a place in time, in order, and keeps its letters.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.external_words import LATEST_S, read_words
from tests.fuzz.mutation import mutate
from tests.fuzz.target import Target

TEXTS = (
    " Well,",
    " um,",
    " c",
    "'est",
    " the",
    " back",
    "-end",
    " 1",
    ".5",
    " Größe",
    " 会議",
    " ?",
)
_ODD_NUMBERS: tuple[object, ...] = (
    math.nan, math.inf, -math.inf, -0.02, -0.0, -5, 0, 1e-320, 1e9, 1e308, 10**400, 86_401, "0.5",
    "1e5", "soon", "", None, True, [], {}, [0.1], {"s": 1},
)  # fmt: skip
_ODD_VALUES: tuple[object, ...] = (*_ODD_NUMBERS, "\ud800", "\x00", "\x1b[2J", "\u202e", "a" * 2000)


def _make_words(text: str, start: str, end: str, score: str) -> list[dict[str, Any]]:
    return [
        {text: each, start: round(0.5 * n, 2), end: round(0.5 * n + 0.4, 2), score: 0.9}
        for n, each in enumerate(TEXTS)
    ]


def _make_documents() -> list[Any]:
    """One of each form: a list, faster-whisper, WhisperX, whisper-timestamped, OpenAI's service."""
    whisper = _make_words("word", "start", "end", "probability")
    aligned = _make_words("word", "start", "end", "score")
    for each in aligned[7:9]:  # WhisperX gives figures no times
        del each["start"], each["end"], each["score"]
    stamped = _make_words("text", "start", "end", "confidence")
    said = "".join(TEXTS)
    return [
        _make_words("text", "start_s", "end_s", "probability"),
        {"language": "en", "segments": [{"id": 1, "text": said, "words": whisper}]},
        {
            "segments": [
                {"start": 0.0, "end": 3.0, "words": aligned[:6]},
                {"start": 3.0, "end": 6.5, "words": aligned[6:]},
            ],
            "word_segments": aligned,
        },
        {"text": said, "segments": [{"start": 0.0, "end": 6.5, "words": stamped}]},
        {
            "duration": 6.5,
            "segments": [{"start": 0.0, "end": 6.5, "text": said}],
            "words": [{"word": w["word"], "start": w["start"], "end": w["end"]} for w in whisper],
        },
    ]


def _seeds(_: Path) -> list[bytes]:
    return [json.dumps(document).encode() for document in _make_documents()]


def _mutate_structure(seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """A document with values, keys and items changed; now and then its bytes."""
    if dice.random() < 0.2:
        return mutate(seeds, dice)
    document = json.loads(dice.choice(seeds))
    for _ in range(dice.choice((1, 1, 2, 5))):
        holder, key = dice.choice(list(_walk(document)))
        dice.choice(_CHANGES)(holder, key, document, dice)
    return json.dumps(document).encode(errors="surrogatepass")


def _mutate_numbers(seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """A document in which times and scores alone are changed, or left out."""
    document = json.loads(dice.choice(seeds))
    places = [(holder, key) for holder, key in _walk(document) if _is_number(holder[key])]
    for holder, key in dice.sample(places, min(len(places), dice.choice((1, 1, 2, 8)))):
        if dice.random() < 0.2:
            del holder[key]
        else:
            odd = dice.choice(_ODD_NUMBERS) if dice.random() < 0.6 else dice.uniform(-1, 20)
            holder[key] = odd
    return json.dumps(document).encode()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _walk(node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    """Every place that holds a value: what holds it, and under which key."""
    keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node)))
    for key in keys:
        yield node, key
        if isinstance(node[key], dict | list):
            yield from _walk(node[key])


def _replace(holder: Any, key: Any, _: object, dice: random.Random) -> None:  # noqa: ANN401
    holder[key] = dice.choice(_ODD_VALUES)


def _remove(holder: Any, key: Any, _: object, __: random.Random) -> None:  # noqa: ANN401
    if isinstance(holder, list) or len(holder) > 1:
        del holder[key]


def _rename(holder: Any, key: Any, _: object, dice: random.Random) -> None:  # noqa: ANN401
    if isinstance(holder, dict):
        names = ("words", "segments", "word_segments", "text", "word", "start", "end", "start_s")
        holder[dice.choice(names)] = holder.pop(key)


def _wrap(holder: Any, key: Any, _: object, dice: random.Random) -> None:  # noqa: ANN401
    inner = holder[key]
    for _turn in range(dice.choice((1, 2, 200))):
        inner = [inner] if dice.random() < 0.5 else {"words": inner}
    holder[key] = inner


def _copy(holder: Any, key: Any, document: Any, dice: random.Random) -> None:  # noqa: ANN401
    other, other_key = dice.choice(list(_walk(document)))
    if other_key in other if isinstance(other, dict) else other_key < len(other):
        holder[key] = json.loads(json.dumps(other[other_key]))


_CHANGES: tuple[Callable[[Any, Any, Any, random.Random], None], ...] = (
    _replace, _replace, _replace, _remove, _rename, _wrap, _copy,
)  # fmt: skip


def _read(data: bytes, folder: Path) -> None:
    path = folder / "words.json"
    path.write_bytes(data)
    words = read_words(path)
    starts = [word.start_s for word in words]
    assert starts == sorted(starts)
    assert all(0 <= word.start_s <= word.end_s <= LATEST_S for word in words)
    assert all(word.probability is None or 0 <= word.probability <= 1 for word in words)
    review(words, Circumstances(None, load_lexicon("en")))


def _read_with_texts(data: bytes, folder: Path) -> None:
    _read(data, folder)
    read = "".join(word.text for word in read_words(folder / "words.json"))
    assert Counter(read.replace(" ", "")) == Counter("".join(TEXTS).replace(" ", "")), read


RECOGNISER_TARGETS = {
    "words of another recogniser": Target(_seeds, _read, _mutate_structure),
    "times of another recogniser": Target(_seeds, _read_with_texts, _mutate_numbers),
}
