"""What we want of every answer.

Rules that a GraphQL schema cannot say (one of `first` and `last`, at most 500 of a list, cursors that
the server gave, the cost of a query) have error codes of their own. A refusal by such a code is no
failure; a refusal of a query that the schema allows by any other code is one, and so is an operation
that never gave data.
"""

import json

import schemathesis

# Refusals by rules that the schema cannot say.
RULES = {
    "BAD_USER_INPUT",
    "BAD_CURSOR",
    "CURSOR_OF_ANOTHER_RELEASE",
    "QUERY_TOO_COMPLEX",
    "QUERY_TOO_DEEP",
    "QUERY_TOO_LARGE",
    "RELEASE_NOT_FOUND",
    "CAMPAIGN_NOT_FOUND",
}
CODES = RULES | {
    "BAD_REQUEST",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "OPERATION_RESOLUTION_FAILURE",
}
# Random texts are no ids that the server gave.
BY_ID = {"Query.node", "Query.nodes"}


def codes(response):
    try:
        errors = json.loads(response.content).get("errors") or []
    except (ValueError, AttributeError):
        return None
    return [(error.get("extensions") or {}).get("code") for error in errors]


@schemathesis.hook
def filter_failure(context, failure, case, response):
    is_rule = response is not None and bool(found := codes(response)) and set(found) <= RULES
    return not (is_rule and failure.code in ("ST113", "ST206"))


@schemathesis.check
class EveryAnswer:
    """Has a code for each error and an id, is never a defect; each operation gives data once."""

    def __init__(self):
        self.asked = set()
        self.gave = set()

    def after_response(self, ctx, response, case):
        label = case.operation.label
        found = codes(response)
        assert found is not None, "the body is no GraphQL answer"
        assert response.status_code < 500, f"status {response.status_code}"
        assert set(found) <= CODES, f"codes {found}"
        assert response.headers.get("x-request-id"), "no x-request-id"
        stored = response.headers.get("cache-control")
        assert stored == ["no-store"], f"cache-control {stored}"
        if case.meta is not None and not case.meta.generation.mode.is_negative:
            self.asked.add(label)
            if not found:
                self.gave.add(label)

    def after_run(self, ctx):
        never = sorted(self.asked - self.gave - BY_ID)
        assert not never, f"operations that never gave data: {never}"
