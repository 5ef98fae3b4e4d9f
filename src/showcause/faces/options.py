"""Options that several commands share; importing them costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
LLM = (
    click.option("--yes", is_flag=True, help="With --llm: send without asking."),
    click.option("--dry", is_flag=True, help="With --llm: print what would be sent, to the letter, and send nothing."),
    click.option(
        "--llm",
        is_flag=True,
        help="Ask the LLM of SHOWCAUSE_LLM_URL as a third judge; the passages that may bear are sent to it.",
    ),
)


def third_judge(command: Command) -> Command:
    """The options of a command that can ask an LLM."""
    for option in LLM:
        command = option(command)
    return command
