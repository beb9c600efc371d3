"""All content together: folders, references, merges, documents against their sources."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

NEAREST = "; nearest text in the source: “{nearest}”"
COPY = "copy the passage from the source exactly"

ENGLISH: MessageCatalogue = {
    # folders
    "content-not-found": Advice(
        "content folder not found", "check the name given to --content or KB_CONTENT"
    ),
    "empty-folder": Advice(
        "this folder has no content",
        "add documents/ and themes/, or documents.jsonl and passages.jsonl; kb init makes a new collection",
    ),
    "unread-folder": Advice(
        "this folder is not read", "move its files up into {folder}/, or move the folder elsewhere"
    ),
    "unread-file": Advice("this file is not read: its name does not end in .md", "rename or move it"),
    "leads-out": Advice(
        "this link leads out of the content folder and is not followed",
        "put the files themselves here, or pass their folder with --content as well",
    ),
    # the same thing twice
    "theme-defined-twice": Advice(
        "the theme “{theme}” is defined differently in {file}, line {line}",
        "give it another slug, or make the two the same",
    ),
    "duplicate-subpoint": Advice("duplicate sub-point “{subpoint}” in theme “{theme}”", "rename one of them"),
    "duplicate-document": Advice(
        "the document “{document}” is also in {file}, line {line}", "give one of them another slug"
    ),
    # what depends on a record that is left out
    "document-left-out": Advice("its document “{document}” is left out", "correct the document"),
    "theme-left-out": Advice("its theme “{theme}” is left out", "correct the theme"),
    "subpoint-left-out": Advice("its sub-point “{subpoint}” is left out", "correct the sub-point"),
    "quoted-left-out": Advice("the passage it quotes, “{address}”, is left out", "correct that passage"),
    "no-passages-left": Advice("all its passages are left out", "correct the passages"),
    "tag-left-out": Advice("kept without the tag “{tag}”, which is left out", "correct the theme"),
    "successor-left-out": Advice(
        "kept without the document that supersedes it, “{document}”, which is left out",
        "correct that document",
    ),
    "moved-to-left-out": Advice(
        "its words are now at “{address}”, which is left out", "correct that passage"
    ),
    "may-be-unread": "it may be in a record that cannot be read",
    # what is never left out
    "never-left-out": Plural(
        "--leave-out-faulty does not help with this fault. Words that must be verbatim, what was "
        "published, and settings of the whole collection are never left out; correct the fault.",
        "--leave-out-faulty does not help with these faults. Words that must be verbatim, what was "
        "published, and settings of the whole collection are never left out; correct the faults.",
    ),
    "nothing-left": "--leave-out-faulty does not help: it would leave out every passage.",
    # references
    "unknown-tag": Advice("unknown theme or sub-point “{tag}”", "correct it, or define it in themes"),
    "unknown-instrument": Advice(
        "unknown instrument “{instrument}” in “{passage}”",
        "write one of its names in instruments.yaml, or add it there",
    ),
    "similar-instrument": Advice(
        "unknown instrument “{instrument}” in “{passage}”",
        "write {meant}, if that is what you mean, or add it to instruments.yaml",
    ),
    "unknown-article": Advice(
        "“{passage}” cites {instrument}, {article}, which the registry does not list",
        "correct it, or add the article to “{id}” in instruments.yaml",
    ),
    "similar-article": Advice(
        "“{passage}” cites {instrument}, {article}, which the registry does not list",
        "write {meant}, if that is what you mean, or add the article to “{id}” in instruments.yaml",
    ),
    "unknown-quoted-passage": Advice(
        "the quoted passage “{address}” does not exist", "correct its document and id"
    ),
    "misquoted": Advice("“{address}” does not contain “{words}”", "copy the words from it exactly"),
    "unknown-successor": Advice(
        "there is no other document “{document}” to supersede this one", "give the slug of the newer document"
    ),
    # sources
    "source-outside": Advice("the source is not a file in {folder}/", "name a file in {folder}/"),
    "source-not-found": Advice("source file {folder}/{source} not found", "add it, or correct its name"),
    "source-unreadable": Advice("cannot read the source: {reason}", "check the file"),
    "source-not-regular": Advice(
        "the source is a pipe, a device or a socket, not a file", "name a text file in its place"
    ),
    "source-too-large": Advice(
        "the source is larger than {bytes:,} bytes", "divide the document, each part with a source of its own"
    ),
    "source-comparison-too-long": Advice(
        "finding its passages in the source takes too long: there are too many, or they are too similar",
        "put them in the order of the source, or divide the document",
    ),
    "more-not-verbatim": Advice("{count:,} more passages, from here on, are not verbatim", COPY),
    "source-not-utf8": Advice(
        "the source is not UTF-8 text", "provide a plain-text version, or add the file with kb add"
    ),
    "extract-damaged": Advice("{problem}", "restore it, or run kb add again"),
    "extract-without-header": Advice(
        "this extract does not begin with its extractor, source and sha256", "restore it, or run kb add again"
    ),
    "extract-beyond-pages": Advice(
        "this extract has a line of page {page}, but its source has {pages}",
        "restore it, or run kb add again",
    ),
    "extract-object": Advice(
        "this is neither a line of the source nor the spans of a passage", "restore it, or run kb add again"
    ),
    "extract-line-after-passages": Advice(
        "a line of the source comes after the passages", "restore the file, or run kb add again"
    ),
    "extract-of-other-source": Advice(
        "this extract is not of the document's source, {source}", "restore it, or run kb add again"
    ),
    "beyond-pages": Advice(
        "“{passage}” is said to be on page {page} of the source, which has {pages}", "correct its page"
    ),
    "on-other-pages": Advice(
        "“{passage}” is on page {pages} of the source",
        "correct its page and page_end, or leave both out",
    ),
    "source-changed": Advice(
        "the source's checksum is {found}, not {expected}",
        "restore the source, or enter its new checksum if it was replaced on purpose",
    ),
    "not-verbatim": Advice(
        "“{passage}” is not verbatim: it has “{ours}” where the source has “{theirs}”" + NEAREST, COPY
    ),
    "not-verbatim-missing": Advice("“{passage}” is not verbatim: “{theirs}” is missing" + NEAREST, COPY),
    "not-verbatim-added": Advice(
        "“{passage}” is not verbatim: “{ours}” is not in the source there" + NEAREST, COPY
    ),
    "not-in-source": Advice("no word of “{passage}” is in the source", "copy the passage from the source"),
}
