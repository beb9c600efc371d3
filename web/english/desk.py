"""The editor's desk: who may use it, and what became of what an editor did."""

from __future__ import annotations

from kb.messages import MessageCatalogue

ENGLISH: MessageCatalogue = {
    "desk-open": "The editor’s desk is at {address}\nThe address works once (Ctrl+C stops)",
    # Who may use it
    "desk-other-host": "The desk answers only under the address that kb edit printed.",
    "desk-other-origin": "This request came from another site, so nothing was done.",
    "desk-without-session": "Open the address that kb edit printed. If it was used already, stop kb edit and "
    "start it again.",
    "desk-without-code": "This form belongs to an earlier run of kb edit, so nothing was done. Go back to "
    "the documents and try again.",
    "desk-token-spent": "This address was used already, or belongs to another run. If the desk is not open "
    "in this browser, stop kb edit and start it again.",
    # What became of what an editor did
    "desk-draft-there": "There is already a draft {slug}: accept or remove it first.",
    "desk-published": "{slug} was published, so it stays among the documents. Edit it there.",
    "desk-no-document": "There is no {slug}.md in {place}.",
}
