use std::io::Read;
fn main() {
    let mut all = String::new();
    std::io::stdin().read_to_string(&mut all).unwrap();
    let old = std::env::args().nth(1).as_deref() == Some("old");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&all).unwrap();
    let known: std::collections::HashMap<String, String> = std::env::var("TASKS").ok().map(|path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()).unwrap_or_default();
    let out: Vec<serde_json::Value> = rows.iter().map(|row| {
        let tasks: Vec<String> = row["tasks"].as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_owned()).collect();
        let on = row["on"].as_str().unwrap_or("2019-06-27").parse().unwrap();
        let text = row["text"].as_str().unwrap();
        match old {
            true => serde_json::to_value(duban::domain::words::understand_contact(text, &tasks, on)).unwrap(),
            false => {
                let tasks: Vec<duban::understanding::Named> = tasks.iter().map(|number| duban::understanding::Named { number: number.clone(), text: known.get(number).cloned().unwrap_or_default() }).collect();
                let mut value = serde_json::to_value(duban::understanding::understand_contact(text, &tasks, on)).unwrap();
                value["why"] = serde_json::to_value(duban::understanding::explain(text, &tasks, on)).unwrap();
                value
            }
        }
    }).collect();
    println!("{}", serde_json::to_string(&out).unwrap());
}
