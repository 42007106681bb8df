"""The command ``zhibiao``. The library behind it loads inside the commands, so that ``--help`` starts at once.

Exit codes: 0 all went well; 1 some document or example of a rule failed, a score is below its threshold, or a row of gold
was not found again; 2 the command could not be carried out.
"""

from __future__ import annotations

import io
import json
import shutil
import signal
import sys
import threading
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


class _Interrupted(KeyboardInterrupt):
    """Ctrl-C. Where a plain KeyboardInterrupt passes through text that Python runs, as named tuples are made of, CPython
    remembers it and dies by the signal at the end, whatever the program has made of it (``run_eval_code_obj``)."""


@contextmanager
def _interrupts() -> Iterator[None]:
    """Lets Ctrl-C raise :class:`_Interrupted`, where signals are heard at all."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise _Interrupted

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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
@click.argument("input", default="corpus")
@click.option("--output", type=_FOLDER, default="outputs", show_default=True, help="The folder to write to.")
@click.option("--rules", type=_FOLDER, help="The folder of rules.  [default: rules]")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes that read documents.  [default: one a core]")
@click.option("--no-cache", is_flag=True, help="Read every document anew, and keep nothing in .cache of the output.")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    metavar="NAME",
    default="local",
    show_default=True,
    help="Who does the work, local or dask; dask needs: pip install 'zhibiao[cluster]'.",
)
@click.option("--scheduler", metavar="URL", help="The Dask scheduler, such as tcp://host:8786.  [default: started here]")
def extract(
    input: str, output: Path, rules: Path | None, jobs: int | None, no_cache: bool, engine: str, scheduler: str | None
) -> None:
    """Read every document of INPUT, a folder or one file, and write the tables.

    INPUT is the folder corpus where none is named; it may be a URL such as s3://bucket/folder.
    """
    from pipeline.ingest import IngestError
    from pipeline.ingest.places import place
    from pipeline.rule_files import RuleError
    from pipeline.run import extract_folder
    from pipeline.work import ClusterError
    from pipeline.write import OutputError

    if scheduler and engine != "dask":
        raise _Failure("--scheduler is for --engine dask; name both")
    try:
        with _interrupts(), _progress() as progress:
            report = extract_folder(
                place(input),
                output,
                _rules_folder(rules),
                progress,
                jobs=jobs,
                cache=not no_cache,
                engine=engine,
                scheduler=scheduler,
            )
    except (IngestError, RuleError, OutputError, ClusterError) as error:
        _fail(error)
    except KeyboardInterrupt:
        raise _Failure("interrupted; the tables of the run before stay as they were; run again to go on") from None
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
        added = add_documents(files, corpus, _rules_folder(rules))
        for problem in added.problems:
            click.echo(f"zhibiao: error: {problem}", err=True)
        if not added.added:
            sys.exit(1)
        with _progress() as progress:
            report = extract_folder(corpus, output, _rules_folder(rules), progress, jobs=None, cache=True)
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


# Quality: gold, differences, review


@main.command("check")
@click.option(
    "--corpus", type=_FOLDER, default="corpus", show_default=True, help="The folder of documents, with gold/ in it."
)
@click.option("--output", type=_FOLDER, default="outputs", show_default=True, help="The folder of the tables.")
@click.option("--docs", default="", metavar="ID,…", help="Only these documents; * stands for anything. Without thresholds.")
@click.option(
    "--split", default="", metavar="NAME", help="Only documents of this split in documents.csv. Without thresholds."
)
@click.option(
    "--suggest-thresholds", "suggest", is_flag=True, help="Print thresholds for pyproject.toml, a little below the scores."
)
@click.option("--fix-offsets", "fix", is_flag=True, help="First lead rows of gold to where their quotes stand now.")
def check_tables(corpus: Path, output: Path, docs: str, split: str, suggest: bool, fix: bool) -> None:
    """Hold the tables against corpus/gold, print the scores and write report.html beside the tables."""
    from pipeline.check.evaluate import SETTINGS_NAME, evaluate, fix_offsets, shortfalls, suggested, thresholds
    from pipeline.check.report import REPORT_NAME, write_report
    from pipeline.check.terminal import render_fixed, render_scores

    lost = 0
    with _check_errors():
        if fix:
            fixed = fix_offsets(output, corpus)
            click.echo(render_fixed(fixed), nl=False)
            lost = sum(len(anchored.lost) for anchored in fixed)
            if lost:
                sys.exit(1)
        names = [name.strip() for name in docs.split(",") if name.strip()]
        evaluation = evaluate(output, corpus, docs=names, split=split)
        short = shortfalls(evaluation, {} if names or split or suggest else thresholds(Path(SETTINGS_NAME)))
        write_report(evaluation, output / REPORT_NAME, tuple(short))
    click.echo(suggested(evaluation) if suggest else render_scores(evaluation).rstrip("\n"))
    if not suggest:
        click.echo(f"{(output / REPORT_NAME).as_posix()}: every row in its text")
    for shortfall in short:
        click.echo(f"zhibiao: error: {shortfall}", err=True)
    sys.exit(1 if short else 0)


@main.command()
@click.option(
    "--corpus", type=_FOLDER, default="corpus", show_default=True, help="The folder of documents, with gold/ in it."
)
@click.option("--output", type=_FOLDER, default="outputs", show_default=True, help="The folder of the tables.")
@click.option("--docs", default="", metavar="ID,…", help="Only these documents; * stands for anything.")
@click.option("--against", type=_FOLDER, help="The gold of a second reader, to settle where the two disagree.")
@click.option("--reviewer", default="", metavar="NAME", help="Who reviews.  [default: the user of this machine]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8421,
    show_default=True,
    help="The port on loopback; 0 for any free one.",
)
def review(corpus: Path, output: Path, docs: str, against: Path | None, reviewer: str, port: int) -> None:
    """Serve the report on this machine, to accept, correct and reject rows; what is decided goes to corpus/gold at once."""
    import getpass

    from pipeline.check.review import LOOPBACK, Bench, create_app, serve

    with _check_errors():
        names = [name.strip() for name in docs.split(",") if name.strip()]
        server = serve(create_app(Bench(output, corpus, names, against), reviewer or getpass.getuser()), port)
    click.echo(f"http://{LOOPBACK}:{server.effective_port}/ (Ctrl-C ends it)")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


@main.command()
@click.argument("old")
@click.argument("new", default="outputs")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="How to show it.",
)
def diff(old: str, new: str, form: str) -> None:
    """Show which rows came, went and changed from OLD to NEW, and by which rules.

    Each is a folder of tables, or a commit, whose documents are then read by its own rules and code. NEW is the folder
    outputs where none is named.
    """
    from pipeline.check.diff import compare_runs
    from pipeline.check.diff_render import render_markdown, render_page, render_text
    from pipeline.check.revisions import open_run, rules_edited

    render = {"text": render_text, "markdown": render_markdown, "html": render_page}[form]
    with _check_errors(), open_run(old) as before, open_run(new) as after:
        found = compare_runs(before.run, after.run, rules_edited(before, after))
        click.echo(render(found, before.name, after.name), nl=False)


@main.group(cls=_Commands)
def gold() -> None:
    """Carry gold to other tools and back, or hold two readers against each other."""


def _carries_gold(command: Callable[..., None]) -> Callable[..., None]:
    """What the commands that carry gold between the corpus and a file are given."""
    for given in (
        click.option("--output", type=_FOLDER, default="outputs", show_default=True, help="The folder of the tables."),
        click.option(
            "--corpus", type=_FOLDER, default="corpus", show_default=True, help="The folder of documents, with gold/ in it."
        ),
        click.argument("file", type=_FOLDER),
        click.argument("format", type=click.Choice(["label-studio", "doccano", "docbin"]), metavar="FORMAT"),
    ):
        command = given(command)
    return command


@gold.command("export")
@_carries_gold
def export_labels(format: str, file: Path, corpus: Path, output: Path) -> None:
    """Write the gold of the corpus to FILE.

    FORMAT is label-studio, doccano or docbin (spaCy).
    """
    from pipeline.check.exchange import export_gold

    with _check_errors():
        documents, files = export_gold(output, corpus, file, format)
    click.echo(f"documents: {documents}; {', '.join(path.as_posix() for path in files)}")


@gold.command("import")
@_carries_gold
def import_labels(format: str, file: Path, corpus: Path, output: Path) -> None:
    """Write what was labelled in FILE to the gold of the corpus.

    FORMAT is label-studio, doccano or docbin (spaCy).
    """
    from pipeline.check.exchange import import_gold

    with _check_errors():
        files = import_gold(output, corpus, file, format)
    click.echo(f"changed: {', '.join(path.as_posix() for path in files) or 'nothing'}")


@gold.command()
@click.argument("one", type=_FOLDER)
@click.argument("other", type=_FOLDER)
def agreement(one: Path, other: Path) -> None:
    """Hold the gold of two readers, folders ONE and OTHER, against each other: F1 and Cohen's kappa."""
    from pipeline.check.agreement import agreement as agree
    from pipeline.check.agreement import render_agreement

    with _check_errors():
        click.echo(render_agreement(agree(one, other)))


@contextmanager
def _check_errors() -> Iterator[None]:
    """Ends a command that cannot be carried out, with one line for each thing that is wrong."""
    from pipeline.check.errors import CheckError
    from pipeline.write import OutputError

    try:
        yield
    except CheckError as error:
        for line in error.lines[:-1]:
            click.echo(f"zhibiao: error: {line}", err=True)
        raise _Failure(error.lines[-1]) from None
    except OutputError as error:
        _fail(error)


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
