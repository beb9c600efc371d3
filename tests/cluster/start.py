"""`make cluster`: three nodes for a developer, until interrupted."""

from __future__ import annotations

import signal
import sys

from tests.cluster.nodes import LiveCluster, missing_tools


def main() -> int:
    if lacking := missing_tools():
        print(f"This machine lacks {lacking}; the nodes need a JDK of 21 or newer, and Maven to fetch them.")
        return 1
    cluster = LiveCluster(base=19_200)
    try:
        print("Starting three nodes; the first time they are fetched, which takes a minute.", flush=True)
        cluster.start()
        print(f"export KB_ENGINE=opensearch KB_OPENSEARCH_URL='{' '.join(cluster.urls)}'")
        print(f"Logs are in {cluster.folder}. An interrupt (Ctrl-C) stops the nodes and removes their data.")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except KeyboardInterrupt:
        pass
    finally:
        cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
