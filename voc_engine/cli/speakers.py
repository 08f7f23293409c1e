"""voc speakers: say who speaks in a talk that does not tell."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True))
@click.option("--config", default="voc.toml", show_default=True, help="The study to which FILE belongs.")
@click.option(
    "--workspace", type=click.Path(file_okay=False), help="Folder of the workspace, instead of the configured."
)
@click.option("--out", type=click.Path(dir_okay=False), help="Where to write the table; FILE.speakers.csv if absent.")
@click.option("--take", type=click.Path(dir_okay=False, exists=True), help="Take the filled table as your decision.")
@click.option("--author", help="Who decides; kept with the decision.")
def speakers(
    file: str, config: str, workspace: str | None, out: str | None, take: str | None, author: str | None
) -> int:
    """Write a table of the turns of FILE with a guess of who speaks, or take the table that you filled in.

    Fill in the column role (interviewer, participant, agent, bot or unknown) and, where several took part, speaker
    (Participant 1 or a name; names are kept as marks only). An empty role takes the guess; a row that you delete joins
    the one above. What you confirm holds for every later run, as long as the words of the file stay the same. Until then
    a talk without speakers is context and no evidence.

    \b
    Example:
      voc speakers interviews/anna.srt --config my-study/voc.toml
      voc speakers interviews/anna.srt --config my-study/voc.toml --take anna.srt.speakers.csv
    """
    from voc_engine.cli.opening import unlock
    from voc_engine.errors import ConfigError
    from voc_engine.ingest import Conversation, SourceFile, read_source
    from voc_engine.ingest.turn_sheet import confirmed_in, turn_sheet
    from voc_engine.interface.locate import locate_study
    from voc_engine.runners.source_inputs import find_sources

    settings, folder, opened = locate_study(config, workspace, unlock=unlock)
    wanted = Path(file).resolve()
    source = next((one for one in find_sources(settings, folder, opened.root) if one.path.resolve() == wanted), None)
    if source is None:
        raise ConfigError(f"{file} is no source of {config}.", do="add it under [[sources]], or name its --config")
    items = read_source(SourceFile(source.path, source.source), source.options)
    talks = [one for one in items if isinstance(one, Conversation) and one.document.kind == "interview"]
    if not talks:
        raise ConfigError(f"{file} holds no talk.", do="look at it with 'voc ingest --explain'")
    if take is None:
        target = Path(out or f"{wanted.name}.speakers.csv")
        target.write_text(turn_sheet(talks), encoding="utf-8")
        click.echo(
            f"{target} written: fill in role and speaker, then voc speakers {file} --config {config} --take {target}"
        )
        return 0
    confirmed = confirmed_in(Path(take), [one.document for one in talks])
    opened.decisions.append(turns.decision(name, author) for name, turns in confirmed.items())
    count = sum(len(turns.turns) for turns in confirmed.values())
    click.echo(f"{count:,} turns confirmed; they hold from the next run on")
    return 0
