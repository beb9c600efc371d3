"""Passages and catalogues as JSON values: what every engine stores of them, and how it reads them back."""
