"""Files in older encodings are read, the guess is named, and what cannot be told is refused."""

from pathlib import Path

import pytest

from practice.base.errors import BankError
from practice.questions.importers.encodings import decode
from practice.questions.importers.plan import plan_import

WRITTEN = {
    "cp932": ("Shift-JIS", "質問,答え\n自己紹介をしてください,短く\n"),
    "euc_jp": ("EUC-JP", "自己紹介をしてください。\nなぜパンですか。\n"),
    "gb18030": ("GB18030", "请介绍一下你自己\n你为什么想来我们公司？\n"),
    "big5": ("Big5", "請介紹一下你自己\n你為什麼想來我們公司？\n"),
    "cp949": ("EUC-KR", "자기소개를 해주세요.\n왜 우리 회사에 지원했나요?\n"),
    "cp1251": ("Windows-1251 (Cyrillic)", "Расскажите о себе.\nПочему вы хотите работать у нас?\n"),
    "koi8_r": ("KOI8-R (Cyrillic)", "Расскажите о себе.\nПочему вы хотите работать у нас?\n"),
    "cp1253": ("Windows-1253 (Greek)", "Πες μας για εσένα.\nΓιατί ψωμί;\n"),
    "cp1255": ("Windows-1255 (Hebrew)", "ספר על עצמך\nלמה אתה רוצה לעבוד אצלנו?\n"),
    "cp1256": ("Windows-1256 (Arabic)", "ما هي نقاط قوتك؟\nلماذا تريد العمل معنا؟\n"),
    "cp874": ("Windows-874 (Thai)", "แนะนำตัวเอง\nทำไมคุณอยากทำงานที่นี่\n"),
    "cp1252": ("Windows-1252", "Größte Stärke?\nWarum wir?\n"),
    "cp1250": (
        "Windows-1250 (Central Europe)",
        "Proč u nás chcete pracovat?\nŘekněte nám o úspěchu.\n",
    ),
    "cp1254": (
        "Windows-1254 (Turkish)",
        "Bize kendinizden bahsedin, güçlü yönleriniz?\nİş değişikliği\n",
    ),
    "utf-16-le": ("UTF-16 (little-endian)", "Why us?\nWhy not?\n"),
    "utf-16-be": ("UTF-16 (big-endian)", "Why us?\nWhy not?\n"),
}


@pytest.mark.parametrize("encoding", WRITTEN)
def test_an_encoding_is_guessed_and_named(encoding: str) -> None:
    name, text = WRITTEN[encoding]
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.guess) == (text, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_nothing_is_guessed_where_the_file_says_it(encoding: str) -> None:
    decoded = decode("Größe?\n".encode(encoding))
    assert (decoded.text.lstrip("\ufeff"), decoded.guess) == ("Größe?\n", "")


def test_the_guess_is_in_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("質問,答え\r\n自己紹介をしてください。,短く\r\n".encode("cp932"))
    planned = plan_import(path)
    assert planned.encoding == "Shift-JIS"
    assert planned.bank.questions[0].text == "自己紹介をしてください。"


@pytest.mark.parametrize(
    "data", [bytes(range(128, 256)), b"a\x00b\x00\x01\x02\xff", b"\x81\x8d\x8f\x90\x9d"]
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(BankError, match=r"cannot tell the encoding|not a file of text"):
        decode(data)


FILES = {
    "a.pdf": (b"%PDF-1.4\n1 0 obj\n", "is a PDF"),
    "a.rtf": (b"{\\rtf1\\ansi Why us?\\par}", "rich text"),
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old office file"),
    "a.docx": (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "office file"),
    "a.odt": (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis", "office file"),
    "a.png": (b"\x89PNG\r\n\x1a\n", "picture"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_of_other_programs_are_refused_by_what_they_are(tmp_path: Path, name: str) -> None:
    data, kind = FILES[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BankError, match=kind):
        plan_import(tmp_path / name)
