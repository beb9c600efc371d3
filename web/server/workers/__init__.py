"""In a worker process: from a request to bytes."""
