"""How documents of a content folder are added, replaced, accepted and removed."""
