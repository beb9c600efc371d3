"""How styles cite a source again: ibid, a short form, the number of the note with the full citation."""
