"""Why a search lists a passage: fields, ways to match, and the parts of a score."""

from __future__ import annotations

from kb.messages import MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    # Where a word was found
    "field-text": "in the text",
    "field-heading": "in the heading",
    "field-locator": "in the locator",
    "field-subpoint": "in a sub-point title",
    "field-title": "in the document title",
    # How a word came to match
    "match-typed": "as typed",
    "match-form": "another form of the word",
    "match-spelling": "another spelling",
    "match-part": "part of a compound",
    "match-run": "part of what was typed",
    "match-joined": "written as one word or as several",
    "match-apart": "with other words in between",
    "match-related": "a related term",
    "match-pattern": "a word that fits the pattern",
    "matched-form": Plural("{match}, {field}", "{match}, {field}, {count:,} times"),
    # The parts of a score, and what each means
    "score-words": "the words",
    "score-exact": "exact form",
    "score-heading": "heading",
    "score-title": "document title",
    "score-related": "related terms",
    "score-near": "proximity",
    "score-feedback": "similarity to the best matches",
    "score-chosen": "filters",
    "score-words-meaning": "Higher for rare words, for words repeated here, and for short passages.",
    "score-exact-meaning": "Words in exactly the form or spelling you typed.",
    "score-heading-meaning": "Words in the heading, the locator or a sub-point title.",
    "score-title-meaning": "Words in the title of the document.",
    "score-related-meaning": "Thesaurus terms related to your words; they count for less.",
    "score-near-meaning": "Words close together, in the order you typed them.",
    "score-feedback-meaning": "This passage uses the same vocabulary as the passages that match best.",
    "score-chosen-meaning": "A filter in the query adds the same to every passage.",
    # Whether the passage is listed
    "matched-all": "It has everything you searched for.",
    "matched-some": "It has some of the words. Passages with all of them come first, whatever their score.",
    "matched-none": "It does not match this search.",
}
