"""Queries, requests and hits: how a query was understood, what a request may ask, why a hit was found."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    # How a query was understood
    "unclosed-parenthesis": "A “(” has no matching “)”; the query was read as if it ended with one.",
    "unopened-parenthesis": "A “)” has no matching “(” and was ignored.",
    "parentheses-too-deep": "Parentheses can be nested {limit} deep; deeper ones were ignored.",
    "unclosed-quotation-mark": "A quotation mark was never closed, so its words were searched one by one.",
    "operator-without-left": "“{operator}” has nothing before it, so it was searched as a word.",
    "operator-without-right": "“{operator}” has nothing after it, so it was searched as a word.",
    "filter-without-value": "“{filter}:” has no value right after it, so it was searched as a word.",
    "unknown-filter": "There is no filter called “{filter}”, so it was searched as a word.",
    "bad-filter-year": "“{text}” was searched as words: write a year as 2015 or 2010..2015.",
    "unknown-filter-value": "There is no {facet} “{value}”.",
    "filter-value-near": "There is no {facet} “{value}”. Similar: {near}",
    "phrase-gap-too-wide": "The words of a phrase can have up to {limit} other words between them.",
    "phrase-star": "Inside quotation marks, * has no special meaning.",
    "pattern-not-one-word": "“{text}” was searched as it is: *, ? and ~ work on single words only.",
    "too-many-patterns": "Only {limit} words can have *, ? or ~; the rest were searched as they are.",
    "pattern-too-broad": (
        "“{pattern}” matches {count:,} words; only the {limit:,} most common were searched. "
        "Type more letters to narrow it."
    ),
    "search-cut-short": (
        "The search was cut short, because it takes more work than one request is allowed: there may be more "
        "passages than are shown and counted. Use fewer words, type more letters before *, or choose a theme."
    ),
    "query-without-words": "There is nothing to search for in this query, so every passage is shown.",
    # Advice on a search
    "query-of-any-words": (
        "Your query has more than {limit} words, so passages with any of them are shown, best match first."
    ),
    "terms-differ": Plural(
        "These are different things: {term} and {others}. A search for one does not find the other.",
        "These are different things: {term}, {others}. A search for one does not find the others.",
    ),
    "words-set-aside": "These words of your question need not appear: {words}.",
    "query-corrected": "No results for “{typed}”; showing results for “{meant}” instead.",
    "provision": "Provision cited:",
    # How much was found
    "found": "{passages} in {documents}",
    "found-and-notes": "{found}, {notes}",
    "passages-and-notes": "{passages} and {notes}",
    "found-all-and-some": "{every} with all the words, {some} with some",
    "found-only-some": Plural(
        "No passage has all the words; {some} has some of them",
        "No passage has all the words; {some} have some of them",
    ),
    "found-in": "{found}, in {documents}",
    "found-nothing": "No passages found",
    "found-at-least": "At least {found}: the search was cut short",
    "found-cut-short": "The search was cut short before it found anything",
    # Why a hit was found
    "found-by-heading": "the heading says “{text}”",
    "found-by-locator": "the locator says “{text}”",
    "found-by-subpoint": "it belongs to the sub-point “{text}”",
    "found-by-title": "the document’s title is “{text}”",
    # What a request may ask
    "query-too-long": Advice(
        "a query can have at most {limit:,} characters, and this one has {count:,}", "shorten it"
    ),
    "unknown-sort": Advice("unknown sort order “{value}”", "choose {choices}"),
    "page-out-of-range": "pages are numbered from 1 to {limit:,}",
    "bad-page-size": Advice("cannot show {value} passages per page", "choose {choices}"),
    "not-a-theme": Advice(
        "“{value}” is not a theme", "write its slug, such as extradition, or theme/sub-point"
    ),
    "not-a-document-id": Advice(
        "“{value}” is not a document id", "use letters, digits, dots, hyphens and underscores"
    ),
    "not-a-kind": "“{value}” is not a kind of document",
    "not-a-language": Advice(
        "“{value}” is not a language tag", "write one, such as en, th or zh-Hant (BCP 47), or und for none"
    ),
    "not-a-year": Advice("“{value}” is not a year", "write 2015, 2010..2015, 2010.. or undated"),
    "unknown-matrix-theme": Advice(
        "“{value}” is not a theme of this collection", "choose one from the table of all themes"
    ),
    # Years as facet values
    "years-between": "{first} to {last}",
    "years-from": "from {first}",
    "years-until": "until {last}",
    "years-undated": "Undated",
    "language-unknown": "Language not given",
    "supplied-title": "{title} [title supplied]",
}
