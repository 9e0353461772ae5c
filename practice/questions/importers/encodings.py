"""The bytes of a file as text: UTF-8, UTF-16 or an older encoding, which is guessed and named.

An encoding is guessed by the letters that are frequent in the languages it was made for: read in
the right one, half of the letters of a text are among them; in a wrong one, few. charset-normalizer
was tried in its place: it took a short table in Shift-JIS for Korean.
"""

import re
import unicodedata
from codecs import BOM_UTF8
from dataclasses import dataclass

from practice.base.errors import BankError

_JAPANESE = (
    "のにはをたがでてとしれさいなるかすまこらりくもっだけよお"
    "スンルトリアラ、。？質問答何自己紹介会社"
)
_KOREAN = (
    "이다는가을를의에은하고지사로한기어자해나리시서인도요세무엇왜까대명주보장회원점설소개여질문답일"
)
_FREQUENT = (
    # (encoding, what people call it, the letters that are frequent in its languages)
    ("cp932", "Shift-JIS", _JAPANESE),
    ("euc_jp", "EUC-JP", _JAPANESE),
    (
        "gb18030",
        "GB18030",
        "的一是不了在有我他这个们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发"
        "成只作当想开用主行样方理进种间什请介绍何工答问题面试优缺点，。？、：",
    ),
    (
        "big5",
        "Big5",
        "的一是不了在有我他這個們來到時大地為子中你說生國年著就那和要她出也得裡後自以會家可下而過天去能對小多然於心學麼之都好看起發"
        "成只作當想開用主行樣方理進種間什請介紹何工答問題面試優缺點，。？、：",
    ),
    ("cp949", "EUC-KR", _KOREAN),
    ("cp1251", "Windows-1251 (Cyrillic)", "оеаинтсрвлкмдпуія"),
    ("koi8_r", "KOI8-R (Cyrillic)", "оеаинтсрвлкмдпу"),
    ("cp866", "DOS 866 (Cyrillic)", "оеаинтсрвлкмдпу"),
    ("cp1253", "Windows-1253 (Greek)", "αοιετσνηρπκμλυςίάόέή"),
    ("cp1255", "Windows-1255 (Hebrew)", "יוהלאתרבמשנםדעח"),
    ("cp1256", "Windows-1256 (Arabic)", "اليمونرتبةعدسفهكقأحجى؟"),
    ("cp874", "Windows-874 (Thai)", "านรอกเงมยลวดทสตะปบคไีั่้"),
    ("cp1252", "Windows-1252", "éèêàâäöüßñáíóúçãõ¿¡’“”„–—ïîôûåæø«»ÄÖÜÉ€…°"),
    ("cp1250", "Windows-1250 (Central Europe)", "ąćęłńóśźżěščřžýáíéůúďťňőűăâîşţäöüß„”–"),
    ("cp1254", "Windows-1254 (Turkish)", "ışğüöçİŞâ’“”"),
    ("cp1257", "Windows-1257 (Baltic)", "ąčęėįšųūžāēģīķļņõäöü„“–"),
)  # fmt: skip
_LEAST_FREQUENT = 0.3
"""The share of letters beyond ASCII that must be frequent ones for an encoding to be believed."""
_JUDGED = 50_000
"""Bytes by which an encoding is guessed."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, and in words the encoding that was guessed; empty where the file itself says it."""

    text: str
    guess: str = ""


def decode(data: bytes) -> DecodedText:
    """The text in `data`.

    Raises:
        BankError: It is no text, or in an encoding that cannot be told.
    """
    marks = {b"\xff\xfe\x00\x00": "utf-32", b"\x00\x00\xfe\xff": "utf-32"}
    marks |= {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((name for mark, name in marks.items() if data.startswith(mark)), "")
    for encoding in filter(None, (marked, "" if b"\0" in data else "utf-8-sig")):
        try:
            return DecodedText(data.decode(encoding))
        except UnicodeDecodeError as error:
            # What a file says of itself is not guessed against.
            if data.startswith(BOM_UTF8):
                raise BankError(
                    f"the file is marked as UTF-8, and byte {error.start} is not",
                    "save it as UTF-8 again",
                ) from error
    if b"\0" in data:
        return _decode_utf16(data)
    return _guess(data)


def _decode_utf16(data: bytes) -> DecodedText:
    """UTF-16 without the mark at its beginning: ASCII has a zero byte beside each letter in it."""
    for encoding, name in (
        ("utf-16-le", "UTF-16 (little-endian)"),
        ("utf-16-be", "UTF-16 (big-endian)"),
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(
            unicodedata.category(sign) in {"Cc", "Cn", "Co"} and sign not in "\r\n\t"
            for sign in text[:5000]
        )
        if odd * 50 <= min(len(text), 5000):
            return DecodedText(text, name)
    raise BankError(
        "this is not a file of text", "import text, Markdown, CSV, JSON or an Anki deck"
    )


def _guess(data: bytes) -> DecodedText:
    # A cut in the middle of a letter of several bytes would rule its encoding out.
    end = data.rfind(b"\n", 0, _JUDGED) + 1 if len(data) > _JUDGED else len(data)
    best, name, share = "", "", 0.0
    for encoding, called, letters in _FREQUENT:
        try:
            found = data[: end or len(data)].decode(encoding)
        except UnicodeDecodeError:
            continue
        beyond = [sign for sign in re.sub("[\x00-\x7f]", "", found) if not sign.isspace()]
        frequent = sum(sign in letters for sign in beyond) / max(1, len(beyond))
        if frequent > share + 0.001:
            best, name, share = encoding, called, frequent
    if share < _LEAST_FREQUENT:
        raise BankError(
            "cannot tell the encoding of this file", "save it as UTF-8 and import it again"
        )
    return DecodedText(data.decode(best, "replace"), name)
