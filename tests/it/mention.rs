//! Whom a digest calls by name, and when.

use chrono::TimeDelta;
use serde_json::json;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const WANG: i64 = 12;

/// The last lines of what the unit is told from now on, a day a line.
async fn days(talk: &mut Talk, count: i64) -> String {
    let mut ends = Vec::new();
    for _ in 0..count {
        talk.take();
        talk.go_on(TimeDelta::days(1));
        talk.tick().await;
        let said = talk.take();
        let digest = said.lines().find(|line| line.contains("【工作提醒】"));
        ends.extend(digest.map(|line| {
            let (parts, end) = (line.split('／').collect::<Vec<_>>(), line.rsplit('／').next().unwrap_or_default());
            let day = parts[0].split('　').nth(1).unwrap_or_default();
            format!("{day} {} {}", parts[1], if end.contains("关注") { end } else { "-" })
        }));
    }
    ends.join("\n")
}

#[tokio::test]
async fn contacts_are_called_from_the_working_day_before_a_date() {
    let mut talk = Talk::with_unit().await;
    talk.say(GROUP, LI, "/report@duban_bot 26 10%").await;
    // From Tuesday 25 June 09:00 on; 30 June is a Sunday.
    talk.go_on(TimeDelta::days(21) + TimeDelta::hours(23));
    talk.tick().await;
    insta::assert_snapshot!(days(&mut talk, 10).await, @r#"
    6月26日（周三） 请反馈进展： -
    6月27日（周四） 临近到期： -
    6月28日（周五） 临近到期： 请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    7月1日（周一） 已到期未办结： 请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    7月3日（周三） 已到期未办结： 请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    "#);
    talk.office.ask(&["policy", "mention", "never"]);
    insta::assert_snapshot!(days(&mut talk, 10).await, @"
    7月8日（周一） 已到期未办结： -
    7月15日（周一） 已到期未办结： -
    ");
    talk.office.ask(&["policy", "mention", "always"]);
    insta::assert_snapshot!(days(&mut talk, 30).await, @r#"
    7月22日（周一） 已到期未办结： 请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    7月25日（周四） 请反馈进展： 请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    7月29日（周一） 已到期未办结： 请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    8月1日（周四） 临近到期： 请 <a href="tg://user?id=11">@李明</a> 关注。［无变化］［推进中］［有困难］［已完成］
    8月5日（周一） 已到期未办结： 请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    8月12日（周一） 已到期未办结： 请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    "#);
}

#[tokio::test]
async fn names_are_text_and_who_left_the_group_is_not_called() {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.rename(LI, "<b>李 & \"明\"</b>");
    talk.say(GROUP, LI, "/report@duban_bot 26 10%").await;
    for (place, person) in (WANG..WANG + 6).enumerate() {
        talk.rename(person, &"欧阳上官".repeat(place + 1));
        talk.say(GROUP, person, "/report@duban_bot 26 20%").await;
        talk.press(GROUP, person, "申请登记").await;
        talk.press(GROUP, LI, "同意登记").await;
    }
    let remind = "/remind@duban_bot 5 省住房城乡建设厅";
    talk.take();
    talk.say(COORDINATORS, ZHOU, remind).await;
    talk.service(GROUP, LI, "退群", json!({"left_chat_member": {"id": LI, "first_name": "李明"}})).await;
    talk.go_on(TimeDelta::days(1));
    talk.say(COORDINATORS, ZHOU, remind).await;
    for person in WANG..WANG + 6 {
        talk.service(GROUP, person, "退群", json!({"left_chat_member": {"id": person, "first_name": "欧"}})).await;
    }
    talk.go_on(TimeDelta::days(1));
    talk.say(COORDINATORS, ZHOU, remind).await;
    insta::assert_snapshot!(talk.take(), @r#"
    周敏@督办群：/remind@duban_bot 5 省住房城乡建设厅
      → 督办群：已催办：省住房城乡建设厅 1 项。
      → 住建厅群：【催办】督办员周敏请贵单位抓紧反馈下列任务进展：／第5项 压缩工程项目审批时间：时限6月30日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=11">@b&gt;李 &amp; &quot;明&quot;&lt;/b&gt;</a>、<a href="tg://user?id=12">@欧阳上官</a>、<a href="tg://user?id=13">@欧阳上官欧阳上官</a>、<a href="tg://user?id=14">@欧阳上官欧阳上官欧阳上官</a>、<a href="tg://user?id=15">@欧阳上官欧阳上官欧阳上官欧阳上官</a> 等7名联络员关注。
      ≡ nudged
    〔住建厅群：退群〕
      → 住建厅群：b&gt;李 &amp; &quot;明&quot;&lt;/b&gt; 已退出本单位群，不再担任省住房城乡建设厅联络员。
      ≡ member_gone
      ≡ contact_removed（left_group）
    周敏@督办群：/remind@duban_bot 5 省住房城乡建设厅
      → 督办群：已催办：省住房城乡建设厅 1 项。
      → 住建厅群：【催办】督办员周敏请贵单位抓紧反馈下列任务进展：／第5项 压缩工程项目审批时间：时限6月30日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=12">@欧阳上官</a>、<a href="tg://user?id=13">@欧阳上官欧阳上官</a>、<a href="tg://user?id=14">@欧阳上官欧阳上官欧阳上官</a>、<a href="tg://user?id=15">@欧阳上官欧阳上官欧阳上官欧阳上官</a>、<a href="tg://user?id=16">@欧阳上官欧阳上官欧阳上官欧阳上官欧阳上官</a> 等6名联络员关注。
      ≡ nudged
    〔住建厅群：退群〕
      → 住建厅群：欧阳上官 已退出本单位群，不再担任省住房城乡建设厅联络员。
      ≡ member_gone
      ≡ contact_removed（left_group）
    〔住建厅群：退群〕
      → 住建厅群：欧阳上官欧阳上官 已退出本单位群，不再担任省住房城乡建设厅联络员。
      ≡ member_gone
      ≡ contact_removed（left_group）
    〔住建厅群：退群〕
      → 住建厅群：欧阳上官欧阳上官欧阳上官 已退出本单位群，不再担任省住房城乡建设厅联络员。
      ≡ member_gone
      ≡ contact_removed（left_group）
    〔住建厅群：退群〕
      → 住建厅群：欧阳上官欧阳上官欧阳上官欧阳上官 已退出本单位群，不再担任省住房城乡建设厅联络员。
      ≡ member_gone
      ≡ contact_removed（left_group）
    〔住建厅群：退群〕
      → 住建厅群：欧阳上官欧阳上官欧阳上官欧阳上官欧阳上官 已退出本单位群，不再担任省住房城乡建设厅联络员。
      ≡ member_gone
      ≡ contact_removed（left_group）
    〔住建厅群：退群〕
      → 住建厅群：欧阳上官欧阳上官欧阳上官欧阳上官欧阳上官欧阳上官 已退出本单位群，不再担任省住房城乡建设厅联络员。本单位暂无联络员，首位反馈的同事将登记为联络员。
      → 督办群：省住房城乡建设厅暂无联络员：欧阳上官欧阳上官欧阳上官欧阳上官欧阳上官欧阳上官 已退出本单位群，不再担任省住房城乡建设厅联络员。该单位群里首位反馈的同事将登记为联络员，请督促明确。
      ≡ member_gone
      ≡ contact_removed（left_group）
    周敏@督办群：/remind@duban_bot 5 省住房城乡建设厅
      → 督办群：已催办：省住房城乡建设厅 1 项。
      → 住建厅群：【催办】督办员周敏请贵单位抓紧反馈下列任务进展：／第5项 压缩工程项目审批时间：时限6月30日／请回复本条写明进展，有困难请一并说明。
      ≡ nudged
    "#);
}

#[tokio::test]
async fn an_office_may_mention_nobody() {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 10%").await;
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot mention often").await;
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot mention never").await;
    talk.press(COORDINATORS, ZHOU, "确认修改").await;
    talk.say(COORDINATORS, ZHOU, "/remind@duban_bot 5 省住房城乡建设厅").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/policy@duban_bot mention often
      → 督办群：设置 mention 不能是“often”：应为 due（临期、到期和逾期时）、always（每次）或 never（从不），未作修改。
    周敏@督办群：/policy@duban_bot mention never
      → 督办群：拟将“提醒在何时点名提示联络员（due 临期、到期和逾期时，always 每次，never 从不）”改为 <code>never</code>。［确认修改］
    周敏@督办群 点按［确认修改］
      （浮窗）已修改。
      → 督办群：“提醒在何时点名提示联络员（due 临期、到期和逾期时，always 每次，never 从不）”已改为 <code>never</code>（周敏）。
      → 督办群：周敏 已将“提醒在何时点名提示联络员（due 临期、到期和逾期时，always 每次，never 从不）”改为 <code>never</code>，从下一次起生效。
      ≡ policy_changed
    周敏@督办群：/remind@duban_bot 5 省住房城乡建设厅
      → 督办群：已催办：省住房城乡建设厅 1 项。
      → 住建厅群：【催办】督办员周敏请贵单位抓紧反馈下列任务进展：／第5项 压缩工程项目审批时间：时限6月30日／请回复本条写明进展，有困难请一并说明。
      ≡ nudged
    ");
}
