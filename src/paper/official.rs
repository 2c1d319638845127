//! 公文格式: how an official document looks, after GB/T 9704—2012: its fonts, sizes, margins, lines and tables.

use std::fmt::Write as _;

use docx_rs::{
    AlignmentType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run, RunFonts, Shading,
    SpecialIndentType, Table, TableAlignmentType, TableCell, TableCellBorder, TableCellBorderPosition, TableRow,
    VAlignType, WidthType,
};

const TITLE_FONT: &str = "方正小标宋简体";
const HEADING_FONT: &str = "黑体";
const PART_FONT: &str = "楷体_GB2312";
const BODY_FONT: &str = "仿宋_GB2312";
const PAGE_FONT: &str = "宋体";
const LATIN_FONT: &str = "Times New Roman";
/// What takes the place of a font that a machine lacks: first what Windows, then what macOS and Linux have.
const FALLBACKS: [(&str, &str); 5] = [
    (TITLE_FONT, "小标宋,FZXiaoBiaoSong-B05S,宋体,SimSun,STZhongsong,Songti SC,Noto Serif CJK SC"),
    (HEADING_FONT, "SimHei,STHeiti,Heiti SC,Noto Sans CJK SC"),
    (PART_FONT, "楷体,KaiTi,STKaiti,Kaiti SC,Noto Serif CJK SC"),
    (BODY_FONT, "仿宋,FangSong,STFangsong,FangSong_GB2312,Noto Serif CJK SC"),
    (PAGE_FONT, "SimSun,STSong,Songti SC,Noto Serif CJK SC"),
];
/// In half points: 二号, 三号, 四号 for page numbers, 小四 in tables.
const TITLE_SIZE: usize = 44;
const BODY_SIZE: usize = 32;
const PAGE_SIZE: usize = 28;
const TABLE_SIZE: usize = 24;
/// In twentieths of a point: 28 points between lines, two characters of indent.
const LINE: i32 = 560;
const INDENT: i32 = 640;
/// What lies between the margins.
const WIDTH: usize = 8_844;
/// How many columns the bar of a chart has, and how wide they and its label are.
const BAR: usize = 20;
const BAR_COLUMN: usize = 300;
const BAR_LABEL: usize = 2_400;

/// An empty A4 page with its margins, in twentieths of a point, and its numbers, `— 1 —`.
pub fn document() -> Docx {
    let margin = PageMargin::new().top(2098).bottom(1984).left(1588).right(1474).header(851).footer(992);
    let number = Paragraph::new()
        .add_run(run("— ", PAGE_FONT, PAGE_SIZE))
        .add_page_num(PageNum::new())
        .add_run(run(" —", PAGE_FONT, PAGE_SIZE))
        .align(AlignmentType::Center);
    Docx::new().page_size(11_906, 16_838).page_margin(margin).footer(Footer::new().add_paragraph(number))
}

/// The document's table of fonts, which names for each what may stand in for it.
pub fn font_table() -> Vec<u8> {
    let mut fonts = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    );
    for (name, others) in FALLBACKS {
        // Charset 86 is GB 2312. Writing to a string cannot fail.
        let _ = write!(
            fonts,
            r#"<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>"#
        );
    }
    fonts += r#"<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"#;
    fonts.into_bytes()
}

fn run(words: &str, font: &str, size: usize) -> Run {
    let fonts = RunFonts::new().ascii(LATIN_FONT).hi_ansi(LATIN_FONT).east_asia(font);
    Run::new().add_text(words).size(size).fonts(fonts)
}

fn spacing() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(LINE)
}

pub fn title(words: &str) -> Paragraph {
    centred(run(words, TITLE_FONT, TITLE_SIZE))
}

/// Below the title.
pub fn subtitle(words: &str) -> Paragraph {
    centred(run(words, BODY_FONT, BODY_SIZE))
}

fn centred(run: Run) -> Paragraph {
    Paragraph::new().add_run(run).align(AlignmentType::Center).line_spacing(spacing())
}

/// 一、…
pub fn heading(words: &str) -> Paragraph {
    indented(run(words, HEADING_FONT, BODY_SIZE)).keep_next(true)
}

