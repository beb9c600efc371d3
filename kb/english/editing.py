"""Changing a content folder: who does so, new versions of documents, removal."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
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
    "no-such-document": Advice(
        "there is no document or draft “{slug}”", "name a file in documents/ or drafts/, without .md"
    ),
    "no-such-document-near": Advice("there is no document or draft “{slug}”", "did you mean {near}?"),
    "slug-of-theme": Advice("“{slug}” is a theme", "edit or delete themes/{file} by hand"),
    "slug-in-records": Advice(
        "“{slug}” is in {file}, which a program writes",
        "change it there: only files of their own are changed here",
    ),
    # kb remove
    "file-not-moved": Advice(
        "cannot move {file} ({reason})", "close it in other programs, and check its permissions"
    ),
    "no-draft-of": Advice("“{slug}” has no draft", "leave --draft out to remove the document itself"),
    "to-be-removed": Plural(
        "To be removed: {files} ({count} passage)", "To be removed: {files} ({count:,} passages)"
    ),
    "withdrawn-by-removal": Plural(
        "{count} passage is published. After the next kb publish its address answers “410 Gone”.",
        "{count:,} passages are published. After the next kb publish their addresses answer “410 Gone”.",
    ),
    "faults-after-removal": Plural(
        "kb check will then find {count} fault, to be mended before the next build:",
        "kb check will then find {count:,} faults, to be mended before the next build:",
    ),
    "confirm-remove": "Remove this?",
    "document-removed": "Removed; the files are in {place}. To bring them back: kb remove {slug} --undo",
    "file-back": "{file} is back",
    "nothing-removed": Advice("nothing was removed as “{slug}”", "look into {folder}/"),
    "name-taken-again": Advice(
        "another file has this name by now", "rename it, or remove the document “{slug}” first"
    ),
}
