//! 网页: the article of a page that was saved from a site, and tables that programs name .xls.
//!
//! bytes → characters → `page` (paragraphs and tables, with the box that each stands in; `element` says what a tag does,
//! `grid` places cells) → `article` (without what a site prints around it) → blocks.

mod article;
mod element;
mod grid;
mod page;
mod styles;

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::{Encoding, GB18030, UTF_8};
use regex::Regex;

use crate::plan::block::Block;
use crate::plan::table::TableRow;
use crate::plan::text::Line;
use crate::plan::unreadable::Unreadable;
use crate::plan::{table, text};

#[derive(Debug)]
enum Content {
    Paragraph(String),
    Rows(Vec<TableRow>),
}

/// A line or a table of a page.
#[derive(Debug)]
struct Item {
    content: Content,
    /// The box that it stands in.
    place: usize,
    /// Most of it leads elsewhere.
    linked: bool,
    heading: bool,
}

/// The article of a page.
pub fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let blocks = blocks_of(bytes, None)?;
    if blocks.is_empty() { Err(Unreadable::Empty) } else { Ok(blocks) }
}

/// The article of a page whose encoding was said outside of it; nothing where it has no text.
pub fn blocks_of(bytes: &[u8], charset: Option<&str>) -> Result<Vec<Block>, Unreadable> {
    let text = decode(bytes, charset)?;
    let page = page::read(&with_closed_elements(&text))?;
    drop(text);
    let mut blocks = Vec::new();
    let mut line = 0;
    for Item { content, .. } in article::of(page) {
        match content {
            Content::Paragraph(text) => {
                line += 1;
                blocks.push(Block::Paragraph(Line { number: line, text }));
            }
            Content::Rows(rows) => {
                let mut number = |cells| {
                    line += 1;
                    TableRow { line, cells }
                };
                let rows = rows.into_iter().map(|row| number(row.cells)).collect();
                blocks.extend(table::blocks(rows));
            }
        }
    }
    Ok(blocks)
}

/// The characters of a page: bytes that are good UTF-8 are UTF-8, whatever the page says.
fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, str>, Unreadable> {
    /// Bad characters, one in so many: a page may hold a few.
    const BAD: usize = 200;
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (charset.and_then(encoding_of).or_else(|| declared(bytes)).unwrap_or(GB18030), bytes),
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        let bad = text.chars().filter(|character| *character == char::REPLACEMENT_CHARACTER).count();
        if bad * BAD > text.chars().count() {
            return Err(Unreadable::NotText);
        }
    }
    Ok(text)
}

fn encoding_of(label: &str) -> Option<&'static Encoding> {
    // What declares itself in ASCII is not UTF-16.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// The encoding that a page declares at its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 16 << 10;
    static CHARSET: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_-]+)"#).expect("a constant"));
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
    CHARSET.captures_iter(&beginning).find_map(|found| encoding_of(found.get(1)?.as_str()))
}

/// XHTML may close at once what HTML reads on in until it is closed.
fn with_closed_elements(text: &str) -> Cow<'_, str> {
    static CLOSED_AT_ONCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)<(title|script|style|textarea|iframe)(\s[^<>]{0,1000})?/>").expect("a constant")
    });
    if text.trim_start().starts_with("<?xml") { CLOSED_AT_ONCE.replace_all(text, "<$1$2></$1>") } else { text.into() }
}

