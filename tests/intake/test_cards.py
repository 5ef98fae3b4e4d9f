from __future__ import annotations

from datetime import date

from showcause.intake import read

MEETING = b"""BEGIN:VCALENDAR
PRODID:-//Quay//EN
BEGIN:VTIMEZONE
TZID:Harbour
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTART;TZID=Harbour:20310504T093000
SUMMARY:Ledger\\, reviewed by
  all
ORGANIZER;CN="K. Ito":mailto:ito@quay.example
DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=
=A9 at noon
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20310601
SUMMARY:Bell
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_is_a_paragraph_for_each_event():
    reading = read(MEETING, name="a.txt")
    assert reading.text == (
        "Begins: 2031-05-04 09:30\nSummary: Ledger, reviewed by all\nOrganizer: K. Ito <ito@quay.example>\n"
        "Description: Café at noon\n\nBegins: 2031-06-01\nSummary: Bell"
    )
    assert (reading.kind, reading.title, reading.date) == ("ics", "Ledger, reviewed by all", date(2031, 5, 4))
    assert [mark.paragraph for mark in reading.pages.marks] == [1, 2]


def test_a_card_is_a_paragraph_for_each_person():
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Ito;Kiri;;;\nFN:Kiri Ito\nitem1.TEL;TYPE=cell:555 0100\nPHOTO;ENCODING=b:{}\nEND:VCARD\n"
    reading = read((card.format("/9j/" * 2000) * 2).encode(), name="a")
    assert reading.text.split("\n\n")[0] == "Parts of the name: Ito, Kiri\nName: Kiri Ito\nTelephone: 555 0100"
    assert (reading.kind, reading.title) == ("vcf", "Kiri Ito")
    assert reading.notes == ("pictures and the like, which are not shown: 2",)
