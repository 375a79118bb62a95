//! The script that a run's original is in.

use super::Search;
use super::weights::*;
use jianti_text::{Script, ScriptCount};

/// Characters that traditional texts write, too, though tables of conversion have other forms for them. The pages of the
/// program were converted by such as leave them.
const IN_BOTH: &str = "么并床峰晒灶痴秘粽群肴霉恒";

impl Search<'_> {
    /// Tells the script from the line in front of a run, or else from the page. Glosses there were only for traditional
    /// characters.
    pub(super) fn tell_script(&mut self, at: usize, gloss: bool) {
        let (counted, scripts) = &mut self.scripts;
        self.line[*counted..at]
            .iter()
            .for_each(|c| scripts.add_char(*c));
        *counted = at;
        let page = self.page.facts().scripts();
        self.script = match told(*scripts) {
            _ if gloss => Script::Traditional,
            // Much of what a short page shows may be the bytes of others.
            Script::Undetermined if page.traditional + page.simplified >= MANY => told(page),
            script => script,
        };
    }

    /// What a character of an original costs for its script; logarithms.
    pub(super) fn other_script(&self, c: char) -> u32 {
        let own = telling(c);
        match self.script {
            Script::Traditional => OTHER_SCRIPT * own.simplified as u32,
            Script::Simplified => OTHER_SCRIPT * own.traditional as u32,
            _ => SIMPLIFIED * own.simplified as u32,
        }
    }
}

/// How many characters of a text are of one script and how many of the other, whichever are fewer.
pub fn mixed(text: &str) -> u32 {
    let mut scripts = ScriptCount::default();
    text.chars().for_each(|c| scripts.merge(telling(c)));
    scripts.traditional.min(scripts.simplified) as u32
}

/// What a character tells of the script, alone.
fn telling(c: char) -> ScriptCount {
    let mut own = ScriptCount::default();
    own.add_char(c);
    if own.simplified > 0 && IN_BOTH.contains(c) {
        own.simplified = 0;
    }
    own
}

/// The script that these telling characters show, though some be the bytes of others.
fn told(scripts: ScriptCount) -> Script {
    let (traditional, simplified) = (scripts.traditional, scripts.simplified);
    if traditional > TELLING * simplified {
        Script::Traditional
    } else if simplified > TELLING * traditional {
        Script::Simplified
    } else {
        Script::Undetermined
    }
}
