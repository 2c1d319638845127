//! What fills a clause alone, so that nothing else is looked for in it: courtesies, questions, wishes, 无变化.

use std::sync::LazyLock;

use super::clause::{Clause, Rule};
use super::context::Around;
use super::fact::What;
use super::lexicon::Class;
use super::token::Token;
use super::{doing, manner, trouble, wish};

rules! {
    SUSPENDED: "suspended" = "^(own|it|task|now|already|manner|courtesy|all|link|will|request|de|other|plain|act|stage|thing|place|unknown|topic)*suspended(it|task|le|act|courtesy|de|stage|thing|going|unknown le)*$";
    ONLY_NAMES_LOOSELY: "names_a_thing" = "^(courtesy|own|it|link|de|quote|blank|pause|unknown|plain|stage|thing|period|place|count|number|act|task|other|topic|manner|now|date|approx|trouble|label_problem|solved|begin|label_progress)*$";
    CORRECTION: "corrects" = "^(courtesy|own|it|now|le|de|manner|hearsay|already|link|not|unknown)*correct(courtesy|own|it|now|le|de|manner|link)*$";
    pub ONLY_HEARSAY: "hearsay" = "^(own|other|it|unknown|courtesy|manner|now|date|link|place|act|already)*hearsay(le|de|manner|courtesy)*$";
}

// 停工项目, 暂停功能
pattern!(
    STUCK_THING,
    r"停了?\d+[个家项件]|停了[一两三四五六七八九十几]+[个家项件]|(?:受阻|停滞|搁置|停工|停建|叫停)[的项工原企点地问现人]|(?:的|许可|认定|证|收费|审批|检查|培训)(?:也|都|已|全|全部|一律)+停"
);
// 桃源县那件走不下去
pattern!(PART_STUCK, "[县市区镇乡村家局厅](?:的)?[那这][件个家处块]|^(?:其中|个别|有[一两三几]?[个家件处])");
// Said of what was raised as a whole, and plainly: 部分解决, 基本解决 and 未解决 are something else.
pattern!(
    SOLVED_ALL,
    r"^(?:目前|现在?|之前|此前|前期|上次|原|上述|该|此|这些?|所有|全部|各项|有关|相关|我[局厅委办市们]|本?单位|反映|提出|存在|遇到|协调|的)*(?:问题|困难|堵点|障碍)(?:目前|现在?|经协调|均|都|全部)*(?:(?:已经?|均|都|全部)(?:已|得到|协调|妥善|顺利|圆满|全部|得以)*(?:解决|消除|克服|化解|排除)(?:了|完毕|到位)*|(?:解决|消除|克服|化解|排除)了)$"
);
// 政府失信违约问题清理情况
pattern!(HEADS, r"(?:情况|方面|工作|事宜|一事)$");
// 前报“已完成”表述不准确
pattern!(
    TOLD_WRONG,
    r"(?:前报|前次报|上次报|所报|上报|填报|表述|前面|上一?条|刚才|数据|数字)[^，。；]{0,12}(?:不准确?|有误|错误|笔误|失实|不实)|(?:%|完成|办结|推进中?|百分之\p{Han}{1,4})(?:有误|不准确?|不实|失实|不对)|^(?:前面|刚才|刚刚|上面|我)[^，。；]{0,3}(?:发|写|报|填|说)错了?$|(?:漏报|忘了?报|迟报|报晚|报迟)"
);
// 跟9月报的一样
pattern!(
    SAME_AS,
    r"no ?(?:update|change|news)|^(?:这个?月|本月|本周|这周|最近|近期|目前|暂时|还是)*(?:也|都|又|还)*(?:没|没有|没得|无|未)(?:有)?(?:什么|啥|任何|多大|太大|明显|新)*的?(?:动静|变化|进展|新情况|动作|变动|更新|新动向)[哈呢啊了]*$|^同(?:\d{1,2}|[一二三四五六七八九十]+)月(?:份)?(?:一样|情况)?$|还是上个?[月周次](?:的|那个|报的)?(?:情况|样子|数)$|^还?是(?:上个?[月周次]|之前|原来|以前)[^，。；]{0,4}(?:样|情况|样子|数)[哈呢啊了]*$|^没(?:得|有)?什么新情况(?:还是[^，。；]{0,10})?$|(?:跟|和|与|同|照)(?:上|之前|以前|前面|前次|\d{1,2}月|[一二三四五六七八九十]月|那)[^，。；]{0,8}(?:一样|相同|一致|没变|差不多)|^(?:情况|进展|进度|都|还是|也)*(?:没|没有|无|未)(?:什么|啥)?(?:变|新的|新动静|新情况|新动向|大变化)(?:化)?$"
);
// 不归我们管啊你们是不是发错了
pattern!(TAG, r"不(?:归|属于?|由)[^，。；]{2,}是不是[^，。；]{0,4}[错误]");
// 已完成，不是推进中
pattern!(NEGATED, "^(?:而|并)?不是(?:推进|进行|在推|在办|未完|没完|未开|没开|受阻|滞后)");

