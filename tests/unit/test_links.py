"""Every link in the documentation leads somewhere."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def find_anchors(page: str) -> set[str]:
    """The names that a Markdown viewer gives the headings of `page`."""
    seen = Counter[str]()
    found: set[str] = set()
    without_code = re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    for heading in HEADING.findall(without_code):
        letters = re.sub(r"[^\w\- ]", "", heading.strip().casefold())
        name = letters.replace(" ", "-")
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return found


def find_links(page: Path) -> list[str]:
    return LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))


def has_target(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists():
        return False
    return not anchor or anchor in find_anchors(target.read_text(encoding="utf-8"))


def test_there_are_pages_with_links() -> None:
    assert sum(len(find_links(page)) for page in PAGES) > 50


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_to_a_heading_in_it(page: Path) -> None:
    within = [link for link in find_links(page) if not re.match(r"https?://", link)]
    assert [link for link in within if not has_target(page, link)] == []


def test_the_readme_leads_to_every_page() -> None:
    linked = {(ROOT / link.partition("#")[0]).resolve() for link in find_links(ROOT / "README.md")}
    assert [page.name for page in PAGES if page.name != "README.md" and page not in linked] == []


def test_a_link_to_no_file_and_one_to_no_heading_are_noticed() -> None:
    page = ROOT / "README.md"
    assert has_target(page, "docs/guide.md#the-first-day")
    assert not has_target(page, "docs/nowhere.md")
    assert not has_target(page, "docs/guide.md#nowhere")


def test_headings_become_names_as_viewers_make_them() -> None:
    page = "# What's here?\n## JSON\n## JSON\n```\n# no heading\n```\n"
    assert find_anchors(page) == {"whats-here", "json", "json-1"}
