"""The environment in, one frozen Settings out; read once at a face and passed down."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


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
        workers=int(env.get("SHOWCAUSE_WORKERS", str(os.cpu_count() or 1))),
        seconds=float(env.get("SHOWCAUSE_SECONDS", "120")),
        megabytes=int(env.get("SHOWCAUSE_MEGABYTES", "3072")),
        llm_url=env.get("SHOWCAUSE_LLM_URL", ""),
        llm_model=env.get("SHOWCAUSE_LLM_MODEL", ""),
        llm_key=env.get("SHOWCAUSE_LLM_KEY", ""),
        llm_seconds=float(env.get("SHOWCAUSE_LLM_SECONDS", "60")),
        llm_at_once=int(env.get("SHOWCAUSE_LLM_AT_ONCE", "2")),
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
