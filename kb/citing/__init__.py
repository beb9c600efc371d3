"""kb.citing: a passage and its document as CSL-JSON, and from that the citation in each style and format."""
