#!/usr/bin/python3
"""Makes the workbooks of this folder with LibreOffice: soffice and python3-uno (Debian), then ./make.py.

They are committed, so that tests need no LibreOffice. Written with LibreOffice 7.4.7 (Debian 12). Nobody in them is real. Without a window it writes
no .xlsx with a password: that one is made by hand in PrepareExportsTest.
"""
import os
import subprocess
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

HERE = os.path.dirname(os.path.abspath(__file__))
PIPE = f"tfflow-{os.getpid()}"
XLSX = "Calc MS Excel 2007 XML"
HEADERS = ["Surname", "Forenames", "Date of birth", "Address", "Postcode", "Sex", "On roll"]
ADA = ["Marlowe", "Ada", "=DATE(2012;2;14)", "1 Wharf Street", "LE1 1AA", "F", "Y"]
BEN = ["Vane", "Ben", "14 Feb 2012", "2 Wharf Street", "LE1 1AA", "1", "Y"]


def value(name, content):
    given = PropertyValue()
    given.Name, given.Value = name, content
    return given


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(100):
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.3)
    raise SystemExit("LibreOffice does not answer.")


def fill(document, sheet, row, cells):
    """A cell that begins with = is a formula, a number a number, everything else a text."""
    for column, content in enumerate(cells):
        cell = sheet.getCellByPosition(column, row)
        if isinstance(content, (int, float)):
            cell.Value = content
        elif content.startswith("=DATE"):
            cell.Formula = content
            date = cell.Value
            cell.Value = date
            cell.NumberFormat = dates(document)
        elif content.startswith("="):
            cell.Formula = content
        elif content:
            cell.String = content


def dates(document):
    locale = uno.createUnoStruct("com.sun.star.lang.Locale")
    locale.Language, locale.Country = "en", "GB"
    formats = document.NumberFormats
    key = formats.queryKey("DD/MM/YYYY", locale, False)
    return key if key >= 0 else formats.addNew("DD/MM/YYYY", locale)


def main():
    office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={PIPE};urp;", f"-env:UserInstallation=file:///tmp/{PIPE}"])
    try:
        make_all(connect())
    finally:
        office.terminate()
        office.wait()


def make_all(context):
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def workbook(name, make, kind=XLSX):
        document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (value("Hidden", True),))
        make(document)
        document.storeToURL("file://" + os.path.join(HERE, name), (value("FilterName", kind),))
        document.close(True)

    def table(document, rows, at=0, sheet=0):
        for offset, cells in enumerate(rows):
            fill(document, document.Sheets.getByIndex(sheet), at + offset, cells)

    def plain(document):
        table(document, [HEADERS, ADA, BEN])

    def from1904(document):
        document.NullDate = uno.createUnoStruct("com.sun.star.util.Date", 1, 1, 1904)
        plain(document)

    def errors(document):
        table(document, [HEADERS, ["Marlowe", "Ada", "=NA()", *ADA[3:]], ["Vane", "Ben", "=1/0", *BEN[3:]], ["Quince", "Cleo", *ADA[2:]]])

    def several(document):
        document.Sheets.insertNewByName("Pupils", 1)
        document.Sheets.insertNewByName("Old", 2)
        table(document, [["Read me first"], ["Exported on", "=DATE(2013;9;1)"]])
        table(document, [HEADERS, ADA, BEN], sheet=1)
        table(document, [HEADERS, ["Gone", *ADA[1:]]], sheet=2)
        document.Sheets.getByName("Old").IsVisible = False

    def titles(document):
        table(document, [
            ["Northmere School: pupils on roll"], ["Printed on 01/09/2013"], [],
            ["Surname", "Forenames", "Date of birth", "House No", "Street", "Town", "Postcode", "Sex", "On roll"],
            ["Marlowe", "Ada", "=DATE(2012;2;14)", 1, "Wharf Street", "Leicester", "LE1 1AA", "F", "Y"],
            ["Vane", "Ben", "14th February 2012", 2, "Wharf Street", "Leicester", "LE1 1AA", "M", "Y"],
            ["Quince", "Cleo", "2011-06-30", 3, "Wharf Street", "Leicester", "LE1 1AA", "F", "N"],
            ["Total", "=COUNTA(B5:B7)"]])
        merge(document, 0, 0, 8, 0)

    def merged(document):
        table(document, [HEADERS, ADA, ["", "Ben", *BEN[2:]]])
        merge(document, 0, 1, 0, 2)

    def merge(document, left, top, right, bottom):
        document.Sheets.getByIndex(0).getCellRangeByPosition(left, top, right, bottom).merge(True)

    def texts(document):
        table(document, [HEADERS, ["Marlowe", "Ada", "14/02/2012", *ADA[3:]], ["Vane", "Ben", "'14.02.2012", *BEN[3:]], ["Quince", "Cleo", "20120214", *ADA[3:]]])

    def formulas(document):
        table(document, [HEADERS, ["=UPPER(\"marlowe\")", "=\"A\"&\"da\"", "=DATE(2012;2;14)", "=1&\" Wharf Street\"", "=B5", "F", "=IF(1=1;\"Y\";\"N\")"]])
        fill(document, document.Sheets.getByIndex(0), 4, ["", "LE1 1AA"])

    workbook("dates-1904.xlsx", from1904)
    workbook("errors.xlsx", errors)
    workbook("several-sheets.xlsx", several)
    workbook("titles-and-total.xlsx", titles)
    workbook("merged.xlsx", merged)
    workbook("dates-as-text.xlsx", texts)
    workbook("formulas.xlsx", formulas)
    workbook("opendocument.xlsx", plain, "calc8")
    workbook("excel-97.xls", plain, "MS Excel 97")
    workbook("excel-97-errors.xls", errors, "MS Excel 97")
    workbook("web-page.xls", plain, "HTML (StarCalc)")


if __name__ == "__main__":
    main()
