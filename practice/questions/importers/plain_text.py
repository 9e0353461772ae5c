"""Markdown and HTML as plain text: Markdown becomes HTML, and of HTML the words are kept.

The lists that people share mix both, so both end in the same reader of HTML.
"""

import re
from functools import cache
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from practice.base.text import one_line, plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST_PARAGRAPH = 20_000
"""Characters of one paragraph. What is longer is data, and stays as it is."""
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body center details div dl dd dt figure footer form h1 h2 h3 "
        "h4 h5 h6 header hr main nav ol p pre section summary table tr ul",
    )
)
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr audio b big br cite code col del em embed font head html i iframe img input ins "
        "kbd label li link mark meta object path q s samp script small source span strike strong "
        "style sub sup svg tbody td tfoot th thead title tt u var video",
    )
)
_TAGS = _BLOCKS | _INLINE
_SILENT = frozenset({"script", "style", "head", "title", "svg", "iframe", "object"})
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
_MARKUP = re.compile(r"[\\`*_~\[<&]")


def inline_text(markdown: str) -> str:
    """The words of one paragraph of Markdown, on one line."""
    if not _MARKUP.search(markdown):
        return one_line(markdown)
    return " ".join(html_text(inline_html(markdown)).split())


def html_text(text: str, *, keep_line_ends: bool = False, keep_links: bool = False) -> str:
    """The words of a piece of HTML; block elements become lines, list items begin with a hyphen."""
    reader = _read_html(text, keep_line_ends=keep_line_ends, keep_links=keep_links)
    return tidy("".join(reader.parts))


def first_link(markdown: str) -> str:
    """The first web address that the text links to, or nothing."""
    if "<" not in markdown and "](" not in markdown:
        return ""
    addresses = _read_html(inline_html(markdown)).addresses
    return next((address for address in addresses if address.startswith("http")), "")


def has_tags(text: str) -> bool:
    """Whether there is HTML in `text`."""
    return any(match["name"].lower() in _TAGS for match in _TAG.finditer(text))


def has_markup(text: str) -> bool:
    """Whether anything in a paragraph may be Markdown or HTML."""
    return bool(_MARKUP.search(text))


def tidy(text: str) -> str:
    """No unsafe character, no space at line ends, one blank line at most, none around."""
    lines = [line.rstrip() for line in plain(text.replace("\r\n", "\n")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def inline_html(markdown: str) -> str:
    """One paragraph of Markdown as HTML."""
    # Most lines of a list hold no markup, and looking for it is far quicker than parsing.
    if len(markdown) > LONGEST_PARAGRAPH or not _MARKUP.search(markdown):
        return escape(markdown, quote=False)
    return str(_inline_parser().renderInline(markdown))


@cache
def _inline_parser() -> "MarkdownIt":
    # Here, not above: the commands and screens that list banks import this module and parse
    # nothing, and the parser would add about 50 ms to their start.
    from markdown_it import MarkdownIt  # lazy: only for prose

    parser = MarkdownIt("commonmark").enable("strikethrough")
    # A link that is unsafe to follow is refused, and its brackets would stay. Here no link is
    # followed: text is all that is made of them.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


class _HtmlReader(HTMLParser):
    def __init__(self, *, keep_line_ends: bool, keep_links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.addresses: list[str] = []
        """Where its links lead, in order."""
        self._keep_line_ends = keep_line_ends
        self._keep_links = keep_links
        self._link = ("", 0)
        self._silent: list[tuple[str, int]] = []
        self._verbatim = 0

    def set_cdata_mode(self, elem: str, *args: object, **more: object) -> None:
        # Scripts are read like the rest: Python 3.11 forgets what follows one that is not closed.
        del elem, args, more

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _SILENT:
            # What is in it goes when it is closed. One that never is was meant as a word:
            # "What does <script> do?"
            self._silent.append((tag, len(self.parts)))
            self.parts.append(self.get_starttag_text() or "")
        elif tag == "br" or tag in _BLOCKS:
            self.parts.append("\n")
            self._verbatim += tag == "pre"
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "img":
            self.parts.append(values.get("alt", "[image]") or "")
        elif tag == "a":
            self._link = (values.get("href") or "", len(self.parts))
            self.addresses.append(self._link[0])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            opened = [index for index, (name, _) in enumerate(self._silent) if name == tag]
            if opened:
                del self.parts[self._silent[opened[-1]][1] :]
                del self._silent[opened[-1] :]
        elif tag in _BLOCKS:
            self.parts.append("\n")
            self._verbatim = max(0, self._verbatim - (tag == "pre"))
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag == "a":
            address, start = self._link
            is_said = "".join(self.parts[start:]).strip() == address
            if self._keep_links and address.startswith("http") and not is_said:
                self.parts.append(f" ({address})")
            self._link = ("", 0)

    def handle_data(self, data: str) -> None:
        if not self._verbatim:
            if self._keep_line_ends:
                data = re.sub(r" ?\n ?", "\n", re.sub(r"[^\S\n]+", " ", data))
            else:
                data = re.sub(r"\s+", " ", data)
            if not self.parts or self.parts[-1][-1:].isspace():
                data = data.lstrip(" ")
        self.parts.append(data)


def _read_html(text: str, *, keep_line_ends: bool = False, keep_links: bool = False) -> _HtmlReader:
    reader = _HtmlReader(keep_line_ends=keep_line_ends, keep_links=keep_links)
    reader.feed(_escape_unknown_tags(_strip_comments(text)))
    reader.close()
    return reader


def _strip_comments(text: str) -> str:
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        parts.append(text[position:start])
        if end < 0:
            return "".join(parts)
        position = end + 3
    return "".join([*parts, text[position:]])


def _escape_unknown_tags(text: str) -> str:
    """Every `<` that opens no tag of HTML becomes text: `<T>` in a question is not markup.

    What is left needs no look-ahead, so the parser's time stays in step with the length.
    """
    known = {match.start() for match in _TAG.finditer(text) if match["name"].lower() in _TAGS}
    return re.sub("<", lambda match: "<" if match.start() in known else "&lt;", text)
