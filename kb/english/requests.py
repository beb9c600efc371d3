"""What a reader asks for: a brief, a citation, a manuscript to check."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    "work-cut-short": Advice(
        "this takes more work than one request is allowed",
        "ask for less: fewer words, or a single theme or document",
    ),
    # briefs
    "too-many-parameters": Advice("more than {limit:,} parameters", "leave some out"),
    "not-an-article": Advice("“{value}” is not an article", "write its number: 16, 6(3) or Guideline 4"),
    "not-a-passage": Advice("“{address}” is not a passage", "write DOCUMENT/ID, as in the passage's address"),
    "no-such-heading": Advice(
        "there are words for heading {number}, but the brief has no such heading", "remove them"
    ),
    "note-without-passage": Advice(
        "there is a note on passage {number}, but the brief ends at passage {last}", "remove the note"
    ),
    "bad-character": Advice("the text contains a control character ({character})", "delete it"),
    "title-too-long": Advice(
        "the title has {length:,} characters, at most {limit} are allowed", "shorten it"
    ),
    "unknown-fingerprints": Advice("unknown place for fingerprints “{name}”", "use one of: {known}"),
    "unknown-grouping": Advice("unknown grouping “{name}”", "use one of: {known}"),
    "brief-full": "A brief can hold {limit} passages. Remove one, or start another brief.",
    "brief-too-long": (
        "A brief is kept in its address, which has room for {limit:,} characters; this one needs "
        "{length:,}. Shorten a note or the title, or remove a passage."
    ),
    "broken-brief": Advice(
        "the link to this brief is incomplete or was altered",
        "open the brief from a complete copy of its link",
    ),
    # citations
    "not-a-reference": Advice(
        "“{reference}” does not name a document, a passage or a span",
        "write DOCUMENT, DOCUMENT/PASSAGE or DOCUMENT/FIRST..LAST",
    ),
    "span-over-documents": Advice(
        "the span “{reference}” runs from one document into another",
        "cite the passages of each document separately",
    ),
    "span-reversed": Advice("the span “{reference}” runs backwards", "write {right}"),
    "span-too-long": Advice(
        "the span “{reference}” has more than {limit} passages",
        "choose a shorter span, or cite the document as a whole",
    ),
    "excerpt-reversed": Advice(
        "the excerpt “{reference}” runs backwards",
        "write the number of its first word before that of its last",
    ),
    "excerpt-beyond-end": Advice(
        "“{reference}” asks for word {last:,}, but there are only {count:,}", "count its words again"
    ),
    "excerpt-not-verbatim": Advice(
        "the words of {reference} were not found verbatim in the passage",
        "choose other words, or cite the whole passage",
    ),
    "words-not-in-passage": Advice(
        "the passage does not have the words “{words}”", "copy them from the passage"
    ),
    "words-changed": Advice(
        "the words of {reference} have changed since they were cited",
        "leave out the fingerprint, and quote them again",
    ),
    "unknown-style": Advice("unknown citation style “{name}”", "use one of: {known}"),
    "no-site-address": Advice(
        "an annotation needs the address of its passage", "give that of the site: --site https://..."
    ),
    # manuscripts
    "manuscript-too-large": Advice("{path} is larger than {bytes:,} bytes", "check it in parts"),
    "manuscript-too-many-lines": Advice("there are more than {count:,} lines", "check it in parts"),
    "manuscript-too-many-signs": Advice(
        "there are more than {count:,} {sign} characters", "check it in parts"
    ),
    "manuscript-too-many-marks": Advice("there are more than {count:,} quotation marks", "check it in parts"),
    "docx-too-many-paragraphs": Advice(
        "the document has more than {count:,} paragraphs", "check it in parts"
    ),
    "manuscript-not-text": Advice(
        "cannot read the format of {path}", "save it as Markdown, HTML, DOCX or plain text"
    ),
    "manuscript-not-utf8": Advice("{path} is not UTF-8 text", "save it in UTF-8 and try again"),
    "read-lines": Plural("{count} line", "{count:,} lines"),
    "read-paragraphs": Plural("{count} paragraph", "{count:,} paragraphs"),
    "read-footnotes": Plural("{count} footnote", "{count:,} footnotes"),
    "read-endnotes": Plural("{count} endnote", "{count:,} endnotes"),
    "read-comments": Plural("{count} comment", "{count:,} comments"),
    "read-headers": Plural("{count} header", "{count:,} headers"),
    "read-footers": Plural("{count} footer", "{count:,} footers"),
    "read-diagrams": Plural("{count} diagram", "{count:,} diagrams"),
    "read-charts": Plural("{count} chart", "{count:,} charts"),
    "unread-front-matter": "front matter",
    "unread-code": Plural("{count} piece of code", "{count:,} pieces of code"),
    "unread-comments": Plural("{count} comment", "{count:,} comments"),
    "unread-hidden": Plural("{count} hidden or deleted stretch", "{count:,} hidden or deleted stretches"),
    "docx-too-large": Advice("the document unpacks to more than {bytes:,} bytes", "check it in parts"),
    "docx-too-many-parts": Advice("the document has more than {count:,} parts", "save it as DOCX again"),
    "docx-too-many-tags": Advice("the document has more than {count:,} tags", "check it in parts"),
    "bad-docx": Advice("cannot read {path} as a Word document", "save it as DOCX again"),
}
