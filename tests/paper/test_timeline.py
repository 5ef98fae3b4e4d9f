"""A timeline is drawn so that no label lies on another, whatever happened, and says nothing but what happened."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.core import Exchange, Happened, Side, Turn
from showcause.errors import BadInput
from showcause.paper import timeline
from showcause.paper.timeline import WIDE, _placed, svg, words

BEGUN = date(2031, 3, 3)
HAPPENINGS = st.lists(
    st.builds(
        Happened,
        what=st.sampled_from(list(Turn)),
        on=st.integers(0, 700).map(lambda n: BEGUN + timedelta(days=n)),
        side=st.sampled_from(list(Side)),
        part=st.booleans(),
        until=st.none() | st.just(date(2031, 12, 31)),
        why=st.sampled_from(["", "fees", "<b>&"]),
    ),
    min_size=1,
    max_size=14,
)


def exchange(*happened: Happened, due: date | None = None) -> Exchange:
    return Exchange(
        "d-1", "Demand <of> March 3, 2031", "Office & Sons", tuple(sorted(happened, key=lambda h: h.on)), due
    )


@given(HAPPENINGS)
def test_no_label_lies_on_another_or_leaves_the_page_on_the_right(happened):
    labels = _placed(happened, BEGUN - timedelta(days=30), BEGUN + timedelta(days=760))
    assert len(labels) == len(happened)
    for place, one in enumerate(labels):
        assert one.end <= WIDE
        for other in labels[place + 1 :]:
            assert one.row != other.row or one.end <= other.start or other.end <= one.start


@given(HAPPENINGS)
def test_the_drawing_is_well_formed_and_tells_each_thing(happened):
    drawn = svg(exchange(*happened, due=BEGUN + timedelta(days=40)), today=BEGUN + timedelta(days=20))
    text = "".join(ET.fromstring(drawn).itertext())  # noqa: S314 - our own drawing
    assert all(words(one) in text for one in happened)


@pytest.mark.parametrize("ending", [".html", ".svg", ".pdf"])
def test_the_same_exchange_gives_the_same_bytes(tmp_path, ending):
    told = [exchange(Happened(Turn.DEMAND, BEGUN, Side.ASKING, name="a&b.pdf"), due=date(2031, 4, 1))]
    pages = [timeline(told, to=tmp_path / f"{n}{ending}", matter="Elsewhere", today=BEGUN).read_bytes() for n in (1, 2)]
    assert pages[0] == pages[1]


def test_nothing_to_draw_and_other_kinds_of_file_are_refused(tmp_path):
    with pytest.raises(BadInput, match="no letter"):
        timeline([], to=tmp_path / "t.pdf", matter="m", today=BEGUN)
    with pytest.raises(BadInput, match=r"t\.docx"):
        timeline([exchange(Happened(Turn.DEMAND, BEGUN, Side.ASKING))], to=tmp_path / "t.docx", matter="m", today=BEGUN)
