"""Documents from addresses."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

ENGLISH: MessageCatalogue = {
    "address-answer-damaged": Advice("the server's answer is damaged ({reason})", "try again later"),
    "address-cut-short": Advice(
        "the connection ended after {received:,} of {announced:,} bytes", "try again later"
    ),
    "address-gave-page": (
        "the address ends like that of a file, but the server sent a web page: make sure that it is the "
        "document, and not a page about an error or a login"
    ),
    "address-packed": Advice(
        "the server sent it compressed as “{encoding}”, which this program cannot read",
        "download it in a browser",
    ),
    "address-packed-wrongly": Advice(
        "the server sent it compressed, and the data is damaged", "download it in a browser"
    ),
    "address-password": Advice(
        "the address contains a user name or password for {host}",
        "download the document in a browser: the address is shown to readers",
    ),
    "address-redirects": Advice(
        "the address is redirected more than {count} times", "open it in a browser and use the last address"
    ),
    "address-scheme": Advice(
        "“{address}” is not an http or https address", "download the document and add the file"
    ),
    "address-silent": Advice(
        "the server sent nothing for {seconds:,.0f} seconds", "try again later, or download it in a browser"
    ),
    "address-status": Advice(
        "the server answered {status} {reason}", "open the address in a browser to see why"
    ),
    "address-takes-long": Advice(
        "fetching it takes longer than {seconds:,.0f} seconds", "download it in a browser"
    ),
    "address-too-large": Advice(
        "the document is larger than {megabytes:,} MB", "download it, and split it into several files"
    ),
    "address-unreachable": Advice(
        "the server cannot be reached: {reason}", "check the address and your connection"
    ),
    "address-wrong": Advice("“{address}” is not a web address", "copy it from your browser again"),
    "redirect-inside": Advice(
        "the address is redirected to {host}, which is on this computer or in your own network",
        "if you trust the new address, add that one instead",
    ),
}
