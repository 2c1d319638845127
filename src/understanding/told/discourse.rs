//! What takes back what: 不对, 更正, 说错了.

use std::ops::Range;

use super::Told;
use crate::understanding::fact::{Fact, What};

// Said of what stands before it, in the same words or of the same task.
pattern!(
    CORRECTS,
    r"(?:^|[，。；\s(：啊哦噢呃诶哎])(?:哦|噢|啊|呃|额|哎|诶|唉|，)*(?:不对|不是不是|不不|(?:啊|哦|噢|呃|额|哎|诶)不[，是]|错了|说错了?|打错了?|写错了?|搞错了?|报错了?|填错了?|口误|笔误|更正|纠正一?下?|修正)|系?(?:笔误|口误)|(?:刚才|刚刚?|上面|前面|之前|昨[日天晚]|前[日天次期]|上[周月次])[^，。；]{0,12}(?:打|报|写|填|说|弄)(?:错|反|高|低|多|少)了?|(?:%|百分之\p{Han}{1,4}|完成|办结)(?:这个)?(?:数字?)?(?:有误|不准确?|不对|不实|失实|[打报写填说]?错了|是?笔误)|(?:推进中|在推进|完成|办结|%)(?:这个|那个)?(?:划掉|去掉|删掉)|看错行?了?|(?:刚才|刚刚|上面|前面|之前)报的[^，。；]{1,8}作废"
);

pattern!(RIGHT, r"(?:请|麻烦|帮忙|帮我|现|给|就)*(?:应为|应该是|应是|应?改为|应?改成|更正为|修正为|实际是|实为)");

/// Drops what was taken back. Whether something was taken back and nothing that is understood put in its place.
pub fn settle(plain: &str, told: &mut Vec<Told>) -> bool {
    let mut corrections: Vec<Range<usize>> = CORRECTS.find_iter(plain).map(|found| found.range()).collect();
    // 更正一下，应为65%，刚才打错数字: what is right is said, whichever comes first.
    if let Some(right) = RIGHT.find_iter(plain).last().filter(|_| !corrections.is_empty()) {
        corrections = vec![right.range()];
    }
    let mut unsettled = false;
    for correction in corrections {
        let stands = |fact: &Fact| !matches!(fact.what, What::Civil | What::Beside);
        // 应改为推进中 is one clause.
        let follows = |fact: &Fact| {
            fact.range.start >= correction.end
                || fact.range.start == correction.start && fact.range.end > correction.end
        };
        let after: Vec<Option<String>> = told
            .iter()
            .filter(|part| part.reading.facts.iter().any(|fact| follows(fact) && stands(fact)))
            .flat_map(|part| part.tasks.clone())
            .collect();
        if after.is_empty() {
            let before = |part: &Told| part.reading.facts.iter().any(|fact| is_standing(&fact.what));
            let said = plain[correction.end..].chars().filter(|character| *character >= '\u{3400}').count();
            // 刚报的已完成打错了 takes back the claim that it holds.
            let held = |fact: &Fact| {
                matches!(fact.what, What::Whole { .. })
                    && correction.start <= fact.range.start
                    && fact.range.start < correction.end
            };
            let holds = told.iter().any(|part| part.reading.facts.iter().any(held));
            unsettled |= told.iter().any(before) && said > 1 || holds;
            continue;
        }
        // 5已完成，不对，是26已完成: another task is named in place of the one before.
        let in_place = plain[correction.end..].trim_start_matches(['，', '。', ' ', '：']).starts_with('是');
        for part in told.iter_mut() {
            let same = part.tasks.iter().any(|task| after.contains(task));
            let holds = part.words.iter().any(|words| words.start <= correction.start && correction.start <= words.end);
            if same || in_place && holds {
                part.reading.facts.retain(|fact| follows(fact) || !is_standing(&fact.what));
            }
        }
    }
    told.retain(|part| {
        !part.reading.facts.is_empty() || !part.reading.unexplained.is_empty() || part.tasks.iter().all(Option::is_none)
    });
    unsettled
}

/// Whether it tells how a task stands.
fn is_standing(what: &What) -> bool {
    matches!(
        what,
        What::Whole { .. }
            | What::Part
            | What::Milestone(_)
            | What::Open { .. }
            | What::Remains { .. }
            | What::Share(..)
            | What::UnderWay
            | What::Act { .. }
            | What::Planned
            | What::NotBegun { .. }
            | What::Stuck
            | What::Unchanged
    )
}
