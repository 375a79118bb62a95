#!/usr/bin/env python3
"""Books and office documents made by other programs' libraries, converted and read again by the same libraries.

    scripts/test_office.py [PROGRAM]
    scripts/test_office.py --book PATH

PROGRAM is target/release/jianti if not given; --book only writes the book that is tested, for scripts/check_epub.sh. The libraries come from PyPI into .cache/office on the first run. For each
format: the text read from the converted file equals what converting the text alone gives; a file whose text does not change
is the same to the byte; of one that does, every member without text is. Run by scripts/test.sh.
"""

import io
import random
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "office"
PACKAGES = ["python-docx==1.2.0", "openpyxl==3.1.5", "python-pptx==1.0.2", "odfpy==1.4.1", "EbookLib==0.20"]
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target" / "release" / "jianti")
# Every member is a text of its own; of phrases the parts stand in several elements.
SPLIT = [["他的頭", "髮很長，", "皇后在", "後", "面。"], ["乾", "隆皇帝說：", "「這件事很簡", "單。」"], ["plain ", "ASCII"]]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# One grey pixel.
PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\x80"))
    + chunk(b"IEND", b"")
)


def install():
    if not (FOLDER / "docx").exists():
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(FOLDER), *PACKAGES]
        subprocess.run(command, check=True)
    sys.path.insert(0, str(FOLDER))


def jianti(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, **options)


def alone(text):
    """What converting the text alone gives."""
    done = jianti("-c", "t2s", "--format", "text", input=text.encode())
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def make_docx():
    import docx
    document = docx.Document()
    document.core_properties.title = "頭髮的故事"
    document.core_properties.subject = "歷史"
    document.core_properties.author = "張學友"
    document.add_heading("圖書館", 1)
    for pieces in SPLIT:
        paragraph = document.add_paragraph()
        for number, piece in enumerate(pieces):
            paragraph.add_run(piece).bold = number % 2 == 1
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "髮型", "發現"
    document.sections[0].header.paragraphs[0].text = "頁首：臺灣"
    document.sections[0].footer.paragraphs[0].text = "頁尾：後記"
    document.add_picture(io.BytesIO(PICTURE))
    return document


