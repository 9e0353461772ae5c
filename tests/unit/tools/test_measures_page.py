from dataclasses import fields, is_dataclass
from typing import get_args, get_type_hints

import pytest

from practice.delivery.definitions import DEFINITIONS, Definition
from practice.delivery.measures import Measures
from tools.generated_blocks import fill_blocks
from tools.measures_page import PAGE, blocks, table


def list_keys(shape: type, prefix: str = "") -> set[str]:
    """The keys of a part of the JSON, those of parts of it with a dot."""
    found = set[str]()
    for field, kind in ((f.name, get_type_hints(shape)[f.name]) for f in fields(shape)):
        inner = next((k for k in (kind, *get_args(kind)) if is_dataclass(k)), None)
        if isinstance(inner, type) and field in {"fillers", "pauses", "places"}:
            found |= list_keys(inner, f"{prefix}{field}.")
        else:
            found.add(prefix + field)
    return found


def test_the_page_is_as_the_definitions_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert fill_blocks(page, blocks()) == page, "docs/measures.md is stale: run make docs"


def test_every_number_of_a_review_is_defined_once() -> None:
    keys = [d.key for d in DEFINITIONS]
    assert len(keys) == len(set(keys))
    assert list_keys(Measures) == {
        k for k in keys if not k.startswith(("coverage.", "calibration"))
    }


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.key)
def test_a_definition_says_what_over_what_in_what_and_from_where(definition: Definition) -> None:
    assert all((definition.meaning, definition.span, definition.unit, definition.source))
    sentences = (definition.meaning, definition.band, definition.error)
    assert all(text.endswith(".") for text in sentences if text)


def test_what_stands_around_the_tables_is_kept() -> None:
    page = PAGE.read_text(encoding="utf-8")
    emptied = page.replace(table("time"), "")
    assert emptied != page
    assert fill_blocks(emptied, blocks()) == page


def test_a_group_without_a_place_in_the_page_is_refused() -> None:
    page = PAGE.read_text(encoding="utf-8").replace("<!-- table pace -->", "")
    with pytest.raises(ValueError, match="pace"):
        fill_blocks(page, blocks())
