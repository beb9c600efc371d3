"""From a file in any format to drafts of citable passages; importers write nothing."""
