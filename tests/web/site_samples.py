"""Content of kinds that the shipped content lacks: superseded, withdrawn, hostile, long, foreign."""

from __future__ import annotations

from pathlib import Path

from kb.errors import Fault, FaultyRecord
from kb.messages import Message
from kb.model import Collection, Document, OcrState, Passage, SubPoint, Theme
from kb.published import LeftOutPassage, Move, Published, Withdrawal
from kb.text.fingerprint import fingerprint

HOSTILE = '<script>alert("x")</script> & extradition </blockquote><img src=x onerror=alert(1)>'
GONE = Withdrawal("plan", "p9", fingerprint("words no longer here"), "2026-01-02")
REASON = Message("bad-tag", tag="no <b>tag</b>")
LEFT_OUT = LeftOutPassage("plan", "p20", fingerprint("faulty words"), "2026-01-02", REASON)
UNDATED = Withdrawal("half-gone", "p2", fingerprint("lost words"), "")
VANISHED = tuple(
    Withdrawal("vanished", f"p{n}", fingerprint(f"lost words {n}"), "2026-02-03") for n in (1, 2)
)
LINES = "The parties agree on extradition:\n(a) of suspects;\n(b) of convicts."
EARLIER = (
    'The parties confer on <b>extradition</b>:\n(a) of suspects;\n(b) of convicts & "others".',
    "The parties agree on surrender:\n(a) of suspects;\n(b) of convicts.",
)


def _published(document: str, passage: str, date: str, text: str) -> Published:
    return Published(document, passage, fingerprint(text), date, text)


PUBLISHED = {
    "plan/p1": (
        _published("plan", "p0", "2025-01-02", EARLIER[0]),
        _published("plan", "p1", "2025-03-04", EARLIER[1]),
        _published("plan", "p1", "2025-05-06", LINES),
    ),
    "plan/p9": (_published("plan", "p9", "2025-01-02", "words no longer here"),),
    "long/p3": (_published("long", "p3", "2025-01-02", "Item 3 was about smuggling."),),
}
MOVES = (
    Move("plan", "p0", "plan/p1"),
    Move("former-plan", "", "plan"),
    Move("states", "", "cooperation"),
    Move("taken-apart", "p10", "plan/p0"),
    Move("taken-apart", "p2", "old-plan/p1"),
    Move("half-gone", "p1", "plan/p1"),
)
FORMULA = '=HYPERLINK("https://example.org","a spreadsheet would run this")'
MANY = 64
HEADED = 210
VAST = 620

_THEMES = (
    Theme("cooperation", "Cooperation between States", "Cooperation", 1),
    Theme(
        "many",
        "A theme of many",
        "Many",
        2,
        ("extradition",),
        tuple(SubPoint(f"s{n}", f"Sub {n}") for n in range(10)),
    ),
    Theme("empty", "A theme of nothing", "Nothing", 3, (), (SubPoint("none", "None"),)),
)

_SUBJECTS = ("cooperation", "many", "many/s1")
_KEPT = (("symbol", "<b>A/1</b>"), ("session", "12th"))

_OCR: dict[int, OcrState] = {3: "unchecked", 4: "checked"}

_DOCUMENTS = (
    Document("plan", "Work plan", "report", date="2014", language="fr", url="https://example.org/plan"),
    Document("old-plan", "Old work plan", "report", date="2012", status="superseded", superseded_by="plan"),
    Document("statement", "A statement", "speech", event_date="not a date", status="withdrawn"),
    Document("hostile", HOSTILE, "report", url="javascript:alert(1)", further=(("symbol", "<b>A/1</b>"),)),
    Document("long", "A long report", "report", date="2001-05-06"),
    *(
        Document(f"small-{n}", f"Small document {n}", "letter", date=str(1900 + n), ocr=_OCR.get(n, ""))
        for n in range(110)
    ),
    Document("headed", "A code of many articles", "code"),
    Document("vast", "A vast code", "code"),
    Document("endless", "An endless text", "report"),
    Document("loose-note", "A note on no theme", "note"),
    Document("cooperation", "Cooperation between States", "note"),
)


def _passages() -> dict[str, tuple[Passage, ...]]:
    return {
        "plan": (Passage("plan", "p1", LINES, "para 1", "Part one", _SUBJECTS, further=_KEPT),),
        "old-plan": (Passage("old-plan", "p1", "Extradition was planned.", "para 1"),),
        "statement": (Passage("statement", "p1", "Extradition was stated.", "para 1"),),
        "hostile": (
            Passage("hostile", "main", HOSTILE + " " + "x" * 180, "<b>para</b>", "<i>Head</i>"),
            Passage("hostile", "sum", FORMULA, "-1", "@risk"),
        ),
        "headed": tuple(
            Passage("headed", f"a{n}", f"Rule {n}.", f"art {n}", f"Article {n}") for n in range(HEADED)
        ),
        "long": tuple(
            Passage(
                "long", f"p{n}", f"Item {n} is about smuggling.", f"para {n}", f"Part {n // 20}", ("many",)
            )
            for n in range(MANY)
        ),
        "vast": tuple(
            Passage(
                "vast",
                f"c{n}",
                f"Clause {n} is on {'tribute' if n % 100 == 50 else 'toll'}.",
                "",
                f"Book {n // 200}",
            )
            for n in range(VAST)
        ),
        "endless": tuple(
            Passage(
                "endless",
                f"p{n}",
                ("Hay and straw. " * 400) + ("A needle. " * n) + "Hay. " * 400,
                f"para {n}",
            )
            for n in range(3)
        ),
        "loose-note": (Passage("loose-note", "only", "Plain words of ours.", "", "Heading"),),
        "cooperation": (
            Passage("cooperation", "introduction", "Plain words\nof introduction.", "Introduction"),
        ),
    } | {f"small-{n}": (Passage(f"small-{n}", "p1", f"Letter {n}.", "p 1"),) for n in range(110)}


def collection() -> Collection:
    """The whole of it."""
    return Collection(
        _THEMES,
        _DOCUMENTS,
        _passages(),
        (GONE, UNDATED, *VANISHED),
        MOVES,
        PUBLISHED,
        left_out=(Fault(Path("plan.md"), 7, REASON, FaultyRecord("passages", "plan/p20")),),
        left_out_passages=(LEFT_OUT,),
    )
