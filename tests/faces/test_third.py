"""An LLM at the command line: off unless asked for, shown first, on the record, and never in a proof."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from showcause.core import Verdict
from showcause.faces.cli import main
from showcause.matter import matter as matters

sys.path.insert(0, str(Path(__file__).parents[1] / "assess"))
import unruly as bad

LEAVE = "The clerk may destroy minutes of the council.\n"
LAW = ("--law", "ca/gov-34090")


def showcause(*words: object, cwd: Path, said: str | None = None, **env: str) -> Result:
    """The command in this process, with nothing of the caller's own settings for an LLM."""
    told: dict[str, str | None] = {k: None for k in os.environ if k.startswith("SHOWCAUSE_LLM")}
    told |= {"SHOWCAUSE_HOME": str(cwd / "home"), "SHOWCAUSE_ACTOR": "clerk", **env}
    with contextlib.chdir(cwd):
        return CliRunner(env=told).invoke(main, [str(w) for w in words], input=said or "")


def at(server: bad.Unruly) -> dict[str, str]:
    return {"SHOWCAUSE_LLM_URL": server.url, "SHOWCAUSE_LLM_MODEL": "m-1", "SHOWCAUSE_LLM_KEY": "hush"}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    (tmp_path / "memo.txt").write_text(LEAVE, encoding="utf-8")
    return tmp_path


def test_settings_alone_send_nothing_and_the_option_alone_neither(record: Path) -> None:
    with bad.unruly(bad.votes("conflict")) as server:
        run = showcause("judge", "memo.txt", *LAW, "--json", cwd=record, **at(server))
        assert run.exit_code == 0, run.stderr
        refused = showcause("judge", "memo.txt", *LAW, "--llm", "--yes", "--llm-log", "l.jsonl", cwd=record)
        assert refused.exit_code == 2
        assert "SHOWCAUSE_LLM_URL" in refused.stderr
        assert server.asked == []
    assert not (record / "l.jsonl").exists()


def test_a_dry_run_prints_to_the_letter_what_would_be_sent(record: Path) -> None:
    with bad.unruly(bad.votes("conflict")) as server:
        dry = showcause("judge", "memo.txt", *LAW, "--llm", "--dry", cwd=record, **at(server))
        assert server.asked == []
        run = showcause(
            "judge", "memo.txt", *LAW, "--llm", "--yes", "--llm-log", "l.jsonl", "--json", cwd=record, **at(server)
        )
        assert run.exit_code == 0, run.stderr
        sent = sorted(body.decode() for _, _, body in server.asked)
    shown = [json.loads(line) for line in dry.stdout.splitlines()]
    assert sorted(row["payload"] for row in shown) == sent
    assert {row["to"] for row in shown} == {f"{server.url}/chat/completions"}
    assert "hush" not in dry.stdout + dry.stderr
    assert f"characters, go to 127.0.0.1:{server.server_port} (m-1); names and other personal data" in dry.stderr


@pytest.mark.parametrize("said", ["n\n", "", None])
def test_without_leave_nothing_is_sent(record: Path, said: str | None) -> None:
    with bad.unruly(bad.votes("conflict")) as server:
        run = showcause(
            "judge", "memo.txt", *LAW, "--llm", "--llm-log", "l.jsonl", cwd=record, said=said or "", **at(server)
        )
        assert server.asked == []
    assert run.exit_code == 2
    assert "nothing was sent" in run.stderr


def test_a_run_without_a_log_is_refused(record: Path) -> None:
    with bad.unruly(bad.votes("conflict")) as server:
        run = showcause("judge", "memo.txt", *LAW, "--llm", "--yes", cwd=record, **at(server))
        assert server.asked == []
    assert run.exit_code == 2
    assert "--llm-log" in run.stderr


@pytest.mark.parametrize(("verdict", "settled"), [("conflict", "conflict"), ("silent", "unclear")])
def test_rows_say_both_judges_and_what_they_come_to(record: Path, verdict: str, settled: str) -> None:
    with bad.unruly(bad.votes(verdict)) as server:
        run = showcause(
            "judge", "memo.txt", *LAW, "--llm", "--llm-log", "l.jsonl", "--json", cwd=record, said="y\n", **at(server)
        )
    assert run.exit_code == 0, run.stderr
    rows = {row["requirement"]: row for row in map(json.loads, run.stdout.splitlines())}
    row = rows["ca/gov-34090#proceedings"]
    assert row["verdict"] == settled
    own, _, third = row["by"].partition(", ")
    assert re.fullmatch(r"duty:1\+entail:[0-9a-f]{8}", own)  # a law of the corpus: the rules and the learned judge
    assert third == f"llm:m-1@127.0.0.1:{server.server_port}"
    assert [vote["verdict"] for vote in row["votes"]] == ["conflict", verdict]
    assert all(LEAVE[c["start"] : c["end"]] == c["text"] for c in row["cites"])
    log = [json.loads(line) for line in (record / "l.jsonl").read_text(encoding="utf-8").splitlines()]
    sent = {line["sha256"] for line in log if line["event"] == "sent"}
    assert sent == {line["sha256"] for line in log if line["event"] == "answer"}
    assert all(line["outcome"] == verdict and line["answer"] for line in log if line["event"] == "answer")


