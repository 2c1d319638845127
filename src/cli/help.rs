//! `--help` in the one language of what people read: the words that the library would put in English.

use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches};

use crate::cli::Arguments;

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// What was typed; `--help`, `--version` and wrong usage end the process.
pub fn parse() -> Arguments {
    let mut command = command();
    // Only then is there a command `help`.
    command.build();
    let matches: ArgMatches = about_help(command).get_matches();
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// The commands with all that `--help` says of them.
pub fn command() -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let version = version.help("显示版本").help_heading("选项");
    in_chinese(Arguments::command().disable_version_flag(true)).arg(version)
}

fn in_chinese(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示说明");
    command
        .disable_help_flag(true)
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .arg(help)
        .mut_args(in_words)
        .mut_subcommands(in_chinese)
}

/// The default and the variable stand in the help itself.
fn in_words(arg: Arg) -> Arg {
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let default = (!defaults.is_empty()).then(|| format!("默认 {}", defaults.join("、")));
    let defaults_are_told = default.is_some();
    let variable = arg.get_env().map(|name| format!("环境变量 {}", name.to_string_lossy()));
    let notes: Vec<String> = variable.into_iter().chain(default).collect();
    let help = arg.get_help().map(ToString::to_string);
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    let arg = arg.hide_env(true).help_heading(heading);
    let arg = if defaults_are_told { arg.hide_default_value(true) } else { arg };
    match help {
        Some(help) if !notes.is_empty() => arg.help(format!("{help} [{}]", notes.join("；"))),
        _ => arg,
    }
}

fn about_help(command: Command) -> Command {
    const HELP: &str = "help";
    let has_help = command.find_subcommand(HELP).is_some();
    let command = command.mut_subcommands(|command| match command.get_name() {
        HELP => command,
        _ => about_help(command),
    });
    if has_help { command.mut_subcommand(HELP, |help| help.about("显示命令的说明")) } else { command }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command with those below it; those that only repeat the help of others are left out.
    fn all(command: &Command) -> Vec<&Command> {
        let below = command.get_subcommands().filter(|command| command.get_name() != "help");
        std::iter::once(command).chain(below.flat_map(all)).collect()
    }

    #[test]
    fn help_is_in_one_language() {
        let mut root = command();
        root.build();
        let root = about_help(root);
        let mut mixed = Vec::new();
        for command in all(&root) {
            let help = command.clone().render_long_help().to_string();
            let foreign =
                ["Print ", "[default", "[env", "Usage:", "Options:", "Commands:", "Arguments:", "possible values"];
            mixed.extend(foreign.iter().filter(|word| help.contains(**word)).map(|word| format!("{word} in {help}")));
        }
        assert!(mixed.is_empty(), "{}", mixed.join("\n"));
    }
}
