"""What the pages of the desk show: a document, its source, its changes."""
