//! What stands before and after a number, and whether it names a task then.

use std::sync::LazyLock;

use regex::Regex;

/// Whether words go on from a task by telling of it.
pub fn goes_on_to_tell(after: &str) -> bool {
    pattern!(TELLS, r"^(?:任务|工作|事项)?(?:[^\p{Han}]|$|[已完办推进正在未尚还没受暂基均都也刚搞做弄是没百差有到大])");
    TELLS.is_match(after)
}

/// Whether words go on by comparing with what was told before: 中间三项跟上月一样.
pub fn compares(after: &str) -> bool {
    pattern!(COMPARES, "^(?:也|都|均)*[跟和与同](?:上|之前|原来|以前|前面)");
    COMPARES.is_match(after)
}

/// Whether a heading of a report follows, and no task: 一、工作进展.
pub fn is_heading(after: &str) -> bool {
    pattern!(
        HEADING,
        r"^\s*(?:目前|当前|主要|总体|基本|工作|存在|下一?步|后续|问题|困难|措施|经验|做法|意见|建议|推进|进展|完成|落实|办理)[^，。；：\n]{0,10}(?:[：\n]|情况|进展|问题|打算|计划|措施|做法|建议)"
    );
    HEADING.is_match(after)
}

/// Whether the number of a task follows: 一、第5项.
pub fn leads_to_number(after: &str) -> bool {
    pattern!(NUMBER, r"^\s*[、.)]?\s*(?:第|任务\s*)[一二三四五六七八九十百\d]+[项条、：，。号]");
    NUMBER.is_match(after)
}

/// Whether what follows is a count of what was done: 拟取消3项.
pub fn leads_to_count(before: &str) -> bool {
    pattern!(
        COUNTS,
        "(?:取消|下放|新增|减少|压减|清理|梳理|涉及|承接|办理|确定|公布|保留|调整|合并|建议|有|共|计|出|达|超|约|近)$"
    );
    COUNTS.is_match(before)
}

/// Whether what follows is what the task before waits for: 第5项要等第26项完成.
pub fn waits_for(before: &str) -> bool {
    pattern!(WAITS, "(?:[要得在须]等|等待|取决于|依赖于?|依托)$");
    WAITS.is_match(before)
}

/// Whether what follows is said not to be meant: 40%是23项的，不是22项.
pub fn is_denied(before: &str) -> bool {
    pattern!(DENIED, "(?:^|[，。；、 ])(?:而|并)?(?:不是|非)$");
    DENIED.is_match(before)
}

/// Whether a bracket closes here, and the sentence with it.
pub fn closes_sentence(after: &str) -> bool {
    after.strip_prefix(')').is_some_and(|rest| rest.chars().next().is_none_or(|next| "。；\n".contains(next)))
}

/// Whether a clause ends here.
pub fn ends_clause(after: &str) -> bool {
    after.chars().next().is_none_or(|next| "，。；\n".contains(next))
}

/// Whether a number here is followed by how it stands: 9 已完成, 9：60%.
pub fn tells_standing(after: &str) -> bool {
    static STANDING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^\s*[：、.]?\s*(?:的|那个|这个|那项|也|都|也都)?(?:已|完成|办结|进度|推进|正在|未|尚未|还没|受阻|基本完成|无(?:新的?)?(?:进展|变化|变动)|没有?(?:什么|新的?)*(?:进展|变化|变动|动静)|暂无(?:新的?)?(?:进展|变化)|同上[月周期次]|老样子|照旧|\d{1,3}(?:\.\d+)?%)",
        )
        .expect("a constant")
    });
    STANDING.is_match(after)
}

/// Whether several tasks are followed by how they all stand: 5、6项均已完成, 其余正常推进; but not 其余部分正在建设.
pub fn stands_alike(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '：', '，']);
    let of_all = after.trim_start_matches(['也', '均', '都', '全', '部', '还', '仍']);
    tells_standing(of_all)
        || ["正常", "按计划", "有序", "顺利", "在推进", "在办", "在做", "在弄", "在搞"]
            .iter()
            .any(|words| of_all.starts_with(words))
}

