"""Texts without a mark of their encoding, in many languages and encodings, none of which the guess was made with."""

from __future__ import annotations

import pytest

from showcause.intake import read
from showcause.intake.plain import characters

TEXTS = {
    "de": "Über die Brücke führt künftig kein Weg; das Räumen übernimmt die Straßenwacht.",
    "fr": "Après l’été, le maître d’équipage a dû réparer le mât, brisé à l’entrée de la baie.",
    "es": "Mañana vendrá el capitán con más niños; habrá que avisar también al señor alcalde.",
    "pl": "Późną jesienią łódź wróciła z pełną ładownią śledzi, a załoga dostała żołd.",
    "cs": "Když přišla bouře, všechny čluny už byly uvázány u břehu a nikdo nebyl zraněn.",
    "hu": "A kikötőben őszi vihar tört ki, és a hullámok elérték a raktár küszöbét; fűrész kellett.",
    "tr": "Fırtına çıkınca bütün kayıklar kıyıya çekildi, kimse yaralanmadı; iş geç bitti, şükür.",
    "ru": "Осенью лодка вернулась с полным трюмом рыбы, и команда получила своё жалованье.",
    "uk": "Восени човен повернувся з повним трюмом риби, і команда отримала свою платню.",
    "el": "Το φθινόπωρο η βάρκα γύρισε γεμάτη ψάρια και το πλήρωμα πήρε τον μισθό του.",
    "he": "בסתיו חזרה הסירה עם מחסן מלא דגים, והצוות קיבל את שכרו במלואו.",
    "ar": "في الخريف عاد القارب ومعه مخزن مليء بالسمك وتسلم الطاقم أجره كاملا",
    "ja": "秋になると船は魚をたくさん積んで帰り、乗組員は給料を受け取りました。",
    "zh": "秋天，小船带着满舱的鱼回来了，船员们都得到了他们的工资，大家很高兴。",
    "zh-t": "秋天，小船帶著滿艙的魚回來了，船員們都得到了他們的工資，大家很高興。",
    "ko": "가을에 배는 물고기를 가득 싣고 돌아왔고 선원들은 모두 임금을 받았다.",
    "th": "ในฤดูใบไม้ร่วงเรือกลับมาพร้อมปลาเต็มลำ และลูกเรือทุกคนได้รับค่าจ้าง",
    "en": "The “old” café – and the quay’s façade – cost £9.",
}
WRITTEN = [
    ("de", "cp1252 mac-roman cp850 cp037"),
    ("fr", "cp1252 mac-roman"),
    ("es", "cp1252 mac-roman"),
    ("pl", "cp1250 iso8859-2"),
    ("cs", "cp1250 iso8859-2"),
    ("hu", "cp1250"),
    ("tr", "cp1254 iso8859-9"),
    ("ru", "cp1251 koi8-r iso8859-5 cp866 mac-cyrillic"),
    ("uk", "cp1251 koi8-u"),
    ("el", "cp1253 iso8859-7"),
    ("he", "cp1255 iso8859-8"),
    ("ar", "cp1256 iso8859-6"),
    ("ja", "shift_jis euc-jp iso2022_jp"),
    ("zh", "gb18030 hz"),
    ("zh-t", "big5"),
    ("ko", "euc-kr johab"),
    ("th", "tis-620"),
    ("en", "cp1252"),
]


@pytest.mark.parametrize(("tongue", "encoding"), [(t, e) for t, names in WRITTEN for e in names.split()])
def test_a_text_comes_back_whatever_it_was_written_in(tongue, encoding):
    blob = TEXTS[tongue].encode(encoding)
    text, notes = characters(blob)
    assert text == TEXTS[tongue]
    assert len(notes) == 1
    assert "read as" in notes[0]
    assert read(blob, name="a.txt").text == text


@pytest.mark.parametrize("text", ["Fill in a+bcd-e and c+def-g.", "cost ~{n} of it", "a+b=c; d+e-f"])
def test_plain_ascii_is_left_alone(text):
    assert characters(text.encode()) == (text, ())


@pytest.mark.parametrize("blob", [bytes(range(128, 256)), b"\x81\x8d\x8f\x90\x9d", b"a\xff" * 50, "é".encode("cp1252")])
def test_no_guess_raises(blob):
    assert characters(blob)[0]
