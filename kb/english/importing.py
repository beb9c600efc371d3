"""Importing documents: files that cannot be read, and what an editor should know of those that can."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    "characters-unreadable": Plural(
        "one character could not be read and is shown as \N{REPLACEMENT CHARACTER}",
        "{count} characters could not be read and are shown as \N{REPLACEMENT CHARACTER}",
    ),
    "charset-guessed": Advice(
        "the file does not say in which character set it is; it was read as {charset}",
        "check the accented letters, or save it as UTF-8",
    ),
    "html-damaged": Advice("{name} is damaged, or no HTML", "open it in a browser and save it anew"),
    "html-too-many-tags": Advice("{name} has more than {count} tags", "split it"),
    "pdf-damaged": Advice("{name} is damaged, or no PDF", "open it in a PDF reader and save it anew"),
    "pdf-locked": Advice("{name} needs a password", "save it without one, if you may"),
    "pdf-pages-garbled": Advice(
        Plural(
            "page {pages} was not read: its text is in no language, for its font names the wrong letters",
            "pages {pages} were not read: their text is in no language, for its font names the wrong letters",
        ),
        "have them read by OCR",
    ),
    "pdf-pages-without-text": Advice(
        Plural("page {pages} is a picture without text", "pages {pages} are pictures without text"),
        "have them read by OCR",
    ),
    "source-empty": Advice("{name} is empty", "check that it was copied completely"),
    "source-old-office": Advice(
        "{name} is an old or password-protected Office file", "save it without a password as DOCX or XLSX"
    ),
    "source-unknown-format": Advice(
        "{name} is in no format that can be imported", "save it as PDF, DOCX, ODT, HTML, RTF or plain text"
    ),
    "word-comments-left-out": "comments are not imported",
    "word-damaged": Advice("{name} is damaged, or no Word document", "open it in Word and save it anew"),
    "word-parts-not-read": Plural(
        "a document that is embedded in this one was not read",
        "{count} documents that are embedded in this one were not read",
    ),
}
