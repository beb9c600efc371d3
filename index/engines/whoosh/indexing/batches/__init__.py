"""From passages to segment files, batch by batch, in several processes."""
