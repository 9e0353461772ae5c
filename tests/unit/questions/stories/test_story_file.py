"""The file of stories: its problems with their places, and edits that touch nothing else."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice.base.errors import NotFoundError
from practice.questions.catalogue import shipped_banks
from practice.questions.stories.file import StoryBook
from practice.questions.stories.model import (
    InvalidStoriesError,
    StoriesChangedError,
    StoriesError,
    Story,
)
from practice.questions.stories.schema import stories_schema

WRITTEN = """\
# my stories, best first
stories:
  # told at Acme
  - title: 'The night shift'   # my best
    id: night-shift
    situation: >-
      In 2021 the ward had two nurses at night. Nobody knew
      who came when.
    result: fewer calls
    number: from 9 to 4   # a week
    competencies: [teamwork, "a: b"]  # two

  - action: I asked each of them.
    title: The migration   # no id yet
# the end
"""


@pytest.fixture
def book(tmp_path: Path) -> StoryBook:
    path = tmp_path / "config" / "stories.yaml"
    path.parent.mkdir()
    path.write_text(WRITTEN, encoding="utf-8")
    return StoryBook(path)


def test_no_file_is_a_file_without_stories_and_the_first_story_writes_it(tmp_path: Path) -> None:
    book = StoryBook(tmp_path / "config" / "stories.yaml")
    assert book.all() == ()
    assert not book.path.exists()
    added = book.add(Story(title="The night shift", number="40"))
    assert added.id == "the-night-shift"
    assert book.all() == (added,)
    assert book.path.read_text(encoding="utf-8").endswith(
        'stories:\n  - id: the-night-shift\n    title: The night shift\n    number: "40"\n'
    )


def test_a_story_is_found_by_its_id_and_by_its_title(book: StoryBook) -> None:
    assert book.get("night-shift").first_sentence == "In 2021 the ward had two nurses at night."
    assert book.get("the MIGRATION").action == "I asked each of them."
    with pytest.raises(NotFoundError) as caught:
        book.get("night-shfit")
    assert "night-shift" in caught.value.hint


def test_every_problem_is_named_with_its_line(book: StoryBook) -> None:
    book.path.write_text(
        "stories:\n"
        "  - situaton: it was late\n"
        "  - title: One\n    id: One\n    competency: teamwork\n"
        "  - title: Two\n    action: I said: no\n"
        "  - just text\n"
        "  - title: Three\n    target_s: long\n",
        encoding="utf-8",
    )
    found = [(each.line, each.message) for each in book.check().problems]
    assert [line for line, _ in found] == [2, 2, 4, 5, 7, 8, 10]
    messages = "\n".join(message for _, message in found)
    assert "unknown key 'situaton'; did you mean 'situation'?" in messages
    assert "the story has no 'title'" in messages
    assert "'one' would be" in messages
    assert "did you mean 'competencies'" in messages
    assert "put the whole text in quotes" in messages
    assert "write `- title: ...`" in messages
    with pytest.raises(InvalidStoriesError) as caught:
        book.all()
    assert f"{book.path}:2:5" in caught.value.message
    assert f"practice stories check {book.path}" in caught.value.hint
    with pytest.raises(StoriesError):
        book.add(Story(title="Four"))
    assert book.readable() == ()


def test_a_change_keeps_comments_quotes_and_order(book: StoryBook) -> None:
    story = book.get("night-shift")
    book.change(story, msgspec.structs.replace(story, number="from 9 to 3", task="Mine."))
    assert book.path.read_text(encoding="utf-8") == WRITTEN.replace(
        "    result: fewer calls\n    number: from 9 to 4   # a week\n",
        "    result: fewer calls\n    number: from 9 to 3   # a week\n",
    ).replace("      who came when.\n", "      who came when.\n    task: Mine.\n").replace(
        "    title: The migration   # no id yet\n",
        "    title: The migration   # no id yet\n    id: the-migration\n",
    )


def test_what_an_editor_wrote_meanwhile_is_never_overwritten(book: StoryBook) -> None:
    story = book.get("night-shift")
    theirs = WRITTEN.replace("fewer calls", "fewer calls, and less fear")
    book.path.write_text(theirs, encoding="utf-8")
    with pytest.raises(StoriesChangedError):
        book.change(story, msgspec.structs.replace(story, result="nothing"))
    assert book.path.read_text(encoding="utf-8") == theirs
    # What was written elsewhere in the file is no reason to refuse.
    other = book.get("The migration")
    book.change(other, msgspec.structs.replace(other, result="It ran."))
    assert "and less fear" in book.path.read_text(encoding="utf-8")


def test_a_deleted_story_comes_back_as_it_was_written(book: StoryBook) -> None:
    removed = book.delete("night-shift")
    assert [story.title for story in book.all()] == ["The migration"]
    book.restore(removed)
    assert "title: 'The night shift'   # my best" in book.path.read_text(encoding="utf-8")
    assert [story.id for story in book.all()] == ["night-shift", "the-migration"]


def test_the_last_story_can_go_and_another_come(book: StoryBook) -> None:
    for story in book.all():
        book.delete(story.id)
    assert book.all() == ()
    book.add(Story(title="New"))
    assert [story.title for story in book.all()] == ["New"]
    assert "# my stories, best first" in book.path.read_text(encoding="utf-8")


def test_a_control_character_is_refused_and_nothing_written(book: StoryBook) -> None:
    with pytest.raises(StoriesError, match="control character"):
        book.add(Story(title="red \x1b[31m"))
    assert book.path.read_text(encoding="utf-8") == WRITTEN


def test_the_schema_file_is_the_one_that_the_model_makes() -> None:
    written = (shipped_banks() / "stories.schema.json").read_text(encoding="utf-8")
    assert written == json.dumps(stories_schema(), indent=2, ensure_ascii=False) + "\n"
    properties = json.loads(written)["$defs"]["Story"]["properties"]
    assert set(properties) == set(Story.__struct_fields__)
    assert all(each.get("description") for each in properties.values())


texts = st.lists(
    st.sampled_from(["late", "größte", "a: b", "x # y", "- dash", "it's", "[a", "~", "12:30", ""]),
    max_size=4,
).map(lambda words: " ".join(words).strip())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["situation", "task", "action", "number"]),
    texts,
    st.lists(texts.filter(bool), max_size=3).map(tuple),
)
def test_whatever_is_written_leaves_every_other_line(
    tmp_path_factory: pytest.TempPathFactory, key: str, text: str, named: tuple[str, ...]
) -> None:
    path = tmp_path_factory.mktemp("stories") / "stories.yaml"
    path.write_text(WRITTEN, encoding="utf-8")
    book = StoryBook(path)
    old = book.get("night-shift")
    new = book.change(old, msgspec.structs.replace(old, **{key: text}, competencies=named))
    assert book.get("night-shift") == new
    owned = {"situation": ("situation:", "In 2021", "who came"), "number": ("number:",)}
    starts = ("competencies:", *owned.get(key, ()))
    kept = [line for line in WRITTEN.splitlines() if not line.strip().startswith(starts)]
    found = iter(path.read_text(encoding="utf-8").splitlines())
    assert all(line in found for line in kept)