/// Whether the numbers count from one, as places do: `1. 已完成 2. 推进中`; a 5 alone is no place.
pub fn counts_from_one(text: &str) -> bool {
    static ONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[\s，。；：、(])第?(?:1|一)(?:$|[^\d一二三四五六七八九十百])").expect("a constant")
    });
    ONE.is_match(text)
}

/// Where the clause begins that ends here.
pub fn clause_start(before: &str) -> usize {
    after_last(before, "，。；\n")
}

/// Where the sentence begins that ends here.
pub fn sentence_start(before: &str) -> usize {
    after_last(before, "。；\n")
}

fn after_last(before: &str, stops: &str) -> usize {
    let mut characters = before.char_indices().rev();
    characters.find(|(_, character)| stops.contains(*character)).map_or(0, |(at, stop)| at + stop.len_utf8())
}

/// Whether a number here can open an item: at the start, after a stop, or after a space.
pub fn begins_segment(before: &str) -> bool {
    const INTRODUCED: [&str; 36] = [
        "说下",
        "说一下",
        "提一下",
        "顺便",
        "只有",
        "仅有",
        "就剩",
        "只剩",
        "还剩",
        "仅",
        "就",
        "除",
        "除了",
        "目前",
        "现在",
        "我们",
        "但",
        "先说",
        "再说",
        "先报",
        "再报",
        "先讲",
        "关于",
        "其中",
        "至于",
        "说到",
        "另外",
        "还有",
        "然后",
        "以及",
        "而",
        "那个",
        "任务",
        "小项",
        "子项",
        "子任务",
    ];
    before.chars().next_back().is_none_or(|character| " \n，。；：、([%/|？".contains(character))
        || INTRODUCED.iter().any(|words| before.ends_with(words))
}

/// Whether the words after a named number go on about it: 5那个上周就办结了, but not 5个, 5月, 5天.
pub fn speaks_of(after: &str) -> bool {
    after.starts_with(|first: char| first >= '\u{3400}') && !is_measured(after)
}

/// `问题：1.数据不通；2.` numbers problems, `经验：1.` practices.
pub fn lists_remarks(before: &str) -> bool {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:问题|困难|难点|堵点|需协调|需要协调|经验|做法|亮点)(?:事项|主要)?(?:：|有|是)\s*(?:1[.、)](?s:.*))?$",
        )
        .expect("a constant")
    });
    LIST.is_match(&before[last_characters(before, 200)..])
}

/// Where the last so many characters begin.
fn last_characters(text: &str, count: usize) -> usize {
    text.char_indices().rev().nth(count).map_or(0, |(at, _)| at)
}

/// `5 个市州` and `120 户` measure something.
pub fn is_measured(after: &str) -> bool {
    // 28 省级平台, 5 方案: words that begin like a measure.
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:百分之|到了?(?:百分|\d{1,3}%|[一二三四五六七八九]成)|省(?:级|里|本级|厅|政府|直|委)|市(?:级|里|本级|场|直)|县(?:级|里)|区(?:级|里|域)|地(?:方|块|铁)|项目|方[案面]|条例|人(?:社|大|员|才)|台账|批[复示准]|日常|年度|年[底内末初]|月度|组[织建]|队伍|户籍|处[置理]|平[台均稳]|座谈|成[立果效]|名单|分[管阶步批类别期析]|到位|章程|期限|点位|所有|院内|校园)")
            .expect("a constant")
    });
    begins_like_measure(after) && !WORD.is_match(after)
}

/// Whether it begins with the sign of a measure, be it a word of its own as in 省级.
pub fn begins_like_measure(after: &str) -> bool {
    static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:个|户|家|项中|多|余|万|亿|元|人|次|件|条|天|日|月|年|周|处|套|台|所|批|类|种|名|座|公里|平方|吨|亩|米|倍|分|级|次|轮|期|度|届|章|页|平|栋|辆|艘|座|份|张|成|折|点|秒|小时|季|旬|班|组|队|岁|楼|层|路|册|本(?:$|[^周月年期次季项])|篇|封|批|块|元|角|千|百|条|款|种|版|稿|地|市|县|区|省|院|校|镇|村|乡|项|方|者|至|到)")
            .expect("a constant")
    });
    MEASURE.is_match(after)
}

