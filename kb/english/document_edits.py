"""Edits of a document at the editor's desk: what was done, and why something cannot be."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

ENGLISH: MessageCatalogue = {
    # What was done
    "edit-merged": "Merged {id} with the passage after it",
    "edit-split": "Split {id}",
    "edit-dropped": "Dropped {id}",
    "edit-brought-back": "Brought back {id}",
    "edit-changed": "Changed {id}",
    "edit-ocr": "Marked the words read by OCR as checked",
    "edit-pair": "Decided whether {new} is {old}",
    "edit-suggestions": "Accepted or rejected suggested themes of {id}",
    "edit-fields": "Changed the details of the document",
    "edit-elsewhere": "A change made outside the desk",
    "edit-first-seen": "The document as the desk first saw it",
    # Why something cannot be done
    "edit-nothing-behind": Advice("no passage comes after this one", "merge it with the one before instead"),
    "edit-heading-and-text": Advice(
        "a heading and a passage cannot be merged", "give both the same unit first, then merge them"
    ),
    "edit-words-between": Advice("the source has other words between the two passages", "keep them apart"),
    "edit-no-place-to-split": Advice("a passage can only be split between two words", "choose another place"),
    "edit-words-not-in-source": Advice(
        "the words of this passage are not in the source", "correct them in the file, then split it"
    ),
    "edit-last-passage": Advice("a document needs at least one passage", "keep this one"),
    "edit-unknown-unit": Advice("there is no such unit", "choose one from the list"),
    "edit-bad-locator": Advice("a locator has at most {characters} characters, on one line", "shorten it"),
    "edit-bad-theme": Advice("there is no such theme", "choose themes from the list"),
    "edit-file-has-faults": Advice(
        "the file has faults, so it cannot be edited here", "correct them in the file first"
    ),
    "edit-no-passage": Advice("there is no passage {id} any more", "reload the page"),
    "edit-nothing-to-bring-back": Advice(
        "the source no longer says where this passage belongs", "add it to the file itself"
    ),
    "edit-no-pair": Advice("this pair of passages is not in the draft", "reload the page"),
    "edit-not-suggested": Advice("this theme is not suggested for the passage", "reload the page"),
    "edit-bad-field": Advice("{problem}", "{remedy}"),
    "edit-not-dropped": Advice("{id} is in the document already", "reload the page"),
    "edit-no-such-step": Advice("there is nothing more to undo or redo", "reload the page"),
    "edit-not-readable": Advice(
        "the file could not be read back after this change, so nothing was written",
        "make the change in the file itself",
    ),
}
