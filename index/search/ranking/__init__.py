"""Which of the matching passages come first: tiers of words, and a second look at the best."""
