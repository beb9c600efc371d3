"""The index on disk: what is wrong with it, and how to get a sound one."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    # OpenSearch
    "opensearch-missing": Advice(
        "searching a cluster needs opensearch-py", "install it with: pip install 'trafficking-kb[opensearch]'"
    ),
    "cluster-not-named": Advice(
        "no cluster is named, but the engine is opensearch (by --engine, KB_ENGINE or site.yaml)",
        "set this to the addresses of its nodes, as in https://search.example.org:9200",
    ),
    "not-a-node": Advice("not the address of a node", "write one, such as https://search.example.org:9200"),
    "secret-in-url": Advice(
        "an address must not hold a password", "set KB_OPENSEARCH_USER and KB_OPENSEARCH_PASSWORD instead"
    ),
    "bad-site-name": Advice(
        "“{value}” cannot name a site on a cluster",
        "use up to 40 lower-case letters, digits and underscores",
    ),
    "bad-shard-count": Advice("“{value}” is not a number of shards", "write one from 1 to {limit:,}"),
    "cluster-access-denied": Advice(
        "the cluster refuses access ({status})",
        "check KB_OPENSEARCH_USER and KB_OPENSEARCH_PASSWORD, or KB_OPENSEARCH_API_KEY, and what they may do",
    ),
    "cluster-refused": Advice(
        "the cluster refused a request ({status}, {reason})", "see the log of its nodes for the reason"
    ),
    "cluster-not-trusted": Advice(
        "the certificate of the cluster is not trusted",
        "name the file of its certificate authority in KB_OPENSEARCH_CA",
    ),
    "cluster-condition": Plural(
        "{engine}, cluster {colour}, {count:,} node", "{engine}, cluster {colour}, {count:,} nodes"
    ),
    "cluster-not-answering": Advice(
        "the search cluster does not answer, or only part of it does", "try again in a moment"
    ),
    "generation-not-whole": Advice(
        "{index} does not hold what was sent, so it was not published", "build again with: kb build"
    ),
    "generation-without-copies": Advice(
        "{index} is served from one copy of each shard", "add a node, or see why the cluster is not green"
    ),
    "no-index": Advice("{folder}: there is no index here", "build it with: kb build"),
    "index-unfinished": Advice(
        "{folder}: no build of this index has finished yet", "build it with: kb build"
    ),
    "index-unreadable": Advice("{folder}: cannot read the index", "rebuild it with: kb build"),
    "index-of-other-version": Advice(
        "{folder}: this index was built by another version", "rebuild it with: kb build"
    ),
    "older-generation-served": Advice(
        "{folder}: generation {newest} cannot be used ({reason}); generation {served}, built {built}, is "
        "served instead",
        "rebuild the newest with: kb build",
    ),
    "contents-damaged": Advice("{path} is damaged", "rebuild the index with: kb build"),
    "deletions-damaged": Advice(
        "{path} is damaged or belongs to another index", "rebuild the index with: kb build"
    ),
    # kb check --index
    "checking-index": "Checking the index (MB)",
    "generation-sound": "Generation {generation}, built {built}, {passages}: sound",
    "generation-damaged": "Generation {generation}: damaged",
    "more-damage": Plural("and {count:,} more damaged place", "and {count:,} more damaged places"),
    "index-sound": "{folder}: every byte is as it was written",
    "index-partly-damaged": Advice(
        "{folder}: damaged, but generation {generation} is sound and can be served",
        "repair it with: kb build",
    ),
    "index-damaged": Advice("{folder}: damaged", "rebuild it with: kb build"),
    "index-on-cluster": Advice(
        "{folder}: this site searches an index in OpenSearch, not one in this folder",
        "see the state of the cluster at /healthz of the running site",
    ),
    "index-file-unreadable": Advice("{path}: cannot read it ({reason})", "rebuild the index with: kb build"),
    "index-busy": Advice(
        "{folder}: another process is building this index", "wait until it is done, or stop it"
    ),
    "index-busy-holder": Advice(
        "{folder}: process {process} on {computer} has been building this index since {since}",
        "wait until it is done, or stop it",
    ),
    "index-not-writable": Advice(
        "{folder}: cannot write the index ({reason})",
        "check the folder’s permissions and the free disk space",
    ),
    "build-process-killed": Advice(
        "a build process was killed, perhaps because memory ran out", "run kb build again"
    ),
    "index-too-large": Advice(
        "an index can hold at most {limit:,} words", "divide the content among several indexes"
    ),
    "passage-too-long": Advice("{address}: a passage can have at most {limit:,} characters", "split it"),
    # Segment files
    "not-a-segment": Advice("{path} is not a segment of an index", "rebuild the index with: kb build"),
    "segment-of-other-version": Advice(
        "{path} was written by another version ({version}, not {expected})",
        "rebuild the index with: kb build",
    ),
    "segment-cut-short": Advice(
        "{path} has {bytes:,} bytes of {expected:,}", "rebuild the index with: kb build"
    ),
    "segment-ends-damaged": Advice(
        "{path} is damaged at its beginning or end", "rebuild the index with: kb build"
    ),
    "foreign-segment": Advice(
        "{path} is not the file that the index names", "rebuild the index with: kb build"
    ),
    "segment-not-as-written": Advice(
        "{path} is not as this version of the program writes it", "rebuild the index with: kb build"
    ),
    "segment-damaged": Advice("{path} is damaged near byte {position:,}", "rebuild the index with: kb build"),
}
