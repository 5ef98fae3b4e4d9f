"""Conversations: who answers whom, what is missing, what must not be joined, which messages say it all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.core import Address, Mail
from showcause.find import inclusive, thread, threads
from showcause.intake import quoted

START = datetime(2031, 5, 5, 9, tzinfo=UTC)


def mail(day=0, *, key="", refs="", irt="", subject="Records", by="a", to="b", index="", body="", digest=""):
    said, repeated = quoted.apart(body)
    return Mail(
        sender=Address("", f"{by}@a.example"),
        to=tuple(Address("", f"{one}@a.example") for one in to.split()),
        subject=subject,
        sent=START + timedelta(days=day) if day is not None else None,
        message_id=key,
        references=tuple(refs.split()),
        in_reply_to=tuple(irt.split()),
        thread_index=index,
        said=said,
        quoted=repeated,
        digest=digest,
    )


def shape(messages):
    """Each thread as "a(b(c)d)"; what is missing in brackets."""
    given = []
    for one in threads(messages.items()):
        text, depth = "", -1
        for node in one.nodes:
            text += "(" * (node.depth - depth) if node.depth > depth else ")" * (depth - node.depth)
            text += f"[{node.id.removeprefix('missing:')}]" if node.missing else node.id
            depth = node.depth
        given.append(text.removeprefix("(") + ")" * depth)
    return given


ROOT = "01" * 22


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ({"a": mail(key="1"), "b": mail(1, key="2", irt="1"), "c": mail(2, key="3", refs="1 2")}, ["a(b(c))"]),
        ({"a": mail(key="1"), "b": mail(1, key="2", irt="1"), "c": mail(2, key="3", refs="1")}, ["a(bc)"]),
        # The answer is read first, or its clock runs slow.
        ({"b": mail(-1, key="2", irt="1"), "a": mail(key="1")}, ["a(b)"]),
        # What others name and the record lacks has its place.
        ({"a": mail(key="1"), "c": mail(2, key="3", refs="1 2")}, ["a([2](c))"]),
        ({"b": mail(1, key="2", irt="1"), "c": mail(2, key="3", irt="1")}, ["[1](bc)"]),
        # Circles are broken.
        ({"a": mail(key="1", irt="2"), "b": mail(1, key="2", irt="1")}, ["b(a)"]),
        ({"a": mail(key="1", irt="1")}, ["a"]),
        # In-Reply-To tells more than a last reference to what nobody has.
        ({"a": mail(key="1"), "b": mail(1, key="2", refs="1 9", irt="1")}, ["a(b)"]),
        # Two messages with one identifier: copies are one node, others two.
        ({"a": mail(key="1", digest="x"), "b": mail(1, key="1", digest="x"), "c": mail(2, key="2", irt="1")}, ["a(c)"]),
        ({"a": mail(key="1", digest="x"), "b": mail(1, key="1", digest="y")}, ["a", "b"]),
        # Thread-Index.
        (
            {"a": mail(index=ROOT), "b": mail(1, index=ROOT + "1" * 10), "c": mail(2, index=ROOT + "1" * 20)},
            ["a(b(c))"],
        ),
        ({"a": mail(index=ROOT), "c": mail(2, index=ROOT + "1" * 20)}, ["a(c)"]),
        ({"b": mail(index=ROOT + "1" * 10), "c": mail(1, index=ROOT + "2" * 10)}, [f"[{ROOT}](bc)"]),
        ({"a": mail(index=ROOT), "b": mail(1, key="2", irt="1", index=ROOT + "1" * 10)}, ["a([1](b))"]),
        # Equal subjects alone join nothing.
        ({"a": mail(), "b": mail(1, by="c", to="d")}, ["a", "b"]),
        ({"a": mail(), "b": mail(1, by="b", to="a")}, ["a", "b"]),
        ({"a": mail(), "b": mail(1, subject="Re: Records", by="c", to="d")}, ["a", "b"]),
        ({"a": mail(), "b": mail(60, subject="Re: Records", by="b", to="a")}, ["a", "b"]),
        ({"a": mail(subject=""), "b": mail(1, subject="Re:", by="b", to="a")}, ["a", "b"]),
        # With an answer between the same people, or a quotation, they do.
        ({"a": mail(), "b": mail(1, subject="Re: Records", by="b", to="a")}, ["a(b)"]),
        ({"a": mail(), "b": mail(1, subject="RE: [2] Records", by="b", to="a")}, ["a", "b"]),
        ({"a": mail(), "b": mail(1, subject="AW: Re[2]: records", by="b", to="a")}, ["a(b)"]),
        ({"a": mail(), "b": mail(1, subject="Fwd: Records", by="b", to="z")}, ["a(b)"]),
        (
            {
                "a": mail(body="Do you comply?"),
                "b": mail(90, subject="Re: Records", by="x", to="y", body="> Do you comply?"),
            },
            ["a(b)"],
        ),
        ({"a": mail(body="One\n\nTwo"), "b": mail(90, by="x", to="y", body="> One\n>\n> Two")}, ["a(b)"]),
        ({"a": mail(body="One\n\nTwo"), "b": mail(90, by="x", to="y", body="> One")}, ["a", "b"]),
        # A missing message may be one whose identifier was lost, but never one that has another.
        ({"a": mail(), "b": mail(1, key="2", irt="1", subject="Re: Records", by="b", to="a")}, ["a([1](b))"]),
        ({"a": mail(key="9"), "b": mail(1, key="2", irt="1", subject="Re: Records", by="b", to="a")}, ["a", "[1](b)"]),
        ({"a": mail(None), "b": mail(key="1")}, ["b", "a"]),
    ],
)
def test_messages_are_joined_by_what_their_headers_say(messages, found):
    assert shape(messages) == found


def test_a_thread_says_what_links_rest_on_where_it_parts_and_what_are_copies():
    messages = {
        "a": mail(key="1", digest="x"),
        "a2": mail(1, key="1", digest="x"),
        "b": mail(2, key="2", irt="1"),
        "c": mail(3, key="3", irt="1"),
        "d": mail(4, key="4", irt="3"),
        "e": mail(5, subject="Re: Records", by="b", to="a"),
    }
    (one,) = threads(messages.items())
    assert one.subject == "records"
    assert one.branches == ("a",)
    assert one.messages == ("a", "b", "c", "d", "e")
    assert {node.id: node.by for node in one.nodes} == {
        "a": "",
        "b": "references",
        "c": "references",
        "d": "references",
        "e": "subject",
    }
    assert one.nodes[0].copies == ("a2",)


def test_a_thread_keeps_its_name_when_its_first_message_is_found():
    late = {"b": mail(1, key="2", irt="1"), "c": mail(2, key="3", refs="1 2")}
    (before,) = threads(late.items())
    (after,) = threads([*late.items(), ("a", mail(key="1"))])
    assert before.id == after.id
    assert before.nodes[0].missing
    assert not after.nodes[0].missing


ASKED = "Do you comply?\n\nAna"
ANSWERED = "Yes.\n\n> Do you comply?\n>\n> Ana"


@pytest.mark.parametrize(
    ("messages", "attached", "kept"),
    [
        ({"a": mail(key="1", body=ASKED), "b": mail(1, key="2", irt="1", body=ANSWERED)}, {}, ("b",)),
        ({"a": mail(key="1", body=ASKED + "\n\nNow."), "b": mail(1, key="2", irt="1", body=ANSWERED)}, {}, ("a", "b")),
        ({"a": mail(key="1", body=ASKED), "b": mail(1, key="2", irt="1", body=ANSWERED)}, {"a": {"x"}}, ("a", "b")),
        (
            {"a": mail(key="1", body=ASKED), "b": mail(1, key="2", irt="1", body=ANSWERED)},
            {"a": {"x"}, "b": {"x"}},
            ("b",),
        ),
        # The clock of the answer runs slow: it is later all the same.
        ({"a": mail(key="1", body=ASKED), "b": mail(-1, key="2", irt="1", body=ANSWERED)}, {}, ("b",)),
        # Two branches that each add something.
        (
            {
                "a": mail(key="1", body="One"),
                "b": mail(1, key="2", irt="1", body="Two\n> One"),
                "c": mail(2, key="3", irt="1", body="Three\n> One"),
            },
            {},
            ("b", "c"),
        ),
        # Without words: only what nobody answers.
        ({"a": mail(key="1"), "b": mail(1, key="2", irt="1")}, {}, ("b",)),
    ],
)
def test_inclusive_messages_hold_what_no_later_one_repeats(messages, attached, kept):
    (one,) = threads(messages.items())
    assert inclusive(one, messages, attached=attached) == kept


@pytest.mark.parametrize(
    ("subject", "bare", "answer"),
    [
        ("Records", "records", False),
        ("Re: Records", "records", True),
        ("RE: FW: Re[3]: Records", "records", True),
        ("[Fwd: Records]", "records", True),
        ("SV: Records", "records", True),
        ("Reason: none", "reason: none", False),
        ("Re:", "", True),
    ],
)
def test_the_subject_is_bared_of_its_prefixes(subject, bare, answer):
    assert thread.base(subject) == (bare, answer)


KEYS = st.sampled_from("123456")
MAILS = st.builds(
    mail,
    st.one_of(st.none(), st.integers(0, 3)),
    key=st.one_of(st.just(""), KEYS),
    refs=st.lists(KEYS, max_size=3).map(" ".join),
    irt=st.lists(KEYS, max_size=1).map(" ".join),
    subject=st.sampled_from(["", "Records", "Re: Records", "Re: Other"]),
    by=st.sampled_from("abc"),
    to=st.sampled_from(["a", "b c"]),
    index=st.sampled_from(["", ROOT, ROOT + "1" * 10, ROOT + "1" * 20]),
    body=st.sampled_from(["", "One", "Two\n> One", "> One\n>\n> Two"]),
    digest=st.sampled_from(["x", "y"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(MAILS, max_size=8), st.randoms(use_true_random=False))
def test_every_message_is_in_one_thread_in_whatever_order_they_come(mails, chance):
    messages = {f"d{number}": one for number, one in enumerate(mails)}
    found = threads(messages.items())
    nodes = [node for one in found for node in one.nodes]
    assert sorted([n.id for n in nodes if not n.missing] + [c for n in nodes for c in n.copies]) == sorted(messages)
    for one in found:
        before = set()
        for node in one.nodes:
            assert node.parent is None or node.parent in before
            before.add(node.id)
        assert any(not node.missing for node in one.nodes)
        kept = inclusive(one, messages)
        assert kept
        everything = {d for name in one.messages for d in (*messages[name].said, *messages[name].quoted)}
        assert {d for name in kept for d in (*messages[name].said, *messages[name].quoted)} == everything
    shuffled = list(messages.items())
    chance.shuffle(shuffled)
    assert threads(shuffled) == found
