"""Files of every format: text, YAML, front matter, attribute lists, JSON lines."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

ID_FORM = "use up to 200 letters, digits and . _ -"
YAML_FORM = "write each entry as “key: value”, and put quotation marks around a value that contains : or #"

ENGLISH: MessageCatalogue = {
    # text files
    "unreadable-file": Advice("cannot read the file: {reason}", "check its name and permissions"),
    "no-such-file": Advice(
        "there is no such file", "check its name and its folder; an address begins with https://"
    ),
    "file-unwritable": Advice(
        "cannot write {file} ({reason})", "check the folder's permissions and the free space on the disk"
    ),
    "file-too-large": Advice("the file is larger than {bytes:,} bytes", "split it into several files"),
    "named-pipe": Advice("this is a named pipe, not a file", "use a regular file instead"),
    "device": Advice("this is a device, not a file", "use a regular file instead"),
    "socket": Advice("this is a socket, not a file", "use a regular file instead"),
    "not-utf8": Advice("this is not UTF-8 text", "save the file in UTF-8"),
    "nul-character": Advice("there is a NUL character here", "delete it, or check that this is a text file"),
    "lone-surrogate": Advice(
        "there is half a character here (a lone surrogate)", "write the whole character"
    ),
    # YAML
    "invalid-yaml": Advice("invalid YAML: {reason}", YAML_FORM),
    "impossible-yaml": Advice("invalid YAML: impossible character or number", YAML_FORM),
    "not-key-value": Advice("expected entries of the form “key: value”", YAML_FORM),
    "bad-key": Advice("a key must be a plain word", YAML_FORM),
    "duplicate-key": Advice("duplicate key “{key}”", "keep only one"),
    "bad-base-url": Advice(
        "“{value}” is not the address of a site",
        "write it as https://kb.example.org or https://example.org/kb",
    ),
    "bad-host-name": Advice(
        "“{value}” is not the name of a host", "write it as kb.example.org, with nothing before or after it"
    ),
    "not-yes-or-no": Advice("“{key}” must be yes or no, not “{value}”", "write {key}: yes, or {key}: no"),
    "unknown-key-near": Advice("unknown key “{key}”, perhaps “{near}”", "use one of: {known}"),
    "unknown-key": Advice("unknown key “{key}”", "use one of: {known}"),
    "yaml-too-deep": Advice("values are nested too deeply", "use single values or a list of them"),
    "yaml-too-long": Advice("the YAML is longer than {characters:,} characters", "shorten it"),
    "yaml-anchor": Advice(
        "anchors (&) and aliases (*) are not supported", "put quotation marks around the value"
    ),
    "yaml-tag": Advice("tags (!) are not supported", "put quotation marks around the value"),
    "yaml-directive": Advice("there is a --- line or a % directive inside the YAML", "remove it"),
    # front matter
    "no-front-matter": Advice("the file does not begin with front matter", "put --- on the first line"),
    "unclosed-front-matter": Advice("the front matter is not closed", "add a line --- after its last entry"),
    "missing-entry": Advice(
        "“{key}” is missing from the front matter", "add a line “{key}: ...” between the --- lines"
    ),
    "not-single-value": Advice("“{key}” takes a single value, not a list", "give it one value"),
    "empty-item": Advice("an item of “{key}” is empty", "fill it in, or remove its dash or comma"),
    "nested-entry": Advice("entries cannot be nested here", "give this one a single value or a list"),
    "key-too-long": Advice("a key is longer than {characters} characters", "shorten it"),
    "label-too-long": Advice("a label is one line of at most {characters} characters", "shorten it"),
    # attribute lists
    "bad-attribute-list": Advice(
        "cannot read this attribute list", 'write it as {{: #id locator="para 1" }}'
    ),
    "not-one-id": Advice("an attribute list needs exactly one id", "write # and the id right after {{:"),
    "bad-id": Advice("“{id}” is not a valid id", ID_FORM),
    # JSON lines
    "invalid-json": Advice("invalid JSON: {reason}", "write one object {{...}} per line"),
    "not-json-object": Advice("this line is not a JSON object", "write one object {{...}} per line"),
    "json-too-deep": Advice("this line is nested too deeply", "write one flat object per line"),
    "not-finite": Advice("“{number}” is not a JSON number", "write a number or null"),
    "line-too-long": Advice("this line is longer than {bytes:,} bytes", "split it"),
    "too-many-blank-lines": Advice("there are more than {count:,} blank lines", "remove them"),
    "too-many-refused": Advice(
        "more than {count:,} lines have faults; the rest is not read", "correct these lines first"
    ),
    "unpacks-too-far": Advice(
        "this file unpacks to more than {times} times its size; the rest is not read",
        "unpack it, look at it, and keep it unpacked if it is what it should be",
    ),
    "number-too-long": Advice("a number has more than {characters} digits", "write it as a string"),
    "broken-file": Advice("cannot read past this point: {reason}", "write or copy the file again"),
    "more-faults": Advice("{count:,} more of this kind, from here on: {problem}", "{remedy}"),
    # fields of JSON objects
    "duplicate-id": Advice("duplicate id “{id}”", "keep only one, or give the other a new id"),
    "missing-field": Advice("“{key}” is missing", 'add "{key}": "..."'),
    "missing-id": Advice("“{key}” is missing", "add it: up to 200 letters, digits and . _ -"),
    "bad-field-id": Advice("{value} is not a valid “{key}”", ID_FORM),
    "not-text": Advice("“{key}” is not a string", 'write "{key}": "..."'),
    "not-a-list-of-texts": Advice("“{key}” is not a list of strings", 'write "{key}": ["..."]'),
    "not-a-list-of-objects": Advice("“{key}” is not a list of objects", 'write "{key}": [{{...}}]'),
    "not-an-integer": Advice("“{key}” is not a whole number", 'write "{key}": 3, for example'),
}
