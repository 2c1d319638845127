//! What Telegram's markup means, case by case.

use super::*;

fn spans(source: &str) -> (String, Vec<(String, usize, usize)>) {
    let marked = parse_html(source).unwrap();
    let spans = marked.entities.into_iter().map(|entity| (entity.kind, entity.offset, entity.length)).collect();
    (marked.text, spans)
}

fn span(kind: &str, offset: usize, length: usize) -> (String, usize, usize) {
    (kind.to_owned(), offset, length)
}

#[test]
fn every_simple_tag() {
    for (source, kind) in [
        ("<b>督</b>", "bold"),
        ("<STRONG>督</STRONG>", "bold"),
        ("<i>督</i>", "italic"),
        ("<em>督</em>", "italic"),
        ("<u>督</u>", "underline"),
        ("<ins>督</ins>", "underline"),
        ("<s>督</s>", "strikethrough"),
        ("<strike>督</strike>", "strikethrough"),
        ("<del>督</del>", "strikethrough"),
        ("<tg-spoiler>督</tg-spoiler>", "spoiler"),
        ("<span class=\"tg-spoiler\">督</span>", "spoiler"),
        ("<code>督</code>", "code"),
        ("<pre>督</pre>", "pre"),
        ("<blockquote>督</blockquote>", "blockquote"),
        ("<blockquote expandable>督</blockquote>", "expandable_blockquote"),
    ] {
        assert_eq!(spans(source), ("督".into(), vec![span(kind, 0, 1)]), "{source}");
    }
}

#[test]
fn offsets_count_utf16_units() {
    assert_eq!(spans("😀<b>甲<i>😀</i></b>乙"), ("😀甲😀乙".into(), vec![span("bold", 2, 3), span("italic", 3, 2)]));
}

#[test]
fn references_become_characters() {
    assert_eq!(spans("&lt;b&gt; &amp;amp; &quot;&#20013;&#x6587;&#x27;").0, "<b> &amp; \"中文'");
    assert_eq!(spans("&nbsp; AT&T & &#0; &#xD800; &").0, "&nbsp; AT&T & &#0; &#xD800; &");
    assert_eq!(spans("&lt甲").0, "<甲");
}

#[test]
fn links_and_mentions() {
    let entities = |source| parse_html(source).unwrap().entities;
    let link = &entities("<a href='https://a.cn/?x=1&amp;y=2'>见此</a>")[0];
    assert_eq!(link.kind, "text_link");
    assert_eq!(link.url.as_deref(), Some("https://a.cn/?x=1&y=2"));
    let mention = &entities("<a href=\"tg://user?id=42\">张三</a>")[0];
    assert_eq!((mention.kind.as_str(), mention.user), ("text_mention", Some(42)));
    assert!(entities("<a href=\"\">甲</a>").is_empty());
    assert!(entities("<a>甲</a>").is_empty());
    assert_eq!(entities("<a>example.cn</a>")[0].url.as_deref(), Some("http://example.cn"));
}

#[test]
fn a_time_keeps_its_instant_and_form() {
    let marked = parse_html("<tg-time unix=\"1561824000\" format=\"wDT\">6月30日</tg-time>").unwrap();
    let entity = &marked.entities[0];
    assert_eq!((marked.text.as_str(), entity.kind.as_str()), ("6月30日", "date_time"));
    assert_eq!(entity.unix_time, Some(1_561_824_000));
    assert_eq!(entity.date_time_format.as_deref(), Some("wDT"));
    assert!(parse_html("<tg-time>甲</tg-time>").unwrap().entities.is_empty());
}

#[test]
fn a_code_in_pre_names_the_language() {
    let entities = |source| parse_html(source).unwrap().entities;
    let one = entities("<pre><code class=\"language-sql\">SELECT</code></pre>");
    assert_eq!(one.len(), 1);
    assert_eq!((one[0].kind.as_str(), one[0].language.as_deref()), ("pre", Some("sql")));
    let lone = entities("<code class=\"language-sql\">SELECT</code>");
    assert_eq!(lone[0].language, None);
}

#[test]
fn empty_marks_vanish() {
    assert_eq!(spans("<b></b>甲<i></i>"), ("甲".into(), vec![]));
    assert_eq!(spans(""), (String::new(), vec![]));
}

#[test]
fn a_nameless_end_closes_what_is_open() {
    assert_eq!(spans("<b>甲</>乙"), ("甲乙".into(), vec![span("bold", 0, 1)]));
}

#[test]
fn mistakes_are_named_as_telegram_names_them() {
    for (source, error) in [
        ("<b>甲", "Can't find end tag corresponding to start tag \"b\""),
        ("甲<table>", "Unsupported start tag \"table\" at byte offset 3"),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("1 < 2", "Unsupported start tag \"\" at byte offset 2"),
        ("甲</b>", "Unexpected end tag at byte offset 3"),
        ("<i>a</em >", "Unmatched end tag at byte offset 4, expected \"</i>\", found \"</em>\""),
        ("<i>a</i  ", "Unclosed end tag at byte offset 4"),
        ("<i", "Unclosed start tag at byte offset 0"),
        ("<i =a>", "Empty attribute name in the tag \"i\" at byte offset 0"),
        ("<i a = ", "Unclosed start tag \"i\" at byte offset 0"),
        ("<i a=b,>", "Unexpected end of name token at byte offset 5"),
        ("<i a=\"b>", "Unclosed start tag at byte offset 0"),
        ("<span>甲</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
    ] {
        assert_eq!(parse_html(source), Err(error.to_owned()), "{source}");
    }
}

#[test]
fn trimming_moves_the_marks() {
    let marked = parse_html("\n <b> 甲 </b>\n<i> </i>").unwrap().trimmed();
    assert_eq!(marked.text, "甲");
    assert_eq!(marked.entities.len(), 1);
    assert_eq!((marked.entities[0].offset, marked.entities[0].length), (0, 1));
}
