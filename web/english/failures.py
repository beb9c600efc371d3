"""Error pages, and values in a request that cannot be used."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    # Error pages: a heading, and what to do
    "bad-request": Advice("Invalid request", "Correct the address, or start again from the search box."),
    "not-found": Advice(
        "Page not found",
        "The address may be mistyped, or nothing was ever published there. Passages keep their addresses "
        "for good, so try searching for a few words of the passage.",
    ),
    "not-allowed": Advice(
        "Not allowed here", "These pages are read-only, apart from the one that checks quotations."
    ),
    "gone": Advice("Withdrawn", "It is no longer part of the knowledge base."),
    "too-large": Advice("Too long", "Shorten it, or send it in parts."),
    "unknown-host": Advice(
        "This site is at another address",
        "If you run this site and readers should reach it under this name as well, start it with "
        "--allow-host and the name.",
    ),
    "too-many": Advice(
        "Too many requests",
        "They came from your address, which you may share with others. Wait a little, then try again.",
    ),
    "exports-busy": Advice(
        "Too many downloads right now",
        "Nothing is wrong with your search. Wait a little, then start the download again.",
    ),
    "drawings-busy": Advice("Too many page pictures right now", "Wait a little, then reload the page."),
    "source-unavailable": Advice(
        "This source is not available right now",
        "The people who run this site can restore it; all the passages taken from it are still here.",
    ),
    "program-failed": Advice(
        "Something went wrong on our side",
        "The fault is in the program, not in your request. Try again. If it happens again, tell the people "
        "who run this site which page it was.",
    ),
    "search-unavailable": Advice(
        "Search is temporarily unavailable",
        "Nothing was searched, so this does not mean that nothing matches. Try again in a few minutes.",
    ),
    "cluster-unavailable": Advice(
        "Search is unavailable",
        "Nothing was searched, so this does not mean that nothing matches. You can still read and cite "
        "what was opened here recently, and see the lists of themes, documents and instruments. Try again "
        "in a moment.",
    ),
    "too-much-work": Advice(
        "This takes more work than one request is allowed",
        "Nothing was answered, so this does not mean that nothing matches. Ask for less: fewer words, fewer "
        "* and ?, a single theme or document.",
    ),
    "other-failure": Advice("Something went wrong", "Go back, or start again from the search box."),
    # What was not found
    "no-unapi-format": "There is no record in this format. Use one of: {formats}.",
    "no-instrument-here": "There is no instrument at this address.",
    "no-theme-here": "There is no theme at this address.",
    "no-document-here": "There is no document at this address.",
    "no-source-here": "There is no source file at this address.",
    "no-source-page-here": "There is no page of a source at this address.",
    "words-not-here": Advice(
        "this passage does not have the words “{words}”", "copy the words exactly as the passage has them"
    ),
    "no-selection": Advice(
        "it is unclear which words are meant",
        "give either words, or from and to: the characters before each end",
    ),
    "selection-too-long": Advice(
        "{count:,} characters were given; the limit is {limit:,}",
        "give from and to in place of words",
    ),
    "several-not-compared": "This names several passages. Choose one of them to compare.",
    "whole-not-compared": "This is the whole of “{title}”. Name one of its passages, such as {example}.",
    "address-not-compared": "This address does not lead to a passage of this site. Open the passage and copy "
    "its address from there.",
    "no-passage-here": "There is no passage at this address.",
    "gone-passage": "This passage was withdrawn.",
    "gone-document": "This document is no longer part of the knowledge base.",
    "left-out-passage": "This passage is left out at present.",
    "left-out-in-text": (
        "{address} is left out at present, not withdrawn: something is wrong with its record. Try again "
        "later. Reason: {reason}. Fingerprint of its words: sha256:{fingerprint}"
    ),
    "record-at-line": "{file}, line {line}",
    "reason-and-root": "{reason}: {root}",
    "no-documents-page": Plural(
        "The list of documents has {count} page.", "The list of documents has {count:,} pages."
    ),
    "no-matrix-page": Plural("This table has {count} page.", "This table has {count:,} pages."),
    # What a request may ask
    "bad-host": "The {header} header of the request is not valid.",
    "ask-again": Plural("Ask again in {count} second.", "Ask again in {count:,} seconds."),
    "exports-under-way": Plural(
        "Another download is being prepared, and only one can be prepared at a time.",
        "{count} downloads are being prepared, the most that can be prepared at a time.",
    ),
    "drawings-under-way": Plural(
        "Another page is being drawn, and only one can be drawn at a time. Reload this one in a moment",
        "{count} pages are being drawn, the most that can be drawn at a time. Reload this one in a moment",
    ),
    "site-elsewhere": "This site is at {base_url}.",
    "site-here-only": (
        "This server answers only on the computer it runs on, as localhost. To let others reach it, give its "
        "base URL with --site."
    ),
    "not-a-form": "Send the text as {mimetype}, as the form on this page does.",
    "not-a-fingerprint": Advice("“{value}” is not a fingerprint: {reason}", "copy it from the citation"),
    "completion-too-long": Advice(
        "only the first {limit} characters can be completed, and these are {length:,}", "shorten it"
    ),
    "not-a-passage-id": Advice("“{value}” is not a passage id", "leave it out to see the whole document"),
    "too-many-filters": Advice("{length} values are selected; the limit is {limit}", "choose fewer"),
    "not-a-number": Advice("“{value}” is not a valid number", "leave it out"),
    "unknown-format": Advice("unknown format “{value}”", "use one of: {choices}"),
    "unknown-choice": Advice("“{value}” is not a valid choice", "write {other}, or leave it out"),
    "unknown-value": Advice("“{value}” is not a valid value", "write one of: {choices}"),
    "theme-not-in-table": Advice(
        "“{value}” is not a theme in this table", "choose one from the column headings"
    ),
    "citation-too-long": Advice(
        "a citation can have at most {limit:,} characters, and this one has {length:,}", "shorten it"
    ),
    # The server's own answers
    "not-http": Advice(
        "this is not a request that a web server understands", "use a browser or an HTTP library"
    ),
    "request-too-slow": Advice("the request did not arrive in time", "try again"),
    "address-too-long": Advice("the address is too long", "shorten the search or the brief"),
    "headers-too-long": Advice("the headers of the request are too long", "delete the cookies of this site"),
    "answer-failed": Advice("something went wrong on our side", "try again"),
    "export-queue-full": Advice(
        "other downloads are being prepared, and yours had to wait too long", "start it again in a moment"
    ),
    "server-busy": Advice("this site is too busy to answer right now", "try again in a moment"),
    "other-http-version": Advice("only HTTP/1.0 and HTTP/1.1 are understood", "use one of these"),
    # The server
    "worker-died": "Worker {place} ended (exit code {exit}). It will be restarted in {seconds} s.",
    "index-unusable": "the index cannot be searched: {reason}",
    "port-unusable": Advice(
        "{host}:{port} cannot be used ({reason})",
        "stop the program that is using it, or choose another --port",
    ),
}
