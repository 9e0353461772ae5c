"""Every key of a JSON document with what it holds and means, read from the type of the document."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from practice.delivery.definitions import DEFINITIONS
from practice.library.in_common import DEFINITIONS as IN_COMMON
from tools.attribute_docs import attribute_docs

MEASURES = {definition.key: definition.meaning for definition in DEFINITIONS} | {
    f"in_common.{key}": meaning for key, meaning in IN_COMMON.items()
}
"""The meaning of each number of a review, by its key below `measures`, or from the top."""

MEANINGS = {
    "take": "Which take it is; null for a file that was only analyzed.",
    "take.id": "Its name for other commands.",
    "take.question": "The text as it was asked.",
    "take.number": "The nth take of its question, from 1.",
    "take.recorded_at": "When the recording began, in UTC, such as `2026-11-29T15:33:07Z`.",
    "source.path": "The recording.",
    "source.peak_dbfs": "How loud its loudest sample is, in dB; 0 is the loudest that fits.",
    "source.clipped": "It was too loud in places.",
    "transcription.status": "`ok`: there are words; else why there are none.",
    "transcription.model": "The speech model.",
    "transcription.text": "All words in a row, as the model wrote them.",
    "transcription.elapsed_s": "How long the model worked.",
    "transcription.reason": "Why there are no words, in a sentence.",
    "transcription.detected_language": "What the model hears, whatever `language` it was told; "
    "null where it knows English only or too little was said. Where it is clearly another one, "
    "the words are not judged.",
    "transcription.detected_language.probability": "The model's own: the mean over the first "
    "segments, three at most.",
    "transcription.detected_language.told_probability": "That of `transcription.language`.",
    "words": "Every word with its place, after your corrections.",
    "words[].space_before": "A space stands before it, though its script writes none.",
    "findings": "Every mark with its place, in the order of time.",
    "findings[].kind": "What sort of mark it is.",
    "findings[].certainty": "What is `possible` may be ordinary speech.",
    "findings[].source": "Found in the words, or in the sound.",
    "measures": "The numbers; null where one cannot be given. [measures.md](measures.md) has more.",
    "measures.fillers.places.clusters[].count": "How many fillers it has.",
    "measures.pace[].wpm": "Words a minute.",
    "measures.facts.i": "How often I was said, in any form.",
    "measures.facts.we": "How often we was said, in any form.",
    "measures.facts.numbers": "How many numbers were said.",
    "measures.pet_phrases[].count": "How often it was said.",
    "measures.pet_phrases[].at_s": "Where it was said.",
    "measures.pet_phrases[].text": "The words.",
    "coverage": "The key points and terms of the question.",
    "coverage.key_points[].text": "The key point.",
    "coverage.key_points[].said": "Its words were found.",
    "coverage.terms[].text": "The term.",
    "coverage.terms[].said": "It was found.",
    "judgement.ok": "The take could be judged.",
    "judgement.reasons": "Why a number is missing or doubtful.",
    "calibration.caught": "Found and certain.",
    "calibration.sounds.planned": "How many sounds were read.",
    "calibration.phrases.planned": "How many phrases were read.",
    "calibration.possible": "Found, and shown as possible only.",
    "calibration.model": "The speech model.",
    "calibration.checked_at": "When it was checked, in UTC.",
    "usual": "Where your first five takes lay; empty before the sixth take.",
    "usual[].low": "The lowest of the five.",
    "usual[].high": "The highest of the five.",
    "usual[].place": "Where this take lies.",
    "devices[].index": "Its place in PortAudio's list.",
    "devices[].host_api": "The part of the sound system that offers it.",
    "devices[].channels": "How many channels it can record.",
    "devices[].is_default": "The system records from it unless told otherwise.",
    "checks[].name": "What was looked at.",
    "checks[].verdict": "`warn`: something is missing; `fail`: something does not work.",
    "checks[].found": "What was found.",
    "checks[].remedy": "What to do; may be empty.",
}
"""What the types do not say for somebody who reads the JSON, by the path of the key."""

MEANINGS_BY_NAME = {
    "schema": "The number of the format. It changes only where a script would break.",
    "start_s": "Where it begins, seconds from the start of the take.",
    "end_s": "Where it ends.",
    "at_s": "The first place, seconds from the start of the take.",
    "question_id": "The question's id in its bank; null where none was asked.",
    "duration_s": "How long the recording is.",
    "sample_rate_hz": "Samples a second.",
    "language": "As an ISO 639 code.",
}
"""The same for keys that mean the same wherever they stand."""

_KINDS = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    msgspec.UnsetType: "left out",
    NoneType: "null",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """One key of a document."""

    path: str
    """With dots between levels; `[]` follows a list."""
    kind: str
    """What it holds, in words."""
    meaning: str


def list_keys(document: type, closed: Iterable[str] = ()) -> list[Key]:
    """Every key of `document`: each level in its order, what a key holds right after it.

    Args:
        document: A dataclass or a struct of msgspec.
        closed: Paths whose inside is not listed.

    Raises:
        ValueError: A key has no meaning anywhere.
    """
    return list(_walk(document, "", frozenset(closed)))


def _walk(shape: type, prefix: str, closed: frozenset[str]) -> Iterator[Key]:
    hints = get_type_hints(shape, include_extras=True)
    docs = attribute_docs(shape)
    # `schema` is the first key of every document, wherever its type has it.
    for attribute, name in sorted(_fields(shape).items(), key=lambda field: field[1] != "schema"):
        hint, path = hints[attribute], prefix + name
        inner, is_list = _inner(hint)
        meaning = _meaning(path, name, docs.get(attribute) or _description(hint), inner)
        yield Key(path, _kind(hint), meaning)
        below = f"{path}{'[]' * is_list}"
        if inner is not None and path not in closed and below not in closed:
            yield from _walk(inner, f"{below}.", closed)


def _fields(shape: type) -> dict[str, str]:
    """The attributes of a shape and the keys that they have in JSON."""
    if dataclasses.is_dataclass(shape):
        return {field.name: field.name for field in dataclasses.fields(shape)}
    return {field.name: field.encode_name for field in msgspec.structs.fields(shape)}


def _meaning(path: str, name: str, doc: str, inner: type | None) -> str:
    measure = MEASURES.get(path.removeprefix("measures."), "")
    by_shape = inner.__doc__ if inner is not None else ""
    told = MEANINGS.get(path) or measure or doc or MEANINGS_BY_NAME.get(name) or by_shape
    if not told:
        raise ValueError(f"{path} has no meaning: write it under the attribute or in {__name__}")
    return told.partition("\n")[0].replace("None", "null")


def _description(hint: object) -> str:
    """What `msgspec.Meta` says of a field."""
    said = (meta.description for meta in get_args(hint)[1:] if isinstance(meta, msgspec.Meta))
    return next(filter(None, said), "") if get_origin(hint) is Annotated else ""


def _inner(hint: object) -> tuple[type | None, bool]:
    """The shape that a hint holds, if any, and whether it is a list of them."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _inner(arguments[0])
    if origin in {list, tuple, Sequence}:
        return _inner(arguments[0])[0], True
    if origin in {Union, UnionType}:
        return next((found for found in map(_inner, arguments) if found[0]), (None, False))
    is_shape = isinstance(hint, type) and (
        dataclasses.is_dataclass(hint) or issubclass(hint, msgspec.Struct)
    )
    return (cast("type", hint) if is_shape else None), False


def _kind(hint: object) -> str:
    """What a hint holds, in words."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _kind(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin in {Union, UnionType}:
        return " or ".join(map(_kind, arguments))
    if origin is tuple and Ellipsis not in arguments:
        return f"list of {len(arguments)}: {_kind(arguments[0])}"
    if origin in {list, tuple, Sequence}:
        return "list" if _inner(hint)[0] else f"list of {_kind(arguments[0])}"
    if origin in {dict, Mapping}:
        return "object"
    return _KINDS[hint] if isinstance(hint, type) and hint in _KINDS else "object"
