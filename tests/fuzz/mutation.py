"""Inputs that are nearly right: a seed with some of its bytes or tokens changed."""

import random
import re
from collections.abc import Callable, Sequence

LARGEST_BYTES = 20_000
_TOKEN = re.compile(rb"\w+|\s+|[^\w\s]")
_ODD: tuple[bytes, ...] = (
    b"", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc2\x85", b"\r", b"\r\n",
    b"\n\n", b"\t", b" ", b"\x1b[31m", b"\x1b]0;x\x07", "\u202e".encode(), "\u2028".encode(),
    "\U0001f600".encode(), b"-1", b"0", b"1e999", b"-0.0", b"NaN", b"Infinity", b"9" * 40,
    b"9223372036854775808", b"0x10", b"1_000", b"true", b"null", b"~", b'"', b"'", b"\\",
    b"\\u0000", b"\\ud800", b"{", b"}", b"[", b"]", b"[" * 300, b"[" * 3000, b"{" * 300, b"(" * 300,
    b"{{c1::", b"}}", b":", b": ", b"- ", b"? ", b"!!python/object:os.system ", b"!!int ",
    b"&a ", b"*a", b"<<: *a", b"|\n",
    b">-\n", b"---\n", b"...\n", b"%YAML 9.9\n", b"#", b"# ", b"###### ", b"**", b"__", b"~~", b"`",
    b"```\n", b"<details>", b"<summary>", b"</summary>", b"<!--", b"-->", b"<fuzz a=1>", b"&lt;",
    b"&#x1b;", b"|", b"|---|", b"1. ", b"1) ", b"* ", b"+ ", b"> ", b",", b";", b"=1+1", b"@x",
    b"../../etc/passwd", b"/dev/zero", b"file:///etc/passwd", b"http://a.b", b"[a](javascript:x)",
    b"title:", b"questions:", b"text:", b"id:", b"#separator:tab\n", b"#columns:a\tb\n",
    b"Question", b"A" * 500, b"a " * 300, b"\x1f", b"PK\x03\x04", b"PK\x05\x06",
)  # fmt: skip
"""What readers are known to stumble over."""


def mutate(seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """One of `seeds` with one to eight changes, at most `LARGEST_BYTES` long."""
    data = dice.choice(seeds)
    for _ in range(min(8, 1 + int(dice.expovariate(0.5)))):
        data = dice.choice(_CHANGES)(data, seeds, dice)
    return data[:LARGEST_BYTES]


def _flip(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _overwrite(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + dice.randbytes(dice.choice((1, 2, 4, 16))) + data[start + 4 :]


def _insert(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + dice.choice(_ODD) + data[start:]


def _cut(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + data[start + int(dice.expovariate(0.05)) :]


def _truncate(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _repeat(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    piece = data[start : start + dice.choice((1, 8, 40, 200))]
    return data[:start] + piece * dice.choice((2, 3, 50)) + data[start:]


def _splice(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    other = dice.choice(seeds)
    start = dice.randrange(len(other) + 1)
    at = dice.randrange(len(data) + 1)
    return data[:at] + other[start : start + dice.randrange(1, 400)] + data[at:]


def _put_token(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    tokens = _TOKEN.findall(data)
    if not tokens:
        return data
    place = dice.randrange(len(tokens))
    tokens[place] = dice.choice((dice.choice(_ODD), dice.choice(tokens), tokens[place] * 2))
    return b"".join(tokens)


def _swap_lines(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _flip, _overwrite, _insert, _insert, _cut, _truncate, _repeat, _splice,
    _put_token, _put_token, _put_token, _swap_lines,
)  # fmt: skip
