"""A rule file as YAML: plain values, and the line that each rule begins at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pipeline.rule_files import RuleError


class _Loader(yaml.CSafeLoader):
    """YAML without timestamps: a date in a rule stays the text that was written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _with_lines(node: yaml.Node, path: Path) -> Any:
    """The plain value of a YAML node; every mapping of the top list gets the ``line`` it starts at."""
    if not isinstance(node, yaml.SequenceNode):
        raise RuleError(f"{path}:{node.start_mark.line + 1}: a rule file is a list of rules, each beginning with '- id:'")
    loader = _Loader("")
    rules = []
    for item in node.value:
        try:
            value = loader.construct_object(item, deep=True)
        except yaml.YAMLError as error:
            problem = str(getattr(error, "problem", error))
            raise RuleError(f"{path}:{item.start_mark.line + 1}: {problem}; write plain text, lists and mappings") from None
        if not isinstance(value, dict):
            raise RuleError(f"{path}:{item.start_mark.line + 1}: a rule is a mapping that begins with 'id:'")
        rules.append({**value, "line": item.start_mark.line + 1})
    return rules


def read_yaml(path: Path, raw: bytes) -> list[dict[str, Any]]:
    """The rules of a file, each with its ``line``.

    Args:
        path: where it stands, for what is said of what is wrong.
        raw: what it holds.

    Raises:
        RuleError: it is no YAML, or no list of mappings.
    """
    try:
        node = yaml.compose(raw.decode("utf-8"), Loader=_Loader)
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleError(f"{path}:{line}: not YAML: {error.problem}; check indents, quotes and colons there") from None
    except yaml.YAMLError as error:
        raise RuleError(f"{path}: not YAML: {' '.join(str(error).split())}") from None
    return [] if node is None else list(_with_lines(node, path))