def read_docx(file):
    import docx
    document = docx.Document(file)
    texts = [document.core_properties.title, document.core_properties.subject]
    texts += [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    section = document.sections[0]
    texts += [paragraph.text for paragraph in section.header.paragraphs + section.footer.paragraphs]
    assert document.core_properties.author == "張學友"
    return texts


def make_xlsx():
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.comments import Comment
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"] = "標題", "頭髮", 42, '=IF(A2>1,"開關","無")'
    sheet["A3"] = CellRichText(*[TextBlock(InlineFont(b=True), piece) for piece in SPLIT[0]])
    sheet["A4"].value = "後來"
    sheet["A4"].comment = Comment("評論：發現", "作者")
    table = openpyxl.worksheet.table.Table(displayName="T", ref="A1:B2")
    sheet.add_table(table)
    workbook.properties.title = "帳簿"
    return workbook


def read_xlsx(file):
    import openpyxl
    workbook = openpyxl.load_workbook(file, rich_text=True)
    sheet = workbook.active
    assert sheet["B2"].value == '=IF(A2>1,"開關","無")', sheet["B2"].value
    table = sheet.tables["T"]
    assert [column.name for column in table.tableColumns] == [sheet["A1"].value, sheet["B1"].value]
    cells = [str(sheet[cell].value) for cell in ("A1", "B1", "A2", "A3", "A4")]
    return cells + [sheet["A4"].comment.text, workbook.properties.title]


def make_pptx():
    import pptx
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "簡報：臺灣的歷史"
    frame = slide.placeholders[1].text_frame
    for pieces in SPLIT:
        paragraph = frame.add_paragraph()
        for piece in pieces:
            paragraph.add_run().text = piece
    slide.notes_slide.notes_text_frame.text = "備忘：後天開會"
    presentation.core_properties.title = "頭髮"
    return presentation


def read_pptx(file):
    import pptx
    presentation = pptx.Presentation(file)
    texts = [presentation.core_properties.title]
    for slide in presentation.slides:
        for shape in slide.shapes:
            texts += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        texts.append(slide.notes_slide.notes_text_frame.text)
    return texts


def make_odt():
    from odf import dc
    from odf.opendocument import OpenDocumentText
    from odf.text import A, H, P, Span
    document = OpenDocumentText()
    document.meta.addElement(dc.Title(text="頭髮"))
    document.meta.addElement(dc.Language(text="zh-TW"))
    document.text.addElement(H(outlinelevel=1, text="圖書館"))
    for pieces in SPLIT:
        paragraph = P()
        for piece in pieces:
            paragraph.addElement(Span(text=piece))
        document.text.addElement(paragraph)
    paragraph = P()
    paragraph.addElement(A(href="https://example.org/圖書", text="連結"))
    document.text.addElement(paragraph)
    return document


def read_odt(file):
    from odf import dc, teletype
    from odf.opendocument import load
    from odf.text import A, H, P
    document = load(file)
    link = document.getElementsByType(A)[0]
    assert link.getAttribute("href") == "https://example.org/圖書"
    title = teletype.extractText(document.getElementsByType(dc.Title)[0])
    elements = document.getElementsByType(H) + document.getElementsByType(P)
    return [title] + [teletype.extractText(element) for element in elements]


def make_ods():
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P
    document = OpenDocumentSpreadsheet()
    table = Table(name="工作表")
    for text in ["頭髮", "發現", "plain"]:
        row, cell = TableRow(), TableCell(valuetype="string", stringvalue=text)
        cell.addElement(P(text=text))
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    return document


def read_ods(file):
    from odf import teletype
    from odf.opendocument import load
    from odf.table import TableCell
    cells = load(file).getElementsByType(TableCell)
    texts = [teletype.extractText(cell) for cell in cells]
    assert texts == [cell.getAttribute("stringvalue") for cell in cells]
    return texts


class Book:
    """ebooklib writes to a path by a function."""

    def __init__(self):
        from ebooklib import epub
        self.epub = epub
        book = self.book = epub.EpubBook()
        book.set_identifier("urn:uuid:0d5aa1a4-5f0d-4b7a-9d36-6a1b3b0a9f11")
        book.set_title("臺灣的圖書館")
        book.set_language("zh-TW")
        book.add_author("張學友")
        chapters = []
        for number, pieces in enumerate(SPLIT):
            chapter = epub.EpubHtml(title=f"第{number}章：頭髮", file_name=f"c{number}.xhtml", lang="zh-TW")
            inner = "".join(f"<b>{piece}</b>" if at % 2 else piece for at, piece in enumerate(pieces))
            chapter.content = f'<h1>標題</h1><p title="頭髮">{inner}</p><p><a href="c0.xhtml">連結</a></p>'
            book.add_item(chapter)
            chapters.append(chapter)
        book.add_item(epub.EpubItem(uid="image", file_name="image.png", media_type="image/png", content=PICTURE))
        book.toc = chapters
        book.add_item(epub.EpubNcx())
        book.add_item(epub.EpubNav())
        book.spine = ["nav", *chapters]

    def save(self, path):
        self.epub.write_epub(str(path), self.book)


def read_epub(file):
    import ebooklib
    from ebooklib import epub
    from lxml import etree
    book = epub.read_epub(file)
    texts = [book.get_metadata("DC", "title")[0][0], book.get_metadata("DC", "creator")[0][0]]
    for item in book.get_items_of_type(ebooklib.ITEM_DOCUMENT):
        root = etree.fromstring(item.get_content())
        for element in root.iter("{*}h1", "{*}h2", "{*}p", "{*}a", "{*}title"):
            texts.append("".join(element.itertext()))
    return texts


FORMATS = {
    "docx": (make_docx, read_docx),
    "xlsx": (make_xlsx, read_xlsx),
    "pptx": (make_pptx, read_pptx),
    "odt": (make_odt, read_odt),
    "ods": (make_ods, read_ods),
    "epub": (Book, read_epub),
}


def members(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        infos = [(i.filename, i.date_time, i.compress_type, i.external_attr, i.extra) for i in archive.infolist()]
        return infos, {info.filename: archive.read(info) for info in archive.infolist()}


def convert(folder, name):
    done = jianti("-c", "t2s", "-o", str(folder / "out"), str(folder / name))
    assert done.returncode == 0, done.stderr.decode()
    return folder / "out" / name


def check(folder, ending, make, read):
    path = folder / f"a.{ending}"
    make().save(str(path))
    out = convert(folder, path.name)
    old, new = read(str(path)), read(str(out))
    expected = [alone(text) for text in old]
    assert new == expected, f"{ending}: {[pair for pair in zip(new, expected) if pair[0] != pair[1]]}"
    assert new != old
    (old_infos, old_data), (new_infos, new_data) = members(path), members(out)
    assert old_infos == new_infos, ending
    for name, data in new_data.items():
        if not name.endswith((".xml", ".xhtml", ".opf", ".ncx")):
            assert data == old_data[name], name
        elif data != old_data[name]:
            assert "zh-TW".encode() not in data or ending in ("xlsx", "pptx"), name
    if ending == "epub":
        assert list(new_data)[0] == "mimetype" and new_infos[0][2] == zipfile.ZIP_STORED
        assert b">zh-CN</dc:language>" in new_data["EPUB/content.opf"]
    # Once more: nothing is left to convert, and every byte stays.
    (folder / "again").mkdir()
    again = folder / "again" / path.name
    again.write_bytes(out.read_bytes())
    assert convert(folder / "again", path.name).read_bytes() == out.read_bytes(), ending
    return path.read_bytes(), len(new)


def mutate(folder, ending, original, count=500):
    """Mutated files are converted or refused, never a panic, and what is refused leaves nothing behind."""
    source = folder / "mutated"
    source.mkdir()
    dice = random.Random(ending)
    for number in range(count):
        data = bytearray(original)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(data))
            kind = dice.randrange(4)
            if kind == 0:
                data[at] ^= 1 << dice.randrange(8)
            elif kind == 1:
                del data[at : at + dice.randrange(1, 64)]
            elif kind == 2:
                data[at:at] = data[at : at + dice.randrange(1, 64)]
            else:
                del data[max(at, len(data) // 2) :]
        (source / f"{number}.{ending}").write_bytes(data)
    done = jianti("-o", str(folder / "mutated-out"), str(source))
    errors = done.stderr.decode()
    assert done.returncode in (0, 2) and "panicked" not in errors, errors
    refused = sum(line.startswith("jianti: ") for line in errors.splitlines())
    written = len(list((folder / "mutated-out").iterdir()))
    assert refused + written == count, (ending, refused, written)
    return refused


def main():
    install()
    if sys.argv[1:2] == ["--book"]:
        Book().save(sys.argv[2])
        return
    for ending, (make, read) in FORMATS.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            original, texts = check(folder, ending, make, read)
            refused = mutate(folder, ending, original)
            print(f"{ending}: {texts} texts as converted alone; of 500 mutated files {refused} refused, none half-written")


if __name__ == "__main__":
    main()
