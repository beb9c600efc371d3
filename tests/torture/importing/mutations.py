"""Valid files made hostile: bytes flipped, stretches cut out, repeated and moved, tokens inserted.

The contents of a package are damaged before packing, as often as the package itself: a wrong checksum would
hide the rest.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import PurePath
from random import Random

from tests.kb.importers.good_files import GOOD_FILES

__all__ = ["MARK", "mutated", "mutation"]

MARK = "/kb-canary/"
"""In every address that a mutation names, and in the path of every file that it names."""

_COMMON = (
    "\0",
    "\ufeff",
    "\ud7ff",
    "\u202e",
    "\r\r\n",
    "%s%n",
    "../../../etc/passwd",
    "9" * 400,
    "-1",
    "1e999",
)
_XML = (
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file://{path}">]>',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "{address}"> %e;]>',
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;">]>',
    *("&e;", "&#xD800;", "&#99999999999;", "]]>", "<![CDATA[", "<?xml-stylesheet href='{address}'?>", "<!--"),
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{path}" parse="text"/>',
)
_SIGNS = {
    "pdf": (
        "<<" * 500,
        "[" * 500,
        "(" * 500,
        "2 0 R",
        "/Kids[2 0 R]",
        "/Count 99999999",
        "/Length -1",
        "stream\n",
        "/Filter[/FlateDecode/FlateDecode]",
        "/MediaBox[0 0 1e9 1e9]",
        "/Rotate 45",
        "99999 0 R",
        "1 0 0 1 nan nan cm ",
        "/F 0 Tf ",
        "/F 1e9 Tf ",
        "0 0 0 0 0 0 Tm ",
        "<feff d800> Tj ",
        "/URI({address})",
        "/F({path})",
        "/Encrypt 4 0 R",
    ),
    "docx": (
        *_XML,
        "<w:p>" * 300,
        "<w:tbl><w:tr><w:tc>" * 100,
        '<w:numId w:val="99999999999"/>',
        "</w:p>",
        '<w:ilvl w:val="-1"/>',
        '<w:lvlText w:val="%1%2%3%4%5%6%7%8%9"/>',
        '<w:start w:val="99999999999999"/>',
        '<w:instrText>INCLUDETEXT "{path}"</w:instrText>',
        '<w:altChunk r:id="r1"/>',
        "<w:del>",
        "<w:vanish/>",
    ),
    "odt": (
        *_XML,
        "<text:p>" * 300,
        '<text:s text:c="999999999"/>',
        "<text:list><text:list-item>" * 200,
        'table:number-columns-repeated="999999999" ',
        'text:display-levels="99999"',
        'xlink:href="{address}" ',
    ),
    "html": (
        *_XML,
        "<div>" * 2000,
        "<table><tr><td>" * 500,
        '<img src="{address}">',
        '<link href="{address}" rel=import>',
        '<base href="{address}">',
        '<iframe src="file://{path}">',
        '<ol start="99999999999999999999">',
        "<li value=-9>",
        '<meta charset="utf-7">',
        '<meta charset="{path}">',
        '<td colspan="999999999">',
        "<plaintext>",
        "<script>",
        "<sup>",
    ),
    "rtf": (
        "{" * 2000,
        "}" * 50,
        r"\u-10000?",
        r"\bin99999999 ",
        r"\ansicpg99999 ",
        r"\'zz",
        r"\trowd\cell",
        r"\u55357?",
        r'{\field{\*\fldinst INCLUDETEXT "{path}"}}',
        r"{\object\objdata 00}",
    ),
    "md": (
        "[" * 2_000,
        "> " * 500,
        "* " * 500,
        "`" * 999,
        "![x]({address})",
        "<div>" * 500,
        "[a]: {address}",
        "1" * 99 + ". ",
    ),
    "txt": ("\t" * 999, "\n" * 999, "1.1.1.1.1.1 ", "(((a))) ", "\x0c", "\u0300" * 500),
    "csv": ('"' * 999, "," * 5_000, ";", "\r", '=HYPERLINK("{address}")', "\n" * 999),
    "xlsx": (
        *_XML,
        '<c r="XFD1048576"><v>1</v></c>',
        '<c r="ZZZZZZ99999999999"><v>1</v></c>',
        "<f>WEBSERVICE({address})</f>",
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<dimension ref="A1:XFD1048576"/>',
        "<v>1e999</v>",
    ),
}


def mutation(random: Random, path: str, address: str) -> tuple[str, bytes]:
    """The name and bytes of a damaged file; what was inserted may refer to this path and address."""
    name = random.choice([*GOOD_FILES])
    return name, mutated(name, GOOD_FILES[name], random, path, address)


def mutated(name: str, data: bytes, random: Random, path: str, address: str) -> bytes:
    kind = PurePath(name).suffix[1:]
    signs = [sign.replace("{path}", path).replace("{address}", address) for sign in (*_COMMON, *_SIGNS[kind])]
    damage = _damage([sign.encode("utf-8", "surrogatepass") for sign in signs], random)
    if data.startswith(b"PK") and random.random() < 0.7:
        return _repacked(data, damage, random)
    return damage(data)


def _damage(signs: Sequence[bytes], random: Random) -> Callable[[bytes], bytes]:
    def damage(data: bytes) -> bytes:
        for _ in range(random.choice((1, 1, 2, 5))):
            data = random.choice(_WAYS)(data, signs, random)
        return data

    return damage


def _flipped(data: bytes, signs: Sequence[bytes], random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 20)) if data else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(data: bytes, signs: Sequence[bytes], random: Random) -> bytes:
    start, end = _stretch(data, random)
    return random.choice((data[:start], data[start:], data[:start] + data[end:]))


def _spliced(data: bytes, signs: Sequence[bytes], random: Random) -> bytes:
    start, end = _stretch(random.choice((data, *GOOD_FILES.values())), random)
    piece = data[start:end] * random.choice((1, 1, 2, 50))
    at = random.randrange(len(data) + 1)
    return data[:at] + piece + data[at:]


def _signed(data: bytes, signs: Sequence[bytes], random: Random) -> bytes:
    sign = random.choice(signs)
    before = b"<" if sign[:1] in b"<&" else random.choice((b"<>/ \n{\\(,", b" "))
    at = random.choice([at for at in range(len(data)) if data[at : at + 1] in before] or [len(data)])
    return data[:at] + sign + data[at:]


_WAYS = (_flipped, _cut, _spliced, _signed, _signed)


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 10, 100, 1_000)))


def _repacked(data: bytes, damage: Callable[[bytes], bytes], random: Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = random.choice([name for name in old.namelist() if name != "mimetype"])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damage(part) if name == chosen else part)
    return file.getvalue()
