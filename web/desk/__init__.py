"""The editor's desk: drafts and documents of one folder, edited in the browser of this computer alone."""
