"""Fetches documents from addresses, with limits on what, from where and how much."""
