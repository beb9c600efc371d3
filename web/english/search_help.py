"""The help page: its sections, and what each example shows."""

from __future__ import annotations

from kb.messages import MessageCatalogue

ENGLISH: MessageCatalogue = {
    # Words
    "help-words": "Words",
    "help-words-introduction": (
        "Type a few words in any order. Passages with all of them come first. If these do not fill a page, "
        "passages with some of the words follow under a heading of their own, best first, and are counted "
        "separately. Capital letters and accents make no difference. A search of more than six words finds "
        "passages with any of them, best first, so you can paste a whole question. In Chinese, Japanese, "
        "Thai, Lao, Khmer and Burmese, type words with or without spaces between them."
    ),
    "help-all-words": "all of the words, then some of them",
    "help-any-form": "any form of the word, such as its plural or its noun",
    "help-spellings": "British and American spellings alike",
    "help-ignored-words": "words such as “the”, “of” and “which” are ignored",
    "help-hyphenated": "hyphenated words, however they are written",
    "help-question": "words that only frame a question, such as “happens”, need not be there",
    "help-long-question": "any of the words in a long question",
    # Related terms
    "help-related": "Related terms",
    "help-related-introduction": (
        "The thesaurus, a list of terms used in the field, relates some words to others. Related terms are "
        "searched too. They count for less than the words you typed and are listed beside the results after"
        " “Also searched”. You can switch them off there; the address of the search keeps your choice "
        "(expand=off). Abbreviations such as MLA must be in capitals. Nothing is added inside quotation "
        "marks. Terms that are easily confused are never searched for one another, and the page tells you "
        "which they are."
    ),
    "help-aftercare-related": "also reintegration, recovery and rehabilitation",
    "help-aftercare-alone": "only your word, with related terms switched off",
    "help-aftercare-exact": "only your word, in exactly this form",
    "help-abbreviation": "an abbreviation: also “mutual legal assistance”",
    "help-lower-case": "in lower case, an ordinary word",
    # Phrases
    "help-phrases": "Phrases",
    "help-phrases-introduction": (
        "Quotation marks of any kind keep words together, in the same order and exactly as written, small "
        "words included."
    ),
    "help-side-by-side": "these words side by side",
    "help-near": "in this order, with up to four words between them",
    # Combining words
    "help-combining": "Combining words",
    "help-combining-introduction": (
        "Write AND, OR and NOT in capital letters. They are followed strictly: passages with only some of "
        "the words are not added. AND takes precedence over OR."
    ),
    "help-both": "both words",
    "help-either": "either word, or both",
    "help-without": "the first word without the second",
    "help-without-short": "the same, for short",
    "help-brackets": "brackets group what belongs together",
    # Parts of words
    "help-parts": "Parts of words",
    "help-parts-introduction": "For when you know only part of a word, or are unsure of its spelling.",
    "help-beginning": "words that begin this way",
    "help-wildcards": "? stands for one letter, * for any number",
    "help-similar": "words with a similar spelling",
    # References
    "help-references": "References",
    "help-references-introduction": (
        "Numbers and single letters count as words, and punctuation between them keeps them together. Write"
        " a reference the way the document does."
    ),
    "help-word-and-number": "a word and a number",
    "help-instrument": "an article of a treaty, with a link to all that mentions it",
    "help-paragraph": "a paragraph of an article",
    "help-symbol": "a document symbol",
    "help-absent-symbol": "another symbol, which may not be in this collection",
    "help-ranges": "ranges of days, years or pages, such as 2015-17",
    # Filters in the search box
    "help-filters": "Filters in the search box",
    "help-filters-introduction": (
        "You can also type the filters that you would tick beside the results. If the collection has "
        "documents from more than five years, you can choose years from the bars above the results too."
    ),
    "help-on-theme": "everything on one theme, named as in its address",
    "help-of-kind": "only documents of one kind",
    "help-in-document": "only one document",
    "help-in-language": "only documents in one language, by its name or its tag",
    "help-of-year": "only documents from one year",
    "help-years": "a range of years, both ends included; 2010.. means from 2010 on",
    # Misspellings
    "help-misspellings": "Misspellings",
    "help-misspellings-introduction": (
        "If no passage has your words and a single typing error would explain it, the corrected word is "
        "searched instead, and the page says so. Otherwise the page asks whether you meant another word. "
        "This also works where words are written without spaces."
    ),
    "help-corrected": "nothing as typed; “extradition” is searched instead",
}
