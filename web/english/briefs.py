"""A reader's brief: how it is grouped, what was left out, its files."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

ENGLISH: MessageCatalogue = {
    "unknown-change": Advice("“{value}” is not a change that can be made to this brief", "leave it out"),
    "nothing-to-download": Advice(
        "none of the passages in this brief is available, so there is nothing to download", "add some"
    ),
    "brief-shows-too-much": "a brief shows at most {limit} passages, counting every passage of a span",
    "not-added": "Not added: {address}. {reason}",
    "untitled-brief": "Brief",
    "not-grouped": "None",
    "new-heading": "New heading",
    "fingerprints-in-annex": "In an annex",
    "fingerprints-left-out": "Left out",
    "group-without-theme": "No theme",
    "unverified-forms": "Unverified: the formats for these kinds of sources have not been checked against "
    "that edition of the guide: {kinds}. Check them before you rely on them.",
    # Missing passages, as the files of a brief mention them
    "omitted-unknown": "Omitted: {address} (no such passage).",
    "omitted-withdrawn": "Omitted: {address} (withdrawn, fingerprint {fingerprint}).",
    "omitted-withdrawn-on": "Omitted: {address} (withdrawn on {date}, fingerprint {fingerprint}).",
    "omitted-left-out": "Omitted: {address} (left out at present, fingerprint {fingerprint}).",
    "fingerprint-of-part": "{fingerprint} of {address}",
    "omitted-for-reason": "Omitted: {address} ({reason}).",
    "omitted-with-note": "{omitted} Reader’s note: {note}",
    # Files
    "file-word": "Word (DOCX)",
    "file-print": "Print version",
    "file-markdown": "Markdown",
    "file-ris": "RIS",
    "file-bibtex": "BibTeX",
    "file-csl-json": "CSL-JSON",
}
