"""The headers of messages in, conversations out: who answers whom, what is missing, and which messages say it all.

Links come from References and In-Reply-To, then from Outlook's Thread-Index, then from the subject, as in the algorithm
known by its author's initials (JWZ), save that equal subjects alone join nothing: a message must also quote the other,
or be an answer or forward between the same people within a month. Everything is done in one pass per kind of link, so a
million messages take a time in proportion; the same messages give the same threads in whatever order they come.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from showcause.core import Mail

_ANSWER = re.compile(
    r"\s*(?:(?:re|fw|fwd|aw|wg|antw|antwort|sv|vs|vb|tr|rv|rif|res|enc|ynt|odp|r|i)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]|\[fwd:)\s*",
    re.IGNORECASE,
)
_MONTH = timedelta(days=31)
_ROOT = 44  # hex digits of a Thread-Index that all messages of a conversation share (MS-OXOMSG, 2.2.1.3)
_STEP = 10  # hex digits that each answer adds
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Node:
    """A message in its thread, or the place of one that others name and the record lacks.

    `id` is the document's, or "missing:" and the message's identifier; `parent` is the id of the node answered, None at
    the root; `depth` counts from 0; `by` says what the link rests on ("references", "thread-index", "subject", "" at the
    root); `copies` are documents with the same identifier and the same mail hash.
    """

    id: str
    parent: str | None
    depth: int
    by: str = ""
    missing: bool = False
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation: its nodes with each answer after what it answers, siblings by date; `subject` without "Re:"."""

    id: str
    subject: str
    nodes: tuple[Node, ...] = field(repr=False)

    @property
    def messages(self) -> tuple[str, ...]:
        """The documents in it, copies left out."""
        return tuple(node.id for node in self.nodes if not node.missing)

    @property
    def branches(self) -> tuple[str, ...]:
        """The nodes with more than one answer, where the conversation parts."""
        answered: set[str] = set()
        parted: dict[str, None] = {}
        for node in self.nodes:
            if node.parent in answered and node.parent is not None:
                parted[node.parent] = None
            if node.parent is not None:
                answered.add(node.parent)
        return tuple(parted)


def threads(messages: Iterable[tuple[str, Mail]]) -> tuple[Thread, ...]:
    """Every message in exactly one thread, by the date of the first; `messages` are pairs of a document's id and its mail."""
    forest = _Forest(sorted(messages, key=lambda pair: (pair[1].sent or _NEVER, pair[0])))
    forest.link_references()
    forest.link_indices()
    forest.link_subjects()
    return tuple(forest.threads())


def inclusive(
    thread: Thread, mails: Mapping[str, Mail], *, attached: Mapping[str, Collection[str]] | None = None
) -> tuple[str, ...]:
    """The messages that must be read so that every paragraph and attachment of the thread is seen, in its order.

    A message is left out where each of its paragraphs, said or quoted, stands in a later message, and so does each of
    its attachments (`attached`: for a document what hangs on it, by SHA-256). An answer is always later than what it
    answers, whatever the clocks say. Without words and attachments only a message that nobody answers is kept.
    """
    hung = attached or {}
    times: dict[str, datetime] = {}
    answered: set[str] = set()
    for node in thread.nodes:
        before = times.get(node.parent or "", datetime.min.replace(tzinfo=UTC))
        own = (mails[node.id].sent if node.id in mails else None) or before
        times[node.id] = max(own, before)
        answered |= {node.parent} if node.parent and not node.missing else set()
    depths = {node.id: (node.depth, place) for place, node in enumerate(thread.nodes)}
    seen: set[str] = set()
    kept: set[str] = set()
    for name in sorted(thread.messages, key=lambda one: (times[one], depths[one]), reverse=True):
        mail = mails[name]
        holds = {*mail.said, *mail.quoted, *(f"file {one}" for one in hung.get(name, ()))}
        if holds - seen or (not holds and name not in answered):
            kept.add(name)
        seen |= holds
    return tuple(name for name in thread.messages if name in kept)


def base(subject: str) -> tuple[str, bool]:
    """The subject without "Re:", "Fwd:" and the like, in lower case, and whether it had any (RFC 5256, 2.1)."""
    bare, answer = subject, False
    while found := _ANSWER.match(bare):
        bare, answer = bare[found.end() :], True
        if found[0].lstrip().startswith("["):
            bare = bare.rstrip().removesuffix("]")
    return " ".join(bare.lower().split()), answer