/// What may follow 第5 where it stands for 第5项.
pub fn ends_number(after: &str) -> bool {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:$|[\s：，。、.；)]|[那这]个|[那这]项|的|已|完成|进度|进展|推进|正在|未|尚|受阻|办结)")
            .expect("a constant")
    });
    END.is_match(after)
}

/// Whether words count things or name places, of which others may be left: 进驻1139项, 长沙已完成.
pub fn leaves_some(words: &str) -> bool {
    pattern!(
        COUNTED,
        r"(?:[\d.]+|[一二两三四五六七八九十]+)万?(?:[项个家户件条份处台套宗批类所]|[乡县区村][镇市]?|市州|站点)|(?:长沙|株洲|湘潭|衡阳|邵阳|岳阳|常德|张家界|益阳|郴州|永州|怀化|娄底|湘西)"
    );
    let told = words.trim_end_matches(['。', '，', '；', '\n', ' ']);
    let last = told.rfind(['。', '；', '\n']).map_or(told, |stop| &told[stop..]);
    COUNTED.is_match(last)
}

/// 其他单位, 其余县市: others than us.
pub fn names_others(after: &str) -> bool {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*[\d一二三四五六七八九十几]*个?(?:单位|部门|地区|件|户|家|处|份|笔|宗|起|市|县|区|州|人|同志|乡|镇|处室)")
            .expect("a constant")
    });
    OTHERS.is_match(after)
}

/// In `5，60%` the list of tasks ends before the share.
pub fn without_share<'a>(list: &'a str, after: &str) -> &'a str {
    let is_share = after.starts_with('%') || after.starts_with('.') && after.contains('%');
    match list.rfind(['，', '、', ' ']) {
        Some(comma) if is_share => &list[..comma],
        _ => list,
    }
}

/// `59.6%` is a share, unless 59 is a named task and opens the line: `5.60%` answers for task 5.
pub fn is_decimal(before: &str, number: &str, after: &str, named: &[String]) -> bool {
    static FRACTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\.\d+%").expect("a constant"));
    let opens_line = before.is_empty() || before.ends_with('\n');
    FRACTION.is_match(after) && !(opens_line && named.iter().any(|task| task == number))
}

/// `5 已完成`, `5.已完成`, `5：60%` number an item; `60%`, `3个市州`, `6月底`, `1.5万` measure something.
pub fn is_item_number(after: &str) -> bool {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[✅✔✓☑√❌✗✘⏳⌛]|[/|]\s*[^\d\s]|-\s*(?:\d+(?:\.\d+)?%|[^\d\s])|\(\s*\d+%|[.、]\s*(?:[^0-9\s]|[0-9]+(?:\.[0-9]+)?%)|\s*[：)\]]|\s+\S|已|完|办|推|进(?:度|展|行)|正|未|尚|还|受|基本|均|都|全部|部分|初步|无|没|暂|延|申请|预计|大概|大约|差不多|[一二三四五六七八九]成|百分之|先报|先说|(?:还|在|正在)?等|也?到(?:了)?(?:\d|百分|[一二三四五六七八九]成)|[/|]\s*\d+(?:\.\d+)?%|，\s*(?:\d+(?:\.\d+)?%|已|未|完|办|推|进度|正|受阻))").expect("a constant")
    });
    ITEM.is_match(after)
}

/// Whether somebody who dictates goes on to the next task here: …完成了5号还在审批. A day of a month is none.
pub fn goes_on_to(before: &str, after: &str) -> bool {
    before.ends_with(|last: char| last >= '\u{3400}' && !"月年第至到于在".contains(last))
        && after.starts_with(|next: char| next >= '\u{3400}' && !"前之左以后到至上下早晚当".contains(next))
}
