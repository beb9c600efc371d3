"""Files that programs write: documents, passages and history as JSON lines."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

ENGLISH: MessageCatalogue = {
    "both-forms": Advice("{file} is here as well", "keep only one of the two files"),
    "no-documents-file": Advice(
        "there is no documents.jsonl beside this file", "add it, with one line per document"
    ),
    "unknown-document": Advice("unknown document “{document}”", "add it to documents.jsonl"),
    "slug-for-id": Advice("a document's id is called “id” here", "rename “slug”, or remove it"),
    "html-too-long": Advice("“html” has more than {count:,} tags", "shorten it"),
    "bad-quotation": Advice("“quotation” is not an object", 'write {{"document", "passage", "words"}}'),
    "no-room-for-reading": Advice(
        "the passages of a large collection cannot be kept in {folder}: {reason}",
        "free some space, or set TMPDIR to another folder",
    ),
    # history
    "history-damaged": Advice("{problem}", "restore this file, or export it again"),
    "bad-fingerprint": Advice(
        "this is not a fingerprint", "give its 64 hexadecimal characters (0 to 9, a to f)"
    ),
    "wrong-fingerprint": Advice("the fingerprint does not match the text", "export it again"),
    "bad-day": Advice("“{date}” is not a day", "write it as 2015-03-25"),
    "bad-passage-target": Advice("“{to}” is not a valid target", "write document/passage"),
    "bad-document-target": Advice("“{to}” is not a valid document id", "write the id the document has now"),
}
