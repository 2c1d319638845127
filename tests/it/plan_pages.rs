//! Plans as pages of sites, web archives and RTF: they read as the text does, and hostile ones are refused.
//!
//! `files/` holds plans that LibreOffice and Python's `email` made of the seed and of the demonstration plan.

use std::fs;
use std::time::{Duration, Instant};

use duban::office::plan::Draft;
use duban::plan;
use duban::plan::Unreadable;
use proptest::prelude::*;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn sample(name: &str) -> Vec<u8> {
    fs::read(format!("{ROOT}/tests/it/files/{name}")).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn demo_plan() -> String {
    fs::read_to_string(format!("{ROOT}/seeds/demo-plan.txt")).expect("the demonstration plan")
}

/// What is read of a file, but for where in it a doubt stands.
fn read(name: &str, bytes: &[u8]) -> Draft {
    let mut draft = plan::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    draft.problems.iter_mut().for_each(|problem| problem.line = 0);
    draft.set_aside.clear();
    draft
}

#[test]
fn files_that_other_programs_made_read_as_the_text() {
    let expected = read("plan.txt", demo_plan().as_bytes());
    for name in ["demo-plan.xhtml", "demo-plan.mht", "demo-plan.rtf", "demo-table.xls", "demo-table.rtf"] {
        assert_eq!(read(name, &sample(name)), expected, "{name}");
    }
    let Ok(seed) = fs::read(format!("{ROOT}/../shared/seeds/000_b22c45ac15518376.txt")) else {
        println!("skipped: the seed is not at hand");
        return;
    };
    let expected = read("plan.txt", &seed);
    for name in ["seed.html", "seed.mht", "seed.rtf"] {
        assert_eq!(read(name, &sample(name)), expected, "{name}");
    }
}

#[test]
fn names_do_not_matter() {
    let expected = read("plan.txt", demo_plan().as_bytes());
    for name in ["demo-plan.xhtml", "demo-plan.mht", "demo-plan.rtf", "demo-table.xls"] {
        for given in ["plan.doc", "plan.xls", "plan.wps", "plan.docx", "plan.pdf", "plan.txt", "plan"] {
            assert_eq!(read(given, &sample(name)), expected, "{name} as {given}");
        }
    }
    assert_eq!(read("plan.doc", demo_plan().as_bytes()), expected);
}

/// The page of a government site around a plan, with what such pages print before and after.
fn site(article: &str) -> String {
    let links: String = ["县政府负责同志调研档案工作", "关于牵头做好防汛工作的通知", "一、政务公开", "二、办事服务"]
        .map(|title| format!("<li><a href='/x.html' target=_blank>{title}</a></li>"))
        .concat();
    let title = "湖南省深化“放管服”改革转变政府职能重点任务分工方案";
    format!(
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\">\r\n<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'>
        <title>{title}_某市人民政府门户网站</title><script>document.write('<p>1.甲。（县档案局负责）')</script></head><body>
        <form id=form1><div class=top><h1 class=logo><a href=/>某市人民政府门户网站</a></h1><div>今天是2024年6月30日 星期日</div><ul>{links}</ul></div>
        <table width=100%><tr><td width=200><ul>{links}</ul><p>热点专题</td><td><div class=path>当前位置：<a>首页</a>&gt;<a>政策文件</a></div>
        <div class=info><span>索引号：430S00/2019-00001</span><span style='display:none'>浏览次数：12</span></div>
        <div class=content id=zoom>{article}</div>
        <div class=share><a>打印</a> <a>关闭</a></div></td></tr></table>
        <div class=footer>主办：某市人民政府办公室　承办：某市大数据中心<br>网站标识码：4300000001　备案号：湘ICP备12345678号</div></form></body></html>"
    )
}

#[test]
fn a_page_of_a_site_reads_as_its_article() {
    let expected = read("plan.txt", demo_plan().as_bytes());
    let paragraphs = |before: &str, after: &str| {
        demo_plan().lines().map(|line| format!("{before}{}{after}\r\n", line.trim())).collect::<String>()
    };
    for article in [
        paragraphs("<p style=\"text-indent:2em\"><span style='font-family:仿宋'>　　", "</span></p>"),
        paragraphs("　　&nbsp;", "<br>"),
        paragraphs("<div>", "</div>"),
        format!("<div class=TRS_Editor><style>p{{margin:0}}</style>{}</div>", paragraphs("<P>&nbsp;&nbsp;&nbsp;", "")),
    ] {
        let page = site(&article);
        let (encoded, _, _) = encoding_rs::GBK.encode(&page);
        assert_eq!(read("plan.html", page.as_bytes()), expected);
        assert_eq!(read("plan.htm", &encoded), expected);
    }
}

#[test]
fn hostile_pages_are_refused_in_time() {
    // Without optimisation all is slower; what is not linear takes minutes even so.
    let (mebibytes, seconds) = if cfg!(debug_assertions) { (1, 60) } else { (16, 5) };
    let many = |piece: &str| piece.repeat((mebibytes << 20) / piece.len());
    let cases = [
        ("attributes.html", format!("<html><p {}>甲", many("a1=b "))),
        ("names.html", format!("<html>{}", many("<x><y></x>"))),
        ("ends.html", format!("<html>{}<table><td>{}", "<div>".repeat(200), many("</div></p>"))),
        ("entities.html", format!("<html>{}", many("&nbsp;&notit;"))),
        ("cells.html", format!("<html><table>{}", many("<tr><td>a"))),
        ("tables.html", format!("<html>{}", many("<table><tr><td>"))),
        ("text.html", format!("<html>{}", many("修缮库房。<br>"))),
        ("parts.mht", format!("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n{}", many("--a\n\n"))),
        ("lines.mht", format!("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n{}", many("a\n"))),
        ("groups.rtf", format!("{{\\rtf1 {}", many("{}"))),
        ("cells.rtf", format!("{{\\rtf1 {}\\row}}", many("\\cell "))),
        ("words.rtf", format!("{{\\rtf1 {}}}", many("\\u12345 ?\\v\\v0"))),
        ("fonts.rtf", format!("{{\\rtf1{{\\fonttbl{}}}}}", many("\\f1\\fcharset134"))),
    ];
    for (name, text) in cases {
        let begun = Instant::now();
        let _ = plan::read(name, text.as_bytes());
        assert!(begun.elapsed() < Duration::from_secs(seconds), "{name}: {:?}", begun.elapsed());
    }
    assert!(matches!(plan::check("plan.html", 21 << 20), Err(Unreadable::TooLarge { .. })));
}

/// Tags and words that pages are made of, in any order.
fn page_pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<td rowspan=3>",
        "<td colspan=0 rowspan=0>",
        "<td colspan=99>",
        "</td>",
        "<caption>",
        "<tbody>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<div hidden>",
        "<span style='display:none'>",
        "</span>",
        "<ol start=-3 reversed>",
        "<ol type=a>",
        "</ol>",
        "<li>",
        "<li value=9999999999>",
        "<pre>",
        "</pre>",
        "<br>",
        "<title>",
        "</title>",
        "<h1>",
        "</h1>",
        "<a>",
        "</a>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "&nbsp;",
        "&#0;",
        "序号",
        "任务",
        "责任单位",
        "1",
        "一、",
        "1.修缮。（县档案局负责）",
        "\n",
        "<",
        "\"",
        "=",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..80).prop_map(|pieces| pieces.concat())
}

