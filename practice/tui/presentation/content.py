"""The only way that text from outside reaches a widget: made plain, and never as markup.

No widget is ever given a `str` that was not written in this program's source.
"""

from textual.content import Content

from practice.base.text import one_line, plain


def as_content(text: str, style: str = "") -> Content:
    """`text` as it is, with its line breaks, harmless to the terminal and to Textual."""
    return Content.styled(plain(text), style) if style else Content(plain(text))


def as_line(text: str, style: str = "") -> Content:
    """`text` on one line, harmless to the terminal and to Textual."""
    return as_content(one_line(text), style)
