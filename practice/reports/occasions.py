"""What a review says of the session it comes from: who asked, slides, silences."""

from practice.base.text import clock_time, one_line
from practice.documents.occasion import Occasion, Silence, Slide
from practice.documents.review import ReviewDocument
from practice.reports.wording import counted_unit

OCCASION_MEANING = (
    "What the format of the session looks at. The pace of a slide is the words a minute while it "
    "was shown, pauses included; a slide shown for less than 5 s has none. The part of the "
    "questions is that of the recorded time of the talk and the answers behind it."
)


def occasion_lists(document: ReviewDocument) -> list[tuple[str, list[str]]]:
    """What there is to say, each list under its heading; empty for a session without a format."""
    occasion = document.occasion
    if occasion is None:
        return []
    lists = []
    if occasion.asked_by:
        lists.append((f"Asked by {one_line(occasion.asked_by)}", list[str]()))
    if occasion.slides:
        unit = counted_unit(document)
        lines = list(map(_describe_slide, occasion.slides))
        has_pace = any(slide.wpm is not None for slide in occasion.slides)
        pace = f", each with its {unit} a minute" if has_pace else ""
        lists.append((f"Slides shown: {len(lines)}{pace}", lines))
    if share := _describe_share(occasion):
        lists.append((share, []))
    if occasion.silence_s is not None:
        heading = f"Pauses of {occasion.silence_s} s and more: {len(occasion.silences) or 'none'}"
        lists.append((heading, [_describe_silence(one) for one in occasion.silences]))
    return lists


def _describe_slide(slide: Slide) -> str:
    pace = f", {slide.wpm:.0f} a minute" if slide.wpm is not None else ""
    return f"{slide.number}: from {clock_time(slide.start_s)}, {slide.duration_s:.0f} s{pace}"


def _describe_share(occasion: Occasion) -> str:
    share = occasion.questions_share
    if share is None or occasion.talk_s is None or occasion.questions_s is None:
        return ""
    talk, answers = clock_time(occasion.talk_s), clock_time(occasion.questions_s)
    return f"Questions: {share:.0%} of the time (talk {talk}, answers {answers})"


def _describe_silence(silence: Silence) -> str:
    before = f", after “{one_line(silence.before)}”" if silence.before else ""
    return f"{clock_time(silence.start_s)}, {silence.duration_s:.0f} s{before}"
