"""The words without what was said again and what was broken off."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from practice.base.words import Span, Word
from practice.delivery.findings import Finding
from practice.delivery.transcript.tokens import normalise, split_words, split_written

_TOLERANCE_S = 0.002
"""Times of findings may be rounded to milliseconds."""


@dataclass(frozen=True, slots=True)
class FluentWords:
    """Words, and what was taken out of them."""

    kept: tuple[Word, ...]
    dropped: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a word that is compared alone: "I-I" has two."""

    word: int
    """The index of its word."""
    written: str
    span: Span

    @property
    def text(self) -> str:
        return normalise(self.written)


def drop_disfluent(words: Sequence[Word], findings: Sequence[Finding]) -> FluentWords:
    """The words without those that a repetition or a broken word among `findings` says twice.

    Of what is said several times the last stays: "I I want" is "I want", "wor- working" is
    "working". A beginning that was given up stays, for a list of clauses looks the same.

    Args:
        words: By start.
        findings: Of every kind; where fillers are, a repetition goes on behind them.
    """
    pieces = [piece for piece in _cut(words) if piece.text]
    dropped: set[int] = set()
    capitals: set[int] = set()
    for finding in findings:
        at = _find_spoken(pieces, finding, findings)
        gone = at[: _count_dropped(finding, [pieces[index].text for index in at])]
        dropped |= set(gone)
        if gone and _begins_sentence(pieces, gone[0]):
            capitals.add(gone[-1] + 1)
    return FluentWords(
        tuple(_build(words, pieces, set(range(len(pieces))) - dropped, capitals)),
        tuple(_build(words, pieces, dropped, set())),
    )


def _cut(words: Sequence[Word]) -> Iterator[_Piece]:
    for index, word in enumerate(words):
        parts = split_written(word.text)
        step_s = word.span.duration_s / len(parts)
        for number, part in enumerate(parts):
            start_s = word.start_s + number * step_s
            yield _Piece(index, part, Span(start_s, start_s + step_s))


def _begins_sentence(pieces: Sequence[_Piece], index: int) -> bool:
    is_first = not index or pieces[index - 1].written.endswith((".", "?", "!"))
    return is_first and pieces[index].written[:1].isupper()


def _find_spoken(
    pieces: Sequence[_Piece], finding: Finding, findings: Sequence[Finding]
) -> list[int]:
    """The indexes of the pieces that `finding` lies on, without fillers."""
    if finding.kind not in {"repetition", "restart"}:
        return []
    return [
        index
        for index, piece in enumerate(pieces)
        if _covers(finding, piece.span)
        and not any(
            other.kind == "filler"
            and other.text is not None
            and (other.certainty == "certain" or other.filler_kind == "sound")
            and _covers(other, piece.span)
            for other in findings
        )
    ]


def _count_dropped(finding: Finding, texts: Sequence[str]) -> int:
    """How many of the first of `texts` are not said for good."""
    if finding.kind == "repetition":
        said = len(split_words(finding.label))
        # "I I I I" is found as "I I" said twice: what is said for good is the shortest of them.
        shortest = next((n for n in range(1, said + 1) if not said % n and _is_row(texts, n)), None)
        return len(texts) - shortest if shortest else 0
    return {"broken word": 1, "cut-off word": len(texts)}.get(finding.label, 0)


def _is_row(texts: Sequence[str], length: int) -> bool:
    """Whether `texts` are their first `length` said again and again."""
    return all(text == texts[at % length] for at, text in enumerate(texts))


def _build(
    words: Sequence[Word], pieces: Sequence[_Piece], kept: set[int], capitals: set[int]
) -> Iterator[Word]:
    """The words with those of their pieces that are `kept`; a word without any is left out."""
    by_word: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        by_word.setdefault(piece.word, []).append(index)
    for number, word in enumerate(words):
        own = by_word.get(number, [])
        left = [index for index in own if index in kept]
        if own and not left:
            continue
        text = word.text
        if len(left) < len(own):
            text = "".join(pieces[index].written for index in left).lstrip("-\N{EM DASH}")
            first, last = pieces[left[0]].span, pieces[left[-1]].span
            word = replace(word, start_s=first.start_s, end_s=last.end_s)
        if left and left[0] in capitals:
            text = text[:1].upper() + text[1:]
        yield word if text == word.text else replace(word, text=text)


def lies_on_dropped(finding: Finding, fluent: FluentWords) -> bool:
    """Whether every word that `finding` lies on was taken out."""
    return (
        finding.text is not None
        and _covers_any(finding, fluent.dropped)
        and not _covers_any(finding, fluent.kept)
    )


def _covers_any(finding: Finding, words: Iterable[Word]) -> bool:
    return any(_covers(finding, word.span) for word in words)


def _covers(finding: Finding, span: Span) -> bool:
    return finding.start_s - _TOLERANCE_S <= span.middle_s <= finding.end_s + _TOLERANCE_S
