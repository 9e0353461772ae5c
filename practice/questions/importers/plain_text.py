"""Markdown and HTML as readable plain text; no tag, link target or escape survives as markup."""

import html
import re
from html.parser import HTMLParser

from practice.base.text import plain

_LONGEST_PARAGRAPH = 20_000
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
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)([^\n]{0,1000}?[^`\n])\1(?!`)")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]*\")?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,300})\]\((<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)[^()\n]*\)"
)
_WEB_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\(<?(https?://[^\s()<>]+)>?(?:\s[^()\n]*)?\)")
_BOLD = re.compile(r"(\*\*|__|~~)(?=\S)([^\n]{1,1000}?)(?<=\S)\1")
_STAR = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,1000})(?<=[^\s*])\*(?![\w*])")
_UNDERSCORE = re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,1000})(?<=[^\s_])_(?![\w_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~\"'])")


class _Reader(HTMLParser):
    def __init__(self, *, keep_line_ends: bool, keep_links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.keep_line_ends = keep_line_ends
        self.keep_links = keep_links
        self._address = ""
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br" or tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "[image]")
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag == "a" and self.keep_links and self._address.startswith("http"):
            self.parts.append(f" ({self._address})")
            self._address = ""

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        words = data if self.keep_line_ends else re.sub(r"\s+", " ", data)
        begins_item = bool(self.parts) and self.parts[-1] == "\n- "
        if words.strip() or not begins_item:
            self.parts.append(words.lstrip() if begins_item else words)


def from_html(text: str, *, keep_line_ends: bool = False, keep_links: bool = False) -> str:
    """The words of a piece of HTML; block elements become lines, list items begin with a hyphen."""
    reader = _Reader(keep_line_ends=keep_line_ends, keep_links=keep_links)
    reader.feed(_only_known_tags(_without_comments(text)))
    reader.close()
    return tidy("".join(reader.parts))


def _without_comments(text: str) -> str:
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        parts.append(text[position:start])
        if end < 0:
            return "".join(parts)
        position = end + 3
    return "".join([*parts, text[position:]])


def _only_known_tags(text: str) -> str:
    """Every `<` that opens no tag of HTML becomes text: `<T>` in a question is not markup.

    What is left needs no look-ahead, so the parser's time stays in step with the length.
    """
    known = {match.start() for match in _TAG.finditer(text) if match["name"].lower() in _TAGS}
    return re.sub("<", lambda match: "<" if match.start() in known else "&lt;", text)


def has_tags(text: str) -> bool:
    """Whether there is HTML in `text`."""
    return any(match["name"].lower() in _TAGS for match in _TAG.finditer(text))


def inline(text: str) -> str:
    """One paragraph of Markdown on one line; what is too long to be one is left as it is."""
    if len(text) > _LONGEST_PARAGRAPH:
        return " ".join(plain(text).split())
    parts, position = [], 0
    for code in _CODE_SPAN.finditer(text):
        parts += [_unmarked(text[position : code.start()]), code[2].strip() or code[2]]
        position = code.end()
    parts.append(_unmarked(text[position:]))
    return " ".join(plain("".join(parts)).split())


def _unmarked(text: str) -> str:
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    for _ in range(2):
        text = _BOLD.sub(r"\2", text)
    text = _UNDERSCORE.sub(r"\1", _STAR.sub(r"\1", text))
    text = re.sub(r"\\<", "&lt;", text)
    if has_tags(text):
        lead = " " if text[:1].isspace() else ""
        trail = " " if text[-1:].isspace() else ""
        text = lead + from_html(text).replace("\n", " ") + trail
    else:
        text = html.unescape(text)
    return _ESCAPE.sub(r"\1", text)


def block(lines: list[str]) -> str:
    """Lines of Markdown as text: lists and code keep their lines, markup goes."""
    result: list[str] = []
    prose: list[str] = []
    fence = ""
    for line in lines:
        opening = re.match(r"\s*(`{3,}|~{3,})", line)
        if opening and not fence:
            result += _prose(prose)
            prose, fence = [], opening[1]
        elif opening and opening[1].startswith(fence):
            fence = ""
        elif fence:
            result.append(plain(line.rstrip()))
        else:
            prose.append(line)
    return tidy("\n".join(result + _prose(prose)))


def _prose(lines: list[str]) -> list[str]:
    text = _without_comments("\n".join(lines))
    if max(map(len, text.split("\n"))) <= _LONGEST_PARAGRAPH:
        text = _WEB_LINK.sub(r"\1 (\2)", text)
    if has_tags(re.sub(_CODE_SPAN, "", text)):
        escaped = _CODE_SPAN.sub(lambda code: html.escape(code[0], quote=False), text)
        text = from_html(escaped, keep_line_ends=True, keep_links=True)
    result = []
    for line in text.split("\n"):
        lead = re.match(r"(\s*)(?:#{1,6}\s+|>\s?)?((?:[-*+]|\d+[.)])\s+)?", line)
        bullet = (lead[2] or "") if lead else ""
        indent = lead[1].expandtabs(4) if lead else ""
        bullet = re.sub(r"^[*+]", "-", bullet)
        words = inline(line[lead.end() :] if lead else line)
        result.append(indent + bullet + words if words else "")
    return result


def tidy(text: str) -> str:
    """No unsafe character, no space at line ends, one blank line at most, none around."""
    lines = [line.rstrip() for line in plain(text.replace("\r\n", "\n")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def first_link(text: str) -> str:
    """The first web address that Markdown text links to, or nothing."""
    match = re.search(r"\]\(<?(https?://[^\s()<>]+)|<(https?://[^\s<>]+)>", text)
    return (match[1] or match[2]) if match else ""
