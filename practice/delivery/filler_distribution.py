"""Where in the answer the fillers are: at its start, after pauses, in clusters, by thirds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from practice.base.words import Span
from practice.delivery.findings import Finding

FIRST_S = 10.0
"""The start of an answer, in which a speaker still looks for its first sentence."""
CLUSTER_S = 10.0
"""Three fillers begin within so much time."""
CLUSTER_FILLERS = 3
"""Three within ten seconds are 18 a minute: above the 12 a minute that listeners minded in a
controlled study (Laske and DiGennaro Reed 2024), where up to 5 a minute made no difference."""
AFTER_PAUSE_S = 0.3
"""A filler that begins so soon after a pause ends it: the edge of a pause may be 0.1 s off, and the
start of a word 0.2 s."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Fillers close to each other."""

    start_s: float
    end_s: float
    count: int


@dataclass(frozen=True, slots=True)
class FillerDistribution:
    """Where the certain fillers are."""

    first_ten_s: int
    """In the ten seconds from the first sound of speech."""
    after_pause: int | None
    """Right after a pause; None where there is no sound to find pauses in."""
    thirds: tuple[int, int, int]
    """In each third of the time from the first to the last speech."""
    clusters: tuple[Cluster, ...] = ()
    """Three or more that begin within ten seconds."""


def distribute_fillers(
    findings: Sequence[Finding], answer: Span, pauses: Sequence[Span] | None
) -> FillerDistribution:
    """Where the certain fillers among `findings` are.

    Args:
        findings: Of every kind, in any order.
        answer: From the first to the last speech.
        pauses: None where they are unknown.
    """
    fillers = find_certain_fillers(findings)
    starts_s = [filler.start_s - answer.start_s for filler in fillers]
    third_s = answer.duration_s / 3
    thirds = [min(int(at_s / third_s), 2) if third_s else 0 for at_s in starts_s]
    return FillerDistribution(
        sum(at_s <= FIRST_S for at_s in starts_s),
        None if pauses is None else sum(_follows_pause(filler, pauses) for filler in fillers),
        (thirds.count(0), thirds.count(1), thirds.count(2)),
        tuple(find_clusters(fillers)),
    )


def find_certain_fillers(findings: Iterable[Finding]) -> list[Span]:
    """Where the certain fillers are, in order."""
    places = (
        Span(finding.start_s, finding.end_s)
        for finding in findings
        if finding.kind == "filler" and finding.certainty == "certain"
    )
    return sorted(places, key=lambda place: place.start_s)


def _follows_pause(filler: Span, pauses: Sequence[Span]) -> bool:
    return any(
        pause.start_s < filler.start_s <= pause.end_s + AFTER_PAUSE_S and filler.end_s > pause.end_s
        for pause in pauses
    )


def find_clusters(fillers: Sequence[Span]) -> list[Cluster]:
    """Every stretch in which three or more begin within ten seconds; those that overlap are one.

    Args:
        fillers: In order of their start.
    """
    # Pairs of indexes: the first and the last filler of a cluster.
    found: list[tuple[int, int]] = []
    for first in range(len(fillers) - CLUSTER_FILLERS + 1):
        last = first + CLUSTER_FILLERS - 1
        if fillers[last].start_s - fillers[first].start_s > CLUSTER_S:
            continue
        if found and found[-1][1] >= first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return [
        Cluster(fillers[a].start_s, max(f.end_s for f in fillers[a : b + 1]), b - a + 1)
        for a, b in found
    ]
