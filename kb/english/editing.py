"""Changing a content folder: who does so, new versions of documents, removal."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

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
}
