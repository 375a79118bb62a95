//! The options with their help, in the language that is spoken.

use clap::{Arg, Command, CommandFactory as _};

use super::args::Cli;
use super::help_zh::{ABOUT, HEADINGS, OPTIONS, Text};
use super::language::{Speech, spoken};

/// The options.
pub fn command() -> Command {
    match spoken() {
        Speech::English => Cli::command(),
        Speech::Chinese => in_chinese(Cli::command()),
    }
}

/// The template, with the words that clap itself would say.
const TEMPLATE: &str =
    "{about-with-newline}\n用法：jianti [选项] [路径]...\n\n{all-args}{after-help}";

fn in_chinese(mut command: Command) -> Command {
    // The help option is there once the command is built.
    command = command
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help("显示帮助；-h 较短"),
        )
        .about(ABOUT.about)
        .long_about(ABOUT.long_about)
        .after_help(ABOUT.after_help)
        .after_long_help(ABOUT.after_long_help)
        .help_template(TEMPLATE)
        .next_help_heading(None);
    for Text { id, short, long } in OPTIONS {
        command = command.mut_arg(id, |mut argument| {
            if let Some(heading) = argument.get_help_heading() {
                let chinese = HEADINGS.iter().find(|(english, _)| *english == heading);
                argument = argument.help_heading(chinese.map(|(_, chinese)| *chinese));
            }
            let values = values(&argument);
            let has_values = argument.get_action().takes_values();
            let argument = argument
                .help(format!("{short}{values}"))
                .hide_possible_values(has_values)
                .hide_default_value(has_values);
            match long.is_empty() {
                true => argument.long_help(format!("{short}{values}")),
                false => argument.long_help(format!("{short}{values}\n\n{long}")),
            }
        });
    }
    command
        .mut_arg("paths", |argument| argument.help_heading("参数"))
        .mut_arg("help", |argument| argument.help_heading("其他"))
}

/// The values that an option can have, and the one it has if it is not given.
fn values(argument: &Arg) -> String {
    let is_flag = !argument.get_action().takes_values();
    let names: Vec<_> = argument
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect();
    let defaults = argument.get_default_values();
    let default = defaults.first().map(|value| value.to_string_lossy());
    let is_listed = !is_flag && !names.is_empty();
    match (is_listed, default.filter(|_| !is_flag)) {
        (true, Some(default)) => format!("（{}；默认 {default}）", names.join("、")),
        (true, None) => format!("（{}）", names.join("、")),
        (false, Some(default)) => format!("（默认 {default}）"),
        (false, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_option_and_heading_has_its_twin() {
        let command = Cli::command();
        let english: BTreeSet<&str> = command
            .get_arguments()
            .map(|argument| argument.get_id().as_str())
            .filter(|id| *id != "help")
            .collect();
        let chinese: BTreeSet<&str> = OPTIONS.iter().map(|text| text.id).collect();
        assert_eq!(english, chinese);
        let headings: BTreeSet<&str> = command
            .get_arguments()
            .filter_map(|argument| argument.get_help_heading())
            .collect();
        let known: BTreeSet<&str> = HEADINGS.iter().map(|(english, _)| *english).collect();
        assert_eq!(headings, known);
        for argument in command.get_arguments() {
            let twin = OPTIONS
                .iter()
                .find(|text| text.id == argument.get_id().as_str());
            let Some(twin) = twin else { continue };
            let short = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let long = argument
                .get_long_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let has_more = !long.is_empty() && long != short;
            assert_eq!(has_more, !twin.long.is_empty(), "{}", twin.id);
            // What stands for itself in any language is in both.
            for option in long
                .split([' ', ',', '.', ';', ':', ')', '('])
                .filter(|word| word.starts_with("--"))
            {
                let all = format!("{}{}", twin.short, twin.long);
                assert!(all.contains(option), "{}: {option}", twin.id);
            }
        }
    }

    #[test]
    fn both_are_whole_commands() {
        Cli::command().debug_assert();
        in_chinese(Cli::command()).debug_assert();
        let help = in_chinese(Cli::command()).render_help().to_string();
        assert!(
            !help.contains("Usage") && !help.contains("Options"),
            "{help}"
        );
    }
}
