"""`kb edit`."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path

import click
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from kb.cli.options import content_option, single_folder
from kb.errors import ContentError, Fault
from kb.files.listing import is_folder
from kb.messages import Message
from web.desk.access import HOST, DeskAccess
from web.desk.app import create_desk
from web.english import say
from web.server import listening

__all__ = ["desk_server", "edit"]


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to listen on. Default: any that is free."
)
@click.option("--no-browser", is_flag=True, help="Print the address without opening it in the browser.")
@content_option
def edit(port: int | None, no_browser: bool, content: tuple[Path, ...]) -> None:
    """Edit drafts and documents in the browser, on this computer only.

    The address that is printed works once: whoever opens it first is the editor.
    """
    folder = single_folder(content)
    if not is_folder(folder):
        raise ContentError([Fault(folder, 0, Message("content-not-found"))])
    server, access = desk_server(folder, port or 0)
    click.echo(say(Message("desk-open", address=access.address)))
    if not no_browser:
        threading.Thread(target=webbrowser.open, args=(access.address,), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo()
    finally:
        server.server_close()


def desk_server(folder: Path, port: int) -> tuple[BaseWSGIServer, DeskAccess]:
    """A server listening on the port, 0 for any, and the access that lets an editor in. Raises KbError."""
    # the application answers on this port only, so the port must be known before it is made
    with listening.listen(HOST, port) as bound:
        access = DeskAccess(bound.getsockname()[1])
        app = create_desk(folder, access)
        server = make_server(HOST, access.port, app, threaded=True, request_handler=_Quiet, fd=bound.fileno())
    server.socket.setblocking(True)
    return server, access


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Logs nothing: addresses show what an editor works on, and the first one has the token."""
