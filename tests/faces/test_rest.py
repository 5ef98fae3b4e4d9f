"""The API gives what the commands give, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcause import matter, settings

fastapi = pytest.importorskip("fastapi", reason="the serve extra is not installed")


@pytest.fixture
def client(tmp_path: Path):
    from fastapi.testclient import TestClient

    from showcause.faces import rest

    own = settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_WORKERS": "1"})
    (tmp_path / "order.txt").write_text(
        "1. No member shall disclose the immigration status of any person to a federal immigration agency.\n"
    )
    with matter.init(tmp_path / "m", laws=["us/8-usc-1373"], respondent="City of Elsewhere", settings=own) as made:
        made.add([tmp_path / "order.txt"])
        made.assess()
    return TestClient(rest.app(tmp_path / "m", settings=own))


def test_the_status_is_that_of_the_command(client) -> None:
    told = client.get("/api/status").json()
    assert told["records"]["given"] == told["records"]["read"] == 1
    assert told["findings"]["us/8-usc-1373"]["narrow"] == {"conflict": 2}


def test_every_finding_cites_words_of_a_document_that_can_be_fetched(client) -> None:
    rows = [row for row in client.get("/api/findings").json() if row["cites"] and row["id"] != "record"]
    assert rows
    for row in rows:
        text = client.get(f"/api/documents/{row['id']}").json()["text"]
        assert all(text[c["start"] : c["end"]] == c["text"] for c in row["cites"])


def test_the_report_and_the_lists_are_served(client) -> None:
    assert "City of Elsewhere" in client.get("/").text
    assert [law["id"] for law in client.get("/api/laws").json()] == ["us/8-usc-1373"]
    assert [given["state"] for given in client.get("/api/given").json()] == ["read"]


@pytest.mark.parametrize(("path", "status"), [("/api/documents/none", 404), ("/api/nothing", 404)])
def test_what_is_not_there_is_said_with_its_status(client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_nothing_can_be_changed(client) -> None:
    assert client.post("/api/status").status_code == 405
    assert client.delete("/api/findings").status_code == 405