def test_dropped_answers_are_counted_and_leave_the_rules_alone(record: Path) -> None:
    with bad.unruly(bad.content(bad.said("complies", "We keep every record for ever."))) as server:
        run = showcause(
            "judge", "memo.txt", *LAW, "--llm", "--yes", "--llm-log", "l.jsonl", "--json", cwd=record, **at(server)
        )
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert not any("votes" in row for row in rows)
    assert "0 answers kept" in run.stderr
    assert "quotes what does not stand in the passage" in run.stderr


# --- in a matter ---------------------------------------------------------------------------------


@pytest.fixture
def matter(record: Path) -> Path:
    (record / "advice.txt").write_text("PRIVILEGED AND CONFIDENTIAL\n\n" + LEAVE, encoding="utf-8")
    (record / "secret.txt").write_text("Our own plan. The clerk may destroy minutes of the board.\n", encoding="utf-8")
    for words in (
        ("init", "m", *LAW, "--respondent", "City of Elsewhere"),
        ("-m", "m", "add", "memo.txt", "advice.txt", "secret.txt"),
        ("key",),
    ):
        run = showcause(*words, cwd=record)
        assert run.exit_code == 0, run.stderr
    return record


def sent_words(server: bad.Unruly) -> str:
    return "\n".join(bad.passage(json.loads(body)) for _, _, body in server.asked)


def verdicts(run: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run.stdout)["findings"]["ca/gov-34090"]["plain"]
    return found


def test_in_a_matter_votes_stand_beside_the_rules_and_a_proof_opens_none_of_it(matter: Path) -> None:
    before = verdicts(showcause("-m", "m", "assess", "--json", cwd=matter))
    with bad.unruly(bad.votes("complies")) as server:
        words = ("-m", "m", "assess", "--llm", "--yes", "--withhold", "secret.txt", "--json")
        run = showcause(*words, cwd=matter, **at(server))
        assert run.exit_code == 0, run.stderr
        assert "it calls itself privileged" in run.stderr
        assert "it is withheld" in run.stderr
        assert "PRIVILEGED" not in sent_words(server)
        assert "Our own plan" not in sent_words(server)
        assert "minutes of the council" in sent_words(server)
        asked = len(server.asked)
        after = verdicts(run)
        assert sum(after.values()) == sum(before.values())
        assert after["unclear"] > before.get("unclear", 0)
        again = showcause(*words, cwd=matter, **at(server))
        assert (again.exit_code, len(server.asked)) == (0, asked)  # what was answered is not asked again
        assert verdicts(again) == after
    proven = showcause("-m", "m", "prove", "--withhold", "secret.txt", "--withhold", "advice.txt", cwd=matter)
    assert proven.exit_code == 0, proven.stderr
    bag = matter / "m" / "proof"
    everything = b"".join(p.read_bytes() for p in sorted(bag.rglob("*")) if p.is_file() and p.suffix != ".pdf")
    assert b"You compare one passage" not in everything
    assert b"chat/completions" not in everything
    checked = json.loads(showcause("verify", "m/proof", "--rederive", "--json", cwd=matter).stdout)
    assert checked["ok"], checked["failures"]
    assert any("LLM" in one["reason"] for one in checked["not_rederivable"])


def test_in_a_matter_a_dry_run_changes_nothing(matter: Path) -> None:
    with bad.unruly(bad.votes("complies")) as server:
        dry = showcause("-m", "m", "assess", "--llm", "--dry", cwd=matter, **at(server))
        assert server.asked == []
    assert dry.exit_code == 0, dry.stderr
    rows = [json.loads(line) for line in dry.stdout.splitlines()]
    assert {row["requirement"] for row in rows} >= {"ca/gov-34090#proceedings"}
    assert "unclear" not in verdicts(showcause("-m", "m", "assess", "--json", cwd=matter))


