"""The words the demo model is taught: base forms from the word lists, inflected by rule."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORD_LISTS = Path(__file__).parent / "words"
VOWELS = "aeiou"
# The lists begin with the words that are said most; so many of each make the common ones.
COMMON = 330
SOUNDS_LIKE_VOWEL = ("hour", "honest", "honor", "heir", "x")
SOUNDS_LIKE_CONSONANT = ("uni", "use", "usu", "one", "once", "euro", "uti")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists by the slot of the grammar they fill, and every word together."""

    slots: dict[str, tuple[str, ...]]

    @property
    def words(self) -> list[str]:
        """Every distinct word, sorted."""
        return sorted({word for words in self.slots.values() for word in words})


def read_words(name: str) -> list[str]:
    """Return the words of one list, in order; a word listed twice is drawn twice as often."""
    return (WORD_LISTS / f"{name}.txt").read_text(encoding="utf-8").split()


def third_person(word: str) -> str:
    """Add the -s of a plural noun or a third-person verb."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    if word in ("go", "do", "hero", "potato", "tomato", "echo", "veto"):
        return word + "es"
    return word + "s"


@cache
def doubled() -> frozenset[str]:
    """Return the verbs that double their last letter before -ed and -ing."""
    return frozenset(read_words("doubled"))


def past(verb: str) -> str:
    """Add the -ed of a regular verb."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in doubled() else "") + "ed"


def gerund(verb: str) -> str:
    """Add the -ing of a regular verb."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in doubled() else "") + "ing"


def article(following: str) -> str:
    """Choose a or an by the word that follows."""
    if following.startswith(SOUNDS_LIKE_VOWEL):
        return "an"
    if following.startswith(SOUNDS_LIKE_CONSONANT):
        return "a"
    return "an" if following[:1].lower() in VOWELS else "a"


def adverb(adjective: str) -> str:
    """Add the -ly of a regular adverb."""
    if adjective.endswith("y"):
        return adjective[:-1] + "ily"
    if adjective.endswith("le"):
        return adjective[:-1] + "y"
    if adjective.endswith("ic"):
        return adjective + "ally"
    return adjective + "ly"


@cache
def load_lexicon() -> Lexicon:
    """Read the word lists and inflect them into the slots of the grammar."""
    nouns, verbs = sorted(set(read_words("nouns"))), sorted(set(read_words("verbs")))
    lines = (WORD_LISTS / "irregular_verbs.txt").read_text(encoding="utf-8").splitlines()
    irregular = [line.split() for line in lines]
    known = {forms[0] for forms in irregular}
    regular = [verb for verb in verbs if verb not in known]
    adjectives = sorted(set(read_words("adjectives")))
    common_nouns, common_verbs = read_words("nouns")[:COMMON], read_words("verbs")[:COMMON]
    common_verbs = [verb for verb in common_verbs if verb not in known]
    slots = {
        "noun": nouns,
        "nouns": [third_person(noun) for noun in nouns],
        "verb": regular + [forms[0] for forms in irregular] * 2,
        "verbs": [third_person(v) for v in regular] + [forms[1] for forms in irregular] * 2,
        "past": [past(v) for v in regular] + [forms[2] for forms in irregular] * 2,
        "pp": [past(v) for v in regular] + [forms[3] for forms in irregular] * 2,
        "ing": [gerund(v) for v in regular] + [forms[4] for forms in irregular] * 2,
        "adj": adjectives,
        "cnoun": common_nouns,
        "cnouns": [third_person(noun) for noun in common_nouns],
        "cverb": common_verbs + [forms[0] for forms in irregular],
        "cverbs": [third_person(v) for v in common_verbs] + [forms[1] for forms in irregular],
        "cpast": [past(v) for v in common_verbs] + [forms[2] for forms in irregular],
        "cing": [gerund(v) for v in common_verbs] + [forms[4] for forms in irregular],
        "cadj": read_words("adjectives")[:COMMON],
        "adv": read_words("adverbs"),
        "more": read_words("more"),
        "function": read_words("function"),
        "frequent": read_words("scowl_10"),
        "usual": read_words("scowl_20"),
        "rare": [adverb(adjective) for adjective in adjectives if len(adjective) > 4],
    }
    return Lexicon({name: tuple(words) for name, words in slots.items()})
