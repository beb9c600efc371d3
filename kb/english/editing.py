"""Changing a content folder: who does so, new versions of documents, removal."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    "draft-too-large": Advice(
        "the text of {name} makes a file of more than {bytes:,} bytes", "split it into several files"
    ),
    "slug-taken": Advice(
        "the slug “{slug}” belongs to a document, draft or theme, or was published before",
        "choose another one",
    ),
    "collection-busy": Advice(
        "{folder}: another command is changing this collection", "wait for it to finish"
    ),
    "collection-busy-holder": Advice(
        "{folder}: process {process} on {computer} has been changing this collection since {since}",
        "wait for it to finish, or stop it",
    ),
    "folder-not-editable": Advice(
        "{folder}: cannot write to this folder ({reason})",
        "check that it is there, its permissions and the free disk space",
    ),
    # documents by their slugs
    "no-document-or-draft": Advice(
        "there is no document or draft “{slug}”", "name a file in documents/ or drafts/, without .md"
    ),
    "no-document-or-draft-near": Advice("there is no document or draft “{slug}”", "did you mean {near}?"),
    "slug-of-theme": Advice("“{slug}” is a theme", "edit or delete themes/{file} by hand"),
    "slug-in-records": Advice(
        "“{slug}” is in {file}, which another program writes",
        "change it with that program: this command changes only documents that have their own file",
    ),
    # kb remove
    "file-not-changed": Advice(
        "cannot change {file} ({reason})", "close it in other programs, and check its permissions"
    ),
    "no-draft-of": Advice("“{slug}” has no draft", "leave --draft out to remove the document itself"),
    "to-be-removed": "To be removed: {files} ({passages})",
    "withdrawn-by-removal": Plural(
        "{count} passage is published. After the next kb publish its address answers “410 Gone”.",
        "{count:,} passages are published. After the next kb publish their addresses answer “410 Gone”.",
    ),
    "faults-after-removal": Plural(
        "After that, kb check will report {count} fault, which must be corrected before the next build:",
        "After that, kb check will report {count:,} faults, which must be corrected before the next build:",
    ),
    "confirm-remove": "Remove this?",
    "document-removed": (
        "Removed; the files are in {place}. To bring them back: kb remove {slug} --undo{content}"
    ),
    "file-back": "{file} is back",
    "nothing-removed": Advice("nothing was removed as “{slug}”", "look into {folder}/"),
    "name-taken-again": Advice(
        "another file has this name now",
        "rename it, change “source” in its document to match, and try again",
    ),
    "set-aside": "{place}: “{title}”, {passages} ({files})",
    "set-aside-remedy": "To bring one of them back: kb remove {slug} --undo --from {name}{content}",
    "no-such-removal": Advice(
        "nothing was removed as “{name}”", "choose from those that kb remove {slug} --list{content} shows"
    ),
    "version-swapped": (
        "The version it replaced is in {place}. To swap them again: kb remove {slug} --undo{content}"
    ),
    "more-set-aside": Plural(
        "{count} more version can be brought back: kb remove {slug} --list{content}",
        "{count:,} more versions can be brought back: kb remove {slug} --list{content}",
    ),
    # kb add --replace
    "name-of-other-source": (
        "the source of {other} has the same name; if this is its new version, run\n"
        "    kb remove {slug} --yes{content}\n    kb add {file} --replace {other}{content}"
    ),
    "one-file-replaces": Advice("one file replaces one document", "name one file"),
    "source-of-other": Advice(
        "{file} is the source of “{slug}” already",
        "remove that document first, if this is a version of another",
    ),
    "already-drafted": "{file}: unchanged, drafts/{slug}.md was made from it",
    "version-title": "The new version of {slug}",
    "version-drafted": "{file}: added as {place}; {slug} stays as it is until this is accepted",
    "pairs-to-settle": Plural(
        "One pair of passages is unsettled: in {place}, write yes or no in place of its “?”.",
        "{count:,} pairs of passages are unsettled: in {place}, write yes or no in place of each “?”.",
    ),
    "faults-after-replacement": Plural(
        "Accepting this causes {count} fault elsewhere, which must be corrected before the next build:",
        "Accepting this causes {count:,} faults elsewhere, which must be corrected before the next build:",
    ),
    "change-unsettled": "unsettled",
    "change-changed": "changed",
    "change-led-on": "moved",
    "change-gone": "gone",
    "change-new": "new",
    "change-renumbered": "renumbered",
    "change-kept": "kept",
    "gone-published": "published: will be withdrawn",
    "gone-unpublished": "never published",
    "more-rows": "and {count:,} more",
    "structure-kept": Plural(
        "one passage was joined, split or shortened as in the version before",
        "{count:,} passages were joined, split or shortened as in the version before",
    ),
    "left-out-again": Plural(
        "one passage was left out as in the version before: {words}",
        "{count:,} passages were left out as in the version before: {words} ...",
    ),
    "more-pairs": Plural(
        "one more passage may be an amended one; it is treated as new, as too many pairs are waiting",
        "{count:,} more passages may be amended ones; they are treated as new, as too many pairs are waiting",
    ),
    "field-kept": "{field}: “{ours}” was kept; the new file has “{theirs}”",
    "locator-of-new-version": "{id}: the locator “{ours}” is now “{theirs}”, as the new file has it",
    # accepting a new version
    "version-accepted": (
        "documents/{slug}.md is the new version now; the one before is in {place}. "
        "To swap them: kb remove {slug} --undo{content}"
    ),
    "bad-passage-pair": Advice(
        "“{line}” is not a pair of passages", "write OLD-ID = NEW-ID yes, or no, or remove the line"
    ),
    "unsettled-pair": Advice(
        "“{new}” may be “{old}” of the version before",
        "write yes or no in place of the question mark under “unsettled”, or pass --yes if they differ",
    ),
    "pair-not-possible": Advice(
        "“{new}” cannot be “{old}”, which was published with different words", "write no for this pair"
    ),
    "replaced-not-there": Advice(
        "this draft is a new version of “{slug}”, which is not a document any more",
        "run kb remove {slug} --undo{content}, or delete the lines “replaces” and “unsettled” in the draft",
    ),
    "replaced-was-edited": Advice(
        "{file} was edited after this draft was made",
        "run kb add FILE --replace {slug}{content} again, so that nothing is lost",
    ),
}
