"""Names of choices on the pages: filters, sort orders, verdicts."""

from __future__ import annotations

from kb.messages import MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    # Filters
    "facet-theme": "Theme",
    "facet-document": "Document",
    "facet-kind": "Kind",
    "facet-year": "Year",
    "facet-language": "Language",
    "kind-note": "Editorial note",
    "notes-document": "Notes: {title}",
    "filter-chip": "{facet}: {value}",
    "filter-all-themes": "Themes: all selected",
    "filter-hidden": "Including: superseded and withdrawn documents",
    # Notes among the results
    "notes-by-this-site": "Notes by this site ({count:,})",
    "more-notes-by-this-site": "More notes by this site",
    "show-all-notes": Plural("Show the note", "Show all {count:,} notes"),
    # What is offered while a reader types
    "completions-themes": "Themes",
    "completions-documents": "Documents",
    "completions-phrases": "Phrases",
    "completions-passages": "Passages",
    "completions-offered": Plural(
        "{count} suggestion. Use the arrow keys to choose.",
        "{count} suggestions. Use the arrow keys to choose.",
    ),
    "completion-passages": Plural("{count:,} passage", "{count:,} passages"),
    "completion-subpoint": "sub-point, {passages}",
    "completion-via": "for “{via}”, {passages}",
    # Sort orders
    "sort-relevance": "Best match",
    "sort-listed": "As listed",
    "sort-title": "By title",
    "sort-newest": "Newest first",
    "sort-oldest": "Oldest first",
    "sort-document": "Document order",
    "sort-passages": "Most passages first",
    # Verdicts on quotations
    "verdict-verbatim": "Verbatim",
    "verdict-nearly": "Nearly verbatim",
    "verdict-not-found": "Not found",
    "count-verbatim": "{count:,} verbatim",
    "count-nearly": "{count:,} nearly verbatim",
    "verdict-not-checked": "Not checked",
    "count-not-checked": "{count:,} not checked",
    "count-not-found": "{count:,} not found",
    # What a document is, and what this site supplied
    "status-current": "Current",
    "status-superseded": "Superseded",
    "status-withdrawn": "Withdrawn",
    "supplied-fields": "{fields} supplied by this site",
    "supplied-title-of-document": "title",
    "supplied-kind": "kind",
    "supplied-date": "date",
    "supplied-place": "place",
    "supplied-issuers": "issuers",
    "ocr-unchecked": "read by OCR, unchecked",
    "article": "article {number}",
    # The parts of a citation
    "part-footnote": "Footnote",
    "part-citation": "Citation",
    "part-note": "Note",
    "part-in-text": "In the text",
    "part-bibliography": "Bibliography",
    "part-reference-list": "Reference list",
    "part-works-cited": "Works cited",
    "format-plain-text": "Plain text",
    # Dates in another language than English
    "date-about": "about {date}",
    "date-perhaps": "perhaps {date}",
    "date-perhaps-about": "perhaps about {date}",
    "date-from": "from {date}",
    "date-until": "until {date}",
    "date-to-unknown": "{date} to an unknown date",
    "date-from-unknown": "an unknown date to {date}",
    "date-decade": "{year}s",
    "season-spring": "spring",
    "season-summer": "summer",
    "season-autumn": "autumn",
    "season-winter": "winter",
    # The command
    "permanent-addresses": "Permanent addresses begin with {base_url}",
    "local-addresses": (
        "Permanent addresses are local: they may not work elsewhere. Give the base URL of the site with "
        "--site, KB_SITE or base_url in site.yaml."
    ),
    "serving": "Serving {address} (Ctrl+C stops)",
}
