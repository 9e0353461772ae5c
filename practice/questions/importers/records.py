"""Records with named values, from JSON or tables, under whatever names lists use."""

import re
from collections.abc import Mapping
from functools import lru_cache

from practice.questions.importers.blocks import block_text
from practice.questions.importers.import_result import Draft
from practice.questions.importers.plain_text import (
    first_link,
    has_tags,
    html_text,
    inline_text,
)
from practice.questions.importers.vocabulary import vocabulary
from practice.questions.model import slug

_NAMES = {
    "text": ("question", "text", "prompt", "front", "q", "title", "name", "questions"),
    "answer": ("answer", "back", "a", "response", "sampleanswer", "modelanswer"),
    "key_points": ("keypoints", "goodtohear", "listenfor", "lookfor", "points", "rubric"),
    "follow_ups": ("followups", "followup", "probes"),
    "pushbacks": ("pushbacks", "pushback", "objections"),
    "rounds": ("rounds", "round"),
    "tags": (
        "tags",
        "tag",
        "categories",
        "labels",
        "topics",
        "etiquetas",
        "schlagwörter",
        "теги",
        "标签",
        "標籤",
        "タグ",
        "태그",
    ),
    "competency": (
        "competency",
        "skill",
        "competence",
        "category",
        "topic",
        "theme",
        "kategorie",
        "thema",
        "categoría",
        "categoria",
        "catégorie",
        "thème",
        "tema",
        "kategoria",
        "kategori",
        "категория",
        "тема",
        "分类",
        "分類",
        "类别",
        "類別",
        "カテゴリ",
        "カテゴリー",
        "분류",
        "카테고리",
        "ngành",
        "chủđề",
    ),
    "difficulty": (
        "difficulty",
        "level",
        "expertise",
        "seniority",
        "schwierigkeit",
        "dificultad",
        "dificuldade",
        "difficulté",
        "difficoltà",
        "niveau",
        "nivel",
        "сложность",
        "уровень",
        "难度",
        "難度",
        "難易度",
        "난이도",
    ),
    "kind": ("kind", "type"),
    "terms": ("terms", "keywords"),
    "notes": ("notes", "note", "explanation", "tips", "hint", "hints", "comment", "comments"),
    "source": ("source", "company", "from"),
    "url": ("url", "link", "links", "href"),
    "licence": ("licence", "license"),
    "id": ("id", "number", "no", "nr"),
    "status": ("status",),
    "deck": ("deck",),
    "target_s": ("targets", "seconds"),
    "prep_s": ("preps",),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_OWN_ID = r"(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]{0,63}"
_HTML = re.compile(r"</?(div|p|br|ul|ol|li|pre|span|b|i|h\d)\b[^<>]*>", re.IGNORECASE)
_MARKDOWN = re.compile(r"`|\*\*|\]\(")
"""Signs of Markdown for which HTML has no use."""
_LONGEST_NAME = 60
"""Letters of a column's name; what is longer is a text."""
_LISTS = ("key_points", "follow_ups", "pushbacks", "terms", "rounds")


@lru_cache(maxsize=4096)
def field_of(name: str) -> str | None:
    """Which field a column or key means, or None.

    `Interview Question` and `Question (EN)` mean the question, `Question type` does not.
    """
    words = re.sub(r"\([^)]*\)", " ", name.casefold()).strip()
    whole = re.sub(r"[\W_]", "", words)
    if found := _FIELD_OF.get(whole):
        return found
    if len(whole) > _LONGEST_NAME:
        return None
    parts = re.findall(r"[^\W_]+", words)
    last = _FIELD_OF.get(parts[-1]) if parts else None
    if last and last not in {"text", "answer"}:
        return last
    if whole in vocabulary().question_labels or any(
        len(part) > 1 and part in vocabulary().question_labels for part in parts
    ):
        return "text"
    if whole in vocabulary().answer_labels or any(
        len(part) > 1 and part in vocabulary().answer_labels for part in parts
    ):
        return "answer"
    # Scripts without spaces have no words to compare: `面接の質問` holds the word for a question.
    unspaced = [
        label for label in vocabulary().question_labels if len(label) > 1 and not label.isascii()
    ]
    return "text" if any(label in whole for label in unspaced) and len(whole) < 12 else None


def draft_of(record: Mapping[str, object], line: int) -> Draft | None:
    """The question that a record holds, or None when it has no text of one.

    A value under an unknown name is kept in the notes under that name.
    """
    text_key = _text_key(record)
    if text_key is None:
        return None
    question = texts_of(record[text_key])[0]
    draft = Draft(readable_line(question), line, url=first_link(question))
    for name, value in record.items():
        texts = texts_of(value)
        if name == text_key or not texts:
            continue
        field = field_of(name)
        if field in _LISTS:
            values = texts if isinstance(value, list) else _split_items(texts[0])
            getattr(draft, field).extend(readable_line(item) for item in values)
        elif field == "tags":
            draft.tags += texts if isinstance(value, list) else _split_tags(texts[0])
        else:
            _set_field(draft, field, name, texts)
    return draft if draft.text else None


def _text_key(record: Mapping[str, object]) -> str | None:
    keys = [key for key in record if field_of(key) == "text" and texts_of(record[key])]
    order = _NAMES["text"]
    names = {key: re.sub(r"[\W_]", "", key.casefold()) for key in keys}
    keys.sort(key=lambda key: order.index(names[key]) if names[key] in order else 0)
    return keys[0] if keys else None


def _set_field(draft: Draft, field: str | None, name: str, texts: list[str]) -> None:
    joined = "\n".join(readable_text(text) for text in texts)
    if field in {"answer", "notes"}:
        draft.notes.append(joined)
    elif field == "difficulty":
        # The lists of 30 seconds of interviews count expertise from 0.
        number = texts[0]
        from_zero = name.casefold() == "expertise" and number in {"0", "1", "2"}
        draft.difficulty = str(int(number) + 1) if from_zero else number
    elif field in {"competency", "kind", "source", "licence"}:
        setattr(draft, field, "; ".join(readable_line(text) for text in texts))
    elif field == "url" and texts[0].startswith("http"):
        draft.url = draft.url or texts[0]
        draft.notes += texts[1:]
    elif field == "url":
        draft.url = draft.url or first_link(texts[0])
        draft.notes.append(joined)
    elif field == "deck":
        draft.tags.append(readable_line(texts[0]))
    elif field == "id":
        draft.id = texts[0] if re.fullmatch(_OWN_ID, texts[0]) else ""
    elif field in {"target_s", "prep_s"} and re.fullmatch("[0-9]{1,9}", texts[0]):
        setattr(draft, field, int(texts[0]))
    # A record may name its question twice: as text, and shortened for an address.
    elif (field == "text" and slug(draft.text) == texts[0]) or not name.strip("# "):
        return
    else:
        draft.notes.append(f"{name}: {joined}")


def texts_of(value: object) -> list[str]:
    """The texts in a value, however it wraps them; numbers as they are written."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    if isinstance(value, Mapping):
        return [f"{key}: {text}" for key, item in value.items() for text in texts_of(item)]
    return []


def readable_text(text: str) -> str:
    """Text that may be Markdown or HTML, readable, with its lines."""
    is_page = _HTML.search(text) and text.lstrip().startswith("<")
    if is_page or (_HTML.search(text) and not _MARKDOWN.search(text)):
        return html_text(text, keep_links=True)
    return block_text(text)


def readable_line(text: str) -> str:
    """The same on one line."""
    # In HTML a star or an underscore is only that.
    if has_tags(text) and not _MARKDOWN.search(text):
        return " ".join(html_text(text).split())
    return inline_text(text)


def _split_items(text: str) -> list[str]:
    parts = re.split(r"\n|;|<br\s*/?>|\|", text)
    return [part for part in (re.sub(r"^\s*[-*]\s+", "", part).strip() for part in parts) if part]


def _split_tags(text: str) -> list[str]:
    separator = next((sign for sign in ("\n", ",", ";", r"\|") if re.search(sign, text)), r"\s+")
    return [tag.strip("# ") for tag in re.split(separator, text) if tag.strip("# ")]
