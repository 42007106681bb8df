"""Label Studio: a list of tasks in JSON, and the labelling interface that shows them, in XML beside it.

Format: https://labelstud.io/guide/task_format. Its offsets are code points. Each row is a region of the tag of its table;
its other cells are per-region results with the same ``id``, choices where the words are limited and text areas elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pipeline.check.errors import CheckError
from pipeline.check.exchange.marks import LABEL_COLUMN, Labelled, Mark
from pipeline.check.gold import GOLD_COLUMNS, GOLD_WORDS
from pipeline.write import replacing

_TEXT = "text"
_COLOURS = {"target": "#4fae90", "actual": "#6d9fd9", "provision": "#a385d1", "qualifier": "#a79c80"}
_LABELS = {"tasks": ("tasks",), "citations": ("citations",)}
_PLACE = frozenset({"doc_id", "start", "end", "quote", "text"})


def write(documents: Sequence[Labelled], path: Path) -> list[Path]:
    """Writes the tasks, and the labelling interface beside them."""
    tasks = [
        {
            "data": {"doc_id": document.doc_id, _TEXT: document.text, "columns": dict(document.columns)},
            "annotations": [{"result": list(_results(document))}],
        }
        for document in documents
    ]
    with replacing(path) as beside:
        beside.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    interface = path.with_suffix(".xml")
    with replacing(interface) as beside:
        beside.write_text(_interface(), encoding="utf-8")
    return [path, interface]


def _results(document: Labelled) -> Iterator[dict[str, Any]]:
    for number, mark in enumerate(document.marks):
        place = {"start": mark.start, "end": mark.end}
        region = {"id": f"{mark.table}-{number}", "to_name": _TEXT}
        label = mark.label if mark.table in LABEL_COLUMN else _LABELS[mark.table][0]
        value = place | {"text": mark.quote, "labels": [label]}
        yield region | {"from_name": mark.table, "type": "labels", "value": value}
        for column, cell in mark.cells.items():
            if cell == "" or column == LABEL_COLUMN.get(mark.table):
                continue
            name = f"{mark.table}.{column}"
            if column in GOLD_WORDS[mark.table]:
                yield region | {"from_name": name, "type": "choices", "value": place | {"choices": [cell]}}
            else:
                yield region | {"from_name": name, "type": "textarea", "value": place | {"text": [cell]}}


def read(path: Path) -> list[Labelled]:
    """Reads tasks as Label Studio exports them (JSON, not JSON-MIN).

    Raises:
        CheckError: the file is none of these.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
        return [_document(task) for task in tasks]
    except OSError as error:
        raise CheckError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise CheckError(f"{path}: no tasks of Label Studio ({type(error).__name__}: {error}); export as JSON") from None


def _document(task: dict[str, Any]) -> Labelled:
    done = [annotation for annotation in task["annotations"] if not annotation.get("was_cancelled")]
    latest: dict[str, Any] = max(done, key=lambda annotation: annotation.get("updated_at", ""), default={"result": []})
    text: str = task["data"][_TEXT]
    regions: dict[str, tuple[str, int, int, str]] = {}
    cells: dict[str, dict[str, str]] = {}
    for result in latest["result"]:
        table, _, column = result["from_name"].partition(".")
        if table not in GOLD_COLUMNS:
            continue
        value = result["value"]
        if not column:
            regions[result["id"]] = (table, int(value["start"]), int(value["end"]), value["labels"][0])
        else:
            cells.setdefault(result["id"], {})[column] = str((value.get("choices") or value.get("text") or [""])[0])
    marks = tuple(
        Mark(table, start, end, text[start:end], label, cells.get(key, {}))
        for key, (table, start, end, label) in regions.items()
    )
    return Labelled(task["data"].get("doc_id", ""), text, marks, task["data"].get("columns", {}))


def _interface() -> str:
    """The labelling interface: https://labelstud.io/tags/labels, with attributes of each region below the text."""
    view = ElementTree.Element("View")
    ElementTree.SubElement(view, "Style").text = ".htx-text{ white-space: pre-wrap; }"
    for table in GOLD_COLUMNS:
        labels = ElementTree.SubElement(view, "Labels", name=table, toName=_TEXT)
        for word in GOLD_WORDS[table].get(LABEL_COLUMN.get(table, ""), _LABELS.get(table, ())):
            colour = {"background": _COLOURS[word]} if word in _COLOURS else {}
            ElementTree.SubElement(labels, "Label", {"value": word, **colour})
    ElementTree.SubElement(view, "Text", name=_TEXT, value=f"${_TEXT}", granularity="symbol")
    for table, columns in GOLD_COLUMNS.items():
        for column in columns:
            if column in _PLACE or column == LABEL_COLUMN.get(table):
                continue
            shown = {"perRegion": "true", "whenTagName": table, "toName": _TEXT, "name": f"{table}.{column}"}
            ElementTree.SubElement(view, "Header", value=column, size="5")
            if column in GOLD_WORDS[table]:
                choices = ElementTree.SubElement(view, "Choices", shown | {"choice": "single", "showInline": "true"})
                for word in GOLD_WORDS[table][column]:
                    ElementTree.SubElement(choices, "Choice", value=word)
            else:
                ElementTree.SubElement(view, "TextArea", shown | {"maxSubmissions": "1", "editable": "true"})
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"
