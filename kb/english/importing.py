"""Importing documents: files that cannot be read, and what an editor should know of those that can."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    "changed-while-read": Advice("{name} changed while it was being read", "add it again"),
    "characters-unreadable": Plural(
        "one character could not be read and is shown as \N{REPLACEMENT CHARACTER}",
        "{count} characters could not be read and are shown as \N{REPLACEMENT CHARACTER}",
    ),
    "charset-guessed": Advice(
        "the file does not name its character set; it was read as {charset}",
        "check the accented letters, or save it as UTF-8",
    ),
    "csv-damaged": Advice("{name} is not a table: {reason}", "save it as CSV again"),
    "dropped-contents": Plural("{count} line of contents", "{count:,} lines of contents"),
    "dropped-line-numbers": Plural("{count} line number", "{count:,} line numbers"),
    "dropped-masthead": Plural("{count} line of the masthead", "{count:,} lines of the masthead"),
    "dropped-navigation": Plural("{count} piece of navigation", "{count:,} pieces of navigation"),
    "dropped-note-rules": Plural("{count} rule above notes", "{count:,} rules above notes"),
    "dropped-page-numbers": Plural("{count} page number", "{count:,} page numbers"),
    "dropped-printer-marks": Plural("{count} printer’s mark", "{count:,} printer’s marks"),
    "dropped-rotated": Plural("{count} rotated line", "{count:,} rotated lines"),
    "dropped-running-feet": Plural("{count} running foot", "{count:,} running feet"),
    "dropped-running-heads": Plural("{count} running head", "{count:,} running heads"),
    "found-at-start": "found at the beginning of the text",
    "found-in-file": "found in the file",
    "found-in-properties": "found in the file's properties",
    "found-on-page": "found on page {page}",
    "guessed-by-default": "guessed: nothing in the file shows it",
    "guessed-from-first-words": "guessed from the first words of the text",
    "guessed-from-name": "guessed from the file's name",
    "guessed-from-properties": "guessed from the file's properties, since no page shows it",
    "guessed-from-symbol": "guessed from its symbol",
    "guessed-from-title": "guessed from its title and court",
    "guessed-from-words": "guessed from its words, {percent} % sure",
    "html-damaged": Advice("{name} is damaged, or not HTML", "open it in a browser and save it again"),
    "html-too-many-tags": Advice("{name} has more than {count} tags", "split it"),
    "markdown-damaged": Advice("{name} cannot be read as Markdown", "save it as plain text"),
    "markdown-too-long": Advice("{name} has more than {count} characters", "split it"),
    "opendocument-damaged": Advice(
        "{name} is damaged, or not an OpenDocument text", "open it in LibreOffice and save it again"
    ),
    "opendocument-locked": Advice("{name} needs a password", "save it without one, if you may"),
    "pdf-damaged": Advice("{name} is damaged, or not a PDF", "open it in a PDF reader and save it again"),
    "pdf-locked": Advice("{name} needs a password", "save it without one, if you may"),
    "ocr-language-missing": Advice(
        "tesseract has no data for the script of these pages",
        "install its package {package} and add the file again",
    ),
    "pdf-pages-by-ocr": Advice(
        Plural(
            "page {pages} was read by OCR ({program}), and nobody has checked it",
            "pages {pages} were read by OCR ({program}), and nobody has checked them",
        ),
        "compare the words with the source, then set ocr to checked",
    ),
    "pdf-pages-garbled": Advice(
        Plural(
            "page {pages} was not read: its text is garbled, because its font encodes the wrong letters",
            "pages {pages} were not read: their text is garbled, because its font encodes the wrong letters",
        ),
        "install tesseract with the data for its language and add the file again, or run OCR on it first",
    ),
    "pdf-pages-without-text": Advice(
        Plural(
            "page {pages} is a scanned image without text", "pages {pages} are scanned images without text"
        ),
        "install tesseract with the data for its language and add the file again, or run OCR on it first",
    ),
    "pdf-pages-unreadable": Advice(
        Plural("OCR found no text on page {pages}", "OCR found no text on pages {pages}"),
        "if there is some, scan it again, upright and at 300 dots per inch",
    ),
    "pdf-too-many-pages": Advice("{name} has more than {count:,} pages", "split it into several files"),
    "pdf-pages-with-ocr-layer": Advice(
        Plural(
            "the text of page {pages} was put behind the image by OCR, and nobody has checked it",
            "the text of pages {pages} was put behind the images by OCR, and nobody has checked it",
        ),
        "compare the words with the images, then set ocr to checked",
    ),
    "reader-not-installed": Advice(
        "the library {module}, which reads this format, is not installed",
        "install kb with the extra [import]",
    ),
    "reading-ended": Advice(
        "the program that read {name} stopped unexpectedly (exit code {exit_code})",
        "the file may be damaged: open it in a reader of its format and save it again",
    ),
    "reading-failed": Advice(
        "{name} could not be read ({reason})",
        "the file may be damaged: open it in a reader of its format and save it again",
    ),
    "reading-takes-long": Advice(
        "reading {name} takes longer than {seconds:,.0f} seconds", "split it into several files"
    ),
    "reading-takes-memory": Advice(
        "reading {name} takes more than {megabytes:,} MB of memory", "split it into several files"
    ),
    "rtf-damaged": Advice("{name} is damaged, or not RTF", "open it in a word processor and save it again"),
    "rtf-too-large": Advice("{name} is larger than {count:,} bytes", "save it as DOCX"),
    "text-in-languages": Advice(
        "the text is in several languages: {shares}",
        "set language to that of the original, or to mul if all have equal weight",
    ),
    "source-line-too-long": Advice(
        "{name} has a paragraph of more than {count:,} characters", "divide it into paragraphs"
    ),
    "source-archive": Advice("{name} is an archive of files", "unpack it and add the files in it"),
    "source-empty": Advice("{name} is empty", "check that it was copied completely"),
    "source-image": Advice("{name} is an image", "save it as a PDF: its pages are then read by OCR"),
    "source-old-office": Advice(
        "{name} is an old or password-protected Office file", "save it without a password as DOCX or XLSX"
    ),
    "source-without-text": Advice(
        "{name} has no text that can be cited", "open it to see whether it is the file you mean"
    ),
    "page-without-text": Advice(
        "{name} has no text that can be cited",
        "if a browser shows text, a script puts it there: print the page to a PDF, and add that",
    ),
    "pdf-without-text": Advice(
        "{name} has no text that can be cited", "if it is a scan, run OCR on it first"
    ),
    "page-named-otherwise": (
        "{name} is a web page, though its name ends in {ending}: make sure that it is the document, and not "
        "a page about an error or a login"
    ),
    "rtf-cut-short": Advice(
        "{name} ends in the middle of its text", "get a complete copy, and add that in place of this one"
    ),
    "source-unknown-format": Advice(
        "{name} is not in a format that can be imported", "save it as PDF, DOCX, ODT, HTML, RTF or plain text"
    ),
    "supplied-by-option": "supplied with {option}",
    "table-too-large": Advice("{name} has more than {rows} rows or {columns} columns", "split it"),
    "text-too-many-lines": Advice("{name} has more than {count} lines", "split it"),
    "word-comments-left-out": "comments are not imported",
    "word-damaged": Advice("{name} is damaged, or not a Word document", "open it in Word and save it again"),
    "word-parts-not-read": Plural(
        "a document that is embedded in this one was not read",
        "{count} documents that are embedded in this one were not read",
    ),
    "workbook-damaged": Advice(
        "{name} is damaged, locked, or not a workbook", "open it in a spreadsheet program and save it again"
    ),
    "workbook-too-large": Advice("a sheet of {name} has more than {count} cells", "split it"),
    "words-dropped": "left out of the passages: {kinds}",
}
