"""From passages to a published generation."""
