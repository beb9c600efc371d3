"""Files that people edit: documents, passages, themes and their notes, the thesaurus."""

from __future__ import annotations

from kb.english.files import ID_FORM
from kb.messages import Advice, MessageCatalogue, Plural

TABLE_FORM = "| Instrument | Article | Heading |"

ENGLISH: MessageCatalogue = {
    # documents
    "no-passages": Advice("the document has no passages", "write its text below the front matter"),
    "id-for-slug": Advice("a document's id is called “slug” here", "rename “id” to “slug”"),
    "bad-slug": Advice("“{slug}” is not a valid slug", ID_FORM),
    "bad-former-slug": Advice("“{slug}” is not a valid former slug", "give a slug the document had before"),
    "reserved-kind": Advice("the kind “{kind}” is reserved for this site's own words", "choose another kind"),
    "bad-name": Advice(
        "“{key}” has something that is not a name",
        "write Family, Given in quotation marks, or {{family: ..., given: ...}}, or {{literal: ...}}",
    ),
    "bad-checksum": Advice(
        "this is not a SHA-256 checksum", "give its 64 hexadecimal characters (0 to 9, a to f)"
    ),
    "no-checksum": Advice("the source has no checksum", "add a line “sha256: ...” with the file's checksum"),
    "unknown-ocr-state": Advice("unknown OCR state “{state}”", "use one of these: {known}"),
    "unknown-status": Advice("unknown status “{status}”", "use one of: {known}"),
    "no-successor": Advice("a superseded document must name its successor", "add “superseded_by: ...”"),
    "not-superseded": Advice(
        "only a superseded document has “superseded_by”",
        "add “status: superseded”, or remove “superseded_by”",
    ),
    "unknown-supplied-field": Advice("a document has no field “{field}”", "use only these: {known}"),
    # dates
    "bad-date": Advice(
        "“{date}” is not a date", "write it as 2015, 2015-03, 2015-03-25, 201X or 2015-03-25/2015-03-26"
    ),
    "no-such-date": Advice(
        "“{date}” names a day or month that does not exist",
        "write it as 2015, 2015-03, 2015-03-25, 201X or 2015-03-25/2015-03-26",
    ),
    "date-ends-first": Advice("“{date}” ends before it begins", "put the earlier date first"),
    # languages
    "bad-language": Advice("“{language}” is not a language tag", "write {tag}"),
    "several-languages": Advice(
        "“{language}” names several languages",
        "write the main one, {tag} for example, or mul for several of equal weight",
    ),
    "unknown-language": Advice(
        "“{language}” is not a language tag", "write one, such as en, th or zh-Hant (BCP 47)"
    ),
    # passages
    "passage-without-id": Advice("this passage has no id", "put {{: #p1 }} directly below it, with a new id"),
    "heading-too-long": Advice("this heading is longer than {characters:,} characters", "shorten it"),
    "stray-attribute-list": Advice(
        "this attribute list has no text above it", "put it directly below its passage"
    ),
    "empty-passage": Advice("passage “{id}” is empty", "write its text, or delete it"),
    "bad-page": Advice(
        "“{key}” is “{value}”, which is not a page number", "write the number of the page, counted from 1"
    ),
    "page-end-first": Advice(
        "“page_end” is {value}, which is before the first page", "give “page” too, and the later page last"
    ),
    "unknown-unit": Advice("unknown unit “{unit}”", "use one of: {known}"),
    "other-unit-of-heading": Advice(
        "a heading line is a passage of the unit “heading”, not “{unit}”",
        "write the words as a paragraph, or remove the unit",
    ),
    "bad-tag": Advice("“{tag}” is not a theme or sub-point", "write theme or theme/sub-point"),
    "terms-of-unknown-theme": Advice(
        "there are terms for “{value}”, which is not a theme or sub-point", "correct it, or remove the terms"
    ),
    "terms-of-unknown-language": Advice(
        "“{language}” is not the tag of a language", "write one such as en or fr, or list the terms alone"
    ),
    "suggestions-waiting": Advice(
        Plural("one passage has suggested themes", "{count:,} passages have suggested themes"),
        "rename “suggested” to “themes” to accept them, or delete them",
    ),
    "bad-former-id": Advice("“{id}” is not a valid former id", "write id or document/id"),
    # themes
    "bad-order": Advice("“{order}” is not a whole number", "write the theme's position, such as 3"),
    "section-without-id": Advice(
        "this section has no id", "write {{: #slug }} after its heading, with the sub-point's slug"
    ),
    "section-without-title": Advice("this section has no title", "write the sub-point's title after ##"),
    "incomplete-quotation": Advice(
        "the quotation is incomplete", 'write passage="document/passage" words="the words quoted"'
    ),
    # notes
    "empty-note": Advice("“{title}” has no text", "write its note"),
    "note-too-long": Advice(
        "the note is longer than {characters:,} characters, or has more than {brackets} of [ and <",
        "shorten it",
    ),
    "too-many-provisions": Advice("the table has more than {count:,} provisions", "divide the sub-point"),
    "too-many-sections": Advice(
        "the theme has more than {count:,} sub-points; the rest is not read", "divide it into several themes"
    ),
    "note-too-deep": Advice("the note is nested too deeply", "remove some of its > or * characters"),
    "heading-in-note": Advice(
        "a note has no headings of its own",
        "begin a sub-point with ## and a space, and write everything else as paragraphs",
    ),
    "image-in-note": Advice("a note cannot show images", "describe the image in words"),
    "html-in-note": Advice("<{tag}> is not allowed in a note", "remove it, or write &lt; for a literal <"),
    "instruction-in-note": Advice("HTML instructions ({sign}...) are not allowed in a note", "remove it"),
    "dead-link": Advice(
        "the link to “{target}” will not work on the page",
        "link to https://... or to an address on this site that begins with /",
    ),
    "hidden-line": Advice(
        "a line that begins with “[...]:” is not shown on the page",
        "write a link as [words](address), or use a character other than : after the ]",
    ),
    # provisions
    "bad-provision-table": Advice(
        "this is not a table of provisions", f"begin it with “{TABLE_FORM}” and “| --- | --- | --- |”"
    ),
    "incomplete-provision": Advice("a provision needs three cells", f"fill in “{TABLE_FORM}”"),
    "text-after-table": Advice("there is text after the table", "move the table to the end of the section"),
    # instruments
    "expected-instrument": Advice(
        "“{id}” has no entries of its own", "write below it “title: ...” and the other facts, indented"
    ),
    "expected-articles": Advice("expected articles", "write each as “16: its heading”"),
    "bad-instrument-id": Advice("“{id}” is not a valid id of an instrument", ID_FORM),
    "instrument-without-title": Advice("“{id}” has no title", "add “title: ...”, the full title"),
    "bad-instrument-address": Advice(
        "“{url}” is not a web address", "write the official address, from https:// on, or leave it out"
    ),
    "too-many-instruments": Advice(
        "there are more than {count:,} instruments; none is read", "divide them among several folders"
    ),
    "too-many-in-instrument": Advice(
        "an instrument has at most {names:,} names and {articles:,} articles",
        "remove those that no note cites",
    ),
    "value-too-long": Advice("“{key}” is longer than {characters:,} characters", "shorten it"),
    "duplicate-article": Advice("the article “{number}” is listed twice", "keep one of them"),
    "name-of-two-instruments": Advice(
        "“{name}” is the name of “{id}” and of “{other}”", "remove it from one of them"
    ),
    # the site file
    "unknown-engine": Advice("unknown engine “{value}”", "write {choices}"),
    "unknown-notes-order": Advice("unknown order of notes “{value}”", "write {choices}"),
    "site-secret": Advice(
        "“{key}” looks like a password, token or key",
        "remove it, and replace it where it is used: everyone with the content can read this file",
    ),
    "bad-contact": Advice(
        "“{value}” is neither an e-mail address nor a web address",
        "write one such as help@example.org or https://example.org/contact",
    ),
    "bad-mail": Advice("“{value}” is not an e-mail address", "write one such as help@example.org"),
    "bad-web-page": Advice("“{value}” is not a web address", "begin it with https://"),
    "help-without-text": Advice(
        "the help panel has no text", "say in “text” where a person in need can turn"
    ),
    "site-list-too-long": Advice("“{key}” has more than {limit} values", "keep those that matter most"),
    "site-title-too-long": Advice(
        "the title has {length:,} characters, at most {limit} are allowed", "shorten it"
    ),
    "site-text-too-long": Advice(
        "“{key}” has {length:,} characters, at most {limit:,} are allowed", "shorten it"
    ),
    # the thesaurus
    "expected-term": Advice("expected a term", "write one word or phrase"),
    "expected-list": Advice("expected a list", "begin each item with a dash, or use [ and ]"),
    "expected-entries": Advice("expected entries", "write each as “term: value”"),
    "duplicate-term": Advice("duplicate term in a list", "keep only one"),
    "small-group": Advice("a group needs at least two terms", "add one, or remove the group"),
    "term-in-two-groups": Advice("“{term}” is in two groups", "merge the groups, or remove it from one"),
    "acronym-not-capitals": Advice("the acronym “{acronym}” is not in capitals", "write it in capitals"),
    "term-finds-itself": Advice("“{term}” is in its own list", "remove it from there"),
    "bad-pair": Advice(
        "a pair never to be conflated needs two terms", "write [term, term], or give term, other and reason"
    ),
    "definition-too-long": Advice(
        "this has {length:,} characters, at most {limit} are allowed", "say it in one or two sentences"
    ),
    "defined-twice": Advice(
        "“{term}” is defined twice, the first time as “{other}”",
        "keep one definition for terms that mean the same",
    ),
    "conflated-pair": Advice(
        "“{first}” and “{second}” must never be conflated, yet count as the same",
        "remove one of them from “same” or “acronyms”",
    ),
}
