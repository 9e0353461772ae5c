"""Does a text look like a question, whatever its language, and what stands before it?"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from practice.questions.importers.vocabulary import vocabulary

SURE = 0.6
"""From here on a text is called a question. Chosen on the lists of docs/importing.md: what
ends in a mark or begins with an asking word lies above, titles and statements below."""
_LONGEST_READ = 600
"""Characters of a text that are judged; a question is shorter."""
QUESTION_MARKS = "?\N{FULLWIDTH QUESTION MARK}\N{ARABIC QUESTION MARK}\N{GREEK QUESTION MARK}" \
    "\N{ARMENIAN QUESTION MARK}\N{ETHIOPIC QUESTION MARK}\N{INTERROBANG}\N{DOUBLE QUESTION MARK}" \
    "\N{QUESTION EXCLAMATION MARK}\N{EXCLAMATION QUESTION MARK}"  # fmt: skip
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no spaces between words: about two characters a word."""
_CIRCLED = {chr(code): str(unicodedata.digit(chr(code))) for code in range(0x2460, 0x2469)}
_NUMBER = re.compile(
    r"(?P<open>[(\[（【#№]?\s*)"
    r"(?P<number>\d{1,4}|[①-⑨])"
    r"(?P<end>\ufe0f?\u20e3[.):]?|\s*[.)\]）】、．:：。]{1,2}|\s+[-–—|]|(?<=[①-⑨]))"
    r"(?P<space>\s*)(?P<words>.*)",
    re.DOTALL,
)
_LABELLED_NUMBER = re.compile(
    r"(?P<label>第?)\s*(?P<name>[^\W\d_]{0,14})\s*[.#№-]{0,2}\s*(?P<number>\d{1,4})"
    r"\s*(?P<unit>[题題問문번째]{0,2})(?P<end>\s*[.)\]）】、．:：]{1,2}|\s+[-–—|](?=\s)|\s+|(?=$))\s*(?P<words>.*)",
    re.DOTALL,
)
_LABEL = re.compile(
    r"(?P<label>[^\W\d_][^:：\n.?？!。]{0,30}?)\s*(?P<number>\d{0,4})\s*[:：](?!//|:)\s*(?P<words>.*)",
    re.DOTALL,
)
_LETTER = re.compile(r"[Qq][.)\]][)*_]*\s+(?P<words>\S.*)", re.DOTALL)
_SURROUNDINGS = "\"'“”„‟«»‹›「」『』*_`~ \t\n"


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number before a text, the name it goes with (`Question 3:`) and the text without both."""

    number: int
    name: str
    words: str


@lru_cache(maxsize=4096)
def numbering(text: str) -> Numbering | None:
    """The number that `text` begins with; None where a number at its beginning is a part of it."""
    text = text.lstrip(_SURROUNDINGS)
    if match := _NUMBER.match(text):
        sign = match["number"]
        number = int(_CIRCLED.get(sign, sign))
        # `2.5 million` and `3:30` are numbers, and so is `10.36` at the beginning of a question.
        is_decimal = not match["space"] and match["words"][:1].isdigit()
        if not is_decimal:
            return Numbering(number, "", match["words"])
    if match := _LABELLED_NUMBER.match(text):
        name = match["name"].casefold()
        # `P1.` and `F1:`: the first letter of the word for a question, whatever the language.
        is_letter = len(name) == 1 and match["end"].strip()[:1] in set(".):：、")
        is_known = is_letter or name in vocabulary().question_labels or match["label"]
        if is_known and (match["words"] or match["end"].strip() or match["unit"]):
            return Numbering(int(match["number"]), name or match["label"], match["words"])
    return None


@lru_cache(maxsize=4096)
def label(text: str) -> tuple[str, str] | None:
    """The label that `text` begins with (`Antwort:`), in lower case, and the text behind it."""
    text = text.lstrip(_SURROUNDINGS)
    if match := _LETTER.match(text):
        return "q", match["words"]
    match = _LABEL.match(text)
    if not match:
        return None
    return match["label"].strip(_SURROUNDINGS).casefold(), match["words"].strip()


def is_answer_label(text: str) -> bool:
    """Whether `text` is nothing but a word for an answer, such as `Antwort` or `答え`."""
    return _bare(text) in vocabulary().answer_labels


@lru_cache(maxsize=8192)
def is_generic(text: str) -> bool:
    """Whether `text` names a part of an answer or of a page, and is no question itself."""
    bare = _bare(text)
    return (
        not bare
        or bare in vocabulary().answer_labels
        or bare in vocabulary().note_labels
        or bare in vocabulary().question_labels
        or is_furniture(text)
        or names_key_points(text)
        or names_follow_ups(text)
    )


def is_furniture(text: str) -> bool:
    """Whether `text` is the heading of a part of a page that holds no questions."""
    return _bare(text) in vocabulary().furniture_headings


def names_key_points(text: str) -> bool:
    """Whether a heading or label says that key points follow."""
    bare = _bare(text)
    return bare in vocabulary().key_point_labels or bare.startswith(("key points", "good to hear"))


def names_follow_ups(text: str) -> bool:
    """Whether a heading or label says that follow-up questions follow."""
    return _bare(text) in vocabulary().follow_up_labels


def _bare(text: str) -> str:
    """The words of a label alone: no signs, no pictures around them."""
    words = re.sub(r"[^\w\s'’.-]", " ", text[:80].casefold())
    return " ".join(words.split()).strip(" .-_'’")


@lru_cache(maxsize=8192)
def likelihood(text: str) -> float:
    """How much `text` looks like a question or a request to tell something, from 0 to 1."""
    if len(text) > _LONGEST_READ:
        return 0.1
    numbered = numbering(text)
    words = (numbered.words if numbered else text).strip()
    named = label(words)
    if named and named[0] in vocabulary().answer_labels | vocabulary().question_labels:
        is_asked = named[0] in vocabulary().question_labels and re.search(r"\w", named[1])
        return max(likelihood(named[1]), 0.75) if is_asked else 0.1
    bare = words.rstrip("\"'”“»」』)）】]*_`~ .。!！\ufe0f")
    while bare and unicodedata.category(bare[-1]) in {"So", "Mn", "Cf", "Sk"}:
        bare = bare[:-1].rstrip()
    if is_generic(words) or not re.search(r"[^\W\d_]", words):
        return 0.0
    if re.fullmatch(r"<?(https?://|www\.)\S+>?", words):
        return 0.0
    if bare.endswith(tuple(QUESTION_MARKS)) or _asks_in_greek(bare):
        return 0.97
    length = _length(words)
    if any(mark in words for mark in QUESTION_MARKS):
        return 0.85 if length < 60 else 0.5
    if words.endswith((":", "：")):
        return 0.15
    if named and named[1]:
        # `What they look for: empathy` begins like a question and is none.
        return 0.5 if _asks(words) else 0.25
    if length < 45 and length > 1 and _asks(words):
        return 0.8
    if numbered and numbered.name and length > 1:
        return 0.7
    if length <= 1:
        return 0.2
    if length > 45:
        return 0.1
    return 0.25 if words.endswith((".", "。", ";", "；", "!", "।", "۔")) else 0.4


def _asks(words: str) -> bool:
    lowered = words.casefold().lstrip("¿¡(\"'“«「『")
    first = re.match(r"[^\s,;!。，、？?()]+", lowered)
    return bool(first and first[0].rstrip(".:") in vocabulary().asking_words) or any(
        part in lowered for part in vocabulary().asking_parts
    )


def _asks_in_greek(bare: str) -> bool:
    """A Greek question often ends in the semicolon of other keyboards."""
    return bare.endswith(";") and bool(re.search("[\u0370-\u03ff]", bare))


def _length(text: str) -> float:
    """In words, whatever the script."""
    unspaced = len(_UNSPACED.findall(text))
    return unspaced / 2 + len(_UNSPACED.sub(" ", text).split())
