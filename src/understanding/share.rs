//! How much is done: `60%`, `六成`, `三分之二`, `一半`.

use crate::chinese::numerals;

/// A share of the work, as one clause tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// In hundredths.
    Of(u8),
    /// 过半, 60%-70%
    Vague,
}

/// What a share is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Plainly of the whole: 总体进度60%.
    Whole,
    /// It is not said of what: 60%.
    Unsaid,
    /// Something is named: 一窗74%.
    Something,
}

// Measures of the work's effect, not of its progress.
pattern!(
    EFFECT,
    r"压缩|缩短|压减|压了|压到|较?比(?:去年|上年|往年|年初|上月|上季度?|同期)|较(?:去年|上年|往年|年初|上月|上季度?|同期)|比[^，。；]{1,6}[多少快慢高低]了?|(?:降|涨|升|增|减|少|省)了[^到至，。；\d]{0,3}(?:\d|百分之|[一二三四五六七八九]成)|[又再约共均][降涨]\d|减少|[减压缩砍][少减短掉]?了?一半|提高|提升|增长|增加|下降|降低|占比|占|比例|覆盖率|满意度|同比|环比|网办率|合格率|压降|压(?:缩|减|到)?[^，。；\d]{0,4}(?:三分之|四分之)|按\d+(?:\.\d+)?%(?:结算|执行|收|计费|计征|征)|[率价股税](?:[^，。；\d度处科局]{0,3})(?:\d|百分之|[一二三四五六七八九]成|过)|利息|%\p{Han}{0,6}的(?:目标|指标|任务指标)|%的(?:\p{Han}{0,4}目标|村|户|企业|事项|乡镇|县|市|部门|单位|人|家|线|站|点|服务|问题|项目|指标|要求|标准)|(?:超|过)了?\d+%的?线"
);
// A rate that is the share of the work that is done.
pattern!(RATE_OF_PROGRESS, r"(?:完成|办结|推进|进度|落实|总体|办理)(?:率|比例|比率)|我压到");
pattern!(
    PERCENT,
    r"(?:^|[^\d.-])(?P<digits>\d+(?:\.\d+)?)\s*(?:%|个百分点|个点|趴)|百分之(?P<words>[零一二三四五六七八九十百\d]+)(?:点(?P<tenth>[零一二三四五六七八九]))?|(?P<points>[一二三四五六七八九十]+)个(?:百分)?点"
);
pattern!(
    VAGUE,
    r"过半|超?过一半|超一半|刚过一半|过了一半|大半|超半|多半|一半以上|小半|近半|不到一半|一半多|一大半|一半都?不到|一半都没|一多半|\d\s*%?\s*(?:-|~|至|到)\s*\d+(?:\.\d+)?\s*%|[一二三四五六七八九]到?[一二三四五六七八九]成|[多余来几]成|成多|(?:%|成)\s*(?:以上|以下|多|不到)|(?:近|超过?|不到|不足|将近|接近|大于|高于|低于)\s*(?:\d+(?:\.\d+)?\s*%|[一二三四五六七八九\d]成|百分之)|百分之[零一二三四五六七八九十\d]{1,4}(?:到|至|-|~)(?:百分之)?[一二三四五六七八九十\d]{1,4}|百分之[一二三四五六七八九]?十几|百分之几"
);
// The share that was reached, of a rise: 进度由40%提高到60%.
pattern!(
    RISE,
    r"(?:^|^[^，。；]*(?:进度|进展|完成)[^，。；]*)(?:由|从|自)[^，。；\d]{0,6}(?:\d+(?:\.\d+)?%|[一二三四五六七八九\d]成半?)[^，。；\d]*?(?:到|至|为)了?[^，。；\d]{0,4}?(?P<reached>\d+(?:\.\d+)?%|[一二三四五六七八九\d]成半?)|进度(?:由|从)\d{1,3}%?[^，。；\d]{0,4}(?:到|至)(?P<bare>\d{1,3})%?"
);
// 进度60, where the sign was left out.
pattern!(
    SIGNLESS,
    r"(?:进度|进展|完成率|完成)(?:了|到|至|为|约|大概|：|\s)*(?P<digits>\d{1,3})$|^(?:[弄搞做干推]?到)?(?P<bare>\d{2})了$|[弄搞做干推]到(?P<done>\d{2})(?:了|吧)?$|^(?:这个月|本月|现在|目前|今天)(?:是|到|有)?(?P<now>\d{1,3})$|进度[^，。；\d]{0,6}?(?P<spoken>[一二三四五六七八九]?十[一二三四五六七八九]?|\d{2})(?:了|吧|左右|的样子)*$"
);
// 完成2/3
pattern!(SLASHED, r"(?:^|完成|进度|达到?|已)[^\d，。；]{0,3}(?P<part>\d)/(?P<whole>\d)(?:\D|$)");
// 三分之二, but 百分之二 is a percentage.
pattern!(FRACTION, r"(?P<whole>[二三四五六七八九十\d])分之(?P<part>[一二三四五六七八九\d])");
pattern!(
    TENTHS,
    r"(?P<tenths>[一二两三四五六七八九1-9])成(?:(?P<half>半)|(?P<more>[一二三四五六七八九1-9])(?:$|[^个项户家月天人市年名次成到]))?(?:$|[^为员功立果绩本都长品])"
);
pattern!(HALF, r"一半|二分之一|半数");
// The share that is left: 还剩一成, 还差30%.
pattern!(
    LEFT,
    r"(?:还|尚|仍|就|只|仅)?(?:剩下?|剩余|余下|差)(?:了|大?约|大概|最后)*(?P<left>\d+(?:\.\d+)?%|[一二两三四五六七八九1-9]成半?|百分之[一二三四五六七八九十]+|[二三四五六七八九十]分之[一二两三四五六七八九])|还?有(?P<undone>\d+(?:\.\d+)?%|[一二三四五六七八九1-9]成半?)(?:[没未]|要)"
);
// What it was before.
pattern!(BEFORE, r"^(?:上个?(?:月|周|次|季度|礼拜|期)|原先|原来|之前|此前|前期|去年|年初|前次|原|上一条|上条)");
// What it is to be, or is said not to be.
pattern!(
    ELSEWHERE,
    r"(?:不是|并非|而非|非)\D{0,2}(?:\d|百分之|[一二三四五六七八九]成)|(?:预计|计划|争取|力争|目标|年底|月底|下月|下周|确保|要求|达到?规定)[^，。；]{0,10}(?:达到?|到|完成|至)\D{0,2}(?:\d|百分之|[一二三四五六七八九]成)|(?:上一条|上条|之前|前面|刚才)[^，。；]{0,8}(?:有误|错|不对)|(?:\d|%)的?(?:时间进度|序时进度|时序进度)|%(?:的|[一二两三几]条|[一二两三几]项)?(?:线|目标|指标|要求|标准|门槛|红线)|(?:昨[日天晚]|上午|早上|上次|之前|前面|原来|刚才|刚刚?|先前|前[日天次期]|上[周月])[^，。；\d]{0,6}(?:报|填|说|发|写)[^，。；\d]{0,8}\d+%(?:$|[^是]|是[^第])|差了?[一二三四五六七八九\d]+个(?:百分)?点|[离距]\d+%|[未没](?:有|能)?达到?\d+(?:\.\d+)?%|旧口径|原口径|%(?:报|填|算|写|说)(?:高|低|错|多|少)了|(?:写|报|填|说|算)成\D{0,2}\d|%[^，。；]{0,4}(?:笔误|口误|有误|错误|不对|误|不准|不实|失实|偏高|偏低|作废)"
);
// Whose share it is where several are named.
pattern!(
    OF_THE_WHOLE,
    r"总体|整体|总进度|算下来|整个|总的|综合|合计|按\d+(?:\.\d+)?%?(?:报|登|记|填|算)|我压到|合起来|加起来|平均|折算|拉通|^(?:目前|现在|本月|本周|最新|截至|到现在)|^(?:任务|工作|目前|现在|已经?|该项|本项)*(?:进度|进展|完成率|完成|推进)"
);

