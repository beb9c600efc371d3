"""From a citation in words to the passage it means."""
