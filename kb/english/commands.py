"""The command line: settings, what `kb check` and `kb publish` say, what changed in a passage."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    "bad-report-address": Advice(
        "cannot use “{target}”", "write mailto:NAME@HOST, or https://HOST/PATH?title={{title}}&body={{body}}"
    ),
    "bad-budget": Advice(
        "“{value}” is not a number of seconds from 0 to {limit:,.0f}",
        "write a number such as 1 or 0.5, or 0 for no limit",
    ),
    "bad-rate": Advice(
        "“{value}” is not a number of requests",
        "write how many requests one address may make in a minute, 1 to {limit}, or 0 for no limit",
    ),
    "bad-proxy-count": Advice(
        "“{value}” is not a number of proxies", "write how many are in front of the site, 0 to {limit}"
    ),
    "several-sites": Plural(
        "{used} is used; {ignored}, in a later folder, is ignored.",
        "{used} is used; those in later folders are ignored: {ignored}.",
    ),
    "broken-command": Advice("cannot run kb {command}: {reason}", "reinstall the program"),
    "not-a-command": Advice("cannot run kb {command}: it is not a command", "reinstall the program"),
    "no-index-check": Advice(
        "the part of the program that checks an index is missing", "reinstall the program"
    ),
    # kb init
    "bad-collection-title": Advice(
        "a title has at most {limit} characters on one line", "shorten it; site.yaml can be edited later"
    ),
    "not-a-folder": Advice("this is a file", "name a folder that does not exist yet, or an empty one"),
    "already-there": Advice("this is already here", "choose another folder; nothing was changed"),
    "collection-made": (
        "{folder} holds a new collection: three themes to rewrite, a thesaurus, and a guide in README.md.\n"
        "Look at it:       kb serve --content {folder}\n"
        "Check your edits: kb check --content {folder}"
    ),
    # kb add, kb accept
    "several-folders": Advice("this command writes to one content folder only", "name one"),
    "adding": "Reading",
    "fetching": "Fetching",
    "address-changed": Advice(
        "{slug} was made from this address, where the text is different now",
        "to add it as a new version, run kb add {file} --replace {slug}{content}",
    ),
    "adding-stopped": "Stopped. What was added is kept; run the same command again to go on.",
    "themes-suggested": Plural(
        "themes are suggested for one passage", "themes are suggested for {count:,} passages"
    ),
    "draft-added": "{file}: added as {place}, {passages}",
    "already-added": "{file}: unchanged, it is the source of {slug}",
    "file-not-added": "{file}: not added: {reason}",
    "draft-refused": "{file}: {place} has faults and stays a draft:\n{reason}",
    "count-added": "{count:,} added",
    "count-unchanged": "{count:,} unchanged",
    "count-failed": "{count:,} failed",
    "no-draft-named": Advice("no draft is named", "name one or more, or pass --all"),
    "no-such-draft": Advice("there is no draft “{slug}”", "name a file in drafts/, without .md"),
    "draft-accepted": "drafts/{slug}.md is now documents/{slug}.md",
    "field-of-several-files": Advice(
        "there are several files, and each has its own {field}", "add them one by one"
    ),
    "replaced-keeps-fields": Advice(
        "a new version keeps the slug and fields of its document",
        "leave the other options out, and edit its file",
    ),
    "slug-form": Advice(
        "“{slug}” cannot be chosen as a slug",
        "write at most 80 lower-case letters, digits and hyphens, such as supreme-court-2019-12",
    ),
    "slug-of-device": Advice(
        "“{slug}” cannot be chosen as a slug: Windows keeps that name for a device",
        "choose a longer one, such as {slug}-report",
    ),
    "slug-not-of-name": Advice(
        "the file's name has hardly any Latin letters; the permanent address will end with “{slug}”",
        "to choose another before it is published, run kb remove {slug}{content}, "
        "then kb add FILE --slug NAME{content}",
    ),
    "language-not-found": Advice(
        "the language could not be detected; without one the text is read as English",
        "write it in {place}, such as “language: id” for Indonesian",
    ),
    "fields-guessed": "guessed, so check them: {fields}",
    "draft-of-document": Advice(
        "there is already a document “{slug}”", "give the draft another slug, or remove that document"
    ),
    # kb export
    "exported": "{out}: {passages} written",
    "kept-as-lines": Plural(
        "one document cannot be written as Markdown, and is in JSON lines beside it: {documents}",
        "{count:,} documents cannot be written as Markdown, and are in JSON lines beside it: {documents}",
    ),
    "sources-not-exported": Plural(
        "the source of one document was not exported: it is missing, or its name is taken ({documents})",
        "the sources of {count:,} documents were not exported: they are missing, or their names are taken "
        "({documents})",
    ),
    "export-exists": Advice("this is already here", "choose another name, or pass --force to replace it"),
    "export-of-other-kind": Advice(
        "this is a link, a folder where the export is a file, or a file where the export is a folder",
        "choose another name",
    ),
    "export-over-content": Advice("the content itself is here", "choose a place outside the content folder"),
    "export-over-others": Advice(
        "this folder contains {name}, which is not part of an export",
        "choose another folder; nothing was changed",
    ),
    "export-over-published": Advice(
        "this ledger has published passages that the content does not have; they would be lost",
        "choose another name, or move this folder away first; nothing was changed",
    ),
    "export-unwritable": Advice("the export cannot be written: {reason}", "choose another place"),
    # --leave-out-faulty
    "records-left-out": "Left out: {tally}",
    "records-left-out-listed": "Left out: {tally}; listed in {path}",
    "count-files": Plural("{count} file", "{count:,} files"),
    "count-instruments": Plural("{count} instrument", "{count:,} instruments"),
    "count-references-left-out": Plural(
        "{count} reference to what is left out", "{count:,} references to what is left out"
    ),
    # kb check
    "rest-without-faults": "The rest has no faults: {counts}.",
    "no-faults": "No faults: {counts}.",
    "count-themes": Plural("{count} theme", "{count:,} themes"),
    "count-subpoints": Plural("{count} sub-point", "{count:,} sub-points"),
    "count-documents": Plural("{count} document", "{count:,} documents"),
    "count-passages": Plural("{count} passage", "{count:,} passages"),
    "count-headings": Plural("{count} heading", "{count:,} headings"),
    "passages-and-headings": "{passages} and {headings}",
    "count-notes": Plural("{count} note", "{count:,} notes"),
    "remarks": Plural("1 remark (not a fault):", "{count:,} remarks (not faults):"),
    "control-character": Advice(
        "“{key}” contains a control character ({characters})",
        "it is kept; delete it, or enter the character that was meant",
    ),
    "future-year": Advice("“{date}” is later than this year", "correct the year, unless it is planned"),
    "buddhist-year": Advice("“{date}” looks like a year of the Buddhist era", "write {meant}"),
    "incomplete-source": Advice(
        "this {kind} has no {missing}, so its citations are incomplete",
        "add what you know; the fields of each kind are listed in content/README.md",
    ),
    "issuers-instead": Advice(
        "this {kind} has issuers but no {field}", "add {field}, which its citations should name"
    ),
    "unread-names": Advice(
        "“{key}” is not a list of names, so citations leave it out",
        'write a list of names, each as “Family, Given” or {{"family", "given"}}',
    ),
    "instruments-in-thesaurus": Advice(
        "the thesaurus lists instruments", "move them to instruments.yaml, with their facts and articles"
    ),
    "other-heading": Advice(
        "“{passage}” gives {instrument}, {article} the heading “{given}”, the registry “{heading}”",
        "write the heading as the instrument has it, or your own words in brackets",
    ),
    "similar-kind": Advice(
        "there is no citation format for the kind “{kind}”", "write {meant}, if that is what you mean"
    ),
    "unchecked-ocr": "OCR read this text; compare it with the source, then set ocr to checked",
    "unknown-kind": Advice(
        "there is no citation format for the kind “{kind}”, so its citations are marked as unverified",
        "use one of these if it fits: {known}",
    ),
    "no-language": Advice(
        "this document has no language and is read as English",
        "write its language tag, such as “language: id” for Indonesian, or en if it is English",
    ),
    "deprecated-language": Advice("the language tag “{language}” is deprecated", "write {tag}"),
    "ledger-future-date": Advice(
        "{date} is in the future", "check the clock of this computer, and of the one that published this"
    ),
    "changed-since": "Changed since the last publication on {date}: {tally}; run kb publish{content}",
    "not-published": "Not published yet: {tally}; run kb publish{content}",
    "more-changed-passages": "and {count:,} more",
    # kb publish
    "date-in-future": Advice("{date} is in the future", "give the day of publication"),
    "date-too-early": Advice("{date} is before the last publication, {last}", "give that day or a later one"),
    "clock-behind": Advice(
        "this computer's clock says {today}, before the last publication; new entries are dated {last}",
        "check the clock",
    ),
    "nothing-to-publish": "Nothing to publish: the ledger is up to date.",
    "publish-title": "To be published",
    "changes-title": "Changes since the last publication on {date}",
    "confirm-publish": "Add these to the ledger permanently?",
    "published": Plural("{count} entry added to the ledger.", "{count:,} entries added to the ledger."),
    "tally-new": "{count:,} new",
    "tally-amended": "{count:,} amended",
    "tally-headings": Plural("{count:,} of them a heading", "{count:,} of them headings"),
    "tally-withdrawn": "{count:,} withdrawn",
    "tally-moved": "{count:,} moved",
    "moved-to": "to {address}",
    # what changed in a passage
    "words-added": "added “{after}”",
    "words-removed": "removed “{before}”",
    "words-replaced": "“{before}” -> “{after}”",
    "more-changes": Plural("and {count} more change", "and {count:,} more changes"),
}
