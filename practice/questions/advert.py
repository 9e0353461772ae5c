"""What an advert repeats or stresses: terms that its reader may want to say aloud.

No model, only counting. Runs of words between the little ones are the candidates; what every advert
has in it (`advert_words.toml`) is none of them.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import log2

from practice.base.text import one_line

MOST_TERMS = 24
"""Offered at once; who picks reads all of them."""
LONGEST_TERM = 3
"""Words of a term."""
ENOUGH_OF_ONE = 1.4
"""What a term of one word must weigh: said twice, or once where it is asked for or a name."""
_WANTED, _STRESSED, _NAMED, _LISTED = 0.7, 0.4, 0.4, 0.4
"""What is added to one mention where the advert says what it asks for, where the sentence stresses
it, where the term is written as a name is, and where it is all that stands between two commas."""
_LONGEST_HEADING = 60
_WORD = re.compile(r"\b[A-Z]{1,4}/[A-Z]{1,4}\b|\.?[^\W_](?:[\w+#'’&-]*[\w+#])?(?:\.(?=[a-z])\w+)*")
"""A word, and what is written like C++, C#, .NET, Node.js, R&D, CI/CD."""
_JOINING = frozenset({"", "&"})
"""What may stand between the words of a term."""
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+|\s{2,}|[•●▪·–—]|\(|\)|(?<=\S),")
_BULLET = re.compile(r"^\s*(?:[-*+•●▪]|\d{1,2}[.)])\s+")
_NO_WORDS = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S+|\b(?:[A-Za-z]\.){2,}|[$€£]\s?\d[\d.,]*", re.IGNORECASE
)
"""Addresses, initials such as U.S., sums of money."""


@dataclass(frozen=True, slots=True)
class AdvertTerm:
    """One term, as the advert writes it most often."""

    text: str
    """In the spelling that is the commonest."""
    mentions: int
    """How often it stands there, in any form."""
    asked_for: bool
    """It stands at least once where the advert says what it asks for."""


@dataclass(frozen=True, slots=True)
class _Words:
    wanted: frozenset[str]
    unwanted: frozenset[str]
    stressed: frozenset[str]
    formal: frozenset[str]
    left_out: frozenset[str]
    """What every advert has, and its stems."""
    closing: frozenset[str]
    """Those of them that may be the last word of a term: `infection control`."""


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    start: int
    """Its place in the sentence."""
    end: int


@dataclass(slots=True)
class _Candidate:
    weight: float = 0.0
    spelled: Counter[str] = field(default_factory=Counter)
    asked_for: bool = False
    is_whole: bool = False
    """It stands somewhere with nothing around it but little words and signs."""


def find_advert_terms(
    advert: str,
    language: str,
    function_words: frozenset[str],
    stem: Callable[[str], str],
    company: str = "",
    role: str = "",
) -> list[AdvertTerm]:
    """The terms that an advert repeats or stresses, the weightiest first, at most `MOST_TERMS`.

    Args:
        advert: As it was pasted.
        language: Two letters. Of a language without a table only little words are left out.
        function_words: The little words of the language.
        stem: What all forms of a word share.
        company: Of its name no term is made.
        role: Nor of this, as a whole.
    """
    words = _load_words(language, stem)
    in_company = {stem(word) for word in _WORD.findall(company)}
    whole_role = tuple(stem(word) for word in _WORD.findall(role))
    found: defaultdict[tuple[str, ...], _Candidate] = defaultdict(_Candidate)
    for sentence, wanted in _read_sentences(advert, words):
        said = {word.casefold() for word in _WORD.findall(sentence)}
        if said & words.formal:
            continue
        stress = bool(said & words.stressed)
        for run in _split_runs(sentence, function_words, words, stem):
            for first in range(len(run)):
                for last in range(first + 1, min(first + LONGEST_TERM, len(run)) + 1):
                    term = run[first:last]
                    key = tuple(word.stem for word in term)
                    spelled = sentence[term[0].start : term[-1].end]
                    candidate = found[key]
                    candidate.weight += (
                        1
                        + _WANTED * wanted
                        + _STRESSED * stress
                        + _NAMED * (_is_name(spelled) and not sentence.isupper())
                        + _LISTED * (len(term) == len(run) and spelled == sentence.strip(" .;:"))
                    )
                    candidate.spelled[spelled] += 1
                    candidate.asked_for |= wanted
                    candidate.is_whole |= len(term) == len(run)
    kept = _drop_parts(found)
    terms = [
        (weight, AdvertTerm(_spell(each.spelled), each.spelled.total(), each.asked_for))
        for key, (each, weight) in kept.items()
        if key != whole_role and not in_company.issuperset(key)
    ]
    terms.sort(key=lambda each: (-each[0], each[1].text.casefold()))
    return [term for _, term in terms[:MOST_TERMS]]


