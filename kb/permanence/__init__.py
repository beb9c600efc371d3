"""What was ever published: the ledger, moved and withdrawn ids, the history of a passage's words."""
