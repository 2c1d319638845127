//! The styles of an official document: whoever edits it changes one for all paragraphs that have it.

use std::fmt::Write as _;

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

const OPENS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// 28 points between lines, in twentieths of a point.
const LINES: &str = r#"<w:spacing w:line="560" w:lineRule="exact"/>"#;
/// Two characters, beside what that is in twentieths of a point for programs that do not count in characters.
const INDENTED: &str = r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#;

/// How a paragraph looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Title,
    /// 主送机关
    Addressee,
    /// 一、…
    Heading,
    /// （一）…
    PartHeading,
    Body,
    /// Above a table or a chart.
    Caption,
    /// 附件：1. …
    Attachments,
    /// 落款: office and date.
    Signature,
    /// 附件1, which begins a page of its own.
    AttachmentHeading,
    TableHead,
    TableText,
    /// What is longer than a few characters stands left.
    TableName,
    /// The same, on the page of what stands below it.
    ChartLabel,
    /// Small letters at the end.
    Remark,
    OddPage,
    EvenPage,
}

impl Look {
    const ALL: [Look; 16] = [
        Look::Title,
        Look::Addressee,
        Look::Heading,
        Look::PartHeading,
        Look::Body,
        Look::Caption,
        Look::Attachments,
        Look::Signature,
        Look::AttachmentHeading,
        Look::TableHead,
        Look::TableText,
        Look::TableName,
        Look::ChartLabel,
        Look::Remark,
        Look::OddPage,
        Look::EvenPage,
    ];

    /// The style's key in the file.
    pub fn key(self) -> &'static str {
        self.called().0
    }

    /// The key, and the name as Word shows it, which knows headings and captions by theirs.
    fn called(self) -> (&'static str, &'static str) {
        match self {
            Look::Title => ("OfficialTitle", "公文标题"),
            Look::Addressee => ("Addressee", "主送机关"),
            Look::Heading => ("Heading1", "heading 1"),
            Look::PartHeading => ("Heading2", "heading 2"),
            Look::Body => ("OfficialBody", "公文正文"),
            Look::Caption => ("Caption", "caption"),
            Look::Attachments => ("Attachments", "附件说明"),
            Look::Signature => ("OfficialSignature", "落款"),
            Look::AttachmentHeading => ("AttachmentHeading", "附件序号"),
            Look::TableHead => ("TableHead", "表头"),
            Look::TableText => ("TableText", "表格文字"),
            Look::TableName => ("TableName", "表格名称"),
            Look::ChartLabel => ("ChartLabel", "图例"),
            Look::Remark => ("Remark", "附注"),
            Look::OddPage => ("OddPage", "单页码"),
            Look::EvenPage => ("EvenPage", "双页码"),
        }
    }

    fn letters(self) -> (&'static str, usize) {
        match self {
            Look::Title => (TITLE_FONT, TITLE_SIZE),
            Look::Heading | Look::AttachmentHeading => (HEADING_FONT, BODY_SIZE),
            Look::PartHeading => (PART_FONT, BODY_SIZE),
            Look::Addressee | Look::Body | Look::Attachments | Look::Signature => (BODY_FONT, BODY_SIZE),
            Look::Caption | Look::TableHead => (HEADING_FONT, TABLE_SIZE),
            Look::TableText | Look::TableName | Look::ChartLabel | Look::Remark => (BODY_FONT, TABLE_SIZE),
            Look::OddPage | Look::EvenPage => (PAGE_FONT, PAGE_SIZE),
        }
    }

    /// What keeps it with the next paragraph, spacing, indents, alignment and outline, in the order of the format.
    fn shape(self) -> String {
        let keeps = r#"<w:keepNext/>"#;
        match self {
            Look::Title => r#"<w:spacing w:line="700" w:lineRule="exact"/><w:jc w:val="center"/>"#.to_owned(),
            Look::Addressee => LINES.to_owned(),
            Look::Heading => format!(r#"{keeps}{LINES}{INDENTED}<w:outlineLvl w:val="0"/>"#),
            Look::PartHeading => format!(r#"{keeps}{LINES}{INDENTED}<w:outlineLvl w:val="1"/>"#),
            Look::Body => format!(r#"{LINES}{INDENTED}<w:jc w:val="both"/>"#),
            Look::Caption => format!(r#"{keeps}<w:spacing w:before="120" w:after="60"/><w:jc w:val="center"/>"#),
            // A second line hangs below the first attachment's name.
            Look::Attachments => format!(r#"{LINES}<w:ind w:left="2080" w:hanging="1440"/>"#),
            // Two characters from the right margin.
            Look::Signature => {
                format!(r#"{LINES}<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>"#)
            }
            Look::AttachmentHeading => format!("{keeps}<w:pageBreakBefore/>{LINES}"),
            Look::TableHead => format!(r#"{keeps}<w:jc w:val="center"/>"#),
            Look::TableText => r#"<w:jc w:val="center"/>"#.to_owned(),
            Look::TableName => String::new(),
            Look::ChartLabel => keeps.to_owned(),
            Look::Remark => r#"<w:spacing w:before="240"/>"#.to_owned(),
            // One character from the outer margin.
            Look::OddPage => r#"<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>"#.to_owned(),
            Look::EvenPage => r#"<w:ind w:leftChars="100" w:left="280"/>"#.to_owned(),
        }
    }
}

/// The document's styles.
pub fn styles() -> Vec<u8> {
    let mut styles = format!(
        r#"{OPENS}<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>"#,
        letters(BODY_FONT, BODY_SIZE)
    );
    for look in Look::ALL {
        let ((key, name), (font, size)) = (look.called(), look.letters());
        // Writing to a string cannot fail.
        let _ = write!(
            styles,
            r#"<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>"#,
            look.shape(),
            letters(font, size)
        );
    }
    (styles + "</w:styles>").into_bytes()
}

fn letters(font: &str, size: usize) -> String {
    format!(
        r#"<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:eastAsia="{font}" w:cs="{LATIN_FONT}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>"#
    )
}

/// The document's table of fonts, which names for each what may stand in for it.
pub fn font_table() -> Vec<u8> {
    let mut fonts = format!(r#"{OPENS}<w:fonts xmlns:w="{NAMESPACE}">"#);
    for (name, others) in FALLBACKS {
        // Charset 86 is GB 2312.
        let _ = write!(
            fonts,
            r#"<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>"#
        );
    }
    fonts += r#"<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"#;
    fonts.into_bytes()
}
