"""How well models hear, where we measured it: the one place in the code that has these figures."""

from dataclasses import dataclass

SOURCE = "docs/findings.md, Ums that real models write"
"""Where they come from; a test compares the two."""
MEASURED_ON = "12 clips of real people, far meeting microphones included, 29 ums"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a model wrote of the labelled clips, asked for fillers; certain ums alone."""

    recall: float
    """The part of the ums that it found."""
    precision: float
    """The part of what it marked that was one."""
    words_wrong: float
    """The part of the words that came out wrong, were left out or made up."""


FIGURES = {
    "tiny.en": Figures(recall=0.72, precision=0.72, words_wrong=0.233),
    "base": Figures(recall=0.97, precision=0.88, words_wrong=0.216),
}
NOT_MEASURED = "not measured by us; larger models usually hear more words right"


def describe_hearing(name: str) -> str:
    """How well the model `name` hears, in one sentence, or that we did not measure it."""
    figures = FIGURES.get(name)
    if figures is None:
        return NOT_MEASURED
    return (
        f"of 100 ums it found {figures.recall * 100:.0f}; of 100 marks "
        f"{figures.precision * 100:.0f} were right; of 100 words "
        f"{figures.words_wrong * 100:.0f} were wrong"
    )


def summarise_hearing(name: str) -> str:
    """The same for a column of a list."""
    figures = FIGURES.get(name)
    if figures is None:
        return "not measured"
    return f"ums {figures.recall:.0%}, words wrong {figures.words_wrong:.0%}"
