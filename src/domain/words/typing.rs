//! How people type: slips, dialect and signs that mean the same.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What is written, and what it stands for.
static WRITTEN: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let pairs = [
        // Whom it addresses.
        (r"(^|[\s，。])@[^\s，：。]+", "$1"),
        // Signs that were typed more than once, and blanks where none belong.
        (r"[—–―]{2,}|-{2,}|－{2,}", "："),
        (r"\s*：[：\s]*", "："),
        (r"[。.]{2,}|…+", "。"),
        (r"，[，、]+", "，"),
        (r" {2,}", " "),
        (r"(\d)\s+%", "$1%"),
        // Who dictates breathes at a particle: 就是缺人啊干到百分之五十了.
        (r"(\p{Han}{2})[啊呀哎唉](\p{Han}{2})", "$1，$2"),
        // Slips of the input method.
        (r"(^|[^自利律])[己巳](完成|办结|经|全部|于|启动|开展|开始|报|上|落实)", "${1}已$2"),
        (r"(^|[，。；：\s\d务作项])以(完成|办结|经)", "${1}已$2"),
        (r"百份之", "百分之"),
        (r"业已", "已"),
        // Pictures by name: 搞定了[强].
        (r"\[\p{Han}{1,3}\]", " "),
        (r"(\d)\s*(?:趴|个?百分点)($|[^\p{Han}]|[了吧左多])", "$1%$2"),
        // Numbers as forms print them.
        (r"(?:(?i:\bno\.?)|№|#)\s*(\d+)", "任务$1 "),
        (r"[【\[](\d{1,3})[】\]]：?", " $1："),
        // One share in place of another: 是60%，不是40%.
        (r"((?:是|为|进度)\d+(?:\.\d+)?%)[，、 ]*而?不是\d+(?:\.\d+)?%", "$1"),
        (r"不是\d+(?:\.\d+)?%[，、 ]*(?:而|应该?|其实)*(?:是|为)(\d+(?:\.\d+)?%)", "进度$1"),
        // A share that is taken back in the same breath.
        (
            r"\d+(?:\.\d+)?%[，。 ]*(?:哦|噢|啊|呃|额|哎|诶|唉)*，?(?:不对|不是|错了|说错了?|打错了?|写错了?|口误|笔误|更正)[，。： ]*(?:应该?是?|是|为|更正为|改为)?[，： ]*(\d+(?:\.\d+)?%)",
            "$1",
        ),
        // Words that are taken back in the same breath: 5已完成，不对，是26已完成.
        (
            r"(^|[。；\n])[^。；\n]+[，。 ](?:哦|噢|啊|呃|额|哎|诶|唉)*，?(?:不对|不是不是|错了|说错了|打错了|写错了|搞错了|口误|笔误|更正)[，。： ]+(?:应该?是?|是)?[，： ]*",
            "$1",
        ),
        // A number that is taken back in the same breath.
        (r"不是第?\d+[项号]?[，、 ]*(?:而|应该?|其实|，)*是第?(\d+)[项号]?([，。：\s]|$)", "第${1}项$2"),
        (r"是第?(\d+)[项号]?[，、 ]*(?:而|，)*不是第?\d+[项号]?([，。：\s]|$)", "第${1}项$2"),
        // Cantonese.
        (r"搞掂(?:晒|咗)?", "搞定了"),
        (r"唔该晒?", "谢谢"),
        (r"(做|搞|弄|办)晒", "$1完了"),
        (r"(做|搞|弄|办)紧", "正在$1"),
        (r"唔", "不"),
        (r"咗", "了"),
        (r"嘅", "的"),
        (r"仲(未|没|在|有|要|系|差|剩|不)", "还$1"),
        (r"边度", "哪里"),
        (r"边(个|几|项|啲)", "哪$1"),
        (r"冇(?:有|得)?", "没"),
        (r"(完|办|做)城", "$1成"),
        // Hunan's 冒 (没) and the particles that say 了.
        (r"冒(?:有|得)?(搞|做|办|弄|开|动|完|启|落|推|报|问)", "没$1"),
        (r"(\p{Han})(?:哒|咯|喽|嘞|啦|咧)", "$1了"),
        // Denials that cancel out.
        (r"(?:没有|无|不存在)未(?:完成|办结)的?(?:内容|事项|任务|工作|部分)?", ""),
    ];
    pairs.map(|(written, meant)| (Regex::new(written).expect("a constant"), meant)).into()
});
/// A line's own ordinal before the task's number: 一、第5项.
static BEFORE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)(^|[。；：])\s*\(?[一二三四五六七八九十\d]{1,3}(?:[、.]|\))\s*(第[一二三四五六七八九十百\d]+项|任务\s*[一二三四五六七八九十百\d]+)")
        .expect("a constant")
});

/// The text in the one form that the rules know.
pub fn tidy(text: &str) -> String {
    let tidy =
        WRITTEN.iter().fold(text.to_owned(), |text, (written, meant)| written.replace_all(&text, *meant).into_owned());
    BEFORE_NUMBER.replace_all(&tidy, |found: &Captures<'_>| format!("{}{}", &found[1], &found[2])).into_owned()
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn slips_are_read_as_meant() {
        let cases = [
            ("进度：：60 %。。", "进度：60%。"),
            ("己完成", "已完成"),
            ("自己完成情况", "自己完成情况"),
            ("还冒搞完", "还没搞完"),
            ("任务 3 —— 90%", "任务 3：90%"),
            ("一、第5项。已完成", "第5项。已完成"),
            ("60%-70%", "60%-70%"),
            ("不是5，是7，60%", "第7项，60%"),
            ("是7不是5，60%", "第7项，60%"),
            ("是60%，不是40%", "是60%"),
            ("不是40%，是60%", "进度60%"),
            ("60%，不是，40%", "40%"),
            ("5已完成，不对，是26已完成", "26已完成"),
            ("数据不对，正在核实", "数据不对，正在核实"),
            ("不是5个，是7个", "不是5个，是7个"),
        ];
        for (text, expected) in cases {
            assert_eq!(tidy(text), expected, "{text}");
        }
    }
}
