"""Makes the office files of this folder from its three flat OpenDocument sources, with LibreOffice.

Run it with a Python that has LibreOffice's `uno` (on Debian: `apt-get install libreoffice-writer-nogui
libreoffice-calc-nogui libreoffice-impress-nogui python3-uno`, then `/usr/bin/python3 tests/intake/files/make.py`).
The tests read what it made and need no LibreOffice.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

HERE = Path(__file__).parent
PASSWORD = "quay 7"  # noqa: S105 - it locks nothing but the files beside
WANTED = (  # source, file, filter, whether it is locked
    ("order.fodt", "order.odt", "writer8", False),
    ("order.fodt", "order.docx", "MS Word 2007 XML", False),
    ("order.fodt", "order.doc", "MS Word 97", False),
    ("order.fodt", "order.rtf", "Rich Text Format", False),
    ("order.fodt", "order-2003.xml", "MS Word 2003 XML", False),
    ("order.fodt", "order-locked.odt", "writer8", True),
    ("order.fodt", "order-locked.doc", "MS Word 97", True),
    ("fees.fods", "fees.ods", "calc8", False),
    ("fees.fods", "fees.xlsx", "Calc MS Excel 2007 XML", False),
    ("fees.fods", "fees.xls", "MS Excel 97", False),
    ("fees.fods", "fees-2003.xml", "MS Excel 2003 XML", False),
    ("fees.fods", "fees-locked.ods", "calc8", True),
    ("fees.fods", "fees-locked.xls", "MS Excel 97", True),
    ("tour.fodp", "tour.odp", "impress8", False),
    ("tour.fodp", "tour.pptx", "Impress MS PowerPoint 2007 XML", False),
    ("tour.fodp", "tour.ppt", "MS PowerPoint 97", False),
    ("tour.fodp", "tour-locked.odp", "impress8", True),
)


def said(**named):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in named.items())


def desktop(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def main():
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                f"-env:UserInstallation=file://{profile}",
                "--accept=pipe,name=make;urp;",
            ]
        )
        frame = desktop("make")
        for source, name, kind, locked in WANTED:
            held = frame.loadComponentFromURL((HERE / source).as_uri(), "_blank", 0, said(Hidden=True))
            key = {"Password": PASSWORD} if locked else {}
            try:
                held.storeToURL((HERE / name).as_uri(), said(FilterName=kind, Overwrite=True, **key))
            except Exception as error:  # noqa: BLE001 - one filter that is not installed should not stop the others
                print(name, error)
            held.close(True)
        frame.terminate()
        office.wait(60)


if __name__ == "__main__":
    main()
