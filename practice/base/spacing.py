"""Where spaces stand: the pieces of a recogniser into whole words, and words into text."""

import re
from collections.abc import Iterable
from dataclasses import replace

from msgspec import UNSET

from practice.base.text import one_line
from practice.base.words import Word

TOGETHER_S = 0.15
"""The pieces of a word follow each other at once; a longer silence is one between two words."""

_SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai and Lao, Burmese, Khmer."""
_KANA_AND_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_SMALL_KANA = (
    "\u3041\u3043\u3045\u3047\u3049\u3083\u3085\u3087"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30e3\u30e5\u30e7\u30fc"
)
UNSPACED_LANGUAGES = frozenset({"ja", "km", "lo", "my", "th", "yue", "zh"})
"""Written without spaces; in them characters are counted, for nothing shows where words end."""
UNSPACED_CHARACTER = re.compile(
    f"[{_KANA_AND_HAN}][{_SMALL_KANA}]*|(?=[{_SOUTH_EAST}])[^\\W\\d_](?:(?=[{_SOUTH_EAST}])\\W)*"
)
"""A character of a script that writes no spaces: of Japanese or Chinese with the small ones and the
long-vowel marks behind it, of Thai, Lao, Burmese or Khmer with the vowels and tones on it."""
_WITHOUT_SPACES = re.compile(f"[{_KANA_AND_HAN}{_SOUTH_EAST}\u3000-\u303f\uff00-\uffef]")
"""Beside these, their punctuation included, a script writes no space."""
_SMALL = re.compile(f"[{_SMALL_KANA}]")

_SPOKEN = re.compile(r"[^\W_]|[%&@#+=$€£¥°\[\]<>*]")
"""Letters, digits, and signs that are read aloud or stand for a sound ("[*]")."""
_CLOSING = re.compile(r"[.,;:!?)%…\u3001\u3002\uff01\uff0c\uff1f]+")
_HYPHENED = re.compile(r"[-\u2010\u2011][^\W_]")
_DECIMAL = re.compile(r"[.,:]\d")
_APOSTROPHED = re.compile(r"['\u2019][^\W\d_]")
_ELIDED = re.compile(r"(?i)(^|\W)([cdjlmnst]|\w*qu|[dns][aeu]ll|aujourd)$")
"""French and Italian words that end at an apostrophe; none of them is a word by itself."""


def join_pieces(pieces: Iterable[Word], *, spaces_written: bool) -> list[Word]:
    """`pieces` as whole words, with their texts made one line.

    A piece without a space before it continues the word before it, in scripts that write spaces;
    in the others each piece stays a word, and text is written without spaces (`join_words`).
    Punctuation that stands alone, such as the "?" of French, goes with the word before it.

    A whole word begins with its first piece and ends with its last. Its probability is that of its
    least sure piece: with one piece wrong the word is wrong, and a product would take every long
    word for doubtful, where the model gives the mean over a word that it did not cut.

    Args:
        pieces: Of one segment, in order, each text with the spaces that the recogniser wrote.
        spaces_written: The recogniser writes a space before each word, so that a piece without
            one is known to be no word. Else only those are joined that can be nothing else:
            "-end" after "back", ".5" after "1", "'est" after "c", with no silence between.
    """
    words: list[Word] = []
    space = False
    for piece in pieces:
        space = space or piece.text[:1].isspace()
        text = one_line(piece.text)
        if not text:
            continue
        last, whole = words[-1] if words else None, replace(piece, text=text)
        if last and spaces_written and not (_is_spoken(last) and _is_spoken(whole)):
            words[-1] = _merge(last, whole, " " if space else "")
        elif last and not space and _continues(last, whole, spaces_written):
            words[-1] = _merge(last, whole, "")
        else:
            # Said only where the script would not: most words need no word about their space.
            if space and _WITHOUT_SPACES.search((last.text[-1] if last else "") + text[0]):
                whole = replace(whole, space_before=True)
            words.append(whole)
        space = piece.text[-1].isspace()
    return words


def join_words(words: Iterable[Word]) -> str:
    """`words` as one text, with spaces where they were written."""
    text, last = "", None
    for word in words:
        text += " " * (last is not None and has_space(last, word)) + word.text
        last = word
    return text


def has_space(before: Word, word: Word) -> bool:
    """Whether a space stands between two words that follow each other."""
    if word.space_before is not UNSET:
        return word.space_before
    return not _WITHOUT_SPACES.search(before.text[-1:] + word.text[:1])


def _continues(last: Word, piece: Word, spaces_written: bool) -> bool:
    """Whether `piece`, which has no space before it, belongs to `last`."""
    before, text = last.text, piece.text
    # A small character, a long-vowel mark, a vowel sign: none of them begins a character.
    is_small = _SMALL.match(text) or not (text[0].isalnum() or text[0].isascii())
    if is_small and _WITHOUT_SPACES.match(before[-1]):
        return True
    if spaces_written:
        return not _WITHOUT_SPACES.search(before[-1] + text[0])
    if piece.space_before or piece.start_s - last.end_s >= TOGETHER_S:
        return False
    return bool(
        _CLOSING.fullmatch(text)
        or (_HYPHENED.match(text) and before[-1].isalnum())
        or (_DECIMAL.match(text) and before[-1].isdigit())
        or (_APOSTROPHED.match(text) and _ELIDED.search(before))
    )


def _is_spoken(word: Word) -> bool:
    return _SPOKEN.search(word.text) is not None


def _merge(last: Word, piece: Word, space: str) -> Word:
    """One word of both; punctuation takes no time and is as sure as its word."""
    text = last.text + space + piece.text
    if not _is_spoken(piece):
        return replace(last, text=text)
    if not _is_spoken(last):
        return replace(piece, text=text, space_before=last.space_before)
    known = [p for p in (last.probability, piece.probability) if p is not None]
    return replace(
        last,
        text=text,
        end_s=max(last.end_s, piece.end_s),
        probability=min(known, default=None),
    )


def counted_unit(language: str | None) -> str:
    """What is counted where others count words: "words", or "characters" of some scripts."""
    code = re.split("[-_.]", (language or "").casefold())[0]
    return "characters" if code in UNSPACED_LANGUAGES else "words"


def format_pace(per_min: float, language: str | None) -> str:
    """A pace where there is little room: `142 wpm`, or `345 cpm` where characters are counted."""
    return f"{per_min:.0f} {counted_unit(language)[0]}pm"
