"""The terms of a text as one string, which the cluster cuts into the terms again."""
