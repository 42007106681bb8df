"""The command ``zhibiao``. The library behind it loads inside the commands, so that ``--help`` starts at once.

Exit codes: 0 all went well; 1 some document failed, or some example of a rule; 2 the command could not be carried out.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline import __version__

if TYPE_CHECKING:
    from pipeline.run import RunReport

_NARROWEST = 100
_NAMES_SHOWN = 5
_LONGEST_SHOWN = 100


class _Failure(click.ClickException):
    """Ends a command with one line on standard error."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"zhibiao: error: {self.format_message()}", file=file, err=True)


@contextmanager
def _one_line() -> Iterator[None]:
    """Says what click finds wrong in a command line in one line, as every other error is said."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "zhibiao"
        raise _Failure(f"{error.format_message().rstrip('.')}; see '{where} --help'") from None


class _Commands(click.Group):
    """A group of commands whose errors are one line each."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _one_line():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _one_line():
            return super().invoke(ctx)


_FOLDER = click.Path(path_type=Path)


@click.group("zhibiao", cls=_Commands)
@click.version_option(__version__, prog_name="zhibiao", message="%(prog)s %(version)s")
def main() -> None:
    """Read the numbers out of Chinese policy texts: what is measured, how much, by when, target or result."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@main.command()
@click.argument("input", type=_FOLDER, default="corpus")
@click.option("--output", type=_FOLDER, default="outputs", show_default=True, help="The folder to write to.")
@click.option("--rules", type=_FOLDER, help="The folder of rules.  [default: rules]")
def extract(input: Path, output: Path, rules: Path | None) -> None:
    """Read every document of INPUT, a folder or one file, and write the tables.

    INPUT is the folder corpus where none is named.
    """
    from pipeline.ingest import IngestError
    from pipeline.rules import RuleError
    from pipeline.run import extract_folder
    from pipeline.write import OutputError

    try:
        with _progress() as progress:
            report = extract_folder(input, output, _rules_folder(rules), progress)
    except (IngestError, RuleError, OutputError) as error:
        _fail(error)
    _summarise(report, output)
    sys.exit(1 if report.problems else 0)


@main.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a text.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The date of the document, such as 2024-06-30.")
@click.option("--rules", type=_FOLDER, help="The folder of rules.  [default: rules]")
def explain(text: str | None, as_json: bool, date: datetime | None, rules: Path | None) -> None:
    """Show how TEXT is read. Without TEXT, read one text a line from standard input."""
    from pipeline import explanation
    from pipeline.pipeline import Extractor
    from pipeline.rules import RuleError

    day = date.date() if date else None
    width = max(_NARROWEST, shutil.get_terminal_size().columns)
    try:
        extractor = Extractor(_rules_folder(rules))
        for one in [_valid(text, "TEXT")] if text is not None else _lines():
            if as_json:
                click.echo(json.dumps(explanation.explain(one, extractor, day), ensure_ascii=False))
            else:
                click.echo(explanation.render(one, extractor, day, width=width), nl=False)
    except RuleError as error:
        _fail(error)


@main.group(cls=_Commands)
def rules() -> None:
    """Check the rules, or list them."""


@rules.command()
@click.argument("folder", type=_FOLDER, required=False, metavar="[DIR]")
def check(folder: Path | None) -> None:
    """Read the rules of DIR and run the examples beside them."""
    from pipeline.examples import check_rules
    from pipeline.rules import RuleError

    try:
        report = check_rules(_rules_folder(folder))
    except RuleError as error:
        _fail(error)
    for failure in report.failures:
        click.echo(failure)
    click.echo(f"rules: {report.rules}, examples: {report.examples}, not as they should be: {len(report.failures)}")
    sys.exit(1 if report.failures else 0)


@rules.command("list")
@click.argument("folder", type=_FOLDER, required=False, metavar="[DIR]")
def list_rules(folder: Path | None) -> None:
    """List the rules of DIR: where each stands, its id, and how many examples it has."""
    from pipeline.rules import RuleError, load_rules

    chosen = _rules_folder(folder)
    try:
        listed = list(load_rules(chosen))
    except RuleError as error:
        _fail(error)
    for file, rule in listed:
        click.echo(f"{(chosen / file).as_posix()}.yaml:{rule.line}\t{rule.id}\t{len(rule.examples)}")


# Adding documents


@main.command()
@click.argument("files", type=_FOLDER, nargs=-1, required=True)
@click.option("--corpus", type=_FOLDER, default="corpus", show_default=True, help="The folder of documents.")
@click.option("--output", type=_FOLDER, default="outputs", show_default=True, help="The folder to write to.")
@click.option("--rules", type=_FOLDER, help="The folder of rules.  [default: rules]")
def add(files: tuple[Path, ...], corpus: Path, output: Path, rules: Path | None) -> None:
    """Copy FILES into the corpus, fill their rows of its index, extract it, and print what came out of them."""
    from pipeline.adding import add_documents
    from pipeline.ingest import IngestError
    from pipeline.rules import RuleError
    from pipeline.run import extract_folder
    from pipeline.write import OutputError

    try:
        added = add_documents(files, corpus)
        for problem in added.problems:
            click.echo(f"zhibiao: error: {problem}", err=True)
        if not added.added:
            sys.exit(1)
        with _progress() as progress:
            report = extract_folder(corpus, output, _rules_folder(rules), progress)
        for document in added.added:
            _show_document(document.doc_id, document.path, output)
    except (IngestError, RuleError, OutputError) as error:
        _fail(error)
    click.echo(f"{(corpus / 'documents.csv').as_posix()}: correct title, issuer and date there, then: zhibiao extract")
    sys.exit(1 if added.problems or report.problems else 0)


@main.command()
@click.argument("doc")
@click.option(
    "--corpus", type=_FOLDER, default="corpus", show_default=True, help="The folder of documents, with gold/ in it."
)
@click.option("--rules", type=_FOLDER, help="The folder of rules.  [default: rules]")
def draft(doc: str, corpus: Path, rules: Path | None) -> None:
    """Write the statements of DOC, a doc_id, as a gold file to correct by hand, marked as a draft."""
    from pipeline.draft import DraftError, write_draft
    from pipeline.ingest import IngestError
    from pipeline.rules import RuleError
    from pipeline.write import OutputError

    try:
        path, count = write_draft(doc, corpus, _rules_folder(rules))
    except (DraftError, IngestError, RuleError, OutputError) as error:
        _fail(error)
    click.echo(f"{path.as_posix()}: {count} rows; check them against the text, then delete the first line")


def _show_document(doc_id: str, path: Path, output: Path) -> None:
    """What came out of one document, and the sentences whose numbers nothing explains."""
    from pipeline.run import read_table

    row = next(row for row in read_table(output, "documents") if row["doc_id"] == doc_id)
    kinds = [r["kind"] for r in read_table(output, "targets") if r["doc_id"] == doc_id]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds), key=lambda kind: -kinds.count(kind)))
    left = [r for r in read_table(output, "residue") if r["doc_id"] == doc_id]
    unexplained = [r for r in left if r["reason"] == "unexplained"]
    click.echo(f"{path.as_posix()}: {row['title'] or '-'} | {row['issuer'] or '-'} | {row['date'] or '-'}")
    click.echo(f"  statements: {len(kinds)}" + (f" ({counts})" if counts else ""))
    click.echo(f"  other numerals: {len(left)}, unexplained: {len(unexplained)}")
    for one in unexplained:
        click.echo(f"    {one['quote']}: {_shortened(one['sentence'])}")


def _shortened(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def _fail(error: Exception) -> NoReturn:
    raise _Failure(str(error)) from None


def _rules_folder(given: Path | None) -> Path:
    """The folder named, else ``rules`` here, else the one that stands beside the package."""
    here = Path("rules")
    return given or (here if here.is_dir() else Path(__file__).resolve().parent.parent / "rules")


def _lines() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape")
        yield _valid(text.rstrip("\r\n"), f"standard input, line {number}")


def _valid(text: str, name: str) -> str:
    """``text``, where it was UTF-8 that was typed or piped in."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Failure(f"{name}: not UTF-8; convert it first") from None
    return text


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rules", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=name)


def _summarise(report: RunReport, output: Path) -> None:
    for problem in report.problems:
        click.echo(f"zhibiao: error: {problem}", err=True)
    if report.left_out:
        names = ", ".join(report.left_out[:_NAMES_SHOWN]) + (", …" if len(report.left_out) > _NAMES_SHOWN else "")
        click.echo(f"zhibiao: left out, in no format that is read: {names}", err=True)
    by_kind = ", ".join(f"{count} {kind}" for kind, count in sorted(report.statements.items(), key=lambda item: -item[1]))
    click.echo(f"documents: {report.documents}, failed: {report.failed}")
    click.echo(f"statements: {sum(report.statements.values())}" + (f" ({by_kind})" if by_kind else ""))
    click.echo(f"other numerals: {report.residue}, unexplained: {report.unexplained}")
    click.echo(f"{output.as_posix()}/: {', '.join(path.name for path in report.files)}")