/// Words that RTF is made of, in any order.
fn rich_pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "\\par ",
        "\\trowd",
        "\\trleft-9",
        "\\cellx100",
        "\\cellx-5",
        "\\cellx2147483647",
        "\\clvmrg",
        "\\clmrg",
        "\\intbl",
        "\\cell ",
        "\\row ",
        "\\nestcell ",
        "\\nestrow ",
        "\\pard",
        "\\itap2 ",
        "\\u-10179 ?",
        "\\u8220 ?",
        "\\uc2 ",
        "\\'b6",
        "\\'bd",
        "\\'",
        "\\*",
        "\\fonttbl",
        "\\f1",
        "\\fcharset134 ",
        "\\v ",
        "\\plain ",
        "\\footnote ",
        "\\shptxt ",
        "\\bin2 ",
        "\\pict ",
        "序号",
        "1.",
        "（县档案局负责）",
        "a",
        "\\\\",
        "\\~",
        "\n",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..80).prop_map(|pieces| pieces.concat())
}

/// Bytes of a good file, some of them changed.
fn damaged(bytes: &[u8], changes: &[(usize, u8)], cut: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, value) in changes {
        let at = at % bytes.len();
        bytes[at] = *value;
    }
    bytes.truncate(bytes.len() - cut % bytes.len());
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_mixture_of_tags_is_answered(page in page_pieces(), text in rich_pieces()) {
        let _ = plan::read("plan.html", format!("<html>{page}").as_bytes());
        let _ = plan::read("plan.rtf", format!("{{\\rtf1{text}").as_bytes());
        let _ = plan::read("plan.rtf", format!("{{\\rtf1{text}}}").as_bytes());
        let _ = plan::read("plan.mht", format!("MIME-Version: 1.0\nContent-Type: text/html\n\n{page}").as_bytes());
    }

    #[test]
    fn a_damaged_file_is_answered(changes in prop::collection::vec(any::<(usize, u8)>(), 0..20), cut in 0..200_usize) {
        for name in ["demo-plan.xhtml", "demo-plan.mht", "demo-table.xls", "demo-table.rtf"] {
            let _ = plan::read(name, &damaged(&sample(name), &changes, cut));
        }
    }
}
