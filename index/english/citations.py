"""Citations resolved to passages, and the passages that a text refers to."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

ENGLISH: MessageCatalogue = {
    # Why a citation means a passage
    "address-given": "its address is given",
    "former-address-given": "its address was {former}",
    "fingerprint-given": "its fingerprint is given",
    "earlier-fingerprint-given": "the fingerprint matches an earlier version of it",
    "passage-withdrawn": "it was withdrawn",
    "passage-withdrawn-on": "it was withdrawn on {date}",
    "passage-left-out": "it is left out at present, not withdrawn",
    "title-given": "its whole title is given",
    "document-has-all-words": "all the words describe this document",
    "document-has-some-words": "some of the words describe it",
    "same-as-term": "“{term}” means the same",
    "at-place": "it is {place}",
    "at-paragraph": "it is paragraph {value}",
    "at-page": "it is on page {value}",
    "at-article": "it is article {value}",
    "at-section": "it is section {value}",
    "at-chapter": "it is chapter {value}",
    "at-part": "it is part {value}",
    "only-passage": "it is the only passage",
    "no-such-place": "it has no such place",
    "place-not-given": "no place in it is given",
    # What there is to say about a citation
    "fingerprint-not-found": "No passage with the fingerprint {fingerprints} was found.",
    "fingerprint-not-searched-everywhere": (
        "No passage with the fingerprint {fingerprints} was found. To search one document for it, "
        "name the document too."
    ),
    "no-such-passage": "There is no passage {address}.",
    "no-document-named-so": (
        "No document of that name was found. Give some words of its title and a place, "
        "such as para 5 or article 16."
    ),
    "several-passages-fit": "More than one passage fits. Choose one, or give more of the document’s title.",
    "passage-not-found-in-document": (
        "A document was found, but not the passage. Give a place in it, such as para 5 or article 16."
    ),
    # kb cite and kb resolve
    "cite-withdrawn": "{address} was withdrawn; the fingerprint of its words was sha256:{fingerprint}",
    "cite-withdrawn-on": (
        "{address} was withdrawn on {date}; the fingerprint of its words was sha256:{fingerprint}"
    ),
    "cite-left-out": Advice(
        "{address} is left out at present, not withdrawn; the fingerprint of its words is "
        "sha256:{fingerprint}",
        "see left-out.jsonl beside the index for the reason",
    ),
    "cite-moved": Advice("{address} has moved", "run kb cite {to}"),
    "cite-unknown": Advice(
        "there is no passage {address}", "copy its address from kb search: DOCUMENT/PASSAGE"
    ),
    "cite-unknown-document": Advice(
        "there is no document {document}", "copy its name from kb search: DOCUMENT/PASSAGE"
    ),
    "cite-document-gone": "{document} is no longer part of the knowledge base",
    "cite-document-left-out": Advice(
        "{document} is left out at present, not withdrawn",
        "see left-out.jsonl beside the index for the reason",
    ),
    "nothing-resolved": "no passage was found for this citation",
    # What became of a passage that a text refers to
    "reference-withdrawn": "no longer part of the collection",
    "reference-withdrawn-on": "on {date}, no longer part of the collection",
    "reference-left-out": (
        "its record has a fault; it was not withdrawn, and the fingerprint of its words is "
        "sha256:{fingerprint}"
    ),
    "document-status": "its document is {status}",
    "reference-moved": "these words are now at {address}",
    "no-passage-in-document": "the document has no such passage",
    "no-such-document": "there is no such document",
    "cited-never-published": "cited as sha256:{cited}, never published here, now sha256:{now}",
    "cited-since-changed": "cited as sha256:{cited}, published on {published}, now sha256:{now}: {changes}",
    "cited-since-changed-on": (
        "cited as sha256:{cited}, published on {published}, changed on {changed}, now sha256:{now}: {changes}"
    ),
}
