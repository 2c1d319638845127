//! What the readers know, and how it is changed.

use super::chance::Chance;

/// What people write, and what documents say.
pub const LINES: [&str; 32] = [
    "第5项：进度60%，系统已上线试运行。问题：市县数据未打通",
    "5 已完成",
    "1. 已完成 2. 推进中30%",
    "进度60%-70%，过半",
    "收到",
    "未完成，预计月底完成",
    "基本完成80.5%，六成，一半，3个市州",
    "申请延期至2019年9月30日，资金未到位",
    "5、26：均已办结；其余推进中",
    "没有问题",
    "完成了吗？",
    "第5（1）项 受阻，卡住",
    "撤回",
    "report@measured_bot 5 60% 说明",
    "extend 5 2019-09-30 理由",
    "bind 23456-ABCDE",
    "due 30",
    "第5项进展如何",
    "省公安厅",
    "哪些逾期了",
    "本月到期",
    "谁还没反馈",
    "有什么问题",
    "下周到期的任务，长沙市",
    "6月底前，2019年12月31日，三年内，10个工作日内，每季度末",
    "2020年底前数据共享；2022年底前，全省“一网通办”",
    "2019年6月底前长沙市普遍实行“互联网+不动产登记”",
    "自印发之日起五年内，长期坚持，第三季度，上半年",
    "（省自然资源厅、省住房城乡建设厅牵头，各市州人民政府负责）",
    "二〇二一年十二月三十一日前、民国一百年、2月30日、13月1日",
    "5 60% 😀👨‍👩‍👧\u{202e}反\u{200b}写\u{feff}",
    "",
];

/// Updates as Telegram sends them, from all that the bot asks for.
pub const UPDATES: [&str; 6] = [
    r#"{"update_id":9,"message":{"message_id":3,"date":1561597200,"text":"@measured_bot 进度60%","entities":[{"type":"mention","offset":0,"length":13}],"chat":{"id":-5,"type":"group","title":"公安厅"},"from":{"id":7,"is_bot":false,"first_name":"李","last_name":"明"},"reply_to_message":{"message_id":2,"from":{"id":42,"is_bot":true,"first_name":"督办"}}}}"#,
    r#"{"update_id":10,"edited_message":{"message_id":3,"date":1561597200,"edit_date":1561597300,"caption":"5 已完成","photo":[{"file_id":"a","width":1},{"file_id":"b"}],"chat":{"id":-1001,"type":"supergroup","title":"公安厅"},"from":{"id":7,"first_name":"李"}}}"#,
    r#"{"update_id":11,"callback_query":{"id":"77","from":{"id":7,"first_name":"李"},"message":{"message_id":2,"date":0,"chat":{"id":-5,"type":"group","title":"x"}},"data":"v1:undo:3:5"}}"#,
    r#"{"update_id":12,"my_chat_member":{"chat":{"id":-5,"type":"group","title":"x"},"from":{"id":7,"first_name":"李"},"date":1,"old_chat_member":{"status":"left"},"new_chat_member":{"status":"restricted","is_member":true}}}"#,
    r#"{"update_id":13,"message":{"message_id":4,"date":1561597200,"chat":{"id":-5,"type":"group","title":"x"},"from":{"id":1087968824,"is_bot":true,"first_name":"Group"},"sender_chat":{"id":-5,"type":"group"},"migrate_to_chat_id":-1005}}"#,
    r#"{"update_id":14,"message":{"message_id":5,"date":1561597200,"document":{"file_id":"c","file_name":"方案.docx"},"chat":{"id":7,"type":"private","first_name":"李"},"from":{"id":7,"first_name":"李"}}}"#,
];

/// What breaks readers: ends of ranges, marks of the formats, characters that are no letters.
const PIECES: [&str; 60] = [
    "0",
    "00",
    "-1",
    "1",
    "31",
    "32",
    "99",
    "100",
    "101",
    "255",
    "65536",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "1e309",
    "%",
    "％",
    "第",
    "项",
    "（",
    "）",
    "(",
    ")",
    "、",
    "，",
    "。",
    "；",
    "：",
    ":",
    "-",
    "－",
    "—",
    "/",
    "*",
    ",",
    "@measured_bot",
    "年",
    "月",
    "日",
    "底前",
    "内",
    "十",
    "百",
    "千",
    "万",
    "\u{0}",
    "\u{202e}",
    "\u{200d}",
    "\u{feff}",
    "\u{10ffff}",
    "ß",
    "İ",
    "ﬃ",
    "😀",
    "\n",
    "\t",
    "\"",
    "{",
    "null",
];
const MOST_CHANGES: usize = 6;
const LONGEST: usize = 4_096;

/// One of the texts, or two of them, with a few changes.
pub fn mutated_text(of: &[&str], chance: &mut Chance) -> String {
    let mut text = (*chance.pick(of)).to_owned();
    if chance.happens(300) {
        let other = *chance.pick(of);
        let (cut, from) = (boundary(&text, chance), boundary(other, chance));
        text.truncate(cut);
        text.push_str(&other[from..]);
    }
    for _ in 0..chance.below(MOST_CHANGES + 1) {
        change(&mut text, chance);
    }
    text
}

fn change(text: &mut String, chance: &mut Chance) {
    let (one, other) = (boundary(text, chance), boundary(text, chance));
    let (from, until) = (one.min(other), one.max(other));
    match chance.below(7) {
        0 => text.insert_str(from, chance.pick::<&str>(&PIECES)),
        1 if until - from < 40 => text.replace_range(from..until, chance.pick::<&str>(&PIECES)),
        2 if until - from < 40 => text.replace_range(from..until, ""),
        3 if text.len() < LONGEST => {
            let again = text[from..until].repeat(1 + chance.below(4));
            text.insert_str(from, &again);
        }
        4 => text.truncate(until),
        5 => {
            if let Some(any) = char::from_u32((chance.next() % 0x11_0000) as u32) {
                text.insert(from, any);
            }
        }
        _ => {
            let number = chance.next() as i64;
            text.insert_str(from, &number.to_string());
        }
    }
}

/// Somewhere between two characters.
fn boundary(text: &str, chance: &mut Chance) -> usize {
    let mut at = chance.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The bytes with a few changes, half the time as text and half the time as they come.
pub fn mutated_bytes(bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = match String::from_utf8(bytes) {
        Ok(mut text) => {
            for _ in 0..chance.below(MOST_CHANGES + 1) {
                change(&mut text, chance);
            }
            text.into_bytes()
        }
        Err(error) => error.into_bytes(),
    };
    if chance.happens(500) || bytes.is_empty() {
        return bytes;
    }
    for _ in 0..1 + chance.below(4) {
        let at = chance.below(bytes.len());
        match chance.below(4) {
            0 => bytes[at] = chance.next() as u8,
            1 => bytes[at] ^= 1 << chance.below(8),
            2 => bytes.truncate(at + 1),
            _ => bytes.insert(at, chance.next() as u8),
        }
    }
    bytes
}
