"""The command line: one file per verb, loaded when the verb is used."""

from __future__ import annotations

import os
import shlex
import sys
from importlib import import_module

import click

from voc_engine import __version__

VERBS = {
    "init": "Make a study folder with a configuration for your files.",
    "run": "Run a study: from source files to the report.",
    "plan": "Tell what a run would compute, and why.",
    "speakers": "Say who speaks in a talk that does not tell.",
    "ingest": "Show how files are understood, without running anything.",
    "label": "Give each row of a file its labels; needs no study.",
    "assign": "Give new people or leads a persona of a study, or none of these.",
    "check": "Hold your own personas against what people said, line by line.",
    "report": "Tell where the report of a run is, or write it again.",
    "export": "Write a run for another tool: tables, codings, slides, notes.",
    "review": "Check and correct a run in the browser.",
    "import": "Bring in people's decisions: rename, reject, re-label.",
    "verify": "Prove everything that people read of a run, from the sources on.",
    "diff": "Tell what changed between two runs, or two periods of one.",
    "forget": "Remove one person from everything, and refuse them from then on.",
    "retention": "Tell what has been kept long enough, and remove it.",
    "vault": "Put the vault under a passphrase, or tell who is who.",
    "evaluate": "Measure the labels against public gold sets or your own labels.",
    "train": "Refit the labelling with your own labels.",
    "doctor": "Check that this machine has what is needed.",
}

# A verb that is a word of Python has its module under another name.
_MODULES = {"import": "bring_in"}


class LazyGroup(click.Group):
    """Imports a verb's module only when the verb is used, so that --help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        name = _MODULES.get(cmd_name, cmd_name)
        module = import_module(f"voc_engine.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs, in the order of work"):
            formatter.write_dl(list(VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from voc_engine.errors import nearest

            raise click.UsageError(f"There is no verb {args[0]!r}: {nearest(args[0], VERBS)}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="voc")
def cli() -> None:
    """Voice-of-customer research from real words only.

    Reads interviews, reviews, posts, tickets and surveys; finds topics, pain points, goals, objections, requests,
    delights and triggers; merges them into insights with people counted; groups people into personas with empathy
    maps; and writes a report in which every statement leads to the words that carry it. Nothing leaves the machine, unless
    you name a language model to ask ([assistant]).

    Exit codes: 0 done, 1 done with input set aside, 2 wrong use or configuration, 3 failed.

    \b
    Example:
      voc init my-study interviews/*.vtt reviews.csv
      voc run my-study/voc.toml
    """


def main() -> None:
    """Entry point of ``voc``: errors become a message and an exit code, never a traceback."""
    from voc_engine.errors import VocError

    try:
        code = cli.main(prog_name="voc", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(3)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except VocError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        click.echo("Stopped. What is done stays done; the same command goes on from here.", err=True)
        sys.exit(3)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if os.environ.get("VOC_DEBUG"):
            raise
        click.echo(
            f"voc failed in a way that it should not: {type(error).__name__}: {error}\n"
            f"  to do: what is done stays done; to go on, run: {shlex.join(['voc', *sys.argv[1:]])}\n"
            "  to do: if it fails again, run it with VOC_DEBUG=1 and report what it prints",
            err=True,
        )
        sys.exit(3)