/// The lines of a text that breaks its lines itself.
fn lines(text: &str) -> impl Iterator<Item = String> {
    text.split('\n').map(text::trimmed).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{blocks, decode};
    use crate::plan::block::Block;
    use crate::plan::unreadable::Unreadable;

    fn told(page: &str) -> Vec<String> {
        let text = |block: Block| match block {
            Block::Paragraph(line) | Block::Head(line) => line.text,
            Block::Row(row) => {
                let fields: Vec<&str> = row.fields.iter().map(|(_, text)| text.as_str()).collect();
                format!("[{}] {} | {}", row.ordinal.printed, row.text.replace('\n', "/"), fields.join(" | "))
            }
        };
        blocks(page.as_bytes()).unwrap().into_iter().map(text).collect()
    }

    #[test]
    fn encodings() {
        let chinese = [0xb6, 0xbd, 0xb0, 0xec];
        assert_eq!(decode(&chinese, None).unwrap(), "督办");
        assert_eq!(decode("督办".as_bytes(), Some("gb2312")).unwrap(), "督办");
        assert_eq!(decode(b"\xff\xfe\x63\x77\x9e\x52", None).unwrap(), "督办");
        let big5 = [b"<meta charset=big5>".as_slice(), &[0xb7, 0xfe]].concat();
        assert!(decode(&big5, None).unwrap().ends_with('督'));
        assert_eq!(decode(&[0xff; 300], Some("gbk")), Err(Unreadable::NotText));
    }

    #[test]
    fn paragraphs_and_white_space() {
        let page = "<title>甲</title><body><h1>方案</h1>一、<b>保</b>管\n  制度\r\n<p>&emsp;1.修缮&nbsp;库房<br>责任单位：<span>县档案局</span><p>a\nb<!-- 丙 --></body>";
        assert_eq!(told(page), ["方案", "一、保管制度", "1.修缮 库房", "责任单位：县档案局", "a b"]);
        assert_eq!(told("<pre>\n一、保管\n\n  1.修缮\t库房</pre>利用"), ["一、保管", "1.修缮\t库房", "利用"]);
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        let page = "<script>1<p>2</script><style>p{}</style><p style='DISPLAY: none'>甲<b>乙</b><p>丙<span hidden>丁<span>戊</span>己</span>庚<p>辛<span style='mso-hide:all'>壬</p>癸<noscript>子</noscript><nav>丑<div>寅</div></nav><del>卯</del><select><option>辰</select>";
        assert_eq!(told(page), ["丙庚", "辛", "癸"]);
    }

    #[test]
    fn what_a_class_hides_is_not_read() {
        let page = "<style>.note,#old{display:none}.tab{display:none}.tab.on{display:block}</style><style media=print>p{display:none}.all{display:none}</style><p>甲<span class='x note'>乙</span></p><div id=old>丙</div><div class=tab>丁</div><p class=all>戊</p>";
        assert_eq!(told(page), ["甲", "丁", "戊"]);
    }

    #[test]
    fn lists_have_their_numbers() {
        let page = "<ol><li>甲<li>乙<ol type=a start=3><li><p>丙</p></ol><li value=7>丁</ol><ul><li>戊</ul><ol style='list-style-type:cjk-ideographic'><li>己<li>二、庚</ol><ol style='list-style:none'><li>辛</ol>";
        assert_eq!(told(page), ["1.甲", "2.乙", "c.丙", "7.丁", "戊", "一、己", "二、庚", "辛"]);
    }

    #[test]
    fn cells_over_rows_and_columns() {
        let page = "<table><caption>分工表</caption><tr><th rowspan=2>序号<th rowspan=2>任务<th colspan=2>责任单位<th rowspan=2>时限<tr><th>牵头单位<th>配合单位
            <tr><td>1<td>修缮<br>库房<td rowspan=2>县档案局<td>县财政局<td>3月底<tr><td>2<td>通风<td>县住建局<td>6月底<tr style='display:none'><td>3<td>丙<td>丁</table>";
        let expected =
            ["分工表", "[1] 修缮/库房 | 县档案局 | 县财政局 | 3月底", "[2] 通风 | 县档案局 | 县住建局 | 6月底"];
        assert_eq!(told(page), expected);
    }

    #[test]
    fn tables_that_only_lay_out_a_page() {
        let page = "<table><tr><td>首页<p>导航</td><td><h2>方案</h2><table><tr><td>序号<td>任务<td>责任单位<tr><td>1<td>修缮<td>县档案局</table><p>一、附则</td></tr></table><table><tr><td>文号：<td>青政发〔2021〕3号</table>";
        assert_eq!(told(page), ["首页", "导航", "方案", "[1] 修缮 | 县档案局", "一、附则", "文号： 青政发〔2021〕3号"]);
    }

    #[test]
    fn the_article_among_navigation() {
        let task = |number: u32| format!("<p>{number}.修缮库房并且整理历年来的目录。（县档案局负责）</p>");
        let links = "<ul><li><a href=1>县政府负责同志调研档案工作座谈会</a><li><a>新闻</a></ul>";
        let page = format!(
            "<title>档案工作方案_青山县</title><div><h1>青山县</h1>{links}</div><div><div><h2>档案工作方案</h2><span>来源：县政府办</span></div><div id=zoom>{}</div><div>2021年3月1日</div></div><div>{links}主办：县政府办公室</div>",
            (1..4).map(task).collect::<String>()
        );
        let found = told(&page);
        assert_eq!(
            (found.len(), found[0].as_str(), found[5].as_str()),
            (6, "档案工作方案", "2021年3月1日"),
            "{found:?}"
        );
        let marked = page.replace("<h1>", "<span>机密★1年</span><h1>");
        assert_eq!(told(&marked)[0], "机密★1年");
        // A task that stands elsewhere is not lost.
        let page = page.replace("主办：", "<p>4.编印年鉴。（县档案馆负责）</p>主办：");
        assert!(told(&page).iter().any(|line| line.starts_with("4.")));
    }

    #[test]
    fn pages_that_do_harm() {
        assert_eq!(blocks("<div>".repeat(10_000).as_bytes()), Err(Unreadable::TooDeep));
        assert_eq!(blocks("<p>甲".repeat(200_001).as_bytes()), Err(Unreadable::TooManyRows(200_000)));
        let wide = format!("<table><tr>{}", "<td colspan=64 rowspan=0>".to_owned() + &"<tr>".repeat(100_000));
        assert_eq!(blocks(wide.as_bytes()), Err(Unreadable::Swells));
        assert_eq!(blocks(b"<p> </p>"), Err(Unreadable::Empty));
    }
}
