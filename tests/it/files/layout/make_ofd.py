"""Writes an .ofd file of a plan by GB/T 33190-2016: make_ofd.py PLAN.txt OUT.ofd [table].

Kept to show how the samples here were made; the product has no part in it. The pages stand on a template with a running
head. Of each two lines one is scaled by a matrix, and steps between characters are told one by one or with `g`. With
`table`, the tasks stand in a table with lines; the notice before it is a document of its own in the same file.
"""
import re
import sys
import zipfile

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LEFT, TOP, RIGHT, BOTTOM = 28.0, 37.0, 184.0, 262.0
CLOSING = '，。、；：？！）》”’'


def width(character, size):
    return size * (0.5 if ord(character) < 128 else 1.0)


def wrapped(text, room, size, indent):
    lines, line, used = [], '', indent * size
    for character in text:
        if used + width(character, size) > room and character not in CLOSING and line:
            lines.append(line)
            line, used = '', 0.0
        line += character
        used += width(character, size)
    return lines + [line]


def escaped(text):
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')


class Pages:
    def __init__(self):
        self.pages, self.objects, self.y, self.id = [], [], TOP, 100

    def next_id(self):
        self.id += 1
        return self.id

    def text(self, x, y, line, size):
        steps = [width(character, size) for character in line[:-1]]
        scaled = self.next_id() % 2 == 0
        factor = 2.0 if scaled else 1.0
        told = ' '.join(f'{step / factor:g}' for step in steps)
        if steps and len(set(steps)) == 1:
            told = f'g {len(steps)} {steps[0] / factor:g}'
        matrix = f' CTM="{factor:g} 0 0 {factor:g} 0 0"' if scaled else ''
        self.objects.append(
            f'<ofd:TextObject ID="{self.id}" Boundary="{x:g} {y:g} {sum(steps) + size:g} {size * 1.2:g}" Font="3" Size="{size / factor:g}"{matrix}>'
            f'<ofd:TextCode X="0" Y="{size / factor:g}" DeltaX="{told}">{escaped(line)}</ofd:TextCode></ofd:TextObject>')

    def rule(self, x0, y0, x1, y1):
        self.objects.append(
            f'<ofd:PathObject ID="{self.next_id()}" Boundary="{x0:g} {y0:g} {x1 - x0 + 0.2:g} {y1 - y0 + 0.2:g}" LineWidth="0.2">'
            f'<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>')

    def end_page(self):
        number = f'— {len(self.pages) + 1} —'
        self.text((LEFT + RIGHT) / 2 - 8, 272.0, number, 4.9)
        self.pages.append('\n'.join(self.objects))
        self.objects, self.y = [], TOP

    def paragraph(self, text, size=5.6, indent=2):
        pitch = size * 1.75
        for index, line in enumerate(wrapped(text, RIGHT - LEFT, size, indent)):
            if self.y + pitch > BOTTOM:
                self.end_page()
            self.text(LEFT + (indent * size if index == 0 else 0), self.y, line, size)
            self.y += pitch

    def row(self, cells, edges, size=4.2):
        pitch, pad = size * 1.4, 1.5
        lines = [wrapped(text, right - left - 2 * pad, size, 0) for text, left, right in zip(cells, edges, edges[1:])]
        height = pitch * max(map(len, lines)) + 2 * pad
        if self.y + height > BOTTOM:
            self.end_page()
        for part, left, right in zip(lines, edges, edges[1:]):
            for index, line in enumerate(part):
                self.text(left + pad, self.y + pad + index * pitch, line, size)
            self.rule(left, self.y, left, self.y + height)
        self.rule(edges[-1], self.y, edges[-1], self.y + height)
        self.rule(edges[0], self.y, edges[-1], self.y)
        self.rule(edges[0], self.y + height, edges[-1], self.y + height)
        self.y += height


def write(documents, path):
    archive = zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    bodies = ''
    for number, pages in enumerate(documents):
        folder = f'Doc_{number}'
        bodies += f'<ofd:DocBody><ofd:DocInfo><ofd:DocID>{number:032d}</ofd:DocID></ofd:DocInfo><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>'
        listed = ''.join(f'<ofd:Page ID="{10 + page}" BaseLoc="Pages/Page_{page}/Content.xml"/>' for page in range(len(pages)))
        archive.writestr(f'{folder}/Document.xml', f'{head}<ofd:Document {NAMES}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>'
                         '<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>'
                         '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
                         f'<ofd:Pages>{listed}</ofd:Pages></ofd:Document>')
        archive.writestr(f'{folder}/PublicRes.xml', f'{head}<ofd:Res {NAMES} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="仿宋"/></ofd:Fonts></ofd:Res>')
        template = Pages()
        template.text(150.0, 15.0, '内部资料', 4.2)
        archive.writestr(f'{folder}/Tpls/Tpl_0/Content.xml', f'{head}<ofd:Page {NAMES}><ofd:Content><ofd:Layer ID="5" Type="Background">{template.objects[0]}</ofd:Layer></ofd:Content></ofd:Page>')
        for page, objects in enumerate(pages):
            archive.writestr(f'{folder}/Pages/Page_{page}/Content.xml', f'{head}<ofd:Page {NAMES}><ofd:Template TemplateID="2" ZOrder="Background"/>'
                             f'<ofd:Content><ofd:Layer ID="6" Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>')
    archive.writestr('OFD.xml', f'{head}<ofd:OFD {NAMES} Version="1.1" DocType="OFD">{bodies}</ofd:OFD>')
    archive.close()


def main():
    text = open(sys.argv[1], encoding='utf-8').read()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = next(index for index, line in enumerate(lines) if line.startswith('一、'))
    if 'table' not in sys.argv[3:]:
        pages = Pages()
        for line in lines:
            pages.paragraph(line)
        pages.end_page()
        return write([pages.pages], sys.argv[2])
    notice, plan = Pages(), Pages()
    for line in lines[:first]:
        notice.paragraph(line)
    notice.end_page()
    edges, headed = [LEFT, 42.0, 140.0, RIGHT], False
    for line in lines[first:]:
        number = re.match(r'(\d+)[.．](.*[）)])$', line)
        if not number:
            if headed and not line.startswith('二、') and len(line) < 40:
                plan.row([line], [edges[0], edges[-1]])
            else:
                plan.paragraph(line)
            continue
        if not headed:
            plan.row(['序号', '工作任务', '责任分工'], edges)
            headed = True
        body = number.group(2)
        at = max(body.rfind('（'), body.rfind('(省'))
        plan.row([number.group(1), body[:at], body[at:].strip('（）()')], edges)
    plan.end_page()
    write([notice.pages, plan.pages], sys.argv[2])


main()