// 是56不是65
pattern!(
    NOT_THAT,
    r"(?:是|为|^)(?P<right>\d{1,3})%?[，、]?(?:而)?不是\d{1,3}%?|不是\d{1,3}%?[，、]?(?:而)?是(?P<other>\d{1,3})%"
);

/// The share that a clause tells of, and whether it is plainly that of the whole.
pub fn of(clause: &str) -> Option<(Share, bool)> {
    // 抽查计划完成进度55% tells how far a plan is, and is no plan to get there.
    pattern!(OF_A_PLAN, r"计划(?P<done>完成(?:进度|率|比例|情况)|进度)");
    if let Some(done) = OF_A_PLAN.captures(clause).and_then(|found| found.name("done")) {
        return of(&clause[done.start()..]);
    }
    if let Some(right) = NOT_THAT.captures(clause).and_then(|found| found.name("right").or(found.name("other"))) {
        return right.as_str().parse().ok().filter(|value| *value <= 100).map(|value| (Share::Of(value), true));
    }
    // 是七成不是一成
    pattern!(NOT_SO, r"[，、]?(?:而)?不是(?:百分之)?[一二三四五六七八九十\d]{1,3}(?:成半?|%)?$");
    if let Some(rest) = NOT_SO.find(clause).filter(|rest| rest.start() > 0) {
        return of(&clause[..rest.start()]);
    }
    // 建了8个点
    pattern!(POINTS, r"(?:建|设|新增|开|布|铺|增加|增设)了?[^，。；\d]{0,3}\d+个点");
    if BEFORE.is_match(clause) || ELSEWHERE.is_match(clause) || POINTS.is_match(clause) {
        return None;
    }
    let whole = OF_THE_WHOLE.is_match(clause);
    let words = PERCENT.captures(clause).and_then(|found| found.name("words")).map(|words| words.as_str());
    let unreadable = words.is_some_and(|words| words != "百" && numerals::parse(words).is_none());
    if unreadable {
        return Some((Share::Vague, whole));
    }
    // 由52%到57% is a rise, and no range.
    if let Some(vague) = VAGUE.find(clause).filter(|_| !RISE.is_match(clause)) {
        // 进度百分之四十五下面县里的意见收了一大半 tells of something else further on.
        pattern!(
            FURTHER_ON,
            r"^(?:第\S+项|进度|总体|大概|大约|差不多|目前|现在|完成)*(?:\d+%|百分之[一二三四五六七八九十]+)"
        );
        let first = FURTHER_ON.find(clause).filter(|first| first.end() + 9 < vague.start());
        let exact = first.and_then(|first| exact(first.as_str()));
        return Some((exact.map_or(Share::Vague, Share::Of), whole));
    }
    exact(clause).map(|share| (Share::Of(share), whole))
}