def _read_sentences(advert: str, words: _Words) -> Iterator[tuple[str, bool]]:
    """Every sentence that may hold a term, and whether it says what is asked for."""
    wanted, skipped, in_list = False, False, False
    for line in _NO_WORDS.sub(" ", advert).splitlines():
        bare = _BULLET.sub("", line).strip(" \t#*_:|").casefold()
        if not bare:
            continue
        # What is asked for is mostly a list; what comes behind it is something else.
        if in_list and not _BULLET.match(line):
            wanted = False
        in_list = _BULLET.match(line) is not None
        if len(bare) <= _LONGEST_HEADING and not _BULLET.match(line):
            title = bare.rstrip(":")
            is_wanted = any(title.startswith(each) or title.endswith(each) for each in words.wanted)
            is_unwanted = any(title.startswith(each) for each in words.unwanted)
            if is_wanted or is_unwanted or bare.endswith(":"):
                wanted, skipped = is_wanted and not is_unwanted, is_unwanted
                continue
        if not skipped:
            for sentence in _SENTENCE_END.split(_BULLET.sub("", line)):
                if sentence and sentence.strip():
                    yield sentence, wanted


def _split_runs(
    sentence: str,
    little_words: frozenset[str],
    words: _Words,
    stem: Callable[[str], str],
) -> Iterator[list[_Word]]:
    """The runs of words between little ones and those that every advert has."""
    run: list[_Word] = []
    end = 0
    for match in _WORD.finditer(sentence):
        # Most signs between two words part them, such as a slash or a quotation mark.
        if run and sentence[end : match.start()].strip() not in _JOINING:
            yield run
            run = []
        end = match.end()
        small = match[0].replace("’", "'").casefold()
        short = stem(small)
        is_left_out = small in little_words or not words.left_out.isdisjoint({small, short})
        if is_left_out or small.isdigit() or (len(small) == 1 and small != "c"):
            if run and small in words.closing:
                run.append(_Word(short, match.start(), match.end()))
            if run:
                yield run
            run = []
        else:
            run.append(_Word(short, match.start(), match.end()))
    if run:
        yield run


def _drop_parts(
    found: Mapping[tuple[str, ...], _Candidate],
) -> dict[tuple[str, ...], tuple[_Candidate, float]]:
    """What stands on its own, with its weight: mentions inside of longer terms count for those.

    This is the C-value of Frantzi, Ananiadou and Mima (2000), with weights in place of counts.
    """
    longer: defaultdict[tuple[str, ...], list[float]] = defaultdict(list)
    for key, each in found.items():
        if each.spelled.total() == 1 and not each.is_whole:
            continue
        for size in range(1, len(key)):
            for first in range(len(key) - size + 1):
                longer[key[first : first + size]].append(each.weight)
    kept = {}
    for key, each in found.items():
        inside = longer.get(key, [])
        alone = each.weight - (max(inside) if inside else 0.0)
        # What is said once is a term as a whole; a piece of a longer run is one by chance.
        once = each.spelled.total() == 1
        if alone >= (ENOUGH_OF_ONE if len(key) == 1 else 1) and (each.is_whole or not once):
            kept[key] = (each, alone * log2(len(key) + 1))
    return kept


def _is_name(text: str) -> bool:
    """Whether it is written as a name in the middle of a sentence: SQL, C++, Node.js."""
    return any(
        (word.isupper() and len(word) > 1) or re.search(r"[a-z][A-Z]|\d|[+#.]", word) is not None
        for word in text.split()
    )


def _spell(spelled: Counter[str]) -> str:
    """The commonest spelling; of two as common the one with fewer capitals."""
    return one_line(
        min(spelled, key=lambda text: (-spelled[text], sum(map(str.isupper, text)), text))
    )


@cache
def _table() -> Mapping[str, Mapping[str, object]]:
    file = resources.files("practice.questions") / "advert_words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _load_words(language: str, stem: Callable[[str], str]) -> _Words:
    table = _table().get(language, {})

    def listed(name: str) -> list[str]:
        value = table.get(name, [])
        return value.split() if isinstance(value, str) else [str(each) for each in _as_list(value)]

    doing = listed("doing")
    left_out = [*listed("furniture"), *doing]
    return _Words(
        frozenset(listed("wanted")),
        frozenset(listed("unwanted")),
        frozenset(listed("stressed")),
        frozenset(listed("formal")),
        frozenset({*left_out, *map(stem, left_out)}),
        frozenset(doing) - frozenset(listed("furniture")),
    )


def _as_list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value
