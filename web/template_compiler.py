"""How templates are compiled to Python, where Jinja's own way takes long for pages of hits."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.visitor import NodeTransformer

from web.languages import compiled

__all__ = ["SiteCodeGenerator"]


class SiteCodeGenerator(CodeGenerator):
    """Compiles what pages have by the hundred to less than Jinja does; the same is written.

    - An attribute is Python's own `getattr`; only where there is none is Jinja asked.
    - A text is escaped where it is written; only what is of a rare type is handed to `escape`.
    - `{{ a if b }}` is nothing if not b, where Jinja makes a value that explains what is undefined.
    - The words of the environment's language are put in.
    - An included template becomes part of the one that includes it, so that no context is made for it.
    """

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(found if (found := getattr(owner := (")
        self.visit(node.node, frame)
        self.write(
            f"), {node.attr!r}, missing)) is not missing else environment.getattr(owner, {node.attr!r}))"
        )

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        _Inclusion(self.environment).visit(node)
        super().visit_Template(compiled.translated(node, self.environment), frame)

    @optimizeconst
    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
        super().visit_CondExpr(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_plain(frame, finalize):
            self.write("(escape_text(piece) if (kind := type(piece := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_plain(frame, finalize):
            self.write("))) is str else piece if kind is Markup else escape(piece))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_plain(frame: Frame, finalize: Any) -> bool:
    return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None)


class _Inclusion(NodeTransformer):
    """Puts the body of each template that is included by its name in place of the inclusion."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        if not (isinstance(node.template, nodes.Const) and node.with_context and not node.ignore_missing):
            return node
        environment, name = self._environment, node.template.value
        assert environment.loader is not None  # noqa: S101  # a page was found by it
        source, path, _ = environment.loader.get_source(environment, name)
        body = environment._parse(source, name, path).body
        included = nodes.Scope(body, lineno=node.lineno)
        included.set_environment(environment)
        return self.visit(included)  # type: ignore[no-any-return]
