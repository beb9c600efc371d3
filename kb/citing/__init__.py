"""A passage and its document as a CSL item, and from that its citation in each style and format."""
