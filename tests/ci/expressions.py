"""GitHub's expressions, `${{ ... }}`, as far as our workflows need them.

Literals, contexts (`inputs.a-b`), `! == != && ||`, brackets, `always()` and its
like, with GitHub's rules for what is true and what is equal. Anything else is a
ValueError: a workflow that needs more has to be tested by more.
"""

import re

_TOKEN = re.compile(r"""\s*(?:
    (?P<text>'(?:[^']|'')*') |
    (?P<number>\d+) |
    (?P<name>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*) |
    (?P<sign>&&|\|\||==|!=|!|\(|\))
)""", re.VERBOSE)
_WORDS = {"true": True, "false": False, "null": None}


def _tokens(source):
    at, found = 0, []
    source = source.rstrip()
    while at < len(source):
        match = _TOKEN.match(source, at)
        if not match:
            raise ValueError(f"cannot read {source[at:]!r} in {source!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def text_of(value):
    """What a value is within a string: null is nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _number_of(value):
    if value is None or value == "":
        return 0
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _is_equal(left, right):
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    return _number_of(left) == _number_of(right)


class _Parser:
    def __init__(self, source, contexts, functions):
        self.source = source
        self.tokens = _tokens(source)
        self.contexts = contexts
        self.functions = functions

    def accept(self, *signs):
        if self.tokens and self.tokens[0][0] == "sign" \
                and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return None

    def whole(self):
        value = self.either()
        if self.tokens:
            raise ValueError(f"{self.tokens[0][1]!r} is left of "
                             f"{self.source!r}")
        return value

    # && and || give one of their operands, as in JavaScript. Both sides are
    # read whatever the first one is.
    def either(self):
        value = self.both()
        while self.accept("||"):
            other = self.both()
            value = value or other
        return value

    def both(self):
        value = self.equality()
        while self.accept("&&"):
            other = self.equality()
            value = value and other
        return value

    def equality(self):
        value = self.single()
        while sign := self.accept("==", "!="):
            value = _is_equal(value, self.single()) == (sign == "==")
        return value

    def single(self):
        if self.accept("!"):
            return not self.single()
        if self.accept("("):
            value = self.either()
            if not self.accept(")"):
                raise ValueError(f"no ')' in {self.source!r}")
            return value
        if not self.tokens or self.tokens[0][0] == "sign":
            raise ValueError(f"a value is missing in {self.source!r}")
        kind, token = self.tokens.pop(0)
        if kind == "text":
            return token[1:-1].replace("''", "'")
        if kind == "number":
            return int(token)
        if token in _WORDS:
            return _WORDS[token]
        if self.accept("("):
            if not self.accept(")") or token not in self.functions:
                raise ValueError(f"unknown function {token!r}")
            return self.functions[token]
        return self.look_up(token)

    def look_up(self, path):
        """A context that there is not is an error; a property is null."""
        first, *rest = path.split(".")
        if first not in self.contexts:
            raise ValueError(f"unknown context {first!r} in {self.source!r}")
        value = self.contexts[first]
        for name in rest:
            value = value.get(name) if isinstance(value, dict) else None
        return value


def evaluate(source, contexts, functions=None):
    return _Parser(source, contexts, functions or {}).whole()


def expressions_in(value):
    """All `${{ ... }}` within strings of a nested structure."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        return [found for item in value for found in expressions_in(item)]
    if isinstance(value, str):
        return re.findall(r"\$\{\{(.*?)\}\}", value)
    return []


def substitute(value, contexts, functions=None):
    """A string with its expressions evaluated; one alone keeps its type."""
    if not isinstance(value, str):
        return value
    alone = re.fullmatch(r"\$\{\{((?:(?!\}\}).)*)\}\}", value)
    if alone:
        return evaluate(alone[1], contexts, functions)
    return re.sub(r"\$\{\{(.*?)\}\}",
                  lambda match: text_of(
                      evaluate(match[1], contexts, functions)), value)
