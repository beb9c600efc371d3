"""What is left out of a build so that the rest can be built, and what depends on it."""