fn exact(clause: &str) -> Option<u8> {
    // 99.6% is not all of it, so it is not rounded up to 100.
    let rounded = |value: f64| match value {
        99.0..100.0 => Some(99),
        0.0..=100.0 => Some(value.round() as u8),
        _ => None,
    };
    if let Some(bare) = RISE.captures(clause).and_then(|found| found.name("bare")) {
        return bare.as_str().parse().ok().filter(|value| *value <= 100);
    }
    if let Some(reached) = RISE.captures(clause).and_then(|found| found.name("reached")) {
        return exact(reached.as_str());
    }
    if let Some(left) = LEFT.captures(clause).and_then(|found| found.name("left").or(found.name("undone"))) {
        return exact(left.as_str()).map(|left| 100 - left);
    }
    if is_effect(clause) {
        return None;
    }
    if clause.contains("百分百") || clause.contains("百分之百") {
        return Some(100);
    }
    if let Some(found) = PERCENT.captures(clause) {
        let value = match (found.name("digits"), found.name("words")) {
            (Some(digits), _) => digits.as_str().parse::<f64>().ok(),
            (_, Some(words)) => {
                let tenth = found.name("tenth").and_then(|tenth| numerals::parse(tenth.as_str())).unwrap_or(0);
                numerals::parse(words.as_str()).map(|whole| f64::from(whole) + f64::from(tenth) / 10.0)
            }
            _ => found.name("points").and_then(|points| numerals::parse(points.as_str())).map(f64::from),
        };
        return value.and_then(rounded);
    }
    if let Some(found) = TENTHS.captures(clause) {
        let tenths = found.name("tenths").and_then(|digit| numerals::parse(digit.as_str()))?;
        let more = found.name("more").and_then(|digit| numerals::parse(digit.as_str()));
        let more = more.unwrap_or(if found.name("half").is_some() { 5 } else { 0 });
        return Some(tenths as u8 * 10 + more as u8);
    }
    if HALF.is_match(clause) {
        return Some(50);
    }
    if let Some(found) = SIGNLESS.captures(clause).and_then(|found| {
        found
            .name("digits")
            .or(found.name("bare"))
            .or(found.name("done"))
            .or(found.name("now"))
            .or(found.name("spoken"))
    }) {
        return numerals::parse(found.as_str())
            .and_then(|value| u8::try_from(value).ok())
            .filter(|value| *value <= 100);
    }
    let found = FRACTION.captures(clause).or_else(|| SLASHED.captures(clause))?;
    let number = |name| found.name(name).and_then(|number| numerals::parse(number.as_str())).map(f64::from);
    let (part, whole) = (number("part")?, number("whole")?);
    (part <= whole && whole > 0.0).then(|| (part / whole * 100.0).round() as u8)
}

