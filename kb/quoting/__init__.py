"""Quotations in somebody's text: found, compared with a source, aligned word by word."""
