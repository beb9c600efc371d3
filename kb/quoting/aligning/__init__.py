"""A quotation aligned word by word with a text that has nearly its words, in the same order or another."""
