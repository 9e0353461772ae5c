"""What the voices say: interview answers from a grammar, made as disfluent as speech is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Self

from tools.demo_model.lexicon import Lexicon, article, load_lexicon
from tools.demo_model.prose import bank_sentences

GRAMMAR = Path(__file__).parent / "grammar.txt"
FILLERS = ("um", "uh", "er", "hmm")
FILLER_WEIGHTS = (34, 30, 20, 16)
PHRASES = (
    "like",
    "you know",
    "I mean",
    "sort of",
    "kind of",
    "basically",
    "actually",
    "so",
    "right",
    "well",
)
# Per word gap; a third of the sentences are fluent, so that a filler is never expected.
DISFLUENCY_RATES = (0.0, 0.0, 0.06, 0.12, 0.25)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Rules by name; each alternative is a list of words and {names}."""

    rules: dict[str, tuple[tuple[str, ...], ...]]
    lexicon: Lexicon

    @classmethod
    def read(cls, path: Path, lexicon: Lexicon) -> Self:
        """Read the grammar file: a name at the margin, its alternatives indented below."""
        rules: dict[str, list[tuple[str, ...]]] = {}
        name = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith(" "):
                rules[name].append(tuple(line.split()))
            else:
                name = line.strip()
                rules[name] = []
        return cls({rule: tuple(options) for rule, options in rules.items()}, lexicon)

    def expand(self, rule: str, random: Random, depth: int = 0) -> list[str]:
        """Draw words for `rule`; punctuation stays glued to the word before it."""
        if rule in self.lexicon.slots:
            return [random.choice(self.lexicon.slots[rule])]
        options = self.rules[rule]
        if depth > 7:
            options = tuple(sorted(options, key=_calls)[: max(1, len(options) // 3)])
        words: list[str] = []
        for part in random.choice(options):
            name, marks = _slot(part)
            if name is None:
                words.append(part)
                continue
            words += self.expand(name, random, depth + 1)
            words[-1] += marks
        return words


def _calls(option: tuple[str, ...]) -> int:
    return sum(part.startswith("{") for part in option)


def _slot(part: str) -> tuple[str | None, str]:
    """Split `{noun},` into its name and marks; a plain word has no name."""
    if not part.startswith("{"):
        return None, ""
    name, _, marks = part[1:].partition("}")
    return name, marks


@cache
def load_grammar() -> Grammar:
    """Read the grammar once."""
    return Grammar.read(GRAMMAR, load_lexicon())


def sentence(random: Random) -> list[str]:
    """Draw one sentence: of the grammar, of a question bank, or of loose words."""
    kind = random.random()
    if kind < 0.36:
        words = load_grammar().expand("plain_sentence", random)
    elif kind < 0.46:
        words = load_grammar().expand("sentence", random)
    elif kind < 0.68:
        words = list(random.choice(bank_sentences()))
    else:
        words = loose_words(random)
    words = disfluent(_with_articles(words), random)
    return words[:34]


# Loose words: the common ones of the grammar, any of the grammar, or those that English uses most.
LOOSE_SLOTS = (
    ["cnoun", "cnoun", "cnouns", "cverb", "cpast", "cing", "cadj", "cverbs", "adv"],
    ["noun", "nouns", "verb", "past", "ing", "adj", "adj", "adv", "verbs", "rare", "more"],
    ["frequent", "frequent", "usual"],
)
LOOSE_SHARES = (25, 20, 55)


def loose_words(random: Random) -> list[str]:
    """Draw words that have nothing to do with each other, a good part of them function words."""
    slots = load_lexicon().slots
    content = random.choices(LOOSE_SLOTS, LOOSE_SHARES)[0]
    words: list[str] = []
    for _ in range(random.randint(1, 12)):
        slot = "function" if random.random() < 0.38 else random.choice(content)
        words.append(random.choice(slots[slot]))
        if random.random() < 0.08:
            words[-1] += ","
    words[-1] = words[-1].rstrip(",") + random.choice("...?")
    return words


def _with_articles(words: list[str]) -> list[str]:
    fixed = list(words)
    for index, (word, following) in enumerate(pairwise(words)):
        if word in ("a", "an"):
            fixed[index] = article(following)
    return fixed


def disfluent(words: list[str], random: Random) -> list[str]:
    """Insert fillers, repetitions and restarts between any two words, whatever they are."""
    rate = random.choice(DISFLUENCY_RATES)
    result: list[str] = []
    for word in words:
        if random.random() < rate:
            result += _hesitation(result, word, random)
        result.append(word)
    if random.random() < rate / 2 and result[-1].endswith("."):
        result[-1] = result[-1].rstrip(".") + random.choice((",", ""))
        result.append(_filler(random) + ".")
    return result


def _filler(random: Random) -> str:
    return random.choices(FILLERS, FILLER_WEIGHTS)[0]


def _hesitation(before: list[str], following: str, random: Random) -> list[str]:
    """Return what is said before `following`, and mark the pause around it."""
    kind = random.random()
    if kind < 0.70:
        said = [_filler(random)]
        if random.random() < 0.06:
            said.append(_filler(random))
    elif kind < 0.84:
        said = random.choice(PHRASES).split()
    elif kind < 0.94:
        said = [following.rstrip(",.?")] * random.choice((1, 1, 1, 2))
    else:
        said = before[-random.randint(1, 3) :] or [following.rstrip(",.?")]
        said = [word.rstrip(",.?") for word in said]
    pause = random.random()
    if pause < 0.45:
        said[-1] += ","
    if before and (pause < 0.25 or pause > 0.9) and before[-1][-1] not in ",.?":
        before[-1] += ","
    return said


def utterances(seed: int) -> Iterator[str]:
    """Yield texts without end: one sentence, or two or three in a row; repeatable by seed."""
    random = Random(seed)
    while True:
        count = random.choices((1, 2, 3), (60, 30, 10))[0]
        words = [word for _ in range(count) for word in sentence(random)]
        yield " ".join(words[:48])
