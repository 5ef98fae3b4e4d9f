"""The rules' findings in a matter in; what an LLM is asked, its answers on the record, and its votes beside them, out.

Everything that is sent, and everything that comes, is entered in the log: the requests before they are made. Those
entries concern nothing that a proof contains, so that a proof holds their commitments and opens none of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from showcause.assess import llm, llm_wire
from showcause.assess.llm import Candidate, Tally
from showcause.assess.llm_answer import Dropped
from showcause.assess.llm_wire import Endpoint
from showcause.core import Finding, Judge, Kind, Law, Passage, Verdict, settle
from showcause.matter.desk import Desk

WITHDRAWN = "llm:none@none"  # by whom nothing is said in place of votes cast beside findings that were made anew
HEARD = "llm heard"  # the matter-level value that changes with each run
Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be sent, document by document, and the documents that are not, with the reason."""

    endpoint: Endpoint
    laws: tuple[Law, ...]
    key: str
    asked: Mapping[str, tuple[Candidate, ...]]
    unsent: Mapping[str, str]

    def candidates(self) -> tuple[Candidate, ...]:
        """All that would be sent, in order."""
        return tuple(one for found in self.asked.values() for one in found)


@dataclass(frozen=True, slots=True)
class Third(Desk):
    """The desk at which an LLM is heard as a third judge."""

    def heard(self) -> tuple[str, ...]:
        """What the conclusions of the matter rest on besides the rules: nothing, where no LLM was ever asked."""
        told = str(self.store.kept(HEARD, ""))
        return (told,) if told else ()

    def voted(self, name: str) -> bool:
        """Whether a vote of an LLM on that document is current."""
        return any(f.judge is Judge.LLM for f in self.store.findings(about=name))

    def plan(self, ids: Iterable[str], *, endpoint: Endpoint, withheld: frozenset[str]) -> Plan:
        """What an LLM would be asked of the documents of these ids that it has not answered yet under these laws and prompts."""
        laws = self.store.laws()
        key = _key(endpoint, laws)
        done = self.store.assessed(key, by=_by(endpoint))
        private = withheld | self._privileged()
        asked: dict[str, tuple[Candidate, ...]] = {}
        unsent: dict[str, str] = {}
        for name in ids:
            if name in private:
                unsent[name] = "it is withheld, or no privilege call lets it go"
                continue
            document = self.store.document(name)
            if llm.marked(document):
                unsent[name] = "it calls itself privileged"
            elif name not in done:
                found = llm.candidates(document, laws=laws, findings=self._rules(name))
                if found:
                    asked[name] = found
        return Plan(endpoint, laws, key, asked, unsent)

    def ask(self, plan: Plan, *, tell: Tell) -> Tally:
        """Send what was planned, each document's requests at a time, and file the votes.

        A document with a request that nobody answered is asked again by the next run.
        """
        tally = Tally()
        post = partial(llm_wire.send, plan.endpoint)
        total = len(plan.candidates())
        for name, found in plan.asked.items():
            came = self._sent(plan, found, post)
            for one in came:
                tally.count(one)
            self._filed(plan, name, came)
            tell(tally.asked, total, "")
        return tally

    def _sent(self, plan: Plan, found: tuple[Candidate, ...], post: Callable[[bytes], bytes]) -> list[llm.Asked]:
        model = plan.endpoint.model
        told = {"host": plan.endpoint.host, "model": model, "requests": [llm.sent(one, model=model) for one in found]}
        with self.store.act(self.settings.actor, "llm ask", {"about": [], **told}):
            pass  # what is about to be sent is on the record before it is sent
        return list(llm.ask(found, endpoint=plan.endpoint, send=post))

    def _filed(self, plan: Plan, name: str, came: list[llm.Asked]) -> None:
        again = any(isinstance(one.said, Dropped) and one.said.later for one in came)
        answers = [llm.came(one) for one in came]
        with self.store.act(self.settings.actor, "llm answer", {"about": [], "answers": answers}) as act:
            if again:
                return
            found = llm.votes(came, beside=self._rules(name), endpoint=plan.endpoint, at=act.at)
            questions = [r.id for law in plan.laws for r in law.requirements]
            act.assess(name, key=plan.key, by=_by(plan.endpoint), questions=questions, findings=found)
            heard = "\n".join([*self.heard(), name, plan.key, *(str(one["outcome"]) for one in answers)])
            act.keep(HEARD, hashlib.sha256(heard.encode()).hexdigest())

    def _rules(self, name: str) -> tuple[Finding, ...]:
        return tuple(f for f in self.store.findings(about=name) if f.judge in (Judge.DUTY, Judge.ENTAIL))

    def _privileged(self) -> frozenset[str]:
        """The documents on which a privilege call stands that isn't to produce, a proposal's too until a person lifts it."""
        calls: dict[str, list[Finding]] = {}
        for question in self.store.questions():
            if question.kind is Kind.PRIVILEGE:
                for f in self.store.findings(question=question.id):
                    calls.setdefault(_document(f), []).append(f)
        return frozenset(name for name, found in calls.items() if settle(found) is not Verdict.PRODUCE)


def _document(finding: Finding) -> str:
    about = finding.about
    return about.doc.id if isinstance(about, Passage) else about.id


def _by(endpoint: Endpoint) -> str:
    return f"llm:{endpoint.model}@{endpoint.host}"


def _key(endpoint: Endpoint, laws: Iterable[Law]) -> str:
    parts = (_by(endpoint), llm.prompt("system"), llm.prompt("question"), *(f"{law.id} {law.digest}" for law in laws))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