/// Whether words measure against a share that is to be reached: 离70%的目标就差一点点.
pub fn is_against_target(clause: &str) -> bool {
    pattern!(
        TARGET,
        r"(?:离|距离?|达到?|超过?|高于|低于|不到|[未没](?:有|能)?[到达]到?)[^，。；]{0,6}\d+(?:\.\d+)?%[^，。；]{0,6}(?:目标|要求|标准|指标|线|任务)|(?:离|距离?|低于|超过?|高[出于]|优于|达到|符合|满足)[^，。；]{0,8}(?:目标|要求|标准|指标|规定)|(?:目标|要求|标准|规定|指标)[^，。；\d]{0,4}\d+(?:\.\d+)?%|[离距]\d+(?:\.\d+)?%|[未没](?:有|能)?达到?\d+(?:\.\d+)?%"
    );
    TARGET.is_match(clause)
}

/// Whether a share is told and only its wording asked about: 进度填55%可以吗.
pub fn is_proposed(clause: &str) -> bool {
    pattern!(
        PROPOSED,
        r"(?:填|报|写|记|算)[^，。；\d]{0,4}\d+(?:\.\d+)?%[^，。；]{0,3}(?:可以|行|好|对|合适|成)(?:吗|么|不|嘛)"
    );
    PROPOSED.is_match(clause)
}

/// Whether a share measures what the work brought about, and not how far it is.
pub fn is_effect(clause: &str) -> bool {
    EFFECT.is_match(&RATE_OF_PROGRESS.replace_all(clause, ""))
}

/// Whether the share is that of what is left.
pub fn is_left(clause: &str) -> bool {
    LEFT.is_match(clause)
}

/// The share that takes the place of the one before: 不是百分之八十，是六十八.
pub fn in_place(before: &str, clause: &str) -> Option<u8> {
    pattern!(NOT, r"不是\D{0,2}(?:百分之|\d|[一二三四五六七八九]成)");
    pattern!(BUT, r"^(?:而|应该?|应当)?是(?:百分之)?(?P<value>\d{1,3}(?:\.\d+)?|[一二三四五六七八九十]{1,3})");
    // 进度百分之七十，哦七十五
    pattern!(SAID, r"(?:\d%|百分之[一二三四五六七八九十]{1,3})$");
    pattern!(
        RATHER,
        r"^(?:哦|噢|啊|呃|额|诶|哎|不对|不不)+(?:应该)?(?:是|到)?(?:百分之)?(?P<value>\d{1,3}|[一二三四五六七八九十]{1,3})%?$"
    );
    let but = BUT.captures(clause).filter(|_| NOT.is_match(before));
    let value = but.or_else(|| RATHER.captures(clause).filter(|_| SAID.is_match(before)))?.name("value")?;
    let rounded = value.as_str().parse::<f64>().ok().map(|value| value.round() as u32);
    let value = rounded.or_else(|| numerals::parse(value.as_str()));
    value.and_then(|value| u8::try_from(value).ok()).filter(|value| *value <= 100)
}

/// The shares of `分别为60%、70%`, one for each of so many tasks; none where they do not match.
pub fn in_order(words: &str, tasks: usize) -> Vec<u8> {
    pattern!(SHARE, r"\d+(?:\.\d+)?%");
    let shares: Vec<u8> = SHARE.find_iter(words).filter_map(|share| exact(share.as_str())).collect();
    pattern!(ONLY, r"^[\s：/、，]*(?:\d+(?:\.\d+)?%[\s/、，。]*)+$");
    pattern!(SIGNLESS, r"进度(?:依次|分别)(?:为|是)?(?P<list>\d{1,3}(?:[、/，]\d{1,3})+)");
    let bare = SIGNLESS.captures(words).map(|found| {
        found["list"]
            .split(['、', '/', '，'])
            .filter_map(|share| share.parse().ok())
            .filter(|share| *share <= 100)
            .collect()
    });
    let shares = bare.unwrap_or(shares);
    let in_order = words.contains("分别") || words.contains("依次") || ONLY.is_match(words);
    if in_order && tasks > 1 && shares.len() == tasks { shares } else { Vec::new() }
}
