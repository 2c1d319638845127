//! The forms in which offices write plans, each in an invented document, and what is understood of it.

use duban::office::plan::{Draft, DraftTask};
use duban::plan;

/// A task in one line: number, leads, responsible, supporting, collectives, dates; `?` after a date that is in doubt.
fn line(task: &DraftTask) -> String {
    let dates = task.milestones.iter().map(|milestone| {
        let due = milestone.due.map_or_else(|| format!("{:?}", milestone.kind), |due| due.to_string());
        let scope = milestone.scope.as_ref().map(|scope| format!("@{scope}")).unwrap_or_default();
        due + &scope + if milestone.doubt.is_some() { "?" } else { "" }
    });
    let units = [&task.leads, &task.responsible, &task.supporting, &task.collectives].map(|names| names.join("、"));
    format!("{}|{}|{}", task.number, units.join("|"), dates.collect::<Vec<_>>().join(" "))
}

fn read(text: &str) -> Draft {
    plan::read("plan.txt", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn check(text: &str, expected: &[&str]) -> Draft {
    let draft = read(text);
    assert_eq!(draft.tasks.iter().map(line).collect::<Vec<_>>(), expected);
    draft
}

const HEAD: &str = "青山县档案工作任务分工方案\n青政办发〔2021〕9号\n青山县人民政府办公室\n2021年3月1日\n";

fn headed(tasks: &str) -> String {
    format!("{HEAD}{tasks}")
}

#[test]
fn measures_below_a_heading_that_has_units_itself() {
    let text = headed(
        "一、便利群众\n（一）清理证明。（县档案局牵头，县政府相关部门按职责分工负责）\n具体措施：\n1.年底前公布清单。（县档案局、县司法局按职责分工负责）\n\
         2.制定办法。（县档案局会同有关部门负责）\n（二）放宽查阅。（县档案局、县保密局牵头，县委办公室等单位负责）\n具体措施：\n1.开放目录。（县档案馆具体负责）",
    );
    check(
        &text,
        &[
            "（一）|县档案局|||县政府相关部门|",
            "（一）1||县档案局、县司法局|||2021-12-31",
            "（一）2|县档案局|||有关部门|",
            "（二）|县档案局、县保密局|县委办公室|||",
            "（二）1||县档案馆|||",
        ],
    );
}

#[test]
fn several_paragraphs_below_one_heading() {
    let text = headed(
        "（一）修缮库房\n更换门窗，6月底前完成。（县住建局负责）\n增设消防设施。（县消防救援大队、县财政局负责）\n（二）整理目录。（县档案局负责）",
    );
    let draft =
        check(&text, &["（一）||县住建局|||2021-06-30", "（一）2||县消防救援大队、县财政局|||", "（二）||县档案局|||"]);
    assert_eq!(draft.tasks[0].text, "修缮库房\n更换门窗，6月底前完成。");
    assert!(draft.problems.is_empty(), "{:?}", draft.problems);
}

#[test]
fn several_paragraphs_with_their_units_on_lines_of_their_own() {
    let text = headed(
        "1.修缮库房\n更换全部库房的门窗。\n责任单位：县住建局\n完成时限：6月底前\n增设消防设施。\n牵头单位：县消防救援大队\n责任单位：县财政局\n\
         2.整理目录。\n责任单位：县档案局\n3.编研。（县档案馆负责）\n（1）编年鉴。（县史志办负责）\n出版年鉴。（县财政局负责）",
    );
    check(
        &text,
        &[
            "1||县住建局|||2021-06-30",
            "1（2）|县消防救援大队|县财政局|||",
            "2||县档案局|||",
            "3||县档案馆|||",
            "3（1）||县史志办|||",
            "3（1）（2）||县财政局|||",
        ],
    );
}

#[test]
fn decimal_numbers_and_inverted_levels() {
    let text = headed(
        "一、保管\n1.1 修缮库房，面积\n1.8万平方米。（县住建局负责）\n1.2 通风。（县档案局负责）\n二、利用\n2.1 展览。（县档案馆负责）\n2.3 编研。（县档案馆负责）",
    );
    let draft = check(&text, &["1.1||县住建局|||", "1.2||县档案局|||", "2.1||县档案馆|||", "2.3||县档案馆|||"]);
    assert_eq!(draft.sections.len(), 2);
    assert_eq!(draft.problems.len(), 1, "{:?}", draft.problems);
    let text = headed(
        "1.保管\n（一）修缮库房。（县住建局负责）\n（二）通风。（县档案局负责）\n2.利用\n（一）展览。（县档案馆负责）\n（二）编研。（县档案馆负责）",
    );
    let draft =
        check(&text, &["1（一）||县住建局|||", "1（二）||县档案局|||", "2（一）||县档案馆|||", "2（二）||县档案馆|||"]);
    assert_eq!(draft.sections[1].title, "利用");
}

#[test]
fn numbered_things_that_are_no_tasks() {
    let text = headed(
        "一、基本原则\n1.安全第一。各部门按职责分工负责。\n2.预防为主。\n二、工作任务\n1.开展排查。\n责任领导：张某\n牵头单位：县应急局（县安委办）\n责任单位：各乡镇（街道）及有关部门\n\
         工作时限：5月底启动，11月底完成\n三、职责分工\n1.县应急局：负责综合协调。\n2.县公安局：负责现场秩序。\n四、工作要求\n1.提高认识。\n2.各单位每季度末25日前报送情况。\n\
         附件：1.任务清单\n2.领导小组名单",
    );
    check(&text, &["1|县应急局（县安委办）|||各乡镇（街道）、有关部门|2021-05-31 2021-11-30"]);
}

#[test]
fn a_document_without_a_line_break() {
    let text = "青山区2021年重点任务分工方案青政办发〔2021〕3号各街道：一、产业（一）招商1.引进项目10个。（区商务局牵头，区发改局、区工信局配合，上半年完成）\
        2.建设园区。（区工信局；6月底前）（二）转型1.改造企业5家。（牵头单位：区工信局；责任单位：各街道；时限：第三季度）2.培育人才。具体措施：①引进；②培训。\
        （区人社局、区教育局负责）二、民生（三）就业1.新增就业。（责任单位：区人社局；每月5日前报送）2.由区民政局负责，兜住底线。\
        青山区人民政府办公室2021年1月8日（此件公开发布）";
    let draft = check(
        text,
        &[
            "（一）1|区商务局||区发改局、区工信局||2021-06-30",
            "（一）2||区工信局|||2021-06-30",
            "（二）1|区工信局|||各街道|2021-09-30",
            "（二）2||区人社局、区教育局|||",
            "（三）1||区人社局|||Recurring",
            "（三）2||区民政局|||",
        ],
    );
    assert_eq!(draft.tasks[5].text, "由区民政局负责，兜住底线。");
    assert_eq!(draft.issued_on.map(|date| date.to_string()).as_deref(), Some("2021-01-08"));
    assert_eq!(draft.document_number.as_deref(), Some("青政办发〔2021〕3号"));
}

#[test]
fn lines_that_the_page_has_broken() {
    let text = headed(
        "1.健全制度体系，加强全县档案规章的立改废释工作，推动各单位\n规范管理，2021年9月底前完成清理。（县档\n— 1 —\n案局牵头，县司法局、各县区人民政府按职责\n分工负责）\n\
         2.加强馆库安全，定期开展隐患排查整治，落实重点部位巡查制度和\n三、四级响应措施。（县档案局、县消防\n- 2 -\n救援大队负责）",
    );
    let draft = check(&text, &["1|县档案局|县司法局||各县区人民政府|2021-09-30", "2||县档案局、县消防救援大队|||"]);
    assert!(draft.tasks[1].text.ends_with("巡查制度和三、四级响应措施。"), "{}", draft.tasks[1].text);
}

#[test]
fn narrow_lines_that_the_page_has_broken() {
    let text = "青山县档案工作任务分工方案\n青山县人民政府办公室\n2021年3月1日\n1.加强馆库安全，定期开展\n隐患排查整治和落实有关第\n三、四级响应措施，守住底\n线。（县档案局、县消防救\n援大队负责）\n\
        2.整理目录，做到账物全相\n符、件件都可查，2021年底\n前完成。（县档案局负责）\n";
    let draft = check(text, &["1||县档案局、县消防救援大队|||", "2||县档案局|||2021-12-31"]);
    assert_eq!(draft.tasks[0].text, "加强馆库安全，定期开展隐患排查整治和落实有关第三、四级响应措施，守住底线。");
}

#[test]
fn sentences_that_begin_with_who_does_what() {
    let text = headed(
        "一、重点任务\n1.县档案局牵头，会同县财政局、县住建局修缮库房，6月底前完成。\n2.县教育局、县文旅局负责编研地方志，县政协文史办配合。\n\
         3.由县公安局负责，开展安全检查。\n二、职责分工\n1.县公安局负责现场秩序。\n2.县交通局：负责道路保障。",
    );
    let draft = check(
        &text,
        &["1|县档案局|县财政局、县住建局|||2021-06-30", "2||县教育局、县文旅局|县政协文史办||", "3||县公安局|||"],
    );
    assert_eq!(draft.tasks[1].text, "县教育局、县文旅局负责编研地方志，县政协文史办配合。");
}

#[test]
fn articles_and_signs() {
    let text = headed(
        "第一章 保管\n第一条 修缮库房。按照第三条办理。（县住建局负责）\n第二条 通风。（县档案局负责）\n第二章 利用\n第三条 展览：\n⑴布展；\n⑵讲解。（县档案馆负责）\n\
         第四条 编研。（县史志办负责）\n第三章 附则\n第五条 本措施自印发之日起施行。",
    );
    check(&text, &["第一条||县住建局|||", "第二条||县档案局|||", "第三条||县档案馆|||", "第四条||县史志办|||"]);
}

#[test]
fn roles_by_clause() {
    let text = headed(
        "1.甲。（县财政局、县住建局，县民政局配合）\n2.乙。（责任单位：县财政局，县民政局配合）\n3.丙。（县政协办公室牵头，县科协、县人大办配合）\n\
         4.丁。（县财政局、县审计局负责，县财政局牵头）\n5.戊。（县财政局负责，完成时限：9月底前；县审计局配合）\n6.己。 牵头：县财政局；配合：县审计局；时限：6月30日",
    );
    check(
        &text,
        &[
            "1||县财政局、县住建局|县民政局||",
            "2||县财政局|县民政局||",
            "3|县政协办公室||县科协、县人大办||",
            "4|县财政局|县审计局|||",
            "5||县财政局|县审计局||2021-09-30",
            "6|县财政局||县审计局||2021-06-30",
        ],
    );
}

#[test]
fn cells_with_labels_notes_and_totals() {
    let text = "2021年重点任务分工表\n重点任务\t具体措施\t责任单位\t完成时限\n一、建设\t1.建成中心\t牵头单位：县民政局；配合单位：县财政局\t9月底前\n\
        \t2.改造敬老院\t县民政局（牵头） 县住建局\t同上\n二、服务\t3.培训护理员\t县人社局、各乡镇\t全年\n合计\t3项\t\t\n（说明：列在首位的为牵头部门，其他为配合部门）";
    let draft = check(
        text,
        &["1|县民政局||县财政局||2021-09-30", "2|县民政局|县住建局|||2021-09-30", "3|县人社局|||各乡镇|2021-12-31"],
    );
    assert_eq!(draft.sections.iter().map(|section| section.title.as_str()).collect::<Vec<_>>(), ["建设", "服务"]);
}

#[test]
fn grouped_by_unit_and_sections_that_name_nobody() {
    let text = headed(
        "一、县发展改革局\n1.编制计划，3月底前印发。\n2.争取资金。（配合单位：县财政局）\n二、县教育局\n3.新建幼儿园3所，8月底前投用。",
    );
    check(&text, &["1||县发展改革局|||2021-03-31", "2||县发展改革局|县财政局||", "3||县教育局|||2021-08-31"]);
    let text = headed(
        "一、保管\n1.修缮。（县住建局负责）\n2.通风。（县档案局负责）\n二、利用\n3.展览，9月底前开展。\n4.编研。\n三、工作要求\n1.加强领导。",
    );
    let draft = check(&text, &["1||县住建局|||", "2||县档案局|||", "3|||||2021-09-30", "4|||||"]);
    assert_eq!(draft.problems.len(), 2, "{:?}", draft.problems);
}

#[test]
fn what_is_said_of_other_tasks_is_a_doubt() {
    let text = headed(
        "1.甲（详见附件1）。（县档案局牵头，各乡镇负责。以下均需各乡镇落实，不再列出）\n2.乙。（县财政局、县税务局，无牵头单位）",
    );
    let draft = check(&text, &["1|县档案局|||各乡镇|", "2||县财政局、县税务局|||"]);
    assert_eq!(draft.tasks[0].text, "甲（详见附件1）。");
    assert!(draft.problems.iter().any(|problem| problem.message.contains("以下均需各乡镇落实")));
}

#[test]
fn labels_without_colons_and_units_a_line_each() {
    let text = headed(
        "1.修缮库房\n责任单位：县住建局\n县财政局\n县档案局\n完成时限：2021年9月底前\n2.整理目录\n牵头单位：县档案局\n责任单位：\n县教育局\n各乡镇人民政府\n完成时限：\n11月中旬\n\
         3.建立分馆。责任单位为县档案局、县文化和旅游局。\n4.编研\n牵头部门  县档案局\n配合部门  县教育局、县文旅局\n时限要求  上半年\n县档案局\n2021年3月1日",
    );
    check(
        &text,
        &[
            "1||县住建局、县财政局、县档案局|||2021-09-30",
            "2|县档案局|县教育局||各乡镇人民政府|2021-11-20",
            "3||县档案局、县文化和旅游局|||",
            "4|县档案局||县教育局、县文旅局||2021-06-30",
        ],
    );
}

#[test]
fn names_of_units() {
    let text = headed(
        "1.甲（含音像）。（县交通局（县公路局）、县工业和信息化局、县市场监管局等县直相关部门，各乡、镇人民政府按职责分工负责）\n\
         2.乙（以当年统计为准）。（责任单位：省科技厅、工业和信息化厅；配合单位：各市、州、县人民政府）\n3.丙（具体办法由县财政局另行制定）。（由县财政局牵头负责）",
    );
    check(
        &text,
        &[
            "1||县交通局（县公路局）、县工业和信息化局、县市场监管局||县直相关部门、各乡、镇人民政府|",
            "2||省科技厅、工业和信息化厅||各市、州、县人民政府|",
            "3|县财政局||||",
        ],
    );
}

#[test]
fn dates() {
    let text = headed(
        "1.第三季度前对接，三年内覆盖，青川市6月底前率先建成。（县档案局负责，自印发之日起30日内报送方案）\n\
         2.政策执行至2022年6月底，自2021年4月1日至12月31日减半收取。（县财政局负责，长期坚持）\n\
         3.甲。（县档案局负责，印发之日起10个工作日内）\n4.乙。（责任单位：县档案局；完成时限：每季度首月15日前、年底前）",
    );
    check(
        &text,
        &[
            "1||县档案局|||2021-06-30? 2024-03-01? 2021-06-30@青川市 2021-03-31",
            "2||县财政局|||2022-06-30 2021-12-31 Ongoing",
            "3||县档案局|||2021-03-15",
            "4||县档案局|||Recurring 2021-12-31",
        ],
    );
}

/// Duties of units are tasks where their numbers go on from the tasks above.
#[test]
fn duties_of_units_that_are_numbered_on() {
    let text = headed(
        "一、汛前准备\n1.修订预案。\n责任单位：县应急局\n2.储备物资。\n责任单位：县财政局\n二、有关单位职责\n3.县公安局：负责维护秩序，6月1日前制定方案。\n4.县供电公司、县电信局：负责保障通信。\n\
         三、工作要求\n1.县督查室要加强督查。\n2.各单位要压实责任。",
    );
    check(&text, &["1||县应急局|||", "2||县财政局|||", "3||县公安局|||2021-06-01", "4||县供电公司、县电信局|||"]);
}

/// Units that are headings below 单位职责 have the duties that stand below them.
#[test]
fn units_as_headings_of_their_duties() {
    let text = headed(
        "一、总体要求\n做好防汛。\n二、单位职责\n（一）县应急局\n1.编制预案，6月底前印发。\n2.组织演练。\n（二）县公安局\n1.维护秩序。\n三、工作要求\n（一）加强领导。",
    );
    check(&text, &["（一）1||县应急局|||2021-06-30", "（一）2||县应急局|||", "（二）1||县公安局|||"]);
}

/// 主办 without others is a unit that answers alone; beside others it leads.
#[test]
fn a_host_without_others() {
    let text = headed(
        "序号\t任务\t主办单位\t协办单位\n1\t修缮库房\t县档案局\t县财政局\n2\t整理目录\t县图书馆\t\n3\t编研\t县史志办\t各乡镇",
    );
    check(&text, &["1|县档案局||县财政局||", "2||县图书馆|||", "3|县史志办|||各乡镇|"]);
    let text = headed("1.修缮库房。\n主办单位：县档案局\n2.整理目录。（主办：县图书馆；协办：县档案局）");
    check(&text, &["1||县档案局|||", "2|县图书馆||县档案局||"]);
}

/// Days count from the day that a column, or a line of the task, gives for them.
#[test]
fn days_count_from_when_a_task_was_handed_out() {
    let text = headed(
        "序号\t事项\t交办日期\t责任单位\t办理时限\n1\t修缮库房\t2021-03-05\t县档案局\t交办之日起5个工作日内\n2\t整理目录\t3月8日\t县图书馆\t10日内\n\
         3\t编研\t\t县史志办\t10日内\n4\t展览\t3月8日\t县图书馆\t收到通知后10日内",
    );
    check(
        &text,
        &[
            "1||县档案局|||2021-03-12",
            "2||县图书馆|||2021-03-18?",
            "3||县史志办|||2021-03-11?",
            "4||县图书馆|||WithinDays?",
        ],
    );
    let text = headed("1.修缮库房。\n交办时间：2021年3月5日\n责任单位：县档案局\n完成时限：自交办之日起30日内");
    check(&text, &["1||县档案局|||2021-04-04"]);
}

/// The rule of a recurring date is a value of its own, also in JSON; without a day it is the last of the period.
#[test]
fn recurring_dates_have_their_rule() {
    let text = headed(
        "1.甲。（县档案局负责，每月5日前报送）\n2.乙。（县档案局负责，每季度末）\n3.每半年检查一次。（县档案局负责）\n4.丙。（责任单位：县档案局；完成时限：每周五前）\n\
         5.丁。（责任单位：县档案局；完成时限：每年6月底前）\n6.戊。（责任单位：县档案局；完成时限：每年1月、7月10日前）",
    );
    let rules = read(&text).tasks.into_iter().map(|task| {
        let rules = task.milestones.iter().map(|date| serde_json::to_string(&date.rule).expect("JSON"));
        rules.collect::<Vec<_>>().join(" ")
    });
    let expected = [
        r#"{"period":"month","month":null,"day":5}"#,
        r#"{"period":"quarter","month":null,"day":null}"#,
        r#"{"period":"half_year","month":null,"day":null}"#,
        r#"{"period":"week","month":null,"day":5}"#,
        r#"{"period":"year","month":6,"day":null}"#,
        r#"{"period":"year","month":1,"day":10} {"period":"year","month":7,"day":10}"#,
    ];
    assert_eq!(rules.collect::<Vec<_>>(), expected);
}

#[test]
fn traditional_script() {
    let text = "青山縣關於加強檔案工作的實施意見\n青政發〔2021〕5號\n一、完善館藏（一）徵集史料。（由縣檔案局牽頭，縣財政局、縣文化局等部門按職責分工負責，年底前完成）\
        （二）修繕庫房。三年內完成。（責任單位：縣住房城鄉建設局；協辦單位：各鄉鎮；完成時限：長期堅持）\n二、優化服務\n\
        （三）培訓人員。（縣教育局會同縣人力資源社會保障局具體負責，自本意見印發之日起15個工作日內完成）\n青山縣政府\n2021年5月6日";
    check(
        text,
        &[
            "（一）|縣檔案局|縣財政局、縣文化局|||2021-12-31",
            "（二）||縣住房城鄉建設局||各鄉鎮|2024-05-06? Ongoing",
            "（三）|縣教育局|縣人力資源社會保障局|||2021-05-26",
        ],
    );
}
