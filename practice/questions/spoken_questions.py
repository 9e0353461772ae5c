"""Which sentences of an interview are questions that somebody was asked."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from practice.base.sentences import Sentence

SMALL_TALK_WORDS = 8
"""Small talk is short: "How are you handling deadlines in your present team?" is none. A choice."""
_MARK = re.compile(r"[?？؟՞\u037e]+[\"'»”’)\]」』]*$")
_LAST_PART = re.compile(r"[,，、]\s*([^,，、]+?)[?？؟\"'»”’)]*$")
_BEFORE = "¿¡\"'«“„‘(–—-…,.:;!? "
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_Phrases = dict[str, list[str]]


def pick_questions(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The questions among `sentences`, in their order, each once.

    A question mark of any script makes a question, unless it is small talk or a "..., right?".
    Requests ("Tell me about") and what is told of ("they asked me why I left") are known in
    English, German, French, Spanish and Italian; so are openings such as "why did you", which
    count only where the whole text has no question mark.
    """
    told = list(sentences)
    phrases = _find_phrases(told)
    is_marked = any(_MARK.search(each.text) for each in told)
    found: dict[str, Sentence] = {}
    for sentence in told:
        text = _pick(sentence.text, phrases, is_marked)
        if text:
            # The first time it was asked counts.
            at = len(text) - len(text.lstrip(_BEFORE))
            text = text[:at] + text[at : at + 1].upper() + text[at + 1 :]
            found.setdefault(text.casefold(), Sentence(text, sentence.start_s))
    return list(found.values())


def _pick(text: str, phrases: _Phrases, is_marked: bool) -> str:
    """The question in one sentence; empty where there is none."""
    text = text.replace("’", "'").strip()
    if _find(text, phrases["not_asked"]):
        return ""
    if asked := _pick_asked(text, phrases):
        return asked
    while lead := _begin(text, phrases["lead_ins"]):
        rest = text.lstrip(_BEFORE)[len(lead) :].lstrip(" ,.:;!–—-…")
        if not rest.strip(_BEFORE):
            break
        text = rest
    is_small = len(_WORD.findall(text)) <= SMALL_TALK_WORDS
    if is_small and _begin(text, phrases["small_talk"]):
        return ""
    if _begin(text, phrases["requests"]):
        return text
    is_opened = bool(_begin(text, phrases["openings"]))
    if not is_marked:
        return text if is_opened else ""
    if not _MARK.search(text):
        return ""
    tag = _LAST_PART.search(text)
    is_tagged = tag is not None and tag[1].strip("¿ ").lower() in phrases["tags"]
    return "" if is_tagged and not is_opened else text


def _pick_asked(text: str, phrases: _Phrases) -> str:
    """What somebody tells that they were asked: "why I left" of "they asked me why I left"."""
    asked = _compile(tuple(phrases["asked"]))
    # One may begin inside another: "they asked" and "asked me".
    found = (asked.match(text, word.start()) for word in _WORD.finditer(text))
    for match in filter(None, found):
        rest = text[match.end() :].lstrip(_BEFORE)
        last_word = match[0].split()[-1]
        if rest and last_word.lower() in phrases["asking"]:
            return f"{last_word} {rest}"
        if _begin(rest, phrases["asking"]) or _begin(rest, phrases["openings"]):
            return rest
    return ""


def _begin(text: str, phrases: Sequence[str]) -> str:
    """The phrase that `text` begins with; empty where it begins with none."""
    match = _compile(tuple(phrases)).match(text.lstrip(_BEFORE))
    return match[0] if match else ""


def _find(text: str, phrases: Sequence[str]) -> bool:
    return _compile(tuple(phrases)).search(text) is not None


@cache
def _compile(phrases: tuple[str, ...]) -> re.Pattern[str]:
    if not phrases:
        return re.compile(r"(?!)")
    # The longest first: "can you" must not take what "can you tell" says better.
    names = "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)


def _find_phrases(sentences: Sequence[Sentence]) -> _Phrases:
    """The phrases of the language that most of the common words belong to; else none."""
    words = [word.lower() for each in sentences for word in _WORD.findall(each.text)]
    tables = _read_tables()
    counts = {
        name: sum(word in table["common"] for word in words) for name, table in tables.items()
    }
    best = max(counts, key=lambda name: counts[name])
    return tables[best] if counts[best] else {key: [] for key in tables[best]}


@cache
def _read_tables() -> dict[str, _Phrases]:
    file = resources.files("practice.questions") / "spoken_questions.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
