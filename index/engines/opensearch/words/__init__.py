"""The words of a generation, and how many passages have each."""