class _Forest:
    """Messages by number in the order of their dates, then the places of those that are missing."""

    def __init__(self, messages: list[tuple[str, Mail]]) -> None:
        self._ids: list[str] = []
        self._mails: list[Mail | None] = []
        self._copies: dict[int, list[str]] = {}
        self._keys: dict[str, int] = {}  # identifiers of messages, and the node each belongs to
        self._parent: dict[int, int] = {}
        self._by: dict[int, str] = {}
        self._top: list[int] = []  # towards the root of the tree that a node stands in (union-find)
        for name, mail in messages:
            known = self._keys.get(mail.message_id) if mail.message_id else None
            held = self._mails[known] if known is not None else None
            if known is not None and held is not None and mail.digest and held.digest == mail.digest:
                self._copies.setdefault(known, []).append(name)
                continue
            number = self._node(name, mail)
            if mail.message_id:
                self._keys.setdefault(mail.message_id, number)

    def link_references(self) -> None:
        """Link each message to the last that it names, then those it names to one another where nothing else does."""
        chains = []
        for number in range(len(self._ids)):
            mail = self._mails[number]
            if mail is None:
                continue
            chain = [one for one in (*mail.references, *mail.in_reply_to[:1]) if one != mail.message_id]
            chain = list(dict.fromkeys(chain))
            if len(mail.in_reply_to) == 1 and mail.in_reply_to[0] in chain[:-1] and chain[-1] not in self._keys:
                chain = chain[: chain.index(mail.in_reply_to[0]) + 1]
            if chain:
                chains.append((number, chain))
        for number, chain in chains:
            self._link(number, self._named(chain[-1]), "references")
        for _, chain in chains:
            for first, second in pairwise(chain):
                self._link(self._named(second), self._named(first), "references")

    def link_indices(self) -> None:
        """Link each message without a parent to the one whose Thread-Index its own goes on from."""
        known: dict[str, int] = {}
        present = range(len(self._ids))
        for number in present:
            mail = self._mails[number]
            if mail is not None and len(mail.thread_index) >= _ROOT:
                known.setdefault(mail.thread_index, number)
        first = self._first_children()
        for number in present:
            mail = self._mails[number]
            if mail is None or len(mail.thread_index) <= _ROOT:
                continue
            if number in self._parent:
                nameless = known.get(mail.thread_index[:-_STEP])
                if nameless is not None and number in first and not self._identifier(nameless):
                    self._link(first[number], nameless, "thread-index")
                continue
            index = mail.thread_index[:-_STEP]
            while len(index) > _ROOT and index not in known:
                index = index[:-_STEP]
            index = index[:_ROOT] if index not in known else index
            if index not in known:
                known[index] = self._node(f"missing:{index}", None)
            self._link(number, known[index], "thread-index")

    def link_subjects(self) -> None:
        """Link what is still a root to an earlier message of the same subject that it quotes or answers."""
        first = self._first_children()
        groups: dict[str, list[tuple[int, bool]]] = {}
        for number, mail in enumerate(self._mails):
            if mail is not None:
                subject, answer = base(mail.subject)
                if subject:
                    groups.setdefault(subject, []).append((number, answer))
        for group in groups.values():
            if len(group) > 1:
                self._link_group(group, first)

    def threads(self) -> Iterator[Thread]:
        """The trees, by the date of their first message."""
        children: dict[int, list[int]] = {}
        for child, parent in self._parent.items():
            children.setdefault(parent, []).append(child)
        dates = self._dates(children)
        for answers in children.values():
            answers.sort(key=lambda one: (dates[one], self._ids[one]))
        roots = [number for number in dates if number not in self._parent]
        for root in sorted(roots, key=lambda one: (dates[one], self._ids[one])):
            yield self._thread(root, children)

    def _thread(self, root: int, children: Mapping[int, list[int]]) -> Thread:
        nodes: list[Node] = []
        subject = ""
        stack = [(root, 0)]
        while stack:
            number, depth = stack.pop()
            mail, parent = self._mails[number], self._parent.get(number)
            above = None if parent is None else self._ids[parent]
            copies = tuple(self._copies.get(number, ()))
            nodes.append(Node(self._ids[number], above, depth, self._by.get(number, ""), mail is None, copies))
            subject = subject or (base(mail.subject)[0] if mail else "")
            stack += [(one, depth + 1) for one in reversed(children.get(number, ()))]
        mail = self._mails[root]
        key = f"missing:{mail.message_id}" if mail is not None and mail.message_id else self._ids[root]
        return Thread(f"t-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:16]}", subject, tuple(nodes))

    def _dates(self, children: dict[int, list[int]]) -> dict[int, datetime]:
        """The date of each node, of a missing one the earliest under it; one under which there is nothing is taken out."""
        order = [number for number in range(len(self._ids)) if number not in self._parent]
        for number in order:  # grows while it is gone through: each node after its parent
            order += children.get(number, ())
        dates: dict[int, datetime] = {}
        for number in reversed(order):
            mail = self._mails[number]
            answers = children[number] = [one for one in children.get(number, ()) if one in dates]
            if mail is not None:
                dates[number] = mail.sent or _NEVER
            elif answers:
                dates[number] = min(dates[one] for one in answers)
        return dates

    def _node(self, name: str, mail: Mail | None) -> int:
        self._ids.append(name)
        self._mails.append(mail)
        self._top.append(len(self._top))
        return len(self._ids) - 1

    def _named(self, identifier: str) -> int:
        if identifier not in self._keys:
            self._keys[identifier] = self._node(f"missing:{identifier}", None)
        return self._keys[identifier]

    def _link(self, child: int, parent: int, by: str) -> None:
        """Hang a node without a parent under another, unless that would close a circle."""
        if child in self._parent or self._root(parent) == child:
            return
        self._parent[child] = parent
        self._by[child] = by
        self._top[child] = parent

    def _root(self, number: int) -> int:
        root = number
        while self._top[root] != root:
            root = self._top[root]
        while self._top[number] != root:
            self._top[number], number = root, self._top[number]
        return root

    def _first_children(self) -> dict[int, int]:
        """For each message that is the earliest answer to a missing root: that root."""
        found: dict[int, int] = {}
        seen: set[int] = set()
        for number, mail in enumerate(self._mails):
            parent = self._parent.get(number)
            lacks = parent is not None and self._mails[parent] is None and parent not in self._parent
            if mail is not None and parent is not None and lacks and parent not in seen:
                seen.add(parent)
                found[number] = parent
        return found

    def _link_group(self, group: Iterable[tuple[int, bool]], first: Mapping[int, int]) -> None:
        """Link the messages of one subject, given in the order of their dates."""
        said: dict[str, int] = {}  # a paragraph, and the latest message so far that says it
        writers: dict[str, int] = {}  # an address, and the latest message so far that it wrote
        readers: dict[str, int] = {}  # and the latest that it was sent
        for number, answer in group:
            mail = self._mails[number]
            if mail is None:
                continue
            root = first.get(number, number)
            if root not in self._parent:
                found = self._quoted(mail, said, answer=answer)
                if found is None and answer:
                    found = self._answered(mail, writers, readers)
                if found is not None and (root == number or not self._identifier(found)):
                    self._link(root, found, "subject")
            said |= dict.fromkeys(mail.said, number)
            if mail.sender:
                writers[mail.sender.address] = number
            readers |= dict.fromkeys((one.address for one in (*mail.to, *mail.cc, *mail.bcc)), number)

    def _identifier(self, number: int) -> str:
        mail = self._mails[number]
        return mail.message_id if mail else ""

    @staticmethod
    def _quoted(mail: Mail, said: Mapping[str, int], *, answer: bool) -> int | None:
        """The latest earlier message that this one quotes: two paragraphs, or one where it says that it is an answer."""
        found = [said[one] for one in mail.quoted if one in said]
        return max(found) if len(found) >= (1 if answer else 2) else None

    def _answered(self, mail: Mail, writers: Mapping[str, int], readers: Mapping[str, int]) -> int | None:
        """The latest message of the last month between the same people: written by one who gets this, or sent to its writer."""
        if mail.sender is None or mail.sent is None:
            return None
        addressed = (one.address for one in (*mail.to, *mail.cc, *mail.bcc))
        found = [writers[one] for one in addressed if one in writers]
        found += [held[mail.sender.address] for held in (readers, writers) if mail.sender.address in held]
        latest = max(found, default=None)
        before = self._mails[latest] if latest is not None else None
        if before is None or before.sent is None or mail.sent - before.sent > _MONTH:
            return None
        return latest
