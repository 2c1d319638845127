//! Some of the tasks that were named, by the unit's part in them: 牵头任务均按计划推进, 共同任务都在推进.

/// Tasks that words name together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Those that the unit leads.
    Led,
    /// Those that others lead, or nobody.
    Shared,
}

pattern!(
    GROUP,
    r"(?:^|[，,。；;、\s])(?:我[们局厅委办市县]|[我本]?单位|以上|上述|这些|其中|其余|其他|所有|全部|由|的)*(?P<part>牵头|主办|共同|共性|配合|协办|参与)(?:负责|承担|办理|的)*(?:各|所有|全部|[两二三四五六七八九十几\d]+)?[项个件]?(?:任务|事项)"
);

/// Whether words begin with a group: the 配合任务 of 其余配合任务正常推进.
pub(super) fn begins_with_group(words: &str) -> bool {
    GROUP.find(words).is_some_and(|found| found.start() == 0)
}

/// The groups that words name, each once.
pub fn groups(words: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    for found in GROUP.captures_iter(words) {
        let group = if matches!(&found["part"], "牵头" | "主办") { Group::Led } else { Group::Shared };
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_tasks_are_named_by_the_units_part_in_them() {
        let cases = [
            ("牵头任务均按计划推进", &[Group::Led][..]),
            ("我厅牵头的3项任务已办结", &[Group::Led]),
            ("共同任务都在推进", &[Group::Shared]),
            ("正常，其余配合任务无变化", &[Group::Shared]),
            ("牵头任务按计划推进，共同任务无变化", &[Group::Led, Group::Shared]),
            ("请省里明确牵头单位", &[]),
            ("我局牵头部分仍在进行中", &[]),
            ("共同推进任务落实", &[]),
            ("该任务由发改委牵头", &[]),
            ("以上均正常", &[]),
        ];
        for (words, expected) in cases {
            assert_eq!(groups(words), expected, "{words}");
        }
    }
}
