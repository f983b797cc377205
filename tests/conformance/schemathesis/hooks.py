"""Brings generated queries inside the rules that a GraphQL schema cannot say, so that most of them
are executed: three rows of each list, one field of a `@oneOf`, a release that there is."""

import os

import graphql
import schemathesis
from answers import *  # noqa: F403

PAGING = {"first", "last", "after", "before"}
RELEASE = os.environ["THIDUA_RELEASE"]


def argument(name, value):
    return graphql.ArgumentNode(name=graphql.NameNode(value=name), value=value)


def one_of(given):
    """The first field that has a value, or a code: the introspection that Schemathesis reads does
    not say which inputs are `@oneOf`."""
    fields = [it for it in getattr(given, "fields", ()) if not isinstance(it.value, graphql.NullValueNode)]
    code = graphql.ObjectFieldNode(name=graphql.NameNode(value="code"), value=graphql.StringValueNode(value="x"))
    return graphql.ObjectValueNode(fields=tuple(fields[:1]) or (code,))


class Tamed(graphql.Visitor):
    def __init__(self, types):
        super().__init__()
        self.types = types

    def leave_field(self, node, *_):
        field = self.types.get_field_def()
        arguments = list(node.arguments)
        if field is not None and "first" in field.args:
            arguments = [it for it in arguments if it.name.value not in PAGING]
            arguments.append(argument("first", graphql.IntValueNode(value="3")))
        if node.name.value == "whatIf":
            # Weights and items must be of the definition.
            arguments = [it for it in arguments if it.name.value == "first"]
        if node.name.value == "compare":
            arguments = [argument(name, graphql.StringValueNode(value=RELEASE)) for name in ("from", "to")]
        arguments = [argument("lookup", one_of(it.value)) if it.name.value == "lookup" else it for it in arguments]
        return graphql.FieldNode(
            alias=node.alias,
            name=node.name,
            arguments=tuple(arguments),
            directives=node.directives,
            selection_set=node.selection_set,
        )


@schemathesis.hook
def map_body(context, body):
    types = graphql.TypeInfo(context.operation.schema.client_schema)
    return graphql.visit(body, graphql.TypeInfoVisitor(types, Tamed(types)))
