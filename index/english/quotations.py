"""Quotations checked against the collection, on the site and in the terminal."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    # A text and its quotations
    "only-quotations-checked": (
        "Only what is in quotation marks, or in lines that start with >, was checked."
    ),
    "too-many-quotations": (
        "Only the first {checked:,} of {count:,} quotations were checked; paste the rest separately."
    ),
    "nearest-not-shown": "With more than {limit} quotations, the nearest passages are not shown.",
    "text-too-long": Advice(
        "a text can have at most {limit:,} characters, and this one has {count:,}", "paste it in parts"
    ),
    "check-cut-short": (
        "The check was cut short, because it takes more work than one request is allowed: what is marked as "
        "not checked was not compared with anything. Check the rest of the text separately."
    ),
    "locators-between": "{first} to {last}",
    # kb quote
    "quotation-without-words": "not found: there are no words to check",
    "also-in": "also in: {addresses}",
    "further-passages": Plural(
        "and {count} more passage has these words but was not compared character by character",
        "and {count:,} more passages have these words but were not compared character by character",
    ),
    "nearest-passage": "nearest: {place}",
    "quotation-differs": "differs: {marked}",
    "source-text": "source text: {text}",
    "citation-of-place": "cite: {citation}",
    "left-out": "left out at {mark}: {text}",
    "marks-left-out": "note marks, bullets or numbers left out: {marks}",
    "own-bullets": "bullets that are not in the source: {marks}",
    "negation-left-out": Plural(
        "WARNING: “{words}” is left out, which can reverse the meaning",
        "WARNING: “{words}” are left out, which can reverse the meaning",
    ),
    "negation-before": (
        "WARNING: in the source “{words}” comes just before these words, which can reverse the meaning"
    ),
    "negation-behind": ("WARNING: the source goes on with “{words}”, which can limit or reverse the meaning"),
    "in-brackets": "in brackets: {quoted}",
    "in-brackets-for": "in brackets: {quoted}, replacing “{text}”",
    # kb verify
    "count-quotations": Plural("{count} quotation", "{count:,} quotations"),
    "count-references": Plural("{count} reference", "{count:,} references"),
    "verified": "{quotations}, {references}: {tally}",
    "count-warnings": Plural("{count} WARNING", "{count:,} WARNINGS"),
    "nothing-read": "nothing",
    "manuscript-read": "Read: {parts}",
    "manuscript-unread": "Not read: {parts}",
    "manuscript-part-skipped": Advice(
        "{part} was not read and may hold quotations", "check it as a file of its own"
    ),
    "manuscript-without-quotations": Advice(
        "found no quotation and no reference",
        "make sure that this is the right file and that its quotations are in quotation marks",
    ),
    "misattributed": "cited wrongly: “{text}” is in {addresses}, not in {cited}",
    "single-words": "Single words in quotation marks, not found and not counted: {words}",
    "titles-in-marks": "Titles of documents referred to, not counted as quotations: {titles}",
    "indented-paragraphs": (
        "Indented like block quotations, not found and not counted: {places}. "
        "If they are quotations, give them a style such as Quote"
    ),
    "quoted-from": "in {addresses}",
    "quoted-from-several": "in {addresses} and {count:,} more",
    "words-reordered": "the source has the same words in another order",
    "words-out-of-order": "moved “{text}”",
    "words-missing": "missing “{text}”",
    "quoted-passage-left-out": (
        "Words quoted here were published in {address}, which is left out at present, not withdrawn."
    ),
}
