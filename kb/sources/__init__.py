"""What kinds of sources there are, which fields each has, and how their authors' names are read."""