def test_what_nobody_answered_is_asked_again_and_the_first_try_stays_on_the_record(matter: Path) -> None:
    from showcause import matter as matters
    from showcause import settings

    with bad.unruly(bad.status(500, times=10**6)) as server:
        run = showcause("-m", "m", "assess", "--llm", "--yes", cwd=matter, **at(server), SHOWCAUSE_LLM_SECONDS="5")
        assert run.exit_code == 10, run.stderr
        assert "HTTP 500" in run.stderr
    with bad.unruly(bad.votes("conflict")) as server:
        run = showcause("-m", "m", "assess", "--llm", "--yes", cwd=matter, **at(server))
        assert run.exit_code == 0, run.stderr
        assert server.asked
    with matters.find(matter / "m", settings=settings.read({"SHOWCAUSE_HOME": str(matter / "home")})) as found:
        entries = [e.act for e in found._store.log()]
        found._store.verify()
    asks = [e for e in entries if e.act == "llm ask"]
    answers = [e for e in entries if e.act == "llm answer"]
    assert len(asks) == len(answers) >= 2
    assert all("minutes" in one["payload"] for e in asks for one in e.detail["requests"])
    assert not any("hush" in json.dumps(dict(e.detail), default=str) for e in entries)


@pytest.mark.parametrize("manner", [bad.status(401, times=99), lambda h, _: h.answer(b"<html>", kind="text/html")])
def test_what_nobody_answered_is_asked_again_and_takes_no_vote_away(record: Path, manner: bad.Manner) -> None:
    for words in (("init", "m", *LAW, "--respondent", "City"), ("-m", "m", "add", "memo.txt")):
        assert showcause(*words, cwd=record).exit_code == 0
    ask = ("-m", "m", "assess", "--llm", "--yes", "--json")
    with bad.unruly(bad.votes("silent")) as server:
        first = showcause(*ask, cwd=record, **at(server))
    with bad.unruly(manner) as server:
        other = at(server) | {"SHOWCAUSE_LLM_MODEL": "m-2"}
        second = showcause(*ask, cwd=record, **other)
        asked = len(server.asked)
        third = showcause(*ask, cwd=record, **other)
        assert len(server.asked) == 2 * asked > 0
    found = [json.loads(run.stdout)["findings"] for run in (first, second, third)]
    assert found[0] == found[1] == found[2]
    assert [run.exit_code for run in (first, second, third)] == [0, 10, 10]
    assert "none of" in third.stderr.splitlines()[-1]


def test_a_run_that_nobody_answered_gives_the_rules_findings_and_ends_with_ten(record: Path) -> None:
    ask = ("judge", "memo.txt", *LAW, "--llm", "--yes", "--json", "--llm-log", "log.jsonl")
    alone = showcause("judge", "memo.txt", *LAW, "--json", cwd=record)
    with bad.unruly(bad.status(401, times=10**6)) as server:
        run = showcause(*ask, cwd=record, **at(server))
    assert run.exit_code == 10
    assert [json.loads(line)["verdict"] for line in run.stdout.splitlines()] == [
        json.loads(line)["verdict"] for line in alone.stdout.splitlines()
    ]
    assert re.search(r"none of \d+ requests was answered \(.*401.*\); the rules' findings stand", run.stderr)


def test_an_answer_of_no_worth_is_an_answer(record: Path) -> None:
    ask = ("judge", "memo.txt", *LAW, "--llm", "--yes", "--json", "--llm-log", "log.jsonl")
    with bad.unruly(bad.votes("perhaps")) as server:
        assert showcause(*ask, cwd=record, **at(server)).exit_code == 0


def test_votes_go_with_the_findings_beside_which_they_were_cast(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (("init", "m", *LAW, "--respondent", "City"), ("-m", "m", "add", "memo.txt")):
        assert showcause(*words, cwd=record).exit_code == 0
    ask = ("-m", "m", "assess", "--llm", "--yes", "--json")
    with bad.unruly(bad.votes("conflict")) as server:
        showcause(*ask, cwd=record, **at(server))
        asked = len(server.asked)
        named, judged = matters.judges, matters.judge
        monkeypatch.setattr(matters, "judges", lambda laws: named(laws).replace("duty:1", "duty:2"))
        monkeypatch.setattr(
            matters,
            "judge",
            lambda document, **more: tuple(
                replace(f, by=f.by.replace("duty:1", "duty:2"), verdict=Verdict.SILENT, cites=())
                for f in judged(document, **more)
            ),
        )
        alone = json.loads(showcause("-m", "m", "assess", "--json", cwd=record).stdout)
        assert set(alone["findings"]["ca/gov-34090"]["plain"]) == {"silent"}
        showcause(*ask, cwd=record, **at(server))
        assert len(server.asked) == 2 * asked  # the new version's findings get votes of their own
