"""Treaties, by article."""