/// （一）…
pub fn part_heading(words: &str) -> Paragraph {
    indented(run(words, PART_FONT, BODY_SIZE)).keep_next(true)
}

pub fn body(words: &str) -> Paragraph {
    indented(run(words, BODY_FONT, BODY_SIZE))
}

fn indented(run: Run) -> Paragraph {
    let first_line = Some(SpecialIndentType::FirstLine(INDENT));
    Paragraph::new().add_run(run).indent(None, first_line, None, None).line_spacing(spacing())
}

pub fn empty_line() -> Paragraph {
    Paragraph::new().line_spacing(spacing())
}

/// The date, four characters from the right margin.
pub fn signature(day: &str) -> Paragraph {
    let date = Paragraph::new().add_run(run(day, BODY_FONT, BODY_SIZE)).align(AlignmentType::Right);
    date.indent(None, None, Some(INDENT * 2), None).line_spacing(spacing())
}

/// Begins a page of its own.
pub fn attachment_heading(words: &str) -> Paragraph {
    Paragraph::new().add_run(run(words, HEADING_FONT, BODY_SIZE)).page_break_before(true).line_spacing(spacing())
}

/// Small letters below a table.
pub fn remark(words: &str) -> Paragraph {
    Paragraph::new().add_run(run(words, BODY_FONT, TABLE_SIZE))
}

fn cell(words: &str, align: AlignmentType) -> TableCell {
    let words = Paragraph::new().add_run(run(words, BODY_FONT, TABLE_SIZE)).align(align);
    TableCell::new().add_paragraph(words).vertical_align(VAlignType::Center)
}

/// The first row is the head. The column of names takes what the others, each of the same width, leave.
pub fn table(rows: &[Vec<String>], names: usize) -> Table {
    const NUMBER: usize = 1_150;
    let columns = rows.first().map_or(1, Vec::len);
    let width = |column: usize| if column == names { WIDTH - NUMBER * (columns - 1) } else { NUMBER };
    let made = rows.iter().zip(0..).map(|(row, line)| {
        let cells = row.iter().zip(0..).map(|(words, column)| {
            let is_name = column == names && line > 0;
            let align = if is_name { AlignmentType::Left } else { AlignmentType::Center };
            let cell = cell(words, align).width(width(column), WidthType::Dxa);
            if line == 0 { cell.shading(Shading::new().fill("E7E6E6")) } else { cell }
        });
        TableRow::new(cells.collect()).cant_split()
    });
    Table::new(made.collect()).set_grid((0..columns).map(width).collect()).align(TableAlignmentType::Center)
}

/// A bar of a chart: label, colour as `RRGGBB`, and how many of `whole`.
pub type Bar<'a> = (String, &'a str, usize);

/// Bars below each other.
pub fn bars(bars: &[Bar<'_>], whole: usize) -> Table {
    let rows = bars.iter().map(|(label, colour, count)| {
        let filled = (count * BAR).checked_div(whole).unwrap_or_default().max(usize::from(*count > 0)).min(BAR);
        let label = cell(label, AlignmentType::Left).width(BAR_LABEL, WidthType::Dxa).clear_all_border();
        let stretch = |columns: usize, colour: &str| {
            let gap = |position| TableCellBorder::new(position).color("FFFFFF").size(24);
            let cell = cell("", AlignmentType::Left).grid_span(columns).width(columns * BAR_COLUMN, WidthType::Dxa);
            let cell = cell.shading(Shading::new().fill(colour)).clear_all_border();
            cell.set_border(gap(TableCellBorderPosition::Top)).set_border(gap(TableCellBorderPosition::Bottom))
        };
        let stretches = [(filled, *colour), (BAR - filled, "F2F2F2")].into_iter().filter(|(columns, _)| *columns > 0);
        let stretches = stretches.map(|(columns, colour)| stretch(columns, colour));
        TableRow::new(std::iter::once(label).chain(stretches).collect()).cant_split()
    });
    let grid = std::iter::once(BAR_LABEL).chain([BAR_COLUMN; BAR]).collect();
    Table::new(rows.collect()).set_grid(grid).align(TableAlignmentType::Center)
}
