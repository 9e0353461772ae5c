"""How well models hear, where we measured it: the one place in the code that has these figures."""

from dataclasses import dataclass

SOURCE = "docs/findings.md, Ums that real models write"
"""Where they come from; a test compares the two."""
MEASURED_ON = "12 clips of real people, some at far meeting microphones"
LABELLED_UMS = 29


@dataclass(frozen=True, slots=True)
class Figures:
    """What a model wrote of the labelled clips, asked for fillers; certain ums alone."""

    found: int
    """How many of the `LABELLED_UMS` it marked."""
    false: int
    """How many of its marks were no ums."""
    words_wrong: float
    """The part of the words that came out wrong, were left out or made up."""

    @property
    def recall(self) -> float:
        """The part of the ums that it found."""
        return self.found / LABELLED_UMS

    @property
    def precision(self) -> float:
        """The part of what it marked that was one."""
        return self.found / (self.found + self.false)


FIGURES = {
    "tiny.en": Figures(found=22, false=5, words_wrong=0.219),
    "base": Figures(found=28, false=4, words_wrong=0.184),
}
NOT_MEASURED = "not measured by us; larger models usually hear more words right"


def describe_hearing(name: str) -> str:
    """How well the model `name` hears, in one sentence, or that we did not measure it."""
    figures = FIGURES.get(name)
    if figures is None:
        return NOT_MEASURED
    return (
        f"it found {figures.found} of {LABELLED_UMS} ums; {figures.false} of its "
        f"{figures.found + figures.false} marks were wrong, and "
        f"{figures.words_wrong * 100:.0f} of 100 words"
    )


def summarise_hearing(name: str) -> str:
    """The same for a column of a list."""
    figures = FIGURES.get(name)
    if figures is None:
        return "not measured"
    return f"ums {figures.recall:.0%}, words wrong {figures.words_wrong:.0%}"
