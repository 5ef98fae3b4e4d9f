"""The environment in, one frozen Settings out; read once at a face and passed down."""

from __future__ import annotations

import getpass
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from showcause.errors import BadInput


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told from outside.

    `actor` is written beside every act in the log; `key` is the user's Ed25519 signing key in OpenSSH form;
    `packs` are folders searched for law packs before the packs that ship; `seconds` and `megabytes` bound one
    parser at work on one file. `llm_url`, `llm_model` and `llm_key` name an OpenAI-compatible service; without a URL
    there is none, and with one it is asked only by a command that is told to. `llm_seconds` bound one try, `llm_at_once`
    the requests under way.
    """

    actor: str
    key: Path
    packs: tuple[Path, ...] = ()
    workers: int = 1
    seconds: float = 120.0
    megabytes: int = 3072
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = field(default="", repr=False)
    llm_seconds: float = 60.0
    llm_at_once: int = 2


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings as `SHOWCAUSE_*` variables give them, with defaults for the rest."""
    env = os.environ if environ is None else environ
    home = Path(env.get("SHOWCAUSE_HOME", str(Path.home() / ".config" / "showcause")))
    packs = tuple(Path(p) for p in env.get("SHOWCAUSE_PACKS", "").split(os.pathsep) if p)
    return Settings(
        actor=env.get("SHOWCAUSE_ACTOR") or _login(),
        key=Path(env.get("SHOWCAUSE_KEY", str(home / "key"))),
        packs=packs,
        workers=_count(env, "SHOWCAUSE_WORKERS", os.cpu_count() or 1),
        seconds=_number(env, "SHOWCAUSE_SECONDS", 120),
        megabytes=_count(env, "SHOWCAUSE_MEGABYTES", 3072),
        llm_url=env.get("SHOWCAUSE_LLM_URL", ""),
        llm_model=env.get("SHOWCAUSE_LLM_MODEL", ""),
        llm_key=env.get("SHOWCAUSE_LLM_KEY", ""),
        llm_seconds=_number(env, "SHOWCAUSE_LLM_SECONDS", 60),
        llm_at_once=_count(env, "SHOWCAUSE_LLM_AT_ONCE", 2),
    )


def _number(env: Mapping[str, str], name: str, usual: float) -> float:
    """The setting of that name; raises BadInput where it is no number over nought."""
    told = env.get(name, "")
    try:
        found = float(told) if told else float(usual)
    except ValueError:
        found = math.nan
    if not 0 < found < math.inf:
        raise BadInput(f"{name}: {told!r} is no number over 0")
    return found


def _count(env: Mapping[str, str], name: str, usual: int) -> int:
    """The setting of that name; raises BadInput where it is no whole number over nought."""
    found = _number(env, name, usual)
    if found != int(found):
        raise BadInput(f"{name}: {env[name]!r} is no whole number")
    return int(found)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
