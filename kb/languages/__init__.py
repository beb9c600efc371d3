"""Language tags (BCP 47): whether one is right, what was meant instead, and the name of its language."""