/// Whether nothing is said but courtesies.
pub fn is_civil(clause: &Clause<'_>) -> bool {
    clause.tokens.iter().all(|token| {
        matches!(
            token.class,
            Class::Courtesy
                | Class::Date
                | Class::Already
                | Class::LabelProgress
                | Class::Own
                | Class::Now
                | Class::Quote
                | Class::Le
                | Class::De
                | Class::It
                | Class::Topic
        )
    })
}

/// What a clause tells, where that fills it, and the rule.
pub fn read(clause: &Clause<'_>, around: &Around<'_>) -> Option<(What, &'static str)> {
    let text = clause.text();
    if is_civil(clause) {
        return Some((What::Civil, "civil"));
    }
    // A line of ours that was quoted.
    let quoted = |token: &Token| matches!(token.class, Class::Quote | Class::Deadline);
    if clause.has(Class::Quote) && clause.tokens.iter().all(quoted) {
        return Some((What::Civil, "quoted_date"));
    }
    if let Some(date) = wish::more_time(clause, around.on) {
        return Some((What::MoreTime(date), "more_time"));
    }
    if clause.has(Class::NoExtend) {
        return Some((What::Civil, "no_more_time"));
    }
    if NEGATED.is_match(text) {
        return Some((What::Civil, "said_not_to_be"));
    }
    if doing::promises(text) && !clause.has_any(&[Class::Share, Class::Already]) {
        return Some((What::Beside, "promises"));
    }
    // 完了，平台数据全丢了
    if around.among_others && ["完了", "完了完了", "完蛋了"].contains(&text) {
        return Some((What::Beside, "exclaims"));
    }
    if wish::not_ours(clause) && TAG.is_match(text) {
        return Some((What::NotOurs, "not_ours"));
    }
    let requests = trouble::requests(clause) && !manner::asks_of_the_office(text) && !text.contains("算不算");
    if manner::asks(clause) && !requests {
        return Some((What::Question(clause.has_any(&[Class::Done, Class::Closed, Class::SignOff])), "asks"));
    }
    if wish::not_ours(clause) {
        return Some((What::NotOurs, "not_ours"));
    }
    if wish::later(clause) {
        return Some((What::Later, "later"));
    }
    let tells = [Class::Le, Class::Share, Class::Done, Class::Already];
    if clause.has(Class::Unchanged) && !clause.has_any(&tells) {
        return Some((What::Unchanged, "unchanged"));
    }
    if SAME_AS.is_match(text) && !clause.has_any(&[Class::Share, Class::Done]) {
        return Some((What::Unchanged, "same_as_before"));
    }
    if clause.has(Class::Solved) || SOLVED_ALL.is_match(text) {
        return Some((What::Solved, "solved"));
    }
    let stuck = clause.has(Class::Stuck) && !STUCK_THING.is_match(text) && !trouble::is_denied(clause);
    if stuck && !around.formerly {
        return Some(if PART_STUCK.is_match(text) {
            (What::Problem(false), "a_part_is_stuck")
        } else {
            (What::Stuck, "stuck")
        });
    }
    if clause.is(&SUSPENDED) {
        return Some((What::Suspended, SUSPENDED.name));
    }
    if manner::asks_to_sign(text) || HEADS.is_match(text) && clause.is(&ONLY_NAMES_LOOSELY) {
        return Some((What::Civil, "asks_to_look"));
    }
    if TOLD_WRONG.is_match(text) || clause.is(&CORRECTION) {
        return Some((What::Civil, "corrects"));
    }
    if doing::told_before(text) {
        return Some((What::Civil, "told_before"));
    }
    clause.is(&ONLY_HEARSAY).then_some((What::Hearsay, ONLY_HEARSAY.name))
}
