"""What was published: the ledger, ids used again, ids that moved."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

RESTORE = "restore the ledger as kb publish wrote it"

ENGLISH: MessageCatalogue = {
    # entries of the ledger
    "ledger-damaged": Advice("{problem}", RESTORE),
    "ledger-wrong-fingerprint": Advice("the fingerprint does not match the text", RESTORE),
    "ledger-out-of-order": Advice("{date} is earlier than the date on the line above", RESTORE),
    "ledger-bad-target": Advice("“{to}” is not a valid target", RESTORE),
    "ledger-published-twice": Advice("“{address}” is published twice", RESTORE),
    "ledger-never-published": Advice("“{address}” is {status}, but was not published", RESTORE),
    "ledger-no-change": Advice("“{address}” is {status} without a change", RESTORE),
    # writing the ledger
    "ledger-changed": Advice("the ledger {path} has changed in the meantime", "run kb publish again"),
    "ledger-busy": Advice("another kb publish is writing {path}", "wait for it to finish"),
    "ledger-unwritable": Advice(
        "cannot write {path}: {reason}", "check the folder's permissions and the free space on the disk"
    ),
    # published ids
    "id-reused": Advice(
        "the id “{id}” was published with different words",
        "keep “{id}” for those words, and give these a new id",
    ),
    "id-renumbered": Advice(
        "these words were published as “{old}” and are now “{new}”",
        'keep the id “{old}” for them, or add formerly="{old}" to the new one',
    ),
    "words-moved": Advice(
        "these words were published as “{old}” and are now “{new}”",
        'keep the slug “{document}” and the id “{id}”, or add formerly="{old}" to the new one, '
        "so that old links keep working",
    ),
    "document-renamed": Advice(
        "these words were published as “{old}” and are now “{new}”",
        "keep the slug “{document}” and the id “{id}”, or add “formerly: [{document}]” to the document, "
        "so that old links keep working",
    ),
    "span-like-id": Advice(
        "a new id cannot contain “..”, as “{id}” does: that names several passages, as in p4..p6",
        "use a hyphen or one dot instead",
    ),
    # former ids
    "former-id-twice": Advice(
        "“{former}” is also given as the former id of “{other}”",
        "keep it only where the published text begins",
    ),
    "former-id-in-use": Advice("“{former}” is still in use", "remove it from “formerly”"),
    "former-id-unpublished": Advice(
        "nothing was ever published as “{former}”", "correct “formerly”, or remove it"
    ),
    "former-id-other-words": Advice(
        "“{former}” was published with different words",
        "remove it from “formerly”, so that no citation leads to other words",
    ),
    "renamed-with-other-words": Advice(
        "“{old}” was published with words that differ from those of “{id}”",
        'give these a new id, and add formerly="{old}" where the published words are',
    ),
}
